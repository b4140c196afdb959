"""People with their office and organisation: officials, authors, and those whom the unions help (`private`).

A name is recognised by what stands around it, never by a list of family names: an honorific ("đồng chí", "bà", "chị"),
an office before or after it, a list that is introduced ("gồm các đồng chí: …"), a byline. What one mention says of a
person holds for the article's other mentions of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisations_of
from worker.facts.people.beside import (
    distributed,
    name_before,
    next_in_list,
    roles_after,
    said_before,
    shared_after,
)
from worker.facts.people.known import completed, known
from worker.facts.people.likely_owners import UNIONS
from worker.facts.people.lists import listed as names_listed
from worker.facts.people.lists import rank_at, under_offices
from worker.facts.people.names import Names, names_of
from worker.facts.people.office_owners import owned
from worker.facts.people.person import Person, Roles
from worker.facts.people.remembered import remembered
from worker.facts.people.unlisted_owners import is_foreign
from worker.facts.people.untitled import untitled
from worker.facts.places import place_at
from worker.facts.span import Context, Page, parts_of, read_once
from worker.facts.words import Hit, Words, words_of

AUTHOR = "tác giả"
_NO_OFFICE = re.compile(r"đại biểu (?:\w+ )*nhất(?!\w)", re.IGNORECASE)
"""The oldest of a congress, and the youngest, are told with their age and hold no office."""
_NO_HONORIFIC = frozenset((("trẻ", "em"), ("chị", "em"), ("anh", "em"), ("phụ", "mẹ"), ("đàn", "em"),
                           ("đàn", "bà"), ("đàn", "ông")))  # fmt: skip
_SUCCEEDED = frozenset(("thay", "thế", "cho"))  # "… thay đồng chí X": who held it before
_FOR_ANOTHER = ["quyền", "của"]  # "Thừa ủy quyền của Thủ tướng, Phó Chủ tịch UBND …": whose is not who acts
SECOND = 3  # words of a name after "và" that has no title of its own
_NAME_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")


def people_of(context: Context) -> list[Person]:
    """The people of this part in the order of the text, each with what the whole article says of them. Read once."""
    return _of_article(context.page).get(context.part, [])


@read_once
def _of_article(page: Page) -> dict[str, list[Person]]:
    """Part -> its people."""
    read = [(context, _read(context)) for context in parts_of(page)]
    told = known([person for _, people in read for person in people])
    return {context.part: completed(context, people, told) for context, people in read}


# --- What each part says ------------------------------------------------------------------------------------------


def _read(context: Context) -> list[Person]:
    """The people that this part introduces; none overlaps another."""
    names, words = names_of(context), words_of(context)
    if context.part in ("byline", "origin"):
        return list(_authors(context, names))
    taken = {index for hit in words.all("programme") for index in range(hit.first, hit.end)}  # "Mẹ Đỡ Đầu" is no mother
    found: list[Person] = []
    readings = (
        _after_offices(context, names),
        _after_many(context, names),
        _after_honorifics(context, names),
        _beside_offices(context, names),
        _signing(words, names),
    )
    for reading in (*readings, untitled(words, names, found), _credits(words, names)):
        for person in reading:
            if taken.isdisjoint(range(person.first, person.end)):
                taken.update(range(person.first, person.end))
                found.append(remembered(words, person))
    return sorted(found, key=lambda person: person.first)


def _after_many(context: Context, names: Names) -> Iterator[Person]:
    """ "các đồng chí: A, B - Phó Chủ tịch …; C": names one after the other, each with its office or a shared one."""
    words = words_of(context)
    for hit in words.all("honorific"):
        before = words.keys[hit.first - 1] if hit.first else ""
        counted = (before.isdigit() or before in small_words("several")) and words.gap(hit.first - 1) == " "
        several = hit.entry.data[0] == "many" or counted  # but "Ngày 5/9, bà X"
        if not several or words.gap(hit.end - 1) not in (" ", ":"):
            continue
        index = hit.end + (words.key(hit.end) == "gồm")  # "Ba hội viên gồm A, B và C"
        shared = names.roles(index)
        if shared:
            index = shared.end
        elif before == "là":  # "Phó Chủ tịch là các đồng chí A và B"
            shared = said_before(words, names, hit.first)
        listed = list(names_listed(words, names, index))
        if listed and (last := listed[-1])[2] and words.gap(last[1] - 1) == " ":
            shared = shared or last[2]  # "các đồng chí A và B được bầu giữ chức Phó Chủ tịch"
        each = [roles or shared or _next_said(words, listed[at:]) for at, (_, _, roles) in enumerate(listed)]
        for (first, end, _), whose in zip(listed, distributed(names, each), strict=True):
            yield _person(names, first, end, owned(names, first, whose), hit, "list")


def _next_said(words: Words, listed: list[tuple[int, int, Roles | None]]) -> Roles | None:
    """The office that those share who are joined by "và" or commas: "A và B, Phó Chủ tịch …", "A, B - Trưởng …"."""
    for (_, end, _), (_, after, roles) in pairwise(listed):
        if words.gap(end - 1) not in (" ", ","):
            return None
        if roles:
            return roles if words.gap(after - 1) in ("-", ",", "(", ":") and roles.role else None
    return None


def _after_offices(context: Context, names: Names) -> Iterator[Person]:
    """ "các Phó Chủ tịch Hội: A, B", "2 Phó Chủ tịch gồm: A; B - Giám đốc …": names under an office of several."""
    for roles, first, end, other in under_offices(words_of(context), names):
        told = (first, other) if other and other.role else (roles.offices[0].first, roles)
        yield _person(names, first, end, owned(names, *told), None, "held")


def _after_honorifics(context: Context, names: Names) -> Iterator[Person]:
    """ "đồng chí X - Phó Chủ tịch …", "bà X, Ủy viên …, Chủ tịch …", "đồng chí Phó Chủ tịch X", "chị X"."""
    words = words_of(context)
    places = names.places
    held: tuple[int, Roles | None] = (len(words), None)  # who was said last to hold an office that was named before
    for hit in words.all("honorific"):
        kind = hit.entry.data[0]
        if hit.first in places or hit.first in names.bodies or not _introduces(words, hit):
            continue
        if names.is_family_name(hit.first):
            continue
        index = hit.end
        if (
            (other := names.title(index))
            and words.gap(other.end - 1) == " "
            and names.name(other.end, alone=True) > other.end
        ):
            continue  # "hội viên chị X": the nearer one reads it
        before = names.roles(index)
        if before and words.gap(before.end - 1) == " " and (end := names.name(before.end)) > before.end:
            held_by = owned(names, before.offices[0].first, _said_more(words, names, before, end))
            yield _person(names, before.end, end, held_by, hit, "honorific-office")
            continue
        end = names.name(index, alone=kind not in ("title", "kin"))
        if kind == "kin" and not _is_borne(words, index, end):
            index, end = _behind_detail(words, names, index) if end == index else (index, index)
        elif kind == "title" and end == index:  # "nghệ sĩ nhiếp ảnh Phạm Bá Thịnh"
            index, end = _behind_detail(words, names, index)
        if end > index:
            roles, holds = _roles_beside(words, names, hit, end, held)
            held = (end, roles) if holds else held
            rule = "held" if holds else "honorific"
            yield _person(names, index, end, owned(names, index, roles), hit, rule)
            last = names.name(end + 1) if words.key(end) == "và" and words.gap(end - 1) == " " else 0
            if last - end > SECOND:  # "đồng chí A và B": B without a title
                roles = roles_after(words, names, last) or (roles if holds else None)
                yield _person(names, end + 1, last, owned(names, index, roles), hit, rule)


def _is_borne(words: Words, first: int, end: int) -> bool:
    """Does a name begin as people's names do: with a family name, "Y", "A" or "H’…"?"""
    known = words.at(first, "surnames") is not None or words.key(first) in ("y", "a") or end - first > SECOND - 1
    return end > first and (known or bool({"’", "'"} & set("".join(words.keys[first:end]))))


