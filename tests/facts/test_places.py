from __future__ import annotations

import unicodedata

import pytest

from tests.facts.reading import facts_of, names, values
from worker.config import Source
from worker.facts import extract
from worker.models import Article


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Đắk Nông", "67"),
        ("Đắc Nông", "67"),
        ("Đăk Nông", "67"),
        ("Daklak", "66"),
        ("Kontum", "62"),
        ("Khánh Hoà", "56"),
        ("Khánh Hòa", "56"),
        ("KHÁNH HÒA", "56"),
        ("Bà Rịa - Vũng Tàu", "77"),
        ("Bà Rịa – Vũng Tàu", "77"),
        ("Bà Rịa-Vũng Tàu", "77"),
        ("Bà Rịa Vũng Tàu", "77"),
        ("Thừa Thiên - Huế", "46"),
        ("TP.HCM", "79"),
        ("TP. Hồ Chí Minh", "79"),
        ("thành phố Hồ Chí Minh", "79"),
        ("TPHCM", "79"),
        ("Ðồng Nai", "75"),  # with the Icelandic letter that looks the same
    ],
)
def test_a_province_has_its_code_however_it_is_spelled(written: str, code: str) -> None:
    place, *others = values("place", facts_of(f"Đoàn đến {written} vào hôm qua."))

    assert (place["code"], others) == (code, [])


def test_a_text_in_decomposed_letters_is_the_callers_to_normalise_but_does_no_harm() -> None:
    decomposed = unicodedata.normalize("NFD", "Đoàn đến tỉnh Đắk Nông hôm qua.")

    assert facts_of(decomposed) is not None


def test_a_province_says_what_it_belongs_to_since_july_2025() -> None:
    (place,) = values("place", facts_of("Chị em tỉnh Bình Phước thi đua."))

    assert (place["code"], place["code_2025"], place["level"]) == ("70", "75", "province")


def test_a_district_and_a_commune_say_in_which_province_they_are() -> None:
    commune, district = values("place", facts_of("Tại xã Ia Mơ Nông, huyện Chư Păh, hội viên trồng cà phê."))

    assert (commune["code"], commune["code_2025"], commune["province"]) == ("23737", "23734", "64")
    assert (district["code"], district["province"], district["province_2025"]) == ("627", "64", "52")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xã Tân Lập, huyện Mộc Châu đón đoàn.", "03997"),
        ("Xã Tân Lập (huyện Mộc Châu) đón đoàn.", "03997"),
        ("Xã Tân Lập thuộc huyện Mộc Châu đón đoàn.", "03997"),
        ("Đoàn về huyện Mộc Châu, rồi lên xã Tân Lập.", "03997"),
    ],
)
def test_a_commune_is_told_from_its_namesakes_by_its_district(text: str, code: str) -> None:
    facts = facts_of(text)

    assert next(value["code"] for value in values("place", facts) if value["level"] == "commune") == code


def test_a_commune_whose_namesakes_cannot_be_told_apart_has_no_code() -> None:
    (place,) = values("place", facts_of("Xã Tân Lập đón đoàn."))

    assert (place["name"], place["code"]) == ("xã Tân Lập", None)


def test_after_july_2025_a_commune_is_one_of_the_new_scheme() -> None:
    before = values("place", facts_of("Phường Hội An đón đoàn.", published="2024-08-01"))
    since = values("place", facts_of("Phường Hội An đón đoàn.", published="2025-08-01"))

    assert [place["code_2025"] for place in since] == ["20410"]
    assert [place["province_2025"] for place in since] == ["48"]
    assert [place["code"] for place in before + since] == [None, None]


def test_hue_was_a_town_before_2025_and_is_a_central_city_since() -> None:
    (town,) = values("place", facts_of("Thành phố Huế ra quân.", published="2024-03-01"))
    (city,) = values("place", facts_of("Thành phố Huế ra quân.", published="2025-03-01"))

    assert (town["level"], town["code"]) == ("district", "474")
    assert (city["level"], city["code"]) == ("province", "46")


@pytest.mark.parametrize(("published", "name"), [("2025-06-30", "tỉnh Long An"), ("2025-07-01", "tỉnh Tây Ninh")])
def test_our_province_is_the_one_that_it_has_become_part_of(published: str, name: str) -> None:
    assert names("place", facts_of("Phụ nữ tỉnh ta thi đua.", province="80", published=published)) == [name]


@pytest.mark.parametrize("here", ["tỉnh ta", "toàn tỉnh", "trong tỉnh", "trên địa bàn tỉnh"])
def test_our_province_is_the_sources_and_less_sure(here: str) -> None:
    facts = facts_of(f"Phụ nữ {here} thi đua.", province="70")

    (fact,) = (fact for fact in facts if fact.kind == "place")
    assert (fact.value["code"], fact.text) == ("70", here)
    assert fact.confidence < 0.7
    assert names("place", facts_of(f"Phụ nữ {here} thi đua.")) == []


