"""Lists of people under an office of several: "2 Phó Chủ tịch gồm: A; B - Giám đốc …", in a sentence or in rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from worker.facts.gazetteer import small_words
from worker.facts.people.beside import (
    DETAIL,
    ROLES_SHARED,
    WHOLE,
    behind_bracket,
    next_in_list,
    past_term,
    roles_after,
)
from worker.facts.people.names import Names
from worker.facts.people.office_tails import NEWLY
from worker.facts.people.person import Roles
from worker.facts.words import Hit, Words

LIST_LENGTH = 60  # names in one list of people
_AMONG = (["trong", "đó"], ["trong", "số", "này"], ["trong", "số", "đó"], ["đó"])
"""Between several and "có" or "là": "3 ủy viên, trong đó có bà A và bà B", "2 ủy viên. Đó là …"."""
_VOTES = frozenset(("bầu", "cử", "sung"))
"""Before an office that somebody is chosen for: "Bầu Phó Chủ tịch: đ/c X"."""


def under_offices(words: Words, names: Names) -> Iterator[tuple[Roles, int, int, Roles | None]]:
    """The names listed under an office of several: the office, the words [first, end), the other offices of each.

    "các Phó Chủ tịch Hội: A, B", "2 Phó Chủ tịch gồm: bà A; bà B - Giám đốc …".
    """
    for hit in words.all("office"):
        if hit.entry.data[0] != "official" or (several := _several(words, hit)) is None:
            continue
        if (roles := names.roles(hit.first)) is None:
            continue
        roles = _of_the_union(names, roles)
        index = past_term(words, roles.end)
        index += 2 * (words.keys[index : index + 2] in NEWLY)
        index += next((len(lead) for lead in _AMONG if words.keys[index : index + len(lead)] == lead), 0)
        led = words.key(index) in ("gồm", "có") or (words.key(index) == "là" and several)
        led = led and words.gap(index - 1) in (" ", ",") and index < len(words)
        index += led
        follow = several and words.gap(index - 1) == " " and names.name(index) > index  # "hai Phó Chủ tịch A, B"
        if not _after_colon(words, index) and not led and not follow:
            continue
        for first, end, other in listed(words, names, _past_many(words, index)):
            yield roles, first, end, other


def _after_colon(words: Words, index: int) -> bool:
    """Does a word stand behind a colon, on its line or on the next?"""
    gap = words.gap(index - 1)
    return gap == ":" or (gap == "\n" and ":" in words.text[words.ends[index - 1] :][:2])


def _several(words: Words, hit: Hit) -> bool | None:
    """Is it an office of several ("các Phó Chủ tịch"), or (no) one that opens a sentence, so that a list may follow?

    None: neither.
    """
    title = words.before(hit.first, "honorific")
    before = words.keys[hit.first - 1] if hit.first else ""
    held = before in ("chức", "danh") and words.opens_sentence(hit.first - 2)  # "Giữ chức Phó Chủ tịch gồm …"
    gap = words.gap(hit.first - 1)
    if title and title.entry.data[0] == "many":
        return True  # "ba đồng chí Phó Chủ tịch"
    if gap == " " and (before in small_words("several") or before.isdigit() or held):
        return True
    if gap == " " and before in _VOTES:
        return False
    return False if words.opens_sentence(hit.first) or gap in ("+", "*") else None


def rank_at(words: Words, index: int) -> Hit | None:
    """The rank that begins with this word: "Thiếu tá QNCN"."""
    office = words.at(index, "office")
    return office if office and office.entry.data[0] == "rank" else None


def _past_many(words: Words, index: int) -> int:
    """The word behind "các chị", "các đồng chí"."""
    many = words.at(index, "honorific") if words.gap(index - 1) != "\n" else None
    many = many or (words.at(index + 1, "honorific") if words.key(index) in small_words("several") else None)
    return many.end if many and words.gap(many.end - 1) in (" ", ":", "\n") else index


def listed(words: Words, names: Names, index: int) -> Iterator[tuple[int, int, Roles | None]]:
    """The names [first, end) of the list that begins with this word, each with the offices that are said of it."""
    row, index = _row(words, index)
    for _ in range(LIST_LENGTH):
        while (title := names.title(index) or rank_at(words, index)) and words.gap(title.end - 1) in " :.":
            index = title.end
        end = names.name(index)
        if end == index:
            if words.run(index) - index < WHOLE:
                return
            index = next_in_list(words, words.run(index))  # "các ủy viên: Đường Trọng Khoa, Lê Thị B"
            continue
        other = roles_after(words, names, end)
        yield index, end, other
        bracket = behind_bracket(words, end) if words.gap(end - 1) == "(" else end  # "A (đơn vị bầu cử số 1), B"
        last = other.end if other else bracket
        if row is not None and words.gap(last - 1) == "\n":
            mark, index = _row(words, last)
            if mark != row or (not row and words.text[words.ends[last - 1]] not in ";,"):
                return
            continue
        index = _past_detail(words, names, next_in_list(words, last))


def _row(words: Words, index: int) -> tuple[str | None, int]:
    """How a row begins at a word, "-", "1" or not at all, and the word behind its number; None where none begins."""
    if words.gap(index - 1) != "\n" or not 0 < index < len(words):
        return None, index
    marks = words.text[words.ends[index - 1] : words.starts[index]].rpartition("\n")[2].strip()
    if words.key(index).isdigit() and words.gap(index) in (".", ")", "/", "-"):
        return "1", index + 1
    return marks, index


def _past_detail(words: Words, names: Names, index: int) -> int:
    """Where the next name begins, behind what is said of the last one: "A, chủ khách sạn Biển Xanh và B"."""
    titled = words.at(index, "honorific") if index < len(words) else None
    if index >= len(words) or words.capital(index) or (titled and names.name(titled.end) > titled.end):
        return index
    for after in range(index, min(index + DETAIL, len(words) - 1)):
        begins = words.key(after) == "và" or words.gap(after) in (",", ";")
        if begins and words.at(after + 1, "surnames") and names.name(after + 1) - after > ROLES_SHARED - 1:
            return after + 1
        if words.gap(after) not in (" ", ",", ";", "-"):
            break
    return index


def _of_the_union(names: Names, roles: Roles) -> Roles:
    """The offices, "Phó Chủ tịch Hội" as one of the union that was named before."""
    if roles.org or len(roles.offices) != 1 or not roles.offices[0].role.endswith(" Hội"):
        return roles
    held = roles.offices[0]
    role, org = held.role.removesuffix(" Hội"), names.union_before(held.first)
    return replace(roles, role=role, org=org, offices=(held._replace(role=role, org=org),))
