"""What a quotation is the name of, by the nearest noun that introduces it: a programme, a theme, an event, or none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from worker.facts.span import Context, read_once
from worker.facts.words import Hit, Words, words_of

REACH = 10  # words between the noun and the quotation
LONGER = 2  # words by which a noun may be longer than the one it ends with: "đêm thời trang", "trang"
LISTED = 14  # words from one quotation of a list to the next: "“A” ở làng B với 4,2 tấn lúa, “C” tại …"
LONGEST = 45  # words in the name of a campaign
_CHAIN = frozenset(("và", "giai", "đoạn", "năm", "hay", "hoặc", "với"))
"""Words that may stand between two quotations of one list, beside numbers: "…” giai đoạn 2022 - 2027, “…"."""
_OWN = frozenset(
    ("ngày", "ngày hội", "tuần lễ", "tháng", "hội thi", "cuộc thi", "giải", "liên hoan", "festival", "lễ hội")
)
"""Nouns with which a quotation says itself what it is."""
_HALVES = {
    "giải": frozenset(("quyết", "pháp", "phóng", "thích", "trí", "đáp", "ngân", "cứu", "tỏa", "thể")),
    "ngày": frozenset(("càng", "nay", "xưa", "mai", "nào")),
    "tháng": frozenset(
        ("ngày", "giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "chạp")
    ),  # “Tháng ba ấm áp” is called after its month
}
"""Such a noun -> the words behind it that make another word of the two."""
_NOT_AFTER = {"huy hiệu": "phát", "quỹ": "gây"}
"""A noun -> the word before it with which it is another: phát huy hiệu quả, (đêm nhạc) gây quỹ."""
_CLUBS = ("câu lạc bộ", "CLB")
_OPENS = ("“", '"', "«")
_ENDS = (".", "?", "!", ";")
"""What ends a sentence before the mark that opens a quotation."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, words [first, end), and what introduces it: its kind and the word where the noun begins."""

    first: int
    end: int
    kind: str  # programme | theme | event | other | none
    head: Hit | None
    chained: bool = False  # it takes its kind from the quotation before it


@read_once
def quotes_of(context: Context) -> list[Quote]:
    """The quotations of this part, in the order of the text. Read once."""
    return list(_read(context))


def _read(context: Context) -> Iterator[Quote]:
    words = words_of(context)
    last: Quote | None = None
    for start, end in context.quotes:
        first, stop = bisect_left(words.starts, start), bisect_left(words.starts, end)
        if first == stop or stop - first > LONGEST:
            continue
        own = words.at(first, "head")  # “Ngày hội …”, “Giải đi bộ …”: it says itself what it is
        if own and own.entry.name in _OWN and own.end < stop and not _told(words, stop) and not _compound(words, own):
            quote = Quote(first, stop, own.entry.data[0], own)
        elif last and _chained(words, last.end, first):
            quote = Quote(first, stop, last.kind, last.head, chained=True)
        else:
            head = _head(words, first, last.end if last else 0)
            if head is None and last and _listed(words, last, first):
                quote = Quote(first, stop, last.kind, last.head, chained=True)
            else:
                kind = head.entry.data[0] if head else "none"
                made = _several(words, head, first, stop) if head else _counted(words, first)
                quote = Quote(first, stop, "programme" if made else kind, head)
        last = quote
        yield quote


def _compound(words: Words, own: Hit) -> bool:
    """Is the noun but the first half of another word: giải quyết, giải pháp, ngày càng?"""
    return words.keys[own.end] in _HALVES.get(own.entry.name, ())


def _told(words: Words, end: int) -> bool:
    """Does it say behind the quotation who told it: "“Ngày nào tôi cũng ghé”, chị Hoa kể"?"""
    return words.gap(end - 1).endswith((",", "-")) and words.at(end, "honorific") is not None


def _speaks(words: Words, index: int, first: int) -> bool:
    """Does someone speak what begins with word `first`, whom a clause of their own names: "…, chị xúc động: “…”"?"""
    if words.gap(first - 1)[:1] != ":":
        return False
    clauses = (at + 1 for at in range(index - 1, first - 1) if words.gap(at) == ",")
    return any(words.at(at, "honorific") for at in clauses)


def _chained(words: Words, end: int, first: int) -> bool:
    """Does nothing but list marks, years and "và" stand between the two quotations?"""
    if first - end > REACH or "\n" in words.text[words.ends[end - 1] : words.starts[first]]:
        return False
    between = words.text[words.ends[end - 1] : words.starts[first]]
    if {".", ";", ":"} & set(between):
        return False
    if words.keys[first - 1] == "và" and not any(words.at(index, "head") for index in range(end, first)):
        return True  # "mô hình “…” ở xã A và “…”"
    return all(words.keys[index] in _CHAIN or words.keys[index].isdigit() for index in range(end, first))


def _listed(words: Words, last: Quote, first: int) -> bool:
    """Is it a further one of a list, each with what is said of it: "mô hình “A” ở xã B, “C” tại thôn D"?"""
    if last.kind != "programme" or first - last.end > LISTED or words.gap(first - 1).lstrip(")")[:1] != ",":
        return False
    return not {".", ";", ":", "\n", "?", "!"} & {mark for at in range(last.end, first) for mark in words.gap(at)}


def _counted(words: Words, first: int) -> bool:
    """Is there a number of them: "duy trì 312 “Đoạn đường nở hoa”"? People count what they have made by its name."""
    return (
        first > 0
        and words.keys[first - 1].isdigit()
        and words.capital(first)
        and words.gap(first - 1) in ("“", '"', "«")
    )


def _several(words: Words, head: Hit, first: int, end: int) -> bool:
    """Are there several clubs by this name: "9 CLB “Gia đình hạnh phúc”"? It is a model's, and no single club's."""
    if head.entry.name not in _CLUBS or head.end < first or ":" in words.gap(first - 1):
        return False
    if words.gap(end - 1)[1:2] == "," and words.gap(end - 1)[-1:] in _OPENS:
        return False  # "3 CLB “Yoga”, “Dân vũ”, “Cầu lông”" are one of each
    count = words.keys[head.first - 1] if head.first and words.gap(head.first - 1) == " " else ""
    return count.isdigit() and int(count[-4:]) > 1


def _head(words: Words, first: int, lowest: int) -> Hit | None:
    """The nearest noun before the quotation that says what it is, in the same clause."""
    reach = REACH + (
        REACH // 2 if words.gap(first - 1).startswith(":") else 0
    )  # "Chủ đề … được 5 đơn vị thống nhất: “…”"
    for index in range(first - 1, max(lowest, first - reach) - 1, -1):
        gap = words.gap(index)
        if "\n" in gap or gap.startswith(_ENDS) or (":" in gap and first - index > 4):
            return None
        hit = words.at(index, "head")
        if hit and _NOT_AFTER.get(hit.entry.name) == words.keys[index - 1]:
            hit = None
        if hit and hit.entry.data[0] == "event" and any("," in words.gap(at) for at in range(hit.end - 1, first - 1)):
            hit = None  # "mô hình được giới thiệu tại hội nghị, như “…”"
        if hit and hit.entry.data[0] == "event" and words.keys[first - 1] == "là":
            hit = None  # "mô hình được nêu tại hội nghị là “…”"
        if hit and _speaks(words, hit.end, first):
            return None
        if hit and hit.end <= first and (hit.entry.data[1] == "far" or first - hit.end <= 1):
            before = (words.at(at, "head") for at in range(index - 1, max(lowest, index - LONGER) - 1, -1))
            return next((longer for longer in before if longer and longer.end == hit.end), hit)
    return None
