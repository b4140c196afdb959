"""What is asked of the whole archive at once, kept as articles are filed: counts, figures, who is named as what.

A page that would count two million facts reads a few rows instead. `refresh` is called once a page that was filed, in
its transaction: it takes back what the article told before and adds what it tells now, and does the same for articles
that became copies, or ceased to be. The tables are described in migrations/0007_summaries.sql; `rebuild` makes all of
them anew.
"""

from __future__ import annotations

import sqlite3

from worker.store.telling import Article, Fact, Name, Told

RULES = 11
"""Which rules the tables were made by. An archive that has others is summed up anew when it is opened for writing."""


def ensure(connection: sqlite3.Connection) -> None:
    """Make the tables anew where they were made by other rules, or never. To be called inside a transaction."""
    if connection.execute("SELECT 1 FROM tallies WHERE what = 'rules' AND count = ?", [RULES]).fetchone() is None:
        rebuild(connection)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make all of the tables anew, some 0.3 ms an article. To be called inside a transaction."""
    for table in ("summaries", "tallies", "statements", "named", "private_facts"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608  # one of the five above
    connection.execute("INSERT INTO tallies VALUES ('rules', '', '', ?, 0)", [RULES])
    for (article,) in connection.execute("SELECT id FROM articles ORDER BY id").fetchall():
        _sum_up(connection, article)


def refresh(connection: sqlite3.Connection, article: int) -> None:
    """Sum up an article that was filed, and those whose copies changed with it. To be called in its transaction."""
    row = connection.execute("SELECT group_id FROM summaries WHERE article = ?", [article]).fetchone()
    former = row[0] if row else None
    group = _sum_up(connection, article)
    for one in {former, group} - {None}:
        for (other,) in connection.execute(_TURNED, {"group": one}).fetchall():
            _sum_up(connection, other)


def _sum_up(connection: sqlite3.Connection, article: int) -> int | None:
    """Put one article's share into the tables, in the place of what it had; the group of its copies."""
    now = _article(connection, article)
    before = connection.execute("SELECT told FROM summaries WHERE article = ?", [article]).fetchone()
    if before:
        connection.execute("DELETE FROM statements WHERE article = ?", [article])
        connection.execute("DELETE FROM private_facts WHERE article = ?", [article])
    told, had = now.told(), Told.read(before[0]) if before else Told()
    connection.execute(
        "INSERT OR REPLACE INTO summaries"
        " (article, group_id, counted, source, published, first_seen, kinds, provinces, told)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [article, now.group, now.counted, now.source, now.published, now.first_seen, *now.tags(), told.written()],
    )
    if statements := now.statements():
        connection.executemany("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", statements)
    if now.private:
        rows = [(fact, article) for fact in sorted(now.private)]
        connection.executemany("INSERT INTO private_facts VALUES (?, ?)", rows)
    _tally(connection, had, told)
    _name(connection, article, had, told)
    return now.group


def _article(connection: sqlite3.Connection, article: int) -> Article:
    source, published, seen, group, counted, province = connection.execute(_ARTICLE, [article]).fetchone()
    facts = [Fact(*row) for row in connection.execute(_FACTS, [article])]
    tags = connection.execute(_TAGS, [article]).fetchall()
    return Article(article, source, published, seen, group, bool(counted), province, tags, facts)


def _tally(connection: sqlite3.Connection, had: Told, told: Told) -> None:
    """Take back what was added, and add what is told now, where the two differ."""
    added = [(*key, *pair) for key, pair in told.tallies.items() if had.tallies.get(key) != pair]
    taken = [(*key, -pair[0], -pair[1]) for key, pair in had.tallies.items() if told.tallies.get(key) != pair]
    connection.executemany(_ADD, added + taken)
    for key in had.tallies.keys() - told.tallies.keys():
        connection.execute("DELETE FROM tallies WHERE (what, name, at) = (?, ?, ?) AND count = 0", key)


def _name(connection: sqlite3.Connection, article: int, had: Told, told: Told) -> None:
    """Likewise, for who and what is named."""
    for name in had.named.keys() - told.named.keys():
        connection.execute(_ONE_LESS, name)
        connection.execute(_NO_MORE, name)
    moved = had.named.keys() if told.day != had.day else had.named.keys() - told.named.keys()
    for name in moved:
        _find_ends(connection, name, had.named[name], {article, had.day, told.day})
    day = told.day
    for name, kind in told.named.items():
        if name not in had.named:
            connection.execute(_ONE_MORE, [*name, kind, name[0], *name[1:], day, day, article, article])