def _behind_detail(words: Words, names: Names, index: int) -> tuple[int, int]:
    """A name behind a word or two on what someone is: "vận động viên wushu Dương Thúy Vy"."""
    for first in range(index + 1, min(index + 3, len(words))):
        if words.gap(first - 2) != " " or words.gap(first - 1) != " " or words.capital(first - 1):
            break
        end = names.name(first) if words.at(first, "surnames") else first
        if end - first > SECOND - 1:
            return first, end
    return index, index


def _introduces(words: Words, hit: Hit) -> bool:
    """Can one person's name follow this honorific?"""
    kind, gap = hit.entry.data[0], words.gap(hit.end - 1)
    if (office := words.at(hit.first, "office")) and office.end > hit.end:
        return False  # "già làng X"
    if kind == "many" or not (gap in (" ", ":") or (kind == "title" and gap == ".")):
        return False
    if hit.first and (words.keys[hit.first - 1], words.keys[hit.first]) in _NO_HONORIFIC:
        return False
    within_name = words.capital(hit.first) and words.gap(hit.first - 1) == " " and words.capital(hit.first - 1)
    return not within_name  # "Phạm Anh Dũng": a part of the name


def _roles_beside(
    words: Words, names: Names, hit: Hit, end: int, held: tuple[int, Roles | None]
) -> tuple[Roles | None, bool]:
    """The offices of a name that ends before word `end`, and whether they were named as ones to be held.

    `held`: who was said last to hold such an office, and which: "2 Phó Chủ tịch là bà A và bà B".
    """
    roles = roles_after(words, names, end)
    if roles and roles.role:
        return roles, False
    if before := said_before(words, names, hit.first):
        return before, words.gap(hit.first - 1) != "," and words.keys[hit.first - 1] not in _SUCCEEDED
    if roles is None and held[1] and next_in_list(words, held[0]) == hit.first:
        return held[1], True
    return roles or shared_after(words, names, end), False


