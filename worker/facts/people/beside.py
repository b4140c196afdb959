"""The offices that stand beside a name, before it or after it, and whose they are where that is not said.

"Chủ tịch Hội LHPN xã, bà X", "02 Phó Chủ tịch là bà X và bà Y", "bà X, 60 tuổi, được bầu làm Tổ trưởng".
"""

from __future__ import annotations

from dataclasses import replace

from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisations_of
from worker.facts.people.names import Names
from worker.facts.people.person import Roles
from worker.facts.places import place_at
from worker.facts.words import Words, at, within

BRACKET = 12  # words in brackets behind a name
CHAIN = 10  # words of an office with its organisation
DETAIL = 14  # words of what stands between a name and an office: age, people, year of birth
RANK = 8  # words back from the end of a name to a rank before it
WHOLE = 3  # words of a name that is surely whole
ROLES_SHARED = 4  # people of a list that share an office said behind the last
_HOLDS = frozenset(("là", "gồm", "do"))
"""Between an office and who holds it: "02 Phó Chủ tịch là đồng chí X", "chức Chủ tịch do bà X đảm nhiệm"."""
_NEWLY = frozenset(("mới", "vừa", "được", "trúng", "tái", "đắc", "bầu", "cử"))
"""Between an office and "là": that its holder was chosen for it."""
_LEAVING = frozenset(("nghỉ", "xin", "được", "đến", "hết", "chuyển", "thôi", "miễn", "rời"))
"""With what it begins that somebody leaves an office: "nghỉ hưu … nên thôi giữ chức", "xin thôi …", "rời ghế …"."""
_TO_TAKE = ["để", "nhận", "nhiệm", "vụ"]
_LEFT = frozenset(("nhiệm", "giữ", "chức", "vụ", "danh", "làm", "kiêm", "cương", "vị", "ghế", "đảm", "phụ", "trách"))
_TERM = frozenset(("nhiệm", "kỳ", "khóa", "khoá"))
_ROMAN = frozenset("ivx")
_ELECTED = frozenset(("chủ", "phó", "bí", "trưởng", "ủy", "uỷ"))
"""Words with which offices begin that one is chosen for: Chủ tịch, Phó …, Bí thư, Trưởng …, Tổ trưởng."""


def said_before(words: Words, names: Names, first: int) -> Roles | None:
    """The offices of someone who is named after them.

    "Giám đốc Sở Y tế, bà Y cho biết"; "Giám đốc Sở Y tế (bà Y)"; "2 Phó Chủ tịch là bà Y"; "giữ chức Chủ tịch Hội
    LHPN tỉnh thay đồng chí Y", who held it before.
    """
    led = _led_to(words, first)
    if led is None:
        return None
    stop, holds = led
    for index in range(max(0, stop - 4 * CHAIN), stop):
        if not words.at(index, "office") or (roles := names.roles(index)) is None or roles.end != stop:
            continue
        someone = stop == first and (_of_someone(words, names, index) or _spoken_of(words, roles, index))
        if words.key(first - 1) in ("thay", "thế", "cho"):  # what the successor is besides is not theirs
            roles = replace(roles, offices=roles.offices[roles.main : roles.main + 1], main=0)
        return None if someone or (holds and not _vacant(words, index)) else roles
    return None


def _led_to(words: Words, first: int) -> tuple[int, bool] | None:
    """Where an office ends that leads to the name at a word, and whether it says that they (are to) hold it."""
    stop = first - (words.keys[first - 1] in ("cho", "thế"))
    if words.keys[stop - 1] == "thay":
        return _before_term(words, stop - 1), False
    if stop < first:
        return None
    if words.gap(first - 1) == ":" or words.keys[stop - 2 : stop] in (["thuộc", "về"], ["đối", "với"]):
        stop -= 2 * (words.gap(first - 1) != ":")
        return _before_term(words, stop), True  # "chức danh Phó Chủ tịch nhiệm kỳ 2021 - 2026 đối với bà X"
    if words.keys[stop - 1] in _HOLDS:
        stop = _before_term(words, stop - 1)
        while stop > 0 and words.keys[stop - 1] in _NEWLY:
            stop -= 1  # "hai Phó ban mới bầu là chị X", "Phó Chủ tịch trúng cử là bà Y"
        return stop, True
    return (first, False) if words.gap(first - 1) in (",", "-", "(") else None


