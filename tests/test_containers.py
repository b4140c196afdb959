"""The files of the containers name what is there; an image cannot be built in every test run."""

import json
import re
from fnmatch import fnmatch

import yaml

from tests.conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def allowed(path):
    """Whether .dockerignore lets a path into the build."""
    kept = False
    for rule in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        if rule and not rule.startswith("#"):
            pattern = rule.removeprefix("!")
            if fnmatch(path, pattern) or path.startswith(f"{pattern}/"):
                kept = rule.startswith("!")
    return kept


def commands():
    """The command lines that the containers run."""
    yield json.loads(re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[1])
    for service in COMPOSE["services"].values():
        if "command" in service:
            yield list(map(str, service["command"]))


def test_everything_that_is_copied_into_the_image_is_there_and_let_in():
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    ]
    assert {"pyproject.toml", "uv.lock", "worker", "archive"} <= set(copied)
    assert [source for source in copied if not (ROOT / source).exists() or not allowed(source)] == []


def test_no_archive_and_no_secret_gets_into_the_image():
    for path in ("archive/news.db", "archive/warc", "sources.yaml", ".git", ".venv", "archive/requests"):
        assert not allowed(path), path


def test_the_commands_of_the_containers_are_commands_of_the_program(worker):
    for command in commands():
        help_of = worker(command[0], "--help")
        assert help_of.returncode == 0
        assert all(option in help_of.stdout for option in command if option.startswith("--"))


def test_the_uv_of_the_image_is_the_pinned_one():
    pinned = re.search(r"^UV_VERSION := (\S+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)[1]
    assert f"ghcr.io/astral-sh/uv:{pinned}" in DOCKERFILE


def test_neither_container_runs_as_root_or_may_write_more_than_it_must():
    assert re.search(r"^USER [1-9]\d+$", DOCKERFILE, re.MULTILINE)
    for service in COMPOSE["services"].values():
        assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert "archive:/srv/archive:ro" in COMPOSE["services"]["site"]["volumes"]


def test_neither_container_s_log_grows_for_ever_and_each_may_start_first():
    for service in COMPOSE["services"].values():
        assert set(service["logging"]["options"]) == {"max-size", "max-file"}
        assert "depends_on" not in service
