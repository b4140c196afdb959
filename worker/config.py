"""sources.yaml and its validation: the text of the file in, `Sources` out, or an error that says where and what.

A source is read by people who do not program, so every error names the file, the line, the field and what is right.
"""

from __future__ import annotations

import difflib
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError


class ConfigError(Exception):
    """sources.yaml cannot be used; the message is one sentence for the person who wrote it."""


_CONTACT = re.compile(r"(?:https?://|mailto:)?[\x21-\x27\x2a-\x7e]{1,200}[.@][\x21-\x27\x2a-\x7e]{1,200}")
_APPRISE = re.compile(r"[a-z][a-z0-9+.-]{1,30}://\S{1,1000}")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(text: object) -> float:
    """Seconds of "2s", "15m", "2h", "1d", "1.5s", or of a plain number.

    >>> seconds("15m")
    900.0
    """
    if isinstance(text, bool):
        raise ValueError("write a time such as 2s, 15m, 2h or 1d")
    if isinstance(text, int | float):
        return float(text)
    if isinstance(text, str) and (match := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*", text)):
        return float(match[1]) * _UNITS[match[2]]
    raise ValueError("write a time such as 2s, 15m, 2h or 1d")


def _schedule(text: str) -> str:
    """A schedule is "every 2h" (from a minute on), a cron line of five fields, "auto", or "auto 1h-7d" (its bounds)."""
    if text == "auto":
        return text
    if match := re.fullmatch(r"auto\s+([^\s-]+)\s*-\s*(\S+)", text):
        if not 60 <= seconds(match[1]) <= seconds(match[2]):
            raise ValueError("write the shorter time first, and no less than 1m: auto 30m-12h")
        return text
    if match := re.fullmatch(r"every\s+(\S+)", text):
        if seconds(match[1]) < 60:
            raise ValueError("a source is visited once a minute at most; write every 1m or more")
        return text
    if len(text.split()) == 5:
        from apscheduler.triggers.cron import CronTrigger  # heavy, and needed for cron lines only

        try:
            CronTrigger.from_crontab(text)
        except ValueError as error:
            raise ValueError(f"this cron line cannot be read ({error}); write one such as 30 6 * * *") from None
        return text
    raise ValueError('write "every 2h", a cron line such as "30 6 * * *", or auto')


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write a whole address, such as https://phunu.caobang.gov.vn/")
    return text


def _contact(text: str) -> str:
    """Where whoever runs the program can be reached: it is written into a header of every request."""
    if not _CONTACT.fullmatch(text):
        raise ValueError("write an e-mail or a web address, such as archive@example.org or https://example.org/archive")
    return text


def _told_at(text: str) -> str:
    """An address that Apprise sends to. Its kinds are its own matter; what is no address is caught here."""
    if not _APPRISE.fullmatch(text):
        raise ValueError("write an Apprise address, such as mailto://user:password@example.org or tgram://token/chat")
    return text


def _regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"this regular expression cannot be read: {error}") from None
    return text


@cache
def provinces() -> dict[str, str]:
    """GSO code -> name of the 63 provinces of before 1 July 2025."""
    rows = json.loads(files("worker").joinpath("facts/gazetteer/provinces.json").read_text("utf-8"))["provinces"]
    return {row["old_code"]: row["old_name"] for row in rows}


def province_code(text: object) -> str:
    """The GSO code of one of the 63 provinces, given by its code or its name in any case. Raises ValueError."""
    names = provinces()
    if isinstance(text, str) and text in names:
        return text
    by_name = {name.casefold(): code for code, name in names.items()}
    if isinstance(text, str) and (code := by_name.get(text.strip().casefold())):
        return code
    raise ValueError(
        'write the GSO code in quotes, such as "04", or the name of one of the 63 provinces, such as Cao Bằng'
    )


