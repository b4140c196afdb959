"""sources.yaml and its validation: the text of the file in, `Sources` out, or an error that says where and what.

A source is read by people who do not program, so every error names the file, the line, the field and what is right.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from worker.values import (
    Address,
    Checked,
    Contact,
    LookAgain,
    Profile,
    Province,
    Regex,
    Schedule,
    Seconds,
    Selector,
    ToldAt,
    site_host,
    within,
)

_LONGEST_SHOWN = 80

_LIKELY = {
    "'\\t'": "indent with blanks, not with tabs",
    "block end": "let what belongs together begin in the same column",
    "mapping values": "write key: value on this line and the one above, with quotes around a value that holds a colon",
    "end of stream": "a quote or a bracket above is not closed",
}
"""What most often is behind what the reader of YAML says, which names its own parts."""


class ConfigError(Exception):
    """sources.yaml cannot be used; the message is one sentence for the person who wrote it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Politeness(_Strict):
    """How a site is treated: seconds between two requests, requests at once, and whether robots.txt is obeyed."""

    delay: Annotated[Seconds, within("0s", "1h")] = 2.0
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

    timeout: Annotated[Seconds, within("0.1s", "1h")] = 20.0
    tls: Literal["strict", "legacy", "incomplete-chain"] = "strict"
    intermediate: str | None = None
    allow_private: bool = False
    ports: tuple[int, ...] = (80, 443, 8080, 8443)


class Clean(_Strict):
    """What is known of one site's pages: CSS selectors, and lines to drop. Goes before the CMS profile."""

    body: Selector | None = None
    title: Selector | None = None
    lead: Selector | None = None
    date: Selector | None = None
    author: Selector | None = None
    origin: Selector | None = None
    drop: tuple[Selector, ...] = ()
    drop_lines: tuple[Regex, ...] = ()


class Source(_Strict):
    """One site, or a part of one.

    `look_again`: how long after its first visit an article is fetched again, in seconds, rising; corrections come
    early, if at all.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    home: Address
    kind: Literal["union", "government", "press"]
    province: Province | None = None
    profile: Profile | None = None
    enabled: bool = True
    schedule: Schedule = "every 2h"
    look_again: LookAgain = (3600.0, 21_600.0, 86_400.0, 604_800.0, 2_592_000.0)
    politeness: Politeness = Politeness()
    discover: Discover = Discover()
    articles: Regex | None = None
    network: Network = Network()
    clean: Clean = Clean()
    checked: Checked | None = None

    @property
    def doors(self) -> tuple[str, ...]:
        """The pages that it names itself: its home, feeds, sitemaps and listings."""
        return (self.home, *self.discover.feeds, *self.discover.sitemaps, *self.discover.listings)

    def leaves(self, url: str, others: Sequence[Source]) -> bool:
        """Whether an address of its host is more surely one of the `others` there than its own."""
        if not others:
            return False
        named, depth = _nearness(self, url)
        return any(_nearness(other, url) > (named, max(depth, 0)) for other in others)


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
        """The source whose home has the URL's host (a leading www. does not count).

        Of several on one host, one whose `articles` names the URL goes before others, then the one whose home lies
        deepest above it, then the first in the file.
        """
        host = site_host(url)
        there = [source for source in self.sources if host and site_host(source.home) == host]
        return max(there, key=lambda source: _nearness(source, url), default=None)

    def beside(self, source: Source) -> tuple[Source, ...]:
        """The other sources on a source's host."""
        host = site_host(source.home)
        return tuple(other for other in self.sources if other.id != source.id and site_host(other.home) == host)


def _nearness(source: Source, url: str) -> tuple[bool, int]:
    """How surely an address of its host is a source's: whether its pattern names it, and so many folders below the
    root its home lies above it; -1 where it does not."""
    named = source.articles is not None and re.search(source.articles, url) is not None
    folders, path = _folders(source.home), _folders(url)
    return named, len(folders) if path[: len(folders)] == folders else -1


def _folders(url: str) -> list[str]:
    """The folders of an address; its last part is one unless it is a file: /vi/index.html lies in /vi."""
    *folders, last = urlsplit(url).path.removeprefix("/").split("/")
    return [*folders, last] if last and "." not in last else folders


class _Loader(yaml.SafeLoader):
    """Reads a day as the text that it is: a wrong one is told with its line, as all that is wrong."""

    def construct_yaml_timestamp(self, node: yaml.Node) -> Any:
        return self.construct_yaml_str(node)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


def load(path: Path, *, may_be_empty: bool = False) -> Sources:
    """Read and check a sources.yaml, with a source at least unless it `may_be_empty`.

    Raises ConfigError, in one sentence with file, line, field and what is right, for the first thing that is wrong.
    """
    return parsed(_text(path), path, may_be_empty=may_be_empty)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise ConfigError(
            f"{path} is not there: name the file with --sources, or copy the project's sources.yaml"
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}, line {line}: this is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {_one_line(error)}") from None


def parsed(text: str, path: Path, *, may_be_empty: bool = False) -> Sources:
    """Check what is, or would be, the text of a sources.yaml at `path`; as `load`."""
    try:
        root = yaml.compose(text, Loader=_Loader)
        _no_key_twice(path, root)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe one
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ConfigError(f"{path}, line {line}: this is not YAML: {_said_of(error)}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: this is not YAML: {_one_line(error)}") from None
    if root is None or not isinstance(data, dict) or not isinstance(data.get("sources"), list):
        raise ConfigError(f'{path}, line 1: the file needs a list "sources:" with one entry a site')
    found = _validated(path, root, data)
    if not found.sources and not may_be_empty:
        line = _line(root, ("sources",))
        raise ConfigError(f"{path}, line {line}: no source is listed; `worker sources add ADDRESS` writes an entry")
    return found


def _said_of(error: yaml.MarkedYAMLError) -> str:
    """What the reader of YAML says, and what most often is behind it."""
    said = error.problem or error.context or ""
    likely = next((hint for words, hint in _LIKELY.items() if words in said), "")
    return f"{said}; {likely}" if likely else said


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
    for field, right in (("id", "an id"), ("home", "a home")):
        seen: dict[str, str] = {}
        for index, source in enumerate(sources.sources):
            given = getattr(source, field)
            key = given if field == "id" else site_host(given) + urlsplit(given).path.rstrip("/")
            if key in seen:
                raise ConfigError(
                    f"{path}, line {_line(root, ('sources', index, field))}, source {source.id}, field {field}: "
                    f"{_shown(given)} stands twice (first in {seen[key]}); each source needs {right} of its own"
                )
            seen[key] = source.id
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
    elif kind == "tuple_type":
        right = 'write a list: each on a line of its own after "- "'
    elif kind == "model_type":
        right = "write keys with their values here, such as id: hoi-cao-bang"
    elif kind == "bool_parsing":
        right = "write true or false"
    else:
        right = problem["msg"][:1].lower() + problem["msg"][1:]
    return f"{_shown(given)} is not right; {right}"


def _shown(given: object) -> str:
    """A value as it is shown in a message: its beginning."""
    text = repr(given)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


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
    read: set[int] = set()  # what an alias names is read once
    while stack:
        node = stack.pop()
        if id(node) in read:
            continue
        read.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if str(key.value) in seen:
                    line = key.start_mark.line + 1
                    raise ConfigError(f"{path}, line {line}: {_shown(key.value)} stands twice; keep one")
                seen.add(str(key.value))
                stack.append(value)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
