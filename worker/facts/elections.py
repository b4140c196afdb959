"""Who was chosen for an office: the heads of clusters by the year, and officials whom a congress elected.

"suy tôn Hội LHPN tỉnh A là Cụm trưởng", "bàn giao Cụm trưởng năm 2025 cho Hội LHPN tỉnh B", "bà C được bầu giữ chức
Chủ tịch". Who hands a cluster over held it the year before: that is inferred, and said with less confidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from worker.facts.appointments import appointed
from worker.facts.beside_names import under_offices
from worker.facts.election import Choice, span_of
from worker.facts.organisation import Organisation
from worker.facts.organisations import organisations_of
from worker.facts.people import people_of
from worker.facts.person import Person
from worker.facts.person_names import Names, names_of
from worker.facts.span import Context, Span
from worker.facts.words import Hit, Words, first_year, last_year, sentence_of, within, words_of, year_at, year_before

_ITEM = re.compile(r"[^\S\n]*(?:[-–—•+*]|\d{1,3}[.)])")
_HEADS = {"cụm trưởng": "Cụm trưởng", "cụm phó": "Cụm phó", "phó cụm trưởng": "Cụm phó",
          "khối trưởng": "Khối trưởng", "khối phó": "Khối phó", "phó khối trưởng": "Khối phó"}  # fmt: skip
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
_CHOOSES = frozenset(("bầu", "cử"))
_APPOINTS = frozenset(
    (
        ("hiệp", "y"),
        ("hiệp", "thương"),
        ("bổ", "nhiệm"),
        ("tín", "nhiệm"),
        ("chỉ", "định"),
        ("suy", "tôn"),
        ("kiện", "toàn"),
        ("tiếp", "tục"),
        ("phân", "công"),
        ("đảm", "nhiệm"),
        ("điều", "động"),
        ("luân", "chuyển"),
        ("đại", "hội"),
        ("chuẩn", "y"),
        ("phê", "chuẩn"),
    )
)
_TAKES = frozenset(("làm", "chức", "danh", "là", "vị"))
_GIVES = frozenset(("bàn", "giao", "trao"))
_WINS = (["đắc", "cử"], ["tái", "cử"], ["trúng", "cử"])
_POST = frozenset(("danh", "vụ", "chức"))
_ENDS = frozenset("\n.?!…")
_LEAVING = frozenset(("thôi", "nghỉ", "nên", "rút"))
_PRESENT = frozenset(("dự", "tham"))
_PROPOSED = frozenset(("thiệu", "nghị", "ứng"))  # giới thiệu, đề nghị, ứng cử
_PROPOSALS = frozenset((("giới", "thiệu"), ("đề", "nghị"), ("ứng", "cử"), ("dự", "kiến")))
BACK = 60  # words back to the office that someone was voted into
NEAR = 4  # words between "giới thiệu" and who is proposed
FEW = 3  # words between two names in one list
ENTRUSTED = 6  # words between "được giao" and "Cụm trưởng"
LINES = 20  # lines of a list of those who were elected
OFFICE = 4  # words of an office that says nothing of its organisation
REACH = 12  # words between an office and who holds it


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The elections and handovers that this part tells of."""
    words = words_of(context)
    for hit in words.all("office"):
        if role := _HEADS.get(hit.entry.name.lower()):
            yield from _of_cluster(context, words, hit, role)
    found = list(_of_people(context, words))
    yield from found
    yield from appointed(context, found)


def _of_cluster(context: Context, words: Words, hit: Hit, role: str) -> Iterator[Span]:
    first, end = sentence_of(context, hit.first)
    near = [one for one in within(organisations_of(context), first, end) if one.level != "cluster"]
    before = [one for one in near if one.end <= hit.first]
    after = [one for one in near if one.first >= hit.end]
    year = _year(words, hit, first, end) or year_before(context, first) or context.page.year
    holder = _entrusted(words, before, hit) or (before[-1] if before and _becomes(words, before[-1], hit) else None)
    if holder:
        yield span_of(words, holder.first, hit.end, Choice(role, holder.name, year), "becomes")
        return
    if not after or after[0].first - hit.end > REACH:
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


def _entrusted(words: Words, before: list[Organisation], hit: Hit) -> Organisation | None:
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
        and all(key in _BECOMES | _LINKS for key in between)
        and "," not in {words.gap(index) for index in range(holder.end, hit.first)}
    )


def _year(words: Words, hit: Hit, first: int, end: int) -> int | None:
    """The year after the office, else the last before it in the sentence."""
    return first_year(words, hit.end, min(end, hit.end + 3 * REACH)) or last_year(words, first, hit.first)


def _with_year(words: Words, index: int, end: int) -> int:
    """The end of "… năm 2025" where it follows."""
    follows = index + 1 < end and words.keys[index] == "năm" and year_at(words, index + 1) is not None
    return index + 2 if follows else index


