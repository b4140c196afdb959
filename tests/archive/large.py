"""A large archive of made-up articles, through the real pipeline: pages of portals, refined, and filed one by one.

    python -m tests.archive.large DIRECTORY [--articles 2000] [--told 10000]

Every portal is of one family and one province; one article in seven is a repost of another portal's. The pages are made
and refined on every processor but one, and filed by this one.

Of a large archive only the first `--told` articles go that way, some twenty a second. The others are the same articles
told again at later addresses and earlier days (tests/archive/retold.py), hundreds a second: enough to measure how fast
pages are read, since an index is as large and a count as long; not enough to measure filing or duplicates.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

from tests.archive import retold
from tests.web import FAMILIES, Portal, repost, story
from tests.web.reading import page, remember
from worker.config import Source, Sources
from worker.models import Capture, Memory, Refined
from worker.refine import refine
from worker.store import Archive

PROVINCES = ("04", "02", "10", "14", "24", "33", "34", "36", "38", "40", "44", "48", "52", "60", "66", "68", "75", "79")
TAUGHT = 12
"""Pages that teach each portal's chrome before the first is filed."""
CHUNK = 50


def portal(number: int) -> Portal:
    """Portal number so-and-so; its articles are published as they are made."""
    family = FAMILIES[number % len(FAMILIES)]
    return family(f"{family.family}-{number}.test", name=f"Hội LHPN vùng {number + 1}")


def source(number: int) -> Source:
    """Its entry of sources.yaml."""
    one = portal(number)
    return Source(
        id=f"hoi-{number}",
        name=one.name,
        home=one.base,
        kind="union",
        province=PROVINCES[number % len(PROVINCES)],
        profile=one.family,
    )


def told(which: Portal, number: int, count: int) -> Capture:
    """The page of one article, as it would be fetched."""
    tale = story(number)
    if number % 7 == 6:
        tale = repost(story(number * 7919 % max(count, 1)), number)
    which.publish(tale)
    return page(which.url_of(tale), which.article_page(tale))


def refined(
    numbers: tuple[int, ...], portals: int, count: int, memories: list[Memory]
) -> list[tuple[Capture, Refined]]:
    """Make and refine these articles; runs in a process of its own."""
    done = []
    for number in numbers:
        at = number % portals
        capture = told(portal(at), number, count)
        done.append((capture, refine(capture, source(at), memories[at])))
    return done


def fill(directory: Path, articles: int) -> None:
    """File that many articles, and say how it goes."""
    portals = min(max(articles // 40, 7), 63)
    sites = [source(number) for number in range(portals)]
    memories = [
        remember(refine(told(portal(at), 10**7 + at * TAUGHT + n, articles), sites[at]) for n in range(TAUGHT))
        for at in range(portals)
    ]
    began = time.monotonic()
    with Archive.open(directory, write=True) as archive, ProcessPoolExecutor(max((os.cpu_count() or 2) - 1, 1)) as pool:
        archive.sync_sources(Sources(sources=tuple(sites)))
        for filed, (capture, article) in enumerate(_in_order(pool, articles, portals, memories), 1):
            seen = capture.fetched_at - timedelta(minutes=articles - filed)
            at = next(site for site in sites if capture.url.startswith(site.home))
            archive.file(replace(capture, fetched_at=seen), article, at)
            if filed % 1000 == 0:
                rate = filed / (time.monotonic() - began)
                sys.stdout.write(f"{filed:>8} of {articles} articles, {rate:.0f} a second\n")
                sys.stdout.flush()


def _in_order(
    pool: ProcessPoolExecutor, count: int, portals: int, memories: list[Memory]
) -> Iterator[tuple[Capture, Refined]]:
    """All articles in the order of their numbers, a few chunks ahead of who files them."""
    numbers = iter(range(count))
    chunks = iter(lambda: tuple(islice(numbers, CHUNK)), ())
    ahead = [pool.submit(refined, chunk, portals, count, memories) for chunk in islice(chunks, 4)]
    while ahead:
        yield from ahead.pop(0).result()
        ahead += [pool.submit(refined, chunk, portals, count, memories) for chunk in islice(chunks, 1)]


def main() -> None:
    """Make one, where there is none yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--told", type=int, default=10_000, help="of these, articles that are no repetition of others")
    wanted = parser.parse_args()
    if (wanted.directory / "news.db").exists():
        sys.stdout.write(f"{wanted.directory} holds an archive already; it is left as it is\n")
        return
    fill(wanted.directory, min(wanted.articles, wanted.told))
    retold.fill_up(wanted.directory, wanted.articles)


if __name__ == "__main__":
    main()
