"""One crawl of one source, from its front door to the last page filed. Read it from top to bottom."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from worker import attachments, limit
from worker.clean.replaced import in_place_of
from worker.fetch import FetchError, Transport
from worker.limit import TooLong, at_most
from worker.models import Capture, PageKind, Refined
from worker.shortage import Shortage
from worker.store.errors import ArchiveError, PageFailed, one_page
from worker.store.filing import Incoming, is_gone
from worker.walk import Walk, host_of
from worker.workshop import Killed, Workshop

if TYPE_CHECKING:
    from worker.config import Source
    from worker.store import Archive

BACK_OFF = (
    *(timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6)),
    *(timedelta(days=1), timedelta(days=1), timedelta(days=2), timedelta(days=4), timedelta(days=7)),
)
"""How long a page that failed is left alone, try by try; the last one for ever: no page is given up for good."""

IN_A_DAY = timedelta(days=1)
"""When a page is looked at again that may be well any day: a refused one costs the site nothing."""

SELDOM = timedelta(days=30)
"""The longest time between two looks at a page that never was an article."""

AHEAD = 2
"""Pages of a site without pauses that are fetched while the one before them is read and filed."""

MAY_COME_BACK = timedelta(days=7)
"""When an article is looked at once more that is found gone at its last look: a site that moves loses all of them for
some days."""

TURNED_AWAY = 5
"""Articles in a row in whose place a host shows something else; then it is left alone for that visit: a gate, or a
notice, stands before all of them, and it may stand for weeks."""

_COMES_BACK = {PageKind.MAINTENANCE, PageKind.CHALLENGE, PageKind.LOGIN, PageKind.EMPTY, PageKind.SPAM}
"""What a page may be for a while: it is looked at again in a day; one that never was an article ever more seldom."""


@dataclass(frozen=True, slots=True)
class Page:
    """What became of one page: new, unchanged, changed, duplicate, failed, gone, refused, or the kind of a page that is
    no article."""

    url: str
    outcome: str
    title: str = ""
    note: str = ""


@dataclass(slots=True, kw_only=True)
class Crawl:
    """One crawl of one source: where it takes pages from, where it puts them, and whom it tells.

    `report` is called once a page, `walked` after each door with how many were opened and how many links they brought,
    `planned` with the number of pages to visit, once that is known.

    Addresses that are more surely of one of the sources `beside` this one, on its host, are left to them.

    Pages are refined and filed in the `workshop`, which crawls of one archive may share.

    `stopping` is asked between two pages: a crawl that is told to stop finishes the page in hand. A `dry_run`
    fetches and refines, and files nothing; the archive may then be open for reading only, or be None where there is
    none yet.
    """

    source: Source
    archive: Archive | None
    transport: Transport
    report: Callable[[Page], None] = lambda _: None
    walked: Callable[[int, int], None] = lambda _doors, _links: None
    planned: Callable[[int], None] = lambda _: None
    stopping: Callable[[], bool] = lambda: False
    beside: Sequence[Source] = ()
    dry_run: bool = False
    workshop: InitVar[Workshop | None] = None
    counts: Counter[str] = field(default_factory=Counter)
    _workshop: Workshop = field(init=False)
    _reading: asyncio.Semaphore = field(init=False)  # pages are filed in order: each is read with what others taught
    _run: int | None = None
    _limited: bool = False
    _ahead: deque[str] = field(default_factory=deque)
    _unfiled: list[str] = field(default_factory=list)  # which pages the program failed at, and why
    _held: dict[str, str] = field(default_factory=dict)  # hosts that are left alone for now, and why
    _turned_away: Counter[str] = field(default_factory=Counter)  # by host, how many articles in a row
    _not_shown: int = 0  # articles in whose place something else stood
    _asked: bool = False  # anything at all of anybody
    _unheard: OSError | None = None  # whoever was told of pages is gone

    def __post_init__(self, workshop: Workshop | None) -> None:
        self._workshop = workshop or Workshop(self.archive)
        self._reading = asyncio.Semaphore(self.source.politeness.concurrency)

    async def run(
        self,
        trigger: str,
        *,
        urls: Iterable[str] | None = None,
        limit: int | None = None,
        backfill: bool = False,
        since: date | None = None,
    ) -> Counter[str]:
        """Visit `urls`, or, where none are given, look for links and visit every page that is due; `limit` at most.

        A `backfill` walks listings and sitemaps to their end, or back to the day `since`. The counts by outcome. What
        goes wrong with a page is reported and counted, and the crawl goes on; only what is wrong with the archive is
        raised, and the OSError of a `report` that nobody reads any more.
        """
        self._limited = limit is not None
        if self._writes:
            self._run = self._writes.start_run(self.source.id, trigger)
        outcome = "failed"
        error: str | None = None
        shut = False
        try:
            if urls is None:
                walk = self._walk(backfill=backfill, since=since)
                urls = self._due(await walk.run(), limit)
                error, shut, self._asked = walk.error, walk.shut, walk.asked
            await self._visit_all(list(urls)[:limit])
            if self._writes and backfill:
                self._writes.end_backfill(self.source.id)
            error = error or next(iter(self._held.values()), None)
            shut = shut or bool(self._held.keys() - self._turned_away) or len(self._unfiled) > 1  # one page is one page
            nothing_went_well = shut and not self._reached
            vain = "failed" if self._asked else "skipped"
            outcome = "stopped" if self._stops() else vain if nothing_went_well else "ok"
            error = self._unfiled[-1] if self._unfiled else error
            if self._unheard:
                raise self._unheard
        except BaseException as stop:
            told = isinstance(stop, asyncio.CancelledError | KeyboardInterrupt)
            ours = told or isinstance(stop, ArchiveError | Shortage | sqlite3.Error | OSError)
            outcome, error = "stopped" if ours else "failed", str(stop) or None  # ours: not the site's fault
            raise
        finally:
            if self._run is not None and self._writes:
                self._writes.finish_run(self._run, outcome=outcome, counts=dict(self.counts), error=error)
        return self.counts

    @property
    def _writes(self) -> Archive | None:
        return None if self.dry_run else self.archive

    @property
    def _reached(self) -> int:
        """How many pages the site answered for, and showed."""
        return self.counts.total() - self.counts["failed"] - self.counts["refused"] - self._not_shown

    def _walk(self, *, backfill: bool, since: date | None) -> Walk:
        """The way through the source's doors."""
        return Walk(
            source=self.source,
            archive=self._writes,
            transport=self.transport,
            knows=self.archive.knows if self.archive else lambda _: False,
            visit=self._visit,
            stopping=self._stops,
            beside=self.beside,
            held=self._held,
            failed=lambda failure: self._tell(Page(failure.url, "failed", note=failure.reason)),
            progress=self.walked,
            backfill=backfill,
            since=since,
        )

    def _due(self, new: list[str], limit: int | None) -> list[str]:
        """What is to be visited now: what was found, what waits since earlier crawls, what is due for another look."""
        return self._writes.due_links(self.source.id, limit=limit) if self._writes else list(dict.fromkeys(new))

    async def _visit_all(self, urls: list[str]) -> None:
        """Visit pages, as many at once as the site may be asked and some ahead; told to stop, take no new one.

        How many requests are under way is the transport's matter.
        """
        self.planned(len(urls))
        ahead = self._ahead = deque(urls)

        async def one_by_one() -> None:
            while ahead and not self._stops():
                await self._visit(ahead.popleft())

        try:
            async with asyncio.TaskGroup() as together:
                for _ in range(self.source.politeness.concurrency + (0 if self.source.politeness.delay else AHEAD)):
                    together.create_task(one_by_one())
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None  # what is wrong with the archive is wrong once

    async def _visit(self, url: str) -> None:
        """Fetch a page, refine it and file it. What goes wrong there is the page's, and is told of it alone.

        The pages of a host that is to be left alone stay due: the first of them is told of, for all.
        """
        if host_of(url) in self._held:
            return
        try:
            with one_page(url):
                page = await self._became(url)
        except PageFailed as failure:
            self._unfiled.append(f"{url} could not be filed: {failure}")
            page = self._not_had(url, FetchError(url, str(failure)))
        if page is not None:
            self._tell(page)

    async def _became(self, url: str) -> Page | None:
        try:
            validators = self._writes.validators(url) if self._writes and not attachments.is_document(url) else {}
            capture = await self.transport.fetch(url, self.source, **validators)
            self._asked = True
            async with self._reading:
                return await self._came(url, capture)
        except FetchError as failure:
            self._asked = self._asked or failure.asked
            if not failure.held:
                return self._not_had(url, failure)
            told, self._held[host_of(url)] = host_of(url) in self._held, str(failure)
            return None if told else Page(url, "failed", note=failure.reason)
        except Killed as killed:
            return self._not_had(url, FetchError(url, str(killed)))

    async def _came(self, url: str, capture: Capture) -> Page:
        refined, records = await self._workshop.refine(capture, self.source)
        title = refined.article.title if refined.article else ""
        if not self._writes:
            return Page(url, _would_become(self.archive, capture, refined), title, note="nothing was filed")
        refined = in_place_of(self._writes.text_of(url), refined)
        self._keep_documents(self._writes, capture, refined)
        self._count_turned_away(self._writes, url, capture, refined.kind)
        again = self._look_again(self._writes, url, capture, refined)
        filed = await self._workshop.file(Incoming(capture, refined, self.source, self._run, again, records))
        if refined.kind is PageKind.ATTACHMENT and filed.capture_id and capture.status == HTTPStatus.OK:
            await self._keep_text(self._writes, url, capture, filed.capture_id)
        outcome = refined.kind.value if filed.outcome == "not-article" else filed.outcome.value
        note = f"copy of {filed.copy_of}" if filed.copy_of else ""
        return Page(url, outcome, title, note)

    def _count_turned_away(self, archive: Archive, url: str, capture: Capture, kind: PageKind) -> None:
        """Leave a host alone that shows the same in the place of one article after the other."""
        host = host_of(url)
        if capture.status == HTTPStatus.NOT_MODIFIED or kind not in _COMES_BACK:
            self._turned_away.pop(host, None)
        elif kind is PageKind.CHALLENGE or archive.text_of(url):
            self._turned_away[host] += 1
            self._not_shown += 1
        if self._turned_away.get(host, 0) >= TURNED_AWAY:
            why = f"the last {TURNED_AWAY} answers of {host} were no articles ({kind.value}); it is left alone for now"
            self._held.setdefault(host, why)

    def _keep_documents(self, archive: Archive, capture: Capture, refined: Refined) -> None:
        """Put the documents that an article links to among the links, before the article itself is filed."""
        try:
            with at_most(limit.LINKS):
                documents = attachments.linked(capture, refined)
        except TooLong:
            documents = []
        added = archive.add_links(self.source.id, documents) if documents else []
        if not self._limited:
            self._ahead.extend(added)

    @staticmethod
    async def _keep_text(archive: Archive, url: str, capture: Capture, capture_id: int) -> None:
        """Read a document that has been filed. It stays due until its text is filed too."""
        read = await attachments.read(capture.body)
        archive.put_attachment(url, capture_id, **read._asdict())
        archive.mark(url, "done")

    def _not_had(self, url: str, failure: FetchError) -> Page:
        """Leave a page alone for a while, and say why."""
        state = "refused" if failure.permanent else "failed"
        if self._writes:
            step = BACK_OFF[min(self._writes.attempts(url), len(BACK_OFF) - 1)]
            wait = max(IN_A_DAY if failure.permanent else step, timedelta(seconds=failure.retry_after or 0))
            self._writes.mark(url, state, error=failure.reason, next_try=datetime.now(UTC) + wait)
        return Page(url, state, note=failure.reason)

    def _look_again(self, archive: Archive, url: str, capture: Capture, refined: Refined) -> datetime | None:
        """When the page is to be fetched the next time; None: never by itself."""
        first = archive.first_seen(url) or (
            archive.first_seen(capture.url) if refined.article else archive.found_at(url)
        )
        first = min(first or capture.fetched_at, capture.fetched_at)  # a clock may have been ahead
        if refined.kind in _COMES_BACK and capture.status != HTTPStatus.NOT_MODIFIED:
            known = timedelta() if archive.text_of(url) else capture.fetched_at - first
            return capture.fetched_at + min(max(known, IN_A_DAY), SELDOM)
        if refined.kind is PageKind.ATTACHMENT:
            return capture.fetched_at  # until its text is kept
        times = (first + timedelta(seconds=step) for step in self.source.look_again)
        then = next((time for time in times if time > capture.fetched_at), None)
        if then is None and is_gone(capture, capture.status, refined.kind) and archive.is_there(url):
            return capture.fetched_at + MAY_COME_BACK
        return then

    def _tell(self, page: Page) -> None:
        self.counts[page.outcome] += 1
        try:
            self.report(page)
        except OSError as error:  # such as a closed pipe: not the page's fault, nor the site's
            self._unheard = error

    def _stops(self) -> bool:
        return self._unheard is not None or self.stopping()


def _would_become(archive: Archive | None, capture: Capture, refined: Refined) -> str:
    """What filing would make of a page, as far as can be told without filing it (a copy is not recognised)."""
    if refined.article is None:
        return refined.kind.value
    before = archive.text_of(capture.url) if archive else None
    if before is None:
        return "new"
    return "unchanged" if before == (refined.article.title, refined.article.body) else "changed"
