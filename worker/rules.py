"""The rules that this program reads pages by, as one short text: it changes whenever they do."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

    from worker.config import Source

_SUFFIXES = (".py", ".yaml", ".csv", ".json")
OF_PAGES = {"id", "name", "kind", "province", "profile", "clean"}
"""What of an entry of sources.yaml decides how its pages are read."""


@cache
def rules() -> str:
    """A digest of this program's code and data, and of what reads HTML and Unicode for it."""
    digest = sha256(f"{sys.version_info[:2]} {version('selectolax')}".encode())
    _add(files("worker"), digest)
    return digest.hexdigest()[:16]


def with_entries(sources: Iterable[Source], only: set[str] | None = None) -> str:
    """A digest of the rules, and of what sources.yaml says of these sources: all of it, or `only` some fields."""
    entries = "\n".join(source.model_dump_json(include=only) for source in sources)
    return sha256(f"{rules()}\n{entries}".encode()).hexdigest()[:16]


def _add(place: Traversable, digest: Any) -> None:
    for item in sorted(place.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            _add(item, digest)
        elif item.name.endswith(_SUFFIXES):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
