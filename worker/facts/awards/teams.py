"""Groups that win: teams, classes, branches, by a number or a name of their own: "lớp 6A2", "đội Hướng Dương"."""

from __future__ import annotations

from worker.facts.awards.award import NO_WIN, Reading, Winner
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at
from worker.facts.people.beside import behind_bracket
from worker.facts.places import place_at
from worker.facts.span import Context
from worker.facts.words import at

NAMED = 8  # words of a group with its name, or before the name of a person
GROUP = 7  # words before the name of an organisation or a place
AND = frozenset(("và", "cùng"))
TO = frozenset(("cho", "thuộc", "của", "tới", "đến", "là", "có", "với", "do"))
LABELS = frozenset(("các", "những", "hai", "ba", "bốn", "năm"))
"""Words before several that share a word for what they are: "hai đội A và B"."""
_LEVELS = frozenset(("huyện", "xã", "phường"))
_SHARED = frozenset(("clb", "hội", "đội", "đoàn", "ban"))
_WOMEN = frozenset(("phụ", "nữ"))
_BEATS = frozenset(("thắng", "vượt", "hạ", "gặp", "xếp", "tranh", "đứng", "lên", "cũng"))
_WHEN = frozenset(("năm", "tháng", "ngày", "lần", "từ", "hôm", "nay"))
_TOGETHER = frozenset(("đồng", "cùng", "đều", "mới", "đã", "vừa", "còn", "lại"))
"""Words between who wins and the prize or the verb: "đội A, đội B đồng giải Nhì"."""
_NUMBERED = frozenset(("lớp", "nhóm", "tổ", "khối", "đội"))
_NO_TEAM = frozenset(
    ("chức", "học", "chống", "hợp", "ngừa", "hành", "trừ", "nước", "bố", "tác", "cáo", "cấp", "giám", "ương", "bằng",
     "viên", "dân", "giá", "thân", "nhân", "trình", "thể", "sản", "sĩ", "đoạn")
)  # fmt: skip
"""Second words that make another word of one for a team: "tổ chức", "khoa học", "phòng chống", "trường hợp"."""
_OVER = (["trên", "các"], ["trên", "mọi"], ["trên", "nhiều"], ["trên", "toàn"], ["trên", "địa"], ["trên", "lĩnh"])
"""Where someone did well: "9 cá nhân xuất sắc | trên các lĩnh vực"; but "2 chị kể trên" are told before."""
TAIL = 2  # words in small letters that a team's name may end with: "tổ Ngữ văn", "phòng Hậu cần"


