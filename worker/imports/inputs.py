"""What an argument of the import names: a file or folder here, an address on the web, or one that fsspec reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from worker.imports import Found, ImportFailed, Passed, Wanted, archive, folder, wacz, warc_file
from worker.store import ranges

EMPTY = "folder without a page"

NOT_WHOLE = frozenset({warc_file.NO_RECORD, wacz.TORN, folder.NOT_READ, EMPTY})
"""Reasons that are told with the name of a whole file or folder: what was named is not there, or not all of it."""

_WEB = ("http://", "https://")
_BLOCK = 8 << 20
"""Bytes that are read ahead of a file far away."""


def check(name: str, *, link: bool = False) -> None:
    """Raise ImportFailed for what is none of these, or is not there: before hours are spent on what is named before."""
    if name.startswith(_WEB) and link:
        raise ImportFailed(f"{name} cannot be linked: its server would be asked at every reading; copy it first")
    if "://" in name:
        _check_name(name, _last(name) if name.startswith(_WEB) else name)
    elif not name:
        raise ImportFailed("an empty name names nothing; is a variable not set?")
    elif not Path(name).exists():
        raise ImportFailed(f"{name} is not there")
    elif not Path(name).is_dir():
        _check_name(name, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Reads arguments. `link`: pages say where their records lie, so that they can be referred to.

    `scratch` is where files of the web are copied to while they are read; `contact` is named to their servers.
    """

    wanted: Wanted
    scratch: Path
    link: bool = False
    contact: str | None = None
    allow_private: bool = False

    def read(self, name: str) -> Iterator[Found | Passed]:
        """What a path or address holds. Raises ImportFailed where it cannot be read."""
        check(name, link=self.link)
        try:
            if name.startswith(_WEB):
                yield from self._web(name)
            elif "://" in name:
                yield from self._far(name)
            else:
                yield from self._path(Path(name))
        except OSError as error:
            raise ImportFailed(f"{name} cannot be read: {error.strerror or error}") from None

    def _web(self, url: str) -> Iterator[Found | Passed]:
        from worker.imports.download import download

        name = _last(url)
        with TemporaryDirectory(prefix="import-", dir=self.scratch) as directory:
            file = Path(directory) / name[-100:]
            download(url, file, contact=self.contact, allow_private=self.allow_private)
            with file.open("rb") as stream:
                yield from self._file(stream, name)

    def _far(self, address: str) -> Iterator[Found | Passed]:
        system, path = ranges.filesystem(address)
        with system.open(path, "rb", block_size=_BLOCK) as stream:
            yield from self._file(cast("BinaryIO", stream), address)

    def _path(self, path: Path) -> Iterator[Found | Passed]:
        if (path / archive.FILE).is_file():
            yield from archive.read(path, self.wanted)
        elif path.is_dir():
            empty = True
            for found in self._folder(path):
                empty = empty and isinstance(found, Passed) and found.reason == folder.OTHER
                yield found
            if empty:
                yield Passed(EMPTY, str(path))
        else:
            with path.open("rb") as stream:
                yield from self._file(stream, str(path.absolute()))

    def _folder(self, path: Path) -> Iterator[Found | Passed]:
        names = (*warc_file.NAMES, *wacz.NAMES)
        for file in sorted(file for file in path.rglob("*") if file.name.lower().endswith(names)):
            try:
                yield from self._path(file)
            except OSError as error:  # the others of the folder can be
                yield Passed(folder.NOT_READ, f"{file}: {error.strerror or error}")
        yield from folder.read(path, self.wanted)

    def _file(self, stream: BinaryIO, name: str) -> Iterator[Found | Passed]:
        reader = wacz.read if name.lower().endswith(wacz.NAMES) else warc_file.read
        for found in reader(stream, self.wanted, name if self.link else None):
            named = isinstance(found, Passed) and found.reason in NOT_WHOLE
            yield Passed(found.reason, name) if named else found  # type: ignore[union-attr]  # it was looked at


def _last(url: str) -> str:
    """The name of a file of the web."""
    return url.partition("?")[0].rpartition("/")[2] or "index"


def _check_name(whole: str, name: str) -> None:
    if not name.lower().endswith((*warc_file.NAMES, *wacz.NAMES)):
        raise ImportFailed(
            f"{whole} is neither a WARC file (.warc, .warc.gz) nor a WACZ file, a folder of saved pages or an archive"
        )
