"""Rebuilding and importing: pages a second with facts, one process beside two and beside Dask, and resident memory.

python -m tests.bench.rebuild [--articles 800] [--size 29000] [--processes 2] [--many 0]

Pages of tests/web/ of that size are written to a WARC file by warcio, imported, and the archive is rebuilt. Rebuilding
is timed twice: where nothing has changed, and where every article's facts have to be written anew, as an import writes
them. Refining the same pages alone says what it is to be measured by: in one bare process, and in several at once by
turns, which is all that a machine can give. The processes and as many Dask workers take turns, and the better of two
turns counts. A cluster stands already and processes are started, so the rate is told from the beginning, and from when
the first pages came back. `--many` rebuilds (without writing) so many articles whose captures refer to the same few
records, each read once: what that shows is the memory of the process that writes.

Reading what nobody wants is timed on that file, and on one of small records (`SMALL` bytes each, with their requests),
beside warcio alone (and FastWARC, where it is installed) in the same run. CPU time is that of this process, and of the
one that reads for it where there is one: of several only wall time tells, and that only on a machine with nothing else
to do.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.cluster import cluster
from tests.web.country import country
from worker.config import Sources
from worker.executors import Local
from worker.imports import Found, warc_file
from worker.imports.job import Import
from worker.rebuild import Rebuild
from worker.rebuild_reading import read_again
from worker.refine import refine
from worker.rest import collect_seldom
from worker.store import Archive

HOSTS = 4
SMALL = 3_500


def written(path: Path, articles: int, size: int) -> Sources:
    """A WARC file with so many articles of four portals by turns, and the sources they are of."""
    portals = country(HOSTS, articles // HOSTS, size=size)
    http = [("Content-Type", "text/html; charset=utf-8")]
    for portal in portals:
        portal.base = f"https://{portal.host}/"
    pages = [[(portal, story) for story in portal.all_stories] for portal in portals]
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for portal, story in filter(None, chain.from_iterable(zip_longest(*pages))):
            headers = StatusAndHeaders("200 OK", http, protocol="HTTP/1.1")
            body = portal.article_page(story).encode(portal.charset, "xmlcharrefreplace")
            date = {"WARC-Date": "2023-05-17T03:04:05Z"}
            record = writer.create_warc_record(
                portal.url_of(story), "response", payload=BytesIO(body), http_headers=headers, warc_headers_dict=date
            )
            writer.write_record(record)
    return Sources(sources=tuple(portal.source() for portal in portals))


def cut_small(path: Path, to: Path) -> Path:
    """The same pages in pieces, each a record with its request, as crawlers of the whole web write them."""
    with path.open("rb") as file, to.open("wb") as small:
        writer = WARCWriter(small, gzip=True)
        for record in ArchiveIterator(file):
            url, body = record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()
            for number, start in enumerate(range(0, len(body), SMALL)):
                asked = StatusAndHeaders(f"GET /{number} HTTP/1.1", [("Host", "a.test")], is_http_request=True)
                payload = BytesIO(body[start : start + SMALL])
                piece = f"{url}?{number}"
                writer.write_record(writer.create_warc_record(piece, "request", http_headers=asked))
                writer.write_record(
                    writer.create_warc_record(piece, "response", payload=payload, http_headers=record.http_headers)
                )
    return to


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """The result, and its seconds of wall time and of CPU time, that of processes it started and ended with it."""
    start, cpu = time.perf_counter(), _cpu()
    result = work()
    return result, time.perf_counter() - start, _cpu() - cpu


def _cpu() -> float:
    return sum(os.times()[:4])


def line(name: str, count: int, wall: float, cpu: float, more: str = "") -> None:
    print(f"{name:44}{count / wall:9.0f} pages/s of wall time {count / cpu:9.0f} of CPU time{more}", flush=True)


def refined(path: Path, sources: Sources, number: int, of: int) -> tuple[int, float, float, float]:
    """Refine one page in so many, and file none: how many, when it began and ended, and the seconds of CPU time."""
    with path.open("rb") as file:
        found = [one for one in warc_file.read(file, lambda _: True) if isinstance(one, Found)][number::of]
    refine(found[0].capture, sources.of_url(found[0].capture.url))  # what is loaded with the first page is there then
    began, cpu = time.perf_counter(), time.process_time()
    count = sum(refine(one.capture, sources.of_url(one.capture.url)).article is not None for one in found)
    return count, began, time.perf_counter(), time.process_time() - cpu


def refining(path: Path, sources: Sources, processes: int, turns: int) -> None:
    """Lines of what bare processes refine, one alone and several at once: the best of their turns."""
    hands = Local(processes, apart=True)
    executor = hands.executor()
    best: dict[int, tuple[float, float]] = {}
    for at_once in [*dict.fromkeys((1, processes))] * turns:
        parts = [executor.submit(refined, path, sources, number, processes) for number in range(at_once)]
        counts, began, ended, cpu = zip(*(part.result() for part in parts), strict=True)
        rates = sum(counts) / (max(ended) - min(began)), sum(counts) / sum(cpu)
        best[at_once] = max(best.get(at_once, rates), rates)
    hands.close()
    for at_once, (wall, cpu) in best.items():
        line(f"refine alone, {at_once} bare process{'es' if at_once > 1 else ''}", 1, 1 / wall, 1 / cpu)


def with_warcio(path: Path) -> int:
    """Read every payload with warcio and do nothing with it."""
    with path.open("rb") as file:
        return sum(len(record.content_stream().read()) for record in ArchiveIterator(file))


def with_fastwarc(path: Path) -> int:
    """Likewise with FastWARC."""
    from fastwarc.warc import ArchiveIterator as Fast

    with path.open("rb") as file:
        return sum(len(record.reader.read()) for record in Fast(file))


def passed_over(path: Path) -> int:
    """Read the file as an import does whose sources have none of its hosts."""
    with path.open("rb") as file:
        return sum(1 for _ in warc_file.read(file, lambda _: False))


def reading(path: Path, told: str) -> None:
    """Lines of how fast the records of a file are read, ours beside others."""
    megabytes = path.stat().st_size / 1e6
    readers = {"import, nothing kept": passed_over, "warcio alone": with_warcio, "FastWARC alone": with_fastwarc}
    for name, work in readers.items():
        try:
            _, wall, cpu = timed(lambda work=work: work(path))
        except ImportError:
            print(f"{f'{name}, {told}':44}{'not installed':>9}")
            continue
        print(f"{f'{name}, {told}':44}{megabytes / wall:9.1f} MB/s of gzipped WARC {megabytes / cpu:9.1f} of CPU time")


def without_facts(directory: Path) -> None:
    with sqlite3.connect(directory / "news.db") as connection:
        for table in ("facts", "statements", "private_facts"):
            connection.execute(f"DELETE FROM {table}")


def rebuilt(directory: Path, sources: Sources, executor: str) -> tuple[int, float]:
    """How many articles were read again, and in how many seconds since the first pages came back."""
    began: list[float] = []

    def progress(_: Any) -> None:
        if not began:
            began.append(time.perf_counter())

    with Archive.open(directory, write=True) as archive:
        report = Rebuild(archive=archive, sources=sources, executor=executor, progress=progress).run()
    return report.articles, time.perf_counter() - began[0]


def rebuilding(name: str, directory: Path, sources: Sources, executors: dict[str, str], turns: int) -> None:
    """A line for each executor: the best of its turns, each on a fresh copy of the archive."""
    best: dict[str, tuple[float, float, float]] = {}
    for told, executor in [*executors.items()] * turns:
        copy = directory.with_name("copy")
        shutil.copytree(directory, copy)
        (count, begun), wall, cpu = timed(lambda at=copy, by=executor: rebuilt(at, sources, by))
        best[told] = min(best.get(told, (wall, cpu, begun)), (wall, cpu, begun))
        shutil.rmtree(copy)
    for told, (wall, cpu, begun) in best.items():
        line(f"{name}, {told}", count, wall, cpu, more=f", once begun {count / begun:.0f}")


_READ: dict[Any, Any] = {}  # of the source at hand


def read_once(jobs: Sequence[Any], files: str, source: Any, memory: Any) -> list[Any]:
    """What `read_again` answers, which reads each record once only: the records are few, the captures many."""
    if next(iter(_READ), (source.id,))[0] != source.id:
        _READ.clear()
    if new := [job for job in jobs if (source.id, job.page.place) not in _READ]:
        answers = read_again(new, files, source, memory)
        _READ.update(zip(((source.id, job.page.place) for job in new), answers, strict=True))
    return [_READ[source.id, job.page.place] for job in jobs]


def memory_of_many(directory: Path, sources: Sources, count: int) -> None:
    """Make so many articles of those that are there, and print the memory at each quarter of a rebuild."""
    with sqlite3.connect(directory / "news.db") as connection:
        (last,) = connection.execute("SELECT max(id) FROM articles").fetchone()
        for table in ("captures", "articles"):
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in ("id", "url")]
            taken = ", ".join(f"capture + {last} * n" if name == "capture" else name for name in names)
            connection.execute(
                "WITH RECURSIVE times (n) AS"
                f" (SELECT 1 UNION ALL SELECT n + 1 FROM times WHERE n < {count // last - 1})"
                f" INSERT INTO {table} (id, url, {', '.join(names)})"
                f" SELECT id + {last} * n, url || '?n=' || n, {taken} FROM times, {table} WHERE id <= {last}"
            )
    told = iter((1, count // 4, count // 2, 3 * count // 4, count // last * last))
    following = next(told)

    def progress(report: Any) -> None:
        nonlocal following
        if following and report.articles >= following:
            resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1024**2
            print(f"{'resident after so many captures':44}{report.articles:9} captures {resident:9.0f} MB", flush=True)
            following = next(told, 0)

    with Archive.open(directory, write=False) as archive:
        Rebuild(
            archive=archive, sources=sources, executor="local:1", dry_run=True, work=read_once, progress=progress
        ).run()


def main() -> None:
    """Print a line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=800)
    parser.add_argument("--size", type=int, default=29_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--many", type=int, default=0, help="captures whose rebuilding shows its memory")
    told = parser.parse_args()
    collect_seldom()  # as the command does
    with tempfile.TemporaryDirectory() as folder:
        path, directory = Path(folder) / "pages.warc.gz", Path(folder) / "archive"
        sources = written(path, told.articles, told.size)
        reading(path, f"pages of {told.size} bytes")
        reading(cut_small(path, path.with_name("small.warc.gz")), f"of {SMALL}")
        refining(path, sources, told.processes, 2)
        with Archive.open(directory, write=True) as archive:
            archive.sync_sources(sources)
            result, wall, cpu = timed(lambda: Import(archive=archive, sources=sources).run([str(path)]))
        line("import, articles kept", result.filed.total(), wall, cpu)
        with cluster(Path(folder) / "dask", workers=told.processes, nanny=True) as dask:
            local = {f"{number} processes": f"local:{number}" for number in dict.fromkeys((1, told.processes))}
            both = local | {f"{told.processes} Dask workers": dask.address}
            rebuilding("rebuild, nothing changes", directory, sources, both, 2)
        without_facts(directory)
        rebuilding("rebuild, all facts written anew", directory, sources, local, 1)
        if told.many:
            memory_of_many(directory, sources, told.many)
    own, others = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{'resident at most':44}{own:9.0f} MB here, {others:.0f} MB in the largest other process")


if __name__ == "__main__":
    main()
