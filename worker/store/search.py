"""Search: one function behind the command, the canned query and the web page.

The order of results: where the words stand with their marks before where only their letters do, titles before bodies,
side by side before scattered, and among equals the newest. Copies of one article are shown once.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TypedDict, Unpack

from worker.store import query as q
from worker.store.masks import Masks
from worker.store.snippet import Snippet, snippet, sought, spelling
from worker.values import as_province

POOL = 500
"""Articles of one step of the order that are sorted by date; of more, those filed last are taken."""

SIDE_BY_SIDE = 20_000
"""Where more than `POOL` articles hold all words, they are looked for side by side in so many, back from the newest
that holds them: to compare where common words stand takes 0.2 µs an article. "Quoted" words are looked for in all."""

STRIDE = 2_000
"""Of these, so many are looked through first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article that was found; `copies` more have its text, with or without the words, and are not shown.

    `exact` says that the words stand there with their marks. `published` is as in the archive, else None.
    """

    article_id: int
    url: str
    source: str
    title: Snippet
    body: Snippet
    published: str | None
    exact: bool
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of hits, and whether there are more after them."""

    hits: tuple[Hit, ...] = ()
    more: bool = False


@dataclass(slots=True)
class _Found:
    id: int
    at: str
    exact: bool


class Filters(TypedDict, total=False):
    """What articles must have besides the words.

    GSO code of a `province` (the source's, or one where a fact of the article holds), id of a `source`, `year` of
    publication, `kind` of a fact.
    """

    province: str | None
    source: str | None
    year: int | None
    kind: str | None


class Asked(Filters, total=False):
    """What is asked of a search besides its words.

    `limit` hits (20) are answered, from number `offset` on; with `newest`, those that came in last, wherever the words
    stand in them. In their passages private persons stand with their initials (worker/store/masks.py), unless
    `private`.
    """

    limit: int
    offset: int
    newest: bool
    private: bool


def search(connection: sqlite3.Connection, query: str, **asked: Unpack[Asked]) -> Results:
    """The articles that hold all terms of `query` (see worker.store.query.terms), in title or body.

    Without terms, all articles that pass the filters, the newest first; without either, nothing. Whatever is typed,
    there is an answer: nothing in a query is syntax but quotes and a closing star.
    """
    found = q.terms(query)
    tags = _tags(connection, asked)
    if not found and not tags:
        return Results()
    offset = max(0, asked.get("offset", 0))
    wanted = offset + max(1, min(asked.get("limit", 20), 1000))
    ranked = list(islice(_ranked(connection, found, tags, newest=asked.get("newest", False)), wanted + 1))
    patterns = {is_exact: sought(found, spelling(is_exact=is_exact)) for is_exact in (True, False)}
    page = ranked[offset:wanted]
    masks = Masks() if asked.get("private") else Masks.of(connection, [one.id for one in page])
    copies = _copies(connection, [one.id for one in page])
    hits = tuple(_hit(connection, one, patterns[one.exact], masks, copies.get(one.id, 0)) for one in page)
    return Results(hits=hits, more=len(ranked) > wanted)


def count(connection: sqlite3.Connection, query: str, most: int, **filters: Unpack[Filters]) -> int | None:
    """How many articles such a search finds, copies too; None where they are more than `most`."""
    step = _anywhere(q.terms(query), _tags(connection, filters))
    if not step.match:
        return 0
    sql = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)"
    found: int = connection.execute(sql, [step.match, most + 1]).fetchone()[0]
    return found if found <= most else None


def _tags(connection: sqlite3.Connection, asked: Filters) -> str:
    """The FTS5 expression for the filters, over the column `tags` (made in the view articles_search); '' for none."""
    wanted = []
    if (source := asked.get("source")) is not None:
        wanted.append(_tag(f"source{source.encode().hex()}"))
    if (year := asked.get("year")) is not None:
        wanted.append(_tag(f"year{year:04}"))
    if (kind := asked.get("kind")) is not None:
        wanted.append(_tag(f"kind{kind}"))
    if (province := asked.get("province")) is not None:
        there = connection.execute("SELECT hex(id) FROM sources WHERE province = ?", [province])
        either = [_tag(f"province{province}"), *(_tag(f"source{hexed}") for (hexed,) in there)]
        wanted.append(f"({' OR '.join(either)})")
    return f"tags : ({' AND '.join(wanted)})" if wanted else ""


