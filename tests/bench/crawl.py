"""Crawling: the whole way from a listing to the committed article, beside Scrapy, and under kill -9.

python -m tests.bench.crawl                  speed and kills
python -m tests.bench.crawl speed            8 hosts x 125 pages of 29 KB, beside Scrapy + trafilatura + SQLite
python -m tests.bench.crawl kills            200 kills, in crawls of 300 pages
python -m tests.bench.crawl polite           500 hosts at their own pace, by one process
python -m tests.bench.crawl growth           what a page costs with 1,000 and with 10,000 articles in the archive
python -m tests.bench.crawl growth --sizes 1000 --archive DIR --rounds 8      … and in a copy of that one

The web is served by a process of its own, without pauses. Time and memory are those of all processes of a crawler; of
`growth`, those of one that has crawled a host before, so that what is loaded once is not counted.
Scrapy is told all addresses by sitemaps and keeps title, date and text in one table; this program finds them by its
listings and keeps bytes, facts, copies and a search index.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.bench.filing import pages as made_up_pages
from tests.bench.filing import sources as made_up_sources
from worker.config import Source, Sources

if TYPE_CHECKING:
    from worker.store import Archive

SIZE = 29_000


@contextmanager
def country(hosts: int, articles: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """A web of so many hosts: their names and addresses."""
    command = [sys.executable, "-m", "tests.web.country", "--hosts", str(hosts), "--articles", str(articles)]
    web = subprocess.Popen(
        [*command, "--size", str(SIZE), "--seed", str(seed)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        assert web.stdout is not None
        yield json.loads(web.stdout.readline())
    finally:
        web.terminate()
        web.wait()


def crawl(bases: dict[str, str], directory: Path, processes: int = 1, delay: float = 0) -> int:
    """Crawl with this program in so many processes, all but this one of which read pages; how many pages were filed."""
    from worker.store import Archive

    sources = [_source(host, base, delay) for host, base in bases.items()]
    with Archive.open(directory, write=True) as archive:
        archive.sync_sources(Sources(sources=tuple(sources)))
        return asyncio.run(_all_of(sources, archive, processes))


async def _all_of(sources: list[Source], archive: Archive, processes: int = 1) -> int:
    from worker.crawl import Crawl
    from worker.fetch.client import Client
    from worker.rest import collect_seldom
    from worker.workshop import Workshop

    collect_seldom()  # as the program's processes do
    workshop = Workshop(archive, readers=processes - 1)
    async with Client(contact="bench@example.org") as client:
        crawls = (Crawl(source=one, archive=archive, transport=client, workshop=workshop) for one in sources)
        try:
            return sum(count.total() for count in await asyncio.gather(*(one.run("manual") for one in crawls)))
        finally:
            workshop.close()


def _source(host: str, base: str, delay: float) -> Source:
    return Source.model_validate(
        {
            "id": host.replace(".", "-"),
            "name": host,
            "home": base,
            "kind": "union",
            "discover": {"listings": [base]},
            "politeness": {"delay": delay},
            "network": {"allow_private": True},
        }
    )


def scrape(bases: dict[str, str], directory: Path) -> int:
    """Crawl with Scrapy, trafilatura and a table of SQLite; how many pages were kept."""
    import scrapy
    import trafilatura
    from scrapy.crawler import CrawlerProcess

    connection = sqlite3.connect(directory / "scrapy.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE articles (url TEXT PRIMARY KEY, title TEXT, date TEXT, text TEXT)")

    class Spider(scrapy.spiders.SitemapSpider):
        name = "portals"
        sitemap_urls = [f"{base}sitemap.xml" for base in bases.values()]  # noqa: RUF012 - Scrapy's way

        def parse(self, response: scrapy.http.Response) -> None:
            found = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
            if found:
                row = (response.url, found.title, found.date, found.text)
                connection.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", row)

    settings = {"LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": True, "TELNETCONSOLE_ENABLED": False, "DOWNLOAD_DELAY": 0}
    process = CrawlerProcess(settings)
    process.crawl(Spider)
    process.start()
    kept: int = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    return kept


WORK: dict[str, Callable[[dict[str, str], Path], int]] = {
    "crawl": crawl,
    "crawl, two processes": partial(crawl, processes=2),
    "crawl, three processes": partial(crawl, processes=3),
    "polite": partial(crawl, delay=2),
    "scrape": scrape,
}
"""What is measured, each in a process of its own, with those that it starts."""


def measured(work: Callable[[dict[str, str], Path], int], bases: dict[str, str], directory: Path) -> dict[str, float]:
    """Pages, seconds of the clock and of the processors, and the most memory in MB, of this group of processes."""
    done = threading.Event()
    most: dict[str, float] = {"cpu": 0, "mb": 0}

    def look() -> None:
        while not done.wait(0.3):
            now = {"cpu": 0.0, "mb": 0.0}
            for process in group():
                now["cpu"] += process[0]
                now["mb"] += process[1]
            for name, value in now.items():
                most[name] = max(most[name], value)

    began, busy = time.perf_counter(), sum(process[0] for process in group())
    looking = threading.Thread(target=look)
    looking.start()
    try:
        pages = work(bases, directory)
        took = time.perf_counter() - began
    finally:
        done.set()
        looking.join()
    return {"pages": pages, "wall": took, "cpu": most["cpu"] - busy, "mb": most["mb"]}


def group() -> Iterator[tuple[float, float]]:
    """Seconds of processor and MB of each process of this group; what several share is counted once (PSS)."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) != os.getpgid(0):
                continue
            fields = (process / "stat").read_text("ascii").rpartition(")")[2].split()
            memory = (process / "smaps_rollup").read_text("ascii")
        except (OSError, ProcessLookupError):  # it has just ended
            continue
        ticks = int(fields[11]) + int(fields[12])
        kilobytes = next(int(line.split()[1]) for line in memory.splitlines() if line.startswith("Pss:"))
        yield ticks / os.sysconf("SC_CLK_TCK"), kilobytes / 1024


