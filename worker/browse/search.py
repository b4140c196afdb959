"""The search page: what was found, and how much of it each filter would leave."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from worker.browse.kept import kept
from worker.browse.language import Language
from worker.browse.marks import plain
from worker.browse.pages import address, file_of
from worker.browse.values import province
from worker.store import query as terms_of
from worker.store.masks import Masks
from worker.store.search import Filters, Hit, Results, count, search
from worker.store.snippet import Snippet
from worker.values import as_province, provinces

PAGE = 20
LAST_PAGE = 50
"""Further than this nobody reads on; the filters lead there."""

COUNTED = 500
"""The counts beside the filters are of this many of the newest articles found: counting all would take too long."""

MOST_CHOICES = 24
"""Values of a filter that are shown at once; the others are a click away."""

MOST_HITS = 1000
"""Articles in the CSV of a search."""

FILTERS = ("source", "province", "year", "kind")
LONGEST_QUERY = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reader asks: the words, and at most one value a filter. Its address can be shared.

    `province` is a GSO code; where a reader named a province that is none, what was written.
    """

    q: str = ""
    source: str = ""
    province: str = ""
    year: str = ""
    kind: str = ""
    page: int = 1

    @classmethod
    def of(cls, arguments: Mapping[str, Any]) -> Question:
        """The question of a query string. A filter that no article can pass is asked all the same, and leaves none."""
        texts = {name: str(arguments.get(name) or "").strip()[:LONGEST_QUERY] for name in ("q", *FILTERS)}
        texts["province"] = as_province(texts["province"])
        number = str(arguments.get("page") or "1")
        page = int(number) if number.isdecimal() and len(number) < 4 else 1
        return cls(page=min(max(page, 1), LAST_PAGE), **texts)

    def address(self, path: str = "/search", **changes: object) -> str:
        """The address of this question, or of one that differs in this; without `page` it begins anew."""
        asked = {name: getattr(self, name) for name in ("q", *FILTERS)} | changes
        return address(path, **{name: value for name, value in asked.items() if (name, value) != ("page", 1)})

    @property
    def asked(self) -> bool:
        """Is anything asked at all?"""
        return any((self.q, self.source, self.province, self.year, self.kind))

    @property
    def in_no_province(self) -> bool:
        """Is a province asked for that is none?"""
        return bool(self.province) and self.province not in provinces()


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as it is shown."""

    hit: Hit
    title: Markup
    passage: Markup
    source: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, with how many articles it would leave; `address` chooses it, or drops it if `chosen`."""

    value: str
    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the template shows; `total` is None where more than COUNTED articles were found.

    `sampled` says that more than COUNTED hold the words, so that the filters tell of the newest of them. `folded` is
    how many are listed where copies were folded into others; None where none were, or not all are listed.
    """

    question: Question
    found: tuple[Found, ...]
    more: bool
    total: int | None
    sampled: bool
    folded: int | None
    filters: tuple[tuple[str, tuple[Choice, ...]], ...]


def results(
    connection: sqlite3.Connection,
    question: Question,
    *,
    limit: int = PAGE,
    newest: bool = False,
    private: bool = False,
) -> Results:
    """The hits of a question; of none, the articles that were filed last.

    `newest` and `private`: see worker.store.search.Asked.
    """
    if not question.asked:
        return _latest(connection, limit, (question.page - 1) * limit, private=private)
    return search(
        connection,
        question.q,
        **_filters(question),
        limit=limit,
        offset=(question.page - 1) * limit,
        newest=newest,
        private=private,
    )


def load(
    connection: sqlite3.Connection, question: Question, language: Language, *, private: bool = False
) -> SearchPage:
    """The page of a question."""
    answer = results(connection, question, private=private)
    names = {row[0]: row[1] for row in connection.execute("SELECT id, name FROM sources")}
    terms, filters = terms_of.terms(question.q), _filters(question)
    # Signs alone are no words, and find nothing.
    nothing = question.asked and not terms and not filters
    sample = [] if nothing else kept(("search", file_of(connection), terms), lambda: _sample(connection, question.q))
    sampled = len(sample) > COUNTED
    counts, seen = _counts(sample[:COUNTED], question)
    total: int | None = seen
    if sampled:
        total = count(connection, question.q, COUNTED, **filters) if filters else None
    whole = question.page == 1 and not answer.more and total is not None
    return SearchPage(
        question=question,
        found=tuple(
            Found(hit, html(hit.title), html(hit.body), names.get(hit.source, hit.source)) for hit in answer.hits
        ),
        more=answer.more and question.page < LAST_PAGE,
        total=total,
        sampled=sampled,
        folded=len(answer.hits) if whole and 0 < len(answer.hits) < (total or 0) else None,
        filters=tuple((name, _choices(counts[name], question, name, names, language)) for name in FILTERS),
    )


def _filters(question: Question) -> Filters:
    """The filters of a question as a search takes them."""
    filters: Filters = {}
    if question.source:
        filters["source"] = question.source
    if question.province:
        filters["province"] = question.province
    if question.year:
        filters["year"] = _year(question.year)
    if question.kind:
        filters["kind"] = question.kind
    return filters


def html(snippet: Snippet) -> Markup:
    """A passage with the found words marked, everything else escaped."""
    return Markup(snippet.marked("<mark>", "</mark>", lambda text: str(Markup.escape(plain(text)))))  # noqa: S704


def _year(text: str) -> int:
    """A year of four digits; 0, in which nothing was published, for all else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0


