"""The list of those who get an award, wherever it stands: behind "cho", behind a colon, or before "được tặng".

A recipient is so many of a group, a person with titles before and offices, home or brackets behind, an organisation or
a place with "đội", "tập thể" before it, or a work with whose it is. What stands between two is a comma, "và", "cùng",
and in lists that a colon opens a semicolon too.
"""

from __future__ import annotations

from dataclasses import replace

from worker.facts.awards.asides import Asides
from worker.facts.awards.award import Winner
from worker.facts.awards.bodies import Bodies
from worker.facts.awards.persons import CALLING
from worker.facts.awards.teams import AND, GROUP, LABELS, TO
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at
from worker.facts.people.beside import behind_bracket
from worker.facts.places import place_at, places_of
from worker.facts.span import Context
from worker.facts.words import at, within

MOST = 40  # recipients in one list
LONGEST = 60  # words of what is told of one work
NAMED = 16  # words of a work whose name stands in no quotation marks
COUNTED = 16  # words in what is counted, or in a group without a name
_MAKES = (["thực", "hiện"], ["sáng", "tác"], ["biểu", "diễn"], ["trình", "bày"], ["thể", "hiện"], ["dàn", "dựng"])
_CALLED = (["tác", "giả"], ["phóng", "viên"], ["nghệ", "nhân"], ["nhà", "báo"], ["nhà", "thơ"], ["nhạc", "sĩ"],
           ["họa", "sĩ"], ["thí", "sinh"], ["đầu", "bếp"])  # fmt: skip
"""What someone is called before a name that needs no title."""
_FOR_OTHERS = (["đại", "diện"], ["lãnh", "đạo"])
"""Who takes an award for those who won it."""
_THAT_IS = (["đó", "là"], ["ấy", "là"])
_PAIRS = frozenset(("cặp", "đôi", "hai", "vợ", "chồng"))
"""Words for two: "cặp đôi A - B", "hai vợ chồng A, B"."""
_FAMILY = frozenset(("gia", "vợ", "hộ", "nhóm", "hai"))
"""Words with which a group is led that goes by a person's name: "gia đình bà X", "nhóm tác giả X"."""
_REACHES = frozenset(("xếp", "đứng", "về", "giành", "đạt", "đoạt", "vô", "được", "nhận", "lĩnh"))
"""Verbs with which a clause of its own goes on behind who wins: "…, đội B đứng thứ nhì"."""
_DOES = frozenset(("làm", "hoàn", "thực", "tham", "đóng", "giai", "nhưng"))
"""First words of what so many did: "25 cá nhân hoàn thành xuất sắc …"."""
_TEAMS = frozenset(("đội", "đoàn", "nhóm"))
_UNITS = ("district", "commune")
"""Levels of the places that have organisations of the same sort."""
_MIDDLE = frozenset(("thị", "văn"))
"""Second words that only a person's name has: "Đậu Thị Thơm", whatever comes first."""


