-- How a page read when it was captured, so that a changed layout shows. Null for revisits and for pages that are no
-- articles, but for one without any text, which has 0 words.
ALTER TABLE captures ADD COLUMN words INTEGER;   -- of the article's text
ALTER TABLE captures ADD COLUMN facts INTEGER;   -- found in it
ALTER TABLE captures ADD COLUMN removed REAL;    -- share of the page's text that was removed, 0 to 1

UPDATE captures SET (words, facts, removed) = (
  SELECT a.words, (SELECT count(*) FROM facts WHERE article = a.id),
    (SELECT coalesce(sum(length(text)), 0.0) / max(coalesce(sum(length(text)), 0) + length(a.body), 1)
     FROM removed WHERE article = a.id)
  FROM articles AS a WHERE a.capture = captures.id LIMIT 1
) WHERE id IN (SELECT capture FROM articles);

CREATE INDEX captures_readings ON captures(source, fetched_at) WHERE words IS NOT NULL;
