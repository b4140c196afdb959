"""How a person's name is read: which capitals belong to it, and how people write it."""

from __future__ import annotations

from worker.facts.gazetteer import peoples, small_words
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.places import places_of
from worker.facts.span import Context
from worker.facts.words import Hit, words_of

LONGEST_NAME = 5
_ROYAL = ["tôn", "nữ"]
"""Of a name that the royal house of Huế bears, before the given one: "Công Huyền Tôn Nữ Thanh Hà"."""
WHOLE = 3  # words of a name that is surely whole
_LONGEST_PEOPLE = 3  # words: Bru Vân Kiều
LONGEST_WORD = 14  # letters; Vietnamese syllables have at most seven
FOREIGN = 10  # letters of two names with a hyphen; Vietnamese ones are shorter
_SIGNS = frozenset(("h", "k", "y", "m", "ka"))
_APOSTROPHES = ("’", "'", "ʼ", "‘")
_MIDDLE = frozenset(("thị", "văn"))
_TITLES_AND_NAMES = frozenset(("ông", "bà", "già", "má"))
"""Titles that are family names, too."""
_BETWEEN = {"-": "-", ".": ". "} | {sign: f"{sign} " for sign in _APOSTROPHES}
"""What stands between two words of a name, as people write it; else a blank."""
_BODIES = frozenset(("union", "area", "party", "body", "central", "department", "cluster"))
"""Sorts of phrases that begin no name."""


