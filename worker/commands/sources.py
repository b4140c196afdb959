"""`worker sources`: the sites of sources.yaml, with what the archive knows of their health."""

from __future__ import annotations

from pathlib import Path

import click

from worker.commands.options import archive_option, json_option, sources_option

_COLUMNS = ("source", "name", "schedule", "health", "articles", "last run", "next run")
_WIDE = 140  # columns of a terminal on which the names fit too
_HEALTH = {"ok": "green", "failing": "red", "new": "yellow", "disabled": "dim"}


@click.command()
@sources_option
@archive_option
@json_option
def sources(sources_file: Path, archive_dir: Path, as_json: bool) -> None:
    """List the sources and their health.

    \b
    worker sources
    worker sources --json
    """
    from worker.config import load
    from worker.store import Archive

    configured = load(sources_file)
    known: dict[str, dict[str, object]] = {}
    if (archive_dir / "news.db").exists():
        with Archive.open(archive_dir, write=False) as archive:
            known = {str(row["id"]): row for row in archive.source_status()}
    rows = [
        {
            "id": source.id,
            "name": source.name,
            "kind": source.kind,
            "schedule": source.schedule if source.enabled else "off",
            "health": "disabled" if not source.enabled else known.get(source.id, {}).get("health", "new"),
            "articles": known.get(source.id, {}).get("articles", 0),
            "last_run": known.get(source.id, {}).get("last_run"),
            "next_run": known.get(source.id, {}).get("next_run"),
            "failing_since": known.get(source.id, {}).get("failing_since"),
        }
        for source in configured.sources
    ]
    if as_json:
        import json

        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    _print(rows)


def _print(rows: list[dict[str, object]]) -> None:
    from rich.console import Console
    from rich.table import Table

    from worker.commands.times import local

    console = Console(highlight=False)
    # On a narrow terminal the id says enough; a table of clipped columns would say nothing.
    columns = [name for name in _COLUMNS if name != "name" or console.width >= _WIDE]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name, justify="right" if name == "articles" else "left", no_wrap=True)
    for row in rows:
        health = str(row["health"])
        since = f" since {local(row['failing_since'])}" if row["failing_since"] else ""
        cells = {
            **{name: str(row[key]) for name, key in (("source", "id"), ("name", "name"), ("schedule", "schedule"))},
            "health": f"[{_HEALTH[health]}]{health}[/]{since}",
            "articles": str(row["articles"]),
            "last run": local(row["last_run"]),
            "next run": local(row["next_run"]),
        }
        table.add_row(*(cells[name] for name in columns))
    console.print(table)
