"""One import: captures out of files into the archive, each at the time when it was made."""

from __future__ import annotations

import asyncio
import re
from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha1
from typing import TYPE_CHECKING

from worker import attachments
from worker.clean.replaced import in_place_of
from worker.dedup.canonical import canonical
from worker.discover.addresses import take_apart
from worker.imports import Found, ImportFailed, Passed, Wanted
from worker.imports.choice import Choice
from worker.imports.inputs import Inputs
from worker.models import Article, Capture, PageKind, Refined
from worker.refine import refine
from worker.store.errors import PageFailed, one_page
from worker.store.merging import next_try
from worker.store.times import stamp
from worker.values import site_host

if TYPE_CHECKING:
    from worker.config import Source, Sources
    from worker.store import Archive

MOST_DIGESTS = 1_000_000
"""Payloads of one import that revisit records can refer to by digest alone, those that came last."""

MOST_COMPARED = 8
"""Captures of one address whose payload is compared with a digest."""

MOST_HOSTS = 100_000
"""Hosts that are told apart in what is counted and proposed."""

MOST_DOCUMENTS = 100_000
"""Documents that are looked for once more when all articles are there."""

MOST_WAITING = 20_000
"""Revisit records that wait for the record that they repeat: of crawlers that work side by side it may come later."""

_NOT_HERE = Passed("repeats a record that is not here")


@dataclass(slots=True)
class Imported:
    """What an import did.

    `filed`: pages by what became of them; `passed`: records that brought none, by reason and detail; `proposed`: the
    articles of hosts that no source has, where these were asked for.
    """

    filed: Counter[str] = field(default_factory=Counter)
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)

    @property
    def reasons(self) -> dict[str, int]:
        """Reason -> records that were passed over for it."""
        found: Counter[str] = Counter()
        for (reason, _), count in self.passed.items():
            found[reason] += count
        return dict(found)

    def passes(self, passed: Passed) -> None:
        """Count a record that brought no page."""
        detail = passed.detail
        if len(self.passed) >= MOST_HOSTS and (passed.reason, detail) not in self.passed:
            detail = "others"
        self.passed[passed.reason, detail] += 1


