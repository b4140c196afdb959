"""Awards and who won them: "Hội LHPN xã A đạt giải Nhất", "tặng Bằng khen cho 10 tập thể", "giải nhì của nhóm B".

An award without a winner is none, nor is one that is but proposed: "đề nghị tặng Cờ thi đua" says what may come. Of
several winners that are named each is a fact of its own; so many of a group ("12 tập thể, 19 cá nhân") are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from worker.facts.awards.award import Award, Winner
from worker.facts.awards.lists import Lists
from worker.facts.awards.meant import FIFTH, Meant
from worker.facts.awards.names import NAME, RANKED, Names
from worker.facts.awards.series import dated, in_series, joined, opening
from worker.facts.awards.winners import ACCLAIMS, Winners
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisations_of
from worker.facts.span import Context, Span
from worker.facts.words import Hit, Words, first_year, sentence_of, words_of, year_before

FAR = 40  # words of a clause between two semicolons
OF_A_LIFE = 120  # words of a list of honours over semicolons
PRAISED = 14  # words between "khen thưởng" and how many
MANY = 30  # words from how many to "được khen thưởng"
HOPED = 30  # words back to "phấn đấu"
DENIED = 7  # words back to "chưa"
COUNTED = 4  # words of how many got a title, in brackets
IN_TURN = 10  # words from a rank to "lần lượt"
PROPOSED = 12  # words back to what says that an award is but proposed
_GOES_ON = frozenset(("được", "đạt", "nhận", "vinh", "đồng"))
"""Words with which a clause begins that goes on about who won before: "…; được Bộ Công an tặng …"."""
_PROPOSALS = (("đề", "nghị"), ("xét", "tặng"), ("kiến", "nghị"), ("dự", "kiến"), ("phấn", "đấu"), ("bình", "xét"),
              ("đề", "xuất"), ("hồ", "sơ"), ("tiêu", "chuẩn"), ("xem", "xét"), ("đăng", "ký"))  # fmt: skip
"""Words that say that an award is wished for, and not given: "đề nghị … tặng", "hồ sơ xét tặng", "phấn đấu đạt"."""


_LISTED = ("giải", "giải phụ", "giải thưởng", "giải chuyên đề")
_HEADS = ("giải cá nhân", "giải tập thể", "giải đồng đội")
"""Prizes that are also the heads of lists of others."""
_REACHES = frozenset(
    ("xếp", "đứng", "vị", "giành", "đạt", "đoạt", "về", "hạng", "nhận", "cùng", "đồng", "lãnh", "lĩnh")
)
_PAST_RANK = frozenset(
    ("toàn", "chung", "với", "và", "tại", "trong", "là", "đồng", "nội", "bảng", "sau", "đường", "cự", "môn", "hạng")
)
_TAKEN = frozenset(("nhận", "đạt", "đoạt", "tặng", "phong"))
_CONFERS = _TAKEN | {"tôn", "danh", "chọn"}
"""Last words of verbs with which a title is conferred: công nhận, phong, truy tặng, suy tôn, vinh danh."""
_BARE = ("danh hiệu", "huân chương", "huy chương")
"""Words for an award that name none alone."""
_GOES_TO = ["thuộc", "về"]
_SYMBOL = "biểu trưng"
_OF_AID = frozenset(("hỗ", "ủng", "tài", "số", "tiền", "tặng", "trao", "kinh", "quà", "học", "tượng", "xây"))
"""First words of what a sign stands for: "trao biểu trưng | hỗ trợ 200 triệu đồng", "… số tiền …", "… học bổng"."""
_TIMES = frozenset(("năm", "lần", "mùa", "kỳ", "đợt"))
_PRAISED = (["tập", "thể"], ["cá", "nhân"])


@dataclass(frozen=True, slots=True)
class _Told:
    """The award told last: where its sentence begins, who won it, where its words end, and where its name does."""

    sentence: int
    winners: tuple[Winner, ...]
    end: int
    named: int = 0


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The awards that this part says someone won."""
    words = words_of(context)
    hits = list(words.all("award"))
    lists, names, winners = Lists(context), Names(context), Winners(context)
    yield from _tabled(context, lists)
    if not hits and not winners.quotes:
        return
    yield from _acclaimed(context, winners)
    told = list(_told(context, hits, names))
    in_turn = lists.in_turn([award for _, award in told])
    last, shown = _Told(-1, (), 0), 0
    for hit, award in told:
        if hit.entry.name in _LISTED and words.gap(hit.end - 1) == ":":
            yield from _by_names(context, hit, lists, winners)
            continue
        if hit.first < last.end:
            continue
        first, end = sentence_of(context, hit.first)
        first = opening(context, first) if first == hit.first else first
        found, giver = lists.below(award), None
        if award.first in in_turn:
            found = (Winner(award.first, award.end, in_turn[award.first].name),)
        if not found:
            goes_on = last.end > first - FAR and _goes_on(words, first)
            same = last.winners if last.sentence == first or goes_on else ()
            found, giver = winners.of(award, first, end, same)
            found = found or _carried(words, award, last, same)
        in_all = award.name.lower().startswith("giải thưởng") and _in_all(words, first)
        if not found or lists.announced(found) or (in_all and all(map(winners.counts_of, found))):
            continue
        year = dated(words, award.end)[1] or first_year(words, first, end)
        if not _of_a_life(context, first, award.first):
            year = year or year_before(context, first) or context.page.year
        found = tuple(winners.named(winner) for winner in winners.apart(award, found))
        behind = max(award.end, *(one.end for one in found if one.first >= award.end), 0)
        last = _Told(first, found, behind if award.first not in in_turn else award.end, award.end)
        yield from _spans(words, _with_subject(award, found, max(first, shown)), found, award.giver or giver, year)
        shown = max(award.end, *(one.end for one in found))
        for other in names.further(award):
            yield from _spans(words, other, found, award.giver or giver, year)


