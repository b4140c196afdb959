"""What becomes of a page: every case of new, changed, unchanged, gone, and no article."""

import json
from dataclasses import replace

import pytest

from tests.dedup.stories import BODY, OTHER_BODY, OTHER_TITLE, TITLE
from tests.store.pages import SONGLAM, THANHMY, content, fact, opened, other, page
from worker.models import Label, Link, PageKind
from worker.store import Outcome, removed

URL = "https://songlam.example.vn/tin/1.html"


@pytest.fixture
def archive(tmp_path):
    with opened(tmp_path) as archive:
        yield archive


def rows(archive, sql, *values):
    return archive.connection.execute(sql, values).fetchall()


def test_a_new_article_is_filed_with_everything_that_belongs_to_it(archive):
    facts = [
        fact(BODY, "1,35 tỷ đồng", "money", value={"vnd": 1_350_000_000}, number=1_350_000_000, year=2023),
        fact(BODY, "Lương Thị Mỵ", "person", value={"name": "Lương Thị Mỵ"}, name="Lương Thị Mỵ"),
        fact(BODY, "Sông Lam", "place", value={"code": "40"}, name="Nghệ An", province="40"),
    ]
    filed = archive.file(*page(TITLE, BODY, url=URL, facts=facts, published="2023-09-14", authors=("Thu Hà",)))
    assert (filed.outcome, filed.url, filed.copy_of) == (Outcome.NEW, URL, None)
    (article,) = rows(archive, "SELECT title, body, published, authors, words, first_seen, capture FROM articles")
    assert article == (TITLE, BODY, "2023-09-14", '["Thu Hà"]', 274, "2026-11-20T01:00:00Z", filed.capture_id)
    for part, start, end, text in rows(archive, 'SELECT part, start, "end", text FROM facts'):
        assert (part, BODY[start:end]) == ("body", text)
    assert rows(archive, "SELECT kind, name, folded, code FROM entities ORDER BY kind") == [
        ("person", "Lương Thị Mỵ", "luong thi my", None),
        ("place", "Nghệ An", "nghe an", "40"),
    ]
    assert rows(archive, "SELECT text FROM removed") == [("Trang chủ\nGiới thiệu\nLiên hệ",)]


def test_the_same_capture_again_changes_nothing_at_all(archive):
    pages = [page(TITLE, BODY), page(OTHER_TITLE, OTHER_BODY), other(PageKind.SPAM, url=f"{SONGLAM.home}x")]
    for one in pages:
        archive.file(*one)
    before, bytes_before = content(archive), (archive.directory / "warc/news-000001.warc.gz").read_bytes()
    outcomes = [archive.file(*one).outcome for one in pages]
    assert outcomes == [Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.NOT_ARTICLE]
    assert content(archive) == before
    assert (archive.directory / "warc/news-000001.warc.gz").read_bytes() == bytes_before


def test_the_same_payload_later_is_a_revisit_and_nothing_else(archive):
    first = archive.file(*page(TITLE, BODY, url=URL))
    again = archive.file(*page(TITLE, BODY, url=URL, hours=6))
    assert (again.outcome, again.article_id) == (Outcome.UNCHANGED, first.article_id)
    assert rows(archive, "SELECT revisit_of FROM captures") == [(None,), (first.capture_id,)]
    third = archive.file(*page(TITLE, BODY, url=URL, hours=12))
    assert rows(archive, "SELECT revisit_of FROM captures WHERE id = ?", third.capture_id) == [(first.capture_id,)]
    assert archive.read_capture(third.capture_id).body == archive.read_capture(first.capture_id).body
    assert rows(archive, "SELECT count(*) FROM revisions") == [(0,)]


def test_not_modified_is_a_revisit_of_the_last_payload(archive):
    capture, refined, of = page(TITLE, BODY, url=URL)
    first = archive.file(
        replace(capture, headers=(("ETag", '"7"'), ("Last-Modified", "Mon, 16 Nov 2026"))), refined, of
    )
    assert archive.validators(URL) == {"etag": '"7"', "last_modified": "Mon, 16 Nov 2026"}
    later = replace(capture, status=304, body=b"", fetched_at=capture.fetched_at.replace(hour=9), headers=())
    again = archive.file(later, replace(refined, kind=PageKind.EMPTY, article=None), of)
    assert (again.outcome, again.article_id) == (Outcome.UNCHANGED, first.article_id)
    assert rows(archive, "SELECT status, kind, revisit_of FROM captures WHERE id = ?", again.capture_id) == [
        (200, "article", first.capture_id)
    ]
    assert archive.read_capture(again.capture_id).body == capture.body
    assert archive.validators(URL)["etag"] == '"7"'


