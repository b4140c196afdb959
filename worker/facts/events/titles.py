"""Events that only the title names: "Kết quả Hội thi “…” năm 2019", "Đại hội Phụ nữ xã … khóa XVII".

The text often tells of such an event by its noun alone ("ngày 30/9 Hội Phụ nữ xã đã tổ chức Đại hội"): that mention is
then the evidence, with its day, and the title gives the name.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from worker.facts.events import days as event_days
from worker.facts.events.agents import THERE
from worker.facts.events.deeds import delegation
from worker.facts.events.names import Event, cased, name_end, tidy
from worker.facts.organisations import organisations_of
from worker.facts.quotes import quotes_of
from worker.facts.span import Context, sibling
from worker.facts.words import Hit, Words, sentence_of, within, words_of

SHORTEST = 4  # words that name an event in a title
FAR = 400  # words of the text in which the event of the title is first said
_NO_MORE = frozenset(
    ("nghị", "quyết", "mừng", "tới", "hướng", "trước", "sau", "lệ", "hoạch", "bị", "về", "từ", "nhân", "các", "những",
     "tiến", "viết", "đề", "án", "nhiều", "dịp", "vào", "theo", "biểu")
)  # fmt: skip
"""Words before an event that a title only alludes to: chào mừng, hướng tới, thể lệ, kế hoạch, bài viết về, đại biểu."""
_ONCE = re.compile(r" (?:năm \d{4}|lần thứ \w+|kh[oó][aá] [ivxl]+)\b")
"""What tells an event from all others of its name, so that it counts without a day: "Hội thi Dân vũ năm 2018"."""
_DONE = ("act", "visit", "gift", "delegation")
_LABELS = ("biên bản", "thông báo", "thư mời", "giấy mời")
_LAUNCHES = ("ra mắt", "bàn giao", "khánh thành", "khởi công")
"""What is done once, so that it counts without a day where the text begins with it, too."""
LEAD = 60  # words with which a text begins
LABEL = 6  # words of a title up to a colon
FAR_TEXT = 600  # characters of a text in which its day stands
_SHAPES = ("meeting", "named", "ceremony", "act")


def by_title(body: Context, *, acts: bool) -> Event | None:
    """The event that the title names and this text tells of. `acts`: may it be one that is told by a verb?"""
    told = _told(sibling(body, "title"))
    if told is None:
        return _done(body) if acts else None
    hit, name = told
    if hit.entry.data[0] == "act" and not acts:
        return None
    said = _said(body, hit)
    launched = hit.entry.name in _LAUNCHES and said is not None and said.first < LEAD
    rule = "titled-once" if launched or _ONCE.search(name.lower()) else "titled"
    return Event(said.first, said.end, name, rule, weight=1) if said else None


def _told(title: Context) -> tuple[Hit, str] | None:
    """The first event that a title names: its noun, and its name."""
    words = words_of(title)
    quoted = {quote.first: quote for quote in quotes_of(title)}
    for first in sorted(hit.first for hit in words.all("event")):
        hit = words.hits[first]["event"]
        if hit.entry.data[0] not in _SHAPES or title.quote(words.starts[first]) or _alluded(words, first):
            continue
        if words.at(first, "award"):
            continue  # "… đoạt giải A báo in"
        end = name_end(words, hit.end, quoted)
        if end - first >= SHORTEST and end > hit.end:
            return hit, tidy(cased(words, first, end))
    return None


def _done(body: Context) -> Event | None:
    """What a title begins with that was done, on the first day that its text names: "Thăm, tặng quà bà con vùng lũ"."""
    title = sibling(body, "title")
    words = words_of(title)
    hit = words.at(_opens(title), "event", "deed") if len(words) else None
    if hit is None or hit.entry.data[0] not in _DONE:
        return None
    quoted = {quote.first: quote for quote in quotes_of(title)}
    if hit.entry.data[0] == "delegation":
        sent = delegation(title, hit, quoted)
        end = sent.end if sent else hit.first
    else:
        end = name_end(words, hit.end, quoted, THERE)
    whole = end == len(words) or words.gap(end - 1) in (",", "-", ":")
    if end - hit.first < SHORTEST or not whole or any(words.at(at, "award") for at in range(hit.first, end)):
        return None
    day = event_days.first_told(body, FAR_TEXT)
    if day is None:
        return None
    first = bisect_left(words_of(body).starts, day[0])
    last = bisect_left(words_of(body).starts, day[1])
    return Event(first, last, tidy(cased(words, hit.first, end)), "titled", weight=1)


def _opens(title: Context) -> int:
    """The first word of a title behind a label, a place or who acts: "Biên bản | sinh hoạt …", "Sơn La: | …"."""
    words = words_of(title)
    named = next((at + 1 for at in range(min(LABEL, len(words))) if words.gap(at) == ":"), 0)
    acts = next((one.end for one in within(organisations_of(title), named, named + 1)), named)
    while acts > named and words.key(acts) in ("đã", "vừa", "tổ", "chức"):
        acts += 1
    return acts + 2 * (" ".join(words.keys[acts : acts + 2]) in _LABELS)


def _alluded(words: Words, first: int) -> bool:
    """Is it but spoken of ("hướng tới Đại hội …"), or a further thing that was done (", tập huấn …")?"""
    gap = words.gap(first - 1)
    return gap == "," or (first > 0 and words.keys[first - 1] in _NO_MORE and gap == " ")


def _said(body: Context, hit: Hit) -> Hit | None:
    """Where the text first says the noun of the event: best in a sentence that has a day."""
    words = words_of(body)
    first_said = None
    for said in words.all("event"):
        if said.first > FAR:
            break
        if said.entry.name.endswith(hit.entry.name) or hit.entry.name.endswith(said.entry.name):
            first_said = first_said or said
            opens, end = sentence_of(body, said.first)
            if event_days.of(body, opens, end):
                return said
    return first_said
