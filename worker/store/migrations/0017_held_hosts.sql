-- Hosts that said when to come back (Retry-After): until then they are left alone, also by a program that began since.
CREATE TABLE held_hosts (
  host TEXT PRIMARY KEY,             -- with its port, where it has one of its own
  until TEXT NOT NULL,
  why TEXT NOT NULL                  -- part of a sentence
) WITHOUT ROWID;