def _of_a_life(context: Context, first: int, end: int) -> bool:
    """Is the award at word `end` one of whatever somebody ever won: "được tặng nhiều phần thưởng cao quý: A; B; …"?

    `first`: where its part of the sentence begins.
    """
    words = words_of(context)
    while first > max(0, end - OF_A_LIFE) and words.gap(first - 1)[:1] == ";":
        first = min(sentence_of(context, first - 1)[0], first - 1)
    keys = words.keys[first:end]
    return "từng" in keys or any(pair == ("phần", "thưởng") for pair in pairwise(keys))


def _carried(words: Words, award: Award, last: _Told, same: tuple[Winner, ...]) -> tuple[Winner, ...]:
    """Who won, where an award but goes on with the one told last: "Huân chương Độc lập (1995); Cờ thi đua …"."""
    heads = words.text.startswith(":", words.ends[award.end - 1])
    if not heads and in_series(words, last.named, award.first):
        return last.winners
    return same if joined(words, last.named, award.first) else ()


def _with_subject(award: Award, found: tuple[Winner, ...], first: int) -> Award:
    """An award in the words that say it too who won, where they alone are told before it, from word `first` on."""
    alone = found[0] if len(found) == 1 else None
    told = alone is not None and first <= alone.first < award.first and alone.end <= award.first
    return replace(award, first=alone.first) if alone and told else award


def _tabled(context: Context, lists: Lists) -> Iterator[Span]:
    """Those of lists and tables that name the rank alone."""
    for prize, found in (
        *lists.titled(),
        *lists.ranks(),
        *lists.ranked_lines(),
        *lists.best_rows(),
        *lists.table_rows(),
    ):
        year = year_before(context, prize.first) or context.page.year
        yield from _spans(words_of(context), prize, found, None, year)


def _goes_on(words: Words, index: int) -> bool:
    """Does a clause behind a semicolon go on about who won before: "…; (năm 2020) được Bộ Công an tặng …"?"""
    dated = 2 * (words.keys[index] == "năm" and words.key(index + 1).isdigit())
    return ";" in words.gap(index - 1) and words.key(index + dated) in _GOES_ON


def _told(context: Context, hits: list[Hit], names: Names) -> Iterator[tuple[Hit, Award]]:
    """The awards that are named, or meant by "danh hiệu này", and not but wished for or denied."""
    words, hoped, meant = words_of(context), -1, Meant(context)
    for hit in map(names.noun, _apart(hits)):
        award, (first, _) = names.award(hit), sentence_of(context, hit.first)
        if _heads(words, hit):
            continue
        if hit.entry.name in _LISTED and words.gap(hit.end - 1) == ":":
            yield hit, award
            continue
        this = meant.of(hit, award)
        meant.speak(hit, award)
        award = this or award
        if names.paper(hit) or names.organ(hit) or _denied(words, award, first):
            continue
        if this is None and (_common(words, hit) or _no_award(words, hit, award)):
            continue
        if _proposed(words, award, first) or hoped == first:  # "đề nghị tặng Cờ thi đua cho A, Bằng khen cho B"
            hoped = first
            continue
        meant.give(award)
        yield hit, award


