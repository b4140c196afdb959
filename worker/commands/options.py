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
