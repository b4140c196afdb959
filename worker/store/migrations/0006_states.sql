-- What an article's page states beside its text: "published", "byline", "origin", those that it has, a space between.
-- Null where it is not known (filed by an older program) and for pages that are no articles.
ALTER TABLE captures ADD COLUMN states TEXT;

-- The article that a page was filed under, where its address is none that the article was read from.
ALTER TABLE captures ADD COLUMN article INTEGER REFERENCES articles(id);
CREATE INDEX captures_article ON captures(article) WHERE article IS NOT NULL;
