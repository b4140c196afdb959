"""What makes two articles copies, relatives, twins of a template, or strangers."""

import re
from datetime import UTC, datetime

import pytest

from tests.dedup.stories import (
    BODY,
    OTHER_BODY,
    OTHER_TITLE,
    RESOLUTION,
    TITLE,
    expanded,
    first,
    next_year,
    other_tones,
    shuffled,
    with_lead,
)
from tests.web.seeds import seed_text
from worker.dedup.compare import Text, compare
from worker.models import Capture
from worker.refine import refine


def verdict(body, title=TITLE, *, of=BODY):
    return compare(Text(TITLE, of), Text(title, body)).verdict


@pytest.mark.parametrize("body", [BODY, expanded(BODY), other_tones(BODY), BODY.replace("\n", " "), f"“{BODY}”"])
def test_equal_text_in_another_spelling_is_the_same(body):
    assert verdict(body) == "same"
    assert verdict(body, "Một tiêu đề khác hẳn") == "same"


@pytest.mark.parametrize(
    "copy",
    [
        shuffled(BODY), with_lead(BODY), first(BODY, 0.5), first(BODY, 0.25), expanded(first(BODY, 0.5)),
        with_lead(shuffled(BODY)),
    ],
    ids=["shuffled", "foreign lead", "half", "quarter", "expanded half", "lead and shuffled"],
)  # fmt: skip
def test_a_copy_that_was_worked_on_is_near(copy):
    assert verdict(copy, "Trao vốn ở Sông Lam") == "near"


SHORTENED = """\
Sáng 5/6, BTC hội thi về KT-XH vùng biên họp phiên đầu tại trụ sở UBND huyện. Dự họp có Hội CCB, Đồn BĐBP và lãnh \
đạo Sở GD&ĐT. BCĐ cho biết đã có 22 đội đăng ký, trải qua ba phần thi chào hỏi, kiến thức và tiểu phẩm về chương \
trình MTQG, công tác KHHGĐ, ATTP và vay vốn Ngân hàng CSXH. Đội nhất sẽ dự vòng chung kết ở TP.HCM vào tháng chín, \
do Báo PNVN tổ chức."""

SPELLED_OUT = """\
Sáng 5/6, Ban Tổ chức hội thi về kinh tế - xã hội vùng biên họp phiên đầu tại trụ sở Uỷ ban nhân dân huyện. Dự họp \
có Hội Cựu chiến binh, Đồn Bộ đội Biên phòng và lãnh đạo Sở Giáo dục và Đào tạo. Ban Chỉ đạo cho biết đã có 22 đội \
đăng ký, trải qua ba phần thi chào hỏi, kiến thức và tiểu phẩm về chương trình mục tiêu quốc gia, công tác kế \
hoạch hoá gia đình, an toàn thực phẩm và vay vốn Ngân hàng Chính sách xã hội. Đội nhất sẽ dự vòng chung kết ở \
Thành phố Hồ Chí Minh vào tháng chín, do Báo Phụ nữ Việt Nam tổ chức."""


def test_what_reporters_shorten_and_party_portals_spell_out_is_the_same_text():
    assert verdict(SPELLED_OUT, of=SHORTENED) == "same"


def test_a_corrected_number_leaves_a_copy_a_copy():
    assert verdict(BODY.replace("128 hộ", "129 hộ")) == "near"


@pytest.mark.parametrize(
    ("twin", "kind"),
    [
        (next_year(BODY), "date"),
        (BODY.replace("Ngày 14/9", "Ngày 21/9"), "date"),
        (BODY.replace("Ngày 14/9", "Ngày 14-10"), "date"),
        (BODY.replace("năm 2023", "năm 2024").replace("năm 2022", "năm 2023"), "year"),
        (BODY.replace("45 hội", "51 hội").replace("1,35 tỷ", "1,5 tỷ").replace("128 hộ", "140 hộ")
         .replace("20 suất", "35 suất").replace("500.000", "600.000"), "number"),
    ],
    ids=["every figure", "day", "month", "years", "main numbers"],
)  # fmt: skip
def test_the_same_words_with_other_figures_are_a_template_s_twin(twin, kind):
    comparison = compare(Text(TITLE, BODY), Text(TITLE, twin))
    assert comparison.containment >= 0.6
    assert comparison.verdict is None
    assert comparison.conflict is not None
    assert comparison.conflict.kind == kind


