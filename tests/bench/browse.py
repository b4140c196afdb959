"""The site under readers: how long pages take while twenty read at once and a writer files.

python -m tests.bench.browse [--archive DIRECTORY] [--articles 2000] [--readers 20] [--requests 60] [--pauses 1,0]

The server is `worker browse` in a process of its own, read over real sockets. Each reader asks for a page of each kind
by turns. Two rounds: with a pause of a second between two pages (half a second to one and a half), which is faster
than people read; and without any, when the server is always busy with as many pages as there are readers, and the time
of a page says how much it can do. Before them one reader asks for a page of each kind, right after the start and with
the database out of the memory of the system (its pages on the disk are cold). Another process files a page a second
into the same archive all the while; how many it did is printed. The goal is for front, search, article and indicators.
Without --archive one is made by tests.archive.large. The processor's time of the server, a page, says more than the
clock's where the machine does other things too.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path

import httpx

from tests.archive.conftest import serving
from tests.archive.large import fill
from tests.bench.filing import percentiles
from worker.config import Source, Sources
from worker.store import Archive
from worker.vietnamese import fold

WORDS = (
    "hội",
    "phụ nữ",
    "mẹ đỡ đầu",
    "khởi nghiệp",
    "áo dài",
    "vay vốn",
    "trẻ mồ côi",
    "bình đẳng giới",
    "hội viên",
    "nhà",
)
"""What is searched for, two at a time; every second reader types no marks."""

GOAL_MS = 150
"""p95 on 100,000 articles, two cores to itself, of these:"""

WITH_GOAL = {"front", "search", "filtered", "article", "indicators"}


def kinds(archive: Path) -> dict[str, Callable[[random.Random], str]]:
    """What is read, with the address of one of its pages by chance."""
    with closing(sqlite3.connect(f"{(archive / 'news.db').as_uri()}?mode=ro", uri=True)) as connection:
        (last,) = connection.execute("SELECT max(id) FROM articles").fetchone()
        known = "SELECT DISTINCT name FROM tallies WHERE what = 'indicator'"
        indicators = [name for (name,) in connection.execute(known)] or [""]
        named = "SELECT entity FROM named ORDER BY articles DESC LIMIT 200"
        entities = [entity for (entity,) in connection.execute(named)] or [1]

    def typed(chance: random.Random) -> str:
        words = chance.choice(WORDS)
        return fold(words) if chance.random() < 0.5 else words

    return {
        "front": lambda chance: "/",
        "search": lambda chance: f"/search?q={typed(chance)} {typed(chance)}",
        "filtered": lambda chance: f"/search?q={typed(chance)}&year={chance.randint(2019, 2024)}",
        "article": lambda chance: f"/news/article/{chance.randint(1, last)}",
        "indicators": lambda chance: f"/indicators?indicator={chance.choice(indicators)}&map={chance.choice((34, 63))}",
        "offices": lambda chance: f"/offices?q={chance.choice(('', 'chu tich', 'pho'))}",
        "named": lambda chance: f"/named/{chance.choice(entities)}",
        "conflicts": lambda chance: f"/conflicts?page={chance.randint(1, 5)}",
        "sources": lambda chance: "/sources",
        "facts": lambda chance: f"/news/facts?kind={chance.choice(('money', 'person', 'quantity'))}",
    }


async def read(site: str, archive: Path, readers: int, requests: int, pause: float) -> dict[str, list[float]]:
    """Seconds that every page took, by kind."""
    taken: dict[str, list[float]] = defaultdict(list)
    pages = kinds(archive)

    async def reader(number: int) -> None:
        chance, names = random.Random(number), list(pages)  # noqa: S311 - the same pages at every run
        async with httpx.AsyncClient(base_url=site, timeout=60) as client:
            await asyncio.sleep(pause * number / readers)
            for turn in range(requests):
                kind = names[(turn + number) % len(names)]
                begun = time.perf_counter()
                answer = await client.get(pages[kind](chance))
                taken[kind].append(time.perf_counter() - begun)
                if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:  # over the site's own limit of two seconds
                    taken["refused"].append(taken[kind][-1])
                else:
                    answer.raise_for_status()
                await asyncio.sleep(pause * chance.uniform(0.5, 1.5))

    await asyncio.gather(*(reader(number) for number in range(readers)))
    return taken


def write(archive: Path) -> None:
    """File a page a second until killed (what the process of `--write` does)."""
    from tests.web import NukeViet, story
    from tests.web.reading import page
    from worker.refine import refine

    portal = NukeViet("nguoi-ghi.test", name="Hội LHPN vùng ghi")
    site = Source(id="nguoi-ghi", name=portal.name, home=portal.base, kind="union", province="04", profile="nukeviet")
    with Archive.open(archive, write=True) as open_archive:
        open_archive.sync_sources(Sources(sources=(site,)))
        number = int(time.time())
        while True:
            number += 1
            portal.publish(tale := story(number))
            capture = page(portal.url_of(tale), portal.article_page(tale))
            open_archive.file(capture, refine(capture, site, open_archive.memory(site.id)), site)
            time.sleep(1)


def measure(archive: Path, readers: int, requests: int, pauses: list[float]) -> None:
    """Serve, write and read, and print what it took."""
    with closing(sqlite3.connect(archive / "news.db")) as connection:
        articles, facts = (connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("articles", "facts"))
    print(f"{articles} articles, {facts} facts; {readers} readers, and a writer", flush=True)
    Archive.open(archive, write=True).close()  # brought up to date, where an older program made it
    forget(archive / "news.db")
    writer = subprocess.Popen([sys.executable, "-m", "tests.bench.browse", "--write", str(archive)])
    try:
        with serving(archive, log=archive / "browse.log") as site:
            cold = asyncio.run(read(site, archive, 1, len(kinds(archive)), 0))
            refused = len(cold.pop("refused", []))
            firsts = ", ".join(f"{kind} {times[0] * 1000:.0f}" for kind, times in cold.items())
            print(f"\nthe first page of each kind, cold, ms: {firsts}; {refused} refused", flush=True)
            for pause in pauses:
                begun, busy = time.perf_counter(), server_time()
                taken = asyncio.run(read(site, archive, readers, requests, pause))
                title = f"{pause:g} s between two pages" if pause else "no pause"
                _print(title, taken, time.perf_counter() - begun, server_time() - busy)
        with closing(sqlite3.connect(archive / "news.db")) as connection:
            filed = connection.execute("SELECT count(*) FROM articles").fetchone()[0] - articles
        print(f"\nthe writer filed {filed} articles in the meantime")
        if writer.poll() is not None:
            sys.exit("the writer ended: what was measured is reading alone")
    finally:
        writer.kill()
        writer.wait()


def server_time() -> float:
    """Seconds of the processor that the server has had so far: the child of this process that has a port."""
    mine = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
    (server,) = (child for child in mine if b"--port" in Path(f"/proc/{child}/cmdline").read_bytes())
    fields = Path(f"/proc/{server}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def forget(file: Path) -> None:
    """Have the system forget what it has read of a file."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _print(title: str, taken: dict[str, list[float]], seconds: float, busy: float) -> None:
    refused = taken.pop("refused", [])
    pages = sum(map(len, taken.values()))
    print(
        f"\n{title}: {pages / seconds:.1f} pages/s,"
        f" {busy / pages * 1000:.1f} ms of the server's processor a page, {len(refused)} refused for taking too long"
    )
    print(f"{'ms':>12}{'p50':>8}{'p95':>8}{'p99':>8}")
    for kind, times in taken.items():
        p50, p95, p99 = percentiles(times)
        over = kind in WITH_GOAL and p95 > GOAL_MS
        print(f"{kind:>12}{p50:>8}{p95:>8}{p99:>8}{'  over the goal of 150' if over else ''}", flush=True)


def main() -> None:
    """Parse, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, help="an archive that may be written to")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--requests", type=int, default=60, help="of each reader")
    parser.add_argument("--pauses", default="1,0", help="seconds between two pages, a round each")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.write:
        write(wanted.write)
    holder = tempfile.TemporaryDirectory() if wanted.archive is None else nullcontext(wanted.archive)
    with holder as directory:
        archive = Path(directory)
        if not (archive / "news.db").exists():
            fill(archive, wanted.articles)
        measure(archive.resolve(), wanted.readers, wanted.requests, [float(one) for one in wanted.pauses.split(",")])


if __name__ == "__main__":
    main()