def _common(words: Words, hit: Hit) -> bool:
    """Is it a common noun ("được nhận giải năm nay"), or but the sign of a sum: "biểu trưng hỗ trợ 50 triệu đồng"?"""
    if hit.entry.name in FIFTH:
        return words.key(hit.end) == "nay" or words.key(hit.end).isdigit()
    if hit.entry.name == _SYMBOL:
        return words.gap(hit.end - 1) == " " and (words.key(hit.end) in _OF_AID or words.key(hit.end).isdigit())
    if words.gap(hit.end - 1) == " " and words.key(hit.end) == "khác":  # "cùng nhiều giải thưởng khác"
        return True
    described = hit.entry.name == "giải thưởng" and words.keys[max(0, hit.first - 1) : hit.first] == ["là"]
    return described and words.gap(hit.end - 1) == " " and not words.capital(hit.end)


def _heads(words: Words, hit: Hit) -> bool:
    """Does it but head what follows: "giải cá nhân: | chị X đoạt giải Nhất, …"?"""
    if hit.entry.name not in _HEADS or words.gap(hit.end - 1) != ":":
        return False
    return any(words.at(index, "award") for index in range(hit.end, hit.end + IN_TURN) if words.gap(index - 1) != "\n")


def _in_all(words: Words, first: int) -> bool:
    """Does a sentence tell how many got a prize in all its years: "Tính đến nay, …", "Sau 41 năm (1985 - 2025), …"?"""
    key = words.keys[first]
    if key.isdigit() and words.keys[first + 1 : first + 3] == ["năm", "qua"]:
        return True
    if key in ("tính", "đến", "cho"):
        return ["đến", "nay"] in (words.keys[first : first + 2], words.keys[first + 1 : first + 3])
    return key in ("sau", "qua") and words.key(first + 1).isdigit() and words.key(first + 2) in _TIMES


def _apart(hits: list[Hit]) -> Iterator[Hit]:
    """Those that stand in no other: of "ngôi vô địch" not the "vô địch"."""
    end = 0
    for hit in hits:
        if hit.end > end:
            yield hit
        end = max(end, hit.end)


def _denied(words: Words, award: Award, first: int) -> bool:
    """Is it said that nobody got it yet: "chưa có ai được phong …"?"""
    return "chưa" in words.keys[max(first, award.first - DENIED) : award.first]


def _acclaimed(context: Context, winners: Winners) -> Iterator[Span]:
    """Titles of praise by their names alone: "X được suy tôn “…”", "vinh danh X là “…”", "gọi tên ở hạng mục “…”"."""
    words = words_of(context)
    for opens, closes in winners.quotes.items():
        first, end = sentence_of(context, opens)
        verb = opens - (words.keys[opens - 1] == "là")
        pair = words.keys[max(0, verb - 2) : verb]
        known = pair == ["công", "nhận"] and any(one.end == verb - 2 for one in organisations_of(context))
        if pair in ACCLAIMS or pair == ["hạng", "mục"] or known:
            award = Award(verb - 2, closes, words.written(opens, closes))
            found = winners.praised(award, first)
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
    if kind == "title":
        return not _conferred(words, hit, award)
    if kind == "praise":
        return not _praised(words, hit)
    vague = hit.first > 0 and words.keys[hit.first - 1] in ("nhiều", "những", "các")
    goes = kind == "prize" and words.keys[award.end : award.end + 2] == _GOES_TO  # "Các giải Nhì | thuộc về: …"
    if vague and not goes and not hit.end < award.end and words.keys[hit.first - 2 : hit.first - 1] != ["cho"]:
        return True  # "được tặng nhiều Bằng khen, Giấy khen"
    if award.end == hit.end:  # "trao danh hiệu cho 27 Mẹ", "giải thưởng 50 triệu đồng" name none
        of_money = hit.entry.name == "giải thưởng" and words.key(hit.end).isdigit()
        return kind == "quoted" or hit.entry.name in _BARE or of_money
    levelled = words.key(hit.end) == "cấp" and words.gap(hit.end - 1) == " "  # "412 người đạt danh hiệu cấp tỉnh"
    return hit.entry.name == "danh hiệu" and (levelled or words.shouted(hit.first))  # nor does a headline


