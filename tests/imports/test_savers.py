"""Where and when a page was saved, as the programs that save pages leave it."""

import os
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from tests.test_import import rows, take
from tests.web.nukeviet import NukeViet
from tests.web.stories import stories
from worker.imports import savers
from worker.store import Archive

URL = "https://hoi.vn/tin/a-1.html"
SINGLEFILE = f"""<!DOCTYPE html> <html lang=vi><!--
 Page saved with SingleFile
 url: {URL}
 saved date: Tue Nov 21 2023 14:05:06 GMT+0700 (Indochina Time)
--><meta charset=utf-8>"""
HTTRACK = "<!-- Mirrored from hoi.vn/tin/a-1.html by HTTrack Website Copier/3.x [XR&CO'2014], {} GMT -->"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (SINGLEFILE, (URL, datetime(2023, 11, 21, 7, 5, 6, tzinfo=UTC))),
        (SINGLEFILE.replace("saved date", "saved"), (URL, None)),
        ("<html>" + HTTRACK.format("Tue, 21 Nov 2023 02:09:33"), (URL, datetime(2023, 11, 21, 2, 9, 33, tzinfo=UTC))),
        ("x" * 300_000 + HTTRACK.format("Tue, 31 Nov 2023 02:09:33") + "</html>", (URL, None)),
        (f"<!-- saved from url=(0027){URL} --><link rel=canonical href=https://hoi.vn/b>", (URL, None)),
        (f'<link href="{URL}?a=1&amp;b=2" rel="canonical">', (f"{URL}?a=1&b=2", None)),
        ("<p>Hội nghị", (None, None)),
    ],
)
def test_a_page_tells_where_it_was_saved_and_when(page, told):
    assert savers.told(page.encode()) == told


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("hoi.vn/tin/a-1.html", URL),
        ("2024/mirror/hoi.vn/tin/a-1.html", URL),
        ("hoi.vn/tin/a/index.html", "https://hoi.vn/tin/a/"),
        ("hoi.vn/index.php?mod=tin&id=5", "https://hoi.vn/index.php?mod=tin&id=5"),
        ("hoi.vn/index.php?mod=tin&id=5.html", "https://hoi.vn/index.php?mod=tin&id=5"),
        ("hoi.vn/a.aspx.html", "https://hoi.vn/a.aspx"),
        ("hoi.vn/bài 1.html", "https://hoi.vn/b%C3%A0i%201.html"),
        ("archive/1700000000.123456/output.html", None),
        ("tin/a.v2.html", None),
    ],
)
def test_a_place_below_a_host_is_an_address(place, address):
    assert savers.of_place(PurePosixPath("/saved") / place, PurePosixPath("/saved")) == address


def test_the_folder_may_be_named_for_the_host_itself():
    assert savers.of_place(PurePosixPath("/x/hoi.vn/tin/a-1.html"), PurePosixPath("/x/hoi.vn")) == URL


def test_pages_are_found_whatever_their_names_and_other_files_are_counted(tmp_path, monkeypatch):
    portal = NukeViet("hoi.vn", list(stories(4, seed=8)))
    portal.base = "https://hoi.vn/"
    pages = [
        portal.article_page(story).replace("canonical", "x").replace("og:url", "x") for story in portal.all_stories
    ]
    folder = tmp_path / "hoi.vn"
    folder.mkdir()
    names = ["index.php?id=1001", "bai-1002.aspx", "bai-viet-1003.SHTML", "bai-viet-so-1004"]
    for name, page in zip(names, pages, strict=True):
        (folder / name).write_text(page, "utf-8")
        os.utime(folder / name, times=(1_700_000_000,) * 2)
    for name in ("a.css", "b.css", "c.mhtml", "robots"):
        (folder / name).write_text("x")
    monkeypatch.chdir(folder)
    with Archive.open(tmp_path / "archive", write=True) as archive:
        result = take(archive, portal, ".")
        assert result.filed == {"new": 4}
        assert result.passed == {("file of another kind", kind): n for kind, n in ((".css", 2), (".mhtml", 1), ("", 1))}
        urls = {f"https://hoi.vn/{name}" for name in names}
        assert {url for (url,) in rows(archive, "SELECT url FROM captures")} == urls
