"""Awards and who won them: "Hội LHPN xã A đạt giải Nhất", "tặng Bằng khen cho 10 tập thể", "giải nhì của nhóm B".

An award without a winner is none: "đề nghị tặng Cờ thi đua" says what may come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from worker.facts.gazetteer import small_words
from worker.facts.organisation_names import Organisation
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.people import people_of
from worker.facts.places import place_at
from worker.facts.quotes import quotes_of
from worker.facts.span import Context, Span
from worker.facts.words import Hit, Words, at, first_year, sentence_of, within, words_of, year_at, year_before

REACH = 9  # words between an award and its winner after it, a quotation not counted
BEFORE = 22  # words between a winner and the award after it: who gives it may stand between
WINNER = 16  # words in what is said of a winner
TITLE = 6  # words in a title of honour
NAME = 12  # words in a prize's own name
_TITLES = ("danh hiệu", "huân chương", "huy chương")
_TO = frozenset(("cho", "thuộc", "của", "tới", "đến"))
_GOES = (_TO | {"tặng", "là"}, _TO)
"""Words before the winner of a prize, and of an honour."""
_COUNTED = frozenset(("chị", "bà", "em", "phụ", "ông", "gương"))
"""Words for people, beside those for groups: "10 chị được tặng …"."""
_AND = frozenset(("và", "cùng"))


@dataclass(frozen=True, slots=True)
class Award:
    """An award where it is named: words [first, end), and its name with who gives it."""

    first: int
    end: int
    name: str
    honour: bool = False
    giver: str | None = None


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The awards that this part says someone won."""
    words = words_of(context)
    reader = _Reader(context)
    last: tuple[int, str] | None = None
    for hit in words.all("award"):
        first, end = sentence_of(context, hit.first)
        award = reader.award(hit)
        if hit.entry.data[0] == "quoted" and award.end == hit.end:
            continue
        winner, giver = reader.winner_after(award, end), None
        if winner is None:
            same = last[1] if last and last[0] == first else None
            winner, giver = reader.winner_before(award, first, same)
        if winner is None:
            continue
        giver = giver or award.giver
        last = (first, winner)
        year = first_year(words, first, end) or year_before(context, first) or context.page.year
        yield Span(
            kind="award",
            start=words.starts[award.first],
            end=words.ends[award.end - 1],
            value={"name": award.name, "winner": winner, "year": year} | ({"giver": giver} if giver else {}),
            rule="won",
            confidence=0.9,
            name=award.name,
            year=year,
        )


