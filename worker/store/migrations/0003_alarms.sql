-- What is wrong with a source, or (without one) with the archive itself, from when to when. Open alarms have no end.
CREATE TABLE alarms (
  id INTEGER PRIMARY KEY,
  source TEXT REFERENCES sources(id),
  kind TEXT NOT NULL,                -- failing | silent | short | undated | facts | chrome | moved | spam | full
  message TEXT NOT NULL,             -- a sentence for the operator
  began TEXT NOT NULL,
  ended TEXT,
  told INTEGER NOT NULL DEFAULT 0    -- 0: nobody was told yet, 1: of its beginning, 2: of its end too
);
CREATE UNIQUE INDEX alarms_open ON alarms(ifnull(source, ''), kind) WHERE ended IS NULL;
CREATE INDEX alarms_untold ON alarms(told) WHERE told < 2;

CREATE INDEX captures_source ON captures(source, id);
CREATE INDEX articles_capture ON articles(capture);

ALTER TABLE runs ADD COLUMN due TEXT;  -- when it should have started, where the schedule started it
ALTER TABLE runs ADD COLUMN note TEXT; -- why it was late, or (outcome skipped) why it did not take place
