"""How a person's name and offices are read: "đồng chí Lê Thị Lan - Phó Chủ tịch Thường trực Hội LHPN tỉnh"."""

from __future__ import annotations

from dataclasses import dataclass

from worker.facts.gazetteer import small_words
from worker.facts.organisation_names import Organisation
from worker.facts.organisations import organisation_at
from worker.facts.place_names import Place
from worker.facts.places import place_at, places_of
from worker.facts.span import Context
from worker.facts.words import Hit, words_of

LONGEST_NAME = 5
ROLE_WORDS = 10  # what follows an office and is no organisation is taken for a part of the role so far
ROLES = 6  # offices of one person in one place
ORGANISATIONS = ("central", "union", "area", "party", "body", "department", "cluster", "open", "free")
_MIDDLE = frozenset(("thị", "văn"))


@dataclass(frozen=True, slots=True)
class Roles:
    """The offices that are read from some word on: up to word `end`, in words, and whose the last one is."""

    end: int
    role: str
    org: str | None
    kind: str  # official | rank | member


@dataclass(frozen=True, slots=True)
class Person:
    """A person where they are named: words [first, end)."""

    first: int
    end: int
    name: str
    rule: str
    role: str | None = None
    org: str | None = None
    private: bool = False
    confidence: float = 1.0