class Called:
    """Reads the names of people in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words = words_of(context)
        self._no_name = small_words("no_name")
        self._ends: dict[tuple[int, bool], int] = {}  # many ask for the same name
        bodies = organisations_of(context)  # "Hội Nữ doanh nhân thành phố A": no title within
        self.bodies = {index for one in bodies for index in range(one.first + 1, one.end)}
        self.places = {index for place in places_of(context) for index in range(place.first, place.end)}

    def name(self, index: int, alone: bool = False, shouted: bool = False) -> int:
        """The end of the person's name that begins with this word; `index` if none does.

        `alone`: a single word may be a name (after "chị", "em"); `shouted`: a name in capitals may be one (bylines).
        """
        words = self.words
        if not words.capital(index):
            return index
        if words.keys[index : index + 2] == ["việt", "nam"] or words.at(index, "section"):
            return index  # "Phó Giám đốc Sở Nguyễn Thị Lan"
        end = self._ends.get((index, shouted)) or self._words_of_name(index, shouted)
        self._ends[index, shouted] = end
        if end > index and organisation_at(self.context, index):  # "cô giáo Trường Tiểu học …"
            return index
        while end > index + 1 and words.keys[end - 1] in _MIDDLE:  # "Lê Thị" is no whole name
            end -= 1
        size = end - index
        no_name = size > 1 and not shouted and words.keys[index] in self._no_name
        people = size <= _LONGEST_PEOPLE and " ".join(words.keys[index:end]) in peoples()
        if no_name or people:  # "học sinh Ca Dong, Xơ Đăng"
            return index
        if size < 2 and not (size == 1 and (alone or "’" in words.keys[index] or "'" in words.keys[index])):
            return index
        return end

    def _words_of_name(self, index: int, shouted: bool) -> int:
        """The end of the words from this one on that may be a name's."""
        words, end, syllables = self.words, index, 0
        longest = LONGEST_NAME + (words.keys[index + 2 : index + 4] == _ROYAL)
        while end < min(index + longest + syllables, len(words)):
            gap = words.gap(end - 1) if end > index else " "
            syllable = gap == "-" and self._syllable(end)
            joined = gap == " " or syllable or self._hyphened(end) or self._initial(end - 1) or self._sign(end - 1)
            if not joined or not self._name_word(end, index, shouted):
                break
            syllables += syllable
            if syllables and end - index - syllables > 1:
                break  # "Bun-thăn Kẹo-pha-chăn | Kỷ niệm chương": such names have two parts
            end += 1
        return end

    def title(self, index: int) -> Hit | None:
        """The title that begins with this word, if it is none of a name."""
        title = self.words.at(index, "honorific")
        return title if title and not self.is_family_name(index) else None

    def is_family_name(self, index: int) -> bool:
        """Is "Ông", "Bà", "Già" or "Má" here a family name, and no title: "bà Ông Thị Lan", "chị Già Y Xồng"?"""
        words = self.words
        key = words.key(index)
        if key not in _TITLES_AND_NAMES or not words.capital(index) or words.gap(index) != " " or words.shouted(index):
            return False
        middle = words.key(index + 1)
        title = words.before(index, "honorific")
        titled = title is not None and title.entry.data[0] in ("formal", "common", "private")
        if key in ("già", "má"):  # as the Hmông are called; "Già Siu Mốt" is an elder
            held = titled or words.before(index, "office") is not None
            return middle in _MIDDLE or (held and words.run(index) - index > 1)
        if middle in _MIDDLE:  # "Ông Thị Lan": no man is called so; but "Bà Thị Đum", as the Stiêng are
            return titled or (key == "ông" and (middle == "thị" or words.gap(index - 1) == " "))
        return titled and words.run(index) - index > WHOLE - 1 and words.at(index + 1, "surnames") is None

    def _initial(self, index: int) -> bool:
        """Is it an initial within a foreign name: "Caroline T. Nyamayemombe"?"""
        words = self.words
        if words.gap(index) != "." or len(words.keys[index]) > 1:
            return False
        return words.starts[index + 1] > words.ends[index] + 1 and words.keys[index].isascii()

    def _sign(self, index: int) -> bool:
        """Is it the "K’" or "H’" of a name of the hills that somebody wrote apart: "K’ Thị Liên", "H’ Loan Niê"?"""
        words = self.words
        return words.gap(index) in _APOSTROPHES and words.keys[index] in _SIGNS and words.capital(index + 1)

    def _hyphened(self, index: int) -> bool:
        """Does the second half of a foreign family name begin here: "Skye Maconachie-Brown"?"""
        words = self.words
        both = words.text[words.starts[index - 1] : words.ends[index]] if self._tight(index - 1) else ""
        return both.isascii() and len(both) > FOREIGN and words.at(index - 1, "surnames") is None

    def _syllable(self, index: int) -> bool:
        """Does a further syllable of a Lao or Khmer name begin here: "Kẹo-pha-chăn", "Kẹo-Bun-Phăn"?"""
        words = self.words
        if not (self._tight(index - 1) and words.keys[index].isalpha()):
            return False
        chained = self._tight(index - 2) or self._tight(index)  # but "Lê Thị Na-Chủ tịch Hội"
        known = words.hits.get(index, {}).keys() - ({"surnames"} if chained else set())
        return not known and (chained or not words.capital(index))

    def _tight(self, index: int) -> bool:
        """Does a dash without blanks stand between this word and the next?"""
        words = self.words
        return words.gap(index) == "-" and words.starts[index + 1] == words.ends[index] + 1

    def _name_word(self, index: int, first: int, shouted: bool) -> bool:
        words = self.words
        key = words.keys[index]
        if not words.capital(index):
            nun = key == "nữ" and words.keys[index - 1] == "thích"  # "Ni sư Thích nữ Diệu Tâm"
            return index > first and (key in _MIDDLE or nun or self._syllable(index))
        if len(key) > LONGEST_WORD or index in self.places or (not key.isalpha() and any(map(str.isdigit, key))):
            return False
        if len(key) > 1 and not shouted and words.text[words.starts[index] : words.ends[index]].isupper():
            return False
        here = words.hits.get(index)
        if not here:
            return True
        police = key == "công" and index > first and words.capital(index + 1)  # but "Lê Công An" is a man
        if not police and not _BODIES.isdisjoint(here):
            return False
        office = here.get("office") or here.get("honorific")
        within = index > first or self.is_family_name(index)
        return office is None or (office.end == index + 1 and within)  # "Anh", "Bà", "Em" within a name

    def written(self, first: int, end: int) -> str:
        """The name as people write it: blanks for whatever stood between, capitals where it shouted."""
        words = self.words
        name = words.written(first, first + 1) if first < end else ""
        for index in range(first + 1, end):
            name += _BETWEEN.get(words.gap(index - 1), " ") + words.written(index, index + 1)
        return name.title() if name.isupper() and end - first > 1 else name.replace(" thị ", " Thị ")
