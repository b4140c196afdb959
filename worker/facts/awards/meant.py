"""Which award a word means that names none itself: "danh hiệu này", "trao Kỷ niệm chương cho bà X"."""

from __future__ import annotations

import re
from dataclasses import replace

from worker.facts.awards.award import Award
from worker.facts.awards.names import Names
from worker.facts.awards.verbs import GIVES
from worker.facts.gazetteer import small_words
from worker.facts.span import Context, sibling
from worker.facts.words import Hit, words_of

THIS = 3  # words from "danh hiệu" on to "này"
IN_TURN = 10  # words back to "cùng"
WHEN = 5  # words of "giải thưởng lần này"
FIFTH = ("giải năm",)
"""The fifth prize, and also the word for a prize with when it was given: "nhận giải năm nay"."""
_THIS_TIME = frozenset(("thưởng", "lần", "này", "năm", "nay", "đợt", "trên", "nói"))
_NOUNS = ("kỷ niệm chương", "giải thưởng", "huân chương", "danh hiệu", "huy hiệu")
"""Words for an award that alone mean the one that the article names in full: "trao Kỷ niệm chương cho 8 chị"."""
_KINDS = ("giải tập thể", "giải cá nhân")
"""What the prizes of one name are told apart by: "Giải tập thể thuộc về …, giải cá nhân …"."""
_WHEN = re.compile(r"(?:^|\s)(?:(?:19|20)[0-9]{2}|năm|lần|đợt|kỳ|của|do)(?:\s.*)?$")
"""What says which time an award is given, or by whom: "Giải thưởng | năm 2020"."""


class Meant:
    """Knows the awards that were named up to a word of one part."""

    def __init__(self, context: Context) -> None:
        self.words = words_of(context)
        self._named: dict[str, dict[str, Award]] = {}  # noun -> own name -> the award
        self._last: Award | None = None
        self._given: Award | None = None
        if context.part == "body":
            title = sibling(context, "title")
            read = Names(title)
            for hit in words_of(title).all("award"):
                self.speak(read.noun(hit), read.award(read.noun(hit)))
            self._last = None

    def of(self, hit: Hit, award: Award) -> Award | None:
        """The award that is meant; None if it is named here, or if it is not told which one is."""
        return self._this(hit) or self._together(hit) or self._listed(hit) or self._bare(hit, award)

    def speak(self, hit: Hit, award: Award) -> None:
        """Know from here on an award that is named here."""
        noun, own = _parted(hit, award)
        if award.end > hit.end:
            self._last = award
        begins = award.name[len(noun) :].lstrip(" “")[:1]
        told = noun != "giải thưởng" or begins.isupper()  # no "giải thưởng khoa học thường niên"
        if own and told:
            self._named.setdefault(noun, {}).setdefault(own, award)

    def give(self, award: Award) -> None:
        """Know from here on that an award was given."""
        self._given = award

    def _bare(self, hit: Hit, award: Award) -> Award | None:
        """The one award of its sort that was named, where a bare noun stands for it."""
        noun, own = _parted(hit, award)
        if hit.entry.name in _KINDS and award.end == hit.end:
            noun, own = "giải thưởng", ""  # of the prize whose giving is told
        named = None if own else self._known(noun)
        if named is None or hit.entry.name not in (noun, *_KINDS):
            return None
        return replace(named, first=award.first, end=award.end, giver=award.giver or named.giver)

    def _known(self, noun: str) -> Award | None:
        """The one award of its sort that was named, by its shortest name: "Giải thưởng Kovalevskaia (Việt Nam)"."""
        named = self._named.get(noun, {})
        name = min(named, key=len, default="")
        return named[name] if name and all(other.startswith(name) for other in named) else None

    def _listed(self, hit: Hit) -> Award | None:
        """The one prize that was named, where those who got it are listed: "Các chị được trao giải (năm nay) gồm:"."""
        words, known, end = self.words, self._known("giải thưởng"), hit.first + 1
        taken = words.keys[hit.first - 1] in small_words("wins") and hit.first > 0
        given = taken and words.keys[hit.first - 1] in GIVES and words.keys[hit.first - 2] != "được"
        if hit.entry.name not in ("giải", *FIFTH) or known is None or not taken or given:
            return None
        while end < hit.first + WHEN and words.gap(end - 1) == " " and words.keys[end] in _THIS_TIME:
            end += 1
        lists = words.gap(end - 1)[:1] == ":" or (words.gap(end - 1) == " " and words.key(end) in ("gồm", "là"))
        return replace(known, first=hit.first, end=end) if lists else None

    def _this(self, hit: Hit) -> Award | None:
        """The award that was named before, where this one is but meant: "danh hiệu cao quý này", "giải thưởng này"."""
        if self._last is None or hit.entry.name not in ("danh hiệu", "giải thưởng"):
            return None
        stop = next((at for at in range(hit.end, hit.end + THIS) if self.words.key(at) == "này"), None)
        return None if stop is None else replace(self._last, first=hit.first, end=stop + 1)

    def _together(self, hit: Hit) -> Award | None:
        """The award given last, where others got it too: "Cùng được khen thưởng có A", "Cùng đoạt giải này có B"."""
        words, given = self.words, self._given
        this = hit.entry.data[0] == "praise" or (hit.entry.name == "giải" and words.key(hit.end) == "này")
        before = words.keys[max(0, hit.first - IN_TURN) : hit.first]
        opens = "cùng" in before and words.opens_sentence(hit.first - len(before) + before.index("cùng"))
        if given is None or not this or not opens:
            return None
        return replace(given, first=hit.first, end=hit.end + (words.key(hit.end) == "này"))


def _parted(hit: Hit, award: Award) -> tuple[str, str]:
    """The noun of an award that may stand for its whole name, and the name behind the noun without when it is given."""
    noun = next((noun for noun in _NOUNS if hit.entry.name.startswith(noun)), "")
    name = award.name.lower()
    if not noun or not name.startswith(noun):
        return noun, ""
    quoted = name.partition("“")[2].partition("”")[0]
    return noun, _WHEN.sub("", quoted or name.removeprefix(noun)).strip()
