"""The web without a network: the saved pages of seeds/, served as captures that are equal at every run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import yaml

from worker.fetch import FetchError
from worker.models import Capture, Link
from worker.vietnamese.clock import VIETNAM

if TYPE_CHECKING:
    from types import TracebackType

    from worker.config import Source

INDEX = "index.yaml"
_KEYS = ("file", "url", "source", "fetched_at")


class SeedsError(Exception):
    """The saved pages cannot be used; the message is one sentence that says what to put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One saved page: where it lies, where it came from, and when the archive takes it to have been fetched."""

    file: Path
    url: str
    source: str
    fetched_at: datetime


class Offline:
    """A `Transport` that serves a folder of saved pages as its index.yaml lists them, and nothing else.

    Raises:
        SeedsError: the index is missing, cannot be read, or names a page that is not there.
    """

    def __init__(self, seeds_dir: Path | str) -> None:
        self.seeds = read_index(Path(seeds_dir))
        self._by_url = {seed.url: seed for seed in self.seeds}

    def links(self, source_id: str) -> list[Link]:
        """The saved pages of one source, in the order of the index."""
        return [Link(url=seed.url) for seed in self.seeds if seed.source == source_id]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources that have saved pages, in the order of the index."""
        return tuple(dict.fromkeys(seed.source for seed in self.seeds))

    async def fetch(
        self,
        url: str,
        source: Source,  # noqa: ARG002 - the contract's; a saved page is the same for every source
        *,
        etag: str | None = None,  # noqa: ARG002 - the contract's; a saved page has no validators
        last_modified: str | None = None,  # noqa: ARG002 - likewise
    ) -> Capture:
        """The saved page of that address, as `text/plain; charset=utf-8`. Raises FetchError for any other."""
        seed = self._by_url.get(url)
        if seed is None:
            raise FetchError(
                url, "it is not among the saved pages, and an offline crawl opens no other", permanent=True
            )
        return Capture(
            url=seed.url,
            fetched_at=seed.fetched_at,
            status=200,
            body=_read(seed),
            headers=(("Content-Type", "text/plain; charset=utf-8"),),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def read_index(folder: Path) -> tuple[Seed, ...]:
    """The entries of `folder`/index.yaml, checked. Raises SeedsError."""
    path = folder / INDEX
    try:
        entries = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - the safest: all is text
    except FileNotFoundError:
        raise SeedsError(f"{path} is missing: an offline crawl needs this list of saved pages") from None
    except UnicodeDecodeError:
        raise SeedsError(f"{path} cannot be read: it is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise SeedsError(f"{path} cannot be read: {error.strerror}") from None
    except yaml.YAMLError as error:
        raise SeedsError(f"{path} is not valid YAML{_line(error)}: indent with spaces, write key: value") from None
    if not isinstance(entries, list) or not entries:
        raise SeedsError(f"{path} must be a list of saved pages, each with {', '.join(_KEYS)}")
    seeds = tuple(_seed(path, number, entry) for number, entry in enumerate(entries, 1))
    for field in ("url", "file"):
        ((value, times),) = Counter(getattr(seed, field) for seed in seeds).most_common(1)
        if times > 1:
            raise SeedsError(f"{path} lists {value} twice: each {field} belongs to one saved page")
    return seeds


def _seed(path: Path, number: int, entry: Any) -> Seed:
    where = f"{path}, page {number}"
    if not isinstance(entry, dict):
        raise SeedsError(f"{where}: write the keys {', '.join(_KEYS)}")
    for key in _KEYS:
        if not isinstance(entry.get(key), str) or not entry[key]:
            raise SeedsError(f"{where}: {key} is missing or is no text; each page has {', '.join(_KEYS)}")
    if unknown := sorted(str(key) for key in entry.keys() - set(_KEYS)):
        raise SeedsError(f"{where}: {unknown[0]} is not known; each page has {', '.join(_KEYS)}")
    file = path.parent / entry["file"]
    if not file.resolve().is_relative_to(path.parent.resolve()):
        raise SeedsError(f"{where}: the file {file} is not in the folder of the list; copy it there")
    if not file.is_file():
        raise SeedsError(f"{where}: the file {file} is not there")
    url = entry["url"]
    if not _is_address(url):
        raise SeedsError(f"{where}: the url {url} is no address; write one such as https://phunu.example.vn/tin/1.html")
    return Seed(file=file, url=url, source=entry["source"], fetched_at=_time(where, entry["fetched_at"]))


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _time(where: str, value: str) -> datetime:
    """A time, or a day (its beginning), as ISO 8601 writes it; Vietnam's where it names no zone.

    A page cannot have been saved in the future: what was fetched then would never be replaced by a visit of today.
    """
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        raise SeedsError(f"{where}: fetched_at {value} is no time; write one such as 2025-02-01T00:00:00Z") from None
    time = time.replace(tzinfo=time.tzinfo or VIETNAM).astimezone(UTC)
    if time > datetime.now(UTC) + timedelta(days=1):
        raise SeedsError(f"{where}: fetched_at {value} is still to come; write when the page was saved")
    return time


def _line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" at line {mark.line + 1}" if mark is not None else ""


def _read(seed: Seed) -> bytes:
    try:
        return seed.file.read_bytes()
    except OSError as error:
        raise FetchError(seed.url, f"the saved page {seed.file} cannot be read: {error.strerror}") from None
