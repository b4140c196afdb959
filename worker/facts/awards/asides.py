"""Groups and places that get an award, and what is said in passing of who does: brackets, offices, homes, works."""

from __future__ import annotations

from worker.facts.awards.award import Winner
from worker.facts.awards.persons import CALLING, Persons
from worker.facts.awards.teams import AND, TAIL, TO
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at
from worker.facts.people.beside import roles_after
from worker.facts.places import place_at, places_of
from worker.facts.words import at, within

ASIDES = 4  # things that are said in passing behind one of them
DETAIL = 12  # words of what is said of a person between two commas
NEAR = 12  # words back to the place that an organisation's name ends with
BRACKET = 36  # words of offices in brackets
WORK = 10  # words between "tác phẩm" and whose it is
_DISHES = frozenset(("mâm", "chùm", "loạt", "sản", "phần", "ý", "bài", "gian"))
"""First words of what someone won with, beside those of works: "với mâm cơm Nam Bộ"."""
OF_TEAM = frozenset(("của", "thuộc", "ở", "tại"))
_SAYS = frozenset(
    ("lớp", "học", "sinh", "chủ", "ở", "trú", "dân", "thành", "cán", "giáo", "tổ", "thôn", "hội", "người", "công",
     "đảng", "đoàn", "giảng", "cô", "bác", "kỹ", "phường", "nghệ", "hiện", "nguyên", "hộ", "khu",
     "xóm", "ấp", "bản", "khối", "buôn", "nhân", "đại", "thuộc", "đơn", "là", "ngụ", "quê", "sn")
)  # fmt: skip
"""First words of what is said of a person in passing: "lớp 9A", "học sinh …", "chủ mô hình …", "thôn 3"."""


