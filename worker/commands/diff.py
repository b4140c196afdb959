"""`worker diff`: what was changed in an article since it was first archived, or what is different in a copy."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.commands.options import archive_option, json_option

if TYPE_CHECKING:
    from worker.dedup.changes import Change, Run
    from worker.store.articles import Version

_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_COLOURS = {"removed": "red", "added": "green"}


@click.command()
@click.argument("url")
@click.argument("other", required=False)
@archive_option
@click.option("--all", "every", is_flag=True, help="Every change, not only the last.")
@json_option
def diff(url: str, other: str | None, archive_dir: Path, every: bool, as_json: bool) -> None:
    """Show what was changed in an article, word by word: [-removed-] and {+added+}, in colours on a terminal.

    With a second address, show what is different in that article: in a copy, say.

    \b
    worker diff https://phunu.caobang.gov.vn/vi/news/hoat-dong/mot-bai-123.html
    worker diff https://hoilhpn.org.vn/mot-bai https://baogialai.com.vn/bai.html
    """
    from worker.commands.times import local
    from worker.store import Archive

    if other is not None and every:
        raise click.UsageError("--all shows the changes of one article; leave it out to compare two")
    with Archive.open(archive_dir, write=False) as archive:
        texts = [(address, archive.versions(address)) for address in (url, other) if address is not None]
    for address, versions in texts:
        if not versions:
            raise click.ClickException(f"{address} is not an article of {archive_dir}")
    history = texts[0][1]
    steps = list(pairwise(history)) if other is None else [(history[-1], texts[1][1][-1])]
    steps = steps if every else steps[-1:]
    if as_json:
        _print_json(steps)
    elif not steps:
        click.echo(f"It has not changed since it was first archived ({local(history[0].seen_at)}).")
    else:
        for before, after in steps:
            click.secho(
                f"{local(before.seen_at)} → {local(after.seen_at)}" if other is None else f"{url} → {other}", bold=True
            )
            _print(before, after)


def _print_json(steps: list[tuple[Version, Version]]) -> None:
    import json

    rows = [{"before": before._asdict(), "after": after._asdict()} for before, after in steps]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))


def _print(before: Version, after: Version) -> None:
    from worker.dedup.changes import changes

    unchanged = 0
    for change in [*changes(before.title, after.title), *changes(before.body, after.body)]:
        if change.fate == "same":
            unchanged += 1
            continue
        _skip(unchanged)
        unchanged = 0
        click.echo(_line(change))
    _skip(unchanged)
    click.echo()


def _skip(paragraphs: int) -> None:
    if paragraphs:
        click.secho(f"  … {paragraphs} unchanged", dim=True)


def _line(change: Change) -> str:
    return {"changed": "~ ", "removed": "- ", "added": "+ "}[change.fate] + " ".join(map(_marked, change.runs))


def _marked(run: Run) -> str:
    before, after = _MARKS[run.fate]
    return click.style(f"{before}{run.text}{after}", fg=_COLOURS.get(run.fate))
