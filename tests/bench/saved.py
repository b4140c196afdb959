"""Pages saved as text: made-up stories within the chrome of made-up sites, and what the cleaner keeps of both.

python -m tests.bench.saved [--show] [--set A]

Each frame of tests/bench/gold/frames.json is what stands around an article on one site, line by line, as a browser
saves it: menus, clocks, share bars, links between the paragraphs, other articles, comments, footers. Their authors had
not seen the cleaner; each set was measured once before anything was mended for it. Four stories are put into each.
Counted are titles and dates that are right, lines of the text that are lost, lines of chrome that are kept, and pages
where nothing is wrong. `--show` lists what is wrong.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.web import Story, story

ROOT = Path(__file__).resolve().parents[2]
FRAMES = ROOT / "tests" / "bench" / "gold" / "frames.json"
STORIES = 4
"""In each frame."""
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass
class Page:
    """A story within a frame: its lines, and what each is (title, date, byline, source, text, caption, chrome)."""

    frame: dict[str, Any]
    told: Story
    lines: list[tuple[str, str]] = field(default_factory=list)
    dated: bool = False

    @property
    def key(self) -> str:
        """Frame and story."""
        return f"{self.frame['id']}-{self.told.id}"

    def add(self, text: str, what: str) -> None:
        """One more line; what stands there for a further time is a copy."""
        again = what in ("title", "text", "caption") and (text, what) in self.lines
        self.lines.append((text, "copy" if again else what))


def pages() -> Iterator[Page]:
    """Every frame with its stories."""
    frames = json.loads(FRAMES.read_text("utf-8"))["frames"]
    for at, frame in enumerate(frames):
        for number in range(at * STORIES, (at + 1) * STORIES):
            yield framed(frame, story(number))


def framed(frame: dict[str, Any], told: Story) -> Page:
    """The page that a site makes of a story."""
    page, body = Page(frame, told), _body(told)
    for line in frame["lines"]:
        if isinstance(line, str):
            page.add(line, "chrome" if line.strip() else "blank")
        elif line["is"] == "title":
            around = line.get("prefix", ""), line.get("suffix", "")
            page.add(f"{around[0]}{told.title}{around[1]}", "chrome" if any(around) else "title")
        elif line["is"] == "date":
            page.dated = True
            page.add(_dated(line["format"], told), "date")
        elif line["is"] == "lead":
            page.add(*body[0])
        elif line["is"] == "body again":
            for text, what in body:
                page.add(text, what)
        elif line["is"] == "body":
            for text, what in body[line.get("from") or 0 : line.get("to")]:
                page.add(text, what)
                page.add("", "blank")
        else:  # byline, source, blank
            page.add(line.get("text", ""), line["is"])
    return page


def _body(told: Story) -> list[tuple[str, str]]:
    """The lines of a story, and whether each is text or a caption; headings and list items are text."""
    captions = set(told.captions.split("\n"))
    shown: list[tuple[str, str]] = [(told.lead, "text")] if told.lead else []
    for part in told.parts:
        lines = getattr(part, "caption", "") or getattr(part, "text", "")
        shown += [(line, "caption" if line in captions else "text") for line in lines.split("\n") if line]
    return shown


def _dated(form: str, told: Story) -> str:
    day = told.published
    assert day is not None
    return form.format(
        dd=f"{day.day:02}",
        d=day.day,
        mm=f"{day.month:02}",
        m=day.month,
        yyyy=day.year,
        weekday=_WEEKDAYS[day.weekday()],
    )


def cleaned(of: list[Page]) -> dict[str, dict[str, Any]]:
    """What `worker clean --jsonl` makes of them, by key."""
    asked = (
        {
            "key": page.key,
            "url": page.frame["url"],
            "text": "\n".join(text for text, _ in page.lines),
            "fetched_at": (page.told.published + timedelta(days=400)).isoformat() if page.told.published else None,
        }
        for page in of
    )
    done = subprocess.run(
        [sys.executable, "-m", "worker", "clean", "--jsonl", "--no-facts"],
        input="".join(f"{json.dumps(one)}\n" for one in asked),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {row["key"]: row for row in map(json.loads, done.stdout.splitlines())}


def judged(page: Page, row: dict[str, Any]) -> tuple[Counter[str], list[str]]:
    """What was right and wrong, counted, and the wrong lines, each with - (lost) or + (kept)."""
    kept = {" ".join(line.split()) for part in ("body", "captions") for line in row[part].split("\n")}
    own = {" ".join(text.split()) for text, what in page.lines if what in ("text", "caption")}
    lost = [text for text, what in page.lines if what in ("text", "caption") and " ".join(text.split()) not in kept]
    leaked = [
        text
        for text, what in page.lines
        if what in ("chrome", "date", "source", "byline") and " ".join(text.split()) in kept - own
    ]
    title = row["title"] == page.told.title
    day = page.told.published.date().isoformat() if page.told.published and page.dated else None
    date = (row["published"] or "")[:10] == (day or "")
    counts = Counter(pages=1, title=title, date=date, text=len(own), lost=len(lost), leaked=len(leaked))
    counts["chrome"] = sum(what == "chrome" for _, what in page.lines)
    counts["flawless"] = title and date and not lost and not leaked
    wrong = [f"  title: {row['title']}"] * (not title) + [f"  date: {row['published']}, not {day}"] * (not date)
    return counts, [*wrong, *(f"  - {line}" for line in lost), *(f"  + {line}" for line in leaked)]


def main() -> int:
    """Print a line for each set of frames."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="list what is wrong, page by page")
    parser.add_argument("--set", help="only the frames of this set")
    asked = parser.parse_args()
    every = [page for page in pages() if asked.set in (None, page.frame["set"])]
    rows, totals = cleaned(every), dict[str, Counter[str]]()
    for page in every:
        counts, wrong = judged(page, rows[page.key])
        totals.setdefault(page.frame["set"], Counter()).update(counts)
        if asked.show and wrong:
            print(f"{page.key} ({page.frame['note']})", *wrong, sep="\n")
    print(f"{'set':6}{'pages':>7}{'title':>9}{'date':>9}{'lines lost':>18}{'chrome kept':>18}{'flawless':>11}")
    for name, sums in sorted(totals.items()):
        n = sums["pages"]
        lost, leaked = f"{sums['lost']} of {sums['text']}", f"{sums['leaked']} of {sums['chrome']}"
        shares = f"{sums['title'] / n:>9.3f}{sums['date'] / n:>9.3f}{lost:>18}{leaked:>18}{sums['flawless'] / n:>11.3f}"
        print(f"{name:6}{n:>7}{shares}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
