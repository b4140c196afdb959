"""Verifying and copying an archive: every kind of damage is told, and a copy is whole."""

import sqlite3

import pytest

from tests.dedup.stories import BODY, OTHER_BODY, OTHER_TITLE, TITLE, shuffled
from tests.store.pages import START, THANHMY, content, fact, opened, page
from worker.models import Link
from worker.store import Archive, ArchiveError, ArchiveUnwritable


@pytest.fixture
def archive(tmp_path):
    with opened(tmp_path / "archive") as archive:
        archive.add_links("songlam", [Link(url="https://songlam.example.vn/x")], START)
        archive.file(*page(TITLE, BODY, facts=[fact(BODY, "45 hội viên", "quantity", number=45)]))
        archive.file(*page("Trao vốn", shuffled(BODY), of=THANHMY))
        archive.file(*page(OTHER_TITLE, OTHER_BODY))
        archive.file(*page(OTHER_TITLE, OTHER_BODY, hours=3))
        yield archive


def test_a_sound_archive_has_no_problems(archive):
    assert archive.verify() == []
    with Archive.open(archive.directory, write=False) as reader:
        assert reader.verify() == []


DAMAGE = {
    "an offset": ('UPDATE facts SET start = start + 1, "end" = "end" + 1', "does not stand at its place"),
    "a part": ("UPDATE facts SET part = 'titel'", "does not stand at its place"),
    "a reference": ("UPDATE captures SET source = 'khong-co' WHERE id = 1", "refers to a row of sources"),
    "a text": ("UPDATE articles SET body = 'khác' WHERE id = 3", "search index does not say"),
    "a lost index entry": ("DELETE FROM articles_fts_docsize WHERE id = 3", "article 3 is not in the search index"),
    "a group of one": ("DELETE FROM group_members WHERE article = 2", "has 1 members"),
    "a group without its article": ("DELETE FROM group_members WHERE article = 1", "no canonical article"),
    "a member that left": ("UPDATE articles SET group_id = NULL WHERE id = 2", "which says otherwise"),
    "a stranger in a group": (
        "UPDATE articles SET title = 'x', body = 'y' WHERE id = 2",
        "no copy of 1; worker rebuild",
    ),
    "a moved record": ("UPDATE captures SET warc_offset = warc_offset + 1 WHERE id = 3", "capture 3 is lost"),
    "another record": (
        "UPDATE captures SET (warc_offset, warc_length) = (SELECT warc_offset, warc_length FROM captures WHERE id = 1)"
        " WHERE id = 2",
        "record is of another page",
    ),
    "a payload": ("UPDATE captures SET digest = 'sha256:0' WHERE id = 1", "another payload"),
    "a missing file": ("UPDATE captures SET warc_file = 'news-000009.warc.gz' WHERE id = 1", "capture 1 is lost"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_told_in_a_sentence(archive, damage):
    sql, told = DAMAGE[damage]
    archive.connection.execute("PRAGMA foreign_keys = OFF")
    archive.connection.execute(sql)
    assert any(told in problem for problem in archive.verify()), archive.verify()


def test_a_reader_tells_what_is_missing_from_the_search_index(archive):
    archive.connection.execute("DELETE FROM articles_fts_docsize WHERE id = 3")
    with Archive.open(archive.directory, write=False) as reader:
        assert reader.verify() == ["article 3 is not in the search index"]


def test_a_reader_tells_of_an_article_that_its_own_words_do_not_find(archive):
    archive.connection.execute("UPDATE articles SET title = 'Tiêu đề khác' WHERE id = 3")
    with Archive.open(archive.directory, write=False) as reader:
        assert reader.verify() == ["article 3 is not found in the search index by its own words"]


@pytest.mark.parametrize("title", ['"', "!!!", "x" * 5000, 'Nói "được"', "a_b 5.000 m² ½", "́ ộ", "NEAR( AND"])
def test_a_sound_archive_is_sound_whatever_its_titles_are(archive, title):
    archive.file(*page(title, f"{title} {BODY} {title}", url="https://songlam.example.vn/la.html"))
    with Archive.open(archive.directory, write=False) as reader:
        assert reader.verify() == []


def test_problems_are_told_up_to_a_number(archive):
    archive.connection.execute("PRAGMA foreign_keys = OFF")
    archive.connection.executemany(
        "INSERT INTO links (url, address, source, found_at) VALUES (?, '', 'khong-co', '')", [(n,) for n in range(300)]
    )
    problems = archive.verify()
    assert len(problems) == 101
    assert problems[-1] == "and more of the references like these"


def test_a_copy_made_while_the_archive_is_written_is_whole(archive, tmp_path):
    with Archive.open(archive.directory, write=False) as reader:
        reader.backup(tmp_path / "copy")
    archive.file(*page("Sau đó", "Một bài nữa sau khi sao chép."))
    with Archive.open(tmp_path / "copy", write=False) as copy:
        assert copy.verify() == []
        assert copy.connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
    archive.backup(tmp_path / "copy")  # brought up to date
    with Archive.open(tmp_path / "copy", write=True) as copy:
        assert copy.verify() == []
        assert content(copy) == content(archive)
    assert not list((tmp_path / "copy").rglob("*.part"))


def test_an_archive_is_not_copied_onto_itself(archive):
    with pytest.raises(ArchiveError, match="the archive itself"):
        archive.backup(archive.directory)


def test_a_copy_that_cannot_be_made_says_so(archive, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveUnwritable, match=r"no copy could be made in .*: .*file.*: Not a directory"):
        archive.backup(tmp_path / "file" / "copy")


def test_a_copy_of_a_damaged_archive_is_not_made(tmp_path):
    with opened(tmp_path / "archive") as archive:
        for n in range(200):
            archive.add_links("songlam", [Link(url=f"https://songlam.example.vn/{n}")], START)
        archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page_number,) = archive.connection.execute(
            "SELECT pageno FROM dbstat WHERE name = 'links' AND pagetype = 'leaf' LIMIT 1"
        ).fetchone()
    path = tmp_path / "archive" / "news.db"
    whole = bytearray(path.read_bytes())
    whole[(page_number - 1) * 4096 + 100 : page_number * 4096] = b"\xff" * 3996
    path.write_bytes(whole)
    with Archive.open(tmp_path / "archive", write=False) as archive:
        assert any("damaged" in problem for problem in archive.verify())
        with pytest.raises((ArchiveError, sqlite3.DatabaseError)):
            archive.backup(tmp_path / "copy")
    assert not (tmp_path / "copy" / "news.db").exists()


def test_the_whole_search_index_is_checked_where_that_is_asked_for(archive, tmp_path):
    """A word in the middle of an article is in no sample."""
    archive.close()
    with sqlite3.connect(tmp_path / "archive" / "news.db") as connection:
        connection.execute("UPDATE articles SET body = replace(body, 'hội viên', 'hội  viền') WHERE id = 1")
        connection.execute("DELETE FROM facts")
    with Archive.open(tmp_path / "archive", write=False) as reader:
        assert not any("search index" in problem for problem in reader.verify())
        assert "the search index does not say what the articles say" in reader.verify(whole=True)


def test_while_somebody_writes_every_article_is_looked_up(archive):
    with Archive.open(archive.directory, write=False) as reader:
        assert reader.verify(whole=True) == []
        archive.connection.execute("UPDATE articles SET title = 'khác' WHERE id = 3")
        assert "article 3 is not found in the search index by its own words" in reader.verify(whole=True)