def test_a_new_counter_around_the_same_text_is_no_change(archive):
    archive.file(*page(TITLE, BODY, url=URL, chrome=["Lượt truy cập: 4.912"], views=71))
    article = rows(archive, "SELECT * FROM articles")
    again = archive.file(*page(TITLE, BODY, url=URL, chrome=["Lượt truy cập: 4.913"], views=72, hours=1))
    assert again.outcome is Outcome.UNCHANGED
    assert rows(archive, "SELECT * FROM articles") == article
    assert rows(archive, "SELECT count(*) FROM revisions") == [(0,)]
    assert rows(archive, "SELECT revisit_of FROM captures") == [(None,), (None,)]  # other bytes: both are kept


def test_a_changed_body_makes_a_revision_and_all_that_follows_from_the_text_follows(archive):
    first = archive.file(*page(TITLE, BODY, url=URL, facts=[fact(BODY, "45", "quantity", number=45)]))
    corrected = BODY.replace("45 hội viên", "46 hội viên").replace("bò sinh sản", "dê núi")
    facts = [fact(corrected, "46", "quantity", number=46)]
    again = archive.file(*page(TITLE, corrected, url=URL, facts=facts, chrome=["Menu mới"], hours=24))
    assert (again.outcome, again.article_id) == (Outcome.CHANGED, first.article_id)
    assert rows(archive, "SELECT body, first_seen, last_changed, capture FROM articles") == [
        (corrected, "2026-11-20T01:00:00Z", "2026-11-21T01:00:00Z", again.capture_id)
    ]
    assert rows(archive, "SELECT article, seen_at, title, body, capture FROM revisions") == [
        (first.article_id, "2026-11-20T01:00:00Z", TITLE, BODY, first.capture_id)
    ]
    assert rows(archive, "SELECT number FROM facts") == [(46,)]
    assert rows(archive, "SELECT text FROM removed") == [("Menu mới",)]
    assert archive.search("dê núi").hits
    assert not archive.search("bò sinh sản").hits


def test_a_changed_date_or_caption_is_taken_over_without_a_revision(archive):
    archive.file(*page(TITLE, BODY, url=URL))
    again = archive.file(
        *page(TITLE, BODY, url=URL, payload="khác", captions="Ảnh: Thu Hà", published="2023-09-14", hours=1)
    )
    assert again.outcome is Outcome.UNCHANGED
    assert rows(archive, "SELECT captions, published FROM articles") == [("Ảnh: Thu Hà", "2023-09-14")]
    assert rows(archive, "SELECT count(*) FROM revisions") == [(0,)]
    assert archive.search("", year=2023).hits


@pytest.mark.parametrize(
    "kind", [PageKind.SPAM, PageKind.MAINTENANCE, PageKind.LOGIN, PageKind.EMPTY, PageKind.CHALLENGE]
)
def test_a_page_that_turns_into_something_else_never_overwrites_its_article(archive, kind):
    first = archive.file(*page(TITLE, BODY, url=URL))
    article = rows(archive, "SELECT * FROM articles")
    later = archive.file(*other(kind, url=URL, hours=5))
    assert (later.outcome, later.article_id) == (Outcome.NOT_ARTICLE, first.article_id)
    assert rows(archive, "SELECT * FROM articles") == article
    assert rows(archive, "SELECT kind FROM captures WHERE id = ?", later.capture_id) == [(str(kind),)]


def test_an_error_page_with_an_article_s_looks_changes_nothing(archive):
    archive.file(*page(TITLE, BODY, url=URL))
    capture, refined, of = page("Lỗi máy chủ", "Máy chủ gặp sự cố, " * 40, url=URL, hours=1)
    assert archive.file(replace(capture, status=500), refined, of).outcome is Outcome.NOT_ARTICLE
    assert rows(archive, "SELECT title FROM articles") == [(TITLE,)]


