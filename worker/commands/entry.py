"""A new entry in sources.yaml: written as text behind the last one, so that every comment stays where it is."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
import yaml

from worker.config import ConfigError, parsed
from worker.store.copying import take_place
from worker.values import provinces

if TYPE_CHECKING:
    from collections.abc import Container

    from worker.config import Source, Sources
    from worker.survey import Survey

_MOST_LISTINGS = 8
"""Listings that are written into an entry: each is asked at every visit."""

_NO_NAME = {"www", "vn", "com", "gov", "org", "net", "edu", "info"}


def entry(seen: Survey, source_id: str, *, allow_private: bool) -> dict[str, Any]:
    """What sources.yaml should say of a site, as far as the look at it told.

    A feed is the cheapest door and names what is new; listings are written where there is none, a sitemap where there
    is neither. `--backfill` finds the rest by itself.
    """
    told: dict[str, Any] = {"id": source_id, "name": seen.name or source_id, "home": seen.home, "kind": seen.kind}
    if seen.province:
        told["province"] = provinces()[seen.province]
    if seen.profile:
        told["profile"] = seen.profile
    for kind in ("feeds", "listings", "sitemaps"):
        if urls := getattr(seen.doors, kind):
            told["discover"] = {kind: list(urls[:_MOST_LISTINGS])}
            break
    if allow_private:
        told["network"] = {"allow_private": True}
    told["checked"] = date.today().isoformat()  # noqa: DTZ011 - the day on the wall of whoever looked
    return told


def new_id(home: str, taken: Sources, proposed: Container[str] = ()) -> str:
    """A short name for a site, from its host, that no other source has, nor one that is proposed."""
    labels = [label for label in (urlsplit(home).hostname or "").split(".") if label not in _NO_NAME]
    wanted = re.sub(r"[^a-z0-9]+", "-", "-".join(labels).lower()).strip("-") or "source"
    number, found = 2, wanted
    while taken.get(found) or found in proposed:
        found, number = f"{wanted}-{number}", number + 1
    return found


def as_yaml(told: dict[str, Any], indent: int = 2) -> str:
    """The entry as a person would write it, an item of the list."""
    text = yaml.safe_dump([told], allow_unicode=True, sort_keys=False, width=1000, default_flow_style=False)
    return "".join(f"{' ' * indent}{line}\n" for line in text.splitlines())


def append(path: Path, told: dict[str, Any], *, write: bool = True) -> Source:
    """Write an entry behind the last one of the list; the source that it makes, with the file's defaults.

    The new text is checked before it takes the file's place; without `write` it does not. Raises ConfigError where the
    entry is not right, a ClickException where the file cannot be written.
    """
    text = _with(path, told)
    try:
        source = parsed(text, path).get(told["id"])
    except ConfigError as error:  # the line is one that the file does not have yet
        raise ConfigError(re.sub(r", line \d+", ", the new entry", str(error), count=1)) from None
    if source is None:
        raise AssertionError("what was written is read")
    if write:
        _replace(path.resolve(), text)  # of a link, the file that it leads to
    return source


def _replace(path: Path, text: str) -> None:
    """Put a text in a file's place, whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.touch(mode=0o600)  # `notify:` may hold passwords
        draft.write_text(text, "utf-8")
        _as_open_as(path, draft)
        take_place(draft, path)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}; nothing was added") from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _as_open_as(path: Path, draft: Path) -> None:
    """Let the same accounts read the draft that may read the file: the service's is another than who edits it."""
    before = path.stat()
    with suppress(PermissionError):  # of another group; the mode of a file of one's own can be kept
        os.chown(draft, before.st_uid, before.st_gid)
    draft.chmod(stat.S_IMODE(before.st_mode))


def _with(path: Path, told: dict[str, Any]) -> str:
    """The text of the file with one entry more."""
    text = path.read_text("utf-8")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    node = next(value for key, value in (root.value if root else ()) if key.value == "sources")
    lines = text.splitlines(keepends=True)
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if node.flow_style and node.value:
        raise click.ClickException(f"{path} has its sources in one [line]; write them one below the other first")
    if node.value:
        lines.insert(_last_line(node) + 1, "\n" + as_yaml(told, node.start_mark.column))
    else:
        at = node.start_mark.line
        head, tail = lines[at][: node.start_mark.column], lines[at][node.end_mark.column :]
        lines[at] = head.rstrip() + tail.rstrip() + "\n" + as_yaml(told)
    return "".join(lines)


def _last_line(node: yaml.Node) -> int:
    """The line (from 0) on which the last word of a node stands; a block's own end mark lies behind its comments."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    line: int = node.end_mark.line
    return line - 1 if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else line
