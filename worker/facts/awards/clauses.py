"""Who won an award by the order of its clause alone, where no closer reading tells: its subject, or who is told last.

"Bà A (dân tộc B, xã C) xúc động nhận Bằng khen": of those named before a verb of winning, the one that its clause is
about. "Cùng nhận Bằng khen còn có A, B": a clause that begins with its verb tells who won behind the award.
"""

from __future__ import annotations

from typing import NamedTuple

from worker.facts.awards.award import APART, KIN, NO_WIN, WHILE, Award, Reading, Winner
from worker.facts.awards.bare import BareNames
from worker.facts.awards.recipients import Recipients
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at
from worker.facts.people.meant import stands_alone
from worker.facts.places import place_at
from worker.facts.span import Context
from worker.facts.words import at

CLAUSE = 60  # words of a clause before an award
VERB = 5  # words between an active verb of winning and the award
BEHIND = 7  # words between an award and those who are told behind it
PLAIN = 7  # words between who wins and the verb, with no mark between
UNNAMED = 4  # words of a group without a name
_GIVES = frozenset(("tặng", "trao", "thưởng", "cấp", "gắn", "phong", "truy", "khen"))
_TELLS = frozenset(("có", "là", "gồm", "tên"))
"""Words before those who are told behind an award: "Cùng nhận Bằng khen còn có A"."""
_LEADS = frozenset(
    ("cùng", "được", "vinh", "dự", "nhận", "đón", "trong", "danh", "sách", "số", "những", "các", "người", "tập", "thể",
     "cá", "nhân", "đơn", "vị", "tặng", "trao", "đạt", "đoạt", "giành", "lĩnh", "dịp", "này", "gương", "mặt", "đợt")
)  # fmt: skip
"""Words of which a clause consists up to an award whose winners are told behind it."""
_DOES = _GIVES | {"cho", "các", "những", "của", "với"}
"""Words behind someone who does something else than to win: "bà A trao giải cho các đội đạt giải Nhất"."""
_TEAMS = frozenset(("đội", "nhóm"))
_APART = APART | {"và"}
_VERBS = frozenset(("từng", "vừa", "vinh", "được"))
_PASSING = frozenset(("lần", "này", "đợt", "dịp", "năm", "nay", "còn", "trên", "hôm"))
_OF = frozenset(
    ("qua", "thắng", "hơn", "của", "do", "tại", "ở", "từ", "mặt", "diện", "với", "theo", "bởi", "cho", "tặng", "thăm",
     "gặp", "về", "đến", "vào", "ngày", "cùng", "giúp", "nuôi", "trong", "ra", "quyền", "trên")
)  # fmt: skip
"""Words before someone that the clause is not about."""
_SAID = (["cho", "biết"], ["chia", "sẻ"], ["tiết", "lộ"], ["khẳng", "định"], ["phát", "biểu"], ["cho", "hay"],
         ["đề", "nghị"], ["báo", "cáo"])  # fmt: skip
"""Verbs of speech: who speaks is not who wins."""


class _Named(NamedTuple):
    """Those of one list: words [first, end), what is said of them included."""

    first: int
    end: int
    winners: tuple[Winner, ...]


