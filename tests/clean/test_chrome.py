"""What the memory of a source says of a page's blocks, and of the page."""

from datetime import UTC, datetime

import pytest

from tests.web.reading import remember
from worker.clean import clean
from worker.clean.chrome import COMMON, KNOWN, NEW, REPEATED, TEASED, UNTOLD, standings
from worker.models import Capture, Memory, Sighting, text_digest

MENU = "Trang chủ"
SENTENCE = "Sáng 8/8, Hội LHPN xã Tân Lập trao {} suất quà cho hội viên có hoàn cảnh khó khăn tại nhà văn hóa."


def standing(pages, sighting, text="Lượt truy cập: 1.204"):
    """How a block stands that is on a page beside the site's menu."""
    seen = {text_digest(MENU): Sighting(pages, 0)} | ({text_digest(text): Sighting(*sighting)} if sighting else {})
    return standings(Memory(pages=pages, seen=seen), [text, MENU])[:1]


def test_without_memory_nothing_is_said():
    assert standings(Memory(), ["Trang chủ"]) == []


@pytest.mark.parametrize(
    ("pages", "sighting", "expected"),
    [
        (1, None, UNTOLD),  # too few pages for "new" to mean anything
        (2, None, UNTOLD),
        (3, None, NEW),
        (5, (2, 0), TEASED),
        (5, (2, 1), KNOWN),
        (5, (5, 0), COMMON),
        (5, (5, 1), COMMON),
        (5, (5, 5), REPEATED),
        (20, (12, 9), REPEATED),
        (20, (11, 9), KNOWN),
    ],
)
def test_a_block_stands_by_how_many_pages_had_it_and_where(pages, sighting, expected):
    assert standing(pages, sighting) == [expected]


def test_a_counter_that_changes_at_every_hit_is_the_same_block():
    memory = Memory(pages=4, seen={text_digest("Lượt truy cập: 1.204"): Sighting(4, 0)})
    assert standings(memory, ["LƯỢT TRUY CẬP: 98.765"]) == [COMMON]


def test_where_a_site_was_built_anew_it_says_nothing_that_a_block_is_new():
    memory = Memory(pages=500, seen={text_digest(MENU): Sighting(500, 0)})
    assert standings(memory, [MENU, *(f"Mục {'i' * n}" for n in range(20))]) == [COMMON] + [UNTOLD] * 20


def test_the_only_page_of_its_site_teaches_nothing_of_itself():
    memory = Memory(pages=1, seen={text_digest(MENU): Sighting(1, 0), text_digest(SENTENCE): Sighting(1, 1)})
    assert standings(memory, [MENU, SENTENCE, "Lượt xem: ba"]) == []
    assert standings(memory, [MENU, SENTENCE, SENTENCE.replace("xã", "huyện") * 2]) == [TEASED, KNOWN, UNTOLD]


# --- a page read in the light of other pages --------------------------------------------------------------------------


def read(html, memory=None):
    headers = (("content-type", "text/html; charset=utf-8"),)
    capture = Capture(
        url="https://hoi.example.vn/tin-1.html",
        fetched_at=datetime(2024, 11, 22, tzinfo=UTC),
        status=200,
        body=html.encode(),
        headers=headers,
    )
    return clean(capture, None, memory or Memory())


def page(title, headline, name, more=""):
    text = "".join(f"<p>{SENTENCE.format(name * n)}</p>" for n in range(1, 6))
    return (
        f'<html lang="vi"><head><title>{title}</title>{more}</head><body><ul><li><a href="/">{MENU}</a></ul>'
        f"{headline}<div>{text}</div><p>Điện thoại: 0206.385.2204</p><p>Thường trực Hội LHPN xã</p></body></html>"
    )


STATED = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Hội Phụ nữ xã Tân Lập trao quà",'
    '"datePublished":"2024-08-09T07:05:00+07:00"}</script>'
)
META = '<meta property="article:published_time" content="2024-08-09T07:05:00+07:00">'
REWORDED = "<h1>Ấm lòng những suất quà đầu thu</h1>"


@pytest.mark.parametrize("others", [1, 2, 5])
def test_a_title_that_the_headline_words_otherwise_and_its_date_are_believed_whatever_other_pages_have(others):
    html = page("Hội Phụ nữ xã Tân Lập trao quà", REWORDED, "x", STATED)
    earlier = [read(page("Tin", f"<h1>{'Bài ' * n}</h1>", "yz"[n % 2] * n)) for n in range(1, others + 1)]
    seen, unseen = read(html, remember(earlier)).article, read(html).article
    assert unseen.published == "2024-08-09T07:05+07:00"
    assert (seen.title, seen.published) == (unseen.title, unseen.published)
    assert seen.body == unseen.body


