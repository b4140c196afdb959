"""`worker service`: the unit that systemd reads."""

import configparser
import shutil
import subprocess

import click
import pytest

from worker.commands.service import unit as written


def unit(text):
    """The unit's settings, by section."""
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str
    parsed.read_string(text)
    return {section: dict(parsed[section]) for section in parsed.sections()}


def test_the_unit_runs_without_root_in_a_system_that_it_cannot_write_but_for_its_archive(worker, tmp_path):
    shown = worker("service", "show", "--archive", tmp_path / "ar chive", "--sources", tmp_path / "sources.yaml")
    assert shown.returncode == 0, shown.stderr
    service = unit(shown.stdout)["Service"]
    assert service["User"] == "archive"
    assert service["Type"] == "notify"
    assert service["ExecStart"].endswith(f'run --sources {tmp_path}/sources.yaml --archive "{tmp_path}/ar chive"')
    assert service["ReadWritePaths"] == unit(shown.stdout)["Unit"]["RequiresMountsFor"] == f'"{tmp_path}/ar chive"'
    # An upgrade of a large archive must come to its end, and a page that eats up the memory must not end the service.
    assert (service["TimeoutStartSec"], service["OOMPolicy"]) == ("infinity", "continue")
    assert service["Restart"] == "always"  # a SIGHUP, or a kill by hand, is no failure to systemd
    assert {
        key: service[key] for key in ("ProtectSystem", "NoNewPrivileges", "CapabilityBoundingSet", "MemoryMax")
    } == {
        "ProtectSystem": "strict",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "MemoryMax": "1G",
    }


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_finds_nothing_wrong_with_it_wherever_it_was_made(worker, tmp_path):
    here = tmp_path / "Kho tin Phụ nữ"  # systemd takes the quotes around such a WorkingDirectory= for a part of it
    here.mkdir()
    text = worker("service", "show", "--archive", here, "--user", "daemon", cwd=here).stdout
    command = next(line for line in text.splitlines() if line.startswith("ExecStart=")).split()[0]
    text = text.replace(command, "ExecStart=/bin/true")  # the program may be installed elsewhere than it runs here
    (tmp_path / "union-news-archive.service").write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "union-news-archive.service"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_installing_writes_the_unit_and_says_what_to_do_next(worker, tmp_path):
    done = worker("service", "install", "--directory", tmp_path, "--archive", tmp_path / "ar chive", "--user", "keeper")
    assert done.returncode == 0, done.stderr
    assert unit((tmp_path / "union-news-archive.service").read_text())["Service"]["User"] == "keeper"
    assert "systemctl daemon-reload && systemctl enable --now union-news-archive.service" in done.stdout
    assert f"install -d -o keeper -g keeper '{tmp_path / 'ar chive'}'" in done.stdout


def test_the_unit_depends_on_no_directory_that_its_account_may_not_enter(worker, tmp_path):
    (tmp_path / "home").mkdir(mode=0o700)  # of the operator, who calls `sudo worker service install` from there
    where = ("--archive", tmp_path / "archive", "--sources", tmp_path / "sources.yaml")
    assert str(tmp_path / "home") not in worker("service", "show", *where, cwd=tmp_path / "home").stdout


def test_an_earlier_unit_stays_where_no_new_one_can_be_written(worker, tmp_path):
    there = tmp_path / "union-news-archive.service"
    there.write_text("[Unit]\n")
    (tmp_path / ".union-news-archive.service.new").mkdir()  # as a full disk would, and for root too
    done = worker("service", "install", "--directory", tmp_path)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "sudo" not in done.stderr
    assert there.read_text() == "[Unit]\n"


def test_where_it_cannot_be_written_and_what_is_no_account_is_said(worker, tmp_path):
    nowhere = worker("service", "install", "--directory", tmp_path / "missing")
    assert nowhere.returncode == 1
    assert "cannot be written: No such file or directory" in nowhere.stderr
    strange = worker("service", "show", "--user", "root; rm -r /")
    assert strange.returncode == 2
    assert "is no name of an account" in strange.stderr


@pytest.mark.parametrize("account", ["root", "0", "-x", "a b", "$x"])
def test_it_is_not_written_for_root_nor_for_what_systemd_would_misread(account, tmp_path):
    with pytest.raises(click.UsageError, match=r"does not run as root|is no name of an account"):
        written(tmp_path / "sources.yaml", tmp_path, account)


def test_a_dollar_in_a_path_is_no_variable_in_the_command(tmp_path):
    made = unit(written(tmp_path / "$HOME.yaml", tmp_path / "$x", "archive"))
    assert made["Service"]["ExecStart"].endswith(f"--sources {tmp_path}/$$HOME.yaml --archive {tmp_path}/$$x")
    assert made["Service"]["ReadWritePaths"] == f"{tmp_path}/$x"