class Clauses(Reading):
    """Reads who won by the order of a clause, in one part."""

    def __init__(self, context: Context, recipients: Recipients) -> None:
        super().__init__(context)
        self.recipients = recipients
        self.bare = BareNames(context)

    def of(self, award: Award, first: int, end: int) -> tuple[Winner, ...]:
        """Who won an award of the sentence [first, end)."""
        return self._told_behind(award, first, end) or self._led(award, first, end) or self._subject(award, first)

    def _led(self, award: Award, first: int, end: int) -> tuple[Winner, ...]:
        """Who a sentence goes on with that begins with the verb: "Vinh dự được … tặng Bằng khen, Hội A càng …"."""
        words, stop = self.words, award.end
        while (
            stop < end and words.gap(stop - 1) == " " and (words.keys[stop] in _PASSING or words.keys[stop].isdigit())
        ):
            stop += 1
        verb = words.keys[first] in small_words("wins") or words.keys[first] in _VERBS
        if not verb or stop >= end or words.gap(stop - 1) != "," or award.first - first > CLAUSE // 3:
            return ()
        winners, _ = self.recipients.read(stop, end)
        return winners if winners and not self.counts(winners[0].first) else ()

    def _told_behind(self, award: Award, first: int, end: int) -> tuple[Winner, ...]:
        """Who is told behind an award whose clause begins with the verb: "Nhận Bằng khen có A, B"."""
        words, index = self.words, award.first
        while index > first and words.gap(index - 1) == " " and words.keys[index - 1] in _LEADS | _DIGITS:
            index -= 1
        if index == award.first or (index > first and words.gap(index - 1) == " "):
            return ()
        if not small_words("wins").intersection(words.keys[index : award.first]):
            return ()
        for behind in range(award.end, min(end, award.end + BEHIND)):
            if words.gap(behind - 1) not in (" ", "”", '"') or not (
                words.keys[behind] in _TELLS | _PASSING or words.keys[behind].isdigit()
            ):
                return ()
            if words.keys[behind] in _TELLS and words.key(behind + 1) not in _TELLS:
                return self.recipients.read(behind + 1, self.line_end(end), listed=True)[0]
        return ()

    def _subject(self, award: Award, first: int) -> tuple[Winner, ...]:
        """Whom the clause is about whose verb of winning stands before the award."""
        verb = self._verb(award, max(first, award.first - CLAUSE))
        if verb is None:
            return ()
        while verb > first and self.adverb(verb - 1) and self.words.gap(verb - 1) == " ":
            verb -= 1
        meanwhile = self.words.keys[verb - 1] in WHILE
        start = first if meanwhile else self._start(verb, max(first, verb - CLAUSE))
        named = list(self._named(start, verb))
        if not named:
            return ()
        if meanwhile:
            return next((one.winners for one in named if one.first not in self.quotes), ())
        last = named[-1]
        plain = all(self.words.gap(index) == " " for index in range(last.end, verb - 1))
        plain = plain and self.words.gap(last.end - 1) in (" ", ")", "”", '"')
        if plain and verb - last.end <= PLAIN and _DOES.isdisjoint(self.words.keys[last.end : verb]):
            return last.winners
        goes_on = self.words.keys[verb - 1] == "và" or self.words.gap(verb - 1) == ","
        deserving = self.counts(last.first) and self.words.keys[last.end] == "có"
        deserving = deserving and "được" in self.words.keys[verb : award.first]
        if len(named) == 1 and (goes_on or deserving):  # "5 tập thể có nhiều đóng góp cho … được trao"
            return last.winners
        marked = [one for one in named if self.words.gap(one.winners[-1].end - 1) != " "]
        return marked[0].winners if marked and self.words.gap(verb - 1) != " " else ()

    def _verb(self, award: Award, first: int) -> int | None:
        """The verb before an award that says that someone gets it: "được … tặng", "nhận", "đạt"."""
        words = self.words
        for index in range(award.first - 1, first - 1, -1):
            if {";", ":", "."} & set(words.gap(index)) or self.prize_at(index):
                return None
            if words.keys[index] == "được":
                return index
            near = award.first - index <= VERB and all(words.gap(here) == " " for here in range(index, award.first))
            wins = words.keys[index] in small_words("wins") - _GIVES and not self.in_name(index)
            lauds = words.keys[index - 1 : index + 1] == ["tôn", "vinh"]
            if near and wins and not lauds and words.keys[index : index + 2] not in NO_WIN:
                return index
        return None

    def _start(self, verb: int, first: int) -> int:
        """Where the clause of a verb begins: behind a semicolon, and behind what someone says."""
        words = self.words
        for index in range(verb - 1, first, -1):
            if {";", ":"} & set(words.gap(index - 1)) or words.keys[index - 2 : index] in _SAID:
                return index
        return first

    def _named(self, first: int, end: int) -> list[_Named]:
        """Those whom the words [first, end) name, and may be about, in their order."""
        words, found, index, depth = self.words, list[_Named](), first, 0
        while index < end:
            gap = words.gap(index - 1) if index > first else " "
            depth = max(0, depth + gap.count("(") - gap.count(")"))
            if depth or not self._may_begin(index, first):
                index += 1
                continue
            winners, stop = self.recipients.read(index, end)
            if not winners:
                winners, stop = self._unnamed(index, end)
            if not winners and (index == first or words.gap(index - 1) == ","):
                winners, stop = self.bare.first_of(index)
            if winners and self._about(index, first) and not self.of_kin(winners[0].first, first):
                found.append(_Named(index, stop, winners))
            elif winners and not self.of_kin(winners[-1].first, first):
                stop = winners[0].end  # the next of the list may be it: "nguyên Chủ tịch Hội, Thiếu tá X, …"
            index = max(stop, index + 1)
        return found

    def _about(self, index: int, first: int) -> bool:
        """Can a clause be about those who are named from this word on: not "của X", not "chị em thôn X"?"""
        words = self.words
        if index == first or words.gap(index - 1) != " ":
            return True
        attached = words.keys[index] in small_words("team") and not self.adverb(index - 1)
        attached = attached and words.keys[index - 1] not in _APART
        held = words.before(index, "office") is not None  # "nguyên Chủ tịch Hội khóa III"
        return words.keys[index - 1] not in _OF | KIN and not attached and not held

    def _unnamed(self, index: int, end: int) -> tuple[tuple[Winner, ...], int]:
        """A group without a name, right before the verb: "Riêng tổ trọng tài được …"."""
        words = self.words
        plain = all(words.gap(here) == " " and words.keys[here] not in _OF for here in range(index, end))
        group = words.keys[index] in small_words("team") | _TEAMS and not words.at(index, "event")
        alone = words.opens_sentence(index) or words.keys[index - 1] in _APART or words.gap(index - 1) != " "
        told = group and plain and alone and 1 < end - index <= UNNAMED
        return ((self.winner(index, end),), end) if told else ((), index)

    def _may_begin(self, index: int, first: int) -> bool:
        """Can those who won be named from this word on?"""
        words = self.words
        return (
            words.at(index, "honorific") is not None
            or stands_alone(self.context, index)
            or self.counts(index)
            or at(self.people, index) is not None
            or organisation_at(self.context, index) is not None
            or words.keys[index] in small_words("group", "team")
            or (words.capital(index) and (index == first or words.gap(index - 1) == ","))
            or place_at(self.context, index) is not None
        )


_DIGITS = frozenset(str(number) for number in range(100)) | {f"0{number}" for number in range(10)}
