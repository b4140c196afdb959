"""The options that many commands share."""

from __future__ import annotations

from pathlib import Path

import click

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
