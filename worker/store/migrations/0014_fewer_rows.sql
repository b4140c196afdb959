-- The blocks of a source's last pages that have rows in `chrome` already, before they are counted up there: eighty rows
-- written anew with every page are a few (worker/store/chrome.py).
CREATE TABLE chrome_uncounted (
  source TEXT NOT NULL REFERENCES sources(id),
  article INTEGER NOT NULL REFERENCES articles(id),
  in_body INTEGER NOT NULL,          -- 1: taken for a part of the article
  reason TEXT NOT NULL,              -- '' for none
  seen_at TEXT NOT NULL,
  digests BLOB NOT NULL,             -- of the blocks, eight bytes each
  PRIMARY KEY (source, article, in_body, reason)
) WITHOUT ROWID;

-- Facts without a province are looked up by their kind alone (facts_of_kind): one entry less for a third of the facts.
DROP INDEX facts_kind;
CREATE INDEX facts_kind ON facts(kind, province, year) WHERE province IS NOT NULL;
