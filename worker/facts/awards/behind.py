"""Who is named right behind an award, or behind the word that says to whom it goes."""

from __future__ import annotations

from worker.facts.awards.award import TO_WHOM, Award, Reading, Winner
from worker.facts.awards.bare import BareNames
from worker.facts.awards.recipients import Recipients
from worker.facts.awards.teams import AND
from worker.facts.awards.verbs import GIVES
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at
from worker.facts.places import place_at
from worker.facts.span import Context

BARE = 5  # words of a bare name
WINNER = 16  # words in what is said of a winner
GOES = (TO_WHOM | {"tặng", "trao", "là", "gồm", "có"}, TO_WHOM | {"tặng"})
"""Words before the winner of a prize, and of an honour."""
GOES_TO = (["thuộc", "về"], ["gọi", "tên"], ["về", "tay"], ["tận", "tay"],
            ["đối", "với"], ["đến", "với"], ["gửi", "tới"],
            ["gửi", "đến"], ["đều", "về"], ["về", "với"], ["xướng", "tên"], ["vinh", "danh"],
            ["trao", "tới"], ["lượt", "là"])  # fmt: skip


class Behind(Reading):
    """Reads who is named behind an award, in one part."""

    def __init__(self, context: Context, recipients: Recipients) -> None:
        super().__init__(context)
        self.recipients = recipients
        self.bare = BareNames(context)

    def of(self, award: Award, index: int, end: int) -> tuple[Winner, ...]:
        """Who is named right behind an award, with nothing between but a dash."""
        words = self.words
        if words.gap(index - 1) != " ":
            return self._behind_mark(index, end) if not award.honour else ()
        if self.counts(index) or (award.honour and self._handed(award, index)):
            return self.who(index, end)  # "tặng Bằng khen 8 tập thể", "tặng Giấy khen bà X, bà Y"
        if award.honour or words.gap(award.first - 1)[-1:] not in (",", ";", ":", "-", "\n"):
            return ()
        named, last = self.recipients.read(index, end)  # "…, giải nhì Chi hội bon Bù Dấp"
        whole = bool(named) and named[0].first == index and (last >= end or words.gap(last - 1) != " ")
        return named if whole else ()

    def _behind_mark(self, index: int, end: int) -> tuple[Winner, ...]:
        """Who is named right behind the mark that stands behind a prize: a dash, a bracket, a comma."""
        words, gap = self.words, self.words.gap(index - 1).strip('”"»')
        if gap == "-":  # "giải nhất - đội Hội LHPN xã Trà Giang"
            last = words.run(index)  # "giải nhất - Sông Mã"
            bare = index < last < index + BARE and words.gap(last - 1) != " "
            return self.recipients.read(index, end, listed=True)[0] or ((self.winner(index, last),) if bare else ())
        if gap == "(":
            return self._bracketed(index, end)
        if gap == "," and words.keys[index : index + 2] == ["tác", "giả"]:
            return self.recipients.read(index, end)[0][:1]  # "“Túi xanh” (giải nhì, tác giả X)"
        return ()

    def _bracketed(self, index: int, end: int) -> tuple[Winner, ...]:
        """Who stands alone in the bracket that opens before this word: "giải Phong cách (chị X, xã Y)"."""
        words = self.words
        found, stop = self.recipients.read(index, end, listed=True)
        closed = words.text.startswith(")", words.ends[stop - 1])
        whole = bool(found) and closed and not self.counts(index)
        goes_on = words.keys[stop : stop + 2] in GOES_TO or words.key(stop) in GOES[False]
        return found if whole and not goes_on else ()

    def _handed(self, award: Award, index: int) -> bool:
        """Is an honour given to who is named right behind it, with nothing between?"""
        words = self.words
        named = organisation_at(self.context, index) is not None or words.at(index, "honorific") is not None
        return named and words.gap(index - 1) == " " and words.keys[award.first - 1] in GIVES

    def who(self, index: int, end: int) -> tuple[Winner, ...]:
        """Who is named here: people, organisations, or so many groups ("15 dự án và 02 tập thể")."""
        words = self.words
        if index >= len(words) or words.at(index, "award"):
            return ()
        listed = ":" in words.gap(index - 1) or words.keys[index - 1] in ("có", "gồm")
        goes_on = words.gap(end - 1)[-1:] == ";" and self.recipients.another(end)
        named, _ = self.recipients.read(index, self.line_end(end) if listed or goes_on else end, listed)
        bare = self.bare.behind(index, end)
        if len(bare) > len(named):
            return bare
        if named:
            return named
        last = index
        if not self.begins(index):
            return ()
        while last < min(end, index + WINNER) and (last == index or words.gap(last - 1) in (" ", ",", "-")):
            if self._ends(index, last):
                break
            last += 1
        if last == index or self._unnamed(index, last) or words.keys[index] in ("các", "những"):
            return ()
        more = self.recipients.read(last + 1, end)[0] if words.key(last) in AND and last + 1 < end else ()
        return (self.winner(index, last), *more)

    def _ends(self, first: int, last: int) -> bool:
        """Is what is said of the winner, from word `first` on, over before word `last`?"""
        words = self.words
        over = words.keys[last] in small_words("ends_winner") or words.keys[last : last + 2] == ["đến", "từ"]
        return over or (last > first and words.gap(last - 1) == ",")

    def _unnamed(self, first: int, end: int) -> bool:
        """Is it nobody in particular: "các đội", "các tập thể còn lại"?"""
        words = self.words
        if self.counts(first) or any(words.capital(index) for index in range(first, end)):
            return False
        return words.keys[end - 2 : end] == ["còn", "lại"] or words.keys[end - 1] == "khác" or end - first <= 2

    def begins(self, index: int) -> bool:
        """Can a winner be named from this word on?"""
        words = self.words
        if words.keys[index].isdigit():  # "giải thưởng gồm 1 giải Nhất"
            return self.counts(index) or words.key(self.thousands(index)) in small_words("work") - {"giải"}
        return (
            words.keys[index] in small_words("group")
            or words.capital(index)
            or words.at(index, "honorific", "office", "surnames") is not None
            or place_at(self.context, index) is not None
        )