def _before_term(words: Words, stop: int) -> int:
    """The end of an office before the term that ends before a word: "Phó Chủ tịch | khóa XV, nhiệm kỳ 2021 - 2026"."""
    first = stop
    while first > 0 and words.gap(first - 1) in (" ", ",", "-", ":") and _tells_term(words.keys[first - 1]):
        first -= 1
    return first if words.key(first) in _TERM else stop


def past_term(words: Words, index: int) -> int:
    """The word behind the term that begins at a word; that word where none does."""
    end = index
    while words.key(index) in _TERM and words.gap(end - 1) in (" ", ",", "-") and _tells_term(words.key(end)):
        end += 1
    return end


def _tells_term(key: str) -> bool:
    return key in _TERM or key.isdigit() or _ROMAN.issuperset(key)


def _of_someone(words: Words, names: Names, index: int) -> bool:
    """Does the office follow a name, as its own: "bà A, Chủ tịch …, bà B"?"""
    if words.gap(index - 1) not in (",", "-", "("):
        return False
    near = any(words.at(at, "honorific") for at in range(max(0, index - 6), index - 1))
    return (near and words.capital(index - 1)) or name_before(words, names, index) < index


def _spoken_of(words: Words, roles: Roles, index: int) -> bool:
    """Is it a group that the words before the name only speak of: "Về công tác cán bộ, đồng chí X …"?"""
    return roles.kind == "member" and not words.opens_sentence(index) and words.keys[index - 1] not in ("là", "một")


def _vacant(words: Words, index: int) -> bool:
    """Is the office named as one that someone is chosen for: "02 Phó Chủ tịch", "các …", "chức danh …", "bầu …"?"""
    before = words.key(index - 1) if index else ""
    if not _ELECTED & set(words.keys[index : index + 2]):
        return False
    return (
        words.opens_sentence(index)
        or words.gap(index - 1) in (",", ";")
        or before.isdigit()
        or before in ("các", "hai", "chức", "danh", "vụ", "bầu", "và", "cử", "sung")
    )


def roles_after(words: Words, names: Names, end: int) -> Roles | None:
    """The offices that follow a name: after a dash, a comma, a bracket, "là"; or the organisation in brackets."""
    gap = words.gap(end - 1)
    gap = gap[1] if gap in ("),", ")-") else gap  # "cô Ba (bà X), Phó Chủ tịch …"
    if gap == "(" and not words.at(end, "office"):  # "ông X (bên phải), Trưởng bản …"
        if (found := names.organisation(end)) and words.text.startswith(")", words.ends[found.end - 1]):
            return _behind_colon(words, names, found.end) or Roles(found.end, None, found.name, "of")
        if within_bracket := _in_bracket(words, end):  # "(sinh năm 1975, Phó Chủ tịch …)"
            return names.roles(within_bracket, owned=True)
        end = behind_bracket(words, end)
        gap = words.gap(end - 1).lstrip(") ") or " "
    end, gap = _behind_details(words, names, end, gap)  # ", 41 tuổi, ở thôn A, xã B, Chi hội trưởng …"
    close = gap == " " and (words.capital(end) or _told_without_a_mark(words, names, end))
    if (gap in ("-", ",", "(", ":") or close) and (roles := names.roles(end, owned=True)):
        new = _behind_colon(words, names, roles.end) if gap == "(" else None
        return None if gap == "," and _names_next(words, names, roles) else new or roles
    if gap in (",", "(", "-") and (employer := names.organisation(end)) and not _goes_on(words, end, employer.end, gap):
        return Roles(employer.end, None, employer.name, "of")  # "Đại úy X, Đồn Biên phòng Y"
    if gap == ";":
        return _in_row(words, names, end)
    return _chosen_for(words, names, end) or _left(words, names, end) if gap in (" ", ",") else None


def _told_without_a_mark(words: Words, names: Names, end: int) -> bool:
    """Does an office in small letters follow, and whose it is: "Đ/c Lê Thị Na chủ tịch hội LHPN xã A trình bày"?"""
    roles = names.roles(end, owned=True) if words.keys[end] in _ELECTED else None
    return roles is not None and roles.kind == "official" and roles.org is not None


def _behind_colon(words: Words, names: Names, end: int) -> Roles | None:
    """The office that a row ends with, behind who somebody was: "Bà X (Giám đốc Công ty A): Phó Chủ tịch"."""
    told = words.gap(end - 1) == "):" and words.at(end, "office") is not None
    return names.roles(end, owned=True) if told else None


