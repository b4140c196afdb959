"""What the cells of Datasette's tables refer to: an article, a place in its text, an entity, a row of another table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from worker.browse.marks import plain

ARTICLES = ("article", "canonical")
"""Columns that name an article."""

ENTITY = "entity"
"""The column that names an entity."""

_FACT = {"facts": "id", "statements": "fact"}
"""Tables of what stands in a text -> the column with the fact's number, by which its place in the article is found."""


@dataclass(frozen=True, slots=True)
class References:
    """What is known of what the rows of a table refer to. Titles and names are those that the reader may see."""

    table: str | None = None
    titles: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[tuple[str, object], tuple[str, str]] = field(
        default_factory=dict
    )  # (column, value) -> address, label: of other rows

    def link(self, urls: Any, row: Mapping[str, object], column: str) -> Markup | None:
        """The value of that column as a link; None where it refers to nothing that is known. `urls` are Datasette's."""
        found = self._found(row, column)
        if found is None:
            return None
        return Markup('<a href="{}" lang="vi">{}</a>').format(urls.path(found[0]), plain(found[1]))

    def _found(self, row: Mapping[str, object], column: str) -> tuple[str, str] | None:
        """Its address, and the words of the link."""
        value, fact = row[column], row.get(_FACT.get(self.table or "", ""))
        place = "" if fact is None else f"#f{fact}"
        if column in ARTICLES and isinstance(value, int) and value in self.titles:
            return f"/news/article/{value}{place}", self.titles[value]
        if column == "text" and place and row.get("article") is not None:
            return f"/news/article/{row['article']}{place}", str(value)
        if column == ENTITY and isinstance(value, int) and value in self.names:
            return f"/named/{value}", self.names[value]
        return self.labels.get((column, value))
