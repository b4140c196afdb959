"""The chrome memory: what the pages of a source taught, and how little of it is kept."""

import pytest

from tests.dedup.stories import BODY
from tests.store.pages import MENU, SONGLAM, block, opened, page
from worker.models import Label, Sighting, text_digest
from worker.store import Archive, chrome
from worker.store.scratch import Packed, ScratchMemory
from worker.store.times import stamp

TABLES = ("chrome", "chrome_recent", "chrome_uncounted")


@pytest.fixture
def archive(tmp_path):
    with opened(tmp_path) as archive:
        yield archive


def made(number, *, chrome=MENU, hours=0, text=None):
    url = f"https://songlam.example.vn/tin/{number}.html"
    body = text or f"Đoạn riêng {'i' * (number + 1)}.\nLời kết chung."
    return page(f"Bài {'i' * (number + 1)}", body, url=url, chrome=chrome, hours=number + hours)


def file(archive, number, **options):
    return archive.file(*made(number, **options))


def test_blocks_are_counted_a_page_and_known_by_where_they_stood(archive):
    for number in range(5):
        file(archive, number)
    memory = archive.memory("songlam")
    assert memory.pages == 5
    assert memory.seen[text_digest("Trang chủ")] == Sighting(pages=5, in_body=0)
    assert memory.seen[text_digest("Lời kết chung.")] == Sighting(pages=5, in_body=5)
    assert memory.seen[text_digest("Đoạn riêng i.")] == Sighting(pages=1, in_body=1)
    assert archive.memory("thanhmy").pages == 0


def test_a_page_that_is_fetched_again_does_not_count_twice(archive):
    file(archive, 0)
    file(archive, 0, hours=9, text="Bài đã sửa.\nLời kết chung.")
    assert archive.memory("songlam").pages == 1
    assert archive.memory("songlam").seen[text_digest("Trang chủ")] == Sighting(pages=1, in_body=0)


def test_a_block_twice_on_one_page_counts_once(archive):
    file(archive, 0, chrome=["Trang chủ", "Trang chủ"])
    assert archive.memory("songlam").seen[text_digest("Trang chủ")].pages == 1


def test_a_new_process_remembers_the_same(archive):
    for number in range(4):
        file(archive, number)
    before = archive.memory("songlam")
    with Archive.open(archive.directory, write=False) as reader:
        assert reader.memory("songlam") == before


def test_what_never_comes_back_is_forgotten_after_a_window_of_pages(archive, monkeypatch):
    monkeypatch.setattr(chrome, "WINDOW", 3)
    for number in range(6):
        file(archive, number)
    seen = archive.memory("songlam").seen
    assert text_digest("Đoạn riêng i.") not in seen
    assert text_digest("Đoạn riêng iiiiii.") in seen
    assert seen[text_digest("Trang chủ")].pages == 6
    assert archive.connection.execute("SELECT count(*) FROM chrome_recent").fetchone() == (3,)
    with Archive.open(archive.directory, write=False) as reader:
        assert reader.memory("songlam").seen == seen


def test_what_comes_back_is_shown_with_an_example_and_its_reason(archive):
    for number in range(2):
        file(archive, number, chrome=[f"Lượt xem: {number}"])
    rows = archive.connection.execute(
        "SELECT text, reason, pages, in_body, first_seen, last_seen FROM chrome ORDER BY text"
    ).fetchall()
    assert rows == [
        ("Lượt xem: 1", "lexicon: menu", 2, 0, "2026-11-20T01:00:00Z", "2026-11-20T02:00:00Z"),
        ("Lời kết chung.", None, 2, 2, "2026-11-20T01:00:00Z", "2026-11-20T02:00:00Z"),
    ]


def test_the_memory_of_one_page_is_bounded_by_its_blocks_and_rolled_back_with_it(archive):
    file(archive, 0)
    capture, refined, _ = page("Bài", BODY)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        archive.file(capture, refined, SONGLAM.model_copy(update={"id": "la"}))
    assert archive.memory("la").seen == {}


def test_a_block_in_the_text_and_around_it_counts_as_text(archive):
    capture, refined, of = page("Bài", "Lặp lại.", chrome=["Lặp lại."])
    assert refined.blocks[-1] == block("Lặp lại.", Label.CHROME, "lexicon: menu")
    archive.file(capture, refined, of)
    assert archive.memory("songlam").seen[text_digest("Lặp lại.")] == Sighting(pages=1, in_body=1)


def test_rows_are_counted_up_every_few_pages_and_a_new_process_knows_what_they_do_not_say_yet(archive, monkeypatch):
    monkeypatch.setattr(chrome, "TOGETHER", 4)
    counted = "SELECT pages, in_body, reason, last_seen FROM chrome WHERE text = 'Trang chủ'"
    for number in range(5):
        file(archive, number)
    assert archive.connection.execute(counted).fetchone() == (2, 0, "lexicon: menu", "2026-11-20T02:00:00Z")
    with Archive.open(archive.directory, write=False) as reader:
        assert reader.memory("songlam").seen[text_digest("Trang chủ")] == Sighting(pages=5, in_body=0)
    file(archive, 5)
    assert archive.connection.execute(counted).fetchone() == (6, 0, "lexicon: menu", "2026-11-20T06:00:00Z")
    assert archive.connection.execute("SELECT count(*) FROM chrome_uncounted").fetchone() == (0,)


def test_a_writer_that_takes_over_counts_up_what_the_one_before_left(archive, monkeypatch):
    monkeypatch.setattr(chrome, "TOGETHER", 4)
    for number in range(4):
        file(archive, number)
    archive.forget_memory("songlam")
    for number in range(4, 6):
        file(archive, number)
    row = archive.connection.execute("SELECT pages, reason, last_seen FROM chrome WHERE text = 'Trang chủ'").fetchone()
    assert row == (6, "lexicon: menu", "2026-11-20T06:00:00Z")


@pytest.mark.parametrize("together", [4, 256])
def test_what_is_learned_beside_the_archive_is_the_same_to_the_last_row(archive, monkeypatch, together):
    monkeypatch.setattr(chrome, "TOGETHER_FLEETING", together)
    beside = ScratchMemory("songlam")
    for number in range(10):
        capture, refined, *_ = made(number, chrome=[*MENU, f"Tin thứ {'v' * (number // 3 + 1)}"])
        filed = file(archive, number, chrome=[*MENU, f"Tin thứ {'v' * (number // 3 + 1)}"])
        beside.learn(filed.article_id, chrome.Seen.on(refined.blocks), stamp(capture.fetched_at))
    assert beside.packed() == Packed.of(archive.memory("songlam"))
    chrome.ChromeMemory(archive.connection).settle("songlam")
    learned = {table: list(archive.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")) for table in TABLES}
    assert len(learned["chrome"]) > len(MENU)
    beside.put(archive.connection)
    for table in TABLES:
        assert list(archive.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")) == learned[table]
    beside.close()
