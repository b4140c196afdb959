"""The saved pages as a transport."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from worker.config import Source
from worker.fetch import FetchError, Transport
from worker.fetch.offline import Offline, SeedsError

SEEDS = Path(__file__).parents[2] / "seeds"
SOURCE = Source(id="any", name="Any", home="https://any.invalid/", kind="press")
GOOD = """
- file: a.txt
  url: https://a.invalid/1
  source: a
  fetched_at: 2025-02-01T07:00:00+07:00
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes("Hội nghị".encode())
    (tmp_path / "index.yaml").write_text(GOOD, "utf-8")
    return tmp_path


def fetch(transport: Transport, url: str):
    async def run():
        async with transport:
            return await transport.fetch(url, SOURCE)

    return asyncio.run(run())


def test_every_saved_page_is_served_unmodified_as_utf8_text():
    offline = Offline(SEEDS)
    assert len(offline.seeds) == 5
    for seed in offline.seeds:
        capture = fetch(offline, seed.url)
        assert capture.body == seed.file.read_bytes()
        assert (capture.status, capture.mime, capture.charset, capture.url) == (200, "text/plain", "utf-8", seed.url)


def test_two_runs_give_equal_captures():
    first, second = ([fetch(offline, s.url) for s in offline.seeds] for offline in (Offline(SEEDS), Offline(SEEDS)))
    assert first == second


def test_saved_pages_count_as_fetched_after_every_day_that_they_name():
    assert all(seed.fetched_at.isoformat() > "2024-10-10" for seed in Offline(SEEDS).seeds)  # the latest day in them


def test_each_source_lists_its_own_pages(folder: Path):
    offline = Offline(folder)
    assert [link.url for link in offline.links("a")] == ["https://a.invalid/1"]
    assert offline.links("b") == []
    assert offline.source_ids == ("a",)


def test_times_of_the_index_are_utc(folder: Path):
    assert Offline(folder).seeds[0].fetched_at.isoformat() == "2025-02-01T00:00:00+00:00"


def test_any_other_address_is_refused_for_good(folder: Path):
    with pytest.raises(FetchError, match="not among the saved pages") as caught:
        fetch(Offline(folder), "https://elsewhere.invalid/")
    assert caught.value.permanent


def test_a_saved_page_that_cannot_be_read_fails_alone(folder: Path):
    offline = Offline(folder)
    seed = offline.seeds[0]
    seed.file.unlink()
    with pytest.raises(FetchError, match=r"the saved page .* cannot be read: No such file") as caught:
        fetch(offline, seed.url)
    assert not caught.value.permanent


@pytest.mark.parametrize(
    ("index", "message"),
    [
        (None, "index.yaml is missing"),
        ("- file: [", "not valid YAML at line 1"),
        ("", "must be a list of saved pages"),
        ("file: a.txt", "must be a list of saved pages"),
        ("- a.txt", "page 1: write the keys file, url"),
        (GOOD.replace("  source: a\n", ""), "page 1: source is missing"),
        (GOOD + "  colour: red\n", "page 1: colour is not known"),
        (GOOD.replace("a.txt", "b.txt"), "b.txt is not there"),
        (GOOD.replace("a.txt", "../../../etc/passwd"), "is not in the folder of the list"),
        (GOOD.replace("a.txt", "/etc/passwd"), "is not in the folder of the list"),
        (GOOD.replace("2025-02-01T07:00:00+07:00", "yesterday"), "fetched_at yesterday is no time"),
        (GOOD.replace("2025-02-01T07:00:00+07:00", "2025-02-31"), "fetched_at 2025-02-31 is no time"),
        (GOOD.replace("source: a", "source:"), "page 1: source is missing"),
        (GOOD.replace("2025-02-01T07:00:00+07:00", "2199-02-01"), "2199-02-01 is still to come"),
        (GOOD.replace("https://a.invalid/1", "not a url"), "the url not a url is no address"),
        (GOOD.replace("https://a.invalid/1", "file:///etc/passwd"), "is no address"),
        (GOOD + GOOD, "lists https://a.invalid/1 twice"),
        (GOOD + GOOD.replace("invalid/1", "invalid/2"), "a.txt twice: each file belongs to one saved page"),
    ],
)
def test_a_broken_index_is_one_clear_sentence(folder: Path, index: str | None, message: str):
    path = folder / "index.yaml"
    path.unlink()
    if index is not None:
        path.write_text(index, "utf-8")
    with pytest.raises(SeedsError) as caught:
        Offline(folder)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_index_that_is_no_text_is_one_clear_sentence(folder: Path):
    (folder / "index.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SeedsError, match=r"cannot be read: it is not UTF-8; save it as UTF-8$"):
        Offline(folder)


def test_a_time_without_a_zone_is_vietnam_s(folder: Path):
    path = folder / "index.yaml"
    path.write_text(path.read_text("utf-8").replace("2025-02-01T07:00:00+07:00", '"2025-02-01 07:00"'), "utf-8")
    assert Offline(folder).seeds[0].fetched_at == datetime(2025, 2, 1, tzinfo=UTC)