@pytest.mark.parametrize("status", [404, 410, 200])
def test_a_page_that_is_gone_keeps_its_article_and_says_since_when(archive, status):
    first = archive.file(*page(TITLE, BODY, url=URL))
    gone = archive.file(*other(PageKind.NOT_FOUND, url=URL, status=status, hours=5))
    archive.file(*other(PageKind.NOT_FOUND, url=URL, status=status, hours=6))
    assert (gone.outcome, gone.article_id) == (Outcome.GONE, first.article_id)
    assert rows(archive, "SELECT body, gone_at FROM articles") == [(BODY, "2026-11-20T06:00:00Z")]
    back = archive.file(*page(TITLE, BODY, url=URL, hours=7))
    assert back.outcome is Outcome.UNCHANGED
    assert rows(archive, "SELECT gone_at FROM articles") == [(None,)]


def led_away(kind, to, *, status=200, hours=5, asked=URL):
    """What a site answers that leads whoever comes for an article elsewhere."""
    capture, refined, of = other(kind, url=f"{SONGLAM.home}{to}", status=status, hours=hours)
    return replace(capture, redirected_from=(asked,)), refined, of


@pytest.mark.parametrize(
    ("kind", "to", "status"),
    [
        (PageKind.LISTING, "", 200),
        (PageKind.LISTING, "tin-tuc/", 200),
        (PageKind.NOT_FOUND, "404.html", 200),
        (PageKind.EMPTY, "404.html", 404),
    ],
)
def test_an_article_whose_address_leads_to_another_page_of_no_article_is_gone(archive, kind, to, status):
    other_url = f"{SONGLAM.home}tin/2.html"
    first = archive.file(*page(TITLE, BODY, url=URL))
    archive.file(*page(OTHER_TITLE, OTHER_BODY, url=other_url))
    archive.add_links(SONGLAM.id, [Link(url=URL), Link(url=other_url)])
    for asked in (URL, other_url):  # in the same second the same page comes twice
        gone = archive.file(*led_away(kind, to, status=status, asked=asked))
        assert (gone.outcome, gone.url) == (Outcome.GONE, asked)
    assert rows(archive, "SELECT body, gone_at FROM articles WHERE id = ?", first.article_id) == [
        (BODY, "2026-11-20T06:00:00Z")
    ]
    assert rows(archive, "SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == [(2,)]
    assert rows(archive, "SELECT DISTINCT state FROM links") == [("gone",)]
    count = rows(archive, "SELECT count(*) FROM captures")
    archive.file(*led_away(kind, to, status=status, asked=URL))  # the very capture again
    assert rows(archive, "SELECT count(*) FROM captures") == count
    assert archive.file(*page(TITLE, BODY, url=URL, hours=7)).outcome is Outcome.UNCHANGED
    assert rows(archive, "SELECT gone_at FROM articles WHERE id = ?", first.article_id) == [(None,)]


@pytest.mark.parametrize("kind", [PageKind.MAINTENANCE, PageKind.LOGIN, PageKind.CHALLENGE, PageKind.SPAM])
def test_an_article_whose_address_leads_to_a_notice_is_not_gone(archive, kind):
    archive.file(*page(TITLE, BODY, url=URL))
    assert archive.file(*led_away(kind, "notice")).outcome is Outcome.NOT_ARTICLE
    assert rows(archive, "SELECT gone_at FROM articles") == [(None,)]


def test_what_led_away_before_an_article_was_seen_says_nothing_of_it(archive):
    archive.file(*page(TITLE, BODY, url=URL, hours=6))
    assert archive.file(*led_away(PageKind.LISTING, "", hours=5), elder=True).outcome is Outcome.NOT_ARTICLE
    assert rows(archive, "SELECT gone_at FROM articles") == [(None,)]


def test_not_modified_speaks_of_the_last_page_that_was_given_whatever_came_since(archive):
    capture, refined, of = page(TITLE, BODY, url=URL)
    first = archive.file(capture, refined, of)
    archive.file(*other(PageKind.NOT_FOUND, url=URL, status=404, hours=5))
    unchanged, _, _ = page(TITLE, BODY, url=URL, hours=6)
    back = archive.file(replace(unchanged, status=304, body=b""), replace(refined, kind=PageKind.EMPTY), of)
    assert (back.outcome, back.article_id) == (Outcome.UNCHANGED, first.article_id)
    assert rows(archive, "SELECT gone_at FROM articles") == [(None,)]
    assert rows(archive, "SELECT status, kind, revisit_of FROM captures")[-1] == (200, "article", first.capture_id)
    assert not archive.verify()


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("http://www.songlam.example.vn/tin/hội-nghị-1.html", "https://songlam.example.vn/tin/h%E1%BB%99i-ngh%E1%BB%8B-1.html"),
        ("http://songlam.example.vn/tin/1.html?utm_source=x", None),
        ("https://songlam.example.vn/tin/0.html", None),
    ],
)  # fmt: skip
def test_a_link_that_only_leads_to_its_twin_is_asked_for_there_from_then_on(archive, asked, kept):
    archive.add_links(SONGLAM.id, [Link(url=asked)])
    capture, refined, of = page(TITLE, BODY, url=kept or URL)
    archive.file(replace(capture, redirected_from=(asked,)), refined, of)
    assert rows(archive, "SELECT address, state FROM links") == [(kept or asked, "done")]


