-- Indexes that no question of the program uses, each a page or more of the file written anew with every article: names are
-- looked up in `named`, the unions' indicators in `statements`.
DROP INDEX entities_folded;
DROP INDEX facts_indicator;
