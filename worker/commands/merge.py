"""`worker merge`: archives made apart become one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.commands.counted import counted
from worker.commands.options import Place, archive_option, json_option, sources_option
from worker.commands.stopping import told_to_stop
from worker.commands.unread import print_unread

if TYPE_CHECKING:
    from worker.merge import Merged


@click.command()
@click.argument(
    "others",
    metavar="ARCHIVE...",
    nargs=-1,
    required=True,
    type=Place(exists=True, file_okay=False),
)
@sources_option
@archive_option
@click.option("--linked", is_flag=True, help="Read files outside of the archives, too, where they refer to such.")
@json_option
def merge(others: tuple[Path, ...], sources_file: Path, archive_dir: Path, linked: bool, as_json: bool) -> None:
    """Take other archives (of another server, of a colleague) into this one; they stay as they are.

    What is here already is passed over, so a merge that was stopped or killed is begun again in the same way. Pages
    that are new here are read again with today's rules; copies, revisions and facts come out as if one crawler had seen
    everything. It writes, so the service must not be running here. Whoever made an archive can name any file in it:
    give --linked only for archives of people whom you trust.

    \b
    worker merge /mnt/laptop/archive
    worker merge --archive /srv/archive /srv/north /srv/south
    """
    from worker.config import load
    from worker.merge import Merge
    from worker.store import Archive

    sources = load(sources_file)
    for other in others:  # before an archive is made for what cannot be read
        Archive.open(other, write=False).close()
    with Archive.open(archive_dir, write=True) as archive:
        archive.sync_sources(sources)
        job = Merge(archive=archive, sources=sources, linked=linked, stopping=told_to_stop())
        result = job.run(list(others))
    if as_json:
        import json

        names = ("filed", "links", "runs", "attachments", "sources", "skipped", "unread", "outside", "stopped")
        told = {name: getattr(result, name) for name in names}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(result, sources_file)
    if result.stopped:
        raise click.ClickException("it was stopped before its end; `worker merge` with the same archives goes on")
    if result.outside:
        outside = counted(result.outside, "capture lies", "captures lie")
        raise click.ClickException(
            f"{outside} in files outside of the archives; --linked reads these, too, where you trust who made them"
        )
    if result.unread:
        raise click.ClickException(f"{counted(result.unread, 'capture')} could not be read; all others are here")


def _print(result: Merged, sources_file: Path) -> None:
    click.echo(f"{counted(result.filed.total(), 'capture was', 'captures were')} looked at.")
    for outcome, count in sorted(result.filed.items()):
        click.echo(f"  {outcome:<34}{count:>9}")
    links, runs = counted(result.links, "link"), counted(result.runs, "run")
    click.echo(f"{links}, {runs} and {counted(result.attachments, 'document')} came with them.")
    if result.sources:
        click.echo(f"Not in {sources_file}, so nobody visits them: {', '.join(result.sources)}")
    print_unread(f"{counted(result.unread, 'capture')} could not be read:", result.unread, result.skipped)
