"""One import: captures out of files into the archive, each at the time when it was made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from worker.discover.addresses import take_apart
from worker.imports import Found, Passed, folder, warc_file
from worker.models import Article, Capture
from worker.refine import refine
from worker.store.times import stamp

if TYPE_CHECKING:
    from worker.config import Source, Sources
    from worker.store import Archive

MOST_DIGESTS = 1_000_000
"""Payloads of one import that revisit records can refer to by digest alone, those that came last."""


class ImportFailed(Exception):  # noqa: N818  # ImportError is Python's own
    """A path cannot be imported; the message is one sentence."""


@dataclass(slots=True)
class Imported:
    """What an import did: pages by what became of them, and records that brought none, by reason and detail."""

    filed: Counter[str] = field(default_factory=Counter)
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def reasons(self) -> dict[str, int]:
        """Reason -> records that were passed over for it."""
        found: Counter[str] = Counter()
        for (reason, _), count in self.passed.items():
            found[reason] += count
        return dict(found)


@dataclass(slots=True, kw_only=True)
class Import:
    """Takes pages of the sources' hosts out of WARC files and folders. Importing the same again changes nothing.

    Only articles are kept. A page is refined with what its source's memory knows at that moment, as in a crawl.
    """

    archive: Archive
    sources: Sources
    stopping: Callable[[], bool] = lambda: False
    result: Imported = field(default_factory=Imported)
    _run: int | None = None
    _by_digest: dict[str, int] = field(default_factory=dict)  # payload digest as the file states it -> capture

    def run(self, paths: Iterable[Path]) -> Imported:
        """Import files and folders, in order. Raises ImportFailed for one that cannot be read, ArchiveError."""
        outcome, error = "failed", "the import was cut off"
        try:
            for path in paths:
                for found in self._read(path):
                    self._take(found)
                    if self.stopping():
                        break
            outcome, error = ("stopped" if self.stopping() else "ok"), ""
        except ImportFailed as failure:
            error = str(failure)
            raise
        finally:
            if self._run is not None:
                counts = dict(self.result.filed)
                self.archive.finish_run(self._run, outcome=outcome, counts=counts, error=error or None)
        return self.result

    def _read(self, path: Path) -> Iterator[Found | Passed]:
        """What a path holds."""
        if path.is_dir():
            own = sorted(file for file in path.rglob("*") if file.name.lower().endswith(warc_file.NAMES))
            for file in own:
                yield from self._read(file)
            yield from folder.read(path, self._wanted)
            return
        if not path.name.lower().endswith(warc_file.NAMES):
            raise ImportFailed(f"{path} is neither a WARC file (.warc, .warc.gz) nor a folder of saved pages")
        try:
            yield from warc_file.read(path, self._wanted)
        except OSError as error:
            raise ImportFailed(f"{path} cannot be read: {error.strerror}") from None

    def _wanted(self, url: str) -> bool:
        return self.sources.of_url(url) is not None

    def _take(self, found: Found | Passed) -> None:
        if isinstance(found, Passed):
            self.result.passed[found.reason, found.detail] += 1
            return
        capture = found.capture
        known = self._capture_at(capture.url, capture.fetched_at)
        if known is not None:
            self._remember(found.digest, known)
            self.result.filed["known"] += 1
            return
        if found.repeats is not None:
            payload = self._payload(found)
            if payload is None:
                self.result.passed["repeats a record that is not here", ""] += 1
                return
            capture = replace(capture, body=payload.body)
        self._file(capture, found.digest)

    def _file(self, capture: Capture, digest: str | None) -> None:
        source = self.sources.of_url(capture.url)
        if source is None:
            self.result.passed["host of no source", ""] += 1
            return
        refined = refine(capture, source, self.archive.memory(source.id))
        if refined.article is None or not _is_news(capture.url, refined.article, source):
            self.result.passed["not news", refined.kind.value if refined.article is None else "section"] += 1
            return
        if self._run is None:
            self._run = self.archive.start_run(None, "import")
        filed = self.archive.file(capture, refined, source, self._run, elder=True)
        self.result.filed[filed.outcome.value] += 1
        if filed.capture_id is not None:
            self._remember(digest, filed.capture_id)

    def _payload(self, found: Found) -> Capture | None:
        """The capture whose payload a revisit record repeats, as it stands in our archive."""
        repeats = found.repeats
        if repeats is None:
            return None
        number = self._by_digest.get(repeats.digest or "")
        if number is None and repeats.url and repeats.date:
            number = self._capture_at(repeats.url.strip("<>"), datetime.fromisoformat(repeats.date))
        return self.archive.read_capture(number) if number is not None else None

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


def _is_news(url: str, article: Article, source: Source) -> bool:
    """No listing led to the page, so its address has to look like an article's, or the page to state its date."""
    likely = re.search(source.articles, url) is not None if source.articles else take_apart(url).could_be_article
    return bool(article.title) and (article.published is not None or likely)
