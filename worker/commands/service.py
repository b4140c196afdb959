"""`worker service`: the systemd unit of the background service."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TypeVar

import click

from worker.commands.group import Group
from worker.commands.options import Place, archive_option, sources_option

F = TypeVar("F", bound=Callable[..., object])

UNIT = "union-news-archive.service"

_ACCOUNT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


@click.group(cls=Group)
def service() -> None:
    """The systemd unit that runs the service.

    \b
    worker service show
    sudo .venv/bin/worker service install --user archive
    """


def _options(command: F) -> F:
    user = click.option("--user", "account", default="archive", show_default=True, help="The account it runs as.")
    return sources_option(archive_option(user(command)))


@service.command()
@_options
def show(sources_file: Path, archive_dir: Path, account: str) -> None:
    """Print the unit: no root, a read-only system, one writable directory, a memory limit, a watchdog.

    \b
    worker service show > union-news-archive.service
    """
    click.echo(unit(sources_file, archive_dir, account), nl=False)


@service.command()
@_options
@click.option(
    "--directory",
    type=Place(file_okay=False),
    default=Path("/etc/systemd/system"),
    show_default=True,
    help="Where units lie.",
)
def install(sources_file: Path, archive_dir: Path, account: str, directory: Path) -> None:
    """Write the unit to where systemd finds it; what to do next is printed.

    \b
    sudo .venv/bin/worker service install --archive /srv/archive --user archive
    """
    text = unit(sources_file, archive_dir, account)
    path = directory / UNIT
    draft = path.with_name(f".{UNIT}.new")  # an earlier unit stays until this one is whole
    try:
        draft.write_text(text, "utf-8")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        hint = "; run it with sudo" if isinstance(error, PermissionError) else ""
        raise click.ClickException(f"{path} cannot be written: {error.strerror}{hint}") from None
    click.echo(f"{path} is written. Next:")
    click.echo(f"  useradd --system --user-group {account}            # if the account is not there yet")
    click.echo(f"  install -d -o {account} -g {account} {shlex.quote(str(archive_dir.resolve()))}")
    click.echo(f"  systemctl daemon-reload && systemctl enable --now {UNIT}")


def unit(sources_file: Path, archive_dir: Path, account: str) -> str:
    """The text of the unit, with absolute paths. Raises UsageError for root, and what systemd would misread."""
    if not _ACCOUNT.fullmatch(account):
        raise click.UsageError(f"{account!r} is no name of an account")
    if account == "root" or (account.isdecimal() and not int(account)):
        raise click.UsageError("the service reads pages of strangers, and does not run as root; name another account")
    template = Template(files("worker.commands").joinpath("union-news-archive.service").read_text("utf-8"))
    return template.substitute(
        user=account,
        command=_quoted(Path(sys.executable).parent / "worker"),
        sources=_argument(sources_file.resolve()),
        archive_argument=_argument(archive_dir.resolve()),
        archive=_quoted(archive_dir.resolve()),
    )


def _quoted(path: Path) -> str:
    """A path as systemd reads it: % begins a specifier, and blanks part words."""
    text = os.fspath(path).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text}"' if " " in text or '"' in text else text


def _argument(path: Path) -> str:
    """A path in a command line, where $ begins a variable too."""
    return _quoted(path).replace("$", "$$")