def test_the_year_in_the_title_tells_twins_apart_where_the_text_names_none():
    body = re.sub(r"\d+|năm", "nhiều", BODY)
    assert verdict(body + " và hẹn gặp lại", TITLE, of=body) == "near"
    assert compare(Text(TITLE, body), Text(TITLE.replace("2023", "2024"), body + " và hẹn gặp lại")).verdict is None


def test_a_foreign_lead_with_a_date_of_its_own_leaves_a_copy_a_copy():
    lead = "Ngày 20/9, tại trụ sở, báo Phụ nữ đăng lại tin của huyện Sông Lam gửi về tòa soạn.\n"
    assert verdict(lead + BODY) == "near"


def test_figures_written_in_another_way_are_the_same_figures():
    assert verdict("Tin ảnh. " + BODY.replace("1,35 tỷ", "1.35 tỷ").replace("500.000", "500 000")) == "near"
    assert verdict("Tin ảnh. " + BODY.replace("14/9", "14-09")) == "near"

    assert verdict("Tin ảnh. " + BODY.replace("14/9", "14 tháng 9")) == "near"
    few = (
        BODY.replace("45 hội", "05 hội")
        .replace("12%", "08%")
        .replace("20 suất", "03 suất")
        .replace("36 tháng", "6 tháng")
    )
    assert verdict(re.sub(r"\b0(?=\d)", "", few), of=few) == "near"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ngày 14 tháng 9", "Ngày 21 tháng 10"),
        ("Sáng ngày 14 tháng 9", "Chiều ngày 14 tháng 10"),
        ("Ngày 14.9", "Ngày 21.9"),
        ("Tháng 9/2023", "Tháng 9/2024"),
        ("Tháng 9-2023", "Tháng 9 năm 2024"),
    ],
)
def test_a_day_or_month_written_in_any_way_tells_twins_apart(before, after):
    body = BODY.replace("năm 2023 ", "").replace("năm 2022 ", "")
    one, other = (body.replace("Ngày 14/9", day) for day in (before, after))
    comparison = compare(Text("Trao vốn", one), Text("Trao vốn", other))
    assert comparison.containment >= 0.8
    assert comparison.verdict is None


@pytest.mark.parametrize("part", [1, 2, 3])
def test_an_excerpt_with_an_introduction_of_another_day_is_a_copy(part):
    words = BODY.split(" ")
    excerpt = " ".join(words[part * len(words) // 4 : (part + 1) * len(words) // 4])
    assert verdict(f"(PNVN) Cập nhật ngày 20/10. {excerpt}", "Chuyện ở Sông Lam") == "near"


def test_half_of_a_template_s_twin_is_no_copy():
    half = first(next_year(BODY), 0.5)
    assert verdict(half) is None
    assert verdict(half.replace("Ngày", "Chiều")) is None


def test_strangers_have_nothing_in_common():
    assert verdict(OTHER_BODY, OTHER_TITLE) is None


def test_a_shared_resolution_does_not_make_copies():
    one = Text(TITLE, BODY + "\n" + RESOLUTION)
    other = Text(OTHER_TITLE, OTHER_BODY + "\n" + RESOLUTION)
    assert compare(one, other).verdict != "near"


def test_half_of_one_inside_another_story_is_related():
    assert verdict(first(BODY, 0.45) + "\n" + OTHER_BODY, OTHER_TITLE) == "related"


def test_short_texts_are_copies_only_with_the_same_title():
    caption = "Ảnh: Toàn cảnh buổi lễ trao vốn."
    assert compare(Text("Lễ trao vốn", caption), Text("Lễ trao vốn", caption)).verdict == "same"
    assert compare(Text("Lễ trao vốn", caption), Text("Khai giảng", caption)).verdict is None
    assert compare(Text("Lễ trao vốn", ""), Text("Lễ trao vốn", "")).verdict is None


def test_a_real_report_with_other_numbers_is_a_twin_and_a_quarter_of_it_a_copy():
    capture = Capture(
        url="https://phunu.example.vn/tin/3.html",
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        status=200,
        body=seed_text("003").encode(),
        headers=(("Content-Type", "text/plain; charset=utf-8"),),
    )
    article = refine(capture, None).article
    title, body = (
        re.sub(r"\d+", lambda number: str(int(number[0]) + 1), part) for part in (article.title, article.body)
    )
    report = Text(article.title, article.body)
    twin = compare(report, Text(title, body))
    assert (twin.verdict, round(twin.containment, 2)) == (None, 0.84)
    assert twin.conflict is not None
    assert compare(report, Text("Tin vắn", first(article.body, 0.25))).verdict == "near"
