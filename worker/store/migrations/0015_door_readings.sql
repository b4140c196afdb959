-- What feeds, listings and sitemaps said of themselves when they were last read in full by a usual walk: with this they are
-- asked for again, and a 304 means that nothing new is behind them. A row is written when every link is among the links.
CREATE TABLE door_readings (
  source TEXT NOT NULL REFERENCES sources(id),
  url TEXT NOT NULL,
  read_at TEXT NOT NULL,
  rules TEXT NOT NULL,               -- digest of what decided which of its links were taken
  etag TEXT,                         -- neither this nor the next: it had said "unchanged" of itself, and was not
  last_modified TEXT,
  leads_to TEXT NOT NULL,            -- JSON: doors to open whether or not it has changed, as the sitemaps of an index
  PRIMARY KEY (source, url)
) WITHOUT ROWID;
