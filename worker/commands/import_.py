"""`worker import`: other people's captures into the archive."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.commands.options import archive_option, json_option, sources_option

if TYPE_CHECKING:
    from worker.imports.job import Imported

MOST_DETAILS = 5
"""Details of a reason that are told, the most frequent first."""


@click.command("import")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@sources_option
@archive_option
@json_option
def import_(paths: tuple[Path, ...], sources_file: Path, archive_dir: Path, as_json: bool) -> None:
    """Take articles out of WARC files (.warc, .warc.gz) or folders of saved pages (.html, .txt).

    Kept are articles of hosts that the sources file lists, at the time when they were captured; what is passed over is
    counted by reason. Importing the same again changes nothing, and an older text never replaces a newer one. It
    writes, so the service must not be running.

    \b
    worker import seeds
    worker import crawl-00001.warc.gz
    """
    from worker.config import load
    from worker.imports.job import Import, ImportFailed
    from worker.store import Archive

    sources = load(sources_file)
    with Archive.open(archive_dir, write=True) as archive:
        archive.sync_sources(sources)
        job = Import(archive=archive, sources=sources)
        try:
            result = job.run(paths)
        except ImportFailed as error:
            raise click.ClickException(str(error)) from None
    if as_json:
        import json

        click.echo(json.dumps({"pages": dict(result.filed), "passed": _table(result)}, ensure_ascii=False, indent=2))
    else:
        _print(result)


def _table(result: Imported) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for (reason, detail), count in sorted(result.passed.items()):
        table.setdefault(reason, {})[detail] = count
    return table


def _print(result: Imported) -> None:
    click.echo(f"{result.filed.total()} articles were found.")
    for outcome, count in sorted(result.filed.items()):
        click.echo(f"  {outcome:<34}{count:>9}")
    passed = result.passed.total()
    click.echo(f"{passed} records were passed over{':' if passed else '.'}")
    for reason, details in _table(result).items():
        named = Counter({name: count for name, count in details.items() if name}).most_common(MOST_DETAILS)
        more = f"  ({', '.join(f'{name} {count}' for name, count in named)})" if named else ""
        click.echo(f"  {reason:<34}{sum(details.values()):>9}{more}")
