"""The options that many commands share."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from worker.models import FACT_KINDS


class Place(click.Path):
    """A file or directory. An empty name, that of a variable which is not set, is not the directory where one is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or a usage error."""
        if not os.fspath(value):
            self.fail("it is empty; is a variable not set?", param, ctx)
        return super().convert(value, param, ctx)


class Day(click.ParamType[date]):
    """A day, as 2024-05-31."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            if len(value) == len("2024-05-31"):
                return date.fromisoformat(value)
        except ValueError:
            pass
        return self.fail(f"{value!r} is no day; write one that there is, such as 2024-05-31", param, ctx)


class Year(click.IntRange):
    """A year in which something can have been published, or told of."""

    def __init__(self) -> None:
        super().__init__(1900, 2200)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The year, or a usage error."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            return self.fail(f"{value!r} is no year from 1900 to 2200; write one such as 2024", param, ctx)


sources_option = click.option(
    "--sources",
    "sources_file",
    type=Place(dir_okay=False),
    default=Path("sources.yaml"),
    envvar="WORKER_SOURCES",
    show_default=True,
    help="The file that lists the sites.",
)


def _code(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    """The GSO code of a province given by code or name."""
    if text is None:
        return None
    from worker.values import province_code

    try:
        return province_code(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


province_option = click.option("--province", callback=_code, help="GSO code or name of one of the 63 provinces.")

archive_option = click.option(
    "--archive",
    "archive_dir",
    type=Place(file_okay=False),
    default=Path("archive"),
    envvar="WORKER_ARCHIVE",
    show_default=True,
    help="The directory of the archive (news.db and warc/).",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")

kind_option = click.option(
    "--kind", type=click.Choice(FACT_KINDS), metavar="KIND", help=f"A kind of facts: {', '.join(FACT_KINDS)}."
)


def not_listed(source: str, listed: Iterable[str], sources_file: Path) -> str:
    """The sentence on a source that sources.yaml does not list, with the one that may have been meant."""
    return _not_among(source, list(listed), f"in {sources_file}", "`worker sources` lists those that are")


def check_known(name: str | None, known: Iterable[str], where: str) -> None:
    """Raise a UsageError for a name that is none of the known, with the one that may have been meant."""
    names = list(known)
    if name is not None and name not in names:
        raise click.UsageError(_not_among(name, names, where, f"there are {', '.join(names)}"))


def _not_among(name: str, known: list[str], where: str, otherwise: str) -> str:
    """The sentence on a name that is none of the known; an empty one is shown as the two quotes that it is."""
    import difflib

    near = difflib.get_close_matches(name, known, n=1)
    return f"{name or repr(name)} is not {where}; {f'did you mean {near[0]}?' if near else otherwise}"
