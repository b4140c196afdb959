"""What a page's markup says of its article: title, date, authors, address. The pages are small and our own."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from worker.clean import clean, metadata
from worker.clean.profile import Profile
from worker.models import Capture, Memory

URL = "https://bao.example.vn/hoat-dong-hoi/hoi-phu-nu-xa-tan-lap-so-ket-cong-tac-123.html"
FETCHED = datetime(2024, 11, 22, 3, tzinfo=UTC)
TITLE = "Hội Phụ nữ xã Tân Lập sơ kết công tác"


def read(html, url=URL, profile=None):
    return metadata.read(LexborHTMLParser(html), url, FETCHED, profile)


def linked(**fields):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def page(h1="", og="", headline="", title="", more=""):
    return (
        f'<html lang="vi"><head><title>{title}</title><meta property="og:title" content="{og}">'
        + (linked(headline=headline) if headline else "")
        + f"</head><body>{f'<h1>{h1}</h1>' if h1 else ''}{more}</body></html>"
    )


BREADCRUMB = (
    '<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","name":'
    '"Hoạt động Hội"}]}</script><ul itemtype="https://schema.org/BreadcrumbList"><li><span itemprop="name">Hoạt động '
    "Hội</span></ul>"
)

# --- title ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        page(h1=TITLE, og=TITLE, headline=TITLE),
        page(h1=TITLE),
        page(og=TITLE),
        page(title=f"{TITLE} - Báo Phụ nữ - bao.example.vn", h1=TITLE),
        page(og=f"{TITLE} | Báo Phụ nữ", more='<meta property="og:site_name" content="Báo Phụ nữ">').replace(
            "</head>", '<meta property="og:site_name" content="Báo Phụ nữ"></head>'
        ),
        page(h1=TITLE, og=f"{TITLE} - Hoạt động Hội - Báo Phụ nữ", headline=TITLE),
        page(h1="Báo Phụ nữ</h1><h1>" + TITLE, og=TITLE),
        page(h1=TITLE + "</h1><h1>Tin mới nhất", og="Báo Phụ nữ"),
        page(h1=f"Hoạt động Hội: {TITLE}", og=TITLE),
        page(h1=TITLE, headline=TITLE, og="Những điều chưa biết ở xã Tân Lập"),
        page(h1="Ở xã Tân Lập có gì mới?", headline=TITLE, og=TITLE),
        page(title="Báo Phụ nữ", more=f"<h2>Tin mới nhất hôm nay ở đây</h2><h2>{TITLE}</h2>"),
        page(h1=f"<span>{TITLE}</span>\n <small></small>", headline=TITLE.replace("ữ", "&#7919;")),
        page(h1="", title="", og="").replace("<body>", f'<body><h3 itemprop="headline">{TITLE}</h3>'),
        page(title=f"Trang chủ » Hoạt động Hội » {TITLE}", h1=TITLE, more=BREADCRUMB),
        page(title=TITLE, more=BREADCRUMB + "<h2>Tin liên quan</h2><h2>Hội Phụ nữ xã Ea Yông ra mắt mô hình mới</h2>"),
    ],
)
def test_the_title_is_the_headline_without_the_site_and_its_sections(html):
    assert read(html).title == TITLE


def test_where_readers_see_a_reworded_headline_the_one_first_published_is_kept():
    assert read(page(h1="Bất ngờ với mô hình mới", og="Bất ngờ với mô hình mới", headline=TITLE)).title == TITLE


@pytest.mark.parametrize("html", ["", "<html>", "<p>Xin chào", page(), "<h1></h1>", "<title> - </title>"])
def test_a_page_without_a_title_has_none(html):
    assert len(read(html).title) <= 1


def test_the_selector_of_a_profile_goes_before_all_else():
    profile = Profile(name="x", title=(".none", ".headline"), date=(".when",), author=(".who",), views=(".seen",))
    html = page(
        h1="Cổng thông tin", og="Cổng thông tin",
        more=f'<div class="headline">{TITLE}</div><i class="when">Thứ sáu - 09/08/2024 07:05</i>'
        '<b class="who">Tác giả: Thu Hà</b><u class="seen">Đã xem: 1.204</u>',
    )  # fmt: skip
    found = read(html, profile=profile)
    assert (found.title, found.published, found.authors, found.views) == (
        TITLE, "2024-08-09T07:05+07:00", ("Thu Hà",), 1204,
    )  # fmt: skip


def test_half_a_character_in_json_is_told_as_missing_and_a_whole_one_stays():
    stated = '{"@type":"NewsArticle","author":{"name":"Ng\\ud800 An \\ud83d\\ude00"}}'
    found = read(f'<html lang="vi"><script type="application/ld+json">{stated}</script><h1>A</h1>')

    assert found.authors == ("Ng\N{REPLACEMENT CHARACTER} An 😀",)


# --- date -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (linked(datePublished="2024-08-09T07:05:00+07:00"), "2024-08-09T07:05+07:00"),
        (linked(datePublished="2024-08-09"), "2024-08-09"),
        (linked(datePublished="2024-08-09T00:00:00+07:00"), "2024-08-09"),
        (linked(datePublished="2024-08-08T18:30:00Z"), "2024-08-09T01:30+07:00"),
        (linked(datePublished=["2024-08-09T07:05:00"]), "2024-08-09T07:05+07:00"),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"WebPage","x":'
            '{"@type":["Article"],"datePublished":"2024-08-09"}}]}</script>',
            "2024-08-09",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","description":"a\nb", "x":[1,],'
            '"datePublished":"2024-08-09",}</script>',
            "2024-08-09",
        ),
        ('<script type="application/ld+json">{"@type":"Article","datePublished":"2024-08-09","au', "2024-08-09"),
        ('<meta property="article:published_time" content="2024-08-09 07:05:00 +07:00">', "2024-08-09T07:05+07:00"),
        ('<meta name="pubdate" content="Fri, 09 Aug 2024 07:05:00 +0700">', "2024-08-09T07:05+07:00"),
        ('<meta itemprop="datePublished" content="20240809T0705">', "2024-08-09T07:05+07:00"),
        ('<meta name="publishdate" content="1723161900">', "2024-08-09T07:05+07:00"),
        ('<p><span itemprop="datePublished" content="2024-08-09">hôm qua</span>', "2024-08-09"),
        ('<p><time datetime="2024-08-09T07:05+07:00">hôm qua</time>', "2024-08-09T07:05+07:00"),
        ("<p><time>09/08/2024</time>", "2024-08-09"),
        ("<h1>A</h1><div><span>Thứ sáu, 09/08/2024 07:05</span></div>", "2024-08-09T07:05+07:00"),
        ("<div><div><h1>A</h1></div><div><p>Tin</p><p>Cập nhật lúc 07:05 ngày 09/08/2024</p></div></div>", None),
        ("<div><h1>A</h1></div><div><i>Đăng ngày 09/08/2024</i> <b>Lượt xem: 7</b></div>", "2024-08-09"),
    ],
)
def test_the_date_is_read_wherever_a_page_states_it(html, published):
    published = published or "2024-08-09T07:05+07:00"
    found = read(f'<html lang="vi">{html}')
    assert found.published == published
    assert found.published_precision == ("minute" if "T" in published else "day")


@pytest.mark.parametrize(
    "html",
    [
        linked(dateModified="2024-08-09"),
        linked(datePublished="2034-08-09"),
        linked(datePublished="1970-01-01"),
        linked(datePublished="yesterday"),
        "<h1>A</h1><p>Ngày 09/08/2024, tại xã Tân Lập, Hội Phụ nữ tổ chức hội nghị</p>",
        "<h1>A</h1><p>Thứ hai, 09/08/2024</p>",
        '<span class="current-time">Thứ sáu, 22/11/2024 10:00</span><h1>A</h1><p>Tin</p>',
        '<div><span class="current-time">22/11/2024 10:00</span></div><div><h1>A</h1></div>',
        "<h1>A</h1><ul><li><a>Tin khác 01/02/2024</a></li></ul>",
    ],
)
def test_edits_events_clocks_and_impossible_days_are_no_date_of_publication(html):
    assert read(f'<html lang="vi">{html}').published is None


def test_the_day_in_the_address_is_the_last_resort():
    assert read("<h1>A</h1>", "https://a.example/2024/08/09/tin.html").published == "2024-08-09"
    assert read("<h1>A</h1>", "https://a.example/tin/20240809/a-1.html").published == "2024-08-09"
    assert read(linked(datePublished="2024-08-10"), "https://a.example/2024/08/09/tin").published == "2024-08-10"
    assert read("<h1>A</h1>", "https://a.example/tin-20240809123.html").published is None


def test_a_page_of_another_language_gives_the_day_where_its_zone_is_not_known():
    html = '<html lang="de"><h1>A</h1><p>Freitag, 9. August 2024, 07:05 Uhr'
    assert read(html, "https://a.example/").published == "2024-08-09"
    english = '<html lang="en"><h1>A</h1><p>Published 08/09/2024'
    assert read(english, "https://a.example/").published == "2024-08-09"
    assert read(english, "https://a.example.uk/").published == "2024-09-08"


def nukeviet(published, modified, *, meta, shown):
    """The head and the top of an article as NukeViet 4.5 writes them."""
    return f"""<html lang="vi"><head><meta property="article:published_time" content="{meta}">
      <meta property="article:modified_time" content="{meta}"></head><body><span class="current-time">
      Thứ sáu - 22/11/2024 10:00</span><div itemtype="http://schema.org/NewsArticle" itemscope>
      <h1 class="title" itemprop="headline">{TITLE}</h1><div class="hidden">
      <span itemprop="datePublished">{published}</span><span itemprop="dateModified">{modified}</span></div>
      <div class="row"><div class="col"><span class="h5">{shown}</span></div></div></div></body></html>"""


def test_nukeviet_overwrites_the_date_in_its_microdata_with_that_of_the_last_edit():
    html = nukeviet(
        "2024-05-31T22:02:06+07:00",
        "2024-05-31T22:02:06+07:00",
        meta="2024-05-28+0702:39:00",
        shown="Thứ ba - 28/05/2024 02:39",
    )
    assert read(html).published == "2024-05-28T02:39+07:00"


@pytest.mark.parametrize("meta", ["2024-05-28+0702:39:00", "2024-05-28ICT02:39:00", "2024-05-28T02:39:00+07:00"])
def test_nukeviet_writes_the_name_of_the_zone_where_the_t_belongs(meta):
    html = nukeviet("2024-05-31T22:02:06+07:00", "2024-05-31T22:02:06+07:00", meta=meta, shown="")
    assert read(html).published == "2024-05-28T02:39+07:00"


def test_without_the_meta_element_the_dateline_that_nukeviet_shows_goes_before_the_time_of_the_last_edit():
    html = nukeviet(
        "2024-05-31T22:02:06+07:00", "2024-05-31T22:02:06+07:00", meta="", shown="Thứ ba - 28/05/2024 02:39"
    )
    assert read(html).published == "2024-05-28T02:39+07:00"


def test_a_selector_that_finds_the_date_of_another_article_is_not_believed_against_the_markup():
    html = (
        linked(datePublished="2024-08-09T07:05:00+07:00")
        + "<h1>A</h1><p>...</p><time class=entry-date>07/04/2024</time>"
    )
    found = read(f'<html lang="vi">{html}', profile=Profile(name="wordpress", date=("time.entry-date",)))
    assert found.published == "2024-08-09T07:05+07:00"


def test_the_dateline_that_nukeviet_shows_is_right_where_its_profile_points_at_it():
    html = nukeviet(
        "2024-05-31T22:02:06+07:00", "2024-05-31T22:02:06+07:00", meta="", shown="Thứ ba - 28/05/2024 02:39"
    )
    assert read(html, profile=Profile(name="nukeviet", date=("span.h5",))).published == "2024-05-28T02:39+07:00"


def test_the_clock_of_a_nukeviet_page_is_not_its_date():
    html = nukeviet("", "", meta="", shown="Thứ ba - 28/05/2024 02:39")
    assert read(html).published == "2024-05-28T02:39+07:00"
    assert read(nukeviet("", "", meta="", shown="")).published is None


def test_a_time_that_only_claims_to_be_utc_is_read_as_the_page_shows_it():
    html = f'<html lang="vi">{linked(datePublished="2024-08-09T20:05:00Z")}<h1>A</h1><p>'
    assert read(html + "20:05 09/08/2024").published == "2024-08-09T20:05+07:00"
    assert read(html + "03:05 10/08/2024").published == "2024-08-10T03:05+07:00"


# --- authors, address, lead -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "authors"),
    [
        (linked(author={"@type": "Person", "name": "Thu Hà"}), ("Thu Hà",)),
        (linked(author=[{"name": "Thu Hà"}, {"name": "Minh Anh"}, {"name": "Thu Hà"}]), ("Thu Hà", "Minh Anh")),
        (linked(author="THU HÀ, MINH ANH"), ("Thu Hà", "Minh Anh")),
        (linked(author={"@type": "Organization", "name": "Báo Phụ nữ"}), ()),
        ('<meta name="author" content="Thu Hà và Minh Anh">', ("Thu Hà", "Minh Anh")),
        ('<p><span itemprop="author">Tác giả: Thu Hà</span>', ("Thu Hà",)),
        ('<meta name="author" content="https://a.example/thu-ha">', ()),
        ('<meta name="author" content="admin">', ()),
        ('<html lang="vi"><meta name="author" content="Hội LHPN tỉnh Đồng Mơ">', ()),
        (linked(author={"name": ["Thu Hà", {"name": 5}, None]}), ("Thu Hà",)),
    ],
)
def test_authors_are_people_by_their_names(html, authors):
    assert read(html).authors == authors


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("https://bao.example.vn/a-123.html", "https://bao.example.vn/a-123.html"),
        ("/a-123.html", "https://bao.example.vn/a-123.html"),
        ("//m.example.vn/a", "https://m.example.vn/a"),
        ("javascript:void(0)", None),
        ("", None),
        ("http://[broken", None),
    ],
)
def test_the_address_that_a_page_calls_its_own_is_absolute(href, canonical):
    assert read(f'<link rel="canonical" href="{href}">').canonical == canonical
    assert read(f'<meta property="og:url" content="{href}">').canonical == canonical


def test_the_lead_is_what_the_page_says_of_itself():
    assert read('<meta property="og:description" content="Sáng  8/8, Hội &amp;amp; xã">').lead == "Sáng 8/8, Hội & xã"


PARTS = """<h1>|</h1>|<time datetime='2024-13-45'>|<script type='application/ld+json'>|</script>|{"@type":"Article",|
"headline":|["a"]|null}|"datePublished":5,|<meta property='og:title' content='a - b'>|<div itemprop='author'>|<h2>|
09/08/2024|<link rel=canonical href='//['>|<title>|</title>|\0|&amp;|[[[[[[[[|
<meta itemprop=datePublished content='1999999999'>"""
HTML = st.sampled_from(PARTS.replace("\n", "").split("|"))


@settings(max_examples=200, deadline=None)
@given(st.lists(HTML | st.text(max_size=20), max_size=30), st.sampled_from([URL, "", "http://[", "mailto:a"]))
def test_any_markup_is_read_without_error(parts, url):
    found = read("".join(parts), url)
    assert found.published is None or found.published[:2] in ("19", "20")


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/ld+json">' + "[" * 2_000_000,
        '<script type="application/ld+json">' + '{"@graph":' * 200_000,
        '<script type="application/ld+json">' + '"headline":"' * 200_000,
        "<h1>x</h1>" + "<b>1</b>" * 300_000,
        "<h1>x</h1><p>" + "20/03/2024 " * 300_000,
        "<meta name=a content=b>" * 100_000,
        "<time>x</time>" * 200_000,
        "<h1>x" * 50_000,
        '<title>x</title><meta property="og:title" content="' + "a - " * 500_000 + '">',
    ],
)
def test_huge_markup_is_read_in_bounded_time(html):
    assert read(html).published is None or "20/03/2024" in html


# --- against the day of the event -------------------------------------------------------------------------------------

REST = (
    "Đồng chí Chủ tịch Hội ghi nhận những kết quả mà cán bộ, hội viên phụ nữ trong xã đã đạt được trong nhiệm kỳ qua."
)


def report(opening, *, meta="2024-03-01T08:00:00+07:00", shown="Thứ năm - 21/03/2024 09:30"):
    """The date that the page of a report with this opening is given."""
    html = f"""<html lang="vi"><head><meta property="article:published_time" content="{meta}"></head><body>
        <h1>{TITLE}</h1><div class="day">{shown}</div><article><p>{opening}</p><p>{REST}</p></article></body></html>"""
    capture = Capture(
        url=URL, fetched_at=FETCHED, status=200, body=html.encode(), headers=(("content-type", "text/html"),)
    )
    return clean(capture, None, Memory()).article.published


HELD = "Hội Liên hiệp Phụ nữ xã Tân Lập tổ chức hội nghị sơ kết công tác Hội và phong trào phụ nữ quý I."


@pytest.mark.parametrize(
    "day", ["Sáng ngày 20/3/2024, ", "Ngày 20-3-2024, ", "Chiều 20/3/2024, ", "(PNTL) - Ngày 20/3/2024, "]
)
def test_no_report_is_published_before_the_day_that_it_opens_with(day):
    assert report(day + HELD) == "2024-03-21T09:30+07:00"


@pytest.mark.parametrize(
    ("opening", "why"),
    [
        (f"Sáng ngày 20/2/2024, {HELD}", "the event was before the stated date"),
        ("Ngày 20/3/2024, Hội Liên hiệp Phụ nữ xã Tân Lập sẽ tổ chức hội nghị sơ kết công tác quý I.", "it is to come"),
        (f"Sáng ngày 20/12/2024, {HELD}", "it is after the page was fetched"),
        (f"Sáng 20-3, {HELD}", "the year is not told"),
        (f"{HELD} Trước đó, ngày 20/3/2024, Hội đã họp.", "the report does not open with it"),
    ],
)
def test_the_stated_date_of_publication_stands_where_the_opening_does_not_contradict_it(opening, why):
    assert report(opening) == "2024-03-01T08:00+07:00", why


def test_where_all_that_the_page_states_is_before_the_event_nothing_is_guessed():
    assert report(f"Ngày 20/3/2024, {HELD}", shown="Thứ sáu - 01/03/2024 08:00") == "2024-03-01T08:00+07:00"
    assert report(f"Ngày 20/3/2024, {HELD}", shown="Thứ hai - 21/03/2024 09:30") == "2024-03-01T08:00+07:00"


@pytest.mark.parametrize(
    "others",
    [
        '<ul><li><a href="/2">Hội LHPN xã Hòa Bình tổ chức giao lưu văn nghệ</a> <span>(01/10/2024)</span></ul>',
        '<div><h3><a href="/2">Hội LHPN xã Hòa Bình tổ chức giao lưu văn nghệ</a></h3><span>01/10/2024</span></div>',
        '<div><p><i></i><a href="/2">Hội LHPN xã Hòa Bình tổ chức giao lưu văn nghệ</a></p><p>01/10/2024</p></div>',
    ],
)
def test_the_date_of_another_articles_headline_is_not_the_date_of_an_undated_one(others):
    html = f"<html lang=vi><body><div><div><h1>{TITLE}</h1><p>Hội LHPN xã.</p></div><div>{others}</div></div>"
    assert read(html).published is None


def test_a_section_that_is_a_link_may_stand_beside_the_date():
    beside = '<div><a href="/tin">Hoạt động Hội cơ sở</a><span>12/10/2024</span></div>'
    assert read(f"<html lang=vi><body><h1>{TITLE}</h1>{beside}").published == "2024-10-12"


@pytest.mark.parametrize("h1", ["Tin tức - Sự kiện", '<a href="/9">Hội LHPN tỉnh tổ chức hội thảo khoa học</a>'])
def test_an_h1_that_nothing_bears_out_gives_way_to_the_heading_that_the_window_names(h1):
    html = f"<html lang=vi><head><title>{TITLE} - Hội LHPN tỉnh</title></head><body><h1>{h1}</h1><h2>{TITLE}</h2>"
    assert read(html).title == TITLE
    reworded = html.replace(f"<h2>{TITLE}</h2>", "<h2>Tin liên quan</h2>")
    assert read(reworded).title != "Tin liên quan"


def test_the_day_behind_a_headline_is_no_part_of_it():
    assert read(f"<html lang=vi><body><h1>{TITLE} <small>(12/10/2024)</small></h1>").title == TITLE


def test_the_clock_above_an_undated_article_is_not_its_date():
    for clock in ("Thứ sáu, 22/11/2024", "Thứ Sáu, 22/11/2024, 10:15"):
        bar = f"<div><span>{clock}</span></div>"
        assert read(f"<html lang=vi><body>{bar}<div><h1>{TITLE}</h1><p>Hội LHPN xã.</p></div>").published is None
    fresh = f"<html lang=vi><body><div><h1>{TITLE}</h1><span>22/11/2024</span></div>"
    assert read(fresh).published == "2024-11-22"
