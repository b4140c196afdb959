"""`worker export`: the archive for the tools of others."""

from __future__ import annotations

from pathlib import Path

import click

from worker.commands.options import archive_option


@click.group()
def export() -> None:
    """Write the archive in a form that other tools read.

    \b
    worker export cdxj > index.cdxj
    worker export wacz archive.wacz
    """


@export.command()
@archive_option
def cdxj(archive_dir: Path) -> None:
    """Print an index of the WARC files (CDXJ), as pywb and other replay tools want it.

    \b
    worker export cdxj > index.cdxj
    """
    from worker.export import cdxj as lines
    from worker.store import Archive

    with Archive.open(archive_dir, write=False) as archive:
        for line in lines(archive):
            click.echo(line)


@export.command()
@click.argument("to", type=click.Path(dir_okay=False, path_type=Path))
@archive_option
@click.option(
    "--title", default="Women's Union news archive", show_default=True, help="What the file is called inside."
)
def wacz(to: Path, archive_dir: Path, title: str) -> None:
    """Write bytes, index and list of articles into one file TO (WACZ), which replayweb.page opens in a browser.

    \b
    worker export wacz archive.wacz
    """
    from worker.export import wacz as write
    from worker.store import Archive

    with Archive.open(archive_dir, write=False) as archive:
        write(archive, to, title)
        captures = archive.status()["captures"]
    click.echo(f"{to}: {captures} captures, {to.stat().st_size / 1024**2:.1f} MB.")
