"""`worker facts`: facts out of the archive, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.commands.counted import counted
from worker.commands.options import Year, archive_option, check_known, json_option, kind_option, province_option

if TYPE_CHECKING:
    from worker.store.ask import Answer

_COLUMNS = (
    *("kind", "text", "number", "qualifier", "province", "year", "indicator", "scope", "org"),
    *("value", "sentence", "title", "url", "published"),
)

_TOLD_OF = {
    "province": ("money", "quantity", "ratio", "organisation", "place"),
    "year": ("money", "quantity", "ratio", "date", "award", "election", "cluster", "theme"),
}
"""What facts can be asked for by -> the kinds that tell it."""

_INDICATOR = "One of the unions' own indicators, such as orphans_sponsored; give it again for another."


@click.command()
@click.argument("query", nargs=-1)
@archive_option
@kind_option
@province_option
@click.option("--year", type=Year(), help="The year in which the fact holds.")
@click.option("--indicator", "indicators", multiple=True, help=_INDICATOR)
@click.option("--org", help="Words of the organisation whose number it is, or where a person holds an office.")
@click.option("--table", is_flag=True, help="The indicators side by side, a row for each province and year.")
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
    indicators: tuple[str, ...],
    table: bool,
    **filters: str | int | bool | None,
) -> None:
    """List facts, each with the sentence it stands in. QUERY are words of that sentence, as those of a search.

    \b
    worker facts --kind money --province "Gia Lai"
    worker facts tre mo coi --kind quantity --year 2023 --csv
    worker facts --kind money --org "hoi lhpn tinh gia lai"
    worker facts --table --indicator orphans_sponsored --indicator houses_built
    """
    from worker.store import Archive
    from worker.store.ask import facts as ask

    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two forms of the same; give one")
    _check(indicators, table)
    _check_words(" ".join(query) if query else None, filters["org"])
    _check_told(filters)
    if table and limit:
        raise click.UsageError(
            "--table compares all facts, so --limit would hide some; choose by --year and --province"
        )
    with Archive.open(archive_dir, write=False) as archive:
        asked = [
            ask(archive.connection, " ".join(query), indicator=one, limit=limit and limit + 1, **filters)  # type: ignore[arg-type] # click checks them
            for one in indicators or (None,)
        ]
        found = chain.from_iterable(asked)
        answers = islice(found, limit)
        if table:
            _print_table(answers, indicators, as_csv=as_csv, as_json=as_json)
        elif as_json:
            _print_json(answers)
        elif as_csv:
            _print_csv(answers)
        else:
            _print(answers)
            if next(found, None):
                click.echo("\nThere is more: raise --limit.")


def _check(indicators: Sequence[str], table: bool) -> None:
    if table and not indicators:
        raise click.UsageError("--table sets indicators side by side; name them with --indicator")
    if indicators:
        from worker.facts.scope.indicators import indicators as known

        for one in indicators:
            check_known(one, [indicator.id for indicator in known()], "an indicator")


def _check_told(filters: Mapping[str, object]) -> None:
    """Raise a UsageError where facts of a kind are asked for by what they do not tell: none would be found."""
    for name, kinds in _TOLD_OF.items():
        if filters[name] is not None and filters["kind"] not in (None, *kinds):
            raise click.UsageError(
                f"facts of the kind {filters['kind']} have no {name} of their own; ask for words of their sentence"
                f" instead, or for one of these kinds: {', '.join(kinds)}"
            )


def _check_words(*sought: object) -> None:
    """Raise a UsageError where words are given that are none: as if none were, every fact would be listed."""
    from worker.store.query import terms

    for text in sought:
        if text is not None and not terms(str(text)):
            raise click.UsageError(f"there is no word to look for in {text!r}")


def _print_table(answers: Iterable[Answer], indicators: Sequence[str], *, as_csv: bool, as_json: bool) -> None:
    from worker.commands import facts_table

    rows, names = facts_table.rows_of(answers), list(dict.fromkeys(indicators))
    if as_json:
        import json

        click.echo(json.dumps(facts_table.as_json(rows, names), ensure_ascii=False, indent=2))
    elif as_csv:
        for cells in facts_table.cells_of(rows, names):
            _print_line(cells)
    elif rows:
        facts_table.print_rows(rows, names)
    else:
        click.echo("No fact was found.")


def _print_json(answers: Iterable[Answer]) -> None:
    import json
    from dataclasses import asdict

    click.echo(json.dumps([asdict(answer) for answer in answers], ensure_ascii=False, indent=2))


def _print_csv(answers: Iterable[Answer]) -> None:
    import json

    _print_line(_COLUMNS)
    for answer in answers:
        told = {name: getattr(answer, name) for name in _COLUMNS}
        if told["number"] is not None and told["number"].is_integer():
            told["number"] = int(told["number"])  # whole đồng, whole people
        _print_line((told | {"value": json.dumps(answer.value, ensure_ascii=False)}).values())


def _print_line(cells: Iterable[object]) -> None:
    """One line of a spreadsheet."""
    import csv
    import io

    from worker.spreadsheet import inert

    line = io.StringIO()
    csv.writer(line).writerow([inert(cell) for cell in cells])
    click.echo(line.getvalue(), nl=False)


def _print(answers: Iterable[Answer]) -> None:
    from worker.values import provinces

    count = 0
    for answer in answers:
        count += 1
        where = provinces().get(answer.province or "", "")
        flags = [flag for flag in ("planned", "part") if answer.value.get(flag)]
        flags += [f"since {answer.value['since']}"] if answer.value.get("since") else []
        parts = (answer.kind, where, answer.year, answer.indicator, *flags, answer.org)
        held = " · ".join(str(part) for part in parts if part)
        click.echo(f"{click.style(answer.text, bold=True)}  {click.style(held, dim=True)}")
        click.echo(f"    {_marked(answer)}")
        click.secho(f"    {answer.url}", dim=True)
    click.echo(f"\n{counted(count, 'fact')}" if count else "No fact was found.")


def _marked(answer: Answer) -> str:
    """The sentence with the fact in bold letters."""
    end = answer.at + len(answer.text)
    said = click.style(answer.sentence[answer.at : end], bold=True)
    return f"{answer.sentence[: answer.at]}{said}{answer.sentence[end:]}"
