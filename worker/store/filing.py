"""Filing a page: what becomes of a capture and of what was made of it, in one transaction.

What the same address said before decides what is written:

- the very capture that was filed before (same address, moment and payload): nothing at all;
- the same payload, or 304, at a later moment: a revisit record and its row, and nothing else;
- another payload: a response record and its row; an article only where the page is one, a revision only where its title
  or body changed; 404 and 410 mark the article as gone, and so does a redirect to the front page, a section or a notice
  that it is gone. Any other page (spam, maintenance, log-in) changes no article.

A page that no longer states its date, byline or source does not take back what it stated (worker/store/stated.py).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from worker.dedup.canonical import canonical
from worker.dedup.compare import text_of
from worker.dedup.groups import Groups
from worker.models import Article, Capture, PageKind, Refined
from worker.store import address, articles, facts, habits, links, removed, rows, stated, summaries
from worker.store.chrome import ChromeMemory, Seen
from worker.store.ranges import Place
from worker.store.times import moment, stamp
from worker.store.transaction import transaction
from worker.store.warc import Earlier, Warc

if TYPE_CHECKING:
    from worker.config import Source

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class Outcome(StrEnum):
    """What became of a page."""

    NEW = "new"
    DUPLICATE = "duplicate"  # a new article, filed as well, that is a copy of another one
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    NOT_ARTICLE = "not-article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What was filed. `url` is the canonical address; without a capture's id nothing had to be written.

    `copy_of` is the address of the article that a new one is a copy of.
    """

    outcome: Outcome
    url: str
    article_id: int | None = None
    capture_id: int | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class _Last:
    """The last capture of an address."""

    id: int
    fetched_at: str
    status: int
    digest: str
    payload: int  # the id of the capture that has the payload
    kind: str
    etag: str | None
    last_modified: str | None
    redirected_from: str | None

    COLUMNS: ClassVar[str] = (
        "id, fetched_at, status, digest, coalesce(revisit_of, id), kind, etag, last_modified, redirected_from"
    )


def is_gone(capture: Capture, status: int, kind: str) -> bool:
    """Whether an answer of that status and kind says that the page that was asked for is no more.

    Few sites answer 404: they lead whoever comes for a removed article to the front page, or to a section.
    """
    if status in _GONE or kind == PageKind.NOT_FOUND:
        return True
    led_away = bool(capture.redirected_from) and canonical(capture.redirected_from[0]) != canonical(capture.url)
    return led_away and status == HTTPStatus.OK and kind == PageKind.LISTING


@contextmanager
def together(connection: sqlite3.Connection, warc: Warc, chrome: ChromeMemory) -> Iterator[None]:
    """File pages inside: all of them or none, their bytes synced before their rows are committed.

    Raises an ArchiveError with nothing written.
    """
    end = warc.end()
    try:
        with transaction(connection):
            yield
            warc.sync()
    except BaseException:
        warc.cut_back(end)
        chrome.forget_all()
        raise


class Incoming(NamedTuple):
    """A page that is to be filed, and what was made of it.

    `records` are those of the capture, where they have been made already (worker.store.warc.records); `next_try` is
    kept with its link. `place` is where the capture lies already, in a file that is referred to and not copied.
    """

    capture: Capture
    refined: Refined
    source: Source
    run: int | None = None
    next_try: datetime | None = None
    records: Sequence[bytes] = ()
    place: Place | None = None


