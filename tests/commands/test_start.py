"""Starting the program: light, and never with a traceback."""

import os
import subprocess
import sys

import click
import pytest

from tests.conftest import ROOT
from worker.cli import worker as worker_group

HEAVY = {"pydantic", "yaml", "httpx", "selectolax", "datasette", "sqlite_utils", "apscheduler", "rich", "warcio"}


def test_help_loads_nothing_heavy():
    code = (
        "import sys, contextlib\n"
        "from worker.cli import worker\n"
        "with contextlib.suppress(SystemExit): worker.main(['--help'], prog_name='worker')\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Commands:" in done.stdout
    assert not [name for name in HEAVY if f"'{name}'" in done.stderr]


@pytest.mark.parametrize("group", [(), ("sources",), ("service",), ("export",)])
def test_what_commands_do_is_said_in_whole_sentences(worker, group):
    _, commands = worker(*group, "--help").stdout.split("Commands:\n")
    assert "..." not in commands and commands.rstrip().endswith(".")


def test_no_line_of_the_help_is_wider_than_a_narrow_terminal():
    commands = [click.Context(worker_group, info_name="worker", terminal_width=80)]
    for context in commands:
        if isinstance(context.command, click.Group):
            commands += [
                click.Context(command, context, name, terminal_width=80)
                for name, command in context.command.commands.items()
            ]
        assert not [line for line in context.get_help().splitlines() if len(line) > 80], context.command_path
    assert len(commands) > 20


@pytest.mark.parametrize("command", ["crawl", "run", "clean", "explain", "sources", "status", "browse"])
def test_the_help_of_each_command_shows_an_example(worker, command):
    done = worker(command, "--help")
    assert done.returncode == 0
    assert f"\n  worker {command}" in done.stdout or f"| worker {command}" in done.stdout


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["crawl", "nowhere"], 2, "nowhere is not in sources.yaml"),
        (["crawl", "phunucaobangg"], 2, "did you mean phunucaobang?"),
        (["crawl", "ftp://example.org/x"], 2, "must begin with http:// or https://"),
        (["crawl", "https://example.org/x"], 2, "belongs to no source of sources.yaml"),
        (["crawl", "https://"], 2, "'https://' is no web address; write one such as https://"),
        (["crawl", "--sources", "none.yaml"], 2, "none.yaml is not there"),
        (["crawl", "--limit", "0"], 2, "--limit"),
        (["status", "--archive", "no-archive"], 1, "there is no archive in no-archive yet"),
        (["explain", "no-such-page"], 2, "neither a file nor an address"),
        (["clean", "no-such-file"], 2, "No such file"),
        (["search", "-nghị"], 2, "a word that begins with - stands behind --: worker search -- -nghị"),
        (["search", "-hội", "nghị"], 2, "worker search -- -hội"),
        (["facts", "-trẻ", "--csv"], 2, "worker facts -- -trẻ"),
        (["search", "-year", "2024", "x"], 2, "did you mean --year?"),
        (["crawl", "-limit", "5"], 2, "No such option '-l'; did you mean --limit?"),
        (
            ["crawl", "--backfill", "--since", "31/02/2025"],
            2,
            "'31/02/2025' is no day; write one that there is, such as",
        ),
        (["crawl", "--backfill", "--since", "2025-02-31"], 2, "'2025-02-31' is no day"),
        (["crawl", "--backfill", "--since", "20250228"], 2, "'20250228' is no day"),
        (["rebuild", "--since", "5/2024"], 2, "'5/2024' is no day"),
        (["facts", "--year", "5/2024"], 2, "'5/2024' is no year from 1900 to 2200; write one such as 2024"),
        (["search", "x", "--year", "24"], 2, "'24' is no year"),
        (["sources", "check", "phunucaobangg"], 2, "did you mean phunucaobang?"),
        (["rebuild", "--source", "phunucaobangg"], 2, "did you mean phunucaobang?"),
        (["crawl", ""], 2, "'' is not in sources.yaml"),
        (["explain", ""], 2, "'' is neither a file nor an address"),
        (["sources", "add", ""], 2, "'' is no address: it must begin with http:// or https://"),
        (["sources", "add", "https://"], 2, "'https://' is no web address; write one such as https://"),
        (["sources", "add", "http://[::1"], 2, "'http://[::1' is no address"),
        (["sources", "add", "https://x.invalid/", "--id", ""], 2, "the new entry, source number 16, field id: ''"),
    ],
)
def test_wrong_use_is_one_line_that_says_what_and_where(worker, args, status, says):
    done = worker(*args)
    assert done.returncode == status
    assert says in done.stderr
    assert done.stderr.startswith("worker: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("news.db", "this is no page but a database; `worker search`"),
        ("warc/news-000001.warc.gz", "this is no page but a WARC file; `worker import` takes in what it holds"),
    ],
)
@pytest.mark.parametrize("command", ["clean", "explain"])
def test_a_file_that_is_no_page_is_not_read_as_one(worker, offline_archive, command, file, says):
    done = worker(command, offline_archive / file)
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["diff", "nosuch"], "'nosuch' is no web address; write one such as"),
        (["explain", "https://no.such/"], "its site is not in sources.yaml either"),
        (["explain", "https://phunu.caobang.gov.vn/"], "`worker crawl https://phunu.caobang.gov.vn/` fetches it"),
        (["export", "wacz", "/no/such/directory/a.wacz"], "No such file or directory"),
        (["export", "data", "/dev/null/data"], "Not a directory"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(worker, offline_archive, args, says):
    done = worker(*args, "--archive", offline_archive)
    assert done.returncode == 1
    assert says in done.stderr and "not expected" not in done.stderr


@pytest.mark.parametrize("asked", [("facts",), ("facts", "--csv"), ("facts", "--json")])
def test_a_reader_who_goes_away_is_no_failure(offline_archive, asked):
    """What follows in the pipe reads one line; the facts are more than a pipe holds."""
    command = (sys.executable, "-m", "worker", *asked, "--archive", str(offline_archive))
    one_line = ("bash", "-c", '"$@" | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}', "-", *command)
    done = subprocess.run(one_line, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_list_of_sources_is_clipped_nowhere(worker, tmp_path):
    source_id = "mot-trang-co-ten-dai-hon-ca-hang-chu-cua-mot-man-hinh-hep"
    entry = f"sources: [{{id: {source_id}, name: x, home: 'https://a.invalid', kind: union, schedule: 30 6 * * *}}]"
    (tmp_path / "sources.yaml").write_text(entry, "utf-8")
    listed = worker("sources", cwd=tmp_path, COLUMNS="60")
    assert source_id in listed.stdout and "30 6 * * *" in listed.stdout


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_no_colour_is_printed_where_none_is_wanted(offline_archive, plain):
    def shown(**environment):
        command = f"{sys.executable} -m worker search vua suc --archive {offline_archive}"
        settings = {"PATH": os.environ["PATH"], "TERM": "xterm", **environment}
        typescript = ["script", "-qec", command, "/dev/null"]  # with a terminal
        return subprocess.run(typescript, cwd=ROOT, env=settings, capture_output=True, check=True).stdout

    assert b"\x1b[1" in shown()
    assert b"\x1b" not in shown(**plain)


def test_a_terminal_that_lacks_letters_is_shown_the_others(offline_archive):
    done = run("search", "vua", "suc", "--archive", offline_archive, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert "C?m thi ?ua" in done.stdout.decode("latin-1")


def test_words_that_the_locale_cannot_carry_are_refused(offline_archive):
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("search", "hội", "--archive", offline_archive, **plain)
    assert done.returncode == 2
    assert b"set LC_ALL=C.UTF-8" in done.stderr
    assert run("search", "hoi", "--archive", offline_archive, **plain).returncode == 0


def run(*command, **environment):
    settings = {**os.environ, **environment}
    command = [sys.executable, "-m", "worker", *command]
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("redirected", "status", "says"), [(">&-", 0, ""), ("> /dev/full", 1, "No space left on device")], ids=str
)
def test_output_that_goes_nowhere(offline_archive, redirected, status, says):
    command = f"{sys.executable} -m worker facts --archive {offline_archive} {redirected}"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S602
    assert done.returncode == status
    assert says in done.stderr and "not expected" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("backup", ""),
        ("crawl", "--offline", "--archive", ""),
        ("merge", ""),
        ("export", "data", ""),
        ("export", "wacz", ""),
        ("import", "seeds", "--only-hosts", ""),
    ],
)
def test_an_empty_name_is_not_the_directory_where_one_is(worker, tmp_path, command):
    done = worker(*command, cwd=tmp_path)
    assert (done.returncode, "it is empty; is a variable not set?" in done.stderr) == (2, True)
    assert not list(tmp_path.iterdir())