class _Reader:
    """Reads the awards of one part, and who stands around them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: Words = words_of(context)
        self.quotes = {quote.first: quote.end for quote in quotes_of(context)}
        self.people = people_of(context)

    def award(self, hit: Hit) -> Award:
        """The award with its rank ("giải Nhất toàn quốc"), its name in quotation marks, or who gives it."""
        words, end = self.words, hit.end
        written = words.written(hit.first, hit.end)
        name = written.capitalize() if written.isupper() else written
        if hit.entry.data[0] in ("prize", "titled"):
            own = hit.entry.data[0] == "titled" or hit.entry.name == "giải thưởng"
            end = self._own_name(end) if own else self._ranked(end)
            return Award(hit.first, end, words.written(hit.first, end) if end > hit.end else name)
        if end in self.quotes:
            return Award(hit.first, self.quotes[end], f"{name} “{words.written(end, self.quotes[end])}”", True)
        index = self._ranked(self._title(end) if hit.entry.name in _TITLES else end)
        name = words.written(hit.first, index) if index > end else name
        dated = index + 2 * (words.key(index) == "năm" and words.key(index + 1).isdigit())
        giver = self._giver(dated)
        if giver and dated > index:  # "Cờ thi đua năm 2022 của UBND tỉnh"
            return Award(hit.first, giver[0], name, True, giver[1])
        if giver:
            return Award(hit.first, giver[0], f"{name} của {giver[1]}", True)
        return Award(hit.first, index, name, True)

    def _ranked(self, end: int) -> int:
        last, ranks = end, small_words("rank")
        while (
            last < min(end + 4, len(self.words)) and self.words.gap(last - 1) == " " and self.words.keys[last] in ranks
        ):
            last += 1
        return last

    def _title(self, end: int) -> int:
        """The end of a title that a capital begins: "danh hiệu Nghệ nhân Ưu tú", "Huân chương Lao động"."""
        words, last = self.words, end
        if not words.capital(end) or words.gap(end - 1) != " ":
            return end
        stops = small_words("ends_winner") | small_words("rank") | _TO
        while last < min(end + TITLE, len(words)) and words.gap(last - 1) == " " and words.keys[last] not in stops:
            last += 1
        return last

    def _own_name(self, end: int) -> int:
        """The end of a prize's own name: up to who gets it, or the next mark."""
        words, last = self.words, end
        while last < min(end + NAME, len(words)) and words.gap(last - 1) == " " and words.keys[last] not in _TO:
            here = last + (words.keys[last] == "được")  # but "giải Thí sinh được yêu thích"
            if words.key(here) in small_words("wins"):
                break
            last += 1
        return last

    def _giver(self, index: int) -> tuple[int, str] | None:
        """Who gives it, and where that ends: "của Đoàn Chủ tịch Trung ương Hội …", "do UBND tỉnh … trao tặng"."""
        words, start = self.words, index
        while index < min(start + 3, len(words)) and words.gap(index - 1) == " " and words.keys[index] in ("của", "do"):
            index += 1
        if index == start:
            return None
        office = words.at(index, "office")  # "Bằng khen của Chủ tịch UBND tỉnh"
        after = office.end if office else index
        if giver := organisation_at(self.context, after):
            lead = f"{words.written(index, after)} " if office else ""
            union = giver.name == "Hội LHPN Việt Nam" and words.keys[after] != "hội"  # "T.Ư Hội"
            return giver.end, f"{lead}{'Trung ương ' * union}{giver.name}"
        return (after, words.written(index, after)) if office else None

    def winner_after(self, award: Award, end: int) -> str | None:
        """Who is named after: "… cho X", "… thuộc về X", "… với sản phẩm “…” của X"."""
        words, index, goes = self.words, award.end, _GOES[award.honour]
        stop = min(end, award.end + REACH)
        while index < stop:
            if index in self.quotes:
                stop = min(end, stop + self.quotes[index] - index)
                index = self.quotes[index]
                continue
            gap = words.gap(index - 1)
            if "(" in gap and (behind := self._behind_bracket(index, end)):  # "giải nhất (15 triệu đồng) thuộc về …"
                stop = min(end, stop + behind - index)
                index = behind
                continue
            if {",", ";", "."} & set(gap) or words.at(index, "award"):
                return None
            if ":" in gap or words.keys[index] in goes:
                index += (":" not in gap) + (words.keys[index] == "thuộc")
                index += words.key(index) in _TO
                if words.key(index) not in small_words("work"):
                    return self._who(index, end)
            index += 1
        return None

    def _behind_bracket(self, index: int, end: int) -> int | None:
        """The word behind the bracket that opens before this one."""
        last = min(end, index + REACH)
        return next((after + 1 for after in range(index, last) if ")" in self.words.gap(after)), None)

    def winner_before(self, award: Award, first: int, same: str | None) -> tuple[str | None, str | None]:
        """Who is named before a verb of winning, and who gives it: "X đạt …", "X được (Y) tặng …".

        `same`: who won the award before in the sentence, and is meant by "… và được tặng …".
        """
        words, wins = self.words, small_words("wins")
        verbs: list[int] = []
        for index in range(award.first - 1, max(first, award.first - BEFORE) - 1, -1):
            if {";", ",", ":"} & set(words.gap(index)):
                break
            if words.keys[index] in wins:
                verbs.append(index)
        wins_itself = any(words.keys[index] not in ("trao", "tặng", "thưởng") for index in verbs)
        if not verbs or not wins_itself or award.first - verbs[0] > 5:
            return None, None
        subject = next((index for index in verbs if words.keys[index] in ("được", "vinh")), verbs[-1])
        while subject - 1 in verbs or words.keys[subject - 1] == "dự":
            subject -= 1
        giver = next((one.name for one in self._between(subject, verbs[0])), None)
        again = same if words.keys[subject - 1] == "và" else None
        return again or self._before(subject, first), giver

    def _between(self, first: int, end: int) -> Iterator[Organisation]:
        return (one for one in within(organisations_of(self.context), first, end) if one.end <= end)

    def _before(self, index: int, first: int) -> str | None:
        """Who ends, a few words at most, before this word: so many of a group, an organisation or a person."""
        words = self.words
        counted = [
            start
            for start in range(max(first, index - WINNER), index - 1)
            if words.keys[start].isdigit()
            and words.keys[start + 1] in small_words("group") | _COUNTED
            and not year_at(words, start)
        ]
        if counted and index - counted[-1] <= 6:  # "5 tập thể, 8 cá nhân"
            listed = [start for start in counted if words.gap(start - 1) == "," or words.keys[start - 1] == "và"]
            return words.written(counted[0] if len(listed) >= len(counted) - 1 else counted[-1], index)
        if found := list(self._between(first, index)):
            return self._listed(found) if index - found[-1].end <= 6 else None
        people = [person for person in within(self.people, first, index) if person.end <= index]
        if not people or index - people[-1].end > 6:
            return self._named(index) or self._group_before(index, first)
        last = len(people) - 1
        while last and words.keys[people[last - 1].end : people[last].first] in ([], ["và"]):
            last -= 1
        return ", ".join(person.name for person in people[last:])

    def _named(self, index: int) -> str | None:
        """A model or a work by its name in quotation marks, right before this word."""
        first = next((first for first, end in self.quotes.items() if end == index), None)
        if first is None or first < 2 or self.words.keys[first - 2] not in small_words("work"):
            return None
        return f"{self.words.written(first - 2, first)} “{self.words.written(first, index)}”"

    def _group_before(self, index: int, first: int) -> str | None:
        """A group that its clause begins with: "đội thôn Bản Chang đạt giải B"."""
        words, start = self.words, index
        while start > max(first, index - WINNER) and words.gap(start - 1) == " ":
            start -= 1
        told = words.key(start) in small_words("group") and not words.at(start, "event")
        return words.written(start, index) if told and index - start > 2 else None

    def _listed(self, found: list[Organisation]) -> str:
        """The last organisation, with those that stand in one list with it."""
        words, last = self.words, len(found) - 1
        while last and words.keys[found[last - 1].end : found[last].first] in ([], ["và"]):
            last -= 1
        if last == len(found) - 1:
            return self._group(found[-1].first) + found[-1].name
        return ", ".join(one.name for one in found[last:])

    def _group(self, index: int) -> str:
        """ "tập thể ", "hội viên ", "nhóm tác giả " where such words stand before an organisation."""
        words, first = self.words, index
        while (
            first > index - 3 and words.gap(first - 1) == " " and words.keys[first - 1] not in _TO | small_words("wins")
        ):
            first -= 1
        while first < index and words.keys[first] not in small_words("group"):
            first += 1
        return f"{words.written(first, index)} " if first < index else ""

    def _who(self, index: int, end: int) -> str | None:
        """Who is named here: people, an organisation, or so many groups ("15 dự án và 02 tập thể")."""
        words = self.words
        index += words.key(index) in ("các", "hai", "ba") and not words.at(index, "honorific")
        index = self._past_colon(index, end)
        last = index
        if index >= len(words) or not self._begins(index):
            return None
        while last < min(end, index + WINNER) and (last == index or words.gap(last - 1) in (" ", ",", "-")):
            if organisation := organisation_at(self.context, last):
                last = self._listed_on(organisation)
                break
            if person := at(self.people, last):
                last = self._people_on(person.end)
                break
            if title := words.at(last, "honorific"):
                last = title.end
                continue
            counted = words.keys[last].isdigit()
            joined = words.keys[last] == "và" and words.keys[last + 1 : last + 2] and words.keys[last + 1].isdigit()
            if last > index and words.gap(last - 1) == "," and not counted:
                break
            if words.keys[last] in small_words("ends_winner") and not joined:
                break
            last += 1
        return " ".join(words.written(index, last).split()) if last > index else None

    def _past_colon(self, index: int, end: int) -> int:
        """The first name of a list that is introduced: "các tập thể: Hội LHPN xã A, …", "các bà: B, C"."""
        for after in range(index + 1, min(end, index + 4)):
            if ":" in self.words.gap(after - 1):
                named = organisation_at(self.context, after) or at(self.people, after)
                return after if named or self.words.at(after, "honorific") else index
        return index

    def _people_on(self, end: int) -> int:
        """The end of the people and organisations that are listed after someone, each with no more than a title."""
        words = self.words
        for _ in range(WINNER):
            gap = words.gap(end - 1)
            after = end + 1 if gap == " " and words.key(end) in _AND else end if gap == "," else None
            if after is None:
                break
            title = words.at(after, "honorific")
            other = at(self.people, title.end if title else after) or organisation_at(self.context, after)
            if other is None:
                break
            end = other.end
        return end

    def _listed_on(self, organisation: Organisation) -> int:
        """The end of whoever is listed with this organisation, or of the place that it is said to be in."""
        words, end = self.words, self._people_on(organisation.end)
        place = place_at(self.context, end) if words.gap(end - 1) == "," and end == organisation.end else None
        return place.end if place else end

    def _begins(self, index: int) -> bool:
        """Can a winner be named from this word on?"""
        words = self.words
        return (
            words.keys[index].isdigit()
            or words.keys[index] in small_words("group")
            or words.capital(index)
            or words.at(index, "honorific", "office", "surnames") is not None
        )