@dataclass(slots=True)
class Filing:
    """One page on its way into the archive: where it goes, and what it is."""

    connection: sqlite3.Connection
    warc: Warc
    chrome: ChromeMemory
    page: Incoming
    refined: Refined = field(init=False)  # with what was stated earlier, where this page does not state it

    def __post_init__(self) -> None:
        self.refined = self.page.refined

    @property
    def capture(self) -> Capture:
        """The page's capture."""
        return self.page.capture

    @property
    def source(self) -> Source:
        """The page's source."""
        return self.page.source

    def file(self) -> Filed:
        """File the page; see the head of this module. To be called inside `together`."""
        last = self._last_if_repeated()
        if last and last.fetched_at == self._at and self._redirected_from in (None, last.redirected_from):
            return self._as_before(last, None)
        if self.page.place:
            place = self.page.place
        elif last:
            place = self.warc.append(self.capture, self._earlier(last))
        else:
            place = self.warc.append(self.capture, made=self.page.records)
        capture_id = self._put_capture(place, last)
        filed = self._as_before(last, capture_id) if last else self._page(capture_id)
        filed = self._led_away(last) or filed
        if filed.article_id is not None:
            summaries.refresh(self.connection, filed.article_id)
        self._mark_links("gone" if filed.outcome is Outcome.GONE else "done")
        return filed

    @property
    def _at(self) -> str:
        return stamp(self.capture.fetched_at)

    @property
    def _redirected_from(self) -> str | None:
        return json.dumps(self.capture.redirected_from) if self.capture.redirected_from else None

    def _last_if_repeated(self) -> _Last | None:
        """The last capture of this address, where the server says, or the payload shows, that nothing has changed.

        A server says so (304) of the last page that it gave, whatever it answered since: that is asked for.
        """
        unchanged = self.capture.status == HTTPStatus.NOT_MODIFIED
        row = self.connection.execute(
            f"SELECT {_Last.COLUMNS} FROM captures WHERE url = ? AND (status = 200 OR NOT ?)"  # noqa: S608  # our own
            " ORDER BY fetched_at DESC, redirected_from IS ? DESC, id DESC LIMIT 1",
            [self.capture.url, unchanged, self._redirected_from],
        ).fetchone()
        if row is None:
            return None
        last = _Last(*row)
        return last if unchanged or (last.digest, last.status) == (self.capture.digest, self.capture.status) else None

    def _earlier(self, last: _Last) -> Earlier:
        url, fetched_at, digest = self.connection.execute(
            "SELECT url, fetched_at, digest FROM captures WHERE id = ?", [last.payload]
        ).fetchone()
        return Earlier(url, moment(fetched_at), digest)

    def _put_capture(self, place: Place, last: _Last | None) -> int:
        """The row of the capture; where it repeats the `last` one, the page is what it was."""
        capture = self.capture
        values = {
            "url": capture.url,
            "run": self.page.run,
            "source": self.source.id,
            "fetched_at": self._at,
            "status": last.status if last else capture.status,
            "mime": capture.mime or None,
            "charset": self.refined.charset,
            "charset_from": self.refined.charset_from,
            "kind": last.kind if last else str(self.refined.kind),
            "states": None if last or not self.refined.article else stated.written(stated.by(self.refined.article)),
            "digest": last.digest if last else capture.digest,
            # A 304 need not repeat them; the next request has to.
            "etag": capture.header("etag") or (last.etag if last else None),
            "last_modified": capture.header("last-modified") or (last.last_modified if last else None),
            "warc_file": place.file,
            "warc_offset": place.offset,
            "warc_length": place.length,
            "revisit_of": last.payload if last else None,
            "redirected_from": self._redirected_from,
            **({} if last else habits.reading(self.refined)),
        }
        return rows.insert(self.connection, "captures", values)

    def _mark_links(self, state: str) -> None:
        for url in {self.capture.url, *self.capture.redirected_from}:
            links.mark(self.connection, url, state, next_try=self.page.next_try)
        if self.capture.redirected_from and self.capture.status == HTTPStatus.OK:
            links.ask_at(self.connection, self.capture.url, instead_of=self.capture.redirected_from[0])

    def _led_away(self, last: _Last | None) -> Filed | None:
        """Mark the article as gone that was asked for, where its address leads elsewhere now; None where it does not.

        An article that was seen later than this capture is not gone.
        """
        status, kind = (last.status, last.kind) if last else (self.capture.status, str(self.refined.kind))
        if not self.capture.redirected_from or not is_gone(self.capture, status, kind):
            return None
        url = canonical(self.capture.redirected_from[0])
        row = articles.stored(self.connection, url)
        if row is None or any(seen.at > self._at for seen in stated.captures(self.connection, row[0])[:1]):
            return None
        self._mark_gone(row[0])
        return Filed(outcome=Outcome.GONE, url=url, article_id=row[0])

    def _mark_gone(self, article_id: int | None) -> None:
        self.connection.execute(
            "UPDATE articles SET gone_at = ? WHERE id = ? AND gone_at IS NULL", [self._at, article_id]
        )

    def _mark_back(self, article_id: int | None) -> None:
        """The page of an article is there, whatever was answered before."""
        self.connection.execute("UPDATE articles SET gone_at = NULL WHERE id = ? AND gone_at IS NOT NULL", [article_id])

    def _as_before(self, last: _Last, capture_id: int | None) -> Filed:
        """The page says what it said before."""
        url, row = self._address()
        if last.status in _GONE or last.kind == PageKind.NOT_FOUND:
            outcome = Outcome.GONE
        else:
            outcome = Outcome.NOT_ARTICLE if last.kind != PageKind.ARTICLE else Outcome.UNCHANGED
        article_id = row[0] if row else None
        if outcome is Outcome.UNCHANGED and capture_id is not None:
            self._mark_back(article_id)
        return Filed(outcome=outcome, url=url, article_id=article_id, capture_id=capture_id)

    def _address(self) -> tuple[str, address.Stored | None]:
        """The canonical address of the page, and the article that stands there."""
        return address.of_page(self.connection, self.capture, self.refined, self.source)

    def _page(self, capture_id: int) -> Filed:
        """A page that says something else than before, or that was never seen."""
        address.give_back(self.connection, self.capture, self.refined)
        url, row = self._address()
        article_id = row[0] if row else None
        status, kind, article = self.capture.status, self.refined.kind, self.refined.article
        if status in _GONE or kind is PageKind.NOT_FOUND:
            self._mark_gone(article_id)
            outcome = Outcome.GONE
        elif kind is not PageKind.ARTICLE or article is None or status != HTTPStatus.OK:
            outcome = Outcome.NOT_ARTICLE
        elif row is None:
            outcome, article_id = self._new(url, article, capture_id)
        else:
            outcome = self._again(*row, article, capture_id)
        copy_of = self._copy_of(article_id) if outcome is Outcome.NEW else None
        if copy_of is not None:
            outcome = Outcome.DUPLICATE
        return Filed(outcome=outcome, url=url, article_id=article_id, capture_id=capture_id, copy_of=copy_of)

    def _copy_of(self, article_id: int | None) -> str | None:
        """The address of the article that the copies in an article's group were made from, unless it is this one."""
        row = self.connection.execute(
            "SELECT c.url FROM articles AS a JOIN groups AS g ON g.id = a.group_id"
            " JOIN articles AS c ON c.id = g.canonical WHERE a.id = ? AND c.id <> a.id",
            [article_id],
        ).fetchone()
        return row[0] if row else None

    def _new(self, url: str, article: Article, capture_id: int) -> tuple[Outcome, int]:
        text = text_of(article.title, article.body)
        values = articles.texts(article, text, capture_id, self._at)
        values |= {"url": url, "source": self.source.id, "first_seen": self._at}
        article_id = rows.insert(self.connection, "articles", values)
        self._put_around(article_id)
        self.chrome.learn(self.source.id, article_id, Seen.on(self.refined.blocks), self._at)
        Groups(self.connection).add(article_id, text)
        return Outcome.NEW, article_id

    def _again(self, article_id: int, before: dict[str, object], article: Article, capture_id: int) -> Outcome:
        """The page of an article that is known: changed in its text, beside it (byline, date…), or not at all."""
        stated.put_under(self.connection, article_id, capture_id)
        article = self._with_statements(article, stated.stored(article.url, before))
        after = articles.columns(article)
        if after == before:
            self._mark_back(article_id)
            return Outcome.UNCHANGED
        articles.unindex(self.connection, article_id)
        changed = (after["title"], after["body"]) != (before["title"], before["body"])
        text = text_of(article.title, article.body)
        groups = Groups(self.connection)
        regrouped = changed or any(after[name] != before[name] for name in articles.DECIDING)
        if regrouped:
            groups.remove(article_id, text_of(str(before["title"]), str(before["body"])))
        if changed:
            articles.keep_revision(self.connection, article_id)
            after = articles.texts(article, text, capture_id, self._at)
        rows.update(self.connection, "articles", article_id, after | {"gone_at": None})
        self._put_around(article_id)
        if regrouped:
            groups.add(article_id, text)
        return Outcome.CHANGED if changed else Outcome.UNCHANGED

    def _with_statements(self, article: Article, earlier: Article) -> Article:
        """The article with what was stated of it earlier and this page does not state; its facts follow."""
        article = stated.taken_over(article, earlier, stated.missing(article) & stated.by(earlier))
        if article != self.refined.article:
            from worker.facts import extract

            self.refined = replace(self.refined, article=article, facts=extract(article, self.source))
        return article

    def _put_around(self, article_id: int) -> None:
        """What follows from an article's text: its facts, what was removed beside it, its place in the index."""
        facts.put(self.connection, article_id, facts.rows(self.refined.facts))
        removed.put(self.connection, article_id, removed.rows(self.refined.blocks))
        articles.index(self.connection, article_id)
