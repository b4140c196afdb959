-- The search index grows in segments that have to be merged. FTS5 merges by itself when it thinks fit, a thousand pages in
-- the transaction of one article: here every article that is indexed merges a few pages (worker/store/articles.py).
INSERT INTO articles_fts (articles_fts, rank) VALUES ('automerge', 0);
INSERT INTO articles_fts (articles_fts, rank) VALUES ('usermerge', 8);
INSERT INTO articles_fts (articles_fts, rank) VALUES ('crisismerge', 64);
