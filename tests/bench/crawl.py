"""Crawling: the whole way from a listing to the committed article, beside Scrapy, and under kill -9.

python -m tests.bench.crawl                  speed and kills
python -m tests.bench.crawl speed            8 hosts x 125 pages of 29 KB, beside Scrapy + trafilatura + SQLite
python -m tests.bench.crawl kills            200 kills, in crawls of 300 pages
python -m tests.bench.crawl polite           500 hosts at their own pace, by one process
python -m tests.bench.crawl growth           what a page costs with 1,000 and with 10,000 articles in the archive

The web is served by a process of its own, without pauses. Time and memory are those of all processes of a crawler.
Scrapy is told all addresses by sitemaps and keeps title, date and text in one table; this program finds them by its
listings and keeps bytes, facts, copies and a search index.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import sqlite3
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

from tests.bench.filing import pages as made_up_pages
from tests.bench.filing import sources as made_up_sources
from worker.config import Source, Sources

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
    from worker.crawl import Crawl
    from worker.fetch.client import Client
    from worker.store import Archive
    from worker.workshop import Workshop

    sources = [_source(host, base, delay) for host, base in bases.items()]

    async def all_of(archive: Archive) -> int:
        workshop = Workshop(archive, readers=processes - 1)
        async with Client(contact="bench@example.org") as client:
            crawls = (Crawl(source=one, archive=archive, transport=client, workshop=workshop) for one in sources)
            try:
                return sum(count.total() for count in await asyncio.gather(*(one.run("manual") for one in crawls)))
            finally:
                workshop.close()

    with Archive.open(directory, write=True) as archive:
        archive.sync_sources(Sources(sources=tuple(sources)))
        return asyncio.run(all_of(archive))


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


def apart(what: str, bases: dict[str, str], directory: Path) -> dict[str, float]:
    """`measured` in a process of its own."""
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


def growth(sizes: list[int], rounds: int) -> None:
    """What a crawled page costs in an archive of each size."""
    from worker.store import Archive

    sites = made_up_sources()
    with tempfile.TemporaryDirectory() as temporary:
        directories = {size: Path(temporary) / str(size) for size in sizes}
        made, filled, before = made_up_pages(sites), 0, None
        for size, directory in directories.items():
            if before:
                shutil.copytree(before, directory)
            with Archive.open(directory, write=True) as archive:
                archive.sync_sources(Sources(sources=tuple(sites)))
                for capture, refined, site in islice(made, size - filled):
                    archive.file(capture, refined, site)
            filled, before = size, directory
        grown(directories, rounds)


def grown(directories: dict[int, Path], rounds: int) -> None:
    """Crawl into archives of different sizes by turns; the best round of each counts."""
    costs: dict[int, list[float]] = {size: [] for size in directories}
    memory = dict.fromkeys(directories, 0.0)
    for number in range(rounds):
        with country(4, 50, seed=number + 1) as bases:
            for size, directory in directories.items():
                one = apart("crawl", {f"{number}-{host}": base for host, base in bases.items()}, directory)
                costs[size].append(1000 * one["cpu"] / one["pages"])
                memory[size] = max(memory[size], one["mb"])
    print("a page of a crawl, as the archive grows")
    least = min(costs[min(costs)])
    for size, taken in costs.items():
        cells = f"{min(taken):6.1f} ms of CPU ({min(taken) / least:.2f} x)  {memory[size]:4.0f} MB"
        print(f"  {size:7} articles  {cells}", flush=True)


def main() -> int:
    """Run what is asked for."""
    if sys.argv[1:2] == ["measure"]:
        what, bases, directory = sys.argv[2:5]
        print(json.dumps(measured(WORK[what], json.loads(bases), Path(directory))))
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["speed", "kills"], choices=["speed", "kills", "polite", "growth"])
    parser.add_argument("--hosts", type=int, default=8)
    parser.add_argument("--articles", type=int, default=125, help="on each host")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pages", type=int, default=300, help="of a crawl that is killed")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--seed", type=int, default=0)
    told = parser.parse_args()
    problems = 0
    if "speed" in told.what:
        speed(told.hosts, told.articles, told.rounds)
    if "polite" in told.what:
        polite(500, 3)
    if "growth" in told.what:
        growth(sorted(told.sizes), told.rounds)
    if "kills" in told.what:
        problems = kills(told.kills, told.pages, told.seed)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