def _of_people(context: Context, words: Words) -> Iterator[Span]:
    """ "bà C được bầu giữ chức Chủ tịch", "bầu đồng chí C làm Chủ tịch"."""
    names = names_of(context)
    done = -1
    people = people_of(context)
    several = list(_of_several(context, names))
    yield from several
    listed = {span.start for span in several}
    for person in people:
        if person.first < done or words.starts[person.first] in listed:  # an office that was read for someone before
            continue
        first, end = sentence_of(context, person.first)
        if person.rule == "held" or (person.rule == "office" and words.gap(person.first - 1) == ":"):
            yield from _held(context, person)
            continue
        office = _chosen(words, person, _before(context, person.first), end)
        if office is None:
            yield from _voted_in(context, names, person)
            continue
        if (roles := names.roles(office.first)) is None:
            continue
        shared = bool(within(people, person.end, office.first))  # "bà A và bà B được bầu làm Phó Chủ tịch"
        done = done if shared else roles.end
        if office.first == person.end and (other := _beside(words, people, person)):
            year = context.page.year
            yield span_of(words, other.first, other.end, Choice(roles.offices[0].role, other.name, year), "chosen", 0.8)
        year = _year(words, office, first, end) or year_before(context, first) or context.page.year
        for index, held in enumerate(roles.offices):
            start = person.first if index == 0 else held.first
            stop = person.end if shared else held.end
            if stop > start and not (shared and index):
                own = person.org if person.role == held.role else None  # "Chi hội trưởng" of the Chi hội
                org = held.org or own or (names.union_before(person.first) if len(held.role.split()) < OFFICE else None)
                yield span_of(words, start, stop, Choice(held.role, person.name, year, org), "chosen")


def _opening(words: Words, index: int) -> int:
    """Where the sentence begins that a clause belongs to, over semicolons: "bầu bà A làm …; bà B - Phó …"."""
    first = index
    while first > max(0, index - BACK) and words.gap(first - 1)[:1] not in _ENDS:
        first -= 1
    return first


def _before(context: Context, index: int) -> list[str]:
    """What is said in the sentence before a word, and in the line that heads its list."""
    words = words_of(context)
    title = words.ending(index, "honorific")
    index = title.first if title else index  # "TS. Đào Thị Mai": no sentence begins behind the title
    return _headed(context, index) + words.keys[_opening(words, index) : index]


def _headed(context: Context, index: int) -> list[str]:
    """The words of the line that heads the list in which this word stands: "Đại hội đã bầu:"; else none."""
    words, text = words_of(context), context.text
    start, _ = context.paragraph(words.starts[index])
    for _ in range(LINES):
        if not start or not _ITEM.match(text, start):
            break
        end, start = start, text.rfind("\n", 0, start - 1) + 1
        if not _ITEM.match(text, start, end):
            first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
            return words.keys[first:last] if text[start:end].rstrip().endswith(":") else []
    return []


def _of_several(context: Context, names: Names) -> Iterator[Span]:
    """ "… bầu làm Chủ tịch; các Phó Chủ tịch gồm: bà A - Giám đốc …; bà B": each has the office before the list."""
    words = words_of(context)
    for roles, first, end, _ in under_offices(words, names):
        said = words.keys[max(0, first - BACK) : first]
        if roles.role and _choosing(said) and not _PRESENT & set(said[-REACH:]):
            year = year_before(context, first) or context.page.year
            org = roles.org or names.union_before(roles.offices[0].first)
            yield span_of(
                words, first, end, Choice(roles.offices[0].role, names.written(first, end), year, org), "held", 0.8
            )


def _held(context: Context, person: Person) -> Iterator[Span]:
    """ "Đại hội bầu Ban Chấp hành …; 2 Phó Chủ tịch là bà A và bà B": the paragraph says that they were chosen."""
    words = words_of(context)
    start, _ = context.paragraph(words.starts[person.first])
    back = max(0, person.first - BACK)
    said = [words.keys[index] for index in range(back, person.first) if words.starts[index] >= start]
    said = _headed(context, person.first) + said
    if person.role and _choosing(said) and not _PROPOSED & set(said[-REACH:]):
        year = year_before(context, person.first) or context.page.year
        choice = Choice(person.role, person.name, year, person.org)
        yield span_of(words, person.first, person.end, choice, "held", 0.8)


def _choosing(keys: Sequence[str]) -> bool:
    """Do these words say that someone is chosen: bầu, cử, bổ nhiệm, chỉ định, …?"""
    return bool(_CHOOSES & set(keys)) or any(pair in _APPOINTS for pair in pairwise(keys))


