"""The command line: `worker COMMAND`. Here are the errors; each command is a module of worker.commands.

Exit status: 0 done, 1 failed, 2 wrong use (also a sources.yaml that cannot be used), 130 interrupted.
"""

from __future__ import annotations

import os
import re
import sys
from io import TextIOWrapper

import click

from worker.commands.browse import browse
from worker.commands.clean import clean
from worker.commands.crawl import crawl
from worker.commands.diff import diff
from worker.commands.explain import explain
from worker.commands.export import export
from worker.commands.facts import facts
from worker.commands.group import Group
from worker.commands.import_ import import_
from worker.commands.keep import backup, vacuum, verify
from worker.commands.merge import merge
from worker.commands.rebuild import rebuild
from worker.commands.run import run
from worker.commands.search import search
from worker.commands.service import service
from worker.commands.sources import sources
from worker.commands.status import status


class _ReaderGoneError(Exception):
    """Whoever read the output went away (| head): nothing is wrong."""


class _Worker(Group):
    """The group of all commands. Click takes a reader who goes away for a failure, and would exit with 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            result = super().invoke(ctx)
            if sys.stdout is not None:  # it was closed before we began (>&-): what is printed goes nowhere
                sys.stdout.flush()
        except BrokenPipeError:
            raise _ReaderGoneError from None
        return result


@click.group(cls=_Worker, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--debug", is_flag=True, help="Say what was dropped and why, and where in the program an error arose.")
@click.version_option(package_name="union-news-archive")
def worker(debug: bool) -> None:
    """Keeps the archive of what Vietnam's Women's Union and its provinces publish.

    \b
    worker crawl --offline      archive the five saved pages of seeds/
    worker browse               look at the archive in a browser
    worker run                  the background service
    """
    if debug:
        import logging

        logging.basicConfig(format="%(name)s: %(message)s")  # to standard error
        logging.getLogger("worker").setLevel(logging.DEBUG)


for command in (
    crawl,
    run,
    service,
    search,
    facts,
    browse,
    sources,
    status,
    diff,
    explain,
    clean,
    verify,
    backup,
    vacuum,
    export,
    rebuild,
    import_,
    merge,
):
    worker.add_command(command)


def main() -> None:
    """Run the command line, and turn every error into one line and an exit status."""
    from worker.rest import collect_seldom

    collect_seldom()
    debug = "--debug" in sys.argv[1:]
    _speak_plainly()
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    try:
        status_code = worker.main(prog_name="worker", standalone_mode=False, color=False if plain else None)
    except click.exceptions.Abort:
        _fail("interrupted", 130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "worker"
        _fail(f"{error.format_message().rstrip('.')}{_meant(error)} (see {where} --help)", 2)
    except click.ClickException as error:
        _fail(error.format_message(), error.exit_code)
    except KeyboardInterrupt:
        _fail("interrupted", 130)
    except _ReaderGoneError:  # nothing more can be written, also not at the end of the process
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        each = error.exceptions if isinstance(error, ExceptionGroup) else [error]
        _fail("\nworker: ".join(map(_sentence, each)), 2 if type(error).__name__ == "ConfigError" else 1)
    sys.exit(status_code or 0)


def _meant(error: click.UsageError) -> str:
    """Of an option that there is not: how it is written, or the word that it was meant for."""
    if not isinstance(error, click.NoSuchOption) or error.ctx is None or error.option_name.startswith("--"):
        return ""
    letter = error.option_name[1:]
    typed = next((one for one in sys.argv[1:] if re.match(r"-[^-]", one) and letter in one), error.option_name)
    command = error.ctx.command
    if any(f"-{typed}" in one.opts for one in command.params):
        return f"; did you mean -{typed}?"
    takes_words = any(isinstance(one, click.Argument) and one.name == "query" for one in command.params)
    return f"; a word that begins with - stands behind --: {error.ctx.command_path} -- {typed}" if takes_words else ""


def _speak_plainly() -> None:
    """Print a letter that the terminal cannot show as "?", and take no words that it cannot carry for others."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.getfilesystemencoding() != "utf-8" and not "".join(sys.argv).isascii():
        _fail("the words of this command do not come through in this locale; set LC_ALL=C.UTF-8 (or PYTHONUTF8=1)", 2)


def _sentence(error: Exception) -> str:
    """What was said, after what is noted of it: where it was said, among several things that were done."""
    return ": ".join([*getattr(error, "__notes__", ()), _said(error)])


def _said(error: Exception) -> str:
    message = " ".join(str(error).split())
    if type(error).__module__.startswith("worker."):
        return message
    if type(error).__module__ == "sqlite3" and (told := _of_database(error)):
        return told
    if isinstance(error, OSError) and error.strerror:  # of files and devices, which the user named
        return f"{error.filename or 'what was to be written could not be'}: {error.strerror}"
    return f"{message or type(error).__name__} (this was not expected; `worker --debug …` shows where it arose)"


def _of_database(error: Exception) -> str | None:
    """What is wrong with the file or the disk; None for a statement that is wrong, which nobody foresaw."""
    import sqlite3

    from worker.store.errors import ArchiveError, explained

    told = explained(error) if isinstance(error, sqlite3.Error) else None
    return None if told is None or type(told) is ArchiveError else str(told)


def _fail(message: str, status_code: int) -> None:
    click.echo(f"worker: {message}", err=True)
    sys.exit(status_code)