class Recipients(Asides):
    """Reads lists of recipients, in one part."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.bodies = Bodies(context)

    def read(self, index: int, end: int, listed: bool = False, ahead: bool = False) -> tuple[tuple[Winner, ...], int]:
        """The recipients of the list that begins with this word, and the word behind the last and what is said of them.

        `end`: where it ends at the latest; `listed`: a colon opened it, so that semicolons stand between its entries;
        `ahead`: it is but looked at, to the end.
        """
        winners, over = list[Winner](), False  # `over`: "và" led the last one
        stop = index
        named = self._past_label(index, end)
        if named > index and ":" in self.words.gap(named - 1):  # "các đoàn: huyện A; huyện B"
            listed, end = True, self.line_end(end)
        following: int | None = named
        while following is not None and len(winners) < MOST:
            if over and self.words.gap(following - 1) == "," and self._opens_clause(following, end):
                break
            item = self._item(following, end, listed)
            if item is None or (winners and not ahead and self._tells(following, item[1], end, listed)):
                break
            over = not ahead and bool(winners) and self.words.keys[following - 1] in AND
            for one in item[0]:
                winners.append(self._of_same_sort(winners[-1], one) if winners else one)
            whole = self.bodies.whole(winners[-1], end)
            stop = item[1] if whole == winners[-1] else self.aside(whole.end, end)
            winners[-1], following = whole, self._next(stop, end, listed)
        return tuple(winners), stop

    def _of_same_sort(self, before: Winner, one: Winner) -> Winner:
        """A bare place behind an organisation of another is that of this place: "Hội LHPN Q.4, | Q.Gò Vấp"."""
        place, end = place_at(self.context, one.first), before.end
        of = next((other for other in within(places_of(self.context), before.first, end) if other.end == end), None)
        bare = place is not None and place.end == one.end and place.level in _UNITS
        if place is None or not bare or of is None or not before.name.endswith(of.name):
            return one
        return replace(one, name=before.name.removesuffix(of.name) + place.name)

    def _tells(self, index: int, stop: int, end: int, listed: bool) -> bool:
        """Does a clause begin here, and no further recipient: "…; Hội LHPN xã B tổ chức …", "…, đội B về nhì"?"""
        words = self.words
        if stop < end and words.gap(stop - 1) == " " and words.key(stop) in _REACHES:
            return True
        if self.counts(index) and words.key(stop) in ("cùng", "được", "nhận") and words.at(stop + 1, "award"):
            return True  # "…, 5 lớp khác cùng giải Khuyến khích"
        if ";" not in words.gap(index - 1):
            return False
        over = words.gap(stop - 1) != " " if listed else words.gap(stop - 1)[-1:] in (";", ".", "\n")
        return not over and words.key(stop) not in AND

    def _opens_clause(self, index: int, end: int) -> bool:
        """Do those win something else who are told behind a list that is over: "A và B, | C và D đạt giải Nhì"?"""
        found, stop = self.read(index, end, ahead=True)
        return bool(found) and stop < end and self.words.gap(stop - 1) == " " and self.words.key(stop) in _REACHES

    def _next(self, stop: int, end: int, listed: bool) -> int | None:
        """Where the next recipient begins behind this word."""
        words = self.words
        gap = words.gap(stop - 1).strip(') ”“"') or " "
        joined = words.key(stop) in AND
        if stop >= end or gap not in (" ", ",", ";") or (gap == " " and not joined):
            return None
        if gap == ";" and not listed:  # "cho đồng chí A, Phó Chủ tịch UBND tỉnh; đồng chí B, Chủ tịch Hội"
            return stop if self.another(stop) else None
        return stop + joined + (words.keys[stop : stop + 2] == ["cùng", "với"])

    def another(self, index: int) -> bool:
        """Is a further person or work named behind a semicolon, and no other award: "…; | dự án “B” của chị Y; …"?"""
        words = self.words
        title = words.at(index, "honorific")
        work = words.key(index) in small_words("work") and words.key(index + 1) != "giả"
        if not (work or (title and at(self.people, title.end))):
            return False
        for here in range(index, min(len(words), index + LONGEST)):
            if words.at(here, "award"):
                return False  # "…; dự án “B” của chị Y đoạt giải Nhì"
            if words.gap(here)[-1:] in (";", ".", "\n"):
                break
        return True

    def _item(self, index: int, end: int, listed: bool) -> tuple[tuple[Winner, ...], int] | None:
        while self.words.keys[index : index + 2] in _FOR_OTHERS:  # "cho đại diện lãnh đạo Hội LHPN tỉnh"
            index += 2
        index += self._shares_label(index, end)
        if index >= end or self.words.at(index, "award"):
            return None
        if self.counts(index):
            return self._counted(index, end)
        if group := self.numbered(index, end) or self.all_of(index, end) or self._members(index, end):
            return (group,), self.aside(group.end, end)
        pair = self._pair(index, end) if self.words.keys[index] in _PAIRS else None
        pair = self.teams(index, end) if self.shared(index, end) > index else pair
        meant = self.meant(index, end)
        if pair or meant:
            return pair or (((meant,), meant.end) if meant else None)
        one = self._person(index, end) or self.organisation(index, end)
        if one is None and (several := self.teams(index, end) if listed else self._several(index, end)):
            return several
        one = one or self._work(index, end) or self.place(index, end)
        if one is None and (team := self.called(index, end)):
            one = team, self.aside(team.end, end)
        return ((one[0],), one[1]) if one else None

    def _shares_label(self, index: int, end: int) -> bool:
        """Does a word for several stand here before what each of the places of a list has: "các | đội xã A và xã B"?"""
        words = self.words
        labelled = index + 2 < end and words.keys[index] in LABELS and words.gap(index) == words.gap(index + 1) == " "
        several = labelled and words.keys[index + 1] in _TEAMS and not words.capital(index + 2)
        return several and place_at(self.context, index + 2) is not None

    def _members(self, index: int, end: int) -> Winner | None:
        """Those of an organisation who are not counted: "các nhà khoa học nữ Viện A", "các cán bộ Hội LHPN xã B"."""
        words = self.words
        for first in range(index + 1, min(end, index + GROUP)) if words.keys[index] in ("các", "những") else ():
            if self.of_members(first) and (of := organisation_at(self.context, first)) and of.end <= end:
                return Winner(index, of.end, f"{words.written(index, first)} {of.name}")
            if words.gap(first - 1) != " " or words.capital(first):
                break
        return None

    def _pair(self, index: int, end: int) -> tuple[tuple[Winner, ...], int] | None:
        """Two who compete together: "cặp đôi A - B", "cặp A/B", "đôi A và B", "hai vợ chồng A, B"."""
        words, first = self.words, index
        called = index + CALLING if words.keys[index] in ("cặp", "đôi") else index
        while words.key(first) in _PAIRS or (index < first <= called and not words.capital(first)):
            first += 1  # "cặp (vận động viên) A/B"
        one = self.names.name(first)
        joined = words.gap(one - 1) in ("-", "/", ",") or words.key(one) in AND
        second = one + (words.key(one) in AND)
        title = words.at(second, "honorific")
        second = title.end if title else second
        other = self.names.name(second) if joined else second
        if one == first or other == second or other > end:
            return None
        pair = tuple(Winner(*at_, self.names.written(*at_)) for at_ in ((first, one), (second, other)))
        return pair, self.aside(other, end, person=True)

    def _several(self, index: int, end: int) -> tuple[tuple[Winner, ...], int] | None:
        """A list within a list: "các đồng chí A, B"."""
        if teams := self.teams(index, end):
            return teams
        first = self._past_label(index, end)
        stop = self.line_end(end) if ":" in self.words.gap(first - 1) else end
        found = self.read(first, stop, listed=True) if first > index else None
        return found if found and found[0] else None

    def _past_label(self, index: int, end: int) -> int:
        """Where the names begin behind "các đồng chí", "02 tập thể:", "tập thể:"; this word if nothing leads them."""
        words, first = self.words, index
        if words.key(index) in LABELS or words.key(index).isdigit():
            index += 1
            while words.gap(index) == "," and words.at(index, "honorific"):  # "các ông, bà: A; B"
                index += 1
        for after in range(index, min(end, index + GROUP)):
            if after > index and self.of_members(after):
                return first
            if after > first and (organisation_at(self.context, after) or at(self.people, after)):
                plain = all(words.gap(at_) == " " and not words.capital(at_) for at_ in range(index, after - 1))
                led = index > first or ":" in words.gap(after - 1)
                return after if plain and led else first
            whose = organisation_at(self.context, first)  # "Hội LHPN các xã: A, B"
            named = words.at(after, "honorific") or (not whose and place_at(self.context, after))
            if after > first and ":" in words.gap(after - 1) and named:
                return after
            if after > index and words.keys[after : after + 2] in _THAT_IS:  # "hai học sinh nghèo, ấy là A và B"
                return after + 2
            if (after > index and words.gap(after - 1) != " ") or words.key(after) in TO or self.stopped(after):
                return first
        return first

    def _counted(self, index: int, end: int) -> tuple[tuple[Winner, ...], int] | None:
        """So many ("12 tập thể và 25 cá nhân"), or who they are, where that is said: "3 tập thể: A, B và C"."""
        words = self.words
        last = self.number_end(index) + 1
        last += words.keys[last - 1] == "đ"  # "21 đ/c"
        while last < min(end, index + COUNTED):
            gap = words.gap(last - 1)
            here = last + (words.keys[last] in AND)
            another = self.counts(here) or (gap == "," and self._kind_of(here))
            if another and gap in (" ", ","):  # "5 tập thể, 8 cá nhân"; "20 tập thể, cá nhân"
                last = max(self.number_end(here), here + (not self.counts(here))) + 1
                continue
            over = self.stopped(last) or words.keys[last] in _DOES
            if gap not in (" ", "&") or over or words.at(last, "award"):
                break
            last += 1
        while last > index + 2 and words.keys[last - 1] in AND:
            last -= 1
        behind = last + (words.key(last) == "bao") + (words.key(last) in ("gồm", "là", "bao"))
        behind += 2 * (words.keys[last : last + 2] in _THAT_IS)
        if behind > last or set(":(") & set(words.gap(last - 1)):
            end = self.line_end(end) if ":" in words.gap(last - 1) or ":" in words.gap(behind - 1) else end
            named, stop = self.read(behind, end, listed=True) if not self.counts(behind) else ((), behind)
            if named and not self.counts(named[0].first):
                return named, stop
        return (self.winner(index, last),), self.aside(last, end)

    def _kind_of(self, index: int) -> bool:
        """Is it a further word for those that are counted: "20 tập thể, | cá nhân", "9 cán bộ, | hội viên"?"""
        words = self.words
        if words.capital(index) or organisation_at(self.context, index):
            return False
        return self.collective(index)

    def _person(self, index: int, end: int) -> tuple[Winner, int] | None:
        """A person behind titles: "Đại úy X (Ban CHQS …)", "chị Y - Chi hội trưởng …", "em Z, lớp 9A, Trường …"."""
        words = self.words
        if words.keys[index] == "nhóm" and (team := self._bare_name(index, end)):
            return team
        led = (
            words.at(index, "honorific", "office")
            or words.keys[index] in small_words("group")
            or words.keys[index] in _FAMILY
        )
        person, first = self.foremost(index, end, bool(led))
        if person is None:
            return self._bare_name(first, end)
        called = words.keys[index + 1 : index + 3] in _CALLED  # "hai tác giả A và B"
        own = words.keys[index] in _FAMILY and first > index and not (called and words.keys[index] == "hai")
        if own and (other := self.spouse(person)):
            name = " ".join(words.written(index, other.end).split())
            return Winner(index, other.end, name), self.aside(other.end, end, person=True)
        name = " ".join(words.written(index, person.end).split()) if own else person.name
        return Winner(index, person.end, name), self.aside(person.end, end, person=True)

    def _bare_name(self, index: int, end: int) -> tuple[Winner, int] | None:
        """Someone named without a title: "Phạm Hải Yến", "tác giả Lê Mai", "nhóm tác giả Thu Thủy, Minh Đức"."""
        words, first = self.words, index
        team = words.key(index) == "nhóm"
        first += team
        authors = words.keys[first : first + 2] in _CALLED
        first += 2 * authors
        stop = self.names.name(first) if first < end else first
        known = authors or words.at(first, "surnames") or (stop - first > 2 and words.keys[first + 1] in _MIDDLE)
        if stop - first < 2 or stop > end or not known or organisation_at(self.context, index):
            return None
        while team and words.gap(stop - 1) in (",", "-") and (other := self.names.name(stop)) > stop + 1:
            stop = other
        name = words.written(index, stop) if team else self.names.written(first, stop)
        return Winner(index, stop, name), self.aside(stop, end, person=True)

    def _work(self, index: int, end: int) -> tuple[Winner, int] | None:
        """Whose work it is: "tác phẩm “…” của X", "“…” (X)", "mô hình nuôi dê của chị X"; else the work by its name."""
        words = self.words
        if words.keys[index] in small_words("group") and index + 1 in self.quotes and words.gap(index)[-1:] in '“"':
            return self.winner(index, self.quotes[index + 1]), self.aside(self.quotes[index + 1], end)  # nhóm “EduKid”
        if index not in self.quotes and (words.keys[index] not in small_words("work") or words.key(index + 1) == "giả"):
            return None
        last = index
        while last < min(end, index + NAMED):
            if last in self.quotes:
                return self._by(index, self.quotes[last], end)
            if words.keys[last] in ("của", "do"):
                return self._made(self._person(last + 1, end) or self.organisation(last + 1, end))
            on = words.keys[last] == "và" and not words.capital(last + 1) and not words.at(last + 1, "honorific")
            if (last > index and words.gap(last - 1) not in (" ", "“", '"')) or (self.stopped(last) and not on):
                break  # but "dự án trồng | và chế biến chè của chị X"
            last += 1
        return None

    def _made(self, author: tuple[Winner, int] | None) -> tuple[Winner, int] | None:
        """An author, with the verb behind them: "do chị X thực hiện"."""
        if author and self.words.keys[author[1] : author[1] + 2] in _MAKES:
            return author[0], author[1] + 2
        return author

    def work(self, index: int, end: int) -> Winner | None:
        """Whose work an entry is that begins with a work's name in quotation marks; None if it tells of none."""
        opens = index if index in self.quotes else index + 2
        led = opens in self.quotes and self.words.keys[index] in small_words("work")
        found = self._work(index, end) if led else None
        return found[0] if found else None

    def _by(self, index: int, quoted: int, end: int) -> tuple[Winner, int] | None:
        """Whose work it is whose name ends before word `quoted`, else the work itself."""
        words, gap = self.words, self.words.gap(quoted - 1)
        if "(" in gap and (past := behind_bracket(words, quoted)) > quoted:
            author = self._person(quoted, end)
            if author:  # "“…” (tác giả X, xã Y)"
                return author[0], max(past, author[1])
            if words.key(past) in ("của", "do"):  # "“…” (5 kỳ) của X"
                quoted, gap = past, ""
        after = quoted + (words.key(quoted) in ("của", "do"))
        if (gap.endswith(("-", "–")) or words.keys[quoted : quoted + 2] == ["tác", "giả"]) and quoted < end:
            author = self._person(quoted, end)
            team = None if author else self.called(quoted, end)
            if author or team:  # "“…” - nhóm Hòa Châu", "“…”, tác giả X"
                return author or ((team, team.end) if team else None)
        if after > quoted or "(" in gap:
            author = self._person(after, end) or (self.organisation(after, end) if after > quoted else None)
            author = self._made(author)
            if author or (after > quoted and words.key(after + 1) not in small_words("wins")):
                return author
        if after > quoted and words.gap(after) == " " and words.key(after + 1) in small_words("wins"):
            return self.winner(index, quoted), after + 1  # "dự án “…” của tổ đoạt giải"
        name = words.written(index, quoted)
        name += "”" if "“" in name else ""
        return Winner(index, quoted, " ".join(name.split())), self.aside(quoted, end)
