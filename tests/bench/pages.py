"""Cleaning beside its peers: body F1, title, date and pages a second on the same pages in the same run.

python -m tests.bench.pages [SHARED]

SHARED (default ../shared) holds the page sets pages/ and pages_vi/ with their gold, and tools/score_pages.py: other
people's pages, which are no part of the project. The peers get the page as decoded text, this program its bytes;
seconds are CPU time of one core, once over all pages. "parse" is lexbor's parser and all text: the floor of the work.
"""

import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETS = ("pages", "pages_vi")


@dataclass(frozen=True)
class Gold:
    """A page of a set: its key and address, its bytes and the text they decode to."""

    key: str
    url: str
    body: bytes
    text: str


Prediction = tuple[str | None, str | None, str]
"""Title, publication date, body."""


def worker() -> Callable[[Gold], Prediction]:
    from worker.clean import clean
    from worker.models import Capture, Memory

    def extract(page: Gold) -> Prediction:
        header = (("content-type", "text/html"),)
        capture = Capture(url=page.url, fetched_at=datetime.now(UTC), status=200, body=page.body, headers=header)
        article = clean(capture, None, Memory()).article
        return (article.title, article.published, article.body) if article else (None, None, "")

    return extract


def parse() -> Callable[[Gold], Prediction]:
    from selectolax.lexbor import LexborHTMLParser

    def extract(page: Gold) -> Prediction:
        body = LexborHTMLParser(page.text).body
        return None, None, body.text() if body else ""

    return extract


def resiliparse() -> Callable[[Gold], Prediction]:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: (None, None, extract_plain_text(page.text, main_content=True))


def trafilatura() -> Callable[[Gold], Prediction]:
    from trafilatura import bare_extraction

    def extract(page: Gold) -> Prediction:
        found = bare_extraction(page.text, url=page.url, with_metadata=True, include_comments=False)
        return (found.title, found.date, found.text or "") if found else (None, None, "")

    return extract


def readability() -> Callable[[Gold], Prediction]:
    from lxml import html
    from readability import Document

    def extract(page: Gold) -> Prediction:
        document = Document(page.text)
        summary = html.fromstring(document.summary(html_partial=True))
        return document.short_title(), None, summary.text_content()

    return extract


def newspaper() -> Callable[[Gold], Prediction]:
    from newspaper import Article

    def extract(page: Gold) -> Prediction:
        article = Article(page.url, fetch_images=False)  # pictures would be asked for on the web
        article.download(input_html=page.text)
        article.parse()
        return article.title, str(article.publish_date or "") or None, article.text

    return extract


EXTRACTORS = {
    "parse (the floor)": (parse, "selectolax"),
    "this program": (worker, "worker"),
    "resiliparse": (resiliparse, "resiliparse"),
    "trafilatura": (trafilatura, "trafilatura"),
    "readability-lxml": (readability, "readability"),
    "newspaper4k": (newspaper, "newspaper"),
}


def read(folder: Path) -> list[Gold]:
    return [page for page, _ in read_with_gold(folder)]


def read_with_gold(folder: Path) -> Iterator[tuple[Gold, str]]:
    """The pages of a set, each with its body as it was marked by hand."""
    from worker.clean.encoding import decode

    for line in (folder / "pages.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        body = gzip.decompress((folder / "html" / f"{row['key']}.html.gz").read_bytes())
        yield Gold(row["key"], row["url"], body, decode(body).text), row["body"]


def score(scorer: Path, folder: Path, rows: list[dict[str, str | None]]) -> str:
    """The scorer's line for the whole set."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        predictions.writelines(f"{json.dumps(row)}\n" for row in rows)
        predictions.flush()
        done = subprocess.run(
            [sys.executable, scorer, folder, predictions.name], capture_output=True, text=True, check=True
        )
    return done.stdout.splitlines()[-1]


def measure(name: str, pages: list[Gold]) -> tuple[list[dict[str, str | None]], float]:
    """What one extractor makes of all pages, and its CPU seconds; a page that it fails on counts as empty."""
    make, _ = EXTRACTORS[name]
    extract = make()
    for page in pages[:5]:
        _safely(extract, page)
    began = time.process_time()
    found = [(page.key, *_safely(extract, page)) for page in pages]
    took = time.process_time() - began
    return [{"key": key, "title": title, "published": date, "body": body} for key, title, date, body in found], took


def _safely(extract: Callable[[Gold], Prediction], page: Gold) -> Prediction:
    try:
        return extract(page)
    except Exception:  # noqa: BLE001 - what a peer raises on a page is a result too
        return None, None, ""


def main() -> int:
    """Print a table for each set."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    scorer = shared / "tools" / "score_pages.py"
    for name in SETS:
        folder = shared / name
        if not (scorer.exists() and (folder / "pages.jsonl").exists()):
            print(f"skipped: the page set {folder} or its scorer is not there")
            continue
        pages = read(folder)
        print(f"\n{len(pages)} {name:17} body F1      P      R  title   date  pages/s  x parse")
        floor = 0.0
        for extractor, (_, module) in EXTRACTORS.items():
            if find_spec(module) is None:
                print(f"{extractor:20} skipped: it is not installed (the dependency group `peers` has it)")
                continue
            rows, took = measure(extractor, pages)
            floor = floor or took
            figures = re.findall(r"(?:F1|P|R|title|date) (\S+)", score(scorer, folder, rows))
            print(f"{extractor:20}  {'  '.join(figures)}  {len(pages) / took:7.0f}  {took / floor:7.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