def _in_row(words: Words, names: Names, end: int) -> Roles | None:
    """The office behind a semicolon that fills the rest of a row: "4. Ông X; Bí thư Huyện ủy An Biên"."""
    roles = names.roles(end, owned=True)
    first, last = names.context.paragraph(words.starts[end])
    if roles is None or words.text[words.ends[roles.end - 1] : last].strip(" .;\n"):
        return None
    return None if {",", ";", ":"} & set(words.text[first : words.ends[end - 1]]) else roles


def _names_next(words: Words, names: Names, roles: Roles) -> bool:
    """Does another's name follow, whose office it is: "nghệ sĩ A, Phó Tổng Biên tập Trần Thị B công bố"?"""
    index = roles.end
    title = words.at(index, "honorific") if words.gap(index - 1) == "-" else None
    if title and names.name(title.end, alone=True) > title.end:  # "Chủ nhiệm - chị A (…), Phó Chủ nhiệm - chị B"
        return True
    told = roles.org is not None or len((roles.role or "").split()) <= ROLES_SHARED  # no firm of a person's name
    named = words.gap(index - 1) == " " and words.at(index, "surnames") is not None
    short = roles.org is None and len((roles.role or "").split()) < WHOLE  # "già làng Siu Mốt"
    return told and named and names.name(index) - index >= WHOLE - short


def _in_bracket(words: Words, end: int) -> int | None:
    """Where an office stands behind a comma in the brackets that open before this word."""
    for index in range(end + 1, min(end + BRACKET, len(words))):
        gap = words.gap(index - 1)
        if ")" in gap:
            return None
        if gap == "," and words.at(index, "office"):
            return index
    return None


def _chosen_for(words: Words, names: Names, end: int) -> Roles | None:
    """The office that someone is said to be chosen for, or to hold: "được bầu giữ chức …", "là …"."""
    chosen, index = small_words("chosen"), end + (words.key(end) == "thôi")  # "thôi giữ chức …": they had it
    index += words.keys[index : index + 4] == _TO_TAKE  # "thôi giữ chức A … để nhận nhiệm vụ B"
    index += words.key(index) == "người" and words.key(index + 1) in ("được", "vừa", "mới", "đang", "hiện")
    while index < len(words) and words.keys[index] in chosen:  # "được bầu giữ chức", "tái đắc cử", "là"
        index += 1
        if words.gap(index - 1) != " ":
            return None
        chooser = names.organisation(index) if words.keys[index - 1] == "được" else None
        if chooser and words.gap(chooser.end - 1) == " " and words.key(chooser.end) in chosen:
            index = chooser.end  # "được Ban Thường vụ Tỉnh ủy chỉ định giữ chức …"
        if words.key(index) == "vào" and (
            body := words.at(index + 1, "body")
        ):  # "được bầu vào Ban Thường vụ và giữ chức …"
            index = body.end + (words.key(body.end) == "và")
        if names.office(index):  # but not "được Chủ tịch UBND tỉnh tặng Bằng khen"
            return names.roles(index, owned=True) if words.keys[index - 1] not in small_words("passive") else None
    return None


def _left(words: Words, names: Names, end: int) -> Roles | None:
    """The office that someone is said farther on to leave: "nghỉ hưu theo chế độ nên thôi giữ chức Chủ tịch Hội"."""
    if words.key(end) not in _LEAVING:
        return None
    for index in range(end, min(end + DETAIL, len(words) - 1)):
        if words.gap(index - 1) not in (" ", ",") or words.at(index, "honorific"):
            return None
        if words.keys[index] in ("thôi", "miễn", "rời"):
            after = index + 1
            while words.key(after) in _LEFT and words.gap(after - 1) == " ":
                after += 1
            if roles := names.roles(after, owned=True):  # but "thôi tham gia Ban Thường vụ, thôi giữ chức …"
                return roles
    return None


def shared_after(words: Words, names: Names, end: int) -> Roles | None:
    """The office that the last of a list is said to be chosen for: "bà A, bà B và bà C giữ chức Phó Chủ tịch"."""
    for _ in range(ROLES_SHARED):
        index = next_in_list(words, end)
        honorific = words.at(index, "honorific")
        if honorific is None or words.gap(honorific.end - 1) != " ":
            return None
        end = names.name(honorific.end)
        if end == honorific.end:
            return None
        if roles := roles_after(words, names, end):
            return roles if words.gap(end - 1) == " " or _of_many(roles) else None
    return None


