"""Many portals at once, for crawls: as many hosts, articles and reposts as are asked for, in all families by turns.

To serve them from a process of its own, so that a benchmark does not share its interpreter with the web it reads:

    python -m tests.web.country --hosts 8 --articles 125 --size 29000

prints one line of JSON, {host: address}, and serves until it is interrupted.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from random import Random

from tests.web import FAMILIES, Portal, repost, serve, story


def country(hosts: int, articles: int, *, reposts: float = 0.15, size: int = 0, seed: int = 0) -> list[Portal]:
    """Portals with so many articles each; a share of those of every portal is taken from others, later and altered."""
    dice = Random(seed)  # noqa: S311 - made-up articles, not secrets
    copied = round(articles * reposts) if hosts > 1 else 0
    own = articles - copied
    portals = []
    for host in range(hosts):
        told = [story(host * own + number, seed) for number in range(own)]
        for number in range(copied):
            other = dice.choice([index for index in range(hosts) if index != host])
            original = story(other * own + dice.randrange(own), seed)
            told.append(repost(original, 1_000_000 + host * articles + number, seed))
        family = FAMILIES[host % len(FAMILIES)]
        portals.append(family(f"{family.family}-{host}.test", told, name=f"Hội LHPN vùng {host + 1}", size=size))
    return portals


def main() -> None:
    """Serve a country until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=8)
    parser.add_argument("--articles", type=int, default=125, help="on each host")
    parser.add_argument("--reposts", type=float, default=0.15, help="share of the articles that stand elsewhere too")
    parser.add_argument("--size", type=int, default=29_000, help="bytes that an article page has at least")
    parser.add_argument("--seed", type=int, default=0)
    told = parser.parse_args()
    portals = country(told.hosts, told.articles, reposts=told.reposts, size=told.size, seed=told.seed)
    with serve(*portals):
        sys.stdout.write(json.dumps({portal.host: portal.base for portal in portals}) + "\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
