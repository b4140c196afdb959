-- How far back the backfill goes that has a door ahead; null: to the end. One that is to go further back begins anew, for
-- what the doors before named of that time was not kept.
ALTER TABLE doors ADD COLUMN since TEXT;
