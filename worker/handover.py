"""Handing a one-off crawl to the service that is running.

Two processes never write to an archive, so what is handed over are files: `requests/ID.json` asks, `requests/ID.log`
answers, one JSON line a page and one at the end. A request outlives the service: what a killed one leaves behind, the
next one does.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from worker.store.errors import ArchiveError

if TYPE_CHECKING:
    from worker.config import Source
    from worker.crawl import Page

FOLDER = "requests"
_SIGN = "service"  # the file that says that somebody takes requests

_OPTIONS = {"urls", "limit", "backfill", "since"}
_OLD = 86400  # seconds
_WAIT = 0.2  # seconds between two looks at an answer
_BIGGEST = 10 * 1024**2  # bytes of a request: more addresses than anyone types


class HandoverError(ArchiveError):
    """The service did not do the job; the message says why."""


@dataclass(slots=True)
class Request:
    """A job that was asked for: a source, and the options of `Crawl.run`. In a `with` statement it is being done."""

    path: Path
    source: str
    options: Mapping[str, Any]
    counts: dict[str, int] = field(default_factory=dict)
    _failed: str | None = None
    _again: bool = False

    @property
    def answer(self) -> Path:
        """Where the pages are told."""
        return self.path.with_suffix(".log")

    def report(self, page: Page) -> None:
        """Tell of a page."""
        self.counts[page.outcome] = self.counts.get(page.outcome, 0) + 1
        self._say({"page": asdict(page)})

    def refuse(self, why: str) -> None:
        """Say that the job will not be done."""
        self._say({"end": {}, "error": why})
        self.path.unlink(missing_ok=True)

    def fail(self, why: str) -> None:
        """Say at the end that the job was not done to its end."""
        self._failed = why

    def put_back(self) -> None:
        """Keep the job for the next service: this one stops."""
        self._again = True

    def __enter__(self) -> Self:
        self._say({"begin": self.source})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._again:
            self._say({"end": self.counts, "error": str(error) if error else self._failed})
            self.path.unlink(missing_ok=True)

    def _say(self, line: Mapping[str, Any]) -> None:
        with suppress(OSError), self.answer.open("a", encoding="utf-8") as file:  # a full disk: the crawl matters more
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


class Inbox:
    """The service's side."""

    def __init__(self, archive: Path) -> None:
        self._folder = archive / FOLDER

    def open(self) -> None:
        """Say that requests are taken from now on."""
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            (self._folder / _SIGN).write_text(f"{os.getpid()}\n")
        self.tidy()

    def tidy(self) -> None:
        """Clear away what is older than a day and nobody needs: unread answers, halves, what is no request."""
        with suppress(OSError):
            for file in self._folder.iterdir():
                waiting = file.name == _SIGN or file.with_suffix(".json").exists()
                if not waiting and time.time() - file.stat().st_mtime > _OLD:
                    file.unlink()

    def close(self) -> None:
        """Say that no more are taken."""
        with suppress(OSError):
            (self._folder / _SIGN).unlink()

    def waiting(self) -> Iterator[Request]:
        """The requests that are there, oldest first. A file that is no request is put aside; who waits is told."""
        try:
            names = [name for name in os.listdir(self._folder) if name.endswith(".json")]  # noqa: PTH208  # every second
        except OSError:
            return
        for path in sorted(self._folder / name for name in names):
            request = _read(path)
            if request is None:
                with suppress(OSError):
                    path.replace(path.with_suffix(".bad"))
                    Request(path, "", {}).refuse("the service cannot read what it was asked; ask as its account")
            else:
                yield request


