"""The options that many commands share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from worker.models import FACT_KINDS

sources_option = click.option(
    "--sources",
    "sources_file",
    type=click.Path(dir_okay=False, path_type=Path),
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
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("archive"),
    envvar="WORKER_ARCHIVE",
    show_default=True,
    help="The directory of the archive (news.db and warc/).",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")

kind_option = click.option(
    "--kind", type=click.Choice(FACT_KINDS), metavar="KIND", help=f"A kind of facts: {', '.join(FACT_KINDS)}."
)


def check_known(name: str | None, known: Iterable[str], where: str) -> None:
    """Raise a UsageError for a name that is none of the known, with the one that may have been meant."""
    import difflib

    names = list(known)
    if name is None or name in names:
        return
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
    raise click.UsageError(f"{name} is not {where}; {hint}")
