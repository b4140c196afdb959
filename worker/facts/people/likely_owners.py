"""Which organisation of an article is meant where an office or a short form names none: "Hiệu trưởng", "Chủ tịch Hội".

Those of the sort asked for are ranked by where they stand: in the office's own sentence, shortly before it, in the
title, alone of their sort in the article, farther back, implied by whose women it is about, as the source itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from worker.facts.organisations import organisations_of
from worker.facts.organisations.organisation import Organisation
from worker.facts.places import place_at
from worker.facts.span import Context, Page, context_of, read_once, sibling
from worker.facts.words import Words, sentence_of, within, words_of

Sorts = tuple[str, ...]
"""How the names begin that are asked for: ("Trường", "Đại học")."""

UNIONS: Sorts = ("Hội LHPN", "Hội Phụ nữ")
BUSINESSWOMEN: Sorts = ("Hội Nữ doanh nhân", "Hội Doanh nhân nữ", "Hội Nữ doanh nghiệp", "Hiệp hội Nữ doanh nhân",
                        "Hiệp hội Doanh nhân nữ")  # fmt: skip
"""What "Hội" is where these are the first that the text names, or the last before it."""
NEAR = 80  # words back to an organisation that was named shortly before
FAR = 400  # the same, for a union that nothing else tells
LEAD = 60  # words in which an article says whose women it is about
MERGED = 40  # words of a list of those that were merged
_MERGERS = (["sáp", "nhập"], ["hợp", "nhất"])
POSTS = 8  # words of offices that are to be filled
_NAMING = ("title", "body", "captions")
_GIVEN = frozenset(("được", "cho", "cùng", "với", "diện", "dự"))
"""Before an organisation that is not the one spoken of: "được Hội LHPN tỉnh chọn", "đại diện Hội LHPN tỉnh"."""
_GIVES = frozenset(("tặng", "khen", "chọn"))


class Owner(NamedTuple):
    """An organisation that is meant, and how sure that is."""

    name: str
    confidence: float


def likely_owner(context: Context, index: int, sorts: Sorts) -> Owner | None:
    """The organisation of these sorts that is meant at a word, by the places where the article names such."""
    if sorts == UNIONS and (_is_of_businesswomen(context.page) or _businesswomen_last(context, index)):
        return likely_owner(context, index, BUSINESSWOMEN)
    first, _ = sentence_of(context, index)
    near = within(organisations_of(context), min(first, index - NEAR), index)
    in_sentence = [one for one in near if one.first >= first]
    words = words_of(context)
    line = bisect_left(words.starts, context.paragraph(words.starts[index])[0])
    beside = (
        one
        for one in reversed(in_sentence)
        if not (words.key(one.first - 1) == "được" or _is_remembered(words, one) or _is_merged(words, one))
    )
    return (
        _nearest(beside, sorts, 0.9)
        or _nearest((one for one in reversed(near) if not _in_passing(words, one, line)), sorts, 0.8)
        or _only(context, sorts)
        or (_far(context, index, sorts) if sorts == UNIONS else None)
        or _nearest(reversed(near), sorts, 0.5)
        or _source(context, sorts)
    )


@read_once
def _is_of_businesswomen(page: Page) -> bool:
    """Does the text name an association of businesswomen before any union: is it their "Hội" that it speaks of?"""
    named = (one for one in organisations_of(context_of(page, "body")) if one.name.startswith(("Hội ", "Hiệp hội ")))
    first = next(named, None)
    return first is not None and fits(first.name, BUSINESSWOMEN)


def _businesswomen_last(context: Context, index: int) -> bool:
    """Is theirs the last association that is named in full in the lines before a word, and not in passing?"""
    if not _names_businesswomen(context):
        return False
    words = words_of(context)
    near = within(organisations_of(context), index - NEAR, index)
    meant = (one for one in reversed(near) if not _in_passing(words, one, 0))
    last = next((name for one in meant if (name := _fitting(one, UNIONS + BUSINESSWOMEN))), None)
    return last is not None and fits(last, BUSINESSWOMEN)


@read_once
def _names_businesswomen(context: Context) -> bool:
    return any(_fitting(one, BUSINESSWOMEN) for one in organisations_of(context))


def beside(context: Context, index: int, sorts: Sorts) -> Owner | None:
    """The organisation of these sorts that the sentence names before a word."""
    first, _ = sentence_of(context, index)
    return _nearest(reversed(within(organisations_of(context), first, index)), sorts, 0.9)


def fits(name: str, sorts: Sorts) -> bool:
    """Is it the name of such an organisation? No Hội đồng is a Hội."""
    spaced = f"{name} "
    return spaced.startswith(_beginnings(sorts)) and not (spaced.startswith("Hội đồng ") and "Hội đồng" not in sorts)


@lru_cache(maxsize=1024)
def _beginnings(sorts: Sorts) -> Sorts:
    return tuple(f"{sort} " for sort in sorts)


def _fitting(one: Organisation, sorts: Sorts) -> str | None:
    """The organisation's name if it fits, else that of what it is part of: the Hội of "Ban Thường vụ Hội …"."""
    if fits(one.name, sorts):
        return one.name
    return one.whole.name if one.whole and fits(one.whole.name, sorts) else None


