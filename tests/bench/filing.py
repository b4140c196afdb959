"""Filing and searching as the archive grows: what one more article costs, and how soon an answer comes.

python -m tests.bench.filing [--articles 30000] [--keep DIRECTORY]

An archive of that many made-up articles (three in ten of them copies, with facts and the chrome of their site) is
filed, twenty pages a transaction. At each size the next 1,000 pages are filed one by one and timed, each from
`Archive.file` to its commit, WARC record and its fsync included; then searches, without filters and with them, and the
queries of an article's page. On a machine that does other things too, the processor's time (CPU: of the mean page, and
p95 and p99) says more than the clock's, and most is said by what the same pages cost in a copy of the archive as it was
with 10,000 articles, filed there and here by turns by two processes ("x 10k": the mean's ratio). 300,000 articles take
an hour on a processor of their own, and 6 GB. What a directory to `--keep` holds already is not filed again: a run that
was cut off goes on.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import random
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from tests.dedup.corpus import mixed, vocabulary
from tests.store.pages import fact, page, source
from worker.config import Source, Sources
from worker.models import Capture, Fact, Refined
from worker.store import Archive
from worker.store.filing import Incoming

SIZES = (1_000, 3_000, 10_000, 30_000, 60_000, 100_000, 150_000, 200_000, 250_000, 300_000, 600_000, 1_000_000)
SMALL = 10_000
"""Articles of the archive that a larger one is compared with."""

TIMED = 1000
WARMING = 100
"""Of these, so many are not compared: the other process is a new one, and has no word at hand."""

TOGETHER = 20
"""Pages of one transaction, of those that are not timed."""

PROVINCES = [f"{code:02}" for code in (1, 4, 8, 24, 30, 31, 33, 38, 40, 48, 52, 56, 60, 64, 66, 68, 70, 75, 79, 92)]
KINDS = ("quantity", "money", "person", "place", "organisation", "date", "programme")


def sources() -> list[Source]:
    """A hundred sites."""
    return [source(f"trang-{number}", province=PROVINCES[number % len(PROVINCES)]) for number in range(100)]


def pages(sites: list[Source]) -> Iterator[tuple[Capture, Refined, Source]]:
    """Pages without end, with fifteen facts, an event and forty blocks of chrome each."""
    menus = [[f"{site.name}: mục {'abcdefghij'[n % 10]}{'klmn'[n // 10]}" for n in range(36)] for site in sites]
    chance = random.Random(11)  # noqa: S311  # the same pages at every run
    for number, piece in enumerate(mixed(10**9)):
        which = chance.randrange(len(sites))
        site, url = sites[which], f"{sites[which].home}tin/{number}.html"
        day = datetime(2018, 1, 1, tzinfo=UTC) + timedelta(hours=number % 70_000)
        chrome = [*menus[which], f"Lượt truy cập: {number}", f"Tin cũ hơn: {piece.title[::-1]}", "Bản quyền", "Liên hệ"]
        capture, refined, _ = page(
            piece.title,
            piece.body,
            url=url,
            of=site,
            hours=number / 60,
            chrome=chrome,
            facts=[*_facts(piece.body, chance, site.province, day.year), _event(piece.body, chance, day)],
            payload=piece.body + "<div>" * 3000,
            published=f"{day:%Y-%m-%d}",
        )
        yield capture, refined, site


def _facts(body: str, chance: random.Random, province: str | None, year: int) -> Iterator[Fact]:
    words = body.split(" ", 120)
    for _ in range(15):
        kind, text = chance.choice(KINDS), words[chance.randrange(len(words) - 1)]
        name = text if kind in ("person", "place", "organisation", "programme") else None
        values = {"value": {"value": 7}, "number": 7.0, "year": year, "province": province}
        yield fact(body, text, kind, name=name, **values)


def _event(body: str, chance: random.Random, day: datetime) -> Fact:
    """A meeting on the article's day, as one of a few names; in most places one is told of once."""
    name = f"Hội nghị sơ kết công tác {chance.choice(('quý một', 'quý hai', 'sáu tháng', 'chín tháng'))}"
    value = {"name": name, "where": f"xã {chance.randrange(2000)}", "host": f"Hội LHPN xã {chance.randrange(2000)}"}
    return fact(body, body.split(" ", 1)[0], "event", value=value, date_start=f"{day:%Y-%m-%d}")


