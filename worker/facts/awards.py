"""Awards and who won them: "Hội LHPN xã A đạt giải Nhất", "tặng Bằng khen cho 10 tập thể", "giải nhì của nhóm B".

An award without a winner is none, nor is one that is but proposed: "đề nghị tặng Cờ thi đua" says what may come. Of
several winners that are named each is a fact of its own; so many of a group ("12 tập thể, 19 cá nhân") are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from worker.facts.award import Award, Winner
from worker.facts.award_lists import Lists
from worker.facts.award_winners import ACCLAIMS, Winners
from worker.facts.gazetteer import small_words
from worker.facts.organisation import SORTS
from worker.facts.organisations import organisation_at
from worker.facts.quotes import quotes_of
from worker.facts.span import Context, Span
from worker.facts.words import Hit, Words, first_year, sentence_of, words_of, year_before

TITLE = 8  # words in a title of honour
NAME = 12  # words in a prize's own name
FAR = 40  # words of a clause between two semicolons
PRAISED = 14  # words between "khen thưởng" and how many
HOPED = 30  # words back to "phấn đấu"
PROPOSED = 12  # words back to what says that an award is but proposed
_TITLES = ("danh hiệu", "huân chương", "huy chương", "kỷ niệm chương", "huy hiệu")
_OF_STATE = ("huân chương", "huy chương")  # what the state alone gives: "của" says whose it is
_GOES = (["thuộc", "về"], ["được", "trao"], ["dành", "cho"])
_GOES_ON = frozenset(("được", "đạt", "nhận", "vinh", "đồng"))
"""Words with which a clause begins that goes on about who won before: "…; được Bộ Công an tặng …"."""
_PAST_CAUSE = frozenset(("cho", "tặng", "trao", "năm", "đợt", "tới", "đến", "gửi", "vào", "và", "được", "do"))
_TO = frozenset(("cho", "thuộc", "của", "tới", "đến"))
_PROPOSALS = (("đề", "nghị"), ("xét", "tặng"), ("kiến", "nghị"), ("dự", "kiến"), ("phấn", "đấu"), ("bình", "xét"),
              ("đề", "xuất"), ("hồ", "sơ"), ("tiêu", "chuẩn"), ("xem", "xét"), ("đăng", "ký"))  # fmt: skip
"""Words that say that an award is wished for, and not given: "đề nghị … tặng", "hồ sơ xét tặng", "phấn đấu đạt"."""


_LISTED = ("giải", "giải phụ", "giải thưởng", "giải chuyên đề")
_RANKED = ("về", "đoạt", "giành")
"""Verbs that a rank follows without a word for a prize: "về nhì", "đoạt nhất"."""
_REACHES = frozenset(("xếp", "đứng", "vị", "giành", "đạt", "đoạt", "về", "hạng", "nhận"))
_PAST_RANK = frozenset(("toàn", "chung", "với", "và", "tại", "trong", "là", "đồng", "nội", "bảng"))
_PRAISED = (["tập", "thể"], ["cá", "nhân"])


@dataclass(frozen=True, slots=True)
class _Told:
    """The award told last: where its sentence begins, who won it, where its words end, and where its name does."""

    sentence: int
    winners: tuple[Winner, ...]
    end: int
    named: int = 0


def _joined(words: Words, end: int, first: int) -> bool:
    """Does "và" alone lead to an award from one whose contest is told: "giải Ba cuộc thi … và giải Triển vọng"?"""
    plain = all(words.gap(index) == " " for index in range(end - 1, first - 1))
    return 0 < first - end <= NAME and plain and words.keys[first - 1] in ("và", "cùng")


def _with(words: Words, end: int, first: int) -> bool:
    """Does an award stand in one list with the one that ends before word `end`?"""
    first -= words.keys[first - 1].isdigit() and first > end  # "2 Cờ thi đua của Chính phủ, 3 Bằng khen"
    return (first == end and words.gap(end - 1) == ",") or (first == end + 1 and words.keys[end] in ("và", "cùng"))


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The awards that this part says someone won."""
    words = words_of(context)
    hits = list(words.all("award"))
    lists, names, winners = Lists(context), _Names(context), Winners(context)
    for prize, found in lists.ranks():
        year = year_before(context, prize.first) or context.page.year
        yield from _spans(words, prize, found, None, year)
    if not hits and not winners.quotes:
        return
    yield from _acclaimed(context, winners)
    last, hoped = _Told(-1, (), 0), -1
    for hit in hits:
        award = names.award(hit)
        first, end = sentence_of(context, hit.first)
        if hit.entry.name in _LISTED and words.gap(hit.end - 1) == ":":
            yield from _by_names(context, hit, lists, winners)
            continue
        if hit.first < last.end or _no_award(words, hit, award):
            continue
        if _proposed(words, award, first) or hoped == first:  # "đề nghị tặng Cờ thi đua cho A, Bằng khen cho B"
            hoped = first
            continue
        goes_on = words.gap(first - 1)[:1] == ";" and words.keys[first] in _GOES_ON and last.end > first - FAR
        same = last.winners if last.sentence == first or goes_on else ()
        found, giver = lists.below(award), None
        if not found:
            found, giver = winners.of(award, first, end, same)
        if not found and same and (_with(words, last.named, hit.first) or _joined(words, last.named, hit.first)):
            found = same  # "đón nhận Huân chương Độc lập, Cờ thi đua của Chính phủ"
        if not found:
            continue
        year = first_year(words, first, end) or year_before(context, first) or context.page.year
        told = max(award.end, *(one.end for one in found if one.first >= award.end), 0)
        last = _Told(first, found, told, award.end)
        yield from _spans(words, award, found, giver or award.giver, year)


