"""The walk through a source's doors, its feeds, sitemaps and listings: what new articles are there.

A usual walk ends at the first page of a listing that names nothing new, and leaves what it does not get to for the next
one. A backfill goes on to the end of everything, or to a date. Either can be cut off at any moment: which doors are
still ahead is kept in the archive before the links of the page that names them are, and a door is dropped only when its
own links are kept. A usual walk lets a site say that a door is unchanged since then (worker/unchanged.py), and opens
those behind it that may not be. Where a site shows something else in a door's place (worker/discover/absent.py), the
door stays ahead.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from worker import discover, doors, limit
from worker.dedup.canonical import canonical
from worker.discover.absent import Absent, absent
from worker.discover.home import look, sends_on
from worker.fetch import FetchError, Transport
from worker.limit import TooLong, at_most
from worker.store.doors import WALKED
from worker.store.errors import PageFailed, one_page
from worker.unchanged import Readings

if TYPE_CHECKING:
    from worker.config import Source
    from worker.models import Capture, Link
    from worker.store import Archive
    from worker.store.doors import Reading

MOST = 50
"""Doors that a usual walk opens beside the source's own: a listing that never ends must end here."""

MOST_OF_BACKFILL = 20_000
"""Doors that one backfill opens; at ten articles a page that is more than any newspaper has."""


class Door(NamedTuple):
    """A page to look for links on. A `thorough` one leads on even when it names nothing new; `chain` is the first page
    of its listing. One that is `listed` in an index of sitemaps is one of many that are there at every visit."""

    url: str
    thorough: bool
    chain: str
    listed: bool = False


class Ahead:
    """The doors still to be opened: the source's own, and what they lead to, first; then, by turns, those that an index
    lists and what an earlier walk left, so that of an index with more than a walk can open none is left for ever.
    Beside what was left there are `most`, since no walk opens more."""

    def __init__(self, first: Iterable[Door], left: Iterable[Door], most: int) -> None:
        self._first, self._listed, self._left = deque(first), deque[Door](), deque(left)
        self._most = most
        self._turn = False

    def __bool__(self) -> bool:
        return any((self._first, self._listed, self._left))

    def __iter__(self) -> Iterator[Door]:
        return chain(self._first, self._listed, self._left)

    def add(self, doors: Sequence[Door]) -> None:
        """Put doors behind those of their kind."""
        room = self._most - len(self._first) - len(self._listed)
        for door in doors[: max(room, 0)]:
            (self._listed if door.listed else self._first).append(door)

    def take(self) -> Door:
        """The next one."""
        self._turn = not self._turn
        one, other = (self._listed, self._left) if self._turn else (self._left, self._listed)
        return (self._first or one or other).popleft()


