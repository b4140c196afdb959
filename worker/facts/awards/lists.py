"""Winners in lists: line by line below an award, and prizes that go by their names or their ranks alone.

A notice has "II. Bằng khen của UBND tỉnh", then "- Tập thể: A; B" and "1. Bà C, chức vụ" on lines of their own; a
contest has "các giải phụ: Trang phục đẹp nhất cho A, Giọng hát hay cho B" and "nhất: đội A; nhì: đội B".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from worker.facts.awards.award import Award, Reading, Winner
from worker.facts.awards.names import Names
from worker.facts.awards.recipients import Recipients
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at
from worker.facts.span import Context, sibling
from worker.facts.words import Hit, within, words_of

LINES = 80  # lines of one list
ITEMS = 40  # winners on one line
PRIZES = 20  # prizes that are listed by their names
HEAD = 8  # words from the beginning of an entry to the name of who it is about
NAME = 8  # words in a prize's own name
RANKED = 60  # words between the ranks of one list
LINE = 200  # characters of a heading's line on either side of its award
LEADS = 8  # words between an award and the colon that its list follows
_ITEM = re.compile(r"[^\S\n]*(?:[-–—•+*]|\d{1,3}[.)])[^\S\n]*(?P<said>[^\n]*)")
_HEADING = re.compile(r"[^\S\n]*(?:(?:[IVX]{1,5}|\d{1,2}|[a-zđA-ZĐ])[.)/]|[-–—•+*])?[^\S\n]*")
_HEADS = ("danh sách",)
"""How a title begins that says what its body lists."""
_LABELS = (["tập", "thể"], ["cá", "nhân"])
_ANNOUNCES = frozenset(("gồm", "sau", "đây", "là", "cho", "thể", "nhân", "vị", "về", "có", "chị", "chí", "bà", "ông"))
"""Last words before a colon that says whom an award goes to: "gồm:", "cho các tập thể sau:"."""
_RANK_ROW = re.compile(
    r"[-–—•+*\d.) \t]{0,12}(?P<rank>nhất|nhì|ba|tư|khuyến khích|đặc biệt)"
    r"(?: toàn (?:giải|hội thi))?(?: \([^)\n]{1,40}\))?"
    r"[ \t]*[:–—-][ \t]*(?P<said>[^\n]+)$",
    re.MULTILINE,
)
"""A line that a rank heads, in lower case: "* nhất: …", "- khuyến khích (2 giải): …"."""
_BEST_ROW = re.compile(
    r"[-–—•+*\d.) \t]{0,12}(?P<name>[^\W\d_][^:|\n]{5,70}):[ \t]*(?P<said>[^\n]+)$",
    re.MULTILINE,
)
"""A line that begins with a prize's own name: "- Thí sinh xuất sắc nhất: chị X"."""
_PRIZES = re.compile(r"[-–—•+*\d.) \t]{0,12}(?:các |những )?(?:giải|nhất|nhì)\b")
"""How a line begins that tells of prizes."""
ABOVE = 12  # lines up to the one that does
_TABLE_ROW = re.compile(r"[^|\n]{0,120}(?:\|[^|\n]{0,120}){1,8}$", re.MULTILINE)
_ROW_RANKS = frozenset(("nhất", "nhì", "ba", "tư", "khuyến khích", "đặc biệt"))
RANK_WORDS = 2  # words of a rank in a cell
_SECOND = frozenset(("nhì", "b"))
_FIRST_RANKS = frozenset(("nhất", "nhì", "ba"))
_TO_EACH = frozenset(("là", "thuộc", "về", "gọi", "tên", "trao", "được", "cho", "đến", "với"))
_FIRST_PRIZES = (["giải", "nhất"], ["giải", "a"])
_GOES = frozenset(("là", "thuộc"))
"""Words behind a rank with which who reached it is told: "nhì là đội B", "nhất thuộc về đội A"."""
_WORTH = re.compile(r",? ?(?:mỗi|một) giải(?: trị giá)? [\d.,]+ (?:triệu )?đồng:")
"""What a prize is worth, between it and the list of who won it: "3 giải Nhất, mỗi giải 20 triệu đồng:"."""
_LETTERS = ("a", "b", "c")
_RANKS = {"nhất": 1, "nhì": 1, "ba": 1, "tư": 1} | dict.fromkeys(_LETTERS, 1)
"""Ranks that are told without a word for a prize, and how many words they have."""


