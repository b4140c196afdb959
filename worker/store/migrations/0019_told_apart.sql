-- What is told differently, one row a thing; which is right is not decided. A figure that nobody is said to own is compared
-- with none. Of an article that tells parts and the whole, the largest counts; and who tells only some of what that article
-- tells (the 41 houses repaired, of 26 built and 41 repaired) contradicts nothing.
DROP VIEW conflicts;
CREATE VIEW conflicts AS
SELECT kind, name, province, year, scope, unit, per, org, tellings, articles, least, most FROM (
  SELECT kind, name, province, year, scope, unit, per, org, count(DISTINCT value) AS tellings, count(*) AS articles,
    CAST(min(value) AS TEXT) AS least, CAST(max(value) AS TEXT) AS most,
    max(iif(kind = 'event', value, printf('%024.4f', value)) || listed) AS whole
  FROM (
    SELECT kind, name, province, year, scope, unit, per, org, article, max(value) AS value,
      ' ' || group_concat(value, ' ') || ' ' AS listed
    FROM statements
    WHERE year IS NOT NULL AND value IS NOT NULL AND (kind = 'event' OR (province IS NOT NULL AND org IS NOT NULL))
    GROUP BY kind, name, province, year, scope, unit, per, org, article)
  GROUP BY kind, name, province, year, scope, unit, per, org
  HAVING min(value) < max(value)) AS differing
WHERE EXISTS (
  SELECT 1 FROM statements AS other
  WHERE other.kind = differing.kind AND other.name = differing.name AND other.province IS differing.province
    AND other.year = differing.year AND other.scope IS differing.scope AND other.unit IS differing.unit
    AND other.per IS differing.per AND other.org IS differing.org
  GROUP BY other.article HAVING instr(whole, ' ' || max(other.value) || ' ') = 0);
