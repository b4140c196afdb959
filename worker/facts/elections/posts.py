"""Who takes an office that is told before all of their names: "bầu 2 Phó Chủ tịch Hội: bà A - Bí thư …; bà B".

What stands beside a name in such a list is what somebody is otherwise: the office is told before the colon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from worker.facts.elections.choosing import says
from worker.facts.elections.setting import Setting
from worker.facts.people import people_of
from worker.facts.people.names import names_of
from worker.facts.people.person import Person, Roles
from worker.facts.span import Context
from worker.facts.words import Words, within, words_of

BEHIND = 14  # words of whose the office is, and of its term, up to the colon
MOST = 160  # words of one list
LEAD = 6  # words before a name on a line of its own: its number and titles
_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_LINKS = frozenset(("giữ", "chức", "vụ", "danh", "làm", "là", "đảm", "nhiệm"))
_WITH = frozenset(("cùng", "và", "với"))
_BELOW = frozenset(("có", "tên", "sau", "đây", "dưới"))
_ALL = frozenset(("các", "những"))
"""Before those of whom it is not told how many they are: "các đồng chí có tên sau"."""
_PERSONS = (["đồng", "chí"], ["đ", "c"], ["người"], ["chị"], ["bà"], ["vị"])
_VERBS = frozenset(("bầu", "cử", "định", "nhiệm"))
"""Last words of the verbs of choosing: bầu, bầu cử, chỉ định, bổ nhiệm."""


class Post(NamedTuple):
    """An office, those who take it, and the words [first, end) of their list."""

    roles: Roles
    people: Sequence[Person]
    first: int
    end: int


def posts_of(context: Context) -> Iterator[Post]:
    """The offices that this part says are taken by all whom a list names behind them."""
    words, names, setting, done = words_of(context), names_of(context), Setting(context), 0
    for office in words.all("office"):
        if office.first < done or office.entry.data[0] != "official":
            continue
        done = office.end
        count = _count(words, office.first)
        count = _beside(words, setting, office.first) if count is None else count
        roles = names.roles(office.first) if count is not None else None
        if roles is None or says("proposes", setting.said(office.first)):
            continue
        first = _behind_colon(words, roles.end)
        end = _list_end(words, first) if first else 0
        found = _items(context, first, end) if first else []
        if first and found and len(found) == (count or max(2, len(found))):
            last = found[-1].end
            yield Post(roles, found, first, next((at + 1 for at in range(last - 1, end) if words.gap(at) == "\n"), end))


def _count(words: Words, index: int) -> int | None:
    """How many are chosen for the office that begins here; 0 if that is not told, None if no verb chooses several."""
    keys, at = words.keys, index - 1
    while at > 0 and keys[at] in _LINKS and words.gap(at) == " ":
        at -= 1
    passive = at < index - 1 and _passive(words, at)
    if passive:  # "Các đồng chí | được bầu giữ chức Phó Chủ tịch"
        at = passive - 1
    if at < index - 1:  # "bầu 2 đồng chí (có tên sau) giữ chức vụ Phó Chủ tịch"
        while at > 0 and keys[at] in _BELOW:
            at -= 1
        size = next((len(pair) for pair in _PERSONS if keys[at - len(pair) + 1 : at + 1] == pair), 0)
        at -= size
        if not size:
            return None
    count = int(keys[at]) if keys[at].isdigit() and len(keys[at]) < len("100") else _NUMBERS.get(keys[at])
    count = 0 if keys[at] in _ALL and at < index - 1 else count
    if passive:
        return count
    return count if at > 0 and words.gap(at - 1) == " " and keys[at - 1] in _VERBS | {"sung", "ra"} else None


def _passive(words: Words, last: int) -> int:
    """Where "được" stands before the verb of choosing that ends here: "được bầu", "được tín nhiệm bầu"; 0 if none."""
    first = last - 2 * (words.keys[max(0, last - 2) : last] == ["tín", "nhiệm"]) - 1
    return first if first > 0 and words.keys[first] == "được" and words.keys[last] in _VERBS else 0


def _beside(words: Words, setting: Setting, index: int) -> int | None:
    """How many take the office beside another who is appointed: "giữ chức Chủ tịch Hội, cùng 3 đồng chí | Phó …"."""
    size = next((len(pair) for pair in _PERSONS if words.keys[index - len(pair) : index] == pair), 0)
    at = index - size - 1
    if at < 1 or not words.keys[at].isdigit() or words.keys[at - 1] not in _WITH:
        return None
    said = setting.said(index)
    taken = says("settles", said) or ("giữ chức" in " ".join(said) and setting.announced(index))
    return int(words.keys[at][-2:]) if taken else None


def _behind_colon(words: Words, index: int) -> int | None:
    """The word behind the colon that follows the office: "2 Phó Chủ tịch Hội LHPN tỉnh khóa X, gồm: | bà A"."""
    for at in range(index, min(len(words), index + BEHIND)):
        between = words.text[words.ends[at - 1] : words.starts[at]]
        if ":" in between:
            return at
        if not {".", ";", "\n"}.isdisjoint(between) or words.at(at, "office"):
            return None
    return None


def _list_end(words: Words, first: int) -> int:
    """The end of the list that begins with a word: of its sentence, over semicolons, or of its lines."""
    in_lines = "\n" in words.text[words.ends[first - 1] : words.starts[first]]
    for at in range(first, min(len(words), first + MOST)):
        gap = words.gap(at)
        over = gap[:1] in (".", "!") and not words.ending(at + 1, "honorific") and not words.keys[at].isdigit()
        if (gap == "\n" or over) and not (in_lines and at + 1 < len(words)):
            return at + 1
    return min(len(words), first + MOST)


def _items(context: Context, first: int, end: int) -> list[Person]:
    """Who is named at the beginning of each item of the list [first, end), or of each of its lines."""
    words, near, found = words_of(context), within(people_of(context), first, end), list[Person]()
    in_lines = "\n" in words.text[words.ends[first - 1] : words.starts[first]]
    if in_lines:
        line = first
        while line < end:
            named = next((one for one in near if line <= one.first < line + LEAD), None)
            if named is None or any(words.gap(at) == "\n" for at in range(line, named.first)):
                break
            if words.gap(named.end - 1) == " ":  # "Bà C phát biểu nhận nhiệm vụ."
                break
            found.append(named)
            line = next((at + 1 for at in range(named.end - 1, end) if words.gap(at) == "\n"), end)
        return found
    marks = (";",) if any(";" in words.gap(at) for at in range(first, end)) else (",",)
    for one in near:
        begins = one.first
        while (title := words.ending(begins, "honorific")) and title.first >= first:
            begins = title.first
        begins = _office_before(words, begins, first) if one.rule == "office" else begins
        begins -= words.key(begins - 1) == "các"
        if begins == first or words.gap(begins - 1).lstrip(")”")[:1] in marks or words.key(begins - 1) == "và":
            found.append(one)
    return found


def _office_before(words: Words, index: int, first: int) -> int:
    """Where the item of a list opens whose office stands before its name: "…, | Chủ tịch Hội LHPN xã A Lò Thị B"."""
    for at in range(index - 1, max(first, index - BEHIND) - 1, -1):
        if at == first or words.gap(at - 1) != " " or words.keys[at - 1] == "và":
            return at if words.at(at, "office") else index
    return index