def _beside(words: Words, people: list[Person], person: Person) -> Person | None:
    """Who shares the office: A in "bà A và bà B - Phó Chủ tịch"."""
    others = [one for one in within(people, person.first - REACH, person.first) if one.end <= person.first]
    if not others:
        return None
    between = words.keys[others[-1].end : person.first]
    return others[-1] if between[:1] == ["và"] and len(between) <= FEW else None


def _voted_in(context: Context, names: Names, person: Person) -> Iterator[Span]:
    """ "kiện toàn chức danh Chủ tịch Hội LHPN tỉnh. Với 31/31 phiếu, C trúng cử": the office was said before."""
    words = words_of(context)
    if not any(words.keys[index : index + 2] in _WINS for index in range(person.end, person.end + 4)):
        return
    start, _ = context.paragraph(words.starts[person.first])
    for index in range(person.first - 1, max(0, person.first - BACK), -1):
        if words.starts[index] < start:
            return
        within_office = words.at(index - 1, "office") is not None and words.gap(index - 1) == " "  # "Phó | Chủ tịch"
        if not within_office and _POST & set(words.keys[max(0, index - 2) : index]) and (roles := names.roles(index)):
            held = roles.offices[0]
            year = year_before(context, person.first) or context.page.year
            choice = Choice(held.role, person.name, year, held.org)
            yield span_of(words, person.first, person.end, choice, "voted-in", 0.8)
            return


def _taken_later(words: Words, index: int, end: int, others: bool) -> bool:
    """Does an office follow that is taken, as this one is not: "bà A - Phó Chủ tịch UBMTTQ xã giữ chức Chủ tịch …"?

    `others`: even behind the name of someone who takes it too: "bầu ông A (Trưởng phòng …) và bà B làm Ủy viên".
    """
    for after in range(index + 1, min(end, index + 2 * REACH)):
        if words.gap(after - 1)[:1] in (";", ":") or (words.at(after, "honorific") and not others):
            return False
        office = words.at(after, "office")
        if office and office.entry.data[0] == "official" and _TAKES & set(words.keys[after - 2 : after]):
            return True
    return False


def _joins(words: Words, index: int, end: int) -> bool:
    """Does the clause go on with a committee that someone is voted into: "… vào Ban Thường vụ"?"""
    for after in range(index + 1, min(end, index + 2 * REACH)):
        if words.gap(after - 1)[:1] in (";", ":") or words.at(after, "honorific"):
            return False
        if words.keys[after] == "vào" and words.at(after + 1, "body"):
            return True
    return False


def _is_elective(words: Words, office: Hit) -> bool:
    """Is it an office to be chosen for? "giữ chức vụ Trưởng ban" is no Vụ trưởng."""
    elective = office.entry.data[0] == "official" and not office.entry.name.lower().endswith("trưởng đoàn")
    return elective and words.keys[office.first - 1 : office.first + 1] != ["chức", "vụ"]


def _not_taken(between: list[str], before: list[str], others: bool) -> bool:
    """Does what stands between a name and an office say that it is not theirs?"""
    if not _LEAVING.isdisjoint(between):
        return True  # "bà A tuổi cao nên chuyển …, cô B làm Tổ trưởng", "thôi giữ chức Phó Chủ tịch"
    if "vào" in between and others and _CHOOSES & set(between[between.index("vào") :]):
        return True  # "bầu bổ sung bà A vào Ban Chấp hành, bầu bà B làm Phó Chủ tịch"
    # "giới thiệu để bầu giữ chức …" tells of a candidate
    return bool(_PROPOSED & set(between) or _PROPOSALS & set(pairwise(before[-NEAR:])))


def _chosen(words: Words, person: Person, before: list[str], end: int) -> Hit | None:
    """The office that the person was chosen for: what stands between says so, or what stands `before` them."""
    for index in range(person.end, min(end, person.end + 3 * REACH)):
        office = words.at(index, "office")
        if office is None or not _is_elective(words, office):
            continue
        # as in "Đại hội bầu … gồm: bà A - Chủ tịch, bà B - Phó Chủ tịch"
        if words.keys[office.end - 1] != "vào" and _joins(words, index, end):
            return None  # "bầu bổ sung bà A - Chủ tịch Công đoàn … vào Ban Thường vụ"
        if index == person.end and not _taken_later(words, index, end, words.gap(index - 1) == "("):
            if "bầu" in before and not _PRESENT & set(before) and words.gap(index - 1) in ("-", "(", ":"):
                return office
            continue
        between = words.keys[person.end : index]
        others = any(words.at(here, "honorific") for here in range(person.end, index))
        if _not_taken(between, before, others):
            return None
        again = words.keys[index - 2 : index] in _WINS
        if again or (_TAKES & set(between[-3:]) and (_choosing(between[-6:]) or _choosing(before))):
            return office
    return None
