"""`worker crawl`: a one-off crawl."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from worker.commands.options import Day, archive_option, json_option, not_listed, sources_option
from worker.commands.progress import Backfilling
from worker.commands.stopping import told_to_stop

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from worker.config import Source, Sources
    from worker.crawl import Page
    from worker.fetch import Transport
    from worker.fetch.offline import Offline
    from worker.store import Archive

OUTCOMES = ("new", "unchanged", "changed", "duplicate", "failed")
"""The columns of the table at the end; what else became of a page (gone, refused, no article) gets one if it occurs."""

_COLOURS = {
    "new": "green",
    "changed": "yellow",
    "duplicate": "cyan",
    "failed": "red",
    "refused": "red",
    "gone": "magenta",
}

AT_ONCE = 16
"""How many sources are crawled at the same time; each at its own pace."""

Job = tuple["Source", "Sequence[str] | None"]


class Plan(NamedTuple):
    """What is asked of every source alike."""

    limit: int | None
    dry_run: bool
    backfill: bool
    since: date | None
    bar: Backfilling | None
    sources: Sources
    processes: int


@click.command()
@click.argument("what", metavar="[SOURCE|URL]...", nargs=-1)
@click.option("--offline", is_flag=True, help="Take the five saved pages of seeds/ (beside the sources file).")
@sources_option
@archive_option
@click.option("--limit", type=click.IntRange(min=1), help="Visit at most so many pages of each source.")
@click.option("--dry-run", is_flag=True, help="Look, and store nothing.")
@click.option(
    "--backfill", is_flag=True, help="Walk listings and sitemaps back to their end. Can be stopped, and goes on."
)
@click.option("--since", type=Day(), help="Of a backfill: how far back, such as 2023-01-01.")
@click.option(
    "--processes",
    type=click.IntRange(min=1, max=64),
    default=1,
    show_default=True,
    help="One does all; of more, the first fetches and files, and the others read. Two are faster where sites are asked"
    " without pauses.",
)
@json_option
def crawl(  # noqa: PLR0913, PLR0917 - an argument an option
    what: tuple[str, ...],
    offline: bool,
    sources_file: Path,
    archive_dir: Path,
    limit: int | None,
    dry_run: bool,
    backfill: bool,
    since: date | None,
    processes: int,
    as_json: bool,
) -> None:
    """Crawl once: the named sources or addresses, or all enabled sources where none is named.

    \b
    worker crawl --offline
    worker crawl phunucaobang --limit 20
    worker crawl phunucaobang --backfill --since 2023-01-01
    worker crawl https://phunu.caobang.gov.vn/vi/news/hoat-dong/mot-bai-123.html
    """
    import asyncio

    from worker.config import load
    from worker.fetch.offline import Offline
    from worker.handover import hand_over, takes_requests

    if since and not backfill:
        raise click.UsageError("--since says how far back --backfill goes; give both")
    sources = load(sources_file)
    seeds = Offline(sources_file.parent / "seeds") if offline else None
    jobs = _jobs(what, sources, sources_file, seeds)
    if backfill and any(urls is not None for _, urls in jobs):
        raise click.UsageError("--backfill finds its own addresses; name sources only")
    handed_over = not dry_run and not offline and takes_requests(archive_dir)
    bar = Backfilling() if backfill and not as_json and not handed_over else None
    telling = _Telling(bar, as_json=as_json)
    plan = Plan(limit, dry_run, backfill, since, bar, sources, processes)
    wrong: Sequence[BaseException]
    if handed_over:  # two processes never write: the service that is running does it
        with _goes_on():
            counts, wrong = hand_over(archive_dir, jobs, telling.of, limit=limit, backfill=backfill, since=plan.since)
    else:
        with _archive(archive_dir, sources, dry_run=dry_run) as archive, bar or nullcontext():
            stopping = told_to_stop()
            transport = seeds or _client(sources.contact, archive, dry_run=dry_run)
            counts, wrong = asyncio.run(_crawl(jobs, archive, transport, telling.of, plan, stopping))
            wrong = wrong or ([click.Abort()] if stopping() else [])
    telling.end(counts)
    _end(counts, wrong)


@contextmanager
def _goes_on() -> Iterator[None]:
    """Say to who presses Control-C that he ends the telling, not what was handed over."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("worker: what was asked for is done by the running service all the same", err=True)
        raise


class _Telling:
    """What is printed: a line a page, or a bar, and a table at the end; or all of it as JSON."""

    def __init__(self, bar: Backfilling | None, *, as_json: bool) -> None:
        self._bar = bar
        self._pages: list[dict[str, str]] | None = [] if as_json else None

    def of(self, source: Source, page: Page) -> None:
        """Tell what became of a page."""
        if self._pages is not None:
            self._pages.append(
                {"source": source.id, "url": page.url, "outcome": page.outcome, "title": page.title, "note": page.note}
            )
        elif self._bar is None or self._bar.shows_pages:
            _print_page(page)
        if self._bar is not None:
            self._bar.visited(page)

    def end(self, counts: dict[str, Counter[str]]) -> None:
        """Tell how many pages became what."""
        if self._pages is None:
            _print_table(counts)
            return
        table = {source_id: dict(count) for source_id, count in counts.items()}
        click.echo(json.dumps({"pages": self._pages, "counts": table}, ensure_ascii=False, indent=2))