def _acclaimed(context: Context, winners: Winners) -> Iterator[Span]:
    """Titles of praise by their names alone: "X được suy tôn “…”", "vinh danh X là “…”", "gọi tên ở hạng mục “…”"."""
    words = words_of(context)
    for opens, closes in winners.quotes.items():
        first, end = sentence_of(context, opens)
        verb = opens - (words.keys[opens - 1] == "là")
        pair = words.keys[max(0, verb - 2) : verb]
        if pair in ACCLAIMS or pair == ["hạng", "mục"]:
            award = Award(verb - 2, closes, words.written(opens, closes))
            found = winners.subjects.before(award, first, ())[0]
        elif verb < opens:
            award = Award(opens, closes, words.written(opens, closes))
            found = winners.acclaimed(verb, first)
        else:
            continue
        year = first_year(words, first, end) or year_before(context, first) or context.page.year
        yield from _spans(words, award, found, None, year)


def _by_names(context: Context, hit: Hit, lists: Lists, winners: Winners) -> Iterator[Span]:
    """The prizes that are listed by their names behind "các giải phụ:"."""
    words = words_of(context)
    year = first_year(words, *sentence_of(context, hit.first)) or context.page.year
    prizes = list(lists.named_prizes(hit.end))
    for prize, following in zip(prizes, [*(one.first for one in prizes[1:]), len(words)], strict=False):
        begins, ends = sentence_of(context, prize.first)
        found, giver = winners.of(prize, begins, min(ends, following), ())
        yield from _spans(words, prize, found, giver, year)