def _latest(connection: sqlite3.Connection, limit: int, offset: int, *, private: bool) -> Results:
    rows = connection.execute(
        "SELECT id, url, source, title, published, lead, substr(body, 1, 260) AS body FROM articles"
        " ORDER BY first_seen DESC, id DESC LIMIT ? OFFSET ?",
        [limit + 1, offset],
    ).fetchall()
    masks = Masks() if private else Masks.of(connection, [row[0] for row in rows])
    hits = tuple(
        Hit(
            article_id=row[0],
            url=row[1],
            source=row[2],
            title=Snippet(masks.masked(row[0], row[3], "title")),
            body=Snippet(_opening(masks.masked(row[0], row[5] or row[6]))),
            published=row[4],
            exact=True,
        )
        for row in rows[:limit]
    )
    return Results(hits=hits, more=len(rows) > limit)


def _opening(text: str) -> str:
    """The beginning of a text, to a word's end, in one line."""
    line = " ".join(text[:260].split())
    return line if len(line) < 240 else line[: line.rfind(" ", 0, 240)] + " …"


Article = tuple[tuple[str, ...], ...]
"""Of one article what the filters look at, in the order of FILTERS: source, provinces, year, kinds of facts."""


def _sample(connection: sqlite3.Connection, q: str) -> list[Article]:
    """The newest articles that hold the words, whatever the filters say: COUNTED, and one that tells of more."""
    found = terms_of.terms(q)
    if found:
        hits = "SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
        match = [terms_of.all_of(found, terms_of.bare, "title_folded body_folded")]
    else:
        hits, match = "SELECT id FROM articles ORDER BY id DESC LIMIT ?", []
    rows = connection.execute(_SAMPLE.format(hits=hits), [*match, COUNTED + 1])
    return [_article(*row) for row in rows]


def _article(source: str, home: str | None, year: str | None, kinds: str, provinces: str) -> Article:
    places = provinces.split()
    if home and home not in places:
        places.append(home)
    return (source,), tuple(places), (year,) if year else (), tuple(kinds.split())


def _counts(sample: list[Article], question: Question) -> tuple[dict[str, Counter[str]], int]:
    """How many articles each value of a filter would leave, beside the other filters; and how many they leave."""
    wanted = [getattr(question, name) for name in FILTERS]
    left: list[list[str]] = [[] for _ in FILTERS]
    total = 0
    for article in sample:
        failed = [at for at, value in enumerate(wanted) if value and value not in article[at]]
        total += not failed
        if len(failed) < 2:
            for at in failed or range(len(FILTERS)):
                left[at] += article[at]
    return {name: Counter(values) for name, values in zip(FILTERS, left, strict=True)}, total


def _choices(
    counts: Counter[str], question: Question, name: str, names: Mapping[str, str], language: Language
) -> tuple[Choice, ...]:
    """The values of a filter, the most frequent first; years by time.

    One that is chosen in vain, or would not be shown at once, stands before them: a reader must be able to drop it.
    """
    chosen = getattr(question, name)
    values = sorted(counts, key=lambda value: (value if name == "year" else "", counts[value], value), reverse=True)
    if chosen and chosen not in values[:MOST_CHOICES]:
        values = [chosen, *(value for value in values if value != chosen)]
    return tuple(
        Choice(
            value,
            _label(name, value, names, language),
            counts[value],
            question.address(**{name: "" if value == chosen else value}),
            value == chosen,
        )
        for value in values
    )


def _label(name: str, value: str, names: Mapping[str, str], language: Language) -> str:
    if name == "source":
        return names.get(value, value)
    if name == "province":
        return province(value)
    return language.of("kind", value) if name == "kind" else value


_SAMPLE = """
WITH hit AS MATERIALIZED ({hits})
SELECT kept.source, s.province, substr(kept.published, 1, 4), kept.kinds, kept.provinces
FROM hit CROSS JOIN summaries AS kept INDEXED BY summaries_found ON kept.article = hit.id
JOIN sources AS s ON s.id = kept.source"""