def test_our_province_in_a_paper_that_tells_of_a_neighbour_is_not_the_papers() -> None:
    text = "Hội LHPN tỉnh Kon Tum họp. Phụ nữ toàn tỉnh thi đua."
    paper = Source(id="bao", name="Báo", home="https://a.example/", kind="press", province="70")

    facts = extract(Article(url="https://a.example/1", title="", body=text, published="2024-05-20"), paper)

    assert [value["code"] for value in values("place", facts)] == ["62"]


@pytest.mark.parametrize(
    "text",
    [
        "Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
        "Kỷ niệm 70 năm chiến thắng Điện Biên Phủ.",
        "Ông Nguyễn Thái Bình và bà Lê Hà Nam đến dự.",
        "Đoàn viên Đoàn TNCS Hồ Chí Minh trồng cây.",
        "Đường Hồ Chí Minh trên biển là huyền thoại.",
        "Công ty TNHH Thái Bình tặng quà.",
        "Con tàu vượt Thái Bình Dương.",
    ],
)
def test_a_name_inside_another_name_is_no_province(text: str) -> None:
    assert [value for value in values("place", facts_of(text)) if value["level"] == "province"] == []


def test_names_in_capitals_get_the_letters_of_the_gazetteer() -> None:
    facts = facts_of("", title="HỘI LHPN HUYỆN CHƯ PĂH, TỈNH GIA LAI TRAO NHÀ CHO HỘI VIÊN XÃ IA MƠ NÔNG")

    assert names("place", facts) == ["huyện Chư Păh", "tỉnh Gia Lai", "xã Ia Mơ Nông"]
    assert names("organisation", facts) == ["Hội LHPN huyện Chư Păh"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Đoàn đến Sóc Trăng.", "tỉnh Sóc Trăng"),
        ("Về thăm thành phố Đồng Hới.", "thành phố Đồng Hới"),
        ("Chị em xã đảo An Sơn, huyện Kiên Hải vui mừng.", "xã đảo An Sơn"),
        ("Người dân quanh thánh đường Mubarak dự lễ.", "thánh đường Mubarak"),
    ],
)
def test_a_word_within_a_name_is_no_level(text: str, place: str) -> None:
    assert names("place", facts_of(text))[0] == place


def test_a_persons_name_holds_no_village() -> None:
    assert names("place", facts_of("Chị Danh Thị Sóc Kha nuôi bò.")) == []


def test_dong_nai_is_a_city_since_the_thirtieth_of_april_2026() -> None:
    text = "Hội LHPN TP Đồng Nai họp; Hội LHPN thành phố phát động thi đua."

    assert names("organisation", facts_of(text, province="75", published="2026-05-04")) == ["Hội LHPN TP Đồng Nai"]
    assert names("organisation", facts_of("Tỉnh Hội họp.", province="75", published="2026-04-29")) == [
        "Hội LHPN tỉnh Đồng Nai"
    ]


@pytest.mark.parametrize(
    ("text", "published", "name"),
    [
        ("Phụ nữ Đồng Nai thi đua.", "2026-05-04", "TP Đồng Nai"),
        ("Phụ nữ Đồng Nai thi đua.", "2026-04-29", "tỉnh Đồng Nai"),
        ("Phụ nữ tỉnh Đồng Nai thi đua.", "2026-05-04", "tỉnh Đồng Nai"),
    ],
)
def test_a_province_whose_level_is_left_out_is_what_it_was_at_the_time(text: str, published: str, name: str) -> None:
    assert names("place", facts_of(text, published=published)) == [name]


