"""Events that are told by a verb: what someone organised or did on a day, and what a delegation did where it went."""

from __future__ import annotations

from bisect import bisect_left

from worker.facts.event_names import Event, cased, name_end, tidy
from worker.facts.organisations import organisations_of
from worker.facts.quotes import Quote
from worker.facts.span import Context
from worker.facts.words import Hit, Words, sentence_of, within, words_of

DELEGATION = 30  # words between whose delegation it is and what it did
LONGEST = 40  # words in the name of an event
DEED = 4  # words that make a deed an event: "khai trương", and two beyond
SHORTEST = 3  # words beyond "hội nghị" that make one conference tell from another
_HANDED = ("bàn giao", "khánh thành", "khởi công", "ra mắt", "trao tặng", "trao quà", "tặng quà", "thăm hỏi")
_DONE = ("tham quan", "ký kết")  # "… đã ký kết", by whomever
_VISITS = frozenset(
    (
        ("làm", "việc"),
        ("đến", "thăm"),
        ("thăm", "hỏi"),
        ("thăm", "và"),
        ("kiểm", "tra"),
        ("giám", "sát"),
        ("khảo", "sát"),
    )
)
_THERE = frozenset(("tại", "ở"))  # words that say where: all that tells one "dâng hương" from another
_COMMON = frozenset(("với",))  # words that end the names of other events, but here say with whom


def at_once(context: Context, hit: Hit) -> bool:
    """Does it say at once what an organisation did: "Hội LHPN huyện (đã) tổng kết 15 năm …"?"""
    words, first = words_of(context), hit.first
    while words.keys[first - 1] in ("đã", "vừa", "đến", "họp") and words.gap(first - 1) == " ":
        first -= 1
    if hit.entry.data[0] != "act" or words.gap(first - 1) not in (" ", ","):
        return False
    before = within(organisations_of(context), first - LONGEST, first)
    if words.gap(first - 1) == ",":
        return bool(before) and _after_day(context, first)
    return any(one.end == first for one in before)


def _after_day(context: Context, index: int) -> bool:
    """Does a clause begin with a day and go on here: "…; chiều 28-6, khởi công …", by whom the sentence spoke of?"""
    words = words_of(context)
    stop = words.ends[index - 1]
    day = next((span for span in context.overlapping(stop - 1, stop, "date") if span.end == stop), None)
    if day is None:
        return False
    opens = bisect_left(words.starts, day.start)
    opens -= words.keys[opens - 1] in ("sáng", "chiều", "tối", "ngày")
    return words.gap(opens - 1) == ";"


def deed(words: Words, hit: Hit, quoted: dict[int, Quote], acts: bool) -> Event | None:
    """ "tổ chức bàn giao “Mái ấm tình thương” cho …", "tham quan … mô hình … tại …"."""
    before = words.keys[max(0, hit.first - 6) : hit.first]
    organised = "chức" in before and before[before.index("chức") - 1] == "tổ"
    together = hit.entry.name in _HANDED and "phối" in words.keys[max(0, hit.first - 4 * len(before)) : hit.first]
    if not (organised or together or acts) and not (hit.entry.name in _DONE and "đã" in before):
        return None
    end = name_end(words, hit.end, quoted, _THERE if acts and hit.entry.name == "dâng hương" else frozenset())
    end = (
        next((at for at in range(hit.end, end) if words.gap(at) == "-" and not words.key(at + 1).isdigit()), end - 1)
        + 1
    )
    if end - hit.first < DEED:
        return None
    rule = "at-once" if acts and not (organised or together) else "deed"
    return Event(hit.first, end, tidy(cased(words, hit.first, end)), rule, weight=1)


def delegation(context: Context, hit: Hit, quoted: dict[int, Quote]) -> Event | None:
    """ "Đoàn giám sát của Hội LHPN tỉnh … (đã có buổi) làm việc với UBND thị xã …": whose, and what it did there."""
    words = words_of(context)
    whose = hit.end + (words.key(hit.end) == "của")
    sent = next(iter(within(organisations_of(context), whose, whose + 1)), None)
    if sent is None:
        return None
    _, stop = sentence_of(context, hit.first)
    for index in range(sent.end, min(stop - 1, sent.end + DELEGATION)):
        if (words.keys[index], words.keys[index + 1]) in _VISITS:
            end = name_end(words, index + 2, quoted, _COMMON)
            if end < index + SHORTEST:
                return None
            name = f"{words.written(hit.first, hit.end)} {sent.name} {words.written(index, end)}"
            return Event(hit.first, end, tidy(name[:1].upper() + name[1:]), "at-once", weight=1)
    return None
