"""Writers that are killed (SIGKILL) between two statements: `python -m tests.store.statements DIRECTORY TRIALS SEED`.

Each trial files pages into a copy of one archive, in a process that ends before a statement chosen at random. What does
not hold afterwards is printed, a line each; nothing where all does.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.store.faults import numbered
from tests.store.pages import opened
from worker.store import Archive
from worker.store.filing import Incoming

BEFORE = 24
"""Pages that the archive holds before each trial."""

DERIVED = (
    *("articles", "facts", "entities", "groups", "group_members", "shingles", "removed", "revisions"),
    *("chrome", "chrome_recent", "chrome_uncounted", "summaries", "statements", "named", "tallies", "private_facts"),
)


def together(number: int) -> list[Incoming]:
    """Three pages that are filed in one transaction: a new one, a copy, and a later text of one that is archived."""
    return [
        Incoming(*numbered(BEFORE + number, 1)),
        Incoming(*numbered(number + 100)),
        Incoming(*numbered(number + 250)),
    ]


def forked(work: Callable[[], None]) -> int:
    """Do something in a process of its own; its wait status."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1]


def file_until(directory: Path, pages: list[Incoming], last: int | None) -> None:
    """File pages, and be killed before the statement of that number; None: count them, into the file `statements`."""
    with opened(directory) as archive:
        count = 0

        def trace(_: str) -> None:
            nonlocal count
            if count == last:
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1

        archive.connection.set_trace_callback(trace)
        archive.file_all(pages)
        archive.connection.set_trace_callback(None)
    directory.with_suffix(".statements").write_text(str(count), "ascii")


def derived(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """What is made of the pages; where their bytes lie does not matter."""
    return {name: archive.connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in DERIVED}


def trial(directory: Path, base: Path, number: int, dice: Random) -> Iterator[str]:
    """Kill one writer; what does not hold then, and once the same pages have been filed after all."""
    pages = together(number)
    whole, killed = directory / f"whole-{number}", directory / f"killed-{number}"
    for copy in (whole, killed):
        shutil.copytree(base, copy)
    if forked(lambda: file_until(whole, pages, None)):
        yield f"trial {number}: pages cannot be filed at all"
        return
    last = dice.randrange(int(whole.with_suffix(".statements").read_text("ascii")))
    if forked(lambda: file_until(killed, pages, last)) != signal.SIGKILL:
        yield f"trial {number}: nobody was killed before statement {last}"
    with opened(killed) as archive, opened(whole) as other:
        yield from (f"trial {number}, killed before statement {last}: {problem}" for problem in archive.verify())
        there = [archive.first_seen(page.capture.url) for page in pages[1:2]]
        if any(there):
            yield f"trial {number}, killed before statement {last}: a page is there whose transaction did not end"
        archive.file_all(pages)
        yield from (f"trial {number}, filed after all: {problem}" for problem in archive.verify())
        one, two = derived(archive), derived(other)
        yield from (f"trial {number}, filed after all: other {name}" for name in DERIVED if one[name] != two[name])


def main() -> None:
    """Print what does not hold."""
    directory, dice = Path(sys.argv[1]), Random(int(sys.argv[3]))  # noqa: S311  # moments, not secrets
    base = directory / "base"
    with opened(base) as archive:
        for number in range(BEFORE):
            archive.file(*numbered(number))
    for number in range(int(sys.argv[2])):
        for problem in trial(directory, base, number, dice):
            sys.stdout.write(f"{problem}\n")


if __name__ == "__main__":
    main()
