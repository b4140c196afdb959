-- Pages of listings, feeds and sitemaps that were found and are still to be opened: a walk that was cut off goes on here.
CREATE TABLE doors (
  id INTEGER PRIMARY KEY,            -- in this order they are opened
  source TEXT NOT NULL REFERENCES sources(id),
  url TEXT NOT NULL,
  backfill INTEGER NOT NULL,         -- 1: of a walk to the end of what a site has, see `worker crawl --backfill`
  UNIQUE (source, backfill, url)
);
