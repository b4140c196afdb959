"""Bars drawn by the server as SVG: no script, no style attribute, readable without the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its label, its value in words, its length from 0 to 100, and where it leads."""

    label: str
    words: str
    length: float
    address: str | None = None


def bars(rows: Sequence[tuple[str, float, str, str | None]]) -> tuple[Bar, ...]:
    """Bars of (label, value, value in words, address); the longest is 100, and none that is not zero vanishes."""
    longest = max((value for _, value, _, _ in rows), default=0) or 1
    return tuple(
        Bar(label, words, max(round(100 * value / longest, 1), 0.8 if value > 0 else 0), address)
        for label, value, words, address in rows
    )