def _read(path: Path) -> Request | None:
    try:
        if path.stat().st_size > _BIGGEST:
            return None
        data = json.loads(path.read_text("utf-8"))
        options = {key: value for key, value in data["options"].items() if key in _OPTIONS}
        if options.get("since"):
            options["since"] = date.fromisoformat(options["since"])
        return Request(path, str(data["source"]), options)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def takes_requests(archive: Path) -> bool:
    """Whether a service runs on the archive that does what is handed to it."""
    from worker.store.lock import holder

    sign, who = archive / FOLDER / _SIGN, holder(archive / "news.lock")
    if who is None or not os.access(sign, os.F_OK):  # not exists(), which raises where the folder is another account's
        return False
    try:
        signed = sign.read_text("ascii").strip()
    except (OSError, ValueError):
        return True
    # A service that was killed leaves its sign behind, and then an import may hold the archive, for hours.
    return who.startswith(f"process {signed} ") or not who.startswith("process ")


def hand_over(
    archive: Path,
    jobs: Sequence[tuple[Source, Sequence[str] | None]],
    report: Callable[[Source, Page], None],
    **options: Any,
) -> tuple[dict[str, Counter[str]], list[HandoverError]]:
    """Have the running service crawl sources, and tell of each page as it is done; the counts by source and outcome.

    Beside them, why some were not crawled: the service says no, fails at it, or ends before the job does (the next
    service will do it).

    A job is a source and the addresses to visit (None: the service looks for them); `options` are those of `Crawl.run`:
    limit, backfill, since. All are asked for at once, and told of one after another. Raises HandoverError where the
    service cannot be asked.
    """
    try:
        asked = [(source, ask(archive, source.id, {**options, "urls": urls})) for source, urls in jobs]
    except OSError as error:
        raise HandoverError(
            f"the running service cannot be asked: {archive / FOLDER} cannot be written: {error.strerror};"
            " run this as the account that the service has (sudo -u ACCOUNT …)"
        ) from None
    counts: dict[str, Counter[str]] = {}
    wrong: list[HandoverError] = []
    for source, path in asked:
        try:
            counts[source.id] = _told(archive, source, path, report)
        except HandoverError as error:
            wrong.append(error)
    return counts, wrong


def _told(archive: Path, source: Source, path: Path, report: Callable[[Source, Page], None]) -> Counter[str]:
    from worker.crawl import Page

    try:
        for line in _follow(archive, path):
            if "page" in line:
                report(source, Page(**line["page"]))
            elif "end" in line:
                if line.get("error"):
                    raise HandoverError(line["error"])
                return Counter(line["end"])
    finally:
        if not path.exists():  # else the next service will answer there
            path.with_suffix(".log").unlink(missing_ok=True)
    raise HandoverError(f"the service stopped before {source.id} was crawled; the next one will do it")


def waiting_for(archive: Path) -> frozenset[str]:
    """The ids of the sources whose crawl was asked for and is not done yet."""
    try:
        asked = [_read(path) for path in (archive / FOLDER).glob("*.json")]
    except OSError:
        return frozenset()
    return frozenset(request.source for request in asked if request is not None)


def ask(archive: Path, source: str, options: Mapping[str, Any]) -> Path:
    """Ask the service for a crawl, without waiting for it; the request. Raises OSError where it cannot be written."""
    wanted = {key: value for key, value in options.items() if value}
    if isinstance(wanted.get("since"), date):
        wanted["since"] = wanted["since"].isoformat()
    if "urls" in wanted:
        wanted["urls"] = list(wanted["urls"])
    path = archive / FOLDER / f"{time.time_ns()}-{secrets.token_hex(4)}.json"
    half = path.with_suffix(".part")
    half.write_text(json.dumps({"source": source, "options": wanted}, ensure_ascii=False), "utf-8")
    half.chmod(0o644)  # the service's account reads it, however little root's umask lets others see
    half.replace(path)
    return path


def _follow(archive: Path, path: Path) -> Iterator[dict[str, Any]]:
    """The lines of an answer as they come, until the job is done or the service is gone."""
    answer, told = path.with_suffix(".log"), 0
    while True:
        alive = takes_requests(archive)
        text = b""
        with suppress(FileNotFoundError), answer.open("rb") as file:
            file.seek(told)  # a backfill's answer grows for days
            text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        told += len(whole)
        for line in whole.splitlines():
            yield json.loads(line)
        if not alive and not whole:
            return
        time.sleep(_WAIT)
