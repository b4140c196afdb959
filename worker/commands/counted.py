"""Numbers with what they count, as a sentence has them."""

from __future__ import annotations


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun, and its verb where it has one; without `many` the noun's own plural ends in s.

    >>> counted(1, "page"), counted(2, "page"), counted(0, "page was", "pages were")
    ('1 page', '2 pages', '0 pages were')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"