def _no_award(words: Words, hit: Hit, award: Award) -> bool:
    """Is it a word that is an award only with a name in quotation marks (cờ, giải), or with so many (khen thưởng)?"""
    kind = hit.entry.data[0]
    if kind == "placing":
        return not _placed(words, hit)
    if kind == "praise":
        for index in range(hit.end, min(hit.end + PRAISED, len(words))):
            if words.gap(index - 1)[:1] in (",", ";", "."):
                break
            if words.keys[index].isdigit() and words.keys[index + 1 : index + 3] in _PRAISED:
                return index > hit.end and words.keys[index - 1] != "cho"
        return "được" not in words.keys[max(0, hit.first - NAME) : hit.first]
    vague = hit.first > 0 and words.keys[hit.first - 1] in ("nhiều", "những", "các")
    if vague and words.keys[hit.first - 2 : hit.first - 1] != ["cho"]:
        return True  # "được tặng nhiều Bằng khen, Giấy khen"
    if award.end == hit.end:  # "trao danh hiệu cho 27 Mẹ", "giải thưởng 50 triệu đồng" name none
        of_money = hit.entry.name == "giải thưởng" and words.key(hit.end).isdigit()
        return kind == "quoted" or hit.entry.name == "danh hiệu" or of_money
    return hit.entry.name == "danh hiệu" and words.shouted(hit.first)  # nor does a headline


def _placed(words: Words, hit: Hit) -> bool:
    """Is it a rank that someone reached ("xếp thứ Nhì", "hạng ba thuộc về …"), and no rank of an order or a school?"""
    if words.key(hit.end) in ("thuộc", "là") and words.gap(hit.end - 1) == " ":
        return True
    if words.keys[hit.first - 1 : hit.first] == ["đồng"] and words.key(hit.end) in ("có", "gồm", "là"):
        return True  # "đồng hạng ba có hai chị: …"
    if hit.entry.name == "khuyến khích":  # "- Khuyến khích: 6 thí sinh"
        return words.gap(hit.first - 1) != " " and words.gap(hit.end - 1) == ":"
    if hit.entry.name.endswith("toàn đoàn") and words.gap(hit.end - 1) in (":", "-"):
        return True
    before, after = words.keys[hit.first - 1] if hit.first else "", words.gap(hit.end - 1)
    if hit.entry.name.startswith(_RANKED):  # "về ba" may also be "về ba nội dung"
        return after != " " or words.key(hit.end) in _PAST_RANK
    whole = words.key(hit.end) == "toàn" and words.key(hit.end + 1) != "đoàn"  # "đứng thứ nhất toàn huyện"
    return before in _REACHES and (after != " " or words.key(hit.end) in _PAST_RANK) and not whole


def _proposed(words: Words, award: Award, first: int) -> bool:
    """Is it but proposed, or hoped for, by what its clause says before it?"""
    start = max(first, award.first - HOPED)
    for index in range(award.first - 1, start - 1, -1):
        if words.gap(index)[:1] == ";":
            return False
        pair = (words.keys[index], words.key(index + 1))
        if pair in _PROPOSALS and (index >= award.first - PROPOSED or pair == ("phấn", "đấu")):
            return True
        if index < award.first - PROPOSED:
            continue
        if words.keys[index] == "sẽ":
            return True
    return False


def _spans(
    words: Words, award: Award, winners: tuple[Winner, ...], giver: str | None, year: int | None
) -> Iterator[Span]:
    """A fact for each winner; the words of the first are the award's with theirs, of the others theirs alone."""
    end = award.end
    for position, winner in enumerate(winners):
        first, last = award.first, award.end
        if winner.first >= end:
            first, last = (award.first if position == 0 else winner.first), winner.end
            end = last
        elif position:
            first, last = winner.first, winner.end
        yield Span(
            kind="award",
            start=words.starts[first],
            end=words.ends[last - 1],
            value={"name": award.name, "winner": winner.name, "year": year} | ({"giver": giver} if giver else {}),
            rule="won",
            confidence=0.9,
            name=award.name,
            year=year,
        )


