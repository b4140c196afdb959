"""Pages whose markup names little: the headline, its date and what opens the text are found by how they stand."""

from datetime import UTC, datetime

import pytest

from worker.clean import clean
from worker.models import Article, Capture, Memory

PARAGRAPHS = (
    "Sáng 14/3, Hội Liên hiệp Phụ nữ huyện tổ chức lễ phát động Tháng hành động với hơn 250 cán bộ, hội viên tham gia.",
    "Trong năm qua, các cấp Hội đã vận động được 1,2 tỷ đồng, trao 350 suất quà và xây mới 12 mái ấm tình thương.",
    "Thời gian tới, Hội tiếp tục phối hợp với các ngành tuyên truyền, vận động hội viên phát triển kinh tế tập thể.",
)
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
TITLE = "Phát động Tháng hành động vì phụ nữ và trẻ em"
FETCHED = datetime(2026, 11, 22, 5, tzinfo=UTC)


def article(page: str, url: str = "https://hoi.example/tin/812") -> Article:
    headers = (("content-type", "text/html; charset=utf-8"),)
    capture = Capture(url=url, fetched_at=FETCHED, status=200, body=page.encode(), headers=headers)
    found = clean(capture, None, Memory()).article
    assert found is not None
    return found


@pytest.mark.parametrize(
    "above",
    [
        f"<h2>{TITLE}</h2><div>15/03/2024</div>",
        f'<div class="tieude">{TITLE}</div><div>Ngày đăng: 15/03/2024 10:20 - Lượt xem: 412</div>',
        f"<font color=red><b>{TITLE}</b></font><br><font size=1>Cập nhật: 15/03/2024 - 10:12</font>",
        f"<span>{TITLE}</span><br><span>(Đăng ngày: 15/03/2024, 14:02 | Người đăng: Quản trị | Lượt xem: 512)</span>",
        f"<h3>{TITLE}</h3><div>Đăng lúc: 15/03/2024 06:00 | Chuyên mục: Tin tức</div>",
    ],
)
def test_a_page_that_names_no_title_is_called_by_what_stands_above_its_text(above: str) -> None:
    clock = "<div>Chủ nhật, ngày 22 tháng 11 năm 2026</div>"
    page = f"<html lang=vi><title>Tin tức - Chi tiết</title><body>{clock}<div>{above}<div>{BODY}</div></div>"

    found = article(page)

    assert found.title == TITLE
    assert (found.published or "")[:10] == "2024-03-15"


def test_an_h1_that_leads_home_is_the_banner_of_its_site() -> None:
    page = (
        f"<html lang=vi><title>Hội phụ nữ xã: {TITLE}</title><body><h1><a href='/'>Hội phụ nữ xã</a></h1>"
        f"<div><h2>Thứ Sáu, 15 tháng 3, 2024</h2><h3>{TITLE}</h3><div>{BODY}</div></div>"
        "<div class=comments><p>Nặc danh 08:30 16 tháng 3, 2024</p></div>"
    )

    found = article(page)

    assert found.title == TITLE
    assert (found.published or "")[:10] == "2024-03-15"


@pytest.mark.parametrize(
    "lead", ["<div><b>{}</b></div>", "<div class=fw-bold>{}</div>", "<div><strong>{}</strong></div>"]
)
def test_the_paragraph_right_below_the_dateline_opens_the_text_whatever_it_is_called(lead: str) -> None:
    opening = "Hơn 250 cán bộ, hội viên dự lễ phát động do Hội Liên hiệp Phụ nữ huyện tổ chức sáng nay."
    page = (
        f"<html lang=vi><title>{TITLE}</title><body><div><h1>{TITLE}</h1><div>08:12 | 15/03/2024</div>"
        f"{lead.format(opening)}<div>{BODY}</div></div>"
    )

    assert article(page).body.splitlines()[0] == opening


def test_the_icon_of_a_clock_beside_a_date_is_no_clock() -> None:
    dated = '<div><span><i class="fa fa-clock-o"></i> Thứ sáu - 15/03/2024 08:12</span> <span>Phản hồi: 0</span></div>'
    others = "<ul><li><a href=/1>Tin khác của Hội</a> <em>(10/03/2024)</em></li></ul>"
    page = f"<html lang=vi><title>{TITLE}</title><body><div><h1>{TITLE}</h1>{dated}{BODY}{others}</div>"

    assert article(page).published == "2024-03-15T08:12+07:00"


@pytest.mark.parametrize(
    ("lang", "dated", "day"),
    [
        ("en", "<span>Updated - April 06, 2024</span> <span>Published - April 05, 2024</span>", "2024-04-05"),
        ("en", "<span>Updated: April 6, 2024</span></div><div><span>April 5, 2024</span>", "2024-04-05"),
        ("fr", "<span>Mis à jour le 30/11/2023</span></div><div><span>Publié le 29/11/2023</span>", "2023-11-29"),
        ("de", "<span>Aktualisiert: 12.09.2023</span>", "2023-09-12"),
        ("nl", "<span>Bijgewerkt: 18 januari 2023 08:02</span><span>17 januari 2023 14:30</span>", "2023-01-17"),
        ("th", "<span>12 ต.ค. 2566 10:35 น.</span>", "2023-10-12"),
        ("vi", "<span>Đăng bởi admin lúc T6, 30/06/2023 - 16:02</span>", "2023-06-30"),
        ("", "<span>Submitted by jkim on Tue, 02/11/2014 - 10:24</span>", "2014-02-11"),
        ("vi", "<span>Báo Phụ nữ</span> • <span>2 giờ trước</span>", "2026-11-22"),
        ("vi", "<span>3 ngày trước</span>", "2026-11-19"),
        ("en", "<span>2 days ago</span>", "2026-11-20"),
    ],
)
def test_the_date_beside_a_headline_is_that_of_publication(lang: str, dated: str, day: str) -> None:
    text = "<p>The council of the town voted on Tuesday to build the bridge that its residents have asked for.</p>" * 2
    page = f"<html lang='{lang}'><title>A bridge</title><body><h1>A bridge for the town</h1><div>{dated}</div>{text}"

    assert (article(page).published or "")[:10] == day