class Names:
    """Reads names and offices in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words = words_of(context)
        self._stops = small_words("ends_role")
        self.places = {index for place in places_of(context) for index in range(place.first, place.end)}

    def name(self, index: int, alone: bool = False, shouted: bool = False) -> int:
        """The end of the person's name that begins with this word; `index` if none does.

        `alone`: a single word may be a name (after "chị", "em"); `shouted`: a name in capitals may be one (bylines).
        """
        words, end = self.words, index
        if words.keys[index : index + 2] == ["việt", "nam"]:
            return index
        while end < min(index + LONGEST_NAME, len(words)):
            if end > index and words.gap(end - 1) != " ":
                break
            if not self._name_word(end, index, shouted):
                break
            end += 1
        while end > index + 1 and words.keys[end - 1] in _MIDDLE:  # "Lê Thị" is no whole name
            end -= 1
        size = end - index
        if size < 2 and not (size == 1 and (alone or "’" in words.keys[index] or "'" in words.keys[index])):
            return index
        return end

    def _name_word(self, index: int, first: int, shouted: bool) -> bool:
        words = self.words
        key = words.keys[index]
        if not words.capital(index):
            return index > first and key in _MIDDLE
        if any(char.isdigit() for char in key) or len(key) > 10 or index in self.places:
            return False
        if words.text[words.starts[index] : words.ends[index]].isupper() and len(key) > 1 and not shouted:
            return False
        here = words.hits.get(index)
        if not here:
            return True
        if here.keys() & {"union", "area", "party", "body", "central", "department", "cluster"}:
            return False
        office = here.get("office") or here.get("honorific")
        return office is None or (office.end == index + 1 and index > first)  # "Anh", "Bà", "Em" within a name

    def written(self, first: int, end: int) -> str:
        """The name as people write it: blanks for whatever stood between, capitals where it shouted."""
        name = " ".join(self.words.text[self.words.starts[i] : self.words.ends[i]] for i in range(first, end))
        return name.title() if name.isupper() and end - first > 1 else name.replace(" thị ", " Thị ")

    def roles(self, index: int, owned: bool = False) -> Roles | None:
        """The offices that begin with this word, with their organisations, up to the last one's.

        `owned`: they are of someone named before, so that an office that a name follows is someone else's.
        """
        first, end, role_end, kind = index, index, index, ""
        org: str | None = None
        for _ in range(ROLES):
            office = self.words.at(index, "office")
            if office is None:
                break
            whose, begins, stop = self._held(office, org)
            if owned and index > first and self.words.gap(stop - 1) == " " and self.name(stop) > stop:
                break
            end = stop
            kind = office.entry.data[0] if kind in ("", "rank") else kind
            if whose:
                org, role_end = whose, max(office.end, begins)
            elif org is None:
                role_end = end
            following = self._next(end)
            if following is None:
                break
            index = following
        return Roles(end, self.words.written(first, role_end), org, kind) if end > first else None

    def _held(self, office: Hit, last: str | None) -> tuple[str | None, int, int]:
        """Whose an office is, where it is named and where what belongs to it ends; `last`: whose the one before was."""
        found = self._organisation(office) or self._place(office)
        if found:
            return found.name, found.first, found.end
        whose, begins, stop = self._unresolved(office)
        if whose is None and self.words.gap(stop - 1) == "," and (after := organisation_at(self.context, stop)):
            return after.name, stop, after.end  # "Trưởng Ban Gia đình, Hội LHPN tỉnh"
        body = self.words.at(office.end - 1, "body")
        if whose is None and last and body and not last.startswith(body.entry.name):
            return f"{body.entry.name} {last}", office.end, stop  # "Ủy viên … Tỉnh ủy, Trưởng ban Tuyên giáo"
        return whose, begins, stop

    def _organisation(self, office: Hit) -> Organisation | None:
        """The organisation that an office is held in: what follows it, or ends it ("Trưởng Ban Dân vận Tỉnh ủy")."""
        words = self.words
        for index in (office.end - 1, office.end - 2):
            if index > office.first and (found := organisation_at(self.context, index)) and found.end > office.end:
                return found
        end = office.end
        if (tail := words.at(end, "role_tails")) and words.gap(end - 1) == " " and not words.at(end, *ORGANISATIONS):
            end = tail.end
        if words.gap(end - 1) not in (" ", "-") or (
            words.gap(end - 1) == "-" and end == office.end and words.at(end, "office")
        ):
            return None
        return organisation_at(self.context, end)

    def _place(self, office: Hit) -> Place | None:
        """The place that an office is held in: "Trưởng thôn Choản Thèn", "Bí thư xã A"."""
        words = self.words
        for index in (office.end - 1, office.end):
            place = place_at(self.context, index)
            if (
                place
                and (index < office.end or words.gap(index - 1) == " ")
                and place.level not in ("street", "landmark")
            ):
                return place
        return None

    def _unresolved(self, office: Hit) -> tuple[str | None, int, int]:
        """An organisation of "huyện" or "xã", whichever is meant, as written; else what belongs to the office."""
        words = self.words
        head = words.at(office.end, "area", "union", "department") if words.gap(office.end - 1) == " " else None
        level = words.at(head.end, "level") if head and words.gap(head.end - 1) == " " else None
        if head and level and place_at(self.context, head.end) is None:
            return f"{head.entry.name} {level.entry.name}", head.first, level.end
        return None, office.end, self._tail(office)

    def _tail(self, office: Hit) -> int:
        """The end of the words that belong to an office whose organisation is not known."""
        words, end = self.words, office.end
        while end < min(office.end + ROLE_WORDS, len(words)) and self._goes_on(end):
            if words.keys[end] in self._stops or words.at(end, "office", "honorific"):
                break
            if self._person(end):
                break
            if head := words.at(end, "open", "free", "area", "department", "compounds"):
                end = head.end
                continue
            place = place_at(self.context, end)
            end = place.end if place else end + 1
        return end

    def _goes_on(self, index: int) -> bool:
        """Can a role go on with this word: after a blank, or a dash within a name ("Ban Dân tộc - Tôn giáo")?"""
        gap = self.words.gap(index - 1)
        return gap == " " or (gap == "-" and self.words.capital(index))

    def _person(self, index: int) -> bool:
        """Does a name of a person seem to begin here, rather than one of a thing?"""
        end = self.name(index)
        return end - index >= 2 and (self.words.at(index, "surnames") is not None or end - index >= 3)

    def _next(self, end: int) -> int | None:
        """Where the next office of the same person begins, if there is one."""
        words = self.words
        gap = words.gap(end - 1)
        if gap == " " and end < len(words) and words.keys[end] in ("và", "kiêm") and words.at(end + 1, "office"):
            return end + 1
        office = words.at(end, "office")
        return end if gap in (",", "-", "/") and office and office.entry.data[0] == "official" else None
