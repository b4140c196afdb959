"""What a fact says, in words: its normalised value, written as the readers of a language write it.

A value comes out of the archive as JSON; whatever it holds, a line of text comes out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from worker.browse.language import Language
from worker.values import as_province
from worker.vietnamese import fold, nfc

Value = Mapping[str, Any]

LONGEST = 400
"""Longer values are cut: a table of facts is read line by line."""


def in_words(kind: str, value: object, qualifier: str | None, language: Language) -> str:
    """The value of a fact as one line. `value` is the JSON text of facts.value, or what it holds.

    >>> from worker.browse import site
    >>> from worker.browse.language import languages
    >>> in_words("money", '{"vnd": 16500000000}', "gần", languages(site())["vi"])
    'gần 16,5 tỷ đồng'
    """
    loaded = _loaded(value)
    if not isinstance(loaded, dict):
        return _cut(_compact(loaded))
    write = _WRITERS.get(kind)
    text = (write(loaded, language) if write else "") or _compact(loaded)
    told = qualifier and kind in _COUNTED and "least" not in loaded
    flags = [language(f"value.{flag}") for flag in ("planned", "part") if kind in _COUNTED and loaded.get(flag)]
    flags += [language("value.since", year=loaded["since"])] if kind in _COUNTED and loaded.get("since") else []
    note = f" ({_joined(*flags)})" if flags else ""
    return _cut(f"{language.of('qualifier', qualifier)} {text}{note}" if told else f"{text}{note}")


def plain_words(value: object) -> str:
    """What a JSON text holds, each with its name, as one line; nothing of what is empty.

    >>> plain_words('{"code_2025": "24496", "also": []}')
    'code_2025: 24496'
    """
    return _cut(_compact(_loaded(value)))


@cache
def provinces() -> dict[str, tuple[str, str]]:
    """GSO code of the 63 provinces -> its name, and the name of the one that it belongs to since July 2025."""
    rows = json.loads(files("worker.facts").joinpath("gazetteer/provinces.json").read_text("utf-8"))["provinces"]
    return {row["old_code"]: (row["old_name"], row["new_name"]) for row in rows}


def province(code: object) -> str:
    """The name of a province of the 63 by its code; the code itself where it is none of them.

    >>> province("04")
    'Cao Bằng'
    """
    if code is None:
        return ""
    return provinces().get(str(code), (str(code),))[0]


@lru_cache(4096)
def in_province(code: str | None, asked: str) -> bool:
    """Whether a province is one that a reader asks for by its name, by a part of that, or by another spelling.

    >>> [in_province("79", asked) for asked in ("", "TP HCM", "chí minh", "hà")]
    [True, True, True, False]
    """
    return not asked or as_province(asked) == code or fold(nfc(asked)) in fold(province(code))


def _loaded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _compact(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(item)}" for key, item in value.items() if item not in (None, "", [], {}))
    return json.dumps(value, ensure_ascii=False)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _joined(*parts: object, by: str = ", ") -> str:
    return by.join(text for part in parts if (text := _text(part)))


def _person(value: Value, _: Language) -> str:
    held = [one for one in (value, *(value.get("also") or ())) if isinstance(one, dict)]
    offices = [_joined(one.get("role"), one.get("org")) for one in held]
    return _joined(value.get("name"), _joined(*offices, by="; "), by=" — ")


def _place(value: Value, language: Language) -> str:
    name, code = _text(value.get("name")), _text(value.get("code"))
    known = provinces().get(code)
    if known is None:
        return f"{name} ({code})" if code else name
    old, new = known
    note = language("value.code", code=code)
    if old != name and old not in name:
        note = _joined(old, note)
    return f"{name} ({note})" if new == old else f"{name} ({_joined(note, language('value.now', name=new))})"


def _date(value: Value, language: Language) -> str:
    return language.period(_text(value.get("iso")))


def _quantity(value: Value, language: Language) -> str:
    if value.get("value") is None and "least" in value:  # hàng nghìn: a thousand at least
        return language("value.at_least", n=language.number(value["least"]), unit=_text(value.get("unit")))
    return _joined(language.number(value.get("value")), value.get("unit"), by=" ")


def _money(value: Value, language: Language) -> str:
    return _joined(language.money(value.get("vnd")), value.get("per"), by=" / ")


def _ratio(value: Value, language: Language) -> str:
    num, den, pct = (language.number(value.get(key)) for key in ("num", "den", "pct"))
    share = f"{pct}%" if pct else ""
    if num and den:
        return f"{num}/{den}" + (f" ({share})" if share else "")
    return share


def _document(value: Value, language: Language) -> str:
    day = _text(value.get("date"))
    return _joined(value.get("number"), value.get("name"), language.period(day) if day else "", value.get("issuer"))


def _yearly(value: Value, _: Language) -> str:
    return _joined(value.get("name"), value.get("year"))


def _event(value: Value, language: Language) -> str:
    when = _text(value.get("when"))
    return _joined(value.get("name"), language.period(when) if when else "", value.get("where"), value.get("host"))


def _award(value: Value, _: Language) -> str:
    return _joined(value.get("name"), value.get("winner"), by=" → ")


def _election(value: Value, _: Language) -> str:
    return _joined(_joined(value.get("role"), value.get("year"), by=" "), value.get("holder"), by=" → ")


def _cluster(value: Value, _: Language) -> str:
    members = value.get("members")
    named = ", ".join(map(_text, members)) if isinstance(members, list) else ""
    return _joined(_joined(value.get("name"), value.get("year")), named, by=": ")


_COUNTED = frozenset({"money", "quantity", "ratio"})
_WRITERS: dict[str, Callable[[Value, Language], str]] = {
    "person": _person,
    "organisation": lambda value, _: _text(value.get("name")),
    "programme": lambda value, _: _text(value.get("name")),
    "place": _place,
    "date": _date,
    "quantity": _quantity,
    "money": _money,
    "ratio": _ratio,
    "document": _document,
    "theme": _yearly,
    "event": _event,
    "award": _award,
    "election": _election,
    "cluster": _cluster,
}
