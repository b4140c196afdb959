"""`worker facts`: facts out of the archive, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.commands.options import archive_option, check_known, json_option, kind_option, province_option

if TYPE_CHECKING:
    from worker.store.ask import Answer

_COLUMNS = (
    *("kind", "text", "number", "qualifier", "province", "year", "indicator", "scope"),
    *("value", "sentence", "title", "url", "published"),
)


@click.command()
@click.argument("query", nargs=-1)
@archive_option
@kind_option
@province_option
@click.option("--year", type=click.IntRange(1900, 2200), help="The year in which the fact holds.")
@click.option("--indicator", help="One of the unions' own indicators, such as orphans_sponsored.")
@click.option("--private", is_flag=True, help="People who hold no office too.")
@click.option("--limit", type=click.IntRange(min=1), help="Facts to show; all where it is missing.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for a spreadsheet.")
@json_option
def facts(
    query: tuple[str, ...],
    archive_dir: Path,
    limit: int | None,
    as_csv: bool,
    as_json: bool,
    indicator: str | None,
    **filters: str | int | bool | None,
) -> None:
    """List facts, each with the sentence it stands in. QUERY are words of that sentence, as those of a search.

    \b
    worker facts --kind money --province "Gia Lai"
    worker facts tre mo coi --kind quantity --year 2023 --csv
    """
    from worker.store import Archive
    from worker.store.ask import facts as ask

    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two forms of the same; give one")
    if indicator is not None:
        from worker.facts.indicators import indicators

        check_known(indicator, [one.id for one in indicators()], "an indicator")
    with Archive.open(archive_dir, write=False) as archive:
        answers = ask(archive.connection, " ".join(query), indicator=indicator, limit=limit, **filters)  # type: ignore[arg-type] # click checks them
        if as_json:
            _print_json(answers)
        elif as_csv:
            _print_csv(answers)
        else:
            _print(answers)


def _print_json(answers: Iterable[Answer]) -> None:
    import json
    from dataclasses import asdict

    click.echo(json.dumps([asdict(answer) for answer in answers], ensure_ascii=False, indent=2))


def _print_csv(answers: Iterable[Answer]) -> None:
    import csv
    import io
    import json

    from worker.spreadsheet import inert

    for row in chain([None], answers):
        line = io.StringIO()
        cells = (
            _COLUMNS
            if row is None
            else [
                json.dumps(row.value, ensure_ascii=False) if name == "value" else getattr(row, name)
                for name in _COLUMNS
            ]
        )
        csv.writer(line).writerow([inert(cell) for cell in cells])
        click.echo(line.getvalue(), nl=False)


def _print(answers: Iterable[Answer]) -> None:
    from worker.values import provinces

    count = 0
    for answer in answers:
        count += 1
        where = provinces().get(answer.province or "", "")
        held = " · ".join(str(part) for part in (answer.kind, where, answer.year, answer.indicator) if part)
        click.echo(f"{click.style(answer.text, bold=True)}  {click.style(held, dim=True)}")
        click.echo(f"    {answer.sentence}")
        click.secho(f"    {answer.url}", dim=True)
    click.echo(f"\n{count} fact{'s' * (count != 1)}" if count else "No fact was found.")