def test_news_in_brief_begin_with_their_district_in_capitals() -> None:
    text = "* LỘC BÌNH - Hội LHPN huyện họp.\n- ĐỒNG XUÂN: trao 5 suất quà.\nMỘT NĂM: nhìn lại.\nPHÚ NINH nắng đẹp."
    assert names("place", facts_of(text)) == ["huyện Lộc Bình", "huyện Đồng Xuân"]
    assert names("organisation", facts_of(text)) == ["Hội LHPN huyện Lộc Bình"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Tỉnh Bắc Giang trao giải Ba cho chị Leo Thị Tú (Sơn Động).", ["tỉnh Bắc Giang", "huyện Sơn Động"]),
        ("Ở xã biên giới nghèo (Hoàng Su Phì, Hà Giang) có lớp học.", ["huyện Hoàng Su Phì", "tỉnh Hà Giang"]),
        ("Đoàn thăm các mẹ ở Sơn Tịnh, Quảng Ngãi.", ["huyện Sơn Tịnh", "tỉnh Quảng Ngãi"]),
        (
            "Lâm Đồng trao quà cho các nhóm đến từ Di Linh, Đam Rông và Cát Tiên.",
            ["tỉnh Lâm Đồng", "huyện Di Linh", "huyện Đam Rông", "huyện Cát Tiên"],
        ),
        ("Chị Lê Thị Di Linh ở tỉnh Lâm Đồng kể chuyện Cát Tiên.", ["tỉnh Lâm Đồng"]),
        ("Chị Tú (Sơn Động) nhận quà.", []),
    ],
)
def test_a_district_needs_no_word_for_it_where_its_province_is_named(text: str, places: list[str]) -> None:
    assert names("place", facts_of(text)) == places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Chị em đồng diễn tại Công viên 30-4.", "công viên 30-4"),
        ("Lễ mít tinh ở Quảng trường 2/4 rất đông.", "quảng trường 2/4"),
        ("Công nhân KCN Sóng Thần 2 được hỗ trợ.", "khu công nghiệp Sóng Thần 2"),
        ("Chị em quét dọn chợ Đồng Tâm 2 tháng một lần.", "chợ Đồng Tâm"),
        ("Tiểu thương chợ Trung tâm Thương mại và chợ Trung Hòa góp gạo.", "chợ Trung Hòa"),
        ("Đoàn viếng Nghĩa trang liệt sĩ A1.", "nghĩa trang liệt sĩ A1"),
        ("Đoàn dâng hương tại Đền thờ Chủ tịch Hồ Chí Minh.", "đền thờ Chủ tịch Hồ Chí Minh"),
        ("Đoàn dâng hoa tại Khu di tích Ngã ba Đồng Lộc.", "khu di tích Ngã ba Đồng Lộc"),
        ("Bãi tắm Hòn Gai rợp bóng áo xanh.", "bãi tắm Hòn Gai"),
        ("Chị em xếp hàng ở Quảng trường Nhân dân tỉnh.", "quảng trường Nhân dân tỉnh"),
        ("Gian hàng ở Quảng trường Nhân dân rất đông.", "quảng trường Nhân dân"),
        ("Hội thi diễn ra ở Công viên văn hóa Tao Đàn.", "công viên văn hóa Tao Đàn"),
        ("Khánh thành khu tái định cư Làng Sảo.", "khu tái định cư Làng Sảo"),
    ],
)
def test_a_landmark_is_named_by_days_numbers_and_people_too(text: str, place: str) -> None:
    assert names("place", facts_of(text)) == [place]


def test_a_reporters_sign_is_no_ward() -> None:
    assert names("place", facts_of("Chị em phường 5 thi đua. P.V")) == ["phường 5"]
    assert names("place", facts_of("Ni sư trao quà cho hộ nghèo. Ảnh: P. Lam")) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Đoàn làm việc với xã Anh hùng Hòa Bình.", ["xã Hòa Bình"]),
        ("Chị Thị Nem ở bon Bu Đắk 1A nuôi dê.", ["bon Bu Đắk 1A"]),
        (
            "Quà được trao tại 3 xã gồm: Quảng Trực, Thuận Hạnh, Thuận Hà.",
            ["xã Quảng Trực", "xã Thuận Hạnh", "xã Thuận Hà"],
        ),
        ("Hai huyện phối hợp, 2 xã gồm Hội LHPN xã và đoàn thể dự.", []),
        (
            "Các huyện Đức Cơ, Ia Grai (Gia Lai) và Sa Thầy (Kon Tum) dự.",
            ["huyện Đức Cơ", "huyện Ia Grai", "tỉnh Gia Lai", "huyện Sa Thầy", "tỉnh Kon Tum"],
        ),
        ("Chị Tư ở khu vực Thới Hòa (phường An Khánh) dự.", ["khu vực Thới Hòa", "phường An Khánh"]),
    ],
)
def test_a_place_may_be_honoured_numbered_or_told_in_a_list(text: str, places: list[str]) -> None:
    assert names("place", facts_of(text)) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Hội viên ở khu vực 3 và khu vực 5 nhận quà.", ["khu vực 3", "khu vực 5"]),
        ("Hội tặng quà tại xã khu vực 3 miền núi; chị em khu vực 2 thi đua.", []),
        ("Ra mắt tại các thôn Tả Lâm (xã Y Tý), Nà Lâm (xã Bản Vược) và thôn 2.",
         ["thôn Tả Lâm", "xã Y Tý", "thôn Nà Lâm", "xã Bản Vược", "thôn 2"]),
        ("Tặng chi hội xóm Nà Lũng 01 bộ loa kéo.", ["xóm Nà Lũng"]),
        ("Xóm Nà Lũng 01 có 60 hộ.", ["xóm Nà Lũng 01"]),
        ("Gặp mặt tại bán đảo Sơn Lâm.", ["bán đảo Sơn Lâm"]),
        ("Chị em khu vực Yên Thới, phường Lê Bình mở lớp.", ["khu vực Yên Thới", "phường Lê Bình"]),
        ("Chị em khu vực Thành Đông thì chưa.", []),
        ("Có đông đảo Nhân dân trong xã và khối Đảng, đoàn thể dự.", []),
    ],
)  # fmt: skip
def test_a_number_names_a_place_or_counts_what_follows(text: str, places: list[str]) -> None:
    assert names("place", facts_of(text)) == places


def test_places_are_counted_before_the_brackets_that_name_them() -> None:
    found = facts_of("Trẻ em 03 xã (Bản Qua, Quang Kim và Cốc San) huyện Bát Xát.", province="10")
    assert names("place", found) == ["xã Bản Qua", "xã Quang Kim", "xã Cốc San", "huyện Bát Xát"]
