"""Rebuilding and importing: pages a second with facts, one process beside two, and resident memory.

python -m tests.bench.rebuild [--articles 800] [--size 29000] [--processes 2]

Pages of tests/web/ of that size are written to a WARC file by warcio, imported, and the archive is rebuilt. Rebuilding
is timed twice: where nothing has changed, and where every article's facts have to be written anew; refining the same
pages alone says what it is to be measured by. Reading the file with warcio alone (and with FastWARC, where it is
installed) is timed in the same run. CPU time is that of this process: of the others only wall time tells, and that only
on a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.web.country import country
from worker.config import Sources
from worker.imports import Found, warc_file
from worker.imports.job import Import
from worker.rebuild import Rebuild
from worker.refine import refine
from worker.store import Archive

HOSTS = 4


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


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """The result, and its seconds of wall time and of this process's CPU time."""
    start, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - start, time.process_time() - cpu


def line(name: str, count: int, wall: float, cpu: float, unit: str = "pages") -> None:
    print(f"{name:44}{count / wall:9.0f} {unit}/s of wall time {count / cpu:9.0f} of CPU time", flush=True)


def refined(path: Path, sources: Sources) -> int:
    """Read and refine every page, and file none."""
    with path.open("rb") as file:
        found = [one for one in warc_file.read(file, lambda _: True) if isinstance(one, Found)]
    return sum(refine(one.capture, sources.of_url(one.capture.url)).article is not None for one in found)


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


def reading(path: Path) -> None:
    megabytes = path.stat().st_size / 1e6
    readers = {"import, nothing kept": passed_over, "warcio alone": with_warcio, "FastWARC alone": with_fastwarc}
    for name, work in readers.items():
        try:
            _, wall, cpu = timed(lambda work=work: work(path))
        except ImportError:
            print(f"{name:44}{'not installed':>9}")
            continue
        print(f"{name:44}{megabytes / wall:9.1f} MB/s of gzipped WARC {megabytes / cpu:9.1f} of CPU time")


def without_facts(directory: Path) -> None:
    with sqlite3.connect(directory / "news.db") as connection:
        for table in ("facts", "statements", "private_facts"):
            connection.execute(f"DELETE FROM {table}")


def rebuilt(directory: Path, sources: Sources, processes: int) -> Any:
    with Archive.open(directory, write=True) as archive:
        return Rebuild(archive=archive, sources=sources, executor=f"local:{processes}").run()


def main() -> None:
    """Print a line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=800)
    parser.add_argument("--size", type=int, default=29_000)
    parser.add_argument("--processes", type=int, default=2)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, directory = Path(folder) / "pages.warc.gz", Path(folder) / "archive"
        sources = written(path, told.articles, told.size)
        reading(path)
        count, wall, cpu = timed(lambda: refined(path, sources))
        line("refine alone", count, wall, cpu)
        with Archive.open(directory, write=True) as archive:
            archive.sync_sources(sources)
            result, wall, cpu = timed(lambda: Import(archive=archive, sources=sources).run([str(path)]))
        line("import, articles kept", result.filed.total(), wall, cpu)
        for name, prepare in (("rebuild, nothing changes", None), ("rebuild, all facts written anew", without_facts)):
            for processes in dict.fromkeys((1, told.processes)):
                copy = Path(folder) / "copy"
                shutil.copytree(directory, copy)
                if prepare:
                    prepare(copy)
                report, wall, cpu = timed(lambda n=processes, at=copy: rebuilt(at, sources, n))
                line(f"{name}, {processes} processes", report.articles, wall, cpu)
                shutil.rmtree(copy)
    own, others = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{'resident at most':44}{own:9.0f} MB here, {others:.0f} MB in the largest other process")


if __name__ == "__main__":
    main()
