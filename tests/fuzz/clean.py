"""Fuzz the whole pure middle at its three entrances: any bytes, saved text, and markup.

uv run --group fuzz python -m tests.fuzz.clean bytes|text|html [-max_total_time=600] [CORPUS]

Beside a crash, what counts as one: facts that are not where they say, text that is not composed, a second cleaning that
differs from the first. Arguments after the entrance are libFuzzer's.
"""

import sys
import unicodedata
from datetime import UTC, datetime

import atheris

with atheris.instrument_imports(include=["worker.clean", "worker.facts", "worker.vietnamese"]):
    from worker.models import Capture, Refined
    from worker.refine import NOTHING_SEEN, refine

FETCHED = datetime(2026, 11, 20, tzinfo=UTC)
TYPES = {"bytes": "", "text": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8"}
WORDS = (
    *("<p>", "</p>", "<div class=related>", "<nav>", "<h1>", "<table><tr><td>", "<b>", "<!--", "<script>", "<title>"),
    *("<ul><li>", "<dl><dt>", "<blockquote>", "<footer>", "<pre>", '<span style="left:-9999px">', "</div>", "</table>"),
    *("<meta property=og:title content=", '<script type="application/ld+json">{"@type":"NewsArticle",', "&nbsp;", "\n"),
    *(
        "Hội LHPN tỉnh Bình Phước ",
        "trao 120 suất quà, tổng 1,2 tỷ đồng ",
        "ngày 12/5/2024 ",
        "Sáng 8-3, ",
        "bà Lê Thị ",
    ),
    *("Quyết định số 938/QĐ-TTg ", "nhiệm kỳ 2021 - 2026 ", "đạt 95,5% ", "Tin liên quan", "Lượt xem: 1.204", "“", "”"),
)


def page(data: bytes, entrance: str) -> bytes:
    """The bytes themselves, or a page of the genre's words and markup that they choose."""
    if entrance == "bytes":
        return data
    given = atheris.FuzzedDataProvider(data)
    parts: list[str] = []
    while given.remaining_bytes():
        if given.ConsumeBool():
            parts.append(WORDS[given.ConsumeIntInRange(0, len(WORDS) - 1)])
        else:
            parts.append(given.ConsumeUnicodeNoSurrogates(12))
    return "".join(parts).encode()


def check(first: Refined, second: Refined) -> None:
    """Raise if what was made of a page cannot be right."""
    assert first == second, "the second cleaning differs"
    assert all(unicodedata.is_normalized("NFC", block.text) for block in first.blocks), "text is not composed"
    if first.article is not None:
        for fact in first.facts:
            assert first.article.part(fact.part)[fact.start : fact.end] == fact.text, f"{fact} is not where it says"


def main() -> None:
    """Fuzz until told to stop."""
    entrance = sys.argv[1] if len(sys.argv) > 1 else ""
    if entrance not in TYPES:
        sys.exit(f"say where to enter: {', '.join(TYPES)}")

    def one(data: bytes) -> None:
        headers = (("content-type", TYPES[entrance]),) if TYPES[entrance] else ()
        capture = Capture(
            url="https://hoi.test/tin", fetched_at=FETCHED, status=200, body=page(data, entrance), headers=headers
        )
        check(refine(capture, None, NOTHING_SEEN), refine(capture, None, NOTHING_SEEN))

    atheris.Setup([sys.argv[0], *sys.argv[2:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
