"""What is known of a page's markup: the CMS families of profiles/*.yaml and a source's own `clean:` settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from selectolax.lexbor import LexborHTMLParser

from worker.config import Clean, ConfigError
from worker.own_data import parse_yaml
from worker.values import Selector

if TYPE_CHECKING:
    from worker.config import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """CSS selectors by what they find; of each tuple the first that matches counts, of `drop` and `caption` all do.

    `drop` and `caption` hold wherever they match, also inside the body. A pattern of `drop_lines` speaks of the blocks
    of under 500 characters in which it is found (`search`).
    """

    name: str
    detect: tuple[str, ...] = ()  # any one of them present: the page is of this family (one compound each: it is cheap)
    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    drop_lines: tuple[re.Pattern[str], ...] = ()


_ONE = ("body", "title", "lead", "date", "author", "origin")
"""The settings of a source that hold one selector; `drop` and `drop_lines` hold several."""


def fitting(tree: LexborHTMLParser, source: Source | None) -> Profile | None:
    """The profile that fits a page: the source's own settings over its named family, else over the detected one.

    None where nothing is known of the source and no family is recognised.
    """
    if source is not None and source.profile is not None:
        return of_source(source)
    family = detect(tree)
    if source is None or source.clean == _NO_SETTINGS:
        return family
    return _over(source.clean, family.name if family else None, source.id)


def of_source(source: Source) -> Profile | None:
    """What the settings alone say, before any page is seen; None where they say nothing."""
    family = families()[source.profile] if source.profile is not None else None
    return family if source.clean == _NO_SETTINGS else _over(source.clean, source.profile, source.id)


def detect(tree: LexborHTMLParser) -> Profile | None:
    """The CMS family of a page, by the first mark of any that stands on it. Costs one walk over the tree."""
    marked = tree.css_first(_every_mark())
    if marked is None:
        return None
    return next((family for family, own in _marks() if marked.css_matches(own)), None)


@cache
def _every_mark() -> str:
    """The marks of all families as one CSS selector."""
    return ", ".join(own for _, own in _marks())


@cache
def families() -> Mapping[str, Profile]:
    """The CMS families by name."""
    folder = files("worker.clean").joinpath("profiles")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".yaml")), key=lambda path: path.name)
    return {profile.name: profile for profile in (read(path.name, path.read_text("utf-8")) for path in paths)}


@cache
def _marks() -> tuple[tuple[Profile, str], ...]:
    """The marks of each family as one CSS selector."""
    return tuple((family, ", ".join(family.detect)) for family in families().values() if family.detect)


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from None


_NO_SETTINGS = Clean()

_Selectors = Annotated[tuple[Selector, ...], Field(default=())]


class _File(BaseModel):
    """A file of profiles/. `about` is for people."""

    model_config = ConfigDict(extra="forbid")

    name: str
    about: str = Field(min_length=1)
    detect: _Selectors
    body: _Selectors
    title: _Selectors
    lead: _Selectors
    date: _Selectors
    author: _Selectors
    origin: _Selectors
    views: _Selectors
    caption: _Selectors
    drop: _Selectors
    drop_lines: tuple[str, ...] = ()


def read(file_name: str, text: str) -> Profile:
    """The profile that a file of profiles/ holds. Raises ConfigError, which names file and field."""
    where = f"profiles/{file_name}"
    try:
        data = parse_yaml(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"{where}: this is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{where}: the file needs keys, such as name: {file_name.removesuffix('.yaml')}")
    try:
        values = _File.model_validate(data).model_dump(exclude={"about"})
        values["drop_lines"] = tuple(map(_pattern, values["drop_lines"]))
    except ValidationError as error:
        raise ConfigError(f"{where}, {_complaint(error)}") from None
    except ValueError as error:
        raise ConfigError(f"{where}, field drop_lines: {error}") from None
    if values["name"] != file_name.removesuffix(".yaml"):
        raise ConfigError(f"{where}, field name: {values['name']!r} is not right; write the file's own name")
    return Profile(**values)


def _complaint(error: ValidationError) -> str:
    first: Any = error.errors()[0]
    field = ".".join(map(str, first["loc"]))
    if first["type"] == "extra_forbidden":
        return f"field {field}: this key is unknown; known are {', '.join(_File.model_fields)}"
    if first["type"] == "missing":
        return f"field {field}: it is missing"
    if first["type"] == "tuple_type":
        return f"field {field}: {first['input']!r} is not right; write a list"
    return f"field {field}: {first['ctx']['error'] if first['type'] == 'value_error' else first['msg']}"


@lru_cache(maxsize=4096)
def _over(own: Clean, family: str | None, source_id: str) -> Profile:
    """The settings of a source before those of its family: its selectors are tried first."""
    base = families()[family] if family else Profile(name=source_id)
    values: dict[str, Any] = {field: getattr(base, field) for field in Profile.__dataclass_fields__}
    for field in _ONE:
        if own_selector := getattr(own, field):
            values[field] = (own_selector, *values[field])
    values["drop"] = (*own.drop, *base.drop)
    values["drop_lines"] = (*map(re.compile, own.drop_lines), *base.drop_lines)
    return Profile(**values)