def distributed(names: Names, each: list[Roles | None]) -> list[Roles | None]:
    """The offices of those in a list; one that all share in as many places is each one's in a place of its own.

    "Các chị A, B, Phó Chủ tịch Hội LHPN các xã C, D": A in C, B in D.
    """
    told = [roles for roles in each if roles]
    if len(told) < 2 or any(roles.end != told[0].end for roles in told):
        return each
    everything, places, end = organisations_of(names.context), list[str](), told[0].end
    here = next((one for one in within(everything, end - CHAIN, end) if one.end == end), None)
    while here and len(places) <= len(told):
        places.append(here.name)
        here = at(everything, next_in_list(names.words, here.end))
    if len(places) != len(told):
        return each
    given = iter(places)
    return [replace(roles, org=next(given)) if roles else None for roles in each]


def _of_many(roles: Roles) -> bool:
    """May several hold the office at once: "Phó Chủ tịch", "nguyên Phó Chủ tịch", "Ủy viên"?"""
    role = (roles.role or "").lower()
    return roles.org is not None and role.removeprefix("nguyên ").startswith(("phó ", "ủy viên", "uỷ viên"))


def behind_bracket(words: Words, end: int) -> int:
    """The word behind the bracket that opens before this one; this one, if it never closes."""
    return next((index for index in range(end + 1, min(end + BRACKET, len(words))) if ")" in words.gap(index - 1)), end)


def _behind_details(words: Words, names: Names, end: int, gap: str) -> tuple[int, str]:
    """The word behind what is said of a person in passing, their age, people and home, and the marks before it."""
    for _ in range(ROLES_SHARED):
        after = (_detail(words, end) or _residence(names, end)) if gap in (",", "-") else None
        if after is None:
            break
        end, gap = after, words.gap(after - 1)
        if gap == "(":  # "xã Khang Ninh (Ba Bể, Bắc Kạn) là Giám đốc …"
            end = behind_bracket(words, end)
            gap = words.gap(end - 1).lstrip(") ") or " "
    return end, gap


_PARTING = frozenset(",-.;:!?\n")
"""Marks with which what is said of a person ends; behind some another sentence begins."""


def _residence(names: Names, index: int) -> int | None:
    """The end of the place where someone lives: "ở thôn Nà Niểm", "xã Khang Ninh"."""
    place = place_at(names.context, index + (names.words.key(index) in ("ở", "tại")))
    return place.end if place and place.level in ("village", "commune", "district", "province") else None


def _detail(words: Words, index: int) -> int | None:
    """The end of what is said of a person between commas: "41 tuổi", "dân tộc Dao", "sinh năm 1980"."""
    aged = words.key(index).isdigit() and words.key(index + 1) == "tuổi"
    if not aged and words.key(index) not in ("dân", "người", "sinh", "sn", "hiện", "quê", "trú", "ngụ"):
        return None
    ends = range(index + 1, min(index + DETAIL, len(words)))
    end = next((end for end in ends if words.gap(end - 1)[:1] in _PARTING), None)
    return end if end is not None and words.gap(end - 1) in (",", "-") else None


def next_in_list(words: Words, end: int) -> int:
    """Where the next name of a list may begin; the end of the text if the list is over."""
    gap = words.gap(end - 1).removeprefix(")") or " "  # "A (nguyên Phó Chủ tịch …); B", "A (Sở Y tế) và B"
    if gap in (",", ";"):
        return end + 1 if words.keys[end] == "và" else end
    if gap == " " and words.keys[end] == "và":
        return end + 1
    return len(words)


def name_before(words: Words, names: Names, end: int) -> int:
    """Where the name begins that ends before this word; `end` if there is none."""
    first = end
    while first > end - 5 and first > 0 and words.capital(first - 1) and (first == end or words.gap(first - 1) == " "):
        first -= 1
    while first < end and names.name(first) != end:
        first += 1
    size = end - first
    sure = size >= 3 or (size == 2 and words.at(first, "surnames") is not None)
    return first if sure and not words.before(first, "things", "level") else end


def _goes_on(words: Words, name: int, end: int, gap: str) -> bool:
    """Is the organisation behind a name and a comma not that person's: one of a list, or the subject of a sentence?

    "Theo bà X, Hội LHPN xã có 7 chi hội", but "Đại úy X, Đồn Biên phòng Y cho biết".
    """
    after = words.gap(end - 1)
    if after == ",":
        return words.at(end, "honorific", "union", "area", "party") is not None
    if any((hit := words.at(index, "office")) and hit.entry.data[0] == "rank" for index in range(name - RANK, name)):
        return False
    return gap == "," and after == " " and words.key(end) not in small_words("speaks")