class Asides(Persons):
    """Reads groups and what stands behind those who are named, in one part."""

    def aside(self, stop: int, end: int, person: bool = False) -> int:
        """The word behind what is said of a recipient that ends before this one: brackets, offices, where they live."""
        words = self.words
        for _ in range(ASIDES):
            after, gap = stop, words.gap(stop - 1).lstrip("”»") or " "
            if stop >= end:
                break
            if gap.startswith("("):
                after = self._behind_bracket(stop)
            elif gap in (" ", ")") and words.key(stop) == "với":
                after = self._with_work(stop, end)
            elif gap in (",", "-") or (gap.startswith(")") and gap.endswith(("-", "–", ","))):
                after = self._said(stop) if person else self._lies(stop, gap)
            elif person and gap in (" ", ")") and (of := self._of_team(stop)):  # "chị X của đoàn Na Rì đoạt …"
                team = self.team(stop + of, end)
                after = team.end if team else stop + of
            if not stop < after <= end:
                break
            stop = after
        return stop

    def _behind_bracket(self, index: int) -> int:
        """The word behind the bracket that opens before this one, and may hold offices; this one if it never closes."""
        words, last = self.words, min(index + BRACKET, len(self.words) + 1)
        for after in range(index + 1, last):
            if {")", "\n"} & set(words.gap(after - 1)):
                return after if ")" in words.gap(after - 1) else index
        return index

    def _of_team(self, index: int) -> int:
        """How many words here lead to the team that someone is of: "của", "thuộc", "đến từ"."""
        words = self.words
        return 2 * (words.keys[index : index + 2] == ["đến", "từ"]) or int(words.key(index) in OF_TEAM)

    def _with_work(self, index: int, end: int) -> int:
        """The end of the work that someone won with: "chị X với tiết mục “…” đoạt …"; this word if none is told."""
        words = self.words
        if words.key(index + 1) not in small_words("work") | _DISHES and index + 1 not in self.quotes:
            return index
        for after in range(index + 1, min(end, index + WORK)):
            if after + 1 in self.quotes or after in self.quotes:
                return self.quotes.get(after + 1) or self.quotes[after]
            if self.stopped(after) or words.gap(after) != " ":
                return after if self.stopped(after) else after + 1
        return index

    def team(self, index: int, end: int) -> Winner | None:
        """The organisation, the place or the group by its name or its number that begins with this word."""
        if index >= end:
            return None
        if numbered := self.numbered(index, end):
            return numbered
        team = self.organisation(index, end) or self.place(index, end)
        return team[0] if team else self.called(index, end)

    def _said(self, index: int) -> int:
        """The end of what is said of a person between commas: an office, an employer, a home."""
        words = self.words
        title = words.at(index, "honorific")
        if words.key(index).isdigit() and words.key(index + 1) == "tuổi":
            return index + 2
        roles = roles_after(words, self.names, index)
        if roles and (title is None or words.at(index, "office")):
            return self._to_mark(roles.end)
        if named := place_at(self.context, index) or organisation_at(self.context, index):
            return named.end
        if words.at(index, "award") or at(self.people, title.end if title else index):  # "…, Đoàn Thị B"
            return index
        last = min(len(words), index + DETAIL)
        if words.key(index) in small_words("work"):  # "Nhất: A (xã B), tác phẩm “…”"
            return next((self.quotes[here] for here in range(index, index + CALLING) if here in self.quotes), index)
        team = words.key(index) in small_words("team") or words.key(index) == "đội"
        home = self.called(index, last) if team else None
        return home.end if home else self._aside_until(index, last) if words.key(index) in _SAYS else index

    def _to_mark(self, stop: int) -> int:
        """The end of a role whose last words are in small letters: "giảng viên Trường đại học Khoa học Tự | nhiên"."""
        words = self.words
        for after in range(stop, min(len(words), stop + TAIL + 1)):
            if words.gap(after - 1) != " ":
                return after
            if (named := organisation_at(self.context, after)) and words.gap(named.end - 1) != " ":
                return named.end  # "giáo viên dạy Văn | Trường THCS A"
            subject = words.capital(after) and not organisation_at(self.context, after + 1)
            if subject or words.keys[after] in AND | TO | OF_TEAM or self.stopped(after):
                break
        return stop

    def _aside_until(self, index: int, last: int) -> int:
        """The end of what is said of a person from this word on: the next mark, or the organisation they are of."""
        words, clause = self.words, self.words.keys[index] == "người"  # "người có 3 con trai đều là lính hải quân"
        for after in range(index + 1, last):
            if after in self.quotes and words.keys[after - 1] in small_words("work") | {"án", "hình", "hàng", "hiệu"}:
                return self.quotes[after]  # "chủ dự án “…”"
            if words.gap(after - 1) != " " or (not clause and (words.keys[after] in AND or self.stopped(after))):
                return after
            if not clause and (named := organisation_at(self.context, after)):
                return named.end
        return index

    def _lies(self, index: int, gap: str) -> int:
        """The end of the place that an organisation is in: "Chi hội thôn Đông, xã A"."""
        place = place_at(self.context, index) if self.words.key(index) not in small_words("team") else None
        listed = place is None or gap != "," or place.level == "village" or organisation_at(self.context, index)
        if listed or place is None:
            return index
        before = within(places_of(self.context), index - NEAR, index)
        equal = bool(before) and before[-1].end == index and before[-1].level == place.level  # "xã A, xã B"
        return index if equal else place.end

    def organisation(self, index: int, end: int) -> tuple[Winner, int] | None:
        """An organisation, with "tập thể", "đội thi", "nhóm tác giả" before it."""
        first = self.led(index, end)
        organisation = organisation_at(self.context, first)
        if organisation is None or organisation.end > end:
            return None
        lead = f"{self.words.written(index, first)} " if first > index else ""
        stop, name = organisation.end, lead + organisation.name
        if self.words.keys[stop : stop + 3] == ["tại", "việt", "nam"] and stop + 3 <= end:
            stop, name = stop + 3, f"{name} {self.words.written(stop, stop + 3)}"
        return Winner(index, stop, name), self.aside(stop, end)

    def place(self, index: int, end: int) -> tuple[Winner, int] | None:
        """A place that competes: "phường 2", "đoàn huyện Tân Yên", "đội thôn Đông"."""
        first = self.led(index, end)
        place = place_at(self.context, first)
        if place is None or place.end > end:
            return None
        stop, words = place.end, self.words
        larger = place_at(self.context, stop) if words.keys[stop - 1].isdigit() and words.gap(stop - 1) == "," else None
        within_it = larger and larger.end <= end and words.keys[stop] != words.keys[first]  # "phường 1, phường 4"
        stop = larger.end if larger and within_it else stop  # "phường 2, thị xã Vĩnh Châu"
        return self.winner(index, stop), self.aside(stop, end)