def _beside_offices(context: Context, names: Names) -> Iterator[Person]:
    """ "Phó Chủ tịch Hội LHPN Việt Nam X", "X - Giám đốc Sở …": an office right before or after a name."""
    words = words_of(context)
    done = -1
    for hit in words.all("office"):
        if hit.first < done:
            continue
        roles = names.roles(hit.first)
        if roles is None or words.keys[max(0, hit.first - 2) : hit.first] == _FOR_ANOTHER:
            continue
        if (house := names.organisation(hit.first)) and (house.rule == "own-name" or house.level == "international"):
            continue  # "Đại sứ quán Úc"
        done = roles.end
        index = _past_place(context, names, roles.end)
        gap = words.gap(index - 1) if index == roles.end else " "
        ranked = gap in (" ", "-") or (
            gap == "," and _introduces_rank(words, hit.first) and roles.role is not None and _leads(hit)
        )
        title = names.title(index) or (rank_at(words, index) if ranked else None)
        if title and gap in (" ", ",", "-", ":"):
            index, gap = title.end, words.gap(title.end - 1)
        beside = gap in (" ", ":", "-") or _between_commas(words, names, hit.first, index)
        named = beside and roles.kind != "member" and words.capital(index) and not _of_place(words, index)
        if named and (end := names.name(index)) > index:
            roles = _said_more(words, names, roles, end)
            yield _person(names, index, end, owned(names, hit.first, roles), None, "office")
        elif (
            words.gap(hit.first - 1) in (",", "-", "(", ":", "|")
            and (first := name_before(words, names, hit.first)) < hit.first
        ):
            yield _person(names, first, hit.first, owned(names, first, roles), None, "office-after")


