-- What pages ask of the whole archive at once, kept up to date as articles are filed (worker/store/summaries.py), so that
-- no reader waits for a count over all facts. Everything here can be made anew from the tables before it.

CREATE TABLE summaries (             -- one row an article
  article INTEGER PRIMARY KEY REFERENCES articles(id),
  group_id INTEGER,                  -- its copies, as they were when it was summed up
  counted INTEGER NOT NULL,          -- 1: it speaks for itself; 0: it is a copy, and its group's canonical article speaks
  kinds TEXT NOT NULL,               -- of its facts, in words with a space between: what the filters of a search count
  provinces TEXT NOT NULL,           -- likewise, GSO codes
  told TEXT NOT NULL                 -- JSON: what it added to `tallies` and `named`, so that it can be taken back
);
CREATE INDEX summaries_group ON summaries(group_id) WHERE group_id IS NOT NULL;

CREATE TABLE tallies (
  what TEXT NOT NULL,                -- articles | facts | money | indicator
  name TEXT NOT NULL,                -- id of a source | kind of fact | '' | indicator
  at TEXT NOT NULL,                  -- month of publication, '' where it is not stated | '' | year | year
  count INTEGER NOT NULL,
  total INTEGER NOT NULL,            -- đồng
  PRIMARY KEY (what, name, at)
) WITHOUT ROWID;

CREATE TABLE statements (            -- what articles say of the same thing, so that it can be compared; without copies
  fact INTEGER PRIMARY KEY,
  article INTEGER NOT NULL,
  kind TEXT NOT NULL,                -- indicator | event
  name TEXT NOT NULL,                -- of the indicator; of the event, as written
  province TEXT,
  year INTEGER,
  scope TEXT,                        -- null for events
  unit TEXT,
  per TEXT,
  value                              -- a number; of an event its first day
);
CREATE INDEX statements_compared ON statements(kind, name, province, year, scope, unit, per, value, article);
CREATE INDEX statements_article ON statements(article);

CREATE TABLE named (                 -- who and what is named in how many articles, without copies
  entity INTEGER NOT NULL,
  role TEXT NOT NULL,                -- the office in which a person is named; '' for what is no person
  organisation TEXT NOT NULL,        -- and where; '' where that is not said
  kind TEXT NOT NULL,                -- person | programme | document
  folded TEXT NOT NULL,              -- name, role and organisation without marks, for looking up
  articles INTEGER NOT NULL,
  first_named TEXT,                  -- days of publication
  last_named TEXT,
  first_article INTEGER NOT NULL,
  last_article INTEGER NOT NULL,
  PRIMARY KEY (entity, role, organisation)
) WITHOUT ROWID;
CREATE INDEX named_kind ON named(kind, articles);

CREATE TABLE private_facts (         -- facts that name a person who holds no office: public pages leave them out
  fact INTEGER PRIMARY KEY,
  article INTEGER NOT NULL
);
CREATE INDEX private_facts_article ON private_facts(article);

CREATE INDEX facts_of_kind ON facts(kind); -- in the order of their ids, which the table of facts is paged by

-- The same columns as before, read from what is kept.
DROP VIEW indicators;
CREATE VIEW indicators AS            -- the unions' own figures, one row a statement
SELECT
  s.name AS indicator, s.province, s.year, s.value, s.unit, s.per, f.qualifier, f.kind, f.text, s.article, f.part,
  f.start, f."end", s.scope, f.confidence, s.fact
FROM statements AS s JOIN facts AS f ON f.id = s.fact
WHERE s.kind = 'indicator';

DROP VIEW offices;
CREATE VIEW offices AS               -- who is named with which office, and from when to when
SELECT
  e.name, n.role, nullif(n.organisation, '') AS organisation, n.first_named, n.last_named, n.articles,
  n.first_article, n.last_article, n.entity
FROM named AS n JOIN entities AS e ON e.id = n.entity
WHERE n.kind = 'person';

DROP VIEW conflicts;
CREATE VIEW conflicts AS             -- the same thing told differently, one row a thing; which is right is not decided
SELECT
  kind, name, province, year, scope, unit, per, count(DISTINCT value) AS tellings,
  count(DISTINCT article) AS articles, CAST(min(value) AS TEXT) AS least, CAST(max(value) AS TEXT) AS most
FROM statements
WHERE year IS NOT NULL AND value IS NOT NULL AND (kind = 'event' OR province IS NOT NULL)
GROUP BY kind, name, province, year, scope, unit, per
HAVING min(value) < max(value) AND min(article) < max(article);