@dataclass(slots=True, kw_only=True)
class Walk:
    """One walk. `failed` is told of doors that could not be opened, `progress` how many were and what they named.

    What lies more surely in one of the sources `beside` this one on its host is left to them.

    `archive` is None where nothing is to be written; `knows` then still says which links are old. `visit` fetches and
    files an article; it is asked for only where a backfill has a date to stop at and the listing shows no dates. The
    doors of hosts that are `held` are left for the next walk.
    """

    source: Source
    archive: Archive | None
    transport: Transport
    knows: Callable[[str], bool]
    visit: Callable[[str], Awaitable[None]]
    stopping: Callable[[], bool] = lambda: False
    failed: Callable[[FetchError], None] = lambda _: None
    progress: Callable[[int, int], None] = lambda _doors, _links: None
    beside: Sequence[Source] = ()
    backfill: bool = False
    since: date | None = None
    found: list[str] = field(default_factory=list)
    error: str | None = None
    held: dict[str, str] = field(default_factory=dict)  # hosts that are left alone for now, and why
    asked: bool = False  # anything at all
    _named: dict[str, set[str]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)  # what was found, where nothing is written
    _left: bool = False
    _read_well: bool = False
    _broken: bool = False  # a door gave no answer, or something in its place that only looks like one
    _readings: Readings | None = None  # where all is read in full, and nothing of it kept: None

    def __post_init__(self) -> None:
        if self.archive and not self.backfill and self.since is None:
            self._readings = Readings(self.archive, self.source, self.beside)

    async def run(self) -> list[str]:
        """Open door after door; the addresses that are new, in order. `error` says why the last door failed, if any."""
        known = self.archive is not None and self.archive.has_links(self.source.id)
        most = MOST_OF_BACKFILL if self.backfill else MOST + len(self._own_doors())
        ahead = Ahead(*self._first(), most)
        opened: set[str] = set()
        while ahead and len(opened) < most and not self.stopping():
            door = ahead.take()
            if door.url in opened:
                continue
            opened.add(door.url)
            if host_of(door.url) in self.held:
                self._left = True
                continue
            try:
                conditions = self._readings.conditions(door.url) if self._readings else {}
                capture = await self.transport.fetch(door.url, self.source, **conditions)
                self.asked = True
                with one_page(door.url):
                    ahead.add(await self._open(door, capture))
            except FetchError as failure:
                self._not_opened(door, failure)
                continue
            except (PageFailed, TooLong) as failure:
                self._not_opened(door, FetchError(door.url, str(failure)))
                self.error = f"{door.url} could not be read: {failure}"
                continue
            self.progress(len(opened), len(self.found))
        # What a first walk does not get to is what the site has of old, which is a backfill's matter.
        self._left = self._left or (known and not self.backfill and any(door.url not in opened for door in ahead))
        if self.archive and not self._left and not (ahead and self.stopping()):
            self.archive.end_walk(self.source.id, backfill=self.backfill, since=self.since)
        return self.found

    @property
    def shut(self) -> bool:
        """Whether no door could be read, and not just since the site answers that there is none, or none for us."""
        return self._broken and not self._read_well

    def _first(self) -> tuple[list[Door], list[Door]]:
        """Where to begin, and what an earlier walk left, which a usual walk opens at its end: what is new goes first.

        A backfill that goes on reads the beginnings of the listings as a usual walk does, and the rest to its end, if
        it had not come there.
        """
        begin = self._own_doors()
        if self.archive and self.backfill:
            self.archive.go_back_to(self.source.id, self.since)
        left = self.archive.doors_ahead(self.source.id, backfill=self.backfill) if self.archive else []
        if self.backfill and not left:
            if self.archive:
                self.archive.keep_doors(self.source.id, begin, backfill=True, since=self.since)
            left = list(begin)
        goes_on = [Door(url, self.backfill, url) for url in left if url != WALKED]
        if self.backfill:
            return goes_on + [Door(url, False, url) for url in begin if url not in left], []
        return [Door(url, False, url) for url in begin], goes_on

    def _own_doors(self) -> tuple[str, ...]:
        own = self.source.discover
        named = (*own.feeds, *own.sitemaps, *own.listings)
        return (*named, self.source.home) if self._looks_at_home else named

    @property
    def _looks_at_home(self) -> bool:
        """Whether the home page says where articles are: where the source names no door, or, for what is old, only
        feeds, which name what is new."""
        own = self.source.discover
        return not (own.sitemaps or own.listings or (own.feeds and not self.backfill))

    def _not_opened(self, door: Door, failure: FetchError) -> None:
        """What failed for now stays ahead for the next walk; what never works is dropped."""
        self.error = str(failure)
        self._broken = True
        self.asked = self.asked or failure.asked
        self.failed(failure)
        if failure.held:
            self.held.setdefault(host_of(door.url), self.error)
        if failure.permanent and self.archive:
            self.archive.drop_door(self.source.id, door.url, backfill=door.thorough)
        else:
            self._left = True

    async def _open(self, door: Door, capture: Capture) -> list[Door]:
        """Take the links of a page into the archive; the doors that it leads to."""
        if capture.status == HTTPStatus.NOT_MODIFIED and self._readings:
            self._read_well = True
            listed = door.url != self.source.home
            return self._leave(door, [Door(url, False, url, listed) for url in self._readings.leads_to(door.url)])
        with at_most(limit.LINKS):
            page = discover.find(capture, self.source)
            keyed = {key: link for link in page.links if self._wanted(link) and (key := _key(link.url))}
            instead = absent(capture, page, self.source)
        fresh = [link for link in keyed.values() if not self.knows(link.url)]
        if door.thorough:
            self._keep(fresh)
            goes_on = self._names_more(door, keyed) and not await self._is_behind(page.links)
        else:
            goes_on = bool(fresh)
        is_index = page.door is discover.Door.SITEMAP_INDEX
        further = [Door(url, door.thorough, door.chain, listed=is_index) for url in page.onward]
        always = further if is_index else []
        if door.url == self.source.home and self._looks_at_home:
            always = [*always, *(Door(url, door.thorough, url) for url in await self._doors_of_home(capture))]
            if not (page.links or instead) and (target := sends_on(capture)):
                instead = Absent(
                    f"it only sends browsers on to {target}; write that as its home: in sources.yaml", True
                )
        onward = [*further, *always] if goes_on and not is_index else always
        if instead:
            return self._leave(door, onward, fresh, stays=self._is_absent(door, capture, instead))
        self._read_well = True
        leads_to = [behind.url for behind in always[:MOST]]
        read = self._readings.of(door.url, capture, leads_to, new=bool(fresh)) if self._readings else None
        return self._leave(door, onward, fresh, read)

    def _is_absent(self, door: Door, capture: Capture, instead: Absent) -> bool:
        """Tell what stands in a door's place; whether the door stays ahead. That a listing or a menu leads to a page
        that is not there is told nobody."""
        if not instead.for_good or door.url in self._own_doors():
            self.failed(FetchError(door.url, instead.why))
            self.error = f"{door.url} names no articles: {instead.why}"
            self._broken = self._broken or capture.status == HTTPStatus.OK
        self._left = self._left or not instead.for_good
        return not instead.for_good

    def _leave(
        self,
        door: Door,
        onward: list[Door],
        fresh: Sequence[Link] = (),
        read: Reading | None = None,
        *,
        stays: bool = False,
    ) -> list[Door]:
        """Keep where a door leads, then its links, then that it was opened: so a kill at any moment loses nothing. One
        that `stays` ahead was opened in vain."""
        if self.archive and onward:
            urls = [further.url for further in onward]
            self.archive.keep_doors(self.source.id, urls, backfill=door.thorough, since=self.since)
        self._keep(fresh)
        if self.archive and read:
            self.archive.door_read(self.source.id, door.url, read)
        elif self.archive and not stays:
            self.archive.drop_door(self.source.id, door.url, backfill=door.thorough)
        return onward

    async def _doors_of_home(self, capture: Capture) -> tuple[str, ...]:
        """What a front page shows: a feed is enough for what is new; for what is old, all else is needed."""
        if not self.backfill:
            with at_most(limit.LINKS):
                found = look(capture, self.source)
            return found.feeds or found.listings
        found = await doors.shown(capture, self.source, self.transport)
        return (*found.sitemaps, *found.listings)

    def _names_more(self, door: Door, keyed: Iterable[str]) -> bool:
        """Whether the page names articles that its listing has not named in this walk: one that repeats itself behind
        its end, or goes in a circle, does not."""
        named = self._named.setdefault(door.chain, set())
        before = len(named)
        named.update(keyed)
        return len(named) > before

    async def _is_behind(self, links: Iterable[Link]) -> bool:
        """Whether a page of a listing lies wholly before the date to stop at.

        Where the listing shows no dates, its articles are fetched, and say so themselves.
        """
        if self.since is None:
            return False
        days = [link.published for link in links]
        if self.archive is not None and not any(days):
            for link in links:
                if not self.stopping() and not self.archive.was_visited(link.url):
                    await self.visit(link.url)
            days = [self.archive.published(link.url) for link in links]
        return any(days) and all(self._too_old(day) for day in days if day)

    def _wanted(self, link: Link) -> bool:
        return not self._too_old(link.published) and not self.source.leaves(link.url, self.beside)

    def _too_old(self, published: str | None) -> bool:
        return self.since is not None and published is not None and published[:10] < self.since.isoformat()

    def _keep(self, fresh: Sequence[Link]) -> None:
        if self.archive:
            self.found += self.archive.add_links(self.source.id, fresh)
        else:
            self.found += [link.url for link in fresh if link.url not in self._seen]
            self._seen.update(link.url for link in fresh)


def host_of(url: str) -> str:
    """The host of an address, with its port."""
    return urlsplit(url).netloc.lower()


def _key(url: str) -> str | None:
    """The canonical address; None: it is none that can be archived."""
    try:
        return canonical(url)
    except ValueError:
        return None
