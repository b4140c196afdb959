"""`worker status`: what is in the archive, what is due, what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from worker.commands.options import archive_option, json_option


@click.command()
@archive_option
@json_option
@click.pass_context
def status(context: click.Context, archive_dir: Path, as_json: bool) -> None:
    """Say what is in the archive, what is due and what is wrong. Exit status 1 when something is.

    \b
    worker status
    worker status --json
    """
    from worker.store import Archive

    with Archive.open(archive_dir, write=False) as archive:
        report = archive.status()
    if as_json:
        import json

        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _print(archive_dir, report)
    context.exit(1 if report["failing"] else 0)


def _print(archive_dir: Path, report: dict[str, Any]) -> None:
    from worker.commands.times import local

    click.secho(f"{archive_dir}", bold=True)
    rows = {
        "articles": f"{report['articles']} from {report['sources']} sources, {report['facts']} facts",
        "captures": f"{report['captures']} ({report['bytes'] / 1024**2:.1f} MB with WARC files)",
        "links": f"{report['backlog']} waiting, {report['failed_links']} failed",
        "last run": local(report["last_run"]),
        "service": report["writer"] or "not running",
    }
    for name, text in rows.items():
        click.echo(f"  {name:10} {text}")
    for source in report["failing"]:
        click.secho(f"  failing    {source['id']} since {local(source['failing_since'])}: {source['error']}", fg="red")