@pytest.mark.parametrize("others", [1, 2])
def test_of_a_site_with_few_pages_a_block_is_not_taken_into_the_text_for_being_new(others):
    chrome = "".join(f"<p>Số {'v' * n}</p>" for n in range(1, 30))
    html = page("Tin", "<h1>Trao quà</h1>", "x").replace("<p>Điện thoại", f"{chrome}<p>Điện thoại")
    earlier = [read(page("Tin", f"<h1>{'Bài ' * n}</h1>", "y" * n)) for n in range(1, others + 1)]
    assert read(html, remember(earlier)).article.body == read(html).article.body


@pytest.mark.parametrize(("markup", "published"), [("", None), (META, "2024-08-09T07:05+07:00")])
def test_a_headline_that_stands_on_every_page_is_the_site_and_its_date_no_date_unless_the_markup_says_so(
    markup, published
):
    def shown(headline, name):
        return page(
            "Cổng thông tin",
            "<div><h1>Cổng thông tin</h1><span>Thứ sáu, 22/11/2024</span></div>"
            f"{'<p>Liên kết</p>' * 20}<h2>{headline}</h2>",
            name,
            markup,
        )

    memory = remember([read(shown(f"Bài viết {'i' * n}", "y" * n)) for n in range(1, 5)])
    seen = read(shown("Hội Phụ nữ xã Tân Lập trao quà", "x"), memory).article
    assert (seen.title, seen.published) == ("Hội Phụ nữ xã Tân Lập trao quà", published)


def test_where_no_markup_names_the_article_the_heading_above_its_text_does():
    def shown(headline, name):
        return page("Cổng thông tin", f"<h3>{headline}</h3>", name)

    memory = remember([read(shown(f"Bài viết {'i' * n}", "y" * n)) for n in range(1, 5)])
    assert read(shown("Trao quà", "x"), memory).article.title == "Trao quà"


def test_a_bulletin_that_is_the_same_every_day_but_for_its_numbers_keeps_them():
    told = (
        "Tính đến 18 giờ ngày {}/8, các cấp Hội trong tỉnh đã trao {}0 suất quà cho hội viên có hoàn cảnh khó khăn.",
        "Trong ngày có thêm {} xã và {} phường, với sự hỗ trợ của các nhà hảo tâm trong và ngoài tỉnh.",
        "Tổng kinh phí từ đầu đợt vận động đến nay là {}00 triệu đồng, đạt {}% kế hoạch đề ra.",
    )
    licence = "Giấy phép số 12/GP-TTĐT do Sở Thông tin và Truyền thông tỉnh cấp ngày 9 tháng 8 năm 2020."
    earlier = []
    for day in range(1, 15):
        body = [one.format(day, day + 7) for one in told]
        text = "".join(f"<p>{one}</p>" for one in body)
        chrome = "<ul><li>Trang chủ<li>Giới thiệu<li>Văn bản</ul>"
        html = f"<body>{chrome}<h1>Bản tin ngày {day}/8</h1><div>{text}</div><footer><p>{licence}</p></footer>"
        earlier.append(read(html, remember(earlier)))
        assert earlier[-1].article.body == "\n".join(body)


def test_an_appeal_right_below_every_headline_is_no_articles_lead():
    appeal = "Ứng dụng “Phụ nữ số” đã có {} lượt tải, mời hội viên, phụ nữ trong tỉnh cài đặt để nhận tin mới nhất."
    villages = ("Tân Lập", "Hòa Bình", "Bình An", "Mỹ Lộc", "Phú Xuân", "Đông Hải")

    def made(name, at):
        told = SENTENCE.format(f"{at}0").replace("Tân Lập", name)
        more = (
            f"Bà Lê Thị {name}, Chủ tịch Hội LHPN xã {name}, cảm ơn các nhà hảo tâm đã cùng Hội chăm lo cho hội viên."
        )
        text = f"<p>{appeal.format(1000 + 37 * at)}</p><p>{told}</p><p>{more}</p>"
        chrome = "<ul><li>Trang chủ<li>Giới thiệu<li>Văn bản</ul>"
        return f"<body>{chrome}<h1>Hội LHPN xã {name} tặng quà</h1><div>{text}</div>", f"{told}\n{more}"

    earlier = []
    for at, name in enumerate(villages):
        html, told = made(name, at)
        earlier.append(read(html, remember(earlier)))
        if at >= 3:
            assert earlier[-1].article.body == told
