-- Whose a number is, to filter by: it stands in `value` already, so this column takes no room, and the index holds only
-- facts that have an owner (one in six).
ALTER TABLE facts ADD COLUMN org TEXT GENERATED ALWAYS AS (json_extract(value, '$.org')) VIRTUAL;
CREATE INDEX facts_org ON facts(org) WHERE org IS NOT NULL;

-- Figures are compared of one owner: two communes of a province do not contradict one another. The rows are made anew
-- when the archive is opened (worker/store/summaries.py).
ALTER TABLE statements ADD COLUMN org TEXT;
DROP INDEX statements_compared;
CREATE INDEX statements_compared ON statements(kind, name, province, year, scope, unit, per, org, article, value);

DROP VIEW indicators;
CREATE VIEW indicators AS            -- the unions' own figures, one row a statement
SELECT
  s.name AS indicator, s.province, s.year, s.value, s.unit, s.per, s.org, f.qualifier, f.kind, f.text, s.article,
  f.part, f.start, f."end", s.scope, f.confidence, s.fact
FROM statements AS s JOIN facts AS f ON f.id = s.fact
WHERE s.kind = 'indicator';

-- The same thing told differently, one row a thing; which is right is not decided. A figure that nobody is said to own
-- is compared with none. Of an article that tells parts and the whole, the largest counts.
DROP VIEW conflicts;
CREATE VIEW conflicts AS
SELECT
  kind, name, province, year, scope, unit, per, org, count(DISTINCT value) AS tellings, count(*) AS articles,
  CAST(min(value) AS TEXT) AS least, CAST(max(value) AS TEXT) AS most
FROM (
  SELECT kind, name, province, year, scope, unit, per, org, article, max(value) AS value FROM statements
  WHERE year IS NOT NULL AND value IS NOT NULL AND (kind = 'event' OR (province IS NOT NULL AND org IS NOT NULL))
  GROUP BY kind, name, province, year, scope, unit, per, org, article)
GROUP BY kind, name, province, year, scope, unit, per, org
HAVING min(value) < max(value);