def warm(bases: dict[str, str], directory: Path) -> dict[str, float]:
    """Pages, seconds of the processor and the most memory in MB of a crawl of all hosts but the first, which comes
    before; and the seconds that opening the archive takes. That the log is written back, at the end, is counted."""
    from worker.store import Archive

    first, *others = [_source(host, base, 0) for host, base in bases.items()]
    began = time.process_time()
    with Archive.open(directory, write=True) as archive:
        opened = time.process_time() - began
        archive.sync_sources(Sources(sources=(first, *others)))
        asyncio.run(_all_of([first], archive))
        archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = time.process_time()
        pages = asyncio.run(_all_of(others, archive))
    cpu = time.process_time() - busy
    return {"pages": pages, "cpu": cpu, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "open": opened}


def apart(what: str, bases: dict[str, str], directory: Path) -> dict[str, float]:
    """`measured`, or `warm`, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.crawl", "measure", what, json.dumps(bases), str(directory)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, start_new_session=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def speed(hosts: int, articles: int, rounds: int) -> None:
    """Both crawlers by turns on one web; the best round of each counts."""
    names = {
        "crawl": "union-news-archive",
        "crawl, two processes": "… in two processes",
        "crawl, three processes": "… in three processes",
        "scrape": "Scrapy + trafilatura + SQLite",
    }
    results: dict[str, list[dict[str, float]]] = {what: [] for what in names}
    with country(hosts, articles) as bases, tempfile.TemporaryDirectory() as temporary:
        for number in range(rounds):
            for what, told in results.items():
                directory = Path(temporary) / f"{what}{number}"
                directory.mkdir()
                told.append(apart(what, bases, directory))
                shutil.rmtree(directory)
    best = {what: min(told, key=lambda one: one["cpu"]) for what, told in results.items()}
    theirs = best["scrape"]
    print(f"{hosts} hosts x {articles} pages of {SIZE // 1000} KB, delay 0")
    for what, name in names.items():
        one = best[what]
        times = [(one["pages"] / one[time_]) / (theirs["pages"] / theirs[time_]) for time_ in ("wall", "cpu")]
        print(
            f"  {name:32} {one['pages']:5.0f} pages  {one['pages'] / one['wall']:6.1f} pages/s ({times[0]:.2f} x)"
            f"  {1000 * one['cpu'] / one['pages']:5.1f} ms of CPU a page ({times[1]:.2f} x)"
            f"  {one['mb']:5.0f} MB ({one['mb'] / theirs['mb']:.2f} x)"
        )


def polite(hosts: int, articles: int) -> None:
    """Many hosts side by side, each asked once in two seconds or less often."""
    with country(hosts, articles) as bases, tempfile.TemporaryDirectory() as temporary:
        one = apart("polite", bases, Path(temporary))
        with closing(sqlite3.connect(Path(temporary) / "news.db")) as connection:
            (least,) = connection.execute(
                "SELECT min(86400 * (julianday(fetched_at) - julianday(before))) FROM (SELECT fetched_at,"
                " lag(fetched_at) OVER (PARTITION BY source ORDER BY fetched_at) AS before FROM captures)"
            ).fetchone()
    print(f"{hosts} hosts x {articles} pages of {SIZE // 1000} KB, two seconds between two requests")
    print(f"  {one['pages']:.0f} pages in {one['wall']:.0f} s, {one['mb']:.0f} MB; least pause of a host {least:.1f} s")


def kills(count: int, pages: int, seed: int) -> int:
    """Kill crawls so many times; how many things did not hold."""
    from tests.killed import Tried

    done, problems, crawls = 0, [], 0
    dice = Random(seed)  # noqa: S311 - moments, not secrets
    while done < count:
        with tempfile.TemporaryDirectory() as temporary:
            options = ("--backfill",) if crawls % 2 else ()
            tried = Tried(Path(temporary), pages=pages, dice=dice, options=options)
            tried.run(min(20, count - done))
        done, crawls = done + tried.kills, crawls + 1
        problems += tried.problems
        print(f"  {done:4} kills in {crawls} crawls of {pages} pages, {len(problems)} problems", flush=True)
    for problem in problems[:20]:
        print(f"  {problem}")
    return len(problems)


def growth(sizes: list[int], rounds: int, large: Path | None) -> None:
    """What a crawled page costs in an archive of each size, and in a copy of a `large` one."""
    with tempfile.TemporaryDirectory() as temporary:
        directories = made_up(sizes, Path(temporary))
        if large:
            size, copy = copied(large, Path(temporary))
            directories[size] = copy
        grown(directories, rounds)


def made_up(sizes: list[int], place: Path) -> dict[int, Path]:
    """Archives of so many made-up articles, the smallest first."""
    from worker.store import Archive

    sites = made_up_sources()
    directories = {size: place / str(size) for size in sizes}
    pages, filled, before = made_up_pages(sites), 0, None
    for size, directory in directories.items():
        if before:
            shutil.copytree(before, directory)
        with Archive.open(directory, write=True) as archive:
            archive.sync_sources(Sources(sources=tuple(sites)))
            for capture, refined, site in islice(pages, size - filled):
                archive.file(capture, refined, site)
        filled, before = size, directory
    return directories


def copied(archive: Path, place: Path) -> tuple[int, Path]:
    """A copy of an archive that nobody writes to, brought up to date, and how many articles it has."""
    from worker.store import Archive

    copy = shutil.copytree(archive, place / "large", ignore=shutil.ignore_patterns("*.before-*", "*.lock"))
    with Archive.open(copy, write=True) as opened:
        (articles,) = opened.connection.execute("SELECT count(*) FROM articles").fetchone()
    for old in copy.glob("*.before-*"):
        old.unlink()
    return articles, copy


def grown(directories: dict[int, Path], rounds: int) -> None:
    """Crawl the same pages into archives of different sizes by turns: what one costs, and how many times what it costs
    in the smallest, the median of the rounds and the least and most of them."""
    costs: dict[int, list[dict[str, float]]] = {size: [] for size in directories}
    for number in range(rounds):
        with country(5, 50, seed=number + 1) as bases:
            hosts = {f"{number}-{host}": base for host, base in bases.items()}
            for size, directory in list(directories.items())[:: 1 if number % 2 else -1]:
                costs[size].append(apart("warm", hosts, directory))
    print(f"a page of a crawl, as the archive grows; {rounds} rounds of 200 pages by turns")
    each = {size: [1000 * one["cpu"] / one["pages"] for one in taken] for size, taken in costs.items()}
    least = each[min(each)]
    for size, taken in costs.items():
        times = sorted(cost / other for cost, other in zip(each[size], least, strict=True))
        print(
            f"  {size:7} articles  {statistics.median(each[size]):6.1f} ms of CPU (least {min(each[size]):.1f}),"
            f" {statistics.median(times):.3f} x ({times[0]:.2f} to {times[-1]:.2f})"
            f"  {max(one['mb'] for one in taken):4.0f} MB  opened in {min(one['open'] for one in taken):.2f} s of CPU",
            flush=True,
        )


def main() -> int:
    """Run what is asked for."""
    if sys.argv[1:2] == ["measure"]:
        what, bases, directory = sys.argv[2:5]
        work = warm if what == "warm" else partial(measured, WORK[what])
        print(json.dumps(work(json.loads(bases), Path(directory))))
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["speed", "kills"], choices=["speed", "kills", "polite", "growth"])
    parser.add_argument("--hosts", type=int, default=8)
    parser.add_argument("--articles", type=int, default=125, help="on each host")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pages", type=int, default=300, help="of a crawl that is killed")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument(
        "--archive", type=Path, help="one that is there, to be copied and grown beside those of --sizes"
    )
    parser.add_argument("--seed", type=int, default=0)
    told = parser.parse_args()
    problems = 0
    if "speed" in told.what:
        speed(told.hosts, told.articles, told.rounds)
    if "polite" in told.what:
        polite(500, 3)
    if "growth" in told.what:
        growth(sorted(told.sizes), told.rounds, told.archive)
    if "kills" in told.what:
        problems = kills(told.kills, told.pages, told.seed)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
