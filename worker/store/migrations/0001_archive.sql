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
  next_run TEXT,
  pages INTEGER NOT NULL DEFAULT 0   -- articles whose blocks the chrome memory has learned
);

CREATE TABLE links (
  url TEXT PRIMARY KEY,              -- canonical
  address TEXT NOT NULL,             -- as it was found: what is fetched (the site may know only http, or only www)
  source TEXT NOT NULL REFERENCES sources(id),
  found_on TEXT,
  found_at TEXT NOT NULL,
  title TEXT,                        -- as the listing, feed or sitemap gives it
  published TEXT,                    -- likewise
  state TEXT NOT NULL DEFAULT 'new', -- new | done | gone | refused | failed
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try TEXT,
  error TEXT
);
CREATE INDEX links_due ON links(source, state, next_try);

CREATE TABLE captures (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,                 -- as it was fetched
  run INTEGER REFERENCES runs(id),
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
  revisit_of INTEGER REFERENCES captures(id), -- the capture that has the payload, where this one repeats it
  redirected_from TEXT               -- JSON array of the addresses before, null where there are none
);
CREATE INDEX captures_url ON captures(url, fetched_at);
CREATE INDEX captures_digest ON captures(digest);

CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                -- same | near | related
  canonical INTEGER NOT NULL REFERENCES articles(id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX groups_canonical ON groups(canonical, kind);

CREATE TABLE articles (              -- the long texts come last: what is listed and sorted is read without them
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,          -- canonical
  source TEXT NOT NULL REFERENCES sources(id),
  title TEXT NOT NULL,
  published TEXT,                    -- null where the page does not state it
  published_precision TEXT,          -- day | minute
  byline TEXT NOT NULL DEFAULT '',   -- as written
  authors TEXT NOT NULL DEFAULT '[]',-- JSON array of names
  origin TEXT NOT NULL DEFAULT '',   -- stated source, as written
  views INTEGER,                     -- the page's own counter, at last_changed
  words INTEGER NOT NULL,
  first_seen TEXT NOT NULL,
  last_changed TEXT NOT NULL,
  gone_at TEXT,                      -- when the site answered 404 or 410
  group_id INTEGER REFERENCES groups(id), -- the copies of this article; null where none is known
  capture INTEGER NOT NULL REFERENCES captures(id), -- where the text comes from
  fingerprint INTEGER NOT NULL,      -- of the body's syllables: equal texts have equal ones
  lead TEXT NOT NULL DEFAULT '',
  captions TEXT NOT NULL DEFAULT '', -- one caption a line
  body TEXT NOT NULL                 -- one paragraph a line
);
CREATE INDEX articles_source ON articles(source, published);
CREATE INDEX articles_published ON articles(published);
CREATE INDEX articles_first_seen ON articles(first_seen);
CREATE INDEX articles_group ON articles(group_id) WHERE group_id IS NOT NULL;
CREATE INDEX articles_fingerprint ON articles(fingerprint);

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
  article INTEGER NOT NULL REFERENCES articles(id),
  position INTEGER NOT NULL,         -- order on the page
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  signal TEXT,                       -- profile | lexicon | structure | memory
  PRIMARY KEY (article, position)
) WITHOUT ROWID;

CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                -- person | organisation | place | programme | document
  name TEXT NOT NULL,                -- canonical
  key TEXT NOT NULL,                 -- one spelling of it: tone placement, case and white space evened out
  folded TEXT NOT NULL,              -- without marks, for looking up
  code TEXT,                         -- GSO code of a place, number of a document
  data TEXT NOT NULL DEFAULT '{}',
  UNIQUE (kind, key)
);
CREATE INDEX entities_folded ON entities(folded);

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
CREATE INDEX facts_article ON facts(article, kind, province); -- what the filters of the search page count
CREATE INDEX facts_kind ON facts(kind, province, year);
CREATE INDEX facts_entity ON facts(entity) WHERE entity IS NOT NULL;
CREATE INDEX facts_events ON facts(date_start) WHERE kind = 'event' AND date_start IS NOT NULL;
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

-- The blocks of a source's last pages, before it is known which of them come back: a block that does moves to `chrome`.
CREATE TABLE chrome_recent (
  article INTEGER PRIMARY KEY REFERENCES articles(id),
  source TEXT NOT NULL REFERENCES sources(id),
  in_body BLOB NOT NULL,             -- digests, eight bytes each, of the blocks taken for a part of the article
  around BLOB NOT NULL               -- likewise, of those taken for chrome
);
CREATE INDEX chrome_recent_source ON chrome_recent(source, article);

-- Sampled shingles of bodies: which articles share passages (worker/dedup). A hash keeps its first articles only.
CREATE TABLE shingles (
  hash INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES articles(id),
  PRIMARY KEY (hash, article)
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

-- What is searched: title and body with their marks (tone placement evened out), the same without marks, and tags to
-- filter by. tone_key() and fold() are functions of the program (worker/store/schema.py); both keep offsets.
CREATE VIEW articles_search AS
SELECT
  id,
  tone_key(title) AS title,
  tone_key(body) AS body,
  fold(title) AS title_folded,
  fold(body) AS body_folded,
  'source' || hex(source)
    || ifnull(' year' || substr(published, 1, 4), '')
    || ifnull((SELECT group_concat(tag, ' ') FROM (
         SELECT DISTINCT ' kind' || kind AS tag FROM facts WHERE article = articles.id ORDER BY kind)), '')
    || ifnull((SELECT group_concat(tag, ' ') FROM (
         SELECT DISTINCT ' province' || province AS tag FROM facts
         WHERE article = articles.id AND province IS NOT NULL ORDER BY province)), '') AS tags
FROM articles;

-- The index holds no copy of the text: it reads it through the view.
CREATE VIRTUAL TABLE articles_fts USING fts5 (
  title, body, title_folded, body_folded, tags,
  content = 'articles_search',
  content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 0"
);
