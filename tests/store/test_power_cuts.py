"""What is left where the power was cut: an ext4 of our own that is shut down with all that was not synced."""

import fcntl
import os
import shutil
import struct
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import pytest
import yaml

from tests.store.test_faults import filing, is_whole
from worker.commands import entry
from worker.store import backup, copying

pytestmark = pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mkfs.ext4"), reason="mounting is for root")

_SHUTDOWN, _WITHOUT_ITS_LOG = 0x8004587D, 2  # EXT4_IOC_SHUTDOWN, EXT4_GOING_FLAGS_NOLOGFLUSH


@contextmanager
def mounted(image, directory):
    """The file system of an image. It helps nobody who renames what is not written yet, as others do not either."""
    options = ("-o", "loop,noauto_da_alloc")
    if subprocess.run(["mount", *options, image, directory], capture_output=True, check=False).returncode:
        pytest.skip("no image can be mounted here")
    try:
        yield directory
    finally:
        subprocess.run(["umount", directory], check=True)


@pytest.fixture
def disk(tmp_path):
    """Mounts an empty file system, and the same again."""
    image, directory = tmp_path / "image", tmp_path / "disk"
    directory.mkdir()
    with image.open("wb") as file:
        file.truncate(64 * 1024**2)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    return partial(mounted, image, directory)


def cut_the_power_of(directory):
    """Let a file system end here and now: what was not synced is lost."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.ioctl(handle, _SHUTDOWN, struct.pack("I", _WITHOUT_ITS_LOG))
    finally:
        os.close(handle)


def test_a_writer_has_kept_all_that_it_committed(disk):
    writes = -1
    with disk() as directory, filing(directory / "archive") as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("stopped: "):
                break
            writes = int(line)
            if writes == 20:
                cut_the_power_of(directory)
    assert writes >= 20
    assert "the archive cannot be written" in line, line
    assert process.returncode == 3
    with disk() as directory:
        is_whole(directory / "archive", writes)


def sources(directory):
    return directory / "sources.yaml"


def add_a_source(directory):
    told = {"id": "more", "name": "Thêm", "home": "https://more.invalid/", "kind": "union"}
    entry.append(sources(directory), told)


def export(directory):
    with copying.drafted(directory / "table.csv") as draft:
        draft.write_text("1,2\n")


def keep_when_it_was_copied(directory):
    backup.note(directory, directory, datetime.now(UTC))


@pytest.mark.parametrize("change", [add_a_source, export, keep_when_it_was_copied])
def test_what_takes_a_file_s_place_has_its_bytes(disk, change):
    first = {"id": "first", "name": "Đầu", "home": "https://first.invalid/", "kind": "union"}
    with disk() as directory:
        sources(directory).write_text(yaml.safe_dump({"sources": [first]}))
        (directory / "table.csv").write_text("earlier")
        subprocess.run(["sync", "-f", directory], check=True)
        change(directory)
        (directory / "another").write_text("of somebody else, whose sync has the names of all files kept")
        copying.sync(directory / "another")
        cut_the_power_of(directory)
    with disk() as directory:
        sizes = {file.name: file.stat().st_size for file in directory.iterdir() if file.is_file()}
    assert all(sizes.values()), sizes
