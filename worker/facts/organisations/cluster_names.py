"""The names of emulation clusters: "Cụm thi đua 10 tỉnh Duyên hải miền Trung", "Hội LHPN 5 thành phố trực thuộc TƯ"."""

from __future__ import annotations

from worker.facts.organisations.owners import Owners
from worker.facts.places import place_at
from worker.facts.span import Context
from worker.facts.words import Hit, Words, words_of

LONGEST = 14  # words of a name
_JOINING = frozenset(("và", "các", "tỉnh", "khu", "vực", "vùng", "miền"))


class ClusterNames:
    """Reads the names of clusters in one part; each reading is (end, canonical name)."""

    def __init__(self, context: Context, owners: Owners) -> None:
        self.context = context
        self.words: Words = words_of(context)
        self.owners = owners

    def several_cities(self, hit: Hit, end: int) -> tuple[int, str] | None:
        """ "Hội LHPN 5 thành phố trực thuộc Trung ương": a cluster's other name."""
        words = self.words
        if words.gap(end - 1) != " " or not words.key(end).isdigit():
            return None
        tail = words.keys[end + 1 : end + 6]
        if tail[:4] != ["thành", "phố", "trực", "thuộc"] or tail[4:] not in (["trung"], ["tw"], ["tư"]):
            return None
        name = f"Hội LHPN {words.keys[hit.end]} thành phố trực thuộc Trung ương"
        return end + 6 + (tail[4] == "trung"), name

    def named(self, hit: Hit) -> tuple[int, str] | None:
        """ "Cụm thi đua 10 tỉnh Duyên hải miền Trung và Tây Nguyên": a union, places or a number must follow."""
        words, end = self.words, hit.end
        if words.gap(end - 1) != " ":
            return None
        if number := self._number(end):
            return self._numbered(hit, number)
        if (union := words.at(end, "union")) and words.gap(union.end - 1) in (" ", ")"):
            end = union.end
        pieces = [self._canonical(hit.end, end)] if end > hit.end else []
        start, says_whose = end, False
        while end < start + LONGEST and (words.gap(end - 1) in (" ", ")") or self._or_cities(end)):
            step, piece = self._piece(end)
            if not piece:
                break
            if self._or_cities(end):
                pieces[-1] += ","
            says_whose = says_whose or piece not in _JOINING
            pieces.append(piece)
            end = step
        while pieces and pieces[-1] in _JOINING - {"tỉnh"}:
            pieces.pop()
            end -= 1
        if not pieces or not (says_whose or "tỉnh" in pieces):
            return None
        return end, " ".join((hit.entry.name, *pieces))

    def _or_cities(self, index: int) -> bool:
        """ "các tỉnh, thành phố Đồng bằng sông Cửu Long": a comma within the name."""
        return self.words.gap(index - 1) == "," and self.words.keys[index - 1 : index + 1] == ["tỉnh", "thành"]

    def _number(self, end: int) -> int | None:
        """The end of "số 2", "số II", "I"."""
        words = self.words
        index = end + (words.key(end) == "số" and words.gap(end) == " ")
        key = words.key(index)
        roman = bool(key) and set(key) <= set("ivx") and words.capital(index)
        return index + 1 if roman or (key.isdigit() and len(key) < 3 and index > end) else None

    def _numbered(self, hit: Hit, end: int) -> tuple[int, str]:
        """ "Cụm thi đua số 2 Hội LHPN tỉnh Bắc Giang": its number, and whose cluster it is."""
        words = self.words
        written = words.written(hit.end, end)
        name = f"{hit.entry.name} {written.lower() if written.isupper() and ' ' in written else written}"
        union = words.at(end, "union") if words.gap(end - 1) == " " else None
        place = self.owners.place(union.end, brackets=True) if union else None
        if union and place:
            return place.end, f"{name} {union.entry.name} {place.name}"
        if union and words.key(union.end) == "các":
            return end, name
        return (union.end, f"{name} {union.entry.name}") if union else (end, name)

    def _piece(self, index: int) -> tuple[int, str]:
        """The next piece of a cluster's name, in its canonical form, and where it ends; "" if none follows."""
        words = self.words
        key, after = words.key(index), words.key(index + 1)
        place = place_at(self.context, index)
        if place and place.level in ("region", "province") and place.rule != "here":
            return place.end, self._canonical(index, place.end)
        if key in _JOINING or (key.isdigit() and len(key) < 3):
            return index + 1, key
        if key == "thành":
            return index + 1 + (after == "phố"), "thành phố"
        if key == "trực" and after == "thuộc":
            return index + 3 + (words.key(index + 2) == "trung"), "trực thuộc Trung ương"
        return index, ""

    def _canonical(self, first: int, end: int) -> str:
        """The words as written; where they shout, or shorten the union's name, as the gazetteer has them."""
        if union := self.words.at(first, "union"):
            return union.entry.name
        written = self.words.written(first, end)
        place = place_at(self.context, first)
        if not written.isupper():
            return written
        return place.name if place else written.lower()
