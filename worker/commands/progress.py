"""How far a long job is: of a crawl a bar on a terminal and plain lines elsewhere, of others a line a minute."""

from __future__ import annotations

import time
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from worker.commands.counted import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress, TaskID

    from worker.crawl import Page

EVERY = 50
"""Pages after which a plain line says how far it is."""

SOMETIMES = 60.0
"""Seconds after which it is told again how far it is with what has no bar: a million pages take hours."""


def sometimes() -> Callable[[Callable[[], str]], None]:
    """What says a sentence on the standard error if the last one is a while ago; it is only made when it is said."""
    last = time.monotonic()

    def tell(sentence: Callable[[], str]) -> None:
        nonlocal last
        if time.monotonic() >= last + SOMETIMES:
            last = time.monotonic()
            click.echo(sentence(), err=True)

    return tell


class Backfilling:
    """Told of what sources walk, plan and visit; use it in a `with` statement."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._doors: Counter[str] = Counter()
        self._links: Counter[str] = Counter()
        self._planned = 0
        self._done = 0
        self._began = 0.0
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        console = Console()
        if console.is_terminal:
            left = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
            self._bar = Progress(TextColumn("{task.description}"), *left, console=console)
            self._task = self._bar.add_task("looking for articles", total=None, rate="")

    def walked(self, source_id: str, doors: int, links: int) -> None:
        """A source's walk has opened so many doors, which named so many new articles."""
        self._doors[source_id], self._links[source_id] = doors, links
        told = _walked(self._doors.total(), self._links.total())
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=told)
        elif doors == 1 or doors % EVERY == 0:
            click.echo(f"walk      {source_id}: {_walked(doors, links)}")

    def planned(self, source_id: str, pages: int) -> None:
        """A source has so many pages to visit."""
        self._began = self._began or time.monotonic()
        self._planned += pages
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=self._planned, description="fetching articles")
        else:
            click.echo(f"plan      {source_id}: {counted(pages, 'page')} to visit")

    def visited(self, page: Page) -> None:
        """A page has been visited; on a terminal only what went wrong gets a line of its own."""
        self._done += 1
        rate = self._done / max(time.monotonic() - self._began, 0.001) if self._began else 0.0
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done, rate=f"{rate:.1f} a second")
            if page.outcome in ("failed", "refused"):
                self._bar.console.print(f"{page.outcome:9} {page.url}  ({page.note})", markup=False, highlight=False)
        elif self._done % EVERY == 0 and rate:
            left = max(self._planned - self._done, 0) / rate
            click.echo(f"so far    {self._done} of {self._planned} pages, {rate:.1f} a second, {left:.0f} s left")

    @property
    def shows_pages(self) -> bool:
        """Whether every page still gets its own line."""
        return self._bar is None

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()


def _walked(doors: int, links: int) -> str:
    return f"{counted(doors, 'listing')} read, {counted(links, 'new article')} found"
