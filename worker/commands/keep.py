"""Keeping an archive small and safe: `worker verify`, `worker backup`, `worker vacuum`."""

from __future__ import annotations

from pathlib import Path

import click

from worker.commands.counted import counted
from worker.commands.options import Place, archive_option


@click.command()
@archive_option
@click.option("--whole", is_flag=True, help="Check every word of the search index, not a sample of articles.")
def verify(archive_dir: Path, whole: bool) -> None:
    """Check the archive: facts against texts, references, search index, copies, WARC records. Changes nothing.

    Exit status 1 when something does not hold; each problem is one line. A service may go on writing meanwhile, but
    what --whole looks at is all only while none does.

    \b
    worker verify
    worker verify --whole
    """
    from worker.store import Archive

    with Archive.open(archive_dir, write=False) as archive:
        problems = archive.verify(whole=whole)
        for problem in problems:
            click.echo(problem)
        if problems:
            found = (
                "a problem; restore what it names"
                if len(problems) == 1
                else f"{len(problems)} problems; restore what they name"
            )
            raise click.ClickException(f"{archive_dir} has {found} from a backup")
        articles = counted(archive.status()["articles"], "article")  # nothing can be counted in a damaged one
    click.echo(f"{archive_dir} is sound: {articles}, every fact at its words, every capture in its WARC file.")


@click.command()
@click.argument("to", type=Place())
@archive_option
def backup(to: Path, archive_dir: Path) -> None:
    """Copy the archive into the directory TO, while the service writes; the copy is opened and checked.

    A second backup into the same directory copies the database anew, and of the WARC files what they have grown by. An
    earlier copy stays until the new one has been checked; one of another archive, or of one that had more, is never
    replaced. Files that `worker import --link` refers to are named, not copied.

    \b
    worker backup /mnt/backup/archive
    """
    from worker.store import Archive
    from worker.store.backup import note
    from worker.store.times import now

    began = now()
    with Archive.open(archive_dir, write=False) as archive:
        archive.backup(to)
    with Archive.open(to, write=False) as copy:
        articles = counted(copy.status()["articles"], "article is", "articles are")
        linked = copy.linked_files()
    note(archive_dir, to, began)
    click.echo(f"{articles} copied to {to}, and the copy is sound.")
    if linked:
        click.echo(
            "It refers to records that `worker import --link` left where they lie. Keep copies of these files too:"
        )
        for name, records in linked.items():
            click.echo(f"  {name} ({counted(records, 'record')})")


@click.command()
@archive_option
def vacuum(archive_dir: Path) -> None:
    """Give back the room that deleted rows left in news.db, and refresh the statistics of its queries.

    It writes, so the service must not be running; it needs twice as much free disk as news.db has, half of it where
    SQLITE_TMPDIR says, if that is set.

    \b
    worker vacuum
    """
    from worker.store import Archive

    file = archive_dir / "news.db"
    with Archive.open(archive_dir, write=True, make=False) as archive:
        before = file.stat().st_size
        archive.vacuum()
    click.echo(f"{file}: {before / 1024**2:.1f} MB before, {file.stat().st_size / 1024**2:.1f} MB now.")
