"""How many articles discovery finds on real section pages that are kept beside the project, and how fast.

    .venv/bin/python -m tests.bench.listings [FOLDER]

FOLDER (default ../shared/listings) holds listings.jsonl, a line a page: {"file", "url", "kind", "article_links"}. The
number there counts the links whose text has five words or more, so it holds sections with long names too; `--list`
prints what was taken and what of that kind was left, to be judged by eye.
"""

from __future__ import annotations

import argparse
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from worker.config import Source
from worker.discover import find
from worker.discover.page import read
from worker.models import Capture


def main() -> None:
    """Print a line a page, and a total."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).resolve().parents[3] / "shared" / "listings"
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    parser.add_argument("--list", action="store_true", help="print the addresses as well")
    told = parser.parse_args()
    pages = [json.loads(line) for line in (told.folder / "listings.jsonl").read_text("utf-8").splitlines()]
    totals = [0, 0]
    print(f"{'page':34} {'door':8} {'taken':>6} {'links':>6} {'titled':>6} {'dated':>6} {'next':>5} {'ms':>6}")
    for page in pages:
        taken, links = _measure(page, told.folder, show=told.list)
        if page["article_links"]:
            totals = [totals[0] + taken, totals[1] + links]
    print(f"{'total of the listings':43} {totals[0]:6} {totals[1]:6}   {totals[0] / totals[1]:.3f}")


def _measure(page: dict[str, Any], folder: Path, *, show: bool) -> tuple[int, int]:
    body = gzip.decompress((folder / page["file"]).read_bytes())
    capture = Capture(url=page["url"], fetched_at=datetime.now(UTC), status=200, body=body)
    source = Source(id="measured", name="Measured", home=page["url"], kind="press")
    start = perf_counter()
    found = find(capture, source)
    spent = perf_counter() - start
    links = page["article_links"] or 0
    titled = sum(link.title is not None for link in found.links)
    dated = sum(link.published is not None for link in found.links)
    numbers = (
        f"{len(found.links):6} {links:6} {titled:6} {dated:6} {'yes' if found.onward else 'no':>5} {spent * 1000:6.0f}"
    )
    print(f"{page['file'].partition('.')[0]:34} {found.door:8} {numbers}")
    if show:
        taken = {link.url for link in found.links}
        print(*(f"    taken  {link.url}  {link.title}" for link in found.links), sep="\n")
        texts = {url: " ".join(node.text().split()) for url, node in read(capture, source).anchors if url not in taken}
        print(*(f"    left   {url}  {text}" for url, text in texts.items() if len(text.split()) >= 5), sep="\n")
    return len(found.links), links


if __name__ == "__main__":
    main()
