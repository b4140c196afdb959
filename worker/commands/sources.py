"""`worker sources`: the sites of sources.yaml and their health; `add` and `check` go and look at them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worker.commands.counted import counted
from worker.commands.group import Group
from worker.commands.options import archive_option, json_option, not_listed, sources_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.config import Source
    from worker.survey import Survey

_COLUMNS = ("source", "name", "schedule", "health", "articles", "last run", "next run")
_WIDE = 140  # columns of a terminal on which the names fit too
_HEALTH: dict[str, dict[str, Any]] = {
    "ok": {"fg": "green"},
    "failing": {"fg": "red"},
    "new": {"fg": "yellow"},
    "disabled": {"dim": True},
}


@click.group(cls=Group, invoke_without_command=True)
@sources_option
@archive_option
@json_option
@click.pass_context
def sources(context: click.Context, sources_file: Path, archive_dir: Path, as_json: bool) -> None:
    """List the sources and their health; `add` a site, or `check` those that are there.

    \b
    worker sources
    worker sources --json
    worker sources check phunucaobang
    worker sources add https://phunu.caobang.gov.vn/
    """
    if context.invoked_subcommand is None:
        _list(sources_file, archive_dir, as_json=as_json)


def _list(sources_file: Path, archive_dir: Path, *, as_json: bool) -> None:
    from worker.config import load
    from worker.store import Archive

    configured = load(sources_file, may_be_empty=True)
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
    from shutil import get_terminal_size

    from worker.commands.tables import print_table
    from worker.commands.times import local

    columns = [name for name in _COLUMNS if name != "name" or get_terminal_size().columns >= _WIDE]
    lines = []
    for row in rows:
        health = str(row["health"])
        since = f" since {local(row['failing_since'])}" if health == "failing" else ""
        cells = {
            **{name: str(row[key]) for name, key in (("source", "id"), ("name", "name"), ("schedule", "schedule"))},
            "health": click.style(health, **_HEALTH[health]) + since,
            "articles": str(row["articles"]),
            "last run": local(row["last_run"]),
            "next run": local(row["next_run"]),
        }
        lines.append([cells[name] for name in columns])
    print_table(columns, lines, right=["articles"])


@sources.command()
@click.argument("source_ids", metavar="[ID]...", nargs=-1)
@sources_option
def check(source_ids: tuple[str, ...], sources_file: Path) -> None:
    """Look at sources (all that are enabled, where none is named): their home, their doors and first articles.

    Says what broke, a line each; the exit status is then 1. Stores nothing.

    \b
    worker sources check
    worker sources check phunucaobang
    """
    from worker.config import load

    configured = load(sources_file)
    if unknown := [name for name in source_ids if configured.get(name) is None]:
        raise click.UsageError(not_listed(unknown[0], (source.id for source in configured.sources), sources_file))
    chosen = [source for source in configured.sources if (source.id in source_ids if source_ids else source.enabled)]
    broken = 0
    for source, seen in zip(chosen, _look(chosen, configured.contact), strict=True):
        if source.profile and seen.profile and source.profile != seen.profile:
            seen.problems.append(f"it says profile: {source.profile}, but looks like {seen.profile}")
        broken += bool(seen.problems)
        feeds, sitemaps = counted(len(seen.doors.feeds), "feed"), counted(len(seen.doors.sitemaps), "sitemap")
        doors = f"{feeds}, {sitemaps}, {counted(len(seen.doors.listings), 'listing')}"
        state = click.style("broken", fg="red") if seen.problems else click.style("ok", fg="green")
        click.echo(f"{source.id}: {state}; {doors}; {counted(len(seen.samples), 'article')} looked at")
        for problem in seen.problems:
            click.echo(f"  {problem}")
    if broken:
        click.get_current_context().exit(1)


@sources.command()
@click.argument("url")
@sources_option
@click.option("--id", "source_id", help="Its short name; made of its host where it is not given.")
@click.option("--name", help="What people call it; the site's own where it is not given.")
@click.option(
    "--kind", type=click.Choice(["union", "government", "press"]), help="What it is, where the guess is wrong."
)
@click.option("--allow-private", is_flag=True, help="It may have a private address (a site of your own network).")
@click.option("--dry-run", is_flag=True, help="Look, and write nothing.")
def add(
    url: str,
    sources_file: Path,
    source_id: str | None,
    name: str | None,
    kind: str | None,
    allow_private: bool,
    dry_run: bool,
) -> None:
    """Look at a site and write its entry into sources.yaml; every comment stays where it is.

    Finds feeds, sitemaps, listings, the system that it runs on and its province, and shows what its first three
    articles would look like.

    \b
    worker sources add https://phunu.caobang.gov.vn/
    """
    from worker.commands import entry
    from worker.config import load
    from worker.dedup.canonical import AddressError, canonical

    configured = load(sources_file, may_be_empty=True)
    if not url.startswith(("http://", "https://")):
        raise click.UsageError(f"{url!r} is no address: it must begin with http:// or https://")
    try:
        canonical(url)
    except AddressError as error:
        raise click.UsageError(str(error)) from None
    if (known := configured.of_url(url)) and source_id is None:
        raise click.UsageError(
            f"the site is in {sources_file} already, as {known.id}; `worker sources check` looks at it;"
            " --id makes a part of it a source of its own"
        )
    if source_id is not None and configured.get(source_id):
        raise click.UsageError(f"{source_id} is the id of another source of {sources_file}")
    own_id = entry.new_id(url, configured) if source_id is None else source_id
    values = {"id": own_id, "name": own_id, "home": url, "kind": kind or "union"}
    network = {"network": {"allow_private": True}} if allow_private else {}
    source = entry.append(sources_file, values | network, write=False)
    (seen,) = _look([source], configured.contact)
    seen.name, seen.kind = name or seen.name, kind or seen.kind
    for sample in seen.samples:
        click.secho(sample.title or sample.url, bold=True)
        click.secho(f"  {sample.published or 'no date stated'} · {sample.words} words · {sample.url}", dim=True)
    for problem in seen.problems:
        click.secho(f"problem: {problem}", fg="yellow")
    if not seen.samples:
        raise click.ClickException(f"no article was found from {url}; nothing was written")
    told = entry.entry(seen, own_id, allow_private=allow_private)
    click.echo("\n" + entry.as_yaml(told))
    if dry_run:
        click.echo("Nothing was written.")
        return
    entry.append(sources_file, told)
    click.echo(f"{sources_file} has it now. Look at it: `worker crawl --dry-run --limit 3 {own_id}`")


def _look(chosen: Sequence[Source], contact: str | None) -> list[Survey]:
    """Look at sites side by side."""
    import asyncio

    from worker.fetch.client import Client
    from worker.survey import survey

    async def all_of_them() -> list[Survey]:
        room = asyncio.Semaphore(16)
        async with Client(contact=contact) as client:

            async def one(source: Source) -> Survey:
                async with room:
                    return await survey(source, client)

            return await asyncio.gather(*(one(source) for source in chosen))

    return asyncio.run(all_of_them())