@dataclass(slots=True, kw_only=True)
class Import:
    """Takes pages of the sources' hosts out of what its arguments name. Importing the same again changes nothing.

    Only articles are kept, and the documents that they link to. A page is refined with what its source's memory knows
    at that moment, as in a crawl. `link` refers to records where they lie and copies no bytes; `new_sources` counts the
    articles of hosts that no source has, and keeps none of them.
    """

    archive: Archive
    sources: Sources
    choice: Choice = field(default_factory=Choice)
    link: bool = False
    new_sources: bool = False
    allow_private: bool = False
    stopping: Callable[[], bool] = lambda: False
    progress: Callable[[str, Imported], None] = lambda _, __: None  # told what is read, and what was done, every record
    result: Imported = field(default_factory=Imported)
    _run: int | None = None
    _by_digest: dict[str, int] = field(default_factory=dict)  # payload digest as the file states it -> capture
    _hosts: dict[str, Source] = field(default_factory=dict)
    _documents: set[str] = field(default_factory=set)  # passed over, since no article linked to them yet
    _waiting: list[Found] = field(default_factory=list)  # what they repeat was not here yet

    def run(self, names: Iterable[str]) -> Imported:
        """Import what paths and addresses name, in order. Raises ImportFailed for what cannot be read."""
        names = list(names)
        self._hosts = {site_host(source.home): source for source in reversed(self.sources.sources)}
        outcome, error = "failed", "the import was cut off"
        try:
            self._read(names, self._wanted, tell=self.result.passes)
            self._repeated_meanwhile()
            if missing := self._linked_meanwhile():
                self._read(names, missing.__contains__, tell=lambda _: None)  # it was told when it was passed over
            outcome, error = ("stopped" if self.stopping() else "ok"), ""
        except ImportFailed as failure:
            error = str(failure)
            raise
        finally:
            if self._run is not None:
                counts = dict(self.result.filed)
                self.archive.finish_run(self._run, outcome=outcome, counts=counts, error=error or None)
        return self.result

    def _read(self, names: Iterable[str], wanted: Wanted, *, tell: Callable[[Passed], None]) -> None:
        """Take the pages that are wanted, and tell of the records that bring none."""
        inputs = Inputs(
            wanted=wanted,
            scratch=self.archive.directory,
            link=self.link,
            contact=self.sources.contact,
            allow_private=self.allow_private,
        )
        for name in names:
            for found in inputs.read(name):
                if isinstance(found, Found):
                    self._try(found)
                else:
                    tell(found)
                self.progress(name, self.result)
                if self.stopping():
                    return

    def _wanted(self, url: str) -> bool:
        return self.choice.host(url) and (self.new_sources or self._source(url) is not None)

    def _source(self, url: str) -> Source | None:
        return self._hosts.get(site_host(url))

    def _try(self, found: Found) -> None:
        """Take a page; one that the program fails at is passed over, and told with the reason."""
        try:
            with one_page(found.capture.url):
                self._take(found)
        except PageFailed as failure:
            self.result.passes(Passed("could not be filed", f"{found.capture.url}: {failure}"))

    def _take(self, found: Found) -> None:
        capture = found.capture
        known = self._capture_at(capture.url, capture.fetched_at)
        if known is not None:
            self._remember(found.digest, known)
            self.result.filed["known"] += 1
            return
        if found.repeats is not None:
            payload = self._payload(found)
            if payload is None:
                if len(self._waiting) < MOST_WAITING:
                    self._waiting.append(found)
                else:
                    self.result.passes(_NOT_HERE)
                return
            capture = replace(capture, body=payload.body)
        passed = self.choice.page(capture) or self._page(replace(found, capture=capture))
        if passed is not None:
            self.result.passes(passed)

    def _repeated_meanwhile(self) -> None:
        """Take the revisit records whose payload came after them; the others repeat what is not here."""
        waiting, self._waiting = sorted(self._waiting, key=lambda found: found.capture.fetched_at), []
        for found in waiting:
            self._try(found)
        for _ in self._waiting:
            self.result.passes(_NOT_HERE)
        self._waiting = []

    def _page(self, found: Found) -> Passed | None:
        """Refine a page and keep it, or say why not."""
        capture, source = found.capture, self._source(found.capture.url)
        refined = refine(capture, source, self.archive.memory(source.id)) if source else refine(capture, None)
        if refined.kind is PageKind.ATTACHMENT and source is not None:
            return self._document(found, refined, source)
        refined = in_place_of(self.archive.text_of(capture.url) if refined.article else None, refined)
        if refined.article is None or not (found.listed or _is_news(capture.url, refined.article, source)):
            return Passed("not news", refined.kind.value if refined.article is None else "section")
        if (passed := self.choice.article(refined.article)) is not None:
            return passed
        if source is None:
            return self._propose(capture.url)
        if documents := attachments.linked(capture, refined):
            self.archive.add_links(source.id, documents, capture.fetched_at)
        self.result.filed[self._file(found, refined, source)[0]] += 1
        return None

    def _propose(self, url: str) -> Passed:
        host = site_host(url)
        if len(self.result.proposed) < MOST_HOSTS or host in self.result.proposed:
            self.result.proposed[host] += 1
        return Passed("host of no source", host)

    def _file(self, found: Found, refined: Refined, source: Source) -> tuple[str, int | None]:
        """What became of a page, and its capture."""
        if self._run is None:
            self._run = self.archive.start_run(None, "import")
        again = next_try(self.archive.connection, found.capture.url)
        filed = self.archive.file(
            found.capture, refined, source, self._run, elder=True, place=found.place, next_try=again
        )
        if filed.capture_id is not None:
            self._remember(found.digest, filed.capture_id)
        return filed.outcome.value, filed.capture_id

    def _document(self, found: Found, refined: Refined, source: Source) -> Passed | None:
        """Keep a document that an archived article links to."""
        url = found.capture.url
        if not attachments.is_document(url) or not self._is_linked(url):
            if attachments.is_document(url) and len(self._documents) < MOST_DOCUMENTS:
                self._documents.add(url)
            return Passed("not news", refined.kind.value)
        _, capture = self._file(found, refined, source)
        if capture is not None:
            read = asyncio.run(attachments.read(found.capture.body))
            self.archive.put_attachment(url, capture, **read._asdict())
            self.result.filed["attachment"] += 1
        return None

    def _is_linked(self, url: str) -> bool:
        row = self.archive.connection.execute(
            "SELECT 1 FROM links WHERE url = ? AND found_on IS NOT NULL", [canonical(url)]
        ).fetchone()
        return row is not None

    def _linked_meanwhile(self) -> set[str]:
        """The documents that were passed over before the article that links to them was there."""
        found = {url for url in self._documents if self._is_linked(url)}
        self.result.passed["not news", PageKind.ATTACHMENT.value] -= len(found)
        self.result.passed = +self.result.passed
        return found

    def _payload(self, found: Found) -> Capture | None:
        """The capture whose payload a revisit record repeats, as it stands in our archive."""
        repeats = found.repeats
        if repeats is None:
            return None
        number = self._by_digest.get(repeats.digest or "")
        if number is None and repeats.url and repeats.date:
            number = self._capture_at(repeats.url.strip("<>"), repeats.date)
        if number is not None:
            return self.archive.read_capture(number)
        return self._with_digest(found.capture.url, repeats.digest) if repeats.digest else None

    def _with_digest(self, url: str, digest: str) -> Capture | None:
        """The capture of the same address with that payload: wget names a record, maybe of another file."""
        rows = self.archive.connection.execute(
            "SELECT id FROM captures WHERE url = ? AND revisit_of IS NULL ORDER BY fetched_at DESC LIMIT ?",
            [url, MOST_COMPARED],
        ).fetchall()
        captures = (self.archive.read_capture(number) for (number,) in rows)
        return next((one for one in captures if _sha1(one.body) == digest.lower()), None)

    def _capture_at(self, url: str, at: datetime) -> int | None:
        row = self.archive.connection.execute(
            "SELECT id FROM captures WHERE url = ? AND fetched_at = ?", [url, stamp(at)]
        ).fetchone()
        return row[0] if row else None

    def _remember(self, digest: str | None, capture: int) -> None:
        if digest is None:
            return
        self._by_digest[digest] = capture
        if len(self._by_digest) > MOST_DIGESTS:
            self._by_digest.pop(next(iter(self._by_digest)))


def _sha1(body: bytes) -> str:
    """A payload digest as most crawlers state it, in small letters: it finds a capture, and vouches for nothing."""
    return f"sha1:{b32encode(sha1(body, usedforsecurity=False).digest()).decode().lower()}"


def _is_news(url: str, article: Article, source: Source | None) -> bool:
    """No listing led to the page, so its address has to look like an article's, or the page to state its date."""
    known = source.articles if source else None
    likely = re.search(known, url) is not None if known else take_apart(url).could_be_article
    return bool(article.title) and (article.published is not None or likely)
