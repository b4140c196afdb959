"""What a page tells, apart from its markup: a portal writes a Story, and the program must read it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from worker.vietnamese import fold

CELLS = " | "
"""Between the cells of a table row in an article's body (worker.clean.pieces.CELL_SEPARATOR)."""


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Quote:
    """Set apart from the text; each line (of a poem, say) is a paragraph of its own."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A picture with what stands below it. The alternative text is no part of the article."""

    caption: str
    alt: str = ""


Part = Paragraph | Heading | Quote | Bullets | Table | Figure


@dataclass(frozen=True, kw_only=True)
class Story:
    """An article with all that a portal can say of it.

    `published` is in Vietnam's time; with `day_only` the portal shows no clock. `byline` and `origin` are without their
    labels ("Tác giả:", "Nguồn tin:"), which are the portal's.
    """

    id: int
    title: str
    parts: tuple[Part, ...]
    published: datetime | None = None
    day_only: bool = False
    edited: datetime | None = None
    lead: str = ""
    byline: str = ""
    authors: tuple[str, ...] = ()
    origin: str = ""
    views: int = 0
    section: str = "Hoạt động Hội"
    revision: int = 1

    @cached_property
    def body(self) -> str:
        """What `Article.body` must hold: the lead, then everything but captions, one paragraph a line."""
        return "\n".join(filter(None, [self.lead, *(line for part in self.parts for line in _lines(part))]))

    @cached_property
    def captions(self) -> str:
        """What `Article.captions` must hold; a caption that is broken over two lines is one."""
        return "\n".join(
            part.caption.replace("\n", " ") for part in self.parts if isinstance(part, Figure) and part.caption
        )

    @cached_property
    def date(self) -> str | None:
        """What `Article.published` must hold."""
        if self.published is None:
            return None
        return self.published.strftime("%Y-%m-%d") if self.day_only else self.published.strftime("%Y-%m-%dT%H:%M+07:00")

    @cached_property
    def slug(self) -> str:
        """The title as it stands in addresses."""
        return slug(self.title)


@lru_cache(maxsize=1024)
def slug(text: str) -> str:
    """The words of a text without marks, joined by hyphens."""
    return "-".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


def _lines(part: Part) -> tuple[str, ...]:
    match part:
        case Paragraph(text) | Heading(text):
            return (text,)
        case Quote(lines):
            return lines
        case Bullets(items):
            return items
        case Table(rows):
            return tuple(CELLS.join(row) for row in rows)
        case Figure():
            return ()