def test_a_moment_is_of_the_day_that_the_paper_s_own_clock_shows() -> None:
    head = '<meta property="article:published_time" content="2022-11-09T02:10:00+00:00">'
    text = "<p>Officials expected more voters than in the last election, said the clerk of the county on Tuesday.</p>"
    page = (
        f"<html lang=en><title>Election night</title>{head}<body><h1>Election night</h1>"
        f'<time datetime="2022-11-08T20:10:00-06:00">November 8, 2022</time>{text}'
    )

    assert article(page).published == "2022-11-08T20:10-06:00"


def test_a_layout_table_has_lines_and_a_table_of_data_has_rows() -> None:
    page = (
        f"<html lang=vi><title>{TITLE}</title><body><table><tr><td><b>{TITLE}</b></td></tr>"
        f"<tr><td>{PARAGRAPHS[0]}<br>{PARAGRAPHS[1]}<table><tr><td>Giải<br>thưởng</td><td>Đơn vị</td></tr>"
        f"<tr><td>Nhất</td><td>Hội Phụ nữ xã</td></tr><tr><td>Nhì</td><td>Hội Phụ nữ phường</td></tr></table>"
        f"{PARAGRAPHS[2]}</td></tr></table>"
    )

    rows = ["Giải thưởng | Đơn vị", "Nhất | Hội Phụ nữ xã", "Nhì | Hội Phụ nữ phường"]
    assert article(page).body.splitlines() == [*PARAGRAPHS[:2], *rows, PARAGRAPHS[2]]


def test_a_poem_is_an_article() -> None:
    verses = (
        "Con về thăm mẹ chiều nay",
        "Đồng làng lúa chín vàng bay",
        "Mẹ ngồi bên giậu mồng tơi",
        "Nón che trời tuổi thơ",
    )
    others = (
        "Tóc mẹ bạc tự bao giờ",
        "Bàn tay gầy guộc còn chờ con thơ",
        "Chén cơm mẹ xới ngày xưa",
        "Thơm mùi rơm rạ",
    )
    page = (
        "<html lang=vi><title>Mẹ ơi, mùa lúa chín</title><body><div><a href=/1>Thơ</a> <a href=/2>Truyện ngắn</a></div>"
        f"<div><h1>Mẹ ơi, mùa lúa chín</h1><div>20/10/2023</div>"
        f"<div><p>{'<br>'.join(verses)}</p><p>{'<br>'.join(others)}</p></div></div>"
        "<ul><li><a href=/3>Chiều quê</a></li><li><a href=/4>Lời ru của mẹ</a></li></ul>"
    )

    assert article(page).body.splitlines() == [*verses, *others]


def test_a_short_item_is_not_outweighed_by_the_teasers_below_it() -> None:
    teaser = (
        "<article><h3><a href=/n>A headline of another story</a></h3>"
        "<p>The move came after weeks of public meetings in which parents and teachers spoke.</p></article>"
    )
    page = (
        "<html lang=en><title>Road closed this weekend</title><body><article><h1>Road closed this weekend</h1>"
        "<p>Route 9 will be closed between Oak and Elm on Saturday.</p><p>Drivers should use Route 12.</p></article>"
        f"<section>{teaser * 5}</section>"
    )

    assert article(page).body.splitlines() == [
        "Route 9 will be closed between Oak and Elm on Saturday.",
        "Drivers should use Route 12.",
    ]


@pytest.mark.parametrize("heading", ["I. KẾT QUẢ NỔI BẬT", "III. NHIỆM VỤ TRỌNG TÂM"])
def test_a_numbered_heading_in_capitals_is_no_name(heading: str) -> None:
    page = (
        f"<html lang=vi><title>{TITLE}</title><body><div><h1>{TITLE}</h1><div>{PARAGRAPHS[0]}</div>"
        f"<p><b>{heading}</b></p>{BODY}</div>"
    )

    assert heading in article(page).body.splitlines()


def test_the_boxes_in_a_body_that_is_known_must_hold_their_own() -> None:
    newsletter = "<div class=newsletter-signup><h4>Bản tin sáng</h4><p>Đăng ký để nhận tin mỗi sáng.</p></div>"
    related = "<article><h3><a href=/1>Tập huấn kỹ năng khởi nghiệp cho 120 hội viên phụ nữ</a></h3></article>"
    page = (
        f'<html lang=vi><title>{TITLE}</title><body class="single"><h1 class="entry-title">{TITLE}</h1>'
        f'<div class="entry-content"><p>{PARAGRAPHS[0]}</p>{newsletter}<p>{PARAGRAPHS[1]}</p>{related}'
        f"<p>{PARAGRAPHS[2]}</p></div>"
    )

    assert article(page).body.splitlines() == list(PARAGRAPHS)


def test_paragraphs_for_subscribers_only_are_of_the_article() -> None:
    paid = "".join(f"<div class='subscriber-only'><p>{text}</p></div>" for text in PARAGRAPHS[1:])
    page = (
        f"<html lang=vi><title>{TITLE}</title><body><h1>{TITLE}</h1><div class='asset-body'>"
        f"<div class='subscriber-preview'><p>{PARAGRAPHS[0]}</p></div>{paid}</div>"
    )

    assert article(page).body.splitlines() == list(PARAGRAPHS)
