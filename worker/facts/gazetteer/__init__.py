"""What the program knows by name: administrative units of both schemes, offices, organisations, campaigns.

The data are CSV files beside this one, each with its source and date in its first lines. They are read when first
needed, and only as far as needed: phrases (all that names are recognised by) in a few milliseconds, the 16,000 units
when a text first names a district or a commune.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from worker.vietnamese import fold, tone_key


class Entry(NamedTuple):
    """What the gazetteer says of a phrase.

    `sort` is what it is (province, office, …), `name` its canonical form, `case` which of its words must be written
    with a capital letter (all, first, some, any), `data` the other columns of its row.
    """

    sort: str
    name: str
    case: str
    data: tuple[str, ...] = ()


_NOTHING: dict[str, dict[str, Node]] = {}
"""What follows where a phrase ends: one object for all, for Python's collector visits each one again and again."""


class Node:
    """One word of the trie of phrases: what ends here, and what may follow."""

    __slots__ = ("entries", "then")
    entries: tuple[Entry, ...]
    then: dict[str, dict[str, Node]]  # next word -> what stands before it -> node

    def __init__(self) -> None:
        self.entries, self.then = (), _NOTHING


_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a CSV file of this folder, without its comments and its header."""
    lines = files(__name__).joinpath(name).read_text("utf-8").splitlines()
    reader = csv.reader(line for line in lines if not line.startswith("#"))
    next(reader)
    return reader


@cache
def phrases() -> dict[str, Node]:
    """The trie of all phrases: first word -> node."""
    trie: dict[str, Node] = {}
    for words, entry in _entries():
        for steps in _spelled(words):
            node = trie.get(steps[0][1])
            if node is None:
                node = trie[steps[0][1]] = Node()
            for gap, word in steps[1:]:
                then = node.then = node.then or {}
                after = then.setdefault(word, {})
                node = after.get(gap) or after.setdefault(gap, Node())
            if all(known.sort != entry.sort for known in node.entries):
                node.entries = (*node.entries, entry)
    return trie


def _entries() -> Iterator[tuple[str, Entry]]:
    yield from _places()
    yield from _organisations()
    yield from _departments()
    for words, name, kind, case in rows("programmes.csv"):
        yield words, Entry("programme", name, case, (kind,))
    for words, kind, reach in rows("heads.csv"):
        yield words, Entry("head", words, "any", (kind, reach))
    for sort, file in (
        ("office", "offices.csv"),
        ("honorific", "honorifics.csv"),
        ("award", "awards.csv"),
        ("event", "events.csv"),
        ("deed", "deeds.csv"),
    ):
        for words, kind in rows(file):
            for spelling in spellings(words):
                yield spelling, Entry(sort, spelling, "any", (kind,))
    for words in ("ảnh", "bài", "bài viết"):
        yield words, Entry("credit", words, "any")
    for sort, case in _LISTS.items():
        for row in rows(f"{sort}.csv"):
            yield row[0], Entry(sort, row[0], case or ("first" if row[0][0].isupper() else "any"))


_CHOICE = re.compile(r"\{([^{}]*)\}")
_CENTRAL = re.compile(r"(?<!\w)(?:T\.?[ƯW])(?!\w)")


def spellings(words: str) -> list[str]:
    """What a row with choices stands for.

    >>> spellings("{Phó |}Bí thư {Thường trực|TT}")
    ['Phó Bí thư Thường trực', 'Phó Bí thư TT', 'Bí thư Thường trực', 'Bí thư TT']
    """
    choice = _CHOICE.search(words)
    if choice is None:
        return [words]
    tails = spellings(words[choice.end() :])
    return [words[: choice.start()] + one + tail for one in choice[1].split("|") for tail in tails]


def central(words: str) -> str:
    """A name with "Trung ương" in full.

    >>> central("Bệnh viện Nhi T.Ư")
    'Bệnh viện Nhi Trung ương'
    """
    return _CENTRAL.sub("Trung ương", words)


def _organisations() -> Iterator[tuple[str, Entry]]:
    for words, sort, name, level, case in rows("organisations.csv"):
        for spelling in spellings(words):
            yield spelling, Entry(sort, central(spelling) if name == "=" else name, case, (level,))


_LISTS = {"compounds": "any", "role_tails": "", "things": "any", "other_names": "all", "surnames": "first",
          "statesmen": "all"}  # fmt: skip
"""Files of words alone -> which of their words must have a capital letter ("": the first, if the file has it so)."""


def _places() -> Iterator[tuple[str, Entry]]:
    named = {province.name for province in provinces().values()}
    for province in provinces().values():
        yield province.name, Entry("province", province.code, "all")
    for alias, code in rows("aliases.csv"):
        yield alias, Entry("province", code, "all")
    for words, name in rows("regions.csv"):
        yield words, Entry("region", name, "some")
    for name, _ in rows("other_provinces.csv"):
        yield f"tỉnh {name}", Entry("other_province", f"tỉnh {name}", "some")
    for words, level, shape, name in rows("levels.csv"):
        yield words, Entry("quarter" if shape == "quarter" else "level", name, "any", (level, shape))
    for unit in districts().all():
        kind, name = _typed(unit.name)
        if kind == "Thành phố" and " " in name and name not in named:
            yield name, Entry("city", name, "all", (unit_key(unit.name),))


_HEADS = {"S": ("Sở", "province"), "P": ("Phòng", "district"), "B": ("Bộ", "central")}


def _departments() -> Iterator[tuple[str, Entry]]:
    """Every department that a field of administration has: "Sở Y tế", "Phòng Y tế", "Bộ Y tế"."""
    for words, heads, about in rows("fields.csv"):
        for field in spellings(words):
            for head, level in (_HEADS[letter] for letter in heads):
                sort = "central" if level == "central" else "department"
                yield f"{head} {field}", Entry(sort, f"{head} {about}", "some", (level,))
            yield field, Entry("field", about, "some", (heads,))


def _typed(name: str) -> tuple[str, str]:
    """A unit's type and bare name: ("Thành phố", "Hội An")."""
    kind = next(
        (kind for kind in ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu") if name.startswith(kind)),
        name.split(maxsplit=1)[0],
    )
    return kind, name[len(kind) :].strip()


def _spelled(words: str) -> list[list[tuple[str, str]]]:
    """The words of a phrase, each with what stands before it (" ", "-", …); a dash in it may also be a blank."""
    key = tone_key(words.lower())
    if key.replace(" ", "").isalnum():
        return [[(" ", word) for word in key.split(" ")]]
    steps: list[tuple[str, str]] = []
    end = 0
    for match in _WORD.finditer(key):
        gap = key[end : match.start()]
        steps.append((gap.strip().replace("–", "-") or (gap and " "), match[0]))
        end = match.end()
    if all(gap != "-" for gap, _ in steps):
        return [steps]
    return [steps, [(" " if gap == "-" else gap, word) for gap, word in steps]]


@cache
def small_words(*uses: str) -> frozenset[str]:
    """The ordinary words of one use, or of several, in lower case, of small_words.csv."""
    return frozenset(word for row, words in rows("small_words.csv") if row in uses for word in words.split())


@cache
def peoples() -> frozenset[str]:
    """The names of the peoples of Vietnam, in lower case, of peoples.csv."""
    return frozenset(name.lower() for (name,) in rows("peoples.csv"))


@cache
def short_offices() -> dict[str, str]:
    """The short words of offices, as written, with what they stand for, of short_offices.csv."""
    return dict(rows("short_offices.csv"))


class Province(NamedTuple):
    """One of the 63 provinces of before 1 July 2025, and what it belongs to since."""

    code: str
    name: str
    city: bool  # a city under central government
    code_2025: str
    name_2025: str
    city_2025: bool

    @property
    def title(self) -> str:
        """The name with its type: "tỉnh Gia Lai", "TP Hà Nội"."""
        return f"{'TP' if self.city else 'tỉnh'} {self.name}"


@cache
def provinces() -> dict[str, Province]:
    """GSO code of the 63 -> province."""
    data = json.loads(files(__name__).joinpath("provinces.json").read_text("utf-8"))
    return {
        row["old_code"]: Province(
            row["old_code"],
            row["old_name"],
            row["old_type"] != "tỉnh",
            row["new_code"],
            row["new_name"],
            row["new_type_2025"] != "tỉnh",
        )
        for row in data["provinces"]
    }


@cache
def titles_2025() -> dict[str, str]:
    """GSO code of the 34 -> the province's name with its type: "tỉnh Gia Lai", "TP Huế"."""
    return {one.code_2025: f"{'TP' if one.city_2025 else 'tỉnh'} {one.name_2025}" for one in provinces().values()}


class Unit(NamedTuple):
    """A district or a commune. `province` is a code of the 63 in the old scheme, of the 34 in the new one.

    `listed` is the month of the last list that has the unit under this name, `code_2025` the commune that took it.
    """

    code: str
    parent: str
    name: str
    listed: str = ""
    code_2025: str = ""

    @property
    def is_new(self) -> bool:
        """Is it a commune of the new scheme?"""
        return len(self.code) == 5 and not self.listed


def unit_key(words: str) -> str:
    """What the spellings of a unit's name share: neither marks nor case, blanks, dashes or apostrophes.

    >>> unit_key("Thị trấn M’Đrắk")
    'thitranmdrak'
    """
    return _bare(fold(words))


def _bare(folded: str) -> str:
    for joint in " -'’.\u00a0":
        folded = folded.replace(joint, "")
    return folded


class Units:
    """The units of one file by the key of their name with its type; rows become units when they are asked for.

    Rows of one name are one text, so that Python's collector has nothing to visit; no name holds a comma.
    """

    def __init__(self, name: str) -> None:
        lines = files(__name__).joinpath(name).read_text("utf-8").splitlines()
        first = next(number for number, line in enumerate(lines) if not line.startswith("#")) + 1
        rows = lines[first:]
        self._rows: dict[str, str] = {}
        keys = _bare(fold("\n".join([row.split(",", 3)[2] for row in rows]))).split("\n")
        for key, row in zip(keys, rows, strict=True):
            self._rows[key] = f"{self._rows[key]}\n{row}" if key in self._rows else row

    def get(self, key: str) -> tuple[Unit, ...]:
        """The units of that name: none, one, or several in different places."""
        return tuple(Unit(*row.split(",")) for row in self._rows.get(key, "").splitlines())

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def all(self) -> Iterator[Unit]:
        """Every unit."""
        return (Unit(*row.split(",")) for rows in self._rows.values() for row in rows.splitlines())


@cache
def districts() -> Units:
    """Districts, towns and cities below the province, until June 2025; `parent` is the province."""
    return Units("districts.csv")


@cache
def province_of() -> dict[str, str]:
    """Code of a district -> code of its province."""
    return {unit.code: unit.parent for unit in districts().all()}


@cache
def district_names() -> dict[str, str]:
    """Code of a district -> its last name, with its type in lower case."""
    return {unit.code: unit.name[:1].lower() + unit.name[1:] for unit in districts().all()}


@cache
def communes() -> Units:
    """Communes, wards and townships until June 2025; `parent` is the district."""
    return Units("communes.csv")


@cache
def communes_2025() -> Units:
    """Communes, wards and special zones since July 2025; `parent` is a province of the 34."""
    return Units("communes_2025.csv")