class Teams(Reading):
    """Reads groups by their names, in one part."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.stops = small_words("ends_winner", "wins")

    def stopped(self, index: int) -> bool:
        """Is what is said of a recipient over at this word: at "đạt", "vì", but not at "lãnh đạo"?"""
        if self.words.keys[index : index + 2] in _OVER:
            return True
        stops = self.words.key(index) in self.stops and not self.in_name(index)
        return stops and self.words.keys[index : index + 2] not in NO_WIN

    def numbered(self, index: int, end: int) -> Winner | None:
        """A class or a group by its number: "lớp 6A2", "nhóm 5", "đội số 2"."""
        words = self.words
        at = index + 1 + (words.key(index + 1) == "số")
        named = at < end and words.keys[index] in _NUMBERED and all(words.gap(gap) == " " for gap in range(index, at))
        return self.winner(index, at + 1) if named and words.keys[at][0].isdigit() else None

    def all_of(self, index: int, end: int) -> Winner | None:
        """All of a sort, as one: "các dự án của huyện A, B và C", "các chi hội của phường A (quận B) và xã C"."""
        words, kind = self.words, self.words.key(index + 1)
        sorts = small_words("group", "team", "work")
        if words.key(index) not in ("các", "những") or kind not in sorts or words.capital(index + 1):
            return None
        for last in range(index + 1, min(end - 1, index + GROUP)):
            if words.keys[last] == "của":
                stop = self._places(last + 1, end)
                return Winner(index, stop, " ".join(words.written(index, stop).split())) if stop > last + 1 else None
            if words.gap(last) not in (" ", ",") or self.stopped(last):
                return None
        return None

    def _places(self, index: int, end: int) -> int:
        """The word behind the list of places that begins here: "huyện A, B và C"; this word if none does."""
        words, stop, here = self.words, index, index
        while here < end:
            place = place_at(self.context, here)
            behind = place.end if place else words.run(here) if stop > index else here
            if not here < behind <= end:
                break
            stop = behind
            past = behind_bracket(words, stop) if words.gap(stop - 1) == "(" else stop
            gap = words.gap(past - 1).strip(") ") or " "
            joined = gap == " " and words.key(past) in AND
            if not joined and gap != ",":
                break
            here = past + joined
        return stop

    def teams(self, index: int, end: int) -> tuple[tuple[Winner, ...], int] | None:
        """Those who go by bare names: "hai đội Lục Hồn và Vô Ngại", "CLB Hội LHPN các xã: Cát Hải, Phù Long"."""
        words, head = self.words, self.shared(index, end)
        kind = words.key(head + 1)
        units = words.keys[head + 1 : head + 3] == ["đơn", "vị"]  # "các đơn vị A và B": their names alone
        first = head + 2 + units
        named = (kind in small_words("group", "team") or kind in _LEVELS) and words.gap(first - 1) in (" ", ":")
        if words.key(head) not in LABELS or not named or not words.capital(first):
            return None
        lead = f"{words.written(index, head)} " if head > index else ""
        kind, winners = "" if units else f"{kind} ", list[Winner]()
        while first < end and (stop := min(end, words.run(first))) > first:
            winners.append(Winner(first, stop, f"{lead}{kind}{words.written(first, stop)}"))
            joined = words.gap(stop - 1) == " " and words.key(stop) in AND
            if words.gap(stop - 1) != "," and not joined:
                break
            first = stop + joined
            if words.at(first, "union", "area", "honorific", "office"):  # "… và Hội Phụ nữ Công an tỉnh"
                break
            if not words.capital(first) and (place := place_at(self.context, first)):  # "… và thị xã Hồng Lĩnh"
                winners.append(Winner(first, place.end, f"{lead}{place.name}"))
                first = place.end
                break
        return (tuple(winners), winners[-1].end) if len(winners) > 1 else None

    def shared(self, index: int, end: int) -> int:
        """Where "các" stands behind what several share: "CLB Hội LHPN | các huyện: A, B"; this word if nothing does."""
        words = self.words
        shares = (
            words.at(index, "union", "area") or words.key(index) in small_words("group") or words.key(index) in _SHARED
        )
        for head in range(index, min(end, index + GROUP)) if shares else ():
            if words.keys[head] == "các":
                return head
            if words.gap(head) != " " or words.keys[head] in TO | AND or self.stopped(head):
                break
        return index

    def called(self, index: int, end: int) -> Winner | None:
        """A group by a name that is nobody else's: "Chi hội Thái Học 2", "đội Hướng Dương"."""
        words, last = self.words, index
        apart = words.key(index + 1) not in _NO_TEAM or (words.capital(index + 1) and words.keys[index] != "ban")
        team = apart and words.keys[index] in small_words("team")
        if not (team or words.keys[index] in small_words("group")) or words.at(index, "event"):
            return None
        while last < end and (last == index or words.gap(last - 1) == " " or self._dashed(last)):
            in_name = last > index and words.capital(last) and words.capital(last - 1)  # "khu vực Yên Hạ"
            if last >= index + NAMED + in_name * TAIL:
                break
            over = words.keys[last] in TO | AND | _BEATS | _WHEN or (last > index + 1 and self.adverb(last))
            over = over and not (in_name and words.keys[last] in _BEATS)
            if over or self.stopped(last) or words.at(last, "award"):
                break
            last += 1
        while last > index + 1 and words.keys[last - 1] in _TOGETHER:
            last -= 1
        own = [here for here in range(index + 1, last) if words.capital(here) or self._number(here, index)]
        if not own:
            return None
        lead = 2 * self.collective(index)  # "tập thể Ban Xây dựng tổ chức Hội"
        if last - own[-1] > 1 + TAIL or last - index > NAMED - 1 + lead:  # "Tổ tiết kiệm ấp Giồng Chùa | giúp 12 hộ …"
            if own[-1] - 1 == index or not words.capital(own[-1] - 1) or words.gap(own[-1] - 1) != " ":
                return None
            last = own[-1] + 1
        if not any(words.capital(here) for here in own) and not (team and own[-1] == last - 1 == index + 1):
            return None
        return self.winner(index, last)

    def _number(self, index: int, first: int) -> bool:
        """Is it the number that a team goes by ("tổ 2", "đội May 5", "ấp 3"), and none of what it did?"""
        words = self.words
        known = (
            index == first + 1
            or words.capital(index - 1)
            or words.keys[index - 1] in small_words("team")
            or words.keys[index - 1] == "số"
        )
        return words.keys[index].isdigit() and known

    def _dashed(self, index: int) -> bool:
        """Does a dash within a name stand before this word: "tổ Toán - Tin"?"""
        words = self.words
        pair = words.capital(index - 1) and words.capital(index) and words.gap(index - 1) == "-"
        return pair and at(self.people, index) is None and not words.at(index, "office", "honorific")

    def led(self, index: int, end: int) -> int:
        """The first word behind "đội", "tập thể", "nhóm tác giả": that of an organisation or a place."""
        words = self.words
        women = words.keys[index : index + 2] == ["chị", "em"]  # "chị em thôn Đông"
        if not (women or words.keys[index] in small_words("group") or words.keys[index] in _WOMEN) or words.at(
            index, "event"
        ):
            return index
        for first in range(index, min(end, index + GROUP)):
            if words.keys[first : first + 2] == ["đến", "từ"]:
                return self.led(first + 2, end) if first + 2 < end else index  # "đội thi đến từ Hội LHPN xã A"
            if organisation_at(self.context, first) or (first > index and place_at(self.context, first)):
                return first
            # "tập thể cán bộ, hội viên"
            listed = words.gap(first) == "," and words.keys[first + 1] in small_words("group")
            listed = listed and organisation_at(self.context, first + 1) is None  # "xếp thứ nhất toàn đoàn, Hội A …"
            if not (words.gap(first) == " " or listed) or words.keys[first] in TO | AND or self.stopped(first):
                break
        return index
