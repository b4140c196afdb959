"""Whom a title alone means: "Năm 2021, chị được tặng Bằng khen", "Đại hội bầu bà vào Ban Chấp hành"."""

from __future__ import annotations

from worker.facts.people import people_of
from worker.facts.people.person import Person
from worker.facts.span import Context
from worker.facts.words import Words, within, words_of

PORTRAIT = 600  # words back to whom an article portrays
YEAR = 4  # digits of a year: "năm 1996 chị được bầu" counts nobody
FAR = 60  # words back to whoever else was named
WOMEN = frozenset(("chị", "bà", "cô", "mẹ", "má", "dì", "mế"))
MEN = frozenset(("ông", "anh", "chú", "thầy"))
TITLES = WOMEN | MEN | {"em", "cụ", "bác"}
"""Titles that stand for a name."""
_MANY = frozenset(("các", "những", "nhiều", "hai", "ba", "mấy", "mỗi", "trẻ"))
_NOBODY = frozenset(
    (
        "sĩ",
        "gái",
        "trai",
        "dâu",
        "rể",
        "ruột",
        "nuôi",
        "ngoại",
        "nội",
        "út",
        "con",
        "em",
        "chị",
        "anh",
        "nhỏ",
        "bầu",
        "ấy",
        "kia",
        "nào",
        "cô",
        "cháu",
        "ông",
        "bà",
    )
)
"""What makes of a title many people: "bà con", "chị em", "ông bà"."""


_LISTS = frozenset(":;“”»")
"""Marks before a name with titles that opens no sentence: "Tới dự có: đồng chí A; | đồng chí B"."""


def stands_alone(context: Context, index: int) -> bool:
    """Is this word a title that no name follows, and that means one person: "bà", but not "bà con" or "các bà"?

    Of "đồng chí" it is the second word.
    """
    words = words_of(context)
    first = index - (index > 0 and words.keys[index - 1 : index + 1] == ["đồng", "chí"])
    if (words.key(index) not in TITLES and first == index) or (words.gap(index) == " " and words.capital(index + 1)):
        return False
    if words.capital(first) and words.capital(first - 1) and words.gap(first - 1) == " ":
        return False  # "đội bản A Má"
    many = words.gap(first - 1) == " " and words.keys[first - 1] in _MANY
    counted = words.gap(first - 1) == " " and words.key(first - 1).isdigit() and len(words.key(first - 1)) < YEAR
    many = many or counted  # "cử 17 chị vào Ban Chấp hành"
    many = many or (first > 0 and words.keys[first - 1] in TITLES and words.gap(first - 1) in (" ", ","))  # "ông, bà"
    return not many and not (words.gap(index) == " " and words.key(index + 1) in _NOBODY)


def _opens(words: Words, index: int) -> bool:
    """Does a name open a sentence, or a line, with titles before it: "2. | Đại tá, PGS.TS. X - Trưởng phòng …"?

    Behind an office, or "đồng chí", it is who speaks of somebody: "Đồng chí Y cho biết, chị được …".
    """
    first = index
    while (title := words.ending(first, "honorific", "office")) and words.gap(first - 1) in (" ", ".", ","):
        office = title.entry.sort == "office" and title.entry.data[0] != "rank"
        if office or words.keys[first - 1] in ("chí", "c"):
            return False
        first = title.first
    return words.opens_sentence(first) and (first == index or words.gap(first - 1)[-1:] not in _LISTS)


def meant_by(context: Context, index: int) -> Person | None:
    """Whom the title at this word means: who was named last with it or opened a sentence, else who may bear it."""
    words, people = words_of(context), people_of(context)
    title = words.keys[index]
    others = (TITLES if title in ("em", "cụ", "bác") else WOMEN | MEN) - {title}
    for one in reversed(within(people, index - PORTRAIT, index)):
        called = words.keys[one.first - 1] if one.first else ""
        if one.end <= index and (called == title or (called not in others and _opens(words, one.first))):
            return one
    strangers = MEN if title in WOMEN else WOMEN if title in MEN else frozenset[str]()
    near = [one for one in within(people, index - FAR, index) if one.first and one.end <= index]
    fits = [one for one in near if words.keys[one.first - 1] not in strangers]
    return fits[-1] if fits else None