def test_twins_of_an_address_are_one_article(archive):
    first = archive.file(*page(TITLE, BODY, url=URL))
    twin = archive.file(*page(TITLE, BODY, url="http://www.songlam.example.vn/print/tin/1.html?fbclid=x", payload="in"))
    assert (twin.outcome, twin.article_id, twin.url) == (Outcome.UNCHANGED, first.article_id, URL)


def test_a_declared_address_is_believed_once_it_fits(archive):
    capture, refined, of = page(TITLE, BODY, url="https://songlam.example.vn/in.aspx?id=1")
    filed = archive.file(capture, replace(refined, canonical=URL), of)
    assert filed.url == URL
    assert archive.file(*page(TITLE, BODY, url=URL, hours=1)).article_id == filed.article_id
    strange, refined, of = page(OTHER_TITLE, OTHER_BODY, url="https://songlam.example.vn/in.aspx?id=2")
    slip = archive.file(strange, replace(refined, canonical=URL), of)
    assert (slip.outcome, slip.url) == (Outcome.NEW, "https://songlam.example.vn/in.aspx?id=2")


def test_a_page_that_declares_another_article_keeps_its_text_when_that_one_comes(archive):
    other = "https://songlam.example.vn/tin/2.html"
    capture, refined, of = page(TITLE, BODY, url=URL)
    assert archive.file(capture, replace(refined, canonical=other), of).url == other
    assert archive.file(*page(OTHER_TITLE, OTHER_BODY, url=other, hours=1)).outcome is Outcome.NEW
    assert rows(archive, "SELECT url, title FROM articles") == [(URL, TITLE), (other, OTHER_TITLE)]
    assert archive.file(capture, replace(refined, canonical=other), of).outcome is Outcome.UNCHANGED


def test_a_page_that_declares_the_listing_on_which_it_was_found_has_its_own_address(archive):
    listing = "https://songlam.example.vn/tin-tuc"
    capture, refined, of = page(TITLE, BODY, url=URL)
    archive.add_links(of.id, [Link(url=URL, found_on=listing)])
    assert archive.file(capture, replace(refined, canonical=listing), of).url == URL


def test_the_second_page_of_an_article_does_not_take_the_place_of_the_first(archive):
    def pages(hours):
        yield page(TITLE, BODY, url=URL, hours=hours, payload=f"1 {hours}")
        capture, refined, of = page(TITLE, OTHER_BODY, url=f"{URL}?page=2", hours=hours, payload=f"2 {hours}")
        yield capture, replace(refined, canonical=URL), of

    assert [archive.file(*one).url for one in pages(0)] == [URL, f"{URL}?page=2"]
    assert [archive.file(*one).outcome for one in pages(6)] == [Outcome.UNCHANGED] * 2
    assert rows(archive, "SELECT url, body FROM articles") == [(URL, BODY), (f"{URL}?page=2", OTHER_BODY)]
    assert rows(archive, "SELECT count(*) FROM revisions") == [(0,)]


def test_a_twin_that_declares_an_address_brings_what_was_mended_there(archive):
    archive.file(*page(TITLE, BODY, url=URL))
    mended = BODY.replace("45 hội viên", "54 hội viên")
    capture, refined, of = page(TITLE, mended, url=f"{URL}?xem=1", hours=6)
    filed = archive.file(capture, replace(refined, canonical=URL), of)
    assert (filed.outcome, filed.url) == (Outcome.CHANGED, URL)


