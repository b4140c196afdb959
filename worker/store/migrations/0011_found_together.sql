-- What a search asks of the five hundred articles that it sorts and counts, side by side in one index: some twenty of them
-- a page of the file, where each row of `articles` lies on a page of its own with its text.
ALTER TABLE summaries ADD COLUMN source TEXT;     -- of the article, as its row has it
ALTER TABLE summaries ADD COLUMN published TEXT;  -- likewise
ALTER TABLE summaries ADD COLUMN first_seen TEXT; -- likewise
UPDATE summaries SET (source, published, first_seen) = (
  SELECT source, published, first_seen FROM articles WHERE id = summaries.article);
CREATE INDEX summaries_found ON summaries(
  article, group_id, counted, published, first_seen, source, kinds, provinces);
