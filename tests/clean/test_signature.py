"""Who signed an article below its text, in initials, by one name or as an office; and what only looks so."""

import pytest

from tests.web.reading import page
from worker.refine import refine

TEXT = (
    "Sáng 14/3, Hội Liên hiệp Phụ nữ xã Hương Sơn bàn giao mái ấm tình thương cho gia đình chị Vi Thị Hoan.",
    "Ngôi nhà rộng 48 m2, trị giá 86 triệu đồng, trong đó Hội Liên hiệp Phụ nữ huyện hỗ trợ 40 triệu đồng.",
)
RIGHT = '<p style="text-align: right;"><strong>{}</strong></p>'


def read(below):
    told = "".join(f"<p>{text}</p>" for text in TEXT)
    inner = f"<div><h1>Bàn giao mái ấm tình thương</h1><div>15/03/2024</div><div>{told}{below}</div></div>"
    markup = f"<html lang=vi><title>Bàn giao mái ấm tình thương</title><body>{inner}"
    return refine(page("https://hoi.test/tin/1", markup), None, facts=False).article


@pytest.mark.parametrize(
    ("signed", "authors"),
    [
        ("T.H", ("T.H",)),
        ("(T.H)", ("T.H",)),
        ("T.H (tổng hợp)", ("T.H",)),
        ("H.Y - T.L", ("H.Y", "T.L")),
        ("TH.HOA", ("TH.HOA",)),
        ("Thủy", ("Thủy",)),
        ("Lê Thị Hoa - Chủ tịch Hội LHPN xã", ("Lê Thị Hoa",)),
        ("PV", ()),
        ("(BBT)", ()),
        ("NTH", ()),
        ("Văn phòng Hội LHPN huyện", ()),
        ("Ban Tuyên giáo - Chính sách luật pháp", ()),
    ],
)
def test_initials_one_name_or_an_office_sign_what_they_stand_below_on_the_right(signed, authors):
    article = read(RIGHT.format(signed))
    assert (article.body.split("\n"), article.authors) == (list(TEXT), authors)
    assert article.byline in (signed, signed.strip("()"))


@pytest.mark.parametrize("signed", ["T.H", "(T.H)", "T.T.H", "M.Anh", "Tin, ảnh: T.H", "BBT"])
def test_the_last_line_signs_wherever_it_is_set(signed):
    article = read(f"<p>{signed}</p>")
    assert article.body.split("\n") == list(TEXT)
    assert article.byline


def test_who_wrote_and_who_took_the_pictures_may_sign_line_by_line():
    article = read(RIGHT.format("Bài: Thu Hà<br>Ảnh: V.T"))
    assert (article.body.split("\n"), article.authors) == (list(TEXT), ("Thu Hà", "V.T"))


def test_who_signs_twice_is_named_once():
    article = read(RIGHT.format("Thu Hà") + "<p>Tác giả: Thu Hà</p>")
    assert (article.byline, article.authors) == ("Thu Hà", ("Thu Hà",))


@pytest.mark.parametrize(
    "below",
    [
        "<p>Danh sách trẻ được đỡ đầu:</p><p>N.T.A</p><p>L.V.B</p>",
        "<p>Ba cháu được nhận đỡ đầu đợt này, đã viết tắt tên, gồm có các cháu ở ba bản như sau:</p><p>N.T.A</p>",
        "<p>Trẻ được đỡ đầu:</p><ul><li>N.T.A</li><li>L.V.B</li></ul>",
        "<p>Địa điểm: TP.Vinh</p><p>HTX: hợp tác xã</p>",
        "<p>Xin cảm ơn!</p><p>Hội nghị thành công</p>",
        f"<p>Xin cảm ơn!</p>{RIGHT.format('Hội nghị thành công!')}",
    ],
)
def test_what_is_in_a_list_is_no_signature(below):
    article = read(below)
    assert article.byline == ""
    assert len(article.body.split("\n")) > len(TEXT) + 1
