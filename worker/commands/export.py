"""`worker export`: the archive for the tools of others."""

from __future__ import annotations

from pathlib import Path

import click

from worker.commands.counted import counted
from worker.commands.group import Group
from worker.commands.options import Place, archive_option


@click.group(cls=Group)
def export() -> None:
    """Write the archive in a form that other tools read.

    \b
    worker export data data/   # tables as CSV, with a data dictionary
    worker export cdxj > index.cdxj
    worker export wacz archive.wacz
    """


@export.command()
@click.argument("to", type=Place(file_okay=False))
@archive_option
@click.option("--format", "form", type=click.Choice(("csv", "jsonl", "parquet")), default="csv", show_default=True)
@click.option("--table", "names", multiple=True, metavar="NAME", help="Only this table; may be given several times.")
@click.option("--private", is_flag=True, help="With the text of pages and persons without an office: not to publish.")
def data(to: Path, archive_dir: Path, form: str, names: tuple[str, ...], private: bool) -> None:
    """Write the tables into the directory TO, with a data dictionary (datapackage.json, dictionary.csv).

    CSV is for spreadsheets: a text that begins with = + - @ gets an apostrophe before it. The other forms are exact.
    What is written may be published: persons who hold no office stay out, and so does the text of pages. With --private
    they are in, and a directory holds the one sort or the other.

    \b
    worker export data data/
    worker export data data/ --format parquet   # needs the extra "parquet"
    worker export data own/ --format jsonl --table articles --private
    """
    from worker.dataset import export as write
    from worker.store import Archive

    with Archive.open(archive_dir, write=False) as archive:
        write(
            archive,
            to,
            form,
            names=names,
            private=private,
            told=lambda name, rows: click.echo(f"{name}: {counted(rows, 'row')}"),
        )


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
@click.argument("to", type=Place(dir_okay=False))
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
    click.echo(f"{to}: {counted(captures, 'capture')}, {_megabytes(to.stat().st_size)} MB.")


def _megabytes(size: int) -> str:
    """Of bytes, with as many digits as say something."""
    return f"{size / 1024**2:.1f}" if size > 100_000 else f"{size / 1024**2:.3f}"
