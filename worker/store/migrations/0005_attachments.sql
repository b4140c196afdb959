-- Documents (PDF, DOCX) that articles link to in their text.
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,          -- canonical
  article INTEGER REFERENCES articles(id), -- that links to it first
  title TEXT NOT NULL,               -- what the link is called
  capture INTEGER NOT NULL REFERENCES captures(id),
  pages INTEGER,                     -- of a PDF
  problem TEXT,                      -- why it has no text, where it has none
  text TEXT NOT NULL                 -- a line a line
);
CREATE INDEX attachments_article ON attachments(article);

CREATE VIEW attachments_search AS
SELECT id, tone_key(title || char(10) || text) AS body, fold(title || char(10) || text) AS body_folded FROM attachments;

CREATE VIRTUAL TABLE attachments_fts USING fts5 (
  body, body_folded,
  content = 'attachments_search',
  content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 0"
);
