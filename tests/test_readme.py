"""The README's examples do what the README says: every command in it is run, in the order in which it stands."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest
import yaml

from tests.conftest import ROOT
from tests.web.nukeviet import NukeViet
from tests.web.server import serve
from tests.web.stories import stories

README = (ROOT / "README.md").read_text("utf-8")
SERVERS = {"worker run": "service ready", "worker browse": "Uvicorn running"}
SITE = "https://phunu.caobang.gov.vn/"


def shown():
    """Every command of the README's console blocks, with the output that stands below it."""
    blocks = re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    steps = [step for block in blocks for step in re.split(r"^\$ ", block, flags=re.MULTILINE) if step]
    return [tuple(step.partition("\n")[::2]) for step in steps]


def examples():
    """Every line of the README's shell blocks that runs `worker`, without its comment."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    lines = [re.sub(r"\s+#.*", "", line) for block in blocks for line in block.splitlines()]
    return [line for line in lines if re.search(r"(^|\| )worker ", line)]


@pytest.fixture
def checkout(tmp_path):
    """A fresh directory with what a checkout holds for its users, and `worker` on the PATH."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "worker"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -m worker "$@"\n')
    script.chmod(0o755)
    return tmp_path


def test_there_are_examples_of_every_command():
    assert {re.search(r"worker (\w+)", line)[1] for line in examples()} >= {
        "crawl",
        "run",
        "clean",
        "explain",
        "sources",
        "status",
        "browse",
    }


def test_the_examples_run(checkout):
    portal = NukeViet(stories=list(stories(4, seed=3)))
    with serve(portal) as web:
        at_home = web.url_of(portal)
        config = yaml.safe_load((ROOT / "sources.yaml").read_text("utf-8"))
        for entry in config["sources"]:
            if entry["home"] == SITE:  # the site of the examples is served here, and asked at its ease nowhere else
                entry |= {"home": at_home, "network": {"allow_private": True}, "politeness": {"delay": 0}}
                entry.pop("articles")
            else:
                entry["enabled"] = False
        (checkout / "sources.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
        for example in examples():
            address = portal.url_of(portal.newest[0])
            command = re.sub(rf"{SITE}\S+", address, example)
            (serves if example in SERVERS else succeeds)(command, checkout)


def test_what_is_shown_is_what_comes_out(checkout):
    shutil.copy(ROOT / "sources.yaml", checkout)
    run("worker crawl --offline", checkout)
    steps = shown()
    assert len(steps) >= 5
    for command, output in steps:
        assert run(command, checkout).strip() == output.strip(), command


def environment(checkout):
    ours = {name: value for name, value in os.environ.items() if not name.startswith("WORKER_")}
    return {**ours, "PATH": f"{checkout / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


def run(command, checkout):
    """What a command prints; it must end well."""
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=checkout,
        env=environment(checkout),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def succeeds(command, checkout):
    """It ends well, and has an answer: an example that finds nothing shows nothing."""
    told = run(command, checkout).strip()
    assert told and not re.search(r"^(No \w+ was found|Nothing was found)", told, re.MULTILINE), command


def serves(command, checkout):
    """It starts, says that it is ready, and ends well when it is told to."""
    log = checkout / "log"
    port = " --port 0" if "browse" in command else ""
    with log.open("w") as file:
        process = subprocess.Popen(
            ["bash", "-c", f"exec {command}{port}"], cwd=checkout, env=environment(checkout), stderr=file
        )
    try:
        end = time.monotonic() + 60
        while SERVERS[command] not in log.read_text("utf-8"):
            assert process.poll() is None and time.monotonic() < end, log.read_text("utf-8")
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        finally:
            process.kill()
    assert process.returncode in (0, -signal.SIGTERM), log.read_text("utf-8")