def _nearest(mentions: Iterable[Organisation], sorts: Sorts, confidence: float) -> Owner | None:
    name = next((name for one in mentions if (name := _fitting(one, sorts))), None)
    return Owner(name, confidence) if name else None


def _in_passing(words: Words, one: Organisation, line: int) -> bool:
    """Is it named but as who gives or is given something, or above the line as somebody's?

    "Chủ tịch Hội LHPN xã A kiến nghị …" in an earlier paragraph; `line`: the first word of the office's.
    """
    before = words.keys[one.first - 1] if one.first else ""
    if before in _GIVEN or words.key(one.end) in _GIVES or _is_remembered(words, one) or _is_merged(words, one):
        return True
    office = words.before(one.first, "office") if one.first < line else None
    return office is not None and not _to_be_filled(words, office.first)


def _is_remembered(words: Words, one: Organisation) -> bool:
    """Is it the union whose foundation is remembered each year: "93 năm Ngày thành lập Hội LHPN Việt Nam"?"""
    return words.key(one.first - 1) == "lập" and one.name == "Hội LHPN Việt Nam"


def _is_merged(words: Words, one: Organisation) -> bool:
    """Is it one of those that became another: "được hợp nhất từ Hội LHPN tỉnh A và …", "trên cơ sở sáp nhập Hội …"?"""
    if not (words.has(("sáp",)) or (words.has(("hợp",)) and words.has(("nhất",)))):
        return False
    for at in range(one.first - 1, max(0, one.first - MERGED), -1):
        if words.gap(at)[:1] in (".", ";", "\n", ")"):
            return False
        if words.keys[at - 1 : at + 1] in _MERGERS:
            after = words.key(at - 2) in ("sau", "khi") and words.key(at + 1) != "từ"  # "sau sáp nhập Hội LHPN xã …"
            return not after and words.gap(at) == " "
    return False


def _to_be_filled(words: Words, index: int) -> bool:
    """Is it an office that is told before who is to hold it: "chỉ định các chức danh Chủ tịch, Phó Chủ tịch Hội …"?"""
    for at in range(index - 1, max(0, index - POSTS), -1):
        if words.gap(at)[:1] in (".", ";", "\n"):
            return False
        if words.keys[at - 1 : at + 1] == ["chức", "danh"]:
            return True
    return False


def _only(context: Context, sorts: Sorts) -> Owner | None:
    """The only one of its sorts in the title, else whose women the title tells of, else the only one in the article."""
    notes, note = context.page.notes, f"only {sorts}"
    if note not in notes:
        title = _named(context, ("title",), sorts)
        women = next(_unions_of_women(context, "title"), None) if sorts == UNIONS and not title else None
        names = title if len(title) == 1 else _named(context, _NAMING, sorts)
        if sorts == UNIONS and not women and not _named(context, _NAMING, sorts, spoken_of=True):
            women = next(_unions_of_women(context, "body"), None)
        notes[note] = women or (Owner(names.pop(), 0.7) if len(names) == 1 else None)
    found: Owner | None = notes[note]
    return found


def _named(context: Context, parts: Iterable[str], sorts: Sorts, spoken_of: bool = False) -> set[str]:
    """The names of these sorts that the parts of the article hold; `spoken_of`: not where one but gives or is given."""
    article = context.page.article
    contexts = [sibling(context, part) for part in parts if article.part(part)]
    return {
        name
        for here in contexts
        for one in organisations_of(here)
        if (name := _fitting(one, sorts)) and not (spoken_of and _in_passing(words_of(here), one, 0))
    }


def _far(context: Context, index: int, sorts: Sorts) -> Owner | None:
    """The union that is told least: farther back, or by the women whom the article is about."""
    words = words_of(context)
    far = reversed(within(organisations_of(context), index - FAR, index))
    told = _nearest((one for one in far if not _in_passing(words, one, index)), sorts, 0.6)
    return told or next(_unions_of_women(context, "body"), None)


def _unions_of_women(context: Context, part: str) -> Iterator[Owner]:
    """The unions of the places whose women a part begins with: "Đại hội đại biểu phụ nữ huyện A", "phụ nữ xã B"."""
    if not context.page.article.part(part):
        return
    here = sibling(context, part)
    words = words_of(here)
    for index in range(1, min(LEAD, len(words) - 1)):
        if words.keys[index - 1 : index + 1] != ["phụ", "nữ"] or words.gap(index) != " ":
            continue
        place = place_at(here, index + 1)
        if place and place.level in ("province", "district", "commune"):
            yield Owner(f"Hội LHPN {place.name}", 0.6)


def _source(context: Context, sorts: Sorts) -> Owner | None:
    """The source, where it is of these sorts: the paper whose "Tổng Biên tập" speaks."""
    name = context.page.source_name
    return Owner(name, 0.5) if name and fits(name, sorts) else None
