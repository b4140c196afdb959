"""The ways of the readers through the site, in a real Chromium."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.archive.altered import COPIES, MEETING
from tests.archive.conftest import get, rows, serving
from worker.store import Archive

pytestmark = pytest.mark.browser

SONG_HONG = "Cụm thi đua Hội Liên hiệp phụ nữ các tỉnh đồng bằng sông Hồng tổ chức tổng kết hoạt động cụm năm 2022"

PAGES = [
    "/",
    "/search?q=me+do+dau",
    "/search?q=nothing-of-the-kind",
    "/news/article/2",
    "/news/article/2/revision/1",
    "/news/article/2/beside/3",
    "/indicators?map=63",
    "/offices",
    "/programmes",
    "/documents",
    "/named/1",
    "/conflicts",
    "/sources",
    "/schema",
    "/news",
    "/news/articles",  # closed
    "/news/every_article?source=&year=&after=&many=",
    "/news/captures/1",
    "/news/facts?kind=money",
    "/news/facts/1",
    "/news/side_by_side?first=&second=&province=&year=",
    "/news/money?province=&year=",
    "/nowhere",
]


def article(archive: Path, words: str) -> int:
    ((number,),) = rows(archive, f"SELECT id FROM articles WHERE title LIKE '%{words}%'")
    assert isinstance(number, int)
    return number


def test_an_article_is_found_without_typing_a_mark(site: str, page: Page):
    page.goto(site)
    page.get_by_role("searchbox").fill("dong bang song hong")
    page.get_by_role("button", name="Tìm").click()
    first = page.locator("ol.results li").first
    expect(first.get_by_role("heading")).to_have_text(SONG_HONG)
    found = [text.lower() for text in first.locator("h2 mark").all_inner_texts()]
    assert found[:4] == ["đồng", "bằng", "sông", "hồng"]
    first.get_by_role("link", name=SONG_HONG).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SONG_HONG)
    expect(page.locator(".dateline time")).to_have_text("Thứ Hai, 21/11/2022")
    expect(page.locator(".dateline .by")).to_contain_text("Nguyễn Hồng")
    expect(page.locator("article .body")).to_contain_text("3.037 cháu với số tiền gần 16,5 tỷ đồng")
    expect(page.locator("article .captions")).to_contain_text("Toàn cảnh hội nghị")
    expect(page.locator("article")).not_to_contain_text("Số lượt truy cập")


def test_filters_narrow_a_search_and_show_what_they_would_leave(site: str, page: Page):
    page.goto(f"{site}/search?q=hoi")
    expect(page.get_by_role("status")).to_contain_text("5 bài")
    year = page.locator(".facet", has_text="Năm đăng").get_by_role("listitem").filter(has_text="2022")
    expect(year).to_contain_text("1")
    year.get_by_role("link").click()
    expect(page.get_by_role("status")).to_contain_text("1 bài")
    expect(page).to_have_url(re.compile(r"q=hoi&year=2022"))
    page.locator(".facet .selected").get_by_role("link", name="2022").click()
    expect(page.get_by_role("status")).to_contain_text("5 bài")


def test_where_copies_are_folded_the_number_above_the_list_says_so(altered: str, site: str, page: Page):
    page.goto(f"{altered}/search?q=hoi")
    expect(page.locator("ol.results li")).to_have_count(4)
    expect(page.get_by_role("status")).to_contain_text("5 bài gộp bài trùng còn 4")
    page.goto(f"{site}/search?q=hoi")
    expect(page.get_by_role("status")).not_to_contain_text("gộp")


def test_a_fact_shows_its_value_on_hover_and_by_keyboard(site: str, page: Page, offline_archive: Path):
    page.goto(f"{site}/news/article/{article(offline_archive, 'sông Hồng')}")
    mark = page.locator("mark.fact-money", has_text="gần 16,5 tỷ đồng").first
    shown = "element => getComputedStyle(element, '::after').display"
    assert mark.evaluate(shown) == "none"
    mark.hover()
    assert mark.evaluate(shown) == "block"
    assert mark.evaluate("element => getComputedStyle(element, '::after').content") == '"Số tiền: gần 16,5 tỷ đồng"'
    page.mouse.move(0, 0)
    page.get_by_role("link", name="Đọc bản gốc").focus()
    for _ in range(200):
        page.keyboard.press("Tab")
        if mark.evaluate("element => element === document.activeElement"):
            break
    assert mark.evaluate(shown) == "block"
    described = page.locator(f"#{(mark.get_attribute('aria-describedby') or '').split()[0]}")
    expect(described).to_have_text("gần 16,5 tỷ đồng")


def test_the_table_of_facts_leads_to_the_place_in_the_text(site: str, page: Page, offline_archive: Path):
    page.goto(f"{site}/news/article/{article(offline_archive, 'sông Hồng')}")
    row = page.locator("table.facts tr", has_text="gần 16,5 tỷ đồng")
    row.get_by_role("link", name="gần 16,5 tỷ đồng").click()
    expect(page.locator("mark:target")).to_have_text("gần 16,5 tỷ đồng")
    expect(page.locator("mark:target")).to_be_in_viewport()


def test_every_public_fact_of_an_article_is_marked_where_it_stands(site: str, page: Page, offline_archive: Path):
    for number in range(1, 6):
        page.goto(f"{site}/news/article/{number}")
        marks = dict(page.locator("mark.fact[id]").evaluate_all("all => all.map(one => [one.id, one.textContent])"))
        facts = rows(
            offline_archive,
            f"SELECT min(id), text FROM facts WHERE article = {number}"
            " AND text NOT LIKE '%Siu Ajuih%' GROUP BY part, start, \"end\"",
        )
        assert facts
        for fact, text in facts:
            mark = marks.get(f"f{fact}")
            assert mark, f"fact {fact} of article {number} is not marked: {text}"
            assert str(text).startswith(mark), "a mark holds its fact's words, or those before another mark's end"


def test_every_fact_has_its_place_even_where_another_stands(site: str, page: Page, offline_archive: Path):
    (article, first, other), *_ = rows(
        offline_archive,
        'SELECT article, min(id), max(id) FROM facts GROUP BY article, part, start, "end" HAVING count(*) > 1',
    )
    page.goto(f"{site}/news/article/{article}#f{first}")
    words = page.locator("mark:target").inner_text()
    page.goto(f"{site}/news/article/{article}#f{other}")
    mark = page.locator(f"mark:has(> #f{other})")
    expect(mark).to_have_text(words)
    expect(mark).to_be_in_viewport()
    assert mark.evaluate("one => getComputedStyle(one).outlineStyle") == "solid", "as one that a link leads to"


def test_a_kind_of_fact_can_be_switched_off(site: str, page: Page):
    page.goto(f"{site}/news/article/2")
    place = page.locator(".body mark.fact-place").first
    colour = "element => getComputedStyle(element).borderBottomColor"
    assert place.evaluate(colour) != "rgba(0, 0, 0, 0)"
    page.get_by_role("checkbox", name="Nơi").uncheck()
    assert place.evaluate(colour) == "rgba(0, 0, 0, 0)"


def test_what_was_removed_is_shown_with_its_reason(site: str, page: Page, offline_archive: Path):
    page.goto(f"{site}/news/article/{article(offline_archive, 'sông Hồng')}")
    page.locator("#removed summary").click()
    counter = page.locator("table.removed tr", has_text="Số lượt truy cập : 4238431")
    expect(counter).to_be_visible()
    assert counter.locator("td").nth(1).inner_text().strip()


def test_the_page_as_captured_is_given_out_as_plain_text(site: str, page: Page, offline_archive: Path):
    page.goto(f"{site}/news/article/{article(offline_archive, 'sông Hồng')}")
    (digest,) = page.locator("#capture dd", has_text="sha256:").all_inner_texts()
    address = page.get_by_role("link", name="Xem nguyên văn").get_attribute("href")
    answer = httpx.get(f"{site}{address}", timeout=60)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "sandbox" in answer.headers["content-security-policy"]
    import hashlib

    assert f"sha256:{hashlib.sha256(answer.content).hexdigest()}" == digest.strip()


def test_copies_and_earlier_texts_are_shown_with_what_changed(altered: str, page: Page):
    page.goto(f"{altered}/news/article/2")
    expect(page.locator("#copies li")).to_contain_text("giống 91%")
    page.locator("#revisions").get_by_role("link").click()
    expect(page.locator("p.changed del")).to_have_text("3.000")
    expect(page.locator("p.changed ins")).to_have_text("3.037")
    expect(page.locator("p.changed")).to_have_count(1)
    page.goto(f"{altered}/news/article/2")
    copy = page.locator("#copies li")
    expect(copy).to_contain_text("chép từ bài này")
    copy.get_by_role("link", name="Khác nhau chỗ nào").click()
    both = page.locator(".provenance a").evaluate_all("all => all.map(one => one.pathname)")
    assert both == ["/news/article/2", "/news/article/3"]
    expect(page.locator("h1 del").first).to_be_visible()
    assert httpx.get(f"{altered}/news/article/2/beside/4", timeout=60).status_code == 404  # no copy of it
    page.goto(f"{altered}/news/copies?source=")
    expect(page.locator("table.rows tbody tr")).to_have_count(1)
    expect(page.locator("table.rows tbody tr")).to_contain_text("0,91")


def test_copies_without_any_difference_say_so(changed: Callable[..., Path], tmp_path: Path):
    same = "(title, body) = (SELECT title, body FROM articles WHERE id = 2)"
    archive = changed(*COPIES, f"UPDATE articles SET {same} WHERE id = 3")
    with serving(archive, log=tmp_path / "log") as address:
        page = get(f"{address}/news/article/2/beside/3")
        assert "Tiêu đề và thân bài giống nhau từng chữ." in page
        assert "thêm vào" not in page, "there is nothing that it would explain"


def test_what_is_wrong_with_a_source_is_said_beside_it(altered: str, page: Page):
    page.goto(f"{altered}/sources")
    silent = page.locator("table.sources tr#hoilhpn-phuyen")
    expect(silent.locator(".alarm")).to_contain_text("Im lặng lâu bất thường")
    expect(silent.locator(".alarm")).to_contain_text("Đã lâu hơn thường lệ không có bài mới.")
    expect(silent.locator(".alarm")).to_contain_text("nothing new for 40 days")
    over = page.locator("table", has_text="9 of the newest 10 articles have no date")
    expect(over).to_contain_text("Không đọc được ngày đăng")
    expect(page.get_by_role("button", name="Thu ngay")).to_have_count(0)


def test_a_source_that_fails_stands_first_with_its_error(altered: str, page: Page):
    page.goto(f"{altered}/sources")
    first = page.locator("table.sources tbody tr").first
    expect(first).to_contain_text("đang lỗi")
    expect(first).to_contain_text("từ 18/11/2026, 09:00")
    expect(first).to_contain_text("Chứng chỉ của trang đã hết hạn")


def test_figures_of_an_indicator_lead_to_their_sentence(altered: str, page: Page):
    page.goto(f"{altered}/indicators?indicator=tre_mo_coi")
    row = page.locator("table.figures tr", has_text="3.037")
    expect(row).to_contain_text("Hưng Yên")
    row.get_by_role("link").click()
    expect(page.locator("mark:target")).to_contain_text("3.037")
    table = get(f"{altered}/indicators.csv?indicator=tre_mo_coi&province=33&year=2022")
    (one,) = [row for row in csv.DictReader(table.lstrip("\ufeff").splitlines()) if row["number"] == "3037"]
    assert (one["province"], one["year"]) == ("Hưng Yên", "2022")
    assert one["org"] == "Cụm thi đua Hội LHPN các tỉnh đồng bằng sông Hồng"
    page.goto(one["sentence"])
    expect(page.locator("mark:target")).to_contain_text("3.037")


@pytest.mark.parametrize("path", ["/", "/indicators", "/indicators.csv", "/conflicts"])
def test_an_indicator_that_nobody_tells_of_is_not_answered_with_another(site: str, path: str):
    answer = httpx.get(f"{site}{path}?indicator=nothing", timeout=60)
    assert answer.status_code == 404
    assert "Trong kho không có con số nào của chỉ số nothing." in answer.text


@pytest.mark.parametrize("year", ["2022x", "2022.0", "%202022"])
def test_what_is_no_year_has_no_figures(altered: str, year: str):
    asked = f"indicator=tre_mo_coi&year={year}"
    assert "Không có hàng nào" in get(f"{altered}/indicators?{asked}")
    assert len(get(f"{altered}/indicators.csv?{asked}").splitlines()) == 1, "its header alone"


@pytest.mark.parametrize(
    "asked", ["year=abc", "year=99999", "year=２０２３", "source=nothing", "province=nowhere", "kind=nothing"]
)
def test_a_filter_that_no_article_passes_leaves_none(site: str, page: Page, asked: str):
    page.goto(f"{site}/search?q=hoi&{asked}")
    expect(page.get_by_role("status")).to_contain_text("0 bài")
    expect(page.locator("ol.results li")).to_have_count(0)
    assert get(f"{site}/news/search.json?q=hoi&_shape=array&{asked}") == "[]"
    page.locator(".facet .selected a").click()
    expect(page.get_by_role("status")).to_contain_text("5 bài")


def test_the_map_is_switched_and_its_numbers_lead_to_their_sentences(site: str, page: Page):
    page.goto(f"{site}/indicators")
    expect(page.locator(".map path")).to_have_count(34)
    page.get_by_role("link", name="63 tỉnh").click()
    expect(page.locator(".map path")).to_have_count(63)
    known = page.locator(".map path:not(.shade-0) title")
    assert known.count() > 0
    page.locator(".all-provinces summary").click()
    province, figure = page.locator("table.map-rows tbody tr").first.locator("th, td").all_inner_texts()
    assert f"{province}: {figure}" in known.all_text_contents()
    page.locator("table.map-rows tbody a").first.click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    expect(page.locator("mark:target")).to_contain_text(figure.split(" ")[-1])


def test_offices_are_found_without_marks_body_by_body(site: str, page: Page):
    page.goto(f"{site}/offices")
    page.get_by_role("searchbox", name="tên, chức vụ").fill("tran lan phuong")
    page.locator("main").get_by_role("button", name="Tìm").click()
    expect(page.locator("table.named")).to_contain_text("Hội LHPN Việt Nam")
    row = page.locator("table.named tr", has_text="Trần Lan Phương").first
    expect(row).to_contain_text("Phó chủ tịch")
    expect(page.locator("table.named")).not_to_contain_text("Hà Thị Nga")


def test_what_articles_tell_differently_stands_side_by_side(altered: str, altered_archive: Path, page: Page):
    told = "SELECT kind, name, tellings, articles, least, most FROM conflicts ORDER BY kind"
    assert rows(altered_archive, told) == [
        ("event", MEETING, 2, 2, "2023-11-15", "2023-11-16"),
        ("indicator", "members_total", 2, 2, "3000.0", "3037.0"),
    ]
    page.goto(f"{altered}/conflicts")
    meeting, members = (page.locator(".conflict", has_text=words) for words in (MEETING, "Tổng số hội viên"))
    expect(meeting.locator("h2")).to_contain_text("Hưng Yên, 2023")
    expect(meeting.locator(".tellings li > b")).to_contain_text(["15/11/2023", "16/11/2023"])
    expect(members.locator("h2")).to_contain_text("Bà Rịa - Vũng Tàu, 2020")
    expect(members.locator(".tellings li > b")).to_have_text(["3.000 người", "3.037 người"])
    members.locator(".tellings a").first.click()
    expect(page.locator("mark:target")).to_be_in_viewport()


def test_programmes_and_documents_lead_to_every_passage_that_names_them(site: str, page: Page):
    page.goto(f"{site}/programmes")
    page.get_by_role("searchbox", name="tên chương trình").fill("me do dau")
    page.locator("main").get_by_role("button", name="Tìm").click()
    expect(page.locator("table.named tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Mẹ đỡ đầu", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mẹ đỡ đầu")
    passage = page.locator(".passages a", has_text="Mẹ đỡ đầu").first
    passage.click()
    expect(page.locator("mark:target")).to_contain_text("Mẹ đỡ đầu")
    page.goto(f"{site}/documents?q=23-ct/tw")
    expect(page.locator("table.named tbody")).to_contain_text("Chỉ thị 23-CT/TW")
    assert "23-CT/TW" in get(f"{site}/documents.csv?q=chi+thi")


def test_a_copy_is_no_second_telling(altered_archive: Path, offline_archive: Path):
    figures = "SELECT count(*) > 0 FROM indicators WHERE article = 3"
    offices = "SELECT count(*) > 0 FROM offices WHERE first_article = 3"
    for telling in (figures, offices):
        assert rows(offline_archive, telling) == [(1,)]
        assert rows(altered_archive, telling) == [(0,)]


def test_the_language_is_switched_by_a_link_and_stays(site: str, page: Page):
    page.goto(f"{site}/search?q=hoi")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{site}/search?q=hoi")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"{site}/news/article/2")
    expect(page.locator(".dateline time")).to_have_text("Monday 21 November 2022")
    page.goto(f"{site}/news/facts")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Facts")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dữ kiện")


@pytest.mark.parametrize("kind", ["", "person", "money"])
def test_the_table_of_facts_says_how_many_there_are(altered: str, altered_archive: Path, kind: str):
    public = "id NOT IN (SELECT fact FROM private_facts)"
    condition = f"{public} AND kind = '{kind}'" if kind else public
    ((count,),) = rows(altered_archive, f"SELECT count(*) FROM facts WHERE {condition}")
    asked = f"?kind={kind}" if kind else ""
    assert f"<strong>{count:,} hàng khớp</strong>".replace(",", ".") in get(f"{altered}/news/facts{asked}")
    assert "hàng khớp" not in get(f"{altered}/news/facts?kind=person&province=77"), "which nobody has counted"


def test_the_front_page_counts_the_facts_that_its_reader_may_see(altered: str, altered_archive: Path, operator: str):
    sql = "SELECT count(*), count(*) FILTER (WHERE id IN (SELECT fact FROM private_facts)) FROM facts"
    ((facts, private),) = rows(altered_archive, sql)
    assert private
    assert f"với {facts - private:,} dữ kiện".replace(",", ".") in get(f"{altered}/")
    seen = httpx.get(f"{altered}/", cookies={"ds_actor": operator}, timeout=60).text
    assert f"với {facts:,} dữ kiện".replace(",", ".") in seen


def test_money_by_province_and_year_leads_to_its_facts(site: str, page: Page, offline_archive: Path):
    page.goto(f"{site}/news/money?province=&year=2023")
    known = rows(offline_archive, "SELECT count(*) FROM facts WHERE kind = 'money' AND year = 2023")
    if known == [(0,)]:
        pytest.skip("no amount of the seeds has its year yet")
    page.locator("table.rows a.go").first.click()
    expect(page.locator("table.rows tbody tr").first).to_contain_text("money")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_and_fits_a_telephone_and_axe_finds_nothing_wrong(altered: str, browser: Browser, path: str):
    """In Vietnamese in the light, in English in the dark."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, is_mobile=True, reduced_motion="reduce")
    page = context.new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    for language, scheme in (("vi", "light"), ("en", "dark")):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{altered}{path}{'&' if '?' in path else '?'}_lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        results = Axe().run(page, options={"resultTypes": ["violations"]})
        assert results.violations_count == 0, results.generate_report()
        assert 1000 < sum(sizes) < 100_000
        sizes.clear()
    context.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site on an archive in which nothing is yet."""
    archive = tmp_path_factory.mktemp("empty")
    Archive.open(archive, write=True).close()
    with serving(archive, log=archive / "log") as address:
        yield address


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/", "worker crawl --offline"),
        ("/search", "worker crawl --offline"),
        ("/search?q=hoi", "Thử bớt chữ"),
        ("/indicators", "Chưa đọc được chỉ số nào"),
        ("/offices", "Chưa đọc được mục nào"),
        ("/conflicts", "Không có hai bài nào"),
        ("/sources", "sources.yaml"),
        ("/news/facts", "Không có hàng nào"),
    ],
)
def test_an_empty_archive_says_what_to_do(empty: str, path: str, sentence: str):
    assert sentence in get(empty + path)


@pytest.mark.parametrize("path", ["/", "/search?q=me+do+dau", "/news/article/2", "/sources", "/news/facts"])
def test_the_site_works_without_scripts(site: str, browser: Browser, path: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    response = page.goto(site + path)
    assert response is not None
    assert response.status == 200
    expect(page.get_by_role("main")).to_be_visible()
    context.close()
