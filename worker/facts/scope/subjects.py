"""Who is the subject where in a paragraph: an organisation by its name, or nobody that has one.

An organisation is a subject where it opens a sentence or a clause and a verb follows, or behind "do" and "được"; not
inside a phrase on another ("Theo X,", "phối hợp với X", "Chủ tịch X"). A sentence without a subject goes on with the
one before; one that begins with anything else — a person, a firm that nobody knows, "hội nghị" — ends it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter

from worker.facts.scope.common_owners import DOES, TIMES, Before, Noun, meant, nouns
from worker.facts.scope.own_union import Own, is_union, owner_of
from worker.facts.scope.phrases import Phrases, any_of, past
from worker.facts.span import Context, Interval, Span

GOES_ON = Phrases("helpers", "verbs", "measures")
"""How a clause begins that has no subject of its own."""
SOMEBODY = Phrases("persons")
_ACTOR = Phrases("actors")
_NAMED = Phrases("named_persons")
_CONNECTOR = Phrases("connectors")
_LEAD = Phrases("leads")
_SUM = Phrases("sums")
_ORDERED = Phrases("orders")

_SKIPPED = re.compile(r"[\s,:–-]*")
_BULLET = re.compile(r"[\s“”\"'’)*+•–-]*(?:[0-9]{1,2}[.)]\s|[a-zđ][.)]\s)?\s*")
_PAUSE = re.compile(r"[,:](?=\s)")
_CLAUSE = re.compile(r"[,;:] (?:còn |và )?")
_WORD_BEFORE = re.compile(r"(\w+) $")
_TIME_PAST = re.compile(r"(?<!\w)(?:năm|tháng|tuần|ngày|quý|thời gian|nhiệm kỳ|thập kỷ|hôm|đêm|chiều|sáng|vừa) qua $")
_PASSIVE = re.compile(r"(?<!\w)được (?:tặng|trao|nhận|khen|biểu dương|tuyên dương|vinh danh|tôn vinh|công nhận)(?!\w)")
_ACTS = re.compile(rf"[^,;:.\n0-9]{{0,60}}? {any_of('verbs', 'helpers')}")
_BY_PERSON = re.compile(rf"(?:^|[,:;]) (?:còn )?{any_of('persons')}")
_LISTED = re.compile(rf"{any_of('actors', 'partners')}$")
_APPOSED = re.compile(
    r"(?: \([^()\n]{0,40}\))?(?:, (?:tỉnh|huyện|thành phố|tp|thị xã|quận|xã) [^,.;:\n]{2,25}?(?:,|(?= đã )))?"
)
_ANOTHER = re.compile(
    r"(?:,| và) (?:tỉnh|tp|thành phố|huyện|thị xã|quận|xã|phường|ubnd|hội|các) [^,.;\n]{0,40} (?:và|đã|cùng) "
)
_COUNTED_OF = re.compile(r"(?: \(|: )(?:[^\s()]+ ){0,3}?[0-9]")

BACK = 300
"""Characters that are looked back at: no sentence that a person wrote needs more, and no hostile one takes long."""
NAMES = 12
"""And names."""
Mark = tuple[int, Span | Noun | None]
"""Where a subject stands: an organisation, a common noun for one, or somebody without a name."""


class Subjects:
    """Reads one paragraph."""

    def __init__(self, context: Context, around: Interval, own: Own) -> None:
        self.names: list[Span] = []  # of organisations, the outermost
        self._begun: list[int] = []  # where each of them begins
        self.starts: list[int] = []  # where subjects begin
        self.owners: list[str | None] = []  # and who they are
        self._context, self._own = context, own
        self._key = context.key
        self._places: list[Span] = []
        self._named: str | None = None  # the last subject with a name
        self._here = range(0)  # of the names, those of the sentence
        self._dates: dict[int, int] = {}
        for span in context.overlapping(*around, "organisation", "place", "date"):
            if span.kind == "date":
                self._dates[span.start] = span.end
            elif span.kind == "place":
                self._places.append(span)
            elif not (self.names and span.end <= self.names[-1].end):
                self.names.append(span)
                self._begun.append(span.start)
        provinces = any(span.province and span.value.get("level") == "province" for span in self._places)
        self.silent = not (self.names or provinces or own.union or own.cluster)
        """Does nothing in the paragraph name an owner, nor the article one that it could mean?"""
        self._around = around
        self._next = bisect_right(context.sentences, around[0]) - 1  # the sentence to be read next

    def _until(self, position: int) -> None:
        """Read the sentences up to the one that holds this place; what stands behind the last number is never read."""
        first, last = self._around
        sentences = self._context.sentences
        while self._next + 1 < len(sentences) and sentences[self._next] <= position:
            index = self._next
            self._next += 1
            self._sentence(max(sentences[index], first), min(sentences[index + 1], last))

    def at(self, position: int) -> tuple[int, str | None]:
        """The subject at a place: where it begins, and who it is."""
        self._until(position)
        index = bisect_right(self.starts, position) - 1
        return (self.starts[index], self.owners[index]) if index >= 0 else (position, None)

    def _say(self, at: int, owner: str | None) -> None:
        self.starts.append(at)
        self.owners.append(owner)
        self._named = owner or self._named

    # --- a sentence

    def _sentence(self, first: int, last: int) -> None:
        if past(_BULLET, self._key, first) >= last:
            return
        self._here = range(bisect_left(self._begun, first), bisect_left(self._begun, last))
        marks = sorted(self._marks(first, last), key=lambda mark: mark[0])
        self._open(first, last, {at for at, _ in marks})
        for at, what in marks:
            if isinstance(what, Noun):
                self._say(at, meant(what, self._key, first, self._own, self._before(first, at)))
            elif what is None:
                self._say(at, None)
            else:
                self._name(at, what, first, last)

    def _before(self, first: int, at: int) -> Before:
        stop = bisect_left(self._begun, at)
        places = _between(self._places, max(first, at - BACK), at)
        some = self.names[max(0, stop - NAMES) : stop]
        return Before(self._named, some, self._places[places.start : places.stop])

    def _name(self, at: int, span: Span, first: int, last: int) -> None:
        before = self.owners[-1] if self.owners else None
        passive = self._key.endswith("được ", first, at)
        if passive and before and self.starts[-1] >= first:
            self._say(at, None)  # of two organisations, the one that got it and the one that gave it
        else:
            self._say(at, owner_of(span))
        if passive or self._key.endswith(" do ", first, at):
            pause = _PAUSE.search(self._key, span.end, min(last, span.end + BACK))
            if pause:
                self._say(pause.start(), before)  # it did only what its clause tells

    def _open(self, first: int, last: int, subjects: set[int]) -> None:
        """Say whose the sentence is before its own subject comes."""
        opened = self._opening(first, last, subjects)
        if opened is None:
            goes_on = self._key.endswith(";", 0, first) and not _BY_PERSON.search(self._key, first, last)
            if not (goes_on and self._ours()):
                self._say(first, None)
        elif opened in subjects:
            return
        elif (index := self._name_at(opened)) >= 0:
            self._say(opened, owner_of(self.names[index]))
        elif not self.starts:
            counts = self._key[opened].isdigit() or _SUM.at(self._key, opened)
            self._say(first, None if counts else self._own.main)
        elif not self._ours() and not _CONNECTOR.at(self._key, past(_BULLET, self._key, first)):
            self._say(first, None)

    def _ours(self) -> bool:
        """Was the last subject a union or the cluster? What they do is told in many sentences, of others in one."""
        last = self.owners[-1] if self.owners else None
        return last is not None and (is_union(last) or last == self._own.cluster)

    def _opening(self, first: int, last: int, subjects: set[int]) -> int | None:
        """Where the sentence's own subject or its verb begins; None where it begins with what nobody knows."""
        key = self._key
        by = led = False
        at = self._past_adverbials(past(_BULLET, key, first), subjects)
        while at < last:
            sort = self._sort(at, last, subjects, led)
            if sort in ("subject", "verb", "nobody"):
                return at if sort == "subject" or (sort == "verb" and not by) else None
            by, led = by or key.startswith("theo ", at), led or sort == "phrase"
            pause = self._pause(at, last)
            if led and key.find(" đã ", at, pause if pause >= 0 else last) >= 0:
                return None if by else at
            if pause < 0 or not (led or self._labels(pause, subjects)):
                return None
            at = self._past_adverbials(past(_SKIPPED, key, pause + 1), subjects)
        return None

    def _sort(self, at: int, last: int, subjects: set[int], led: bool) -> str:
        """What a clause begins with: subject, verb, nobody (that has a name), phrase (that leads to it) or unknown."""
        key = self._key
        name = -1 if led else self._name_at(at)
        if at in subjects or (name >= 0 and self._alone(name)):
            return "subject"
        if name >= 0:
            return "nobody"
        if _LEAD.at(key, at):
            return "phrase"
        if key[at].isdigit():
            return "nobody" if _PASSIVE.search(key, at, last) else "verb"
        if GOES_ON.at(key, at):
            return "verb"
        return "nobody" if SOMEBODY.at(key, at) else "unknown"

    def _name_at(self, at: int) -> int:
        """Which of the names begins there; -1 where none does."""
        index = bisect_left(self._begun, at)
        return index if index < len(self._begun) and self._begun[index] == at else -1

    def _past_adverbials(self, at: int, subjects: set[int]) -> int:
        """Past days and "Bên cạnh đó,", "Kết quả:" that stand there."""
        key = self._key
        while at not in subjects:
            end = self._dates.get(at, -1)
            if end < 0:
                end = _CONNECTOR.end(key, at)
                after = past(_SKIPPED, key, end) if end >= 0 else at
                if end < 0 or not (key[end : end + 1] in (",", ":") or self._goes_on(after, subjects)):
                    break
            at = past(_SKIPPED, key, end)
        return at

    def _pause(self, at: int, last: int) -> int:
        """The next comma or colon that stands in no quotation; -1 where there is none."""
        pauses = (match.start() for match in _PAUSE.finditer(self._key, at, last))
        return next((pause for pause in pauses if not self._context.quote(pause)), -1)

    def _labels(self, pause: int, subjects: set[int]) -> bool:
        """Do verbs follow a heading: "Công tác xã hội: tặng 20 suất quà"? Not "Kho bạc Nhà nước: 30 triệu đồng"."""
        after = past(_SKIPPED, self._key, pause + 1)
        return self._key[pause] == ":" and not self._key[after : after + 1].isdigit() and self._goes_on(after, subjects)

    def _goes_on(self, at: int, subjects: set[int]) -> bool:
        if at in subjects or at in self._dates or self._key[at : at + 1].isdigit():
            return True
        return any(phrases.at(self._key, at) for phrases in (GOES_ON, SOMEBODY, _LEAD, _CONNECTOR))

    # --- the subjects in it

    def _marks(self, first: int, last: int) -> Iterator[Mark]:
        for index in self._here:
            if self._is_subject(index, first):
                yield self.names[index].start, self.names[index]
            elif self._is_joint(index, first):
                yield self.names[index].start, None
        for noun in nouns(self._key, self._context.text, first, last, self._own.cluster is not None):
            if not self._covered(noun.start, noun.end):
                yield noun.start, noun
        for at in [*self._elsewhere(first, last), *self._somebody(first, last)]:
            if not self._covered(at, at + 1):
                yield at, None

    def _covered(self, start: int, end: int) -> bool:
        """Does a name share a character with this?"""
        index = bisect_left(self._begun, end) - 1
        return index >= 0 and self.names[index].end > start

    def _is_subject(self, index: int, first: int) -> bool:
        """Does the name open the sentence, or a clause of it in which a verb follows?"""
        key, span = self._key, self.names[index]
        if span.start <= past(_BULLET, key, first):
            return self._alone(index)
        before = key[max(first, span.start - 20) : span.start].removesuffix("các cấp ")
        if _COUNTED_OF.match(key, span.end):
            return before.endswith((", ", "và ", "là ", "; "))
        return DOES.at(key, past(_APPOSED, key, span.end) + 1) and self._stands_free(index, first, before)

    def _stands_free(self, index: int, first: int, before: str) -> bool:
        """Does what stands before a name leave it the subject?"""
        start, end = self.names[index].start, self.names[index].end
        if before.endswith(("do ", "được ")):
            return not _ORDERED.at(self._key, end + 1)
        if before.endswith((", ", "và ")):
            return not self._chained(index, first)
        if before.endswith(("; ", ": ", "– ", "- ", "(", "còn ", "“", "đã có ")):
            return True
        word = _WORD_BEFORE.search(before)
        if word and word[1] == "qua" and not _TIME_PAST.search(before):
            return False  # "dư nợ ủy thác qua Ngân hàng X đạt": a bank through which it goes does not own it
        return bool(word and (word[1] in TIMES or start - 1 in self._dates.values()))

    def _alone(self, index: int) -> bool:
        """Is the name no first of several: "Hội A, Hội B và Hội C tặng", whose it is nobody can say?"""
        span = self.names[index]
        if not self._key.startswith((",", " và ", "/"), span.end):
            return True
        if _ANOTHER.match(self._key, span.end):
            return False
        after = self.names[index + 1] if index + 1 < len(self.names) else None
        return after is None or after.start > span.end + 5

    def _chained(self, index: int, first: int) -> bool:
        """Is the name the last of a list of partners ("phối hợp với A, B tổ chức"), not the subject after a phrase?"""
        head = index
        while head > index - NAMES and head and 0 < self.names[head].start - self.names[head - 1].end <= 4:
            head -= 1
        if head == index:
            return self._amid_partners(index, first)
        opening = past(_BULLET, self._key, first)
        if self.names[head].start <= opening:
            return True
        comma = self._key.endswith(", ", 0, self.names[index].start)
        before = self._key.find(",", opening, self.names[head].start)
        return not (comma and before < 0 and _LEAD.at(self._key, opening))

    def _amid_partners(self, index: int, first: int) -> bool:
        """ "phối hợp với UBND huyện, các ngành và Hội LHPN xã tổ chức": is a partner's list still going on?"""
        start = self.names[index].start
        if not self._key.endswith("và ", 0, start):
            return False
        partners = self._key.rfind(" với ", max(first, start - BACK), start)
        return partners >= 0 and not _ACTS.match(self._key, partners + 5, start)

    def _is_joint(self, index: int, first: int) -> bool:
        """Do several do it: ", Hội LHPN tỉnh và Hội LHPN huyện chuyển"? Whose it is nobody can say."""
        if not index or not DOES.at(self._key, self.names[index].end + 1):
            return False
        gap = self._key[self.names[index - 1].end : self.names[index].start]
        return gap in (" và ", ", ") and self._key.endswith((", ", "; "), first, self.names[index - 1].start)

    def _elsewhere(self, first: int, last: int) -> Iterator[int]:
        """Where a place is the subject: "…, Hà Giang xóa 386 nhà tạm"."""
        end = -9
        places = _between(self._places, first, last)
        for span in self._places[places.start : places.stop]:
            listed, end = span.start - end <= 5, span.end
            if (
                not listed
                and self._key.endswith((", ", "; ", "còn ", ". "), first, span.start)
                and DOES.at(self._key, span.end + 1)
            ):
                yield span.start

    def _somebody(self, first: int, last: int) -> Iterator[int]:
        """Where a person or a firm without a name here is the subject of a clause: "…, gia đình góp 50 triệu đồng"."""
        key = self._key
        for match in _CLAUSE.finditer(key, first, last):
            at = match.end()
            named = _ACTOR.end(key, at)
            if named < 0 or not (self._is_person(at, named) or _ACTS.match(key, named, last)):
                continue
            if not _LISTED.search(key, max(first, match.start() - 24), match.start()):
                yield at

    def _is_person(self, at: int, end: int) -> bool:
        """Does a name follow: "em Lê Nguyễn Quỳnh My"?"""
        return _NAMED.end(self._key, at) == end and self._context.text[end + 1 : end + 2].isupper()


_start = attrgetter("start")


def _between(spans: list[Span], first: int, last: int) -> range:
    """Those that begin in [first, last)."""
    starts = [bisect_left(spans, at, key=_start) for at in (first, last)] if spans else [0, 0]
    return range(*starts)
