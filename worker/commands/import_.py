"""`worker import`: other people's captures into the archive."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worker.commands.counted import counted
from worker.commands.options import Place, archive_option, json_option, sources_option
from worker.commands.progress import sometimes
from worker.commands.stopping import told_to_stop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from worker.config import Sources
    from worker.imports.job import Imported

MOST_DETAILS = 5
"""Details of a reason that are told, the most frequent first."""


@click.command("import")
@click.argument("names", metavar="PATH|URL...", nargs=-1, required=True)
@sources_option
@archive_option
@click.option("--only-hosts", metavar="FILE", type=Place(), help="Only hosts of this list, one a line.")
@click.option("--language", type=click.Choice(["vi"]), help="Only pages in this language.")
@click.option(
    "--topic", "topics", metavar="WORDS", multiple=True, help="Only articles with these words; may be repeated."
)
@click.option("--link", is_flag=True, help="Refer to the records where they lie, and copy no bytes.")
@click.option("--new-sources", is_flag=True, help="Propose entries for hosts that the sources file does not have.")
@click.option("--allow-private", is_flag=True, help="Files may come from private addresses, too.")
@json_option
def import_(
    names: tuple[str, ...],
    sources_file: Path,
    archive_dir: Path,
    only_hosts: Path | None,
    language: str | None,
    topics: tuple[str, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Take articles out of WARC or WACZ files, folders of saved pages (.html, .mhtml, .txt), or other archives.

    A file may lie on the web, or where fsspec reaches (s3://…, with the extra `cluster` and s3fs). Kept are articles of
    hosts that the sources file lists, and the documents that they link to, at the time when they were captured; what is
    passed over is counted by reason. Importing the same again changes nothing, and an older text never replaces a newer
    one. With --link the files must stay where they are. It writes, so the service must not be running.

    \b
    worker import seeds
    worker import crawl-00001.warc.gz collection.wacz
    worker import --only-hosts hosts.txt https://data.example.org/news.warc.gz
    """
    from worker.config import load
    from worker.imports import ImportFailed
    from worker.imports.choice import Choice, hosts_of
    from worker.imports.inputs import NOT_WHOLE, check
    from worker.imports.job import Import
    from worker.store import Archive

    sources = load(sources_file)
    try:
        hosts = hosts_of(only_hosts) if only_hosts else frozenset[str]()
        for name in names:  # before an archive is made for what cannot be read
            check(name, link=options["link"])
        with Archive.open(archive_dir, write=True) as archive:
            archive.sync_sources(sources)
            choice = Choice(hosts, language, topics)
            options |= {"choice": choice, "stopping": told_to_stop(), "progress": _telling(names)}
            job = Import(archive=archive, sources=sources, **options)
            result = job.run(names)
    except ImportFailed as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        _print_json(result, sources)
    else:
        _print(result, sources)
    if job.stopping():
        raise click.ClickException("it was stopped before its end; the same command goes on")
    if NOT_WHOLE & result.reasons.keys():
        click.get_current_context().exit(1)


def _telling(names: Sequence[str]) -> Callable[[str, Imported], None]:
    """Says now and then how far it is, and in which of several files."""
    say = sometimes()

    def sentence(name: str, done: Imported) -> str:
        which = f" ({names.index(name) + 1} of {len(names)})" if len(names) > 1 else ""
        found, passed = done.filed.total(), done.passed.total()
        return f"{name}{which}: {counted(found, 'article')} found so far, {counted(passed, 'record')} passed over"

    return lambda name, done: say(lambda: sentence(name, done))


def _table(result: Imported) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for (reason, detail), count in sorted(result.passed.items()):
        table.setdefault(reason, {})[detail] = count
    return table


def _proposals(result: Imported, sources: Sources) -> list[dict[str, Any]]:
    """Entries for the hosts that no source has, those with most articles first."""
    from worker.commands.entry import new_id

    found: dict[str, dict[str, Any]] = {}  # by id
    for host, count in sorted(result.proposed.items(), key=lambda item: (-item[1], item[0])):
        home = f"https://{host}/"
        kind = "government" if host.endswith(".gov.vn") else "press"  # `worker sources check` looks closer
        own_id = new_id(home, sources, found)
        found[own_id] = {"id": own_id, "name": host, "home": home, "kind": kind, "articles_found": count}
    return list(found.values())


def _print_json(result: Imported, sources: Sources) -> None:
    import json

    told = {"pages": dict(result.filed), "passed": _table(result), "proposed": _proposals(result, sources)}
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _print(result: Imported, sources: Sources) -> None:
    from worker.commands.entry import as_yaml

    click.echo(f"Articles found: {result.filed.total()}")
    for outcome, count in sorted(result.filed.items()):
        click.echo(f"  {outcome:<34}{count:>9}")
    passed = result.passed.total()
    click.echo(f"Records passed over: {passed}")
    for reason, details in _table(result).items():
        named = Counter({name: count for name, count in details.items() if name}).most_common(MOST_DETAILS)
        more = f"  ({', '.join(f'{name} {count}' for name, count in named)})" if named else ""
        click.echo(f"  {reason:<34}{sum(details.values()):>9}{more}")
    if result.proposed:
        click.echo(
            f"{counted(len(result.proposed), 'host')} with articles of no source. What to enter, to be looked over:"
        )
    for told in _proposals(result, sources):
        count = told.pop("articles_found")
        click.echo(f"  # {counted(count, 'article')} in what was imported")
        click.echo(as_yaml(told), nl=False)
