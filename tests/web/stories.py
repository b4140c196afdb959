"""Articles of the genre without end, made of phrases.yaml: the same number and seed give the same story anywhere.

One story takes about a fifth of a millisecond, so 100,000 are made in half a minute; nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.web.story import Bullets, Figure, Heading, Paragraph, Part, Quote, Story, Table

VIETNAM = timezone(timedelta(hours=7))
FIRST_DAY = datetime(2019, 1, 7, 7, 30, tzinfo=VIETNAM)
"""Story 0 of any seed is about as old as this; the next are later by some hours each."""

Clause = list[str | Callable[["Scene"], str]]


@dataclass(slots=True)
class Scene:
    """Where and when one story plays, and the dice that it is made with."""

    dice: Random
    place: dict[str, Any]
    day: datetime


def stories(count: int, seed: int = 0, *, paragraphs: int | None = None, first: int = 0) -> Iterator[Story]:
    """Stories number `first` to `first + count - 1`; with `paragraphs` each has that many, else five to twelve."""
    return (story(number, seed, paragraphs=paragraphs) for number in range(first, first + count))


def story(number: int, seed: int = 0, *, paragraphs: int | None = None) -> Story:
    """One story; those of other numbers share clauses with it, as texts of one genre do, but no sentences."""
    dice = Random(f"{seed}/{number}")  # noqa: S311 - made-up articles, not secrets
    phrases = _phrases()
    day = FIRST_DAY + timedelta(hours=9 * (number % 5000), minutes=dice.randrange(500))
    scene = Scene(dice, dice.choice(phrases["places"]), day)
    name = _name(scene)
    return Story(
        id=1000 + number,
        title=_capitalised(_say("titles", scene)),
        published=day,
        edited=day + timedelta(days=dice.randrange(1, 40), minutes=dice.randrange(600))
        if dice.random() < 0.4
        else None,
        lead=_say("leads", scene) if dice.random() < 0.85 else "",
        parts=tuple(_parts(scene, paragraphs or dice.randint(5, 12))),
        byline=name,
        authors=(name,),
        origin=_say("origins", scene) if dice.random() < 0.4 else "",
        views=dice.randrange(3, 4000),
        section=dice.choice(phrases["sections"]),
    )


def repost(original: Story, number: int, seed: int = 0) -> Story:
    """The same article as another portal prints it a little later: word for word, shortened, or with LHPN spelt out."""
    dice = Random(f"repost {seed}/{number}")  # noqa: S311 - as above
    copy = replace(
        original,
        id=1000 + number,
        published=original.published and original.published + timedelta(hours=dice.randrange(1, 70)),
        edited=None,
        origin="Báo Phụ nữ Việt Nam",
        views=dice.randrange(3, 400),
    )
    way = dice.randrange(3)
    if way == 1:
        return replace(copy, lead="", parts=copy.parts[:-1])
    if way == 2:
        return replace(copy, lead=_spelt_out(copy.lead), parts=tuple(map(_spelt_out_part, copy.parts)))
    return copy


def _parts(scene: Scene, paragraphs: int) -> Iterator[Part]:
    """Paragraphs, with the figures, headings, lists and tables that such articles have."""
    dice = scene.dice
    figures = sorted(dice.sample(range(paragraphs), min(paragraphs, dice.randint(1, 3))))
    said: set[str] = set()  # no two headings and no two captions of a page are the same
    for number in range(paragraphs):
        if number % 4 == 3 and (heading := _capitalised(_say("headings", scene))) not in said:
            said.add(heading)
            yield Heading(heading)
        yield Paragraph(_say("speeches", scene) if dice.random() < 0.25 else _paragraph(scene))
        if number in figures and (caption := _capitalised(_say("captions", scene))) not in said:
            said.add(caption)
            yield Figure(caption, alt=f"anh {dice.randrange(1000)}")
        if number == paragraphs // 2 and dice.random() < 0.3:
            yield from _special(scene)


def _special(scene: Scene) -> Iterator[Part]:
    kind = scene.dice.randrange(3)
    if kind == 0:
        yield Bullets(tuple(_capitalised(_say("acts", scene)) + ";" for _ in range(3)))
    elif kind == 1:
        rows = [
            (commune, *(_number(scene, 20, 900) for _ in range(2)), _money(scene))
            for commune in scene.place["communes"]
        ]
        yield Table((tuple(_phrases()["columns"]), *((_capitalised(row[0]), *row[1:]) for row in rows)))
    else:
        yield Quote((_say("leads", scene), _say("leads", scene)))


def _paragraph(scene: Scene) -> str:
    return " ".join(
        f"{_say('openings', scene)} {_say('actors', scene)} {_say('acts', scene)}{_say('tails', scene)}."
        for _ in range(scene.dice.randint(1, 4))
    )


def _say(kind: str, scene: Scene) -> str:
    clause: Clause = scene.dice.choice(_phrases()[kind])
    return "".join([piece if isinstance(piece, str) else piece(scene) for piece in clause])


@cache
def _phrases() -> dict[str, Any]:
    """phrases.yaml, with what holds {slots} taken apart."""
    text = Path(__file__).with_name("phrases.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    for kind in (
        "openings",
        "actors",
        "acts",
        "tails",
        "speeches",
        "titles",
        "leads",
        "headings",
        "captions",
        "origins",
    ):
        data[kind] = [_taken_apart(text) for text in data[kind]]
    return data


def _taken_apart(text: str) -> Clause:
    return [_SLOTS[piece[1:-1]] if piece.startswith("{") else piece for piece in re.split(r"(\{\w+\})", text) if piece]


def _number(scene: Scene, low: int, high: int) -> str:
    return f"{scene.dice.randrange(low, high):,}".replace(",", ".")


def _money(scene: Scene) -> str:
    return f"{scene.dice.randrange(5, 900)} triệu đồng"


def _name(scene: Scene) -> str:
    phrases, choice = _phrases(), scene.dice.choice
    return f"{choice(phrases['surnames'])} {choice(phrases['middles'])} {choice(phrases['givens'])}"


def _one_of(kind: str) -> Callable[[Scene], str]:
    def chosen(scene: Scene) -> str:
        text: str = scene.dice.choice(_phrases()[kind])
        return text

    return chosen


def _earlier(scene: Scene) -> str:
    day = scene.day - timedelta(days=scene.dice.randrange(60))
    return f"{day.day}/{day.month}" if scene.dice.random() < 0.5 else f"{day:%d/%m/%Y}"


_SLOTS: dict[str, Callable[[Scene], str]] = {
    "it": lambda scene: str(scene.dice.randrange(2, 12)),
    "n": lambda scene: str(scene.dice.randrange(13, 900)),
    "so": lambda scene: _number(scene, 1001, 9000),
    "pt": lambda scene: f"{scene.dice.randrange(2, 99)},{scene.dice.randrange(1, 10)}",
    "tuoi": lambda scene: str(scene.dice.randrange(35, 80)),
    "thang": lambda scene: str(scene.dice.randrange(3, 12)),
    "nam": lambda scene: str(scene.day.year),
    "ngay": _earlier,
    "tien": _money,
    "tienlon": lambda scene: f"{scene.dice.randrange(2, 90)},{scene.dice.randrange(1, 10)} tỷ đồng",
    "ten": _name,
    "huyen": lambda scene: str(scene.place["district"]),
    "tinh": lambda scene: str(scene.place["province"]),
    "xa": lambda scene: str(scene.dice.choice(scene.place["communes"])),
    "thon": _one_of("hamlets"),
    "chuc": _one_of("roles"),
    "clb": _one_of("clubs"),
    "nong": _one_of("goods"),
    "chude": _one_of("themes"),
}


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spelt_out(text: str) -> str:
    return text.replace("LHPN", "Liên hiệp Phụ nữ")


def _spelt_out_part(part: Part) -> Part:
    return Paragraph(_spelt_out(part.text)) if isinstance(part, Paragraph) else part