def _conferred(words: Words, hit: Hit, award: Award) -> bool:
    """Is a title given to someone: "được công nhận (là) Chiến sĩ thi đua", "- Chiến sĩ thi đua cấp tỉnh: đ/c X"?"""
    if words.gap(hit.first - 1) != " ":
        counted = words.gap(award.end - 1) == "(" and words.key(award.end).isdigit()  # "Chiến sĩ thi đua (2 đ/c): A, B"
        behind = range(award.end, award.end + COUNTED) if counted else ()
        headed = words.gap(award.end - 1) == ":" or any(words.gap(index) == "):" for index in behind)
        return headed and words.opens_sentence(hit.first)
    verb = hit.first - 1 - (words.keys[hit.first - 2 : hit.first] == ["nhận", "là"])
    confers = words.keys[verb] if verb >= 0 else ""
    return confers in _TAKEN or (confers in _CONFERS and _passive(words, hit.first))


def _passive(words: Words, index: int) -> bool:
    """Does "được" stand in the clause before this word?"""
    for at in range(index - 1, max(-1, index - PROPOSED), -1):
        if words.gap(at)[:1] in (";", ":", ".", "\n"):
            return False
        if words.keys[at] == "được":
            return True
    return False


def _praised(words: Words, hit: Hit) -> bool:
    """Does "khen thưởng" say how many were praised: behind it, or before it ("45 tập thể được khen thưởng")?"""
    behind = range(hit.end, min(hit.end + PRAISED, len(words)))
    if any(words.keys[index] == "bằng" and _form(words, index + 1) for index in behind):
        return False  # "khen thưởng 20 tập thể bằng (hình thức) Bằng khen"
    for index in behind:
        if words.gap(index - 1)[:1] in (",", ";", "."):
            break
        if _number(words, index) and words.keys[index + 1 : index + 3] in _PRAISED:
            start = next(at for at in range(index, -1, -1) if not _number(words, at - 1))
            return start == hit.end or words.keys[start - 1] == "cho"
    if "được" not in words.keys[max(0, hit.first - NAME) : hit.first]:
        return False
    counted = (here for here in range(max(0, hit.first - MANY), hit.first) if _number(words, here))
    return any(words.keys[here + 1 : here + 3] in _PRAISED for here in counted)


def _number(words: Words, index: int) -> bool:
    """Is the word a number, or the last of one in words: "bảy", "mười | hai"?"""
    return words.keys[index].isdigit() or words.keys[index] in small_words("numeral")


def _form(words: Words, index: int) -> bool:
    """Is it told from this word on in which form someone is praised: "hình thức Bằng khen"?"""
    return words.at(index + 2 * (words.keys[index : index + 2] == ["hình", "thức"]), "award") is not None


def _placed(words: Words, hit: Hit) -> bool:
    """Is it a rank that someone reached ("xếp thứ Nhì", "hạng ba thuộc về …"), and no rank of an order or a school?"""
    in_turn = "lượt" in words.keys[hit.end : hit.end + IN_TURN]  # "hạng nhì, hạng ba lần lượt là A và B"
    goes = words.key(hit.end) in ("thuộc", "là", "chia", "gọi") and words.gap(hit.end - 1) == " "
    together = words.keys[hit.first - 1 : hit.first] == ["đồng"] and words.key(hit.end) in ("có", "gồm", "là")
    if in_turn or goes or together:  # "đồng hạng ba có hai chị: …"
        return True
    listed = hit.entry.name.startswith("hạng") and words.gap(hit.first - 1) in (",", ":", ";", "-")
    if listed and words.gap(hit.end - 1) == " " and words.key(hit.end) in small_words("group", "team"):
        return True  # "…: hạng ba ghe chùa X, hạng tư ghe chùa Y"
    if hit.entry.name == "khuyến khích":  # "- Khuyến khích: 6 thí sinh"
        return words.gap(hit.first - 1) != " " and words.gap(hit.end - 1) == ":"
    if hit.entry.name.endswith("toàn đoàn"):
        return words.gap(hit.end - 1) != " " or words.key(hit.end) in _PAST_RANK
    before, after = words.keys[hit.first - 1] if hit.first else "", words.gap(hit.end - 1)
    if hit.entry.name.startswith(RANKED):  # "về ba" may also be "về ba nội dung"
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
        if pair == ("xét", "tặng") and index > first and words.keys[index - 1] == "đã":
            return False
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