def _tag(text: str) -> str:
    """A tag as a word of FTS5; what a person typed keeps letters and digits only."""
    return '"' + "".join(char for char in text if char.isalnum()) + '"'


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of the order: an FTS5 expression, and whether it asks for marks."""

    match: str
    is_exact: bool
    scattered: str | None = None
    """Of words side by side, the expression for the same words anywhere."""


def _steps(connection: sqlite3.Connection, found: tuple[q.Term, ...], tags: str) -> Iterator[_Step]:
    """The steps of the order, best first.

    A step that finds nothing reads all that the index has of common words, so those that cannot find anything are left
    out: whatever is found in titles, the letters alone find there; and what is found with marks, words with marks find
    anywhere.
    """
    titled = _finds(connection, _and(q.all_of(found, q.in_bare_title, "tags"), tags))
    for is_exact, in_title, in_text, columns in (
        (True, q.in_title, q.exact, "title body"),
        (False, q.in_bare_title, q.bare, "title_folded body_folded"),
    ):
        scattered = _and(q.all_of(found, in_text, columns), tags)
        if is_exact and not _finds(connection, scattered):
            continue
        if titled:
            if (phrase := q.side_by_side(found, in_title, "tags")) is not None:
                yield _Step(_and(phrase, tags), is_exact)
            yield _Step(_and(q.all_of(found, in_title, "tags"), tags), is_exact)
        if (phrase := q.side_by_side(found, in_text, columns)) is not None:
            yield _Step(_and(phrase, tags), is_exact, scattered)
        yield _Step(scattered, is_exact)


def _anywhere(found: tuple[q.Term, ...], tags: str) -> _Step:
    """All that is found, wherever the words stand."""
    if not found:
        return _Step(tags, is_exact=True)
    return _Step(_and(q.all_of(found, q.bare, "title_folded body_folded"), tags), is_exact=False)


def _and(expression: str, tags: str) -> str:
    return f"({expression}) AND ({tags})" if tags else expression


def _finds(connection: sqlite3.Connection, match: str) -> bool:
    sql = "SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT 1"
    return connection.execute(sql, [match]).fetchone() is not None


def _ranked(connection: sqlite3.Connection, found: tuple[q.Term, ...], tags: str, *, newest: bool) -> Iterator[_Found]:
    """Articles in order, each group once."""
    steps = [_anywhere(found, tags)] if newest or not found else _steps(connection, found, tags)
    date = "first_seen" if newest else "coalesce(published, first_seen)"
    seen_articles: set[int] = set()
    seen_groups: set[int] = set()
    scattered: dict[str, list[int]] = {}
    for one in steps:
        step: dict[int, _Found] = {}
        for article, group, at in _pool(connection, _newest(connection, one, scattered), date):
            if article in seen_articles:
                continue
            seen_articles.add(article)
            if group is None:
                step[-article] = _Found(article, at, one.is_exact)
            elif group not in seen_groups:
                seen_groups.add(group)
                step[group] = _Found(article, at, one.is_exact)
        yield from sorted(step.values(), key=lambda hit: (hit.at, hit.id), reverse=True)


def _pool(connection: sqlite3.Connection, articles: list[int], date: str) -> list[tuple[int, int | None, str]]:
    """Article, group and `date` of the hits of one step; a group's own article before its copies, and these by date."""
    return connection.execute(
        f"SELECT article, group_id, {date} AS at"  # noqa: S608 - one of the two above
        " FROM json_each(?) AS hit CROSS JOIN summaries INDEXED BY summaries_found ON article = hit.value"
        " ORDER BY NOT counted, at DESC, article DESC",
        [json.dumps(articles)],
    ).fetchall()


def _newest(connection: sqlite3.Connection, step: _Step, scattered: dict[str, list[int]]) -> list[int]:
    """The articles of a step that were filed last. Those of words that stand anywhere are kept in `scattered`."""
    anywhere = step.scattered or step.match
    if anywhere not in scattered:
        sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
        scattered[anywhere] = [article for (article,) in connection.execute(sql, [anywhere, POOL])]
    found = scattered[anywhere]
    if step.scattered is None or not found:
        return found
    oldest = found[-1] if len(found) < POOL else found[0] - SIDE_BY_SIDE  # fewer are all that hold the words
    return _side_by_side(connection, step.match, oldest, found[0])


def _side_by_side(connection: sqlite3.Connection, match: str, oldest: int, newest: int) -> list[int]:
    """The articles of a phrase. FTS5 compares places three times as fast forwards: it goes back in strides."""
    sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? AND rowid BETWEEN ? AND ?"
    found: list[int] = []
    stride = STRIDE
    while newest >= oldest and len(found) < POOL:
        first = max(oldest, newest - stride + 1)
        found += [article for (article,) in connection.execute(sql, [match, first, newest])][::-1]
        newest, stride = first - 1, stride * 10
    return found[:POOL]


def _copies(connection: sqlite3.Connection, articles: list[int]) -> dict[int, int]:
    """How many copies each of these articles has, where it has any."""
    return dict(
        connection.execute(
            "SELECT id, (SELECT count(*) - 1 FROM group_members WHERE group_members.group_id = articles.group_id)"
            " FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND group_id IS NOT NULL",
            [json.dumps(articles)],
        )
    )


def _hit(connection: sqlite3.Connection, found: _Found, terms: re.Pattern[str], masks: Masks, copies: int) -> Hit:
    url, source, title, published, body = connection.execute(
        "SELECT url, source, title, published, body FROM articles WHERE id = ?", [found.id]
    ).fetchone()
    spelled = spelling(is_exact=found.exact)
    return Hit(
        article_id=found.id,
        url=url,
        source=source,
        title=snippet(masks.masked(found.id, title, "title"), terms, spelled, width=None),
        body=snippet(masks.masked(found.id, body), terms, spelled),
        published=published,
        exact=found.exact,
        copies=copies,
    )


def _number(value: str | int | None) -> int | None:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else None


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the SQL function search_articles(query, province, source, year, kind, limit).

    It returns a JSON array of hits for json_each(): article_id, url, source, title, body (with the hits in <mark> and
    the rest escaped), published, exact, copies. Null or '' for a filter that is not wanted.
    """

    def search_articles(*arguments: str | int | None) -> str:
        query, province, source, year, kind, limit = (value if value != "" else None for value in arguments)
        results = search(
            connection,
            str(query or ""),
            province=None if province is None else as_province(str(province)),
            source=None if source is None else str(source),
            year=_number(year),
            kind=None if kind is None else str(kind),
            limit=_number(limit) or 20,
        )
        rows = [asdict(hit) | {"title": hit.title.html(), "body": hit.body.html()} for hit in results.hits]
        return json.dumps(rows, ensure_ascii=False)

    connection.create_function("search_articles", 6, search_articles)