def test_names_are_one_entity_in_any_spelling_but_marks_tell_people_apart(archive):
    body = "Bà Lê Thị Hoà, bà Lê Thị Hòa và bà Lê Thị Hoa cùng dự."
    names = [fact(body, name, "person", name=name) for name in ("Lê Thị Hoà", "Lê Thị Hòa", "Lê Thị Hoa")]
    archive.file(*page(TITLE, body, facts=names))
    one, same, different = [entity for (entity,) in rows(archive, "SELECT entity FROM facts ORDER BY id")]
    assert one == same != different
    body = "Hội LHPN tỉnh Nghệ An, tức Hội Liên hiệp Phụ nữ tỉnh Nghệ An."
    names = [
        fact(body, name, "organisation", name=name)
        for name in ("Hội LHPN tỉnh Nghệ An", "Hội Liên hiệp Phụ nữ tỉnh Nghệ An")
    ]
    archive.file(*page("Tên", body, facts=names))
    assert rows(archive, "SELECT count(*) FROM entities WHERE kind = 'organisation'") == [(1,)]


def test_the_link_of_a_filed_page_is_done_and_keeps_when_to_look_again(archive):
    http = "http://www.songlam.example.vn/tin/1.html"
    assert archive.add_links("songlam", [Link(url=http), Link(url=URL), Link(url="mailto:x")]) == [http]
    assert archive.due_links("songlam") == [http]
    capture, refined, of = page(TITLE, BODY, url=URL)
    capture = replace(capture, redirected_from=(http,))
    archive.file(capture, refined, of, next_try=capture.fetched_at.replace(hour=2))
    assert archive.due_links("songlam", capture.fetched_at) == []
    assert archive.due_links("songlam", capture.fetched_at.replace(hour=3)) == [URL]  # to which http only leads
    assert rows(archive, "SELECT redirected_from FROM captures") == [(json.dumps([http]),)]


def test_captures_know_their_run(archive):
    run = archive.start_run("songlam", "manual")
    filed = archive.file(*page(TITLE, BODY), run)
    assert rows(archive, "SELECT run FROM captures WHERE id = ?", filed.capture_id) == [(run,)]


def test_a_page_whose_row_cannot_be_written_leaves_nothing_behind(archive):
    archive.file(*page(TITLE, BODY))
    warc = archive.directory / "warc/news-000001.warc.gz"
    before, size, memory = content(archive), warc.stat().st_size, dict(archive.memory("songlam").seen)
    capture, refined, of = page(OTHER_TITLE, OTHER_BODY)
    broken = replace(refined, facts=(fact(OTHER_BODY, "3/4", "date", rule=None),))  # type: ignore[arg-type]
    with pytest.raises(Exception, match="NOT NULL"):
        archive.file(capture, broken, of)
    assert content(archive) == before
    assert warc.stat().st_size == size
    assert archive.memory("songlam").seen == memory
    assert archive.file(capture, refined, of).outcome is Outcome.NEW


def test_a_page_with_more_chrome_than_any_page_has_is_bounded(archive):
    filed = archive.file(*page(TITLE, BODY, chrome=[f"Mục {n}" for n in range(6000)]))
    assert len(list(removed.blocks(removed.stored(archive.connection, filed.article_id)))) == 5000


def test_a_source_that_was_not_synced_is_an_error_and_no_orphan(archive, tmp_path):
    stranger = SONGLAM.model_copy(update={"id": "khong-co"})
    capture, refined, _ = page(TITLE, BODY)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        archive.file(capture, refined, stranger)
    assert THANHMY.id in [name for (name,) in rows(archive, "SELECT id FROM sources")]
    assert rows(archive, "SELECT count(*) FROM captures") == [(0,)]


def test_labels_other_than_chrome_are_not_removed_blocks(archive):
    capture, refined, of = page(TITLE, BODY, chrome=["Menu"])
    assert Label.TITLE in {block.label for block in refined.blocks}
    archive.file(capture, refined, of)
    assert rows(archive, "SELECT text, reason, signal FROM removed") == [("Menu", "lexicon: menu", "lexicon")]


def test_the_search_index_is_merged_article_by_article(tmp_path):
    with opened(tmp_path) as archive:
        for number in range(40):
            archive.file(*page(f"Tin {number}", f"Bài số {number} nói về việc {number * 7}."))
        (segments,) = archive.connection.execute("SELECT count(DISTINCT segid) FROM articles_fts_idx").fetchone()
        assert segments < 16
        assert archive.search("việc 91").hits[0].title.text == "Tin 13"
