-- What the facts say across articles. Copies are left out (their main article speaks for them), and so is what is flagged
-- as of a private person. A reader follows article, part, start and end to the sentence.

CREATE VIEW indicators AS            -- the unions' own figures, one row a statement
SELECT
  f.indicator, f.province, f.year, f.number AS value,
  coalesce(json_extract(f.value, '$.unit'), iif(f.kind = 'money', 'đồng', iif(f.kind = 'ratio', '%', ''))) AS unit,
  json_extract(f.value, '$.per') AS per, f.qualifier, f.kind, f.text, f.article, f.part, f.start, f."end", f.scope,
  f.confidence, f.id AS fact
FROM facts AS f
JOIN articles AS a ON a.id = f.article
LEFT JOIN groups AS g ON g.id = a.group_id AND g.kind IN ('same', 'near')
WHERE f.indicator IS NOT NULL
  AND coalesce(g.canonical, a.id) = a.id
  AND NOT (instr(f.value, '"private"') > 0 AND coalesce(json_extract(f.value, '$.private'), 0));

CREATE VIEW offices AS               -- who is named with which office, and from when to when
SELECT
  min(e.name) AS name, json_extract(f.value, '$.role') AS role, json_extract(f.value, '$.org') AS organisation,
  substr(min(a.published), 1, 10) AS first_named, substr(max(a.published), 1, 10) AS last_named,
  count(DISTINCT f.article) AS articles, min(f.article) AS first_article, max(f.article) AS last_article, f.entity
FROM facts AS f
JOIN articles AS a ON a.id = f.article
JOIN entities AS e ON e.id = f.entity
LEFT JOIN groups AS g ON g.id = a.group_id AND g.kind IN ('same', 'near')
WHERE f.kind = 'person' AND f.part <> 'byline'
  AND json_extract(f.value, '$.role') IS NOT NULL
  AND coalesce(json_extract(f.value, '$.private'), 0) = 0
  AND coalesce(g.canonical, a.id) = a.id
GROUP BY f.entity, role, organisation;

-- The same thing told differently: one row a thing, by its indicator, province, year, unit and how its place was read.
-- Which of the tellings is right is not decided; all stay in `indicators` and `facts`.
CREATE VIEW conflicts AS
SELECT
  'indicator' AS kind, indicator AS name, province, year, scope, unit, per,
  count(DISTINCT value) AS tellings, count(DISTINCT article) AS articles,
  CAST(min(value) AS TEXT) AS least, CAST(max(value) AS TEXT) AS most
FROM indicators
WHERE province IS NOT NULL AND year IS NOT NULL AND value IS NOT NULL
GROUP BY indicator, province, year, scope, unit, per
HAVING count(DISTINCT value) > 1 AND count(DISTINCT article) > 1
UNION ALL
SELECT
  'event', json_extract(f.value, '$.name'), coalesce(f.province, s.province), substr(f.date_start, 1, 4) + 0, NULL, NULL, NULL,
  count(DISTINCT f.date_start), count(DISTINCT f.article), min(f.date_start), max(f.date_start)
FROM facts AS f
JOIN articles AS a ON a.id = f.article
JOIN sources AS s ON s.id = a.source
LEFT JOIN groups AS g ON g.id = a.group_id AND g.kind IN ('same', 'near')
WHERE f.kind = 'event' AND f.date_start IS NOT NULL
  AND length(json_extract(f.value, '$.name')) > 30 -- a shorter name is that of many meetings
  AND coalesce(g.canonical, a.id) = a.id
  AND coalesce(json_extract(f.value, '$.private'), 0) = 0
GROUP BY 2, 3, 4
HAVING count(DISTINCT f.date_start) > 1 AND count(DISTINCT f.article) > 1;
