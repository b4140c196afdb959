"""Who was chosen for an office: the heads of clusters by the year, and officials whom a congress elected.

"suy tôn Hội LHPN tỉnh A là Cụm trưởng", "bàn giao Cụm trưởng năm 2025 cho Hội LHPN tỉnh B", "bà C được bầu giữ chức
Chủ tịch". Who hands a cluster over held it the year before: that is inferred, and said with less confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from worker.facts.elections.choices import choices_of
from worker.facts.elections.election import Choice, span_of
from worker.facts.organisations import organisations_of
from worker.facts.organisations.organisation import Organisation
from worker.facts.span import Context, Span
from worker.facts.words import Hit, Words, first_year, last_year, sentence_of, within, words_of, year_at, year_before

_HEADS = {"cụm trưởng": "Cụm trưởng", "cụm phó": "Cụm phó", "phó cụm trưởng": "Cụm phó",
          "khối trưởng": "Khối trưởng", "trưởng khối": "Trưởng khối", "phó trưởng khối": "Phó Trưởng khối",
           "khối phó": "Khối phó", "phó khối trưởng": "Khối phó"}  # fmt: skip
_BECOMES = frozenset(("là", "làm", "vai", "giữ", "nhiệm", "nhận", "đơn"))
_LINKS = frozenset(
    (
        "chọn",
        "giao",
        "phân",
        "công",
        "với",
        "trò",
        "chức",
        "danh",
        "vụ",
        "đảm",
        "được",
        "tiếp",
        "tục",
        "vị",
        "suy",
        "thay",
        "tôn",
        "bầu",
        "cử",
        "sẽ",
        "là",
    )
)
_TO = frozenset(("cho", "là", "về"))
_GIVES = frozenset(("bàn", "giao", "trao"))
ENTRUSTED = 6  # words between "được giao" and "Cụm trưởng"
REACH = 12  # words between an office and who holds it


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The elections and handovers that this part tells of."""
    words = words_of(context)
    for hit in words.all("office"):
        if role := _HEADS.get(hit.entry.name.lower()):
            yield from _of_cluster(context, words, hit, role)
    for chosen in choices_of(context):
        yield span_of(words, chosen.first, chosen.end, chosen.choice, chosen.rule, chosen.confidence)


def _of_cluster(context: Context, words: Words, hit: Hit, role: str) -> Iterator[Span]:
    first, end = sentence_of(context, hit.first)
    near = [one for one in within(organisations_of(context), first, end) if one.level != "cluster"]
    before = [one for one in near if one.end <= hit.first]
    after = [one for one in near if one.first >= hit.end]
    year = _year(words, hit, first, end) or year_before(context, first) or context.page.year
    subjects = before or _clause_before(context, first)
    holder = _entrusted(words, subjects, hit) or (before[-1] if before and _becomes(words, before[-1], hit) else None)
    if holder:
        yield span_of(words, holder.first, hit.end, Choice(role, holder.name, year), "becomes")
        return
    if not after or after[0].first - hit.end > REACH:
        return
    if len(after) > 1 and words.key(after[0].first - 1) == "từ" and words.key(after[1].first - 1) in ("sang", "cho"):
        giver, taker = after[:2]  # "Cụm trưởng năm 2018 được chuyển giao từ A sang B"
        yield span_of(words, giver.end, taker.end, Choice(role, taker.name, year), "handed-over")
        if year:
            yield span_of(words, hit.first, giver.end, Choice(role, giver.name, year - 1), "inferred", 0.7)
        return
    between = words.keys[hit.end : after[0].first]
    if not (_TO & set(between) or (words.gap(hit.end - 1) == ":" and not between)) or words.at(
        after[0].first - 1, "office"
    ):
        return
    yield span_of(
        words, hit.first, _with_year(words, after[0].end, end), Choice(role, after[0].name, year), "handed-over"
    )
    if before and year and hit.first - before[-1].end <= 6 and _GIVES & set(words.keys[before[-1].end : hit.first]):
        giver = before[-1]
        yield span_of(words, giver.first, hit.first, Choice(role, giver.name, year - 1), "inferred", 0.7)


def _clause_before(context: Context, first: int) -> Sequence[Organisation]:
    """Those of the clause before a semicolon that this one goes on about: "A được suy tôn …; được giao làm …"."""
    words = words_of(context)
    if first == 0 or words.gap(first - 1) != ";":
        return ()
    return within(organisations_of(context), sentence_of(context, first - 1)[0], first)


def _entrusted(words: Words, before: Sequence[Organisation], hit: Hit) -> Organisation | None:
    """Who is said further before to be entrusted: "A được … suy tôn nhận Cờ …, được giao làm Cụm trưởng"."""
    lead = words.keys[max(0, hit.first - ENTRUSTED) : hit.first]
    if "được" not in lead or lead[-1:] not in (["làm"], ["là"], ["nhiệm"], ["nhận"]):
        return None
    return next((one for one in reversed(before) if words.key(one.end) == "được"), None)


def _becomes(words: Words, holder: Organisation, hit: Hit) -> bool:
    between = words.keys[holder.end : hit.first]
    if not between:  # "Hội LHPN tỉnh A - Cụm trưởng năm 2019"
        return words.gap(holder.end - 1) in ("-", "(")
    return (
        0 < len(between) <= 5
        and bool(_BECOMES & set(between))
        and all(key in _BECOMES | _LINKS or (key == "bàn" and between[0] == "nhận") for key in between)
        and "," not in {words.gap(index) for index in range(holder.end, hit.first)}
    )


def _year(words: Words, hit: Hit, first: int, end: int) -> int | None:
    """The year after the office, else the last before it in the sentence."""
    return first_year(words, hit.end, min(end, hit.end + 3 * REACH)) or last_year(words, first, hit.first)


def _with_year(words: Words, index: int, end: int) -> int:
    """The end of "… năm 2025" where it follows."""
    follows = index + 1 < end and words.keys[index] == "năm" and year_at(words, index + 1) is not None
    return index + 2 if follows else index
