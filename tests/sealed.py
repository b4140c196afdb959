"""A directory on a file system that can only be read."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def sealed(directory: Path) -> Iterator[Path]:
    """Let nothing in a directory be written for a while (for root, modes of files are no bar)."""
    if os.geteuid():
        modes = {path: path.stat().st_mode for path in (directory, *directory.iterdir())}
        for path, mode in modes.items():
            path.chmod(mode & 0o555)
        try:
            yield directory
        finally:
            for path, mode in modes.items():
                path.chmod(mode)
        return
    subprocess.run(["mount", "--bind", directory, directory], check=False, capture_output=True)
    done = subprocess.run(["mount", "-o", "remount,ro,bind", directory], check=False, capture_output=True)
    try:
        if done.returncode:
            pytest.skip("no file system can be mounted here")
        yield directory
    finally:
        subprocess.run(["umount", "-l", directory], check=False, capture_output=True)
