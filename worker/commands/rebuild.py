"""`worker rebuild`: what is archived, read again with today's rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.commands.counted import counted
from worker.commands.options import Day, archive_option, json_option, not_listed, sources_option
from worker.commands.progress import sometimes
from worker.commands.stopping import told_to_stop
from worker.commands.unread import print_unread

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from worker.rebuild import Rebuild
    from worker.rebuild_report import Report


def _executor(_: click.Context, __: click.Parameter, text: str) -> str:
    from worker.hands import hands

    try:
        hands(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    return text


@click.command()
@sources_option
@archive_option
@click.option("--source", "source_id", metavar="ID", help="Only the articles of this source.")
@click.option("--since", type=Day(), help="Only articles first seen on that day or later.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option(
    "--executor",
    default="local",
    show_default=True,
    callback=_executor,
    help="local: as many processes as this machine has cores; local:N: so many; tcp://HOST:8786: a Dask cluster.",
)
@click.option(
    "--files",
    metavar="ADDRESS",
    help="Where the workers of a cluster find the WARC files, if not under the same path: a path, s3://…",
)
@json_option
def rebuild(
    sources_file: Path,
    archive_dir: Path,
    source_id: str | None,
    since: date | None,
    dry_run: bool,
    executor: str,
    files: str | None,
    as_json: bool,
) -> None:
    """Read every archived page again with today's rules, and say what changed.

    Articles, facts, entities, removed blocks, copies, the search index and the memory of each site's chrome are derived
    from the stored bytes. Ids, the day an article was first seen, and revisions stay. Started again, it goes on where
    it was stopped, or begins anew if the program or what sources.yaml says of pages has changed since. The service must
    not be running (but --dry-run may run beside it).

    \b
    worker rebuild --dry-run
    worker rebuild --source phunucaobang
    worker rebuild --executor tcp://10.0.0.5:8786
    """
    from worker.config import load
    from worker.rebuild import Rebuild
    from worker.store import Archive

    sources = load(sources_file)
    if source_id is not None and sources.get(source_id) is None:
        raise click.UsageError(not_listed(source_id, (source.id for source in sources.sources), sources_file))
    with Archive.open(archive_dir, write=not dry_run, make=False) as archive:
        if not dry_run:
            archive.sync_sources(sources)
        job = Rebuild(
            archive=archive,
            sources=sources,
            source=source_id,
            since=since,
            dry_run=dry_run,
            executor=executor,
            files=files,
            stopping=told_to_stop(),
            progress=_telling(),
        )
        report = job.run()
    (_print_json if as_json else _print)(report, job)
    if job.stopped:
        raise click.ClickException("it was stopped before its end; `worker rebuild` with the same options goes on")
    if report.unread:
        raise click.ClickException(
            f"{counted(report.unread, 'page')} could not be read; what is archived there is as it was"
        )


def _telling() -> Callable[[Report], None]:
    """Says now and then how far it is."""
    say = sometimes()
    return lambda report: say(
        lambda: f"{counted(report.articles, 'article')} read again so far, {report.changed} with changes"
    )


def _print_json(report: Report, job: Rebuild) -> None:
    import json
    from dataclasses import asdict

    click.echo(json.dumps(asdict(report) | {"stopped": job.stopped}, ensure_ascii=False, indent=2))


def _print(report: Report, job: Rebuild) -> None:
    would = "would change" if job.dry_run else "changed"
    click.echo(f"{counted(report.articles, 'article was', 'articles were')} read again, {report.changed} {would}.")
    for name, count in sorted(report.fields.items()):
        click.echo(f"  {name:<22}{count:>8} article{'s' * (count != 1)}")
    kinds = sorted({*report.facts_added, *report.facts_dropped})
    for kind in kinds:
        added, dropped = report.facts_added.get(kind, 0), report.facts_dropped.get(kind, 0)
        click.echo(f"  facts: {kind:<15}{f'+{added}':>8} {f'−{dropped}':>8}")
    for example in report.examples:
        click.echo(f"    {example}")
    if report.regrouped is not None:
        click.echo(f"{counted(report.regrouped, 'article has', 'articles have')} other copies than before.")
    elif job.dry_run:
        click.echo("Copies were not looked for, documents not read: a dry run compares articles and facts.")
    for count, one, many, what in (
        (report.documents, "document has", "documents have", "another text than before"),
        (report.entities_dropped, "name is", "names are", "named no more (people, places and others): dropped"),
        (report.no_article, "page is", "pages are", "no article by today's rules; what is archived there stays"),
    ):
        if count:
            click.echo(f"{counted(count, one, many)} {what}.")
    told = f"{counted(report.unread, 'page')} could not be read; what is archived there stays as it is:"
    print_unread(told, report.unread, report.skipped)