Seconds = Annotated[float, BeforeValidator(seconds)]
Address = Annotated[str, AfterValidator(_web_address)]
Regex = Annotated[str, AfterValidator(_regex)]
Contact = Annotated[str, AfterValidator(_contact)]
ToldAt = Annotated[str, AfterValidator(_told_at)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Politeness(_Strict):
    """How a site is treated: seconds between two requests, requests at once, and whether robots.txt is obeyed."""

    delay: Seconds = 2.0
    concurrency: int = Field(default=1, ge=1, le=8)
    robots: Literal["obey", "ignore"] = "obey"


class Discover(_Strict):
    """Where links are found. What is missing is found by looking at the home page."""

    feeds: tuple[Address, ...] = ()
    sitemaps: tuple[Address, ...] = ()
    listings: tuple[Address, ...] = ()


class Network(_Strict):
    """How a site is reached.

    `timeout`: seconds for the whole of a request. `intermediate`: a PEM file (or its text) that completes the
    certificate chain of a site with `tls: incomplete-chain`. `allow_private`: private and loopback addresses may be
    connected to. `ports`: besides those that the source's own addresses name.
    """

    timeout: Seconds = 20.0
    tls: Literal["strict", "legacy", "incomplete-chain"] = "strict"
    intermediate: str | None = None
    allow_private: bool = False
    ports: tuple[int, ...] = (80, 443, 8080, 8443)


class Clean(_Strict):
    """What is known of one site's pages: CSS selectors, and lines to drop. Goes before the CMS profile."""

    body: str | None = None
    title: str | None = None
    lead: str | None = None
    date: str | None = None
    author: str | None = None
    origin: str | None = None
    drop: tuple[str, ...] = ()
    drop_lines: tuple[Regex, ...] = ()


class Source(_Strict):
    """One site."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    home: Address
    kind: Literal["union", "government", "press"]
    province: Annotated[str, BeforeValidator(province_code)] | None = None
    profile: str | None = None
    enabled: bool = True
    schedule: Annotated[str, AfterValidator(_schedule)] = "every 2h"
    politeness: Politeness = Politeness()
    discover: Discover = Discover()
    articles: Regex | None = None
    network: Network = Network()
    clean: Clean = Clean()
    checked: str | None = None


class Sources(_Strict):
    """All sources, in the order of the file.

    `contact` is whom a site's owner can ask; every request names it. `notify` are the Apprise addresses that are told
    when something breaks, and when it is well again.
    """

    contact: Contact | None = None
    notify: tuple[ToldAt, ...] = ()
    sources: tuple[Source, ...]

    def get(self, source_id: str) -> Source | None:
        """The source of that id."""
        return next((source for source in self.sources if source.id == source_id), None)

    def of_url(self, url: str) -> Source | None:
        """The source whose home has the URL's host (a leading www. does not count)."""
        host = _host(url)
        return next((source for source in self.sources if host and _host(source.home) == host), None)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def load(path: Path) -> Sources:
    """Read and check a sources.yaml.

    Raises ConfigError, in one sentence with file, line, field and what is right, for the first thing that is wrong.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise ConfigError(
            f"{path} is not there: name the file with --sources, or copy the project's sources.yaml"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {_one_line(error)}") from None
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        _no_key_twice(path, root)
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ConfigError(f"{path}, line {line}: this is not YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: this is not YAML: {_one_line(error)}") from None
    if root is None or not isinstance(data, dict) or not isinstance(data.get("sources"), list):
        raise ConfigError(f'{path}, line 1: the file needs a list "sources:" with one entry a site')
    return _validated(path, root, data)


def _validated(path: Path, root: yaml.Node, data: dict[str, Any]) -> Sources:
    defaults = data.pop("defaults", None) or {}
    if not isinstance(defaults, dict):
        raise ConfigError(f"{path}, line {_line(root, ('defaults',))}: defaults needs keys, such as schedule: every 2h")
    own = [key for key in ("id", "name", "home", "kind") if key in defaults]
    if own:
        raise ConfigError(
            f"{path}, line {_line(root, ('defaults', own[0]))}, defaults, field {own[0]}: "
            "each source has its own; move it to the sources"
        )
    merged = [_merge(defaults, entry) if isinstance(entry, dict) else entry for entry in data["sources"]]
    try:
        sources = Sources.model_validate({**data, "sources": merged})
    except ValidationError as error:
        raise ConfigError(_sentence(path, root, merged, error)) from None
    seen: set[str] = set()
    for index, source in enumerate(sources.sources):
        if source.id in seen:
            raise ConfigError(
                f"{path}, line {_line(root, ('sources', index, 'id'))}, field id: {source.id!r} stands twice; "
                "each source needs an id of its own"
            )
        seen.add(source.id)
    return sources


def _merge(defaults: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """The entry over the defaults; mappings (politeness, network, …) key by key."""
    merged = {**defaults, **entry}
    for key, value in defaults.items():
        if isinstance(value, dict) and isinstance(entry.get(key), dict):
            merged[key] = {**value, **entry[key]}
    return merged


def _sentence(path: Path, root: yaml.Node, merged: list[Any], error: ValidationError) -> str:
    """The first of pydantic's complaints, for a person who does not program."""
    first = error.errors()[0]
    loc = tuple(part for part in first["loc"] if not str(part).startswith("function-"))
    where = f"{path}, line {_line(root, loc)}"
    field = ".".join(str(part) for part in (loc[2:] if loc[:1] == ("sources",) else loc)) or "sources"
    if loc[:1] == ("sources",) and len(loc) > 1 and isinstance(loc[1], int):
        entry = merged[loc[1]]
        name = entry.get("id") if isinstance(entry, dict) else None
        where += f", source {name}" if name else f", source number {loc[1] + 1}"
    return f"{where}, field {field}: {_what_is_right(first, loc)}"


def _what_is_right(problem: Any, loc: tuple[Any, ...]) -> str:
    kind, given = problem["type"], problem.get("input")
    if kind == "missing":
        return "it is missing; every source needs id, name, home and kind"
    if kind == "extra_forbidden":
        known = list(_model_at(loc[:-1]).model_fields)
        near = difflib.get_close_matches(str(loc[-1]), known, n=1)
        return "this key is unknown; " + (f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}")
    if kind == "literal_error":
        right = f"write {problem['ctx']['expected'].replace(chr(39), '')}"
    elif kind == "value_error":
        right = str(problem["ctx"]["error"])
    elif kind == "string_pattern_mismatch":
        right = "use small letters a-z, digits and hyphens only"
    elif kind == "string_type":
        right = "put it in quotes"
    else:
        right = problem["msg"][:1].lower() + problem["msg"][1:]
    return f"{given!r} is not right; {right}"


def _model_at(loc: tuple[Any, ...]) -> type[BaseModel]:
    """The model whose fields stand at that place."""
    if loc[:1] != ("sources",):
        return Sources
    nested: dict[str, type[BaseModel]] = {
        "politeness": Politeness,
        "discover": Discover,
        "network": Network,
        "clean": Clean,
    }
    return nested.get(str(loc[2]), Source) if len(loc) > 2 else Source


def _line(root: yaml.Node, loc: tuple[Any, ...]) -> int:
    """The line (from 1) of the deepest node that stands at `loc`; what comes from the defaults is looked for there."""
    line, found = _deepest(root, loc)
    if loc[:1] == ("sources",) and found < len(loc):
        default_line, default_found = _deepest(root, ("defaults", *loc[2:]))
        if default_found > 1:
            return default_line
    return line


def _deepest(node: yaml.Node, loc: tuple[Any, ...]) -> tuple[int, int]:
    line, found = node.start_mark.line + 1, 0
    for part in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        else:
            break
        found += 1
    return line, found


def _no_key_twice(path: Path, root: yaml.Node | None) -> None:
    """YAML readers silently keep the last of two equal keys; a person would lose the first without a word."""
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    raise ConfigError(f"{path}, line {key.start_mark.line + 1}: {key.value!r} stands twice; keep one")
                seen.add(key.value)
                stack.append(value)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
