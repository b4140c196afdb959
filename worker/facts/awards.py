"""Awards and who won them: "Hội LHPN xã A đạt giải Nhất", "tặng Bằng khen cho 10 tập thể", "giải nhì … của nhóm tác giả B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.people import people_of
from worker.facts.places import place_at
from worker.facts.quotes import quotes_of
from worker.facts.span import Context, Span
from worker.facts.words import Hit, Words, sentence_of, words_of, year_at

REACH = 9  # words between an award and its winner, a quotation not counted
WINNER = 16  # words in what is said of a winner
_WINS = frozenset(("đạt", "đoạt", "giành", "nhận", "được", "đón", "vinh", "dự", "trao", "tặng", "lĩnh", "dành"))
_TO = frozenset(("cho", "thuộc", "của", "tới", "đến"))
_WINS_BEFORE = 6
_WHO = frozenset(("tập", "nhóm", "hội", "tác", "đội", "thí", "đơn", "đoàn", "chi", "cá", "liên"))
"""First words of a group of winners: tập thể, nhóm tác giả, hội viên, đội thi, đơn vị, cá nhân."""
_RANKS = frozenset(
    ("nhất", "nhì", "ba", "hạng", "cấp", "toàn", "quốc", "tỉnh", "trung", "ương", "quốc gia", "chung", "cuộc")
)


@dataclass(frozen=True, slots=True)
class Award:
    """An award where it is named: words [first, end), its name with its giver, and from where its winner may follow."""

    first: int
    end: int
    name: str


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The awards that this part says someone won."""
    words = words_of(context)
    reader = _Reader(context)
    for hit in words.all("award"):
        award = reader.award(hit)
        first, end = sentence_of(context, hit.first)
        winner = reader.winner_after(award, end) or reader.winner_before(award, first)
        if winner is None:
            continue
        year = next((year for index in range(first, end) if (year := year_at(words, index))), context.page.year)
        yield Span(
            kind="award",
            start=words.starts[award.first],
            end=words.ends[award.end - 1],
            value={"name": award.name, "winner": winner, "year": year},
            rule="won",
            confidence=0.9,
            name=award.name,
            year=year,
        )


class _Reader:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: Words = words_of(context)
        self.quotes = {quote.first: quote.end for quote in quotes_of(context)}
        self.people = {person.first: person for person in people_of(context)}

    def award(self, hit: Hit) -> Award:
        """The award with its rank, or with who gives it: "Bằng khen của Đoàn Chủ tịch Trung ương Hội …"."""
        words, end = self.words, hit.end
        written = words.written(hit.first, hit.end)
        name = written.capitalize() if written.isupper() else written
        if hit.entry.data[0] == "prize":
            while words.gap(end - 1) == " " and end < hit.end + 4 and words.keys[end] in _RANKS:
                end += 1
            if hit.entry.name == "giải thưởng":
                end = self._named(end)
            return Award(hit.first, end, words.written(hit.first, end) if end > hit.end else name)
        index = end
        while (
            words.gap(index - 1) == " "
            and index < end + 4
            and words.keys[index] in ("của", "do", "hạng", "nhất", "nhì", "ba")
        ):
            index += 1
        giver = organisation_at(self.context, index)
        if giver and words.keys[index - 1] in ("của", "do"):
            return Award(hit.first, giver.end, f"{name} của {giver.name}")
        if words.keys[end : end + 1] == ["hạng"]:
            return Award(hit.first, end + 2, words.written(hit.first, end + 2))
        if end in self.quotes:
            return Award(hit.first, self.quotes[end], words.written(hit.first, self.quotes[end]))
        return Award(hit.first, end, name)

    def _named(self, end: int) -> int:
        """The end of a prize's own name: up to who gets it, or the next mark."""
        words, last = self.words, end
        while last < end + 12 and words.gap(last - 1) == " " and words.keys[last] not in _TO:
            last += 1
        return last

    def winner_after(self, award: Award, end: int) -> str | None:
        """ "… cho X", "… thuộc về X", "… với sản phẩm “…” của X"."""
        words, index = self.words, award.end
        stop = min(end, award.end + REACH)
        while index < stop:
            if index in self.quotes:
                stop = min(end, stop + self.quotes[index] - index)
                index = self.quotes[index]
                continue
            if {",", ";", "."} & set(words.gap(index - 1)) or words.at(index, "award"):
                return None
            if words.keys[index] in _TO:
                after = index + 1 + (words.keys[index] == "thuộc")
                return self._who(after, end)
            index += 1
        return None

    def winner_before(self, award: Award, first: int) -> str | None:
        """ "X đạt …", "X được tặng …": a verb of winning stands right before the award, who wins before the verb."""
        words = self.words
        verbs = [
            index for index in range(max(first, award.first - _WINS_BEFORE), award.first) if words.keys[index] in _WINS
        ]
        if not verbs:
            return None
        for organisation in reversed(organisations_of(self.context)):
            if first <= organisation.first and organisation.end <= verbs[0]:
                return self._group(organisation.first) + organisation.name if verbs[0] - organisation.end <= 6 else None
        return next(
            (p.name for p in reversed(self.people.values()) if first <= p.first and 0 <= verbs[0] - p.end <= 6), None
        )

    def _group(self, index: int) -> str:
        """ "tập thể ", "hội viên ", "nhóm tác giả " where such words stand before an organisation."""
        words, first = self.words, index
        while first > index - 3 and words.gap(first - 1) == " " and words.keys[first - 1] not in _TO | _WINS:
            first -= 1
        while first < index and words.keys[first] not in _WHO:
            first += 1
        return f"{words.written(first, index)} " if first < index else ""

    def _who(self, index: int, end: int) -> str | None:
        """Who is named here: people, an organisation, or so many groups ("15 dự án và 02 tập thể")."""
        words = self.words
        last = index
        named = False
        while last < min(end, index + WINNER):
            if last > index and words.gap(last - 1) not in (" ", ",", "-"):
                break
            if organisation := organisation_at(self.context, last):
                last, named = organisation.end, True
                if words.gap(last - 1) == "," and (place := place_at(self.context, last)):
                    last = place.end
                break
            if person := self.people.get(last):
                last, named = person.end, True
                break
            key = words.keys[last]
            if last > index and words.gap(last - 1) == "," and not key.isdigit():
                break
            if key in ("đã", "vì", "có", "tại", "để", "trong", "với", "là", "và") and not (
                key == "và" and words.keys[last + 1 : last + 2] and words.keys[last + 1].isdigit()
            ):
                break
            named = named or key.isdigit() or key in _WHO
            last += 1
        if not named or last == index or not self._begins_well(index):
            return None
        return " ".join(words.written(index, last).split())

    def _begins_well(self, index: int) -> bool:
        words = self.words
        return (
            words.keys[index].isdigit()
            or words.keys[index] in _WHO
            or words.at(index, "honorific", "office", "surnames") is not None
            or index in self.people
            or organisation_at(self.context, index) is not None
            or words.capital(index)
        )