class Lists(Reading):
    """Reads the winners of lists, in one part."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.recipients = Recipients(context)

    def below(self, award: Award) -> tuple[Winner, ...]:
        """Who is listed line by line below an award that is a heading, or whose line a colon ends."""
        text, words = self.context.text, self.words
        after, begins = words.ends[award.end - 1], words.starts[award.first]
        stop = text.find("\n", after, after + LINE)
        if stop < 0:
            return ()
        line = text.rfind("\n", max(0, begins - LINE), begins) + 1
        opens = _HEADING.match(text, line)
        heads = opens is not None and opens.end() == words.starts[award.first]
        behind = text[words.ends[award.end - 1] : stop].strip()
        said = behind.removesuffix(":").split()
        worth = _WORTH.fullmatch(behind) is not None
        leads = behind.endswith(":") and len(said) <= LEADS and (not said or worth or said[-1] in _ANNOUNCES)
        if not (leads or (heads and behind in ("", "”"))):
            return ()
        return tuple(winner for first, end in self._items(stop) for winner in self._entries(first, end))

    def titled(self) -> Iterator[tuple[Award, tuple[Winner, ...]]]:
        """Who is listed in a body whose title says for what: "Danh sách cá nhân được tặng Kỷ niệm chương “…”"."""
        title = sibling(self.context, "title")
        if self.context.part != "body" or not title.key.startswith(_HEADS):
            return
        awards = list(words_of(title).all("award"))
        lines = self.context.paragraphs[:-1]
        start = next((line for line in lines if _ITEM.match(self.context.text, line)), None)
        if len(awards) != 1 or start is None or awards[0].entry.data[0] not in ("honour", "prize", "titled"):
            return
        name = self._in_full(awards[0], Names(title).award(awards[0]), start)
        for first, end in self._items(start - 1):
            if winner := next(self._entries(first, end), None):
                yield replace(name, first=winner.first, end=winner.end), (winner,)

    def announced(self, found: tuple[Winner, ...]) -> bool:
        """Is it but said of what sort they are: in a title whose body lists them, or by a superlative alone?"""
        if len(found) == 1 and found[0].name.islower() and found[0].name.endswith(" nhất"):
            return True  # "Trao giải nhất cho dự án xuất sắc nhất"
        title = self.context.part == "title" and self.context.key.startswith(_HEADS)
        return title and not any(self.counts(winner.first) for winner in found)

    def _in_full(self, noun: Hit, award: Award, stop: int) -> Award:
        """The award that a title names, by the whole name that it has above the list: "(… tặng Kỷ niệm chương “…”)"."""
        if award.end > noun.end:
            return award
        names = Names(self.context)
        above = (hit for hit in self.words.all("award") if self.words.starts[hit.first] < stop)
        named = [names.award(hit) for hit in above if hit.entry.name == noun.entry.name]
        whole = [one for one in named if one.end > one.first + noun.end - noun.first]
        return whole[0] if len({one.name for one in whole}) == 1 else award

    def _items(self, stop: int) -> Iterator[tuple[int, int]]:
        """The words of each line of the list that begins behind this line break, up to a line that is no item."""
        text, words = self.context.text, self.words
        for _ in range(LINES):
            start = stop + 1
            stop = text.find("\n", start)
            stop = len(text) if stop < 0 else stop
            item = _ITEM.match(text, start, stop)
            if item is None and start < len(text) and not text[start:stop].strip():
                continue
            begins = item.start("said") if item else start
            first, end = bisect_left(words.starts, begins), bisect_left(words.starts, stop)
            if first >= end or any(words.at(index, "award") for index in range(first, min(end, first + HEAD))):
                return
            if item is None and not self._bare(first, end):
                return
            if any(
                words.keys[at] == "nhất" and words.gap(at) == ":" for at in range(first, min(end, first + NAME + 2))
            ):
                return  # "- Thí sinh xuất sắc nhất: chị X"
            yield first, end

    def _bare(self, first: int, end: int) -> bool:
        """Is a line without a mark nothing but who won: "Đội thi Hội LHPN xã A", "Chị B, thôn C"?"""
        found, stop = self.recipients.read(first, end, listed=True)
        return bool(found) and stop == end

    def _entries(self, first: int, end: int) -> Iterator[Winner]:
        """Who stands on one line: "Tập thể: A; B", "Bà C, chức vụ"."""
        words = self.words
        if words.keys[first : first + 2] in _LABELS and ":" in words.gap(first + 1):
            first += 2
        for _ in range(ITEMS):
            last = next((index + 1 for index in range(first, end) if ";" in words.gap(index)), end)
            if first < last and (winner := self._entry(first, last)):
                yield winner
            if last >= end:
                return
            first = last

    def _entry(self, first: int, end: int) -> Winner | None:
        """Whom one entry is about: a person behind titles, an organisation, else its words up to the first mark."""
        words = self.words
        title = words.at(first, "honorific")  # "Đ/c A", whose title has a mark
        begins = title.end if title else first
        marked = next((index + 1 for index in range(begins, end) if words.gap(index) != " "), end)
        if person := next(iter(within(self.people, first, min(marked, first + HEAD))), None):
            return Winner(first, person.end, person.name)
        if organisation := organisation_at(self.context, first):
            return Winner(first, organisation.end, organisation.name)
        author = self.recipients.work(first, end)  # "Dự án “…” của chị A"
        if author:
            return author
        return self.winner(first, marked) if words.capital(first) or self.counts(first) else None

    def ranks(self) -> Iterator[tuple[Award, tuple[Winner, ...]]]:
        """Ranks told by nothing but their names, with who reached them: "nhất: đội A; nhì: đội B"."""
        words = self.words
        for second in words.where(_SECOND):
            prized = words.keys[second - 1 : second + 1] == ["giải", "nhì"]
            if not prized and not self._rank(second):
                continue
            first, end = self._around(second)
            told = [index for index in range(first, second + 1) if self._rank(index)]
            after_prize = any(words.keys[index : index + 2] in _FIRST_PRIZES for index in range(first, second))
            if len(told) != 2 - (prized or after_prize):
                continue
            told += [index for index in range(second + 1, end) if self._rank(index)]
            for index, stop in zip(told, [*told[1:], end], strict=True):
                rank = behind = index + _RANKS[words.keys[index]]
                while words.key(behind) in _TO_EACH and words.gap(behind - 1) == " ":  # "nhì là đội B"
                    behind += 1
                winners, _ = self.recipients.read(behind, stop, listed=True)
                named = self.recipients.names.name(behind) if not winners else behind
                winners = winners or ((Winner(behind, named, words.written(behind, named)),) if named > behind else ())
                yield Award(index, rank, f"giải {words.written(index, rank)}"), winners

    def in_turn(self, awards: list[Award]) -> dict[int, Winner]:
        """Who won each of several that are told in turn, by its first word: "hạng nhì, hạng ba lần lượt là A và B"."""
        words, run, found = self.words, list[Award](), dict[int, Winner]()
        for award in awards:
            joined = bool(run) and words.keys[run[-1].end : award.first] in ([], ["và"], ["cùng"])
            run = [*run[-PRIZES:], award] if joined and words.gap(run[-1].end - 1) in (",", " ") else [award]
            if words.keys[award.end : award.end + 2] != ["lần", "lượt"]:
                continue
            begins = award.end + 2
            while words.key(begins) in _TO_EACH:
                begins += 1
            winners, _ = self.recipients.read(begins, self.line_end(begins))
            if len(winners) == len(run) > 1:
                found |= {one.first: winner for one, winner in zip(run, winners, strict=True)}
        return found

    def ranked_lines(self) -> Iterator[tuple[Award, tuple[Winner, ...]]]:
        """Ranks at the heads of the lines of a list: "* Nhất: A (đơn vị)", "- Nhì: B"."""
        words = self.words
        rows = list(self.context.at_lines(_RANK_ROW, self.context.key))
        if len({row["rank"] for row in rows} & _FIRST_RANKS) < 2:  # one rank alone is no list
            return
        for row in rows:
            index = bisect_left(words.starts, row.start("rank"))
            first, end = bisect_left(words.starts, row.start("said")), bisect_left(words.starts, row.end())
            if first >= end:
                continue
            winners = self.recipients.read(first, end, listed=True)[0] or self._cell(first, end)
            rank = self.context.text[row.start("rank") : row.end("rank")]
            yield Award(index, index + len(rank.split()), f"giải {rank}"), winners

    def best_rows(self) -> Iterator[tuple[Award, tuple[Winner, ...]]]:
        """Prizes by their own names on lines of their own: "- Thí sinh hay nhất: chị X" below "* Giải cá nhân:"."""
        words = self.words
        for row in self.context.at_lines(_BEST_ROW, self.context.text) if "nhất:" in self.context.key else ():
            index, end = bisect_left(words.starts, row.start("name")), bisect_left(words.starts, row.end("name"))
            best = words.keys[end - 1] == "nhất" and 1 < end - index <= NAME + 2
            if not best or words.at(index, "award") or not self._among_prizes(row.start()):
                continue
            first, stop = bisect_left(words.starts, row.start("said")), bisect_left(words.starts, row.end())
            winners = self.recipients.read(first, stop, listed=True)[0] if first < stop else ()
            yield Award(index, end, words.written(index, end)), winners

    def _among_prizes(self, start: int) -> bool:
        """Does one of the lines right above the one that starts here tell of a prize?"""
        key = self.context.key
        for _ in range(ABOVE):
            above = key.rfind("\n", max(0, start - 1 - 2 * LINE), max(0, start - 1)) + 1
            if above >= start:
                return False
            line, start = key[above : start - 1], above
            if _PRIZES.match(line):
                return True
            if line and not _ITEM.match(line):
                return False
        return False

    def table_rows(self) -> Iterator[tuple[Award, tuple[Winner, ...]]]:
        """Awards in a cell of their own, with who got them in the first cell that names someone: "5 | A | B | Nhất"."""
        for row in self.context.at_lines(_TABLE_ROW, self.context.key) if "|" in self.context.key else ():
            cells = self._cells(row.start(), row[0])
            prizes = [(cell, name) for cell in cells if (name := self._prize(*cell))]
            if len(prizes) != 1:
                continue
            (first, end), name = prizes[0]
            others = (cell for cell in cells if cell != (first, end) and cell[0] < cell[1])
            named = (self.recipients.read(*cell, listed=True)[0] or self._cell(*cell) for cell in others)
            winners = next((winners for winners in named if winners), ())
            yield Award(min((first, *(winner.first for winner in winners))), end, name), winners

    def _cells(self, start: int, row: str) -> list[tuple[int, int]]:
        """The words [first, end) of each cell of a row, the number that leads a rank left out: "01 Nhất"."""
        words, cells = self.words, list[tuple[int, int]]()
        for cell in row.split("|"):
            first, end = bisect_left(words.starts, start), bisect_left(words.starts, start + len(cell))
            cells.append((first + (end - first > 1 and words.keys[first].isdigit()), end))
            start += len(cell) + 1
        return cells

    def _prize(self, first: int, end: int) -> str | None:
        """The award that a cell is: "Nhất", "Giải B", "Huy chương Vàng"."""
        words, prize = self.words, self.words.at(first, "award") if first < end else None
        if prize and prize.end == end and prize.entry.data[0] in ("prize", "honour"):
            return words.written(first, end)
        alone = end - first <= RANK_WORDS and " ".join(words.keys[first:end]) in _ROW_RANKS
        return f"giải {words.written(first, end)}" if alone and first < end else None

    def _cell(self, first: int, end: int) -> tuple[Winner, ...]:
        """What the first cell of a row says, up to a bracket, a comma or the next cell."""
        words, last = self.words, first + 1
        while last < end and words.gap(last - 1).strip("'’") in ("", " "):
            last += 1
        named = (words.capital(first) or self.counts(first)) and last - first <= NAME
        return (Winner(first, last, " ".join(words.written(first, last).split())),) if named else ()

    def _around(self, index: int) -> tuple[int, int]:
        """The words around this one in its paragraph, over semicolons: no more than `RANKED` on either side."""
        starts = self.words.starts
        start, stop = self.context.paragraph(starts[index])
        return (
            max(bisect_left(starts, start), index - RANKED),
            min(bisect_left(starts, stop), index + RANKED),
        )

    def _rank(self, index: int) -> bool:
        """Does a rank stand here alone between two marks, the second a colon or a dash, or right before a name?"""
        words = self.words
        size = _RANKS.get(words.keys[index])
        if size is None or words.gap(index - 1) == " ":
            return False
        if words.keys[index] in _LETTERS:
            return words.gap(index) == ":" and words.written(index, index + 1) in "ABC"
        behind = words.gap(index + size - 1)
        named = behind == " " and not words.capital(index) and words.capital(index + size)
        if named and organisation_at(self.context, index + size):  # "nhất Hội LHPN xã A, nhì Hội LHPN xã B"
            return True
        goes = behind == " " and words.keys[index + size] in _GOES and not words.capital(index + size)
        return behind in (":", "-") or goes or (named and self.recipients.names.name(index + size) > index + size + 1)

    def _goes_to(self, index: int) -> bool:
        """Does this word say who gets a prize, or a mark before it: "Giọng hát hay cho B", "Giọng hát hay - B"?"""
        return self.words.keys[index] == "cho" or self.words.gap(index - 1) in ("-", ":")

    def named_prizes(self, index: int) -> Iterator[Award]:
        """The prizes listed from this word on by nothing but their names: "Giọng hát hay cho B"."""
        words = self.words
        _, end = self._around(min(index, len(words) - 1))
        for _ in range(PRIZES):
            to = next((at for at in range(index + 1, min(end, index + NAME + 1)) if self._goes_to(at)), None)
            plain = to is not None and all(words.gap(at) == " " for at in range(index, to - 1))
            if to is None or not plain or to - index < 2 or not words.capital(index):
                return
            if not small_words("wins").isdisjoint(words.keys[index:to]):
                return
            yield Award(index, to, words.written(index, to))
            depth, after = 0, None
            for at in range(to, end - 1):
                depth += words.gap(at).count("(") - words.gap(at).count(")")
                if depth <= 0 and words.gap(at)[-1:] in (",", ";") and words.capital(at + 1):
                    after = at + 1
                    if any(self._goes_to(n) for n in range(after + 1, min(end, after + NAME))):
                        break
            if after is None:
                return
            index = after