def _of_place(words: Words, index: int) -> bool:
    """Is it a place, or a people, whose name no list has: "tỉnh Phông Sa Lỳ", "dân tộc Choang"?"""
    level = words.before(index, "level", "party") or words.keys[max(0, index - 2) : index] == ["dân", "tộc"]
    named = words.at(index, "surnames") or words.key(index) in ("y", "a") or words.key(index + 1) in ("thị", "văn")
    return bool(level) and not (named or {"’", "'"} & set(words.key(index) + words.key(index + 1)))


def _past_place(context: Context, names: Names, index: int) -> int:
    """The word behind the place in brackets before a name: "Chủ tịch UBND huyện Tân Phú (Đồng Nai) | Vũ Hữu Ký"."""
    words = names.words
    place = place_at(context, index) if words.gap(index - 1) == "(" else None
    if place is None or words.gap(place.end - 1) != ")" or words.at(place.end, "surnames") is None:
        return index
    return place.end if names.name(place.end) > place.end else index


def _introduces_rank(words: Words, index: int) -> bool:
    """Does an office open its sentence, or follow "và": "Đồn trưởng A và Chính trị viên, Thiếu tá B"?"""
    return words.opens_sentence(index) or words.keys[index - 1] == "và"


_LEADS = ("chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "đồn trưởng", "phó đồn trưởng", "chính trị viên",
          "phó chính trị viên", "chính ủy", "phó chính ủy", "chỉ huy trưởng", "phó chỉ huy trưởng")  # fmt: skip


def _leads(hit: Hit) -> bool:
    """Is it the office of who leads, so that the rank behind it is of the same person: "Chủ tịch Hội, Trung tá X"?"""
    return hit.entry.name.lower().startswith(_LEADS)


def _signing(words: Words, names: Names) -> Iterator[Person]:
    """Who signs: an office on a line of its own, "(Đã ký)" perhaps, and a name on the next."""
    for hit in words.all("office"):
        if (
            words.gap(hit.first - 1) != "\n"
            or hit.entry.data[0] != "official"
            or (roles := names.roles(hit.first)) is None
        ):
            continue
        index = roles.end
        if words.gap(index - 1) == "\n" and words.keys[index : index + 2] == ["đã", "ký"]:
            index += 2
        end = names.name(index) if words.gap(index - 1) == "\n" else index
        if end - index >= SECOND and words.gap(end - 1) == "\n" and words.at(index, "surnames"):
            yield _person(names, index, end, owned(names, hit.first, roles), None, "signed")


def _said_more(words: Words, names: Names, roles: Roles, end: int) -> Roles:
    """The offices before a name, or those behind it that say more: "Thiếu tá X, Chính trị viên …"."""
    if roles.kind != "rank" and roles.org is not None:
        return roles
    after = roles_after(words, names, end)
    if after and words.gap(after.end - 1) == " " and names.name(after.end) > after.end:
        return roles  # "Tổng Bí thư A, Chủ tịch Quốc hội B"
    if after and roles.kind == "official" and (after.role or "").lower().endswith("trưởng đoàn"):
        return roles  # "Phó Chủ tịch X làm trưởng đoàn"
    return replace(roles, org=after.org) if after and after.role is None else after or roles


def _between_commas(words: Words, names: Names, office: int, index: int) -> bool:
    """Does someone who speaks, or stands in brackets, follow their office: "Chủ tịch Hội LHPN huyện, A cho biết"?"""
    end = names.name(index)
    if words.gap(index - 1) not in (",", "(") or end - index < SECOND or words.at(index, "surnames") is None:
        return False
    if words.gap(office - 1) in (",", "-", "("):  # it may be that of someone before
        return False
    return words.gap(end - 1).startswith(")") or words.key(end) in small_words("speaks")


