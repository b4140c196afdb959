-- The archive. Times are ISO 8601 in UTC with a trailing Z; text is NFC; offsets are code points; money is integer VND.

CREATE TABLE sources (
  id TEXT PRIMARY KEY,               -- as in sources.yaml
  name TEXT NOT NULL,
  home TEXT NOT NULL,
  kind TEXT NOT NULL,                -- union | government | press
  province TEXT,                     -- GSO code of the 63 provinces
  health TEXT NOT NULL DEFAULT 'new',-- new | ok | failing | disabled
  failing_since TEXT,
  last_run TEXT,
  next_run TEXT
);

CREATE TABLE links (
  url TEXT PRIMARY KEY,              -- canonical
  source TEXT NOT NULL REFERENCES sources(id),
  found_on TEXT,
  found_at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'new', -- new | done | gone | refused | failed
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try TEXT,
  error TEXT
);
CREATE INDEX links_due ON links(source, state, next_try);

CREATE TABLE captures (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  source TEXT REFERENCES sources(id),
  fetched_at TEXT NOT NULL,
  status INTEGER NOT NULL,
  mime TEXT,
  charset TEXT,                      -- as decided, see charset_from
  charset_from TEXT,                 -- bom | header | meta | content | default
  kind TEXT,                         -- article | listing | attachment | not-found | maintenance | log-in | challenge | spam | empty
  digest TEXT NOT NULL,              -- sha256:… of the payload
  etag TEXT,
  last_modified TEXT,
  warc_file TEXT NOT NULL,           -- below warc/
  warc_offset INTEGER NOT NULL,
  warc_length INTEGER NOT NULL,
  revisit_of INTEGER REFERENCES captures(id)
);
CREATE INDEX captures_url ON captures(url, fetched_at);
CREATE INDEX captures_digest ON captures(digest);

CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                -- same | near | related
  canonical INTEGER NOT NULL REFERENCES articles(id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,          -- canonical
  source TEXT NOT NULL REFERENCES sources(id),
  title TEXT NOT NULL,
  lead TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL,                -- one paragraph a line
  captions TEXT NOT NULL DEFAULT '', -- one caption a line
  byline TEXT NOT NULL DEFAULT '',   -- as written
  authors TEXT NOT NULL DEFAULT '[]',-- JSON array of names
  origin TEXT NOT NULL DEFAULT '',   -- stated source, as written
  published TEXT,                    -- null where the page does not state it
  published_precision TEXT,          -- day | minute
  views INTEGER,                     -- the page's own counter, at last_changed
  first_seen TEXT NOT NULL,
  last_changed TEXT NOT NULL,
  gone_at TEXT,                      -- when the site answered 404 or 410
  words INTEGER NOT NULL,
  capture INTEGER NOT NULL REFERENCES captures(id),
  group_id INTEGER REFERENCES groups(id)
);
CREATE INDEX articles_source ON articles(source, published);
CREATE INDEX articles_published ON articles(published);
CREATE INDEX articles_first_seen ON articles(first_seen);
CREATE INDEX articles_group ON articles(group_id);

CREATE TABLE group_members (
  group_id INTEGER NOT NULL REFERENCES groups(id),
  article INTEGER NOT NULL REFERENCES articles(id),
  similarity REAL NOT NULL,          -- containment in the canonical article, 0 to 1
  evidence TEXT NOT NULL,            -- JSON
  PRIMARY KEY (group_id, article)
);
CREATE INDEX group_members_article ON group_members(article);

CREATE TABLE revisions (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles(id),
  seen_at TEXT NOT NULL,             -- when this earlier text was captured
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  digest TEXT NOT NULL,
  capture INTEGER NOT NULL REFERENCES captures(id)
);
CREATE INDEX revisions_article ON revisions(article);

CREATE TABLE removed (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles(id),
  position INTEGER NOT NULL,         -- order on the page
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  signal TEXT                        -- profile | lexicon | structure | memory
);
CREATE INDEX removed_article ON removed(article);

CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                -- person | organisation | place | programme | document
  name TEXT NOT NULL,                -- canonical
  folded TEXT NOT NULL,              -- matching key
  code TEXT,                         -- GSO code of a place, number of a document
  data TEXT NOT NULL DEFAULT '{}',
  UNIQUE (kind, folded)
);

CREATE TABLE facts (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles(id),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,                -- article.part[start:end]
  part TEXT NOT NULL,                -- title | body | captions | byline | origin
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  value TEXT NOT NULL,               -- JSON, by kind
  number REAL,                       -- quantities, percentages; money in VND
  date_start TEXT,
  date_end TEXT,
  entity INTEGER REFERENCES entities(id),
  qualifier TEXT,                    -- hơn | trên | gần | khoảng …
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  province TEXT,                     -- GSO code (63) of where it holds
  year INTEGER,                      -- the year when it holds
  scope TEXT,                        -- where province and year were read: sentence | paragraph | article | source
  indicator TEXT                     -- the unions' own indicator, where the quantity is one
);
CREATE INDEX facts_article ON facts(article);
CREATE INDEX facts_kind ON facts(kind, province, year);
CREATE INDEX facts_entity ON facts(entity);
CREATE INDEX facts_indicator ON facts(indicator, province, year) WHERE indicator IS NOT NULL;

CREATE TABLE chrome (
  source TEXT NOT NULL REFERENCES sources(id),
  digest INTEGER NOT NULL,           -- of the text, digits masked
  text TEXT NOT NULL,                -- an example
  reason TEXT,                       -- null while it was only seen in articles
  pages INTEGER NOT NULL,
  in_body INTEGER NOT NULL DEFAULT 0,-- on how many of them it was taken for a part of the article
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  PRIMARY KEY (source, digest)
) WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  source TEXT REFERENCES sources(id),
  "trigger" TEXT NOT NULL,           -- schedule | manual | rebuild | import
  started TEXT NOT NULL,
  finished TEXT,
  outcome TEXT,                      -- ok | failed | stopped
  counts TEXT NOT NULL DEFAULT '{}', -- JSON: new, unchanged, changed, duplicate, failed
  error TEXT
);
CREATE INDEX runs_source ON runs(source, started);

-- Title and body as written (exact column: marks kept) and folded (đ→d, marks stripped).
CREATE VIRTUAL TABLE articles_fts USING fts5 (
  title, body, title_folded, body_folded,
  tokenize = "unicode61 remove_diacritics 0"
);