def _end(counts: dict[str, Counter[str]], wrong: Sequence[BaseException]) -> None:
    """Leave with the exit status; `wrong` is what ended crawls of sources, after the others came to their end.

    That nobody reads what is printed is wrong only where nothing else is.
    """
    if several := [error for error in wrong if not isinstance(error, BrokenPipeError)] or wrong:
        raise several[0] if len(several) == 1 else BaseExceptionGroup("crawls ended before their end", several)
    if any(count["failed"] for count in counts.values()):
        click.get_current_context().exit(1)


def _jobs(what: Sequence[str], sources: Sources, sources_file: Path, offline: Offline | None) -> list[Job]:
    """The sources to crawl, each with the addresses to visit (None: look for them)."""
    if not what and offline is not None:
        what = offline.source_ids
        if strange := [name for name in what if sources.get(name) is None]:
            raise click.UsageError(f"the saved pages are of {', '.join(strange)}, which {sources_file} does not list")
    if not what:
        return [(source, None) for source in sources.sources if source.enabled]
    jobs: dict[str, list[str] | None] = {}
    for name in what:
        source = sources.of_url(name) if "/" in name else sources.get(name)
        if source is None:
            raise click.UsageError(_unknown(name, sources, sources_file))
        if "/" in name:
            jobs[source.id] = [*(jobs.get(source.id) or []), name]
        else:
            jobs[source.id] = [link.url for link in offline.links(source.id)] if offline else None
    found = [(sources.get(source_id), urls) for source_id, urls in jobs.items()]
    return [(source, urls) for source, urls in found if source is not None]


def _unknown(name: str, sources: Sources, sources_file: Path) -> str:
    from worker.dedup.canonical import AddressError, canonical

    if "/" in name:
        if not name.startswith(("http://", "https://")):
            return f"{name} is no address: it must begin with http:// or https://"
        try:
            canonical(name)
        except AddressError as error:
            return str(error)
        return f"{name} belongs to no source of {sources_file}; add its site there first"
    return not_listed(name, (source.id for source in sources.sources), sources_file)


def _archive(archive_dir: Path, sources: Sources, *, dry_run: bool) -> AbstractContextManager[Archive | None]:
    from worker.store import Archive

    if dry_run:
        return Archive.open(archive_dir, write=False) if (archive_dir / "news.db").exists() else nullcontext()
    archive = Archive.open(archive_dir, write=True)
    archive.sync_sources(sources)
    return archive


def _client(contact: str | None, archive: Archive | None, *, dry_run: bool) -> Transport:
    from worker.fetch.client import Client
    from worker.store.hosts import Hosts

    return Client(contact=contact, holds=Hosts(archive.connection, writes=not dry_run) if archive else None)


async def _crawl(
    jobs: Sequence[Job],
    archive: Archive | None,
    transport: Transport,
    report: Callable[[Source, Page], None],
    plan: Plan,
    stopping: Callable[[], bool],
) -> tuple[dict[str, Counter[str]], list[BaseException]]:
    """Crawl the sources side by side; told to stop, each finishes its page in hand.

    The counts of each, and what ended some of them before their end, each different thing once.
    """
    import asyncio

    from worker.crawl import Crawl
    from worker.workshop import Workshop

    room = asyncio.Semaphore(AT_ONCE)
    workshop = Workshop(archive, readers=plan.processes - 1)

    counts: dict[str, Counter[str]] = {}

    async def one(source: Source, urls: Sequence[str] | None) -> None:
        crawl = Crawl(
            source=source,
            archive=archive,
            transport=transport,
            report=lambda page: report(source, page),
            stopping=stopping,
            beside=plan.sources.beside(source),
            dry_run=plan.dry_run,
            workshop=workshop,
        )
        if bar := plan.bar:
            crawl.walked = partial(bar.walked, source.id)
            crawl.planned = partial(bar.planned, source.id)
        counts[source.id] = crawl.counts
        async with room:
            await crawl.run("manual", urls=urls, limit=plan.limit, backfill=plan.backfill, since=plan.since)

    async with transport:
        try:
            ends = await asyncio.gather(*(one(source, urls) for source, urls in jobs), return_exceptions=True)
        finally:
            workshop.close()
    return counts, _different(dict(zip((source.id for source, _ in jobs), ends, strict=True)))


def _different(ends: Mapping[str, BaseException | None]) -> list[BaseException]:
    """What was raised, noted with whose crawls it ended; what is wrong with the archive ends all in the same words."""
    alike: dict[str, dict[str, BaseException]] = {}
    for source_id, end in ends.items():
        if end is not None:
            alike.setdefault(f"{type(end).__name__} {end}", {})[source_id] = end
    told = []
    for errors in alike.values():
        (error, *_), names = errors.values(), ", ".join(errors)
        if len(ends) > 1:
            error.add_note(f"the crawl{'s' if len(errors) > 1 else ''} of {names} failed")
        told.append(error)
    return told


def _print_page(page: Page) -> None:
    outcome = click.style(f"{page.outcome:9}", fg=_COLOURS.get(page.outcome))
    click.echo(f"{outcome} {page.title or page.url}" + (click.style(f"  ({page.note})", dim=True) if page.note else ""))


def _print_table(counts: dict[str, Counter[str]]) -> None:
    from worker.commands.tables import print_table

    total = sum(counts.values(), Counter[str]())
    columns = [*OUTCOMES, *sorted(set(total) - set(OUTCOMES))]
    rows = [[name, *(str(count[column]) for column in columns)] for name, count in {**counts, "all": total}.items()]
    click.echo()
    print_table(["source", *columns], rows, right=columns)
    if total["unchanged"] and total["unchanged"] == total.total():
        click.echo("\nNothing has changed.")