def _find_ends(connection: sqlite3.Connection, name: Name, kind: str, gone: set[object]) -> None:
    """Look up who names an entity first and last, where what is `gone` may have been an end: an article, or its day."""
    ends = connection.execute(_KEPT_ENDS, name).fetchone()
    if ends is None or gone.isdisjoint(ends):
        return
    entity, role, organisation = name
    question = _ENDS.format(office=_OFFICE if kind == "person" else "")
    found = connection.execute(question, {"entity": entity, "role": role, "organisation": organisation}).fetchone()
    if found[2] is None:  # nobody does, whatever was counted: its facts were taken out beside this
        connection.execute(_FORGET, name)
    else:
        connection.execute(_KEEP_ENDS, [*found, *name])


_ARTICLE = """
SELECT a.source, a.published, a.first_seen, a.group_id, coalesce(g.canonical, a.id) = a.id, s.province
FROM articles AS a JOIN sources AS s ON s.id = a.source LEFT JOIN groups AS g ON g.id = a.group_id
WHERE a.id = ?"""

# The facts that tell something: most quantities, places, organisations and days only count.
_FACTS = """
SELECT id, kind, part, start, "end", value, number, date_start, entity, province, year, scope, indicator
FROM facts
WHERE article = ? AND (kind IN ('person', 'programme', 'document', 'money', 'event', 'award', 'election', 'theme')
  OR indicator IS NOT NULL OR instr(value, '"private"') > 0)"""

_TAGS = "SELECT kind, province, count(*) FROM facts WHERE article = ? GROUP BY kind, province"

# The articles that were summed up in a group, or stand in it now, and are something else than they were then.
_TURNED = """
SELECT s.article FROM summaries AS s JOIN articles AS a ON a.id = s.article LEFT JOIN groups AS g ON g.id = a.group_id
WHERE s.article IN (
    SELECT article FROM summaries WHERE group_id = :group UNION SELECT id FROM articles WHERE group_id = :group)
  AND (s.group_id, s.counted) IS NOT (a.group_id, coalesce(g.canonical, a.id) = a.id)"""

_ADD = """
INSERT INTO tallies VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET count = count + excluded.count, total = total + excluded.total"""

_ONE_LESS = "UPDATE named SET articles = articles - 1 WHERE (entity, role, organisation) = (?, ?, ?)"
_FORGET = "DELETE FROM named WHERE (entity, role, organisation) = (?, ?, ?)"
_NO_MORE = f"{_FORGET} AND articles = 0"

_KEPT_ENDS = """
SELECT first_named, last_named, first_article, last_article FROM named WHERE (entity, role, organisation) = (?, ?, ?)"""

_KEEP_ENDS = """
UPDATE named SET (first_named, last_named, first_article, last_article) = (?, ?, ?, ?)
WHERE (entity, role, organisation) = (?, ?, ?)"""

_ONE_MORE = """
INSERT INTO named
  (entity, role, organisation, kind, folded, articles, first_named, last_named, first_article, last_article)
VALUES (?, ?, ?, ?, fold((SELECT name FROM entities WHERE id = ?) || ' ' || ? || ' ' || ?), 1, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET articles = articles + 1,
  first_named = min(coalesce(first_named, excluded.first_named), coalesce(excluded.first_named, first_named)),
  last_named = max(coalesce(last_named, excluded.last_named), coalesce(excluded.last_named, last_named)),
  first_article = min(first_article, excluded.first_article),
  last_article = max(last_article, excluded.last_article)"""

_OFFICE = """
  AND EXISTS (
    SELECT 1 FROM (SELECT f.value AS held UNION ALL SELECT value FROM json_each(f.value, '$.also'))
    WHERE office(json_extract(held, '$.role')) = :role AND coalesce(json_extract(held, '$.org'), '') = :organisation)"""

_ENDS = """
SELECT substr(min(a.published), 1, 10), substr(max(a.published), 1, 10), min(f.article), max(f.article)
FROM facts AS f JOIN summaries AS s ON s.article = f.article AND s.counted JOIN articles AS a ON a.id = f.article
WHERE f.entity = :entity AND f.part <> 'byline' AND f.id NOT IN (SELECT fact FROM private_facts){office}"""
