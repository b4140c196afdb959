"""Bytes of files that lie on a disk, or wherever fsspec reaches: s3://, gs://, https://, memory:// …

Where a file lies is said by two texts: the place of all files, and the file's own name, which may be a whole address.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_OWN = re.compile(r"\w[\w-]*\.warc(\.gz)?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: the file's name below warc/, and its offset and length there in bytes."""

    file: str
    offset: int
    length: int


def is_address(name: str) -> bool:
    """Whether a name says by itself where a file lies: an address or a path from the root."""
    return "://" in name or name.startswith("/")


def is_own(name: str) -> bool:
    """Whether a name leads nowhere but to a file in warc/ itself."""
    return _OWN.fullmatch(name) is not None


def whole(files: str | os.PathLike[str], name: str) -> str:
    """Where a file lies, as an address or a path."""
    return name if is_address(name) else f"{os.fspath(files).rstrip('/')}/{name}"


def filesystem(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path there. Raises OSError where this program lacks what reads it."""
    try:
        import fsspec
    except ImportError:
        raise OSError(0, "reading it needs fsspec; install union-news-archive[cluster]") from None
    try:
        return fsspec.core.url_to_fs(address)  # type: ignore[no-any-return]  # it has no types
    except (ImportError, ValueError) as error:
        raise OSError(0, f"fsspec cannot read it: {error}") from None


def read(files: str | os.PathLike[str], place: Place) -> bytes:
    """The bytes at a place. Raises OSError."""
    (data,) = read_all(files, [place])
    if isinstance(data, OSError):
        raise data
    return data


def read_all(files: str | os.PathLike[str], places: Sequence[Place]) -> list[bytes | OSError]:
    """The bytes at each place, or why they cannot be read. Far away ranges are asked for at the same time."""
    found: dict[int, bytes | OSError] = {}
    far: dict[int, str] = {}
    for number, place in enumerate(places):
        address = whole(files, place.file)
        if "://" in address:
            far[number] = address
        else:
            found[number] = _near(Path(address), place)
    if far:
        found |= _far(far, places)
    return [found[number] for number in range(len(places))]


def _near(path: Path, place: Place) -> bytes | OSError:
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            there = os.fstat(file.fileno()).st_size - place.offset
            return file.read(max(min(place.length, there), 0))  # room is made before, for as much as is asked for
    except OSError as error:
        return error


def _far(addresses: dict[int, str], places: Sequence[Place]) -> dict[int, bytes | OSError]:
    """The bytes from one file system: that of the first address, which all others share unless they are linked."""
    found: dict[int, bytes | OSError] = {}
    for scheme in dict.fromkeys(address.partition("://")[0] for address in addresses.values()):
        numbers = [number for number, address in addresses.items() if address.startswith(f"{scheme}://")]
        try:
            system, _ = filesystem(addresses[numbers[0]])
            starts = [places[number].offset for number in numbers]
            ends = [places[number].offset + places[number].length for number in numbers]
            paths = [addresses[number] for number in numbers]
            answers = system.cat_ranges(paths, starts, ends, on_error="return")
        except OSError as error:
            answers = [error] * len(numbers)
        for number, answer in zip(numbers, answers, strict=True):
            found[number] = answer if isinstance(answer, bytes | OSError) else OSError(0, str(answer))
    return found
