"""A terminal, as commands see one."""

import os
import pty
import subprocess
import sys

from tests.conftest import ROOT


def on_a_terminal(*args):
    """What a short command shows there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "worker", *map(str, args)]
    subprocess.run(command, stdout=theirs, cwd=ROOT, env={**os.environ, "TERM": "xterm"}, timeout=60, check=True)
    shown = os.read(ours, 4000).decode()
    os.close(theirs)
    os.close(ours)
    return shown