def _credits(words: Words, names: Names) -> Iterator[Person]:
    """ "Ảnh: Minh Thư", "Tin và ảnh: Hà Vy" at the end of a line."""
    for hit in words.all("credit"):
        index = hit.end
        bracketed = words.text[words.starts[hit.first] - 1] == "(" and words.gap(index - 1) == " "  # "(Ảnh Minh Thư)"
        alone = words.gap(index - 1) == ":"
        end = names.name(index, alone=alone, shouted=alone) if alone or bracketed else index
        signed = [(index, end)]
        while alone and words.gap(end - 1) in (",", "-") and (other := names.name(end, shouted=True)) > end:
            signed.append((end, other))  # "Tin, ảnh: Minh Thư, Hà Vy"
            end = other
        closed = alone and words.gap(end - 1) in ("\n", ".", ")", "/")
        if end > index and (closed or (bracketed and words.text.startswith(")", words.ends[end - 1]))):
            for first, stop in signed:
                yield Person(first, stop, names.written(first, stop), "credit", AUTHOR, confidence=0.8)


def _person(names: Names, first: int, end: int, roles: Roles | None, honorific: Hit | None, rule: str) -> Person:
    kind = honorific.entry.data[0] if honorific else "formal"
    if roles and roles.role and _NO_OFFICE.match(roles.role):
        roles, kind = None, "private"
    official = roles is not None and roles.kind in ("official", "rank")
    private = not official and (
        kind in ("private", "kin", "common", "many") or (roles is not None and roles.kind == "member")
    )
    if private and kind == "many" and honorific and "đồng chí" in honorific.entry.name:
        private = False
    role, org = (roles.role, roles.org) if roles else (None, None)
    if role is None and org and honorific and kind == "title":  # "Luật sư X (Đoàn Luật sư tỉnh)"
        role = names.written(honorific.first, honorific.end)
    sure, name = roles.confidence if roles else 1.0, names.written(first, end)
    also = roles.also if roles and official else ()
    if org and sure < 1 and org.startswith(UNIONS) and is_foreign(name):
        org, sure = None, 1.0  # a guest's office is of no union here
    return Person(first, end, name, rule, role, org, private, sure, also)


def _authors(context: Context, names: Names) -> Iterator[Person]:
    """The names of a byline, with the organisation that stands beside them."""
    words = words_of(context)
    organisations = organisations_of(context)
    within = {index for one in organisations for index in range(one.first, one.end)}
    org = organisations[0].name if organisations else None
    stated = _stated(words, context.page.article.authors)
    index = 0
    while index < len(words):
        name, end = stated.get(index) or ("", names.name(index, alone=True, shouted=True))
        if words.keys[index] == "lưu" and end - index == 2 and words.upper(end - 1) and not words.upper(index):
            index = end  # "Lưu VT": where a letter is filed, and nobody's name
            continue
        if words.keys[end - 1] == "online" and end - index > 1:
            index = end  # "QĐ Online", as papers on the web sign
            continue
        heading = words.shouted(index) and end - index > SECOND and not words.at(index, "surnames")
        unnamed = end == index or index in within or (not name and words.keys[index] in small_words("no_author"))
        if unnamed or heading:  # "KẾT QUẢ BẦU CỬ"
            index = end if heading else index + 1
            continue
        yield Person(index, end, name or names.written(index, end), "byline", AUTHOR, org)
        index = end


def _stated(words: Words, authors: Iterable[str]) -> dict[int, tuple[str, int]]:
    """Word -> the author who stands there, whom the cleaner has told, whatever else the name may be ("Hà Giang")."""
    found: dict[int, tuple[str, int]] = {}
    for author in authors:
        keys = _NAME_WORD.findall(author.lower())
        for first in range(len(words) - len(keys) + 1):
            if keys and words.keys[first : first + len(keys)] == keys:
                found.setdefault(first, (author, first + len(keys)))
    return found