def percentiles(seconds: list[float]) -> tuple[float, float, float]:
    """Median, p95 and p99 in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    return tuple(round(cut * 1000, 1) for cut in (cuts[49], cuts[94], cuts[98]))  # type: ignore[return-value]


def mean(seconds: list[float]) -> float:
    """The mean in milliseconds."""
    return round(statistics.mean(seconds) * 1000, 1)


def resident() -> float:
    """Memory of this process now, in MB."""
    pages_ = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages_ * resource.getpagesize() / 1e6


def timed(calls: list[Callable[[], object]]) -> tuple[list[float], list[float]]:
    """How long each call takes, and how much of the processor, in seconds."""
    taken, used = [], []
    gc.collect()
    gc.freeze()  # the pages that wait to be filed are the benchmark's: let no call look through them
    for call in calls:
        start, busy = time.perf_counter(), time.thread_time()
        call()
        taken.append(time.perf_counter() - start)
        used.append(time.thread_time() - busy)
    gc.unfreeze()
    return taken, used


class Beside:
    """Another process that files the same pages in a copy of an archive, each between two of ours."""

    def __init__(self, archive: Path) -> None:
        self._holder = tempfile.TemporaryDirectory(dir=archive.parent)
        copy = shutil.copytree(archive, Path(self._holder.name) / "archive")
        self._here, there = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(target=file_asked, args=(copy, there))
        self._process.start()

    def file(self, one: tuple[Capture, Refined, Source]) -> float:
        """File a page there; how much of the processor it took, in seconds."""
        self._here.send(one)
        return float(self._here.recv())

    def close(self) -> None:
        """End the process and drop the copy."""
        self._here.send(None)
        self._process.join()
        self._holder.cleanup()


def file_asked(directory: Path, asked: Connection) -> None:
    """File the pages that come, in the process of their own."""
    with Archive.open(directory, write=True) as archive:
        for one in iter(asked.recv, None):
            busy = time.thread_time()
            archive.file(*one)
            asked.send(time.thread_time() - busy)


def searches(archive: Archive, count: int, *, filtered: bool) -> list[Callable[[], object]]:
    """Queries of one to three words, common and rare, half of them without marks; each with a filter, or none."""
    from worker.vietnamese import fold

    chance = random.Random(5)  # noqa: S311  # the same queries at every run
    words, weights = vocabulary()
    calls: list[Callable[[], object]] = []
    for number in range(count):
        query = " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(1, 3)))
        query = fold(query) if number % 2 else query
        filters: dict[str, object] = chance.choice(
            [
                {"province": chance.choice(PROVINCES)},
                {"source": f"trang-{chance.randrange(100)}"},
                {"year": chance.randint(2018, 2025)},
                {"kind": chance.choice(KINDS), "year": chance.randint(2018, 2025)},
            ]
        )
        asked = filters if filtered else {}
        calls.append(lambda query=query, asked=asked: archive.search(query, **asked))  # type: ignore[misc]
    return calls


def article_pages(connection: sqlite3.Connection, count: int) -> list[Callable[[], object]]:
    """What the page of an article reads: itself, its facts, what was removed, its group."""
    (last,) = connection.execute("SELECT max(id) FROM articles").fetchone()
    chance = random.Random(6)  # noqa: S311  # the same articles at every run
    wanted = (
        "SELECT * FROM articles WHERE id = ?",
        "SELECT facts.*, name FROM facts LEFT JOIN entities ON entities.id = entity WHERE article = ?",
        "SELECT * FROM removed WHERE article = ? ORDER BY position",
        "SELECT * FROM revisions WHERE article = ?",
        "SELECT m.*, url, title FROM group_members AS m JOIN articles AS a ON a.id = m.article WHERE m.group_id ="
        " (SELECT group_id FROM articles WHERE id = ?)",
    )

    def read(article: int) -> None:
        for sql in wanted:
            connection.execute(sql, [article]).fetchall()

    chosen = [chance.randint(1, last) for _ in range(count)]
    return [lambda article=article: read(article) for article in chosen]  # type: ignore[misc]


def shares(connection: sqlite3.Connection) -> tuple[float, dict[str, float]]:
    """Size of the database in MB, and of its larger parts in percent (tables with their indexes)."""
    rows = connection.execute(
        "SELECT coalesce(m.tbl_name, s.name), sum(s.pgsize) FROM dbstat AS s LEFT JOIN sqlite_master AS m"
        " ON m.name = s.name WHERE aggregate = TRUE GROUP BY 1 ORDER BY 2 DESC"
    ).fetchall()
    total = sum(size for _, size in rows)
    parts: dict[str, float] = {}
    for name, size in rows:
        part = "articles_fts" if name.startswith("articles_fts") else name
        parts[part] = parts.get(part, 0) + 100 * size / total
    return total / 1e6, {name: round(share, 1) for name, share in parts.items() if share >= 1}


def filing(archive: Archive, ready: list[tuple[Capture, Refined, Source]], beside: Beside | None) -> list[float]:
    """What filing each of the pages costs, and how many times what it costs `beside`, where there is one."""
    calls: list[Callable[[], object]] = []
    there: list[float] = []
    for one in ready:
        if beside is not None:
            calls.append(lambda one=one: there.append(beside.file(one)))  # type: ignore[misc]
        calls.append(lambda one=one: archive.file(*one))  # type: ignore[misc]
    taken, used = timed(calls)
    if beside is not None:
        taken, used = taken[1::2], used[1::2]
    ratio = round(statistics.mean(used[WARMING:]) / statistics.mean(there[WARMING:]), 2) if there else 1.0
    return [*percentiles(taken), round(max(taken) * 1000), mean(used), *percentiles(used)[1:], ratio]


def measure(
    archive: Archive, queue: Iterator[tuple[Capture, Refined, Source]], size: int, beside: Beside | None
) -> None:
    """Print what everything costs at this size."""
    filed = filing(archive, [next(queue) for _ in range(TIMED)], beside)
    found: list[float] = []
    for filtered in (False, True):
        taken, used = timed(searches(archive, 100, filtered=filtered))
        found += [percentiles(taken)[1], percentiles(used)[1]]
    read = percentiles(timed(article_pages(archive.connection, 200))[0])
    total, parts = shares(archive.connection)
    cells = (*filed, *found, read[1], parts.get("shingles", 0.0), round(total), round(resident()))
    print(f"{size:>9}" + "".join(f"{one:>8}" for one in cells), flush=True)


def main() -> None:
    """File up to the number of articles that is asked for, and print a line at each size on the way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=30_000)
    parser.add_argument("--keep", type=Path)
    wanted = parser.parse_args()
    head: tuple[str, ...]
    print(f"{'':>9}{'filing, ms':>64}{'search, ms':>32}{'page':>8}{'copies':>8}{'file':>8}{'memory':>8}")
    head = ("p50", "p95", "p99", "most", "CPU", "CPU-p95", "CPU-p99", "x 10k")
    head += ("p95", "CPU-p95", "filter", "CPU-p95", "p95", "%", "MB", "MB")
    print(f"{'articles':>9}" + "".join(f"{one:>8}" for one in head), flush=True)
    holder = tempfile.TemporaryDirectory() if wanted.keep is None else nullcontext(wanted.keep)
    with holder as directory, Archive.open(Path(directory) / "archive", write=True) as archive:
        sites = sources()
        archive.sync_sources(Sources(sources=tuple(sites)))
        (filed,) = archive.connection.execute("SELECT count(*) FROM captures").fetchone()
        small = archive.directory.with_name(f"{archive.directory.name}-{SMALL}")
        queue = islice(pages(sites), filed, None)
        fsync = os.fsync
        for size in (one for one in SIZES if filed <= one <= wanted.articles):
            os.fsync = lambda fd: None  # only the timed pages wait for the disk
            while filed < size:
                archive.file_all([Incoming(*next(queue)) for _ in range(TOGETHER)])
                filed += TOGETHER
            os.fsync = fsync
            beside = Beside(small) if small.exists() else None
            measure(archive, queue, size, beside)
            filed += TIMED
            if beside is not None:
                beside.close()
            if size == SMALL:
                archive.backup(small)
        total, parts = shares(archive.connection)
        print(f"{total:.0f} MB of database, {1e3 * total / filed:.1f} kB an article; of it, in percent: {parts}")


if __name__ == "__main__":
    main()
