"""Pages that want to be slow: the time that cleaning takes a byte at 100 kB and at 10 MB, and its memory.

python -m tests.bench.hostile [CASE...]

Each case runs in a process of its own; seconds are CPU time. What costs more than twice as much a byte at the larger
size is not linear, and is marked.
"""

import json
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import count

SMALL, LARGE = 100_000, 10_000_000
TEXT = "Hội LHPN tỉnh trao 5 triệu đồng cho 12 hội viên nghèo. "
CHROME = '<div class="menu related">'

CASES: dict[str, tuple[str, str, str]] = {
    "an honest page": ("<title>Tin</title><h1>Tin</h1>", f"<p>{TEXT * 3}</p>", "text/html"),
    "tags never closed": ("", "<div>", "text/html"),
    "paragraphs in tags never closed": ("", "<b><i><p>x", "text/html"),
    "formatting never closed": ("<p>" + "".join(f"<b n={n}>" for n in range(500)), "<p>x", "text/html"),
    "tables in tables": ("", "<table><tr><td>x", "text/html"),
    "end tags of nothing": ("<div>", "</p>", "text/html"),
    "chrome in chrome": (CHROME * 400, "mục ", "text/html"),
    "one text": ("<p>", TEXT, "text/html"),
    "one attribute": ('<p class="', "a ", "text/html"),
    "one tag's attributes": ("<p ", "a{n}=1 ", "text/html"),
    "one tag's quoted attributes": ("<p ", "a{n}='>' ", "text/html"),
    "one comment": ("<!--", "- ", "text/html"),
    "entities": ("<p>", "&amp;&nbsp;&#x1EC7;&bogus", "text/html"),
    "zero bytes": ("<p>", "\0a", "text/html"),
    "marks without letters": ("<p>", "\u0301\u0323", "text/html"),
    "spans": ("", "<span class='a{n}'>a</span> ", "text/html"),
    "bold and links": ("<p>", "<a href=/{n}><b>x</b></a>", "text/html"),
    "headlines": ("<title>Tin</title>", "<h1>Tin {n}</h1>", "text/html"),
    "the same paragraph": ("<h1>Tin</h1>", f"<p>{TEXT * 2}</p>", "text/html"),
    "list items": ("<ul>", f"<li><a href=/{{n}}>{TEXT}</a>", "text/html"),
    "meta elements": ("<head>", "<meta property=og:title content='Tin {n}'>", "text/html"),
    "times": ("", "<time datetime='2024-05-{n}'>12/5/2024</time>", "text/html"),
    "nested JSON-LD": ('<script type="application/ld+json">', '{{"@type":"Article","a":', "text/html"),
    "images and captions": ("", "<p><img src=a.jpg></p><p><i>Ảnh {n}</i></p>", "text/html"),
    "ends of articles": ("<h1>Tin</h1>", f"<p>{TEXT * 2}</p><p>Tin liên quan</p>", "text/html"),
    "words of chrome": (f"<h1>Tin</h1><p>{TEXT * 2}</p>", "<p>Thảo luận</p>", "text/html"),
    "a text without a line": ("", TEXT, "text/plain"),
    "a text of short lines": ("", "Tin {n}\n", "text/plain"),
    "a text of punctuation": ("", '.,;:!?()"-', "text/plain"),
    "a text of digits": ("", "0123456789", "text/plain"),
    "a text of dates": ("", "Thứ hai, 12/5/2024 08:30 ", "text/plain"),
}


def body(case: str, size: int) -> tuple[bytes, str]:
    """A page of that size, and its media type."""
    start, again, mime = CASES[case]
    if "{n}" in again:
        parts, length, numbers = [start], len(start), count()
        while length < size:
            parts.append(again.replace("{n}", str(next(numbers))))
            length += len(parts[-1].encode())
        return "".join(parts).encode()[:size], mime
    again = again.replace("{{", "{")
    return (start + again * (size // len(again.encode()) + 1)).encode()[:size], mime


def run(case: str, size: int) -> dict[str, float]:
    """The CPU seconds of one cleaning and the memory it took, in this process."""
    from worker.models import Capture, Memory
    from worker.refine import refine

    def capture(page: bytes, mime: str) -> Capture:
        headers = (("content-type", f"{mime}; charset=utf-8"),)
        return Capture(url="https://a.test/x", fetched_at=datetime.now(UTC), status=200, body=page, headers=headers)

    refine(capture(*body("an honest page", 10_000)), None, Memory(), facts=False)
    page, mime = body(case, size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    times = 0
    while not times or (time.process_time() - began < 0.1 and size == SMALL):
        refine(capture(page, mime), None, Memory(), facts=False)
        times += 1
    took = (time.process_time() - began) / times
    return {"seconds": took, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before}


def main() -> int:
    """Print the table; the exit status is 1 where a case is not linear."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(run(sys.argv[2], int(sys.argv[3]))))
        return 0
    worst = 0.0
    print(f"{'':<34}{'100 kB':>10}{'10 MB':>10}{'a byte':>9}{'memory':>10}")
    for case in sys.argv[1:] or CASES:
        small, large = (_apart(case, size) for size in (SMALL, LARGE))
        ratio = large["seconds"] / small["seconds"] * SMALL / LARGE
        worst = max(worst, ratio)
        print(
            f"{case:<34}{small['seconds'] * 1e3:>7.1f} ms{large['seconds']:>8.2f} s{ratio:>8.2f}x"
            f"{large['memory'] / 1024:>7.0f} MB{'  not linear' if ratio > 2 else ''}",
            flush=True,
        )
    return int(worst > 2)


def _apart(case: str, size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.hostile", "--one", case, str(size)]
    found: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