class _Names:
    """Reads the names of awards in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: Words = words_of(context)
        self.quotes = {quote.first: quote.end for quote in quotes_of(context)}

    def award(self, hit: Hit) -> Award:
        """The award with its rank ("giải Nhất toàn quốc"), its name in quotation marks, or who gives it."""
        words, end, kind = self.words, hit.end, hit.entry.data[0]
        if hit.entry.name == "phong tặng nghệ nhân":
            end = self._title(end, small=False)
            return Award(hit.end - 2, end, words.written(hit.end - 2, end), honour=True)
        written = words.written(hit.first, hit.end)
        name = written.capitalize() if written.isupper() and len(written) > len("HCV") else written
        if end in self.quotes and ":" not in words.gap(end - 1):
            honour = kind not in ("prize", "titled") and not name.lower().startswith("giải")
            end = self.quotes[end]
            whole = f"{name} “{words.written(hit.end, end)}”"
            giver = self._giver(end) if honour else None
            return Award(hit.first, giver[0] if giver else end, whole, honour, giver[1] if giver else None)
        if kind in ("prize", "titled") or (kind == "quoted" and self._named(hit)):
            own = kind != "prize" or hit.entry.name == "giải thưởng"
            end = self._own_name(end) if own else self._ranked(end)
            if end == hit.end and name.lower().endswith(("quân", "khôi")) and words.key(end) in ("1", "2"):
                end += 1  # "Á khôi 1"
            if words.keys[end : end + 2] == ["phần", "thi"]:
                end = self._part(end)
            return Award(hit.first, end, words.written(hit.first, end) if end > hit.end else name)
        if kind == "placing":
            rank = words.written(hit.first + 1, end) if name.lower().startswith(_RANKED) else name  # "về ba"
            prize = rank != name or name.lower() == "khuyến khích"
            return Award(hit.first, end, f"giải {rank.lower() if rank == name else rank}" if prize else name)
        return self._honour(hit, name)

    def _honour(self, hit: Hit, name: str) -> Award:
        """A certificate, an order, a title: "Huân chương Lao động hạng Ba", "Bằng khen của Chủ tịch UBND tỉnh"."""
        words, end = self.words, hit.end
        index = self._ranked(self._title(end, hit.entry.name == "danh hiệu") if hit.entry.name in _TITLES else end)
        if words.keys[end + 1 : end + 4] == ["năm", "tuổi", "đảng"] and words.key(end).isdigit():
            index = end + 4  # "Huy hiệu 40 năm tuổi Đảng"
        name = words.written(hit.first, index) if index > end else name
        dated = index + 2 * (words.key(index) == "năm" and words.key(index + 1).isdigit())
        giver = None if hit.entry.name.startswith(_OF_STATE) else self._giver(dated)
        if giver and (dated > index or hit.entry.data[0] == "praise"):  # "Cờ thi đua năm 2022 của UBND tỉnh"
            return Award(hit.first, giver[0], name, True, giver[1])
        if giver:
            as_written = words.keys[index] == "của" and not words.upper(hit.first)
            whole = words.written(hit.first, giver[0]) if as_written else f"{name} của {giver[1]}"
            if words.keys[index] == "do" and hit.entry.name == "danh hiệu":
                whole = name
            return Award(hit.first, giver[0], whole, True, giver[1])
        return Award(hit.first, index, name, True)

    def _named(self, hit: Hit) -> bool:
        """Is it a prize by its own name: "trao giải Diễn viên xuất sắc cho …", and no contest ("giải Bóng đá")?"""
        words = self.words
        before = words.keys[hit.first - 1] if hit.first else ""
        given = before in small_words("wins") or before.isdigit() or words.gap(hit.first - 1) in (";", ",")
        given = given or self._goes(hit.end)
        contest = words.at(hit.first, "event")
        return given and words.capital(hit.end) and (contest is None or contest.end == hit.end)

    def _goes(self, index: int) -> bool:
        """Does what begins with this word go to someone: "Giải Tuyên truyền viên ấn tượng thuộc về …"?"""
        words = self.words
        last = min(len(words), index + NAME)
        end = next((at for at in range(index, last) if words.gap(at) != " "), last)
        return any(words.keys[at : at + 2] in _GOES for at in range(index, end))

    def _ranked(self, end: int) -> int:
        last, ranks = end, small_words("rank")
        while (
            last < min(end + 4, len(self.words)) and self.words.gap(last - 1) == " " and self.words.keys[last] in ranks
        ):
            last += 1
        return last

    def _title(self, end: int, small: bool) -> int:
        """The end of a title that a capital begins: "danh hiệu Nghệ nhân Ưu tú", "Huân chương Lao động".

        `small`: it may also begin without one: "danh hiệu đơn vị xuất sắc".
        """
        words, last = self.words, end
        if words.key(end) == "vì" and words.capital(end):  # "Kỷ niệm chương Vì sự nghiệp phát triển …"
            return self._cause(end)
        if not (words.capital(end) or (small and words.key(end) in small_words("group"))) or words.gap(end - 1) != " ":
            return end
        stops = (
            small_words("ends_winner")
            | (small_words("rank") if words.capital(end) else frozenset())
            | _TO
            | _PAST_CAUSE
        )
        while last < min(end + TITLE, len(words)) and words.gap(last - 1) == " " and words.keys[last] not in stops:
            last += 1
        return last

    def _cause(self, end: int) -> int:
        """The end of what an award is given for by its name: "Vì sự phát triển của phụ nữ Việt Nam"."""
        words, last = self.words, end
        while last < min(end + NAME, len(words)) and words.gap(last - 1) == " " and words.keys[last] not in _PAST_CAUSE:
            last += 1
        return last

    def _part(self, end: int) -> int:
        """The end of the part of a contest that a prize is for: "giải Nhất phần thi thuyết trình"."""
        words, last = self.words, end
        while (
            last < min(end + TITLE, len(words)) and words.gap(last - 1) == " " and words.keys[last] not in _PAST_CAUSE
        ):
            if words.keys[last] in _TO:
                break
            last += 1
        return last

    def _own_name(self, end: int) -> int:
        """The end of a prize's own name: up to who gets it, or the next mark."""
        words, last = self.words, end
        stops = _TO | {"dành", "do", "cùng", "kèm", "trị"}
        if words.key(end).isdigit():  # "giải thưởng 50 triệu đồng"
            return end
        while last < min(end + NAME, len(words)) and words.gap(last - 1) == " " and words.keys[last] not in stops:
            here = last + (words.keys[last] == "được")  # but "giải Thí sinh được yêu thích"
            if words.key(here) in small_words("wins"):
                break
            last += 1
        return last

    def _giver(self, index: int) -> tuple[int, str] | None:
        """Who gives it, and where that ends: "của Đoàn Chủ tịch Trung ương Hội …", "do UBND tỉnh … trao tặng"."""
        words, start = self.words, index
        plain = words.gap(index - 1) in (" ", "”", '"')
        while plain and index < min(start + 3, len(words)) and words.keys[index] in ("của", "do"):
            index += 1
        if index == start:
            return None
        office = words.at(index, "office")  # "Bằng khen của Chủ tịch UBND tỉnh"
        after = office.end if office else index
        if giver := organisation_at(self.context, after):
            lead = f"{words.written(index, after)} " if office else ""
            union = giver.name == "Hội LHPN Việt Nam" and words.keys[after] != "hội"  # "T.Ư Hội"
            return giver.end, f"{lead}{'Trung ương ' * union}{giver.name}"
        if office:
            return after, words.written(index, after)
        end = index
        while end < min(index + TITLE, len(words)) and words.gap(end - 1) == " " and words.keys[end] not in _PAST_CAUSE:
            if words.keys[end] in small_words("ends_winner"):
                break
            end += 1
        known = words.capital(index) and words.at(index, *SORTS) is not None  # "của Công đoàn ngành"
        return (end, words.written(index, end)) if known and words.keys[start] == "của" else None
