-- Sampled shingles of bodies, as before, with a row a shingle in the place of one a shingle and article: a phrase of the
-- trade is read as one row, not as forty-eight, and a shingle is found by its number alone.
ALTER TABLE shingles RENAME TO shingles_before;
CREATE TABLE shingles (
  hash INTEGER PRIMARY KEY,
  articles TEXT NOT NULL             -- the ids of the first articles that have it, a comma between
);
INSERT INTO shingles (hash, articles)
SELECT hash, group_concat(article) FROM (SELECT hash, article FROM shingles_before ORDER BY hash, article) GROUP BY hash;
DROP TABLE shingles_before;

DROP INDEX captures_digest; -- nothing looks for a payload but among the captures of an address
