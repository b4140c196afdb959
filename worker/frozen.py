"""Dataclasses that nobody changes, and copies of them with other fields: what names and facts are made of.

mypy reads both as those of `dataclasses`, and holds everyone to it: frozen is frozen, and what is told by name alone
must be. At run time nothing guards them, for each would be two to three times as dear to make, and an article has
hundreds.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as frozen
    from dataclasses import replace
else:
    from dataclasses import dataclass, fields

    def frozen(*, frozen: bool, slots: bool, kw_only: bool = False) -> Any:  # noqa: ARG001 - it is mypy's to check
        """As `dataclass`, with the hash that a frozen one has."""
        return dataclass(unsafe_hash=frozen, slots=slots)

    def replace(of: Any, **changed: Any) -> Any:
        """As `dataclasses.replace`."""
        names, values = _reader(type(of))
        return type(of)(**dict(zip(names, values(of), strict=True)) | changed)

    @cache
    def _reader(kind: type) -> tuple[tuple[str, ...], attrgetter[Any]]:
        names = tuple(field.name for field in fields(kind))
        return names, attrgetter(*names)


__all__ = ["frozen", "replace"]
