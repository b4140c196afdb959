"""Figures side by side, a row for each province and year: `worker facts --table --indicator A --indicator B`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from worker.commands.tables import print_table
from worker.store.standing import OTHERS, standing
from worker.store.telling import NO_RESULTS
from worker.values import provinces

if TYPE_CHECKING:
    from worker.store.ask import Answer

NOWHERE = "–"
"""In place of a province: the whole country, several together, or none that is said."""


@dataclass(slots=True)
class Row:
    """What is told of a province (a GSO code; None: of none, or several) in a year."""

    province: str | None
    year: int | None
    told: dict[str, list[Answer]] = field(default_factory=dict)  # indicator -> its tellings

    @property
    def place(self) -> str:
        """The name of the province."""
        return provinces().get(self.province or "", NOWHERE)

    def figure(self, indicator: str) -> Answer | None:
        """The largest number that the province's own union tells, else nobody, else somebody else in the province.

        The largest: counts of one year grow as the year goes on; and so do the site's maps."""
        return max(self.told.get(indicator, ()), key=self._rank, default=None)

    def _rank(self, answer: Answer) -> tuple[int, float]:
        return standing(self.province, answer.org), answer.number or 0

    def others(self, indicator: str) -> int:
        """How many other numbers are told of it."""
        return max(len({answer.number for answer in self.told.get(indicator, ())}) - 1, 0)


def rows_of(answers: Iterable[Answer]) -> list[Row]:
    """The rows, by year and the name of the province; what is of no one province last. Only results of a year count."""
    found: dict[tuple[str | None, int | None], Row] = {}
    for answer in answers:
        if not answer.value.keys().isdisjoint(NO_RESULTS):
            continue
        row = found.setdefault((answer.province, answer.year), Row(answer.province, answer.year))
        row.told.setdefault(str(answer.indicator), []).append(answer)
    return sorted(found.values(), key=lambda row: (row.year or 0, row.province is None, row.place))


def print_rows(rows: Sequence[Row], indicators: Sequence[str]) -> None:
    """For a person: the table, each figure in its own words, and below it the sentences that say them."""
    sentences: dict[tuple[str, str], int] = {}  # sentence and its page -> its number below the table
    lines = [
        [str(row.year or NOWHERE), row.place, *(_cell(row, indicator, sentences) for indicator in indicators)]
        for row in rows
    ]
    print_table(["year", "province", *indicators], lines)
    for (sentence, url), number in sentences.items():
        click.echo(f"\n[{number}] {sentence}")
        click.secho(f"    {url}", dim=True)


def _cell(row: Row, indicator: str, sentences: dict[tuple[str, str], int]) -> str:
    answer = row.figure(indicator)
    if answer is None:
        return ""
    number = sentences.setdefault((answer.sentence, answer.url), len(sentences) + 1)
    others = f" (+{row.others(indicator)})" if row.others(indicator) else ""
    of_others = f" ({answer.org})" if standing(row.province, answer.org) == OTHERS else ""
    return f"{answer.text}{of_others}{others} [{number}]"


def cells_of(rows: Sequence[Row], indicators: Sequence[str]) -> Iterable[list[object]]:
    """For a spreadsheet: the head, then a line for each row."""
    of_one = ("", "_as_written", "_org", "_others", "_sentence", "_url")
    yield ["province_code", "province", "year", *(f"{name}{part}" for name in indicators for part in of_one)]
    for row in rows:
        cells: list[object] = [row.province, row.place, row.year]
        for indicator in indicators:
            answer = row.figure(indicator)
            if answer is None:
                cells += [None] * len(of_one)
                continue
            cells += [number(answer), answer.text, answer.org, row.others(indicator), answer.sentence, answer.url]
        yield cells


def as_json(rows: Sequence[Row], indicators: Sequence[str]) -> list[dict[str, Any]]:
    """For programs."""
    return [
        {
            "province": row.province,
            "year": row.year,
            **{
                indicator: {
                    "number": number(answer),
                    "text": answer.text,
                    "org": answer.org,
                    "others": row.others(indicator),
                    "sentence": answer.sentence,
                    "url": answer.url,
                }
                for indicator in indicators
                if (answer := row.figure(indicator))
            },
        }
        for row in rows
    ]


def number(answer: Answer) -> int | float | None:
    """The number of a fact, whole where it is."""
    return int(answer.number) if answer.number is not None and answer.number == int(answer.number) else answer.number
