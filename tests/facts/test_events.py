from __future__ import annotations

import pytest

from tests.facts.reading import facts_of, names, values


def test_an_event_is_told_once_by_the_mention_that_says_most() -> None:
    facts = facts_of(
        "Ngày 12/4/2024, Hội LHPN tỉnh Long An tổ chức hội nghị tổng kết phong trào thi đua năm 2023.\n"
        "Phát biểu tại hội nghị tổng kết phong trào thi đua năm 2023, đồng chí Lê Thị Hoa cảm ơn.",
        captions="Quang cảnh hội nghị tổng kết phong trào thi đua năm 2023",
    )

    (event,) = values("event", facts)
    assert (event["when"], event["host"]) == ("2024-04-12", "Hội LHPN tỉnh Long An")


def test_its_year_is_that_of_its_name_or_of_the_article() -> None:
    facts = facts_of("Hội LHPN tỉnh Long An tổ chức liên hoan “Tiếng hát biên phòng”, Lễ hội Áo dài 2023.")

    assert [(event["name"], event["when"]) for event in values("event", facts)] == [
        ("Liên hoan “Tiếng hát biên phòng”", "2024"),
        ("Lễ hội Áo dài 2023", "2023"),
    ]


def test_an_event_of_some_days_has_them_all() -> None:
    text = "Trong hai ngày 5 và 6/3/2024, Hội LHPN tỉnh Long An tổ chức Hội thảo nâng cao quyền năng kinh tế."

    assert [event["when"] for event in values("event", facts_of(text))] == ["2024-03-05/2024-03-06"]


@pytest.mark.parametrize(
    "text",
    [
        "Các cấp Hội quán triệt Nghị quyết Hội nghị Ban Chấp hành lần thứ 3.",
        "Lập thành tích chào mừng Đại hội đại biểu phụ nữ toàn quốc lần thứ XIII.",
        "Chị em tham gia các hội nghị, hội thảo, tọa đàm, nói chuyện chuyên đề.",
        "Hội nghị đã thống nhất năm nội dung trọng tâm.",
    ],
)
def test_what_is_only_alluded_to_is_no_event(text: str) -> None:
    assert values("event", facts_of(text)) == []


def test_an_honour_in_the_title_is_the_event_of_the_article() -> None:
    facts = facts_of("Chị em vui mừng.", title="HỘI LHPN TỈNH SƠN LA NHẬN BẰNG KHEN CỦA UBND TỈNH SƠN LA NĂM 2022")

    assert names("event", facts) == ["Trao Bằng khen của UBND tỉnh Sơn La cho Hội LHPN tỉnh Sơn La"]


@pytest.mark.parametrize(
    ("text", "name", "when"),
    [
        (  # the day that is remembered is not the day of the ceremony
            "Hướng tới kỷ niệm 77 năm Ngày Thương binh - Liệt sĩ (27/7), ngày 2/5/2024, Hội LHPN huyện Vĩnh Linh "
            "tổ chức lễ trao nhà tình nghĩa cho mẹ liệt sĩ.",
            "Lễ trao nhà tình nghĩa cho mẹ liệt sĩ",
            "2024-05-02",
        ),
        (  # nor is one in brackets, behind a comma
            "Chào mừng 49 năm giải phóng miền Nam, thống nhất đất nước (30/4), sáng ngày 27/4/2024, Hội LHPN xã Ia Sao "
            "tổ chức lễ ra mắt tuyến đường hoa.",
            "Lễ ra mắt tuyến đường hoa",
            "2024-04-27",
        ),
        (  # nor is the day by which something is handed in
            "Ngày 2/5/2024, Hội LHPN thị xã Ayun Pa tổ chức lễ phát động sáng tác ảnh đẹp, nhận bài trước 20/12/2024.",
            "Lễ phát động sáng tác ảnh đẹp",
            "2024-05-02",
        ),
        (
            "Hội LHPN xã Ia Rbol tổ chức hội thảo làm men rượu cần hồi tháng 3.",
            "Hội thảo làm men rượu cần",
            "2024-03",
        ),
        (
            "Ngày 15/5/2024, gian hàng từng dự Hội chợ Hàng thủ công Tây Nguyên 2022 lại mở cửa.",
            "Hội chợ Hàng thủ công Tây Nguyên 2022",
            "2022",
        ),
        (
            "Ngày 3/5/2024, Hội LHPN xã Tân Hội tổ chức hội nghị tổng kết công tác Hội năm 2023.",
            "Hội nghị tổng kết công tác Hội năm 2023",
            "2024-05-03",
        ),
        (
            "Sáng 4/5/2024, Hội LHPN phường An Bình ra mắt tổ may gia công; chiều 3/5, khởi công “Nhà nhân ái” thứ 20.",
            "Khởi công “Nhà nhân ái” thứ 20",
            "2024-05-03",
        ),
        (  # the day behind a name is its own
            "Hội đã khánh thành sân chơi ở khu phố 5 (ngày 12/4), tổ chức Ngày hội hiến máu “Giọt hồng” ngày 9/4/2024.",
            "Ngày hội hiến máu “Giọt hồng”",
            "2024-04-09",
        ),
    ],
)
def test_its_day_is_the_one_on_which_it_was_held(text: str, name: str, when: str) -> None:
    events = {event["name"]: event["when"] for event in values("event", facts_of(text))}

    assert events.get(name) == when, events


def test_half_a_day_that_begins_a_sentence_is_of_the_day_told_before() -> None:
    facts = facts_of(
        "Ngày 5/4/2024, Hội LHPN xã Phước Tân tổ chức Đại hội đại biểu Phụ nữ xã lần thứ I.\n"
        "Buổi chiều, tại hội trường, Đại hội đại biểu Hội Nông dân xã lần thứ I bầu 13 đồng chí vào Ban Chấp hành."
    )

    assert [(event["name"], event["when"]) for event in values("event", facts)] == [
        ("Đại hội đại biểu Phụ nữ xã lần thứ I", "2024-04-05"),
        ("Đại hội đại biểu Hội Nông dân xã lần thứ I", "2024-04-05"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Tối 3/4/2024, Hội LHPN tỉnh Long An cùng Tỉnh đoàn tổ chức Đêm hoa đăng “Nhớ ơn” với 900 ngọn nến.",
            "Đêm hoa đăng “Nhớ ơn”",
        ),
        (
            "Chị nhận hoa trong đêm bế mạc Liên hoan tiếng hát Phụ nữ nông thôn huyện Cái Bè lần IV - 2024.",
            "Liên hoan tiếng hát Phụ nữ nông thôn huyện Cái Bè lần IV - 2024",
        ),
        (
            "Đầy ắp tiếng cười, hội nghị biểu dương nữ công nhân vùng mỏ do Công đoàn ngành Than tổ chức hôm 3/3.",
            "Hội nghị biểu dương nữ công nhân vùng mỏ",
        ),
        ("Từ ngày 2 đến 4/4, Hội LHPN huyện Bắc Hà mở lớp tập huấn kỹ năng số.", "Lớp tập huấn kỹ năng số"),
        (
            "Tối 27/4, Huyện đoàn Bắc Hà đã thắp nến tri ân liệt sĩ tại nghĩa trang.",
            "Thắp nến tri ân liệt sĩ tại nghĩa trang",
        ),
        ("Chiều 9/4, Hội LHPN tỉnh Long An gặp mặt nữ cựu chiến binh.", "Gặp mặt nữ cựu chiến binh"),
        ("Từ 15 đến 20/4/2024, giải bóng chuyền bãi biển diễn ra sôi nổi.", "Giải bóng chuyền bãi biển"),
        (
            "Hội LHPN xã Quế Xuân mở Hội thi Ai nhanh hơn “Chống rác thải nhựa” vào ngày 20/4/2024.",
            "Hội thi Ai nhanh hơn “Chống rác thải nhựa”",
        ),
        (
            "Sáng 23/4/2024, UBND huyện tổ chức Lễ phong tặng, truy tặng danh hiệu Bà mẹ Việt Nam Anh hùng.",
            "Lễ phong tặng, truy tặng danh hiệu Bà mẹ Việt Nam Anh hùng",
        ),
        (
            "Ngày 6/4, bà Lò Thị Mẩy đã ký kết chương trình phối hợp về phụ nữ, trẻ em vùng biên với Đồn Biên phòng.",
            "Ký kết chương trình phối hợp về phụ nữ, trẻ em vùng biên",
        ),
        ("Ngày 5/4, Hội LHPN huyện Bắc Hà họp sơ kết quý I năm 2024.", "Sơ kết quý I năm 2024"),
        ("Ngày 5/4, Ban Chấp hành Hội LHPN tỉnh Long An họp kỳ thứ 8, bàn việc năm tới.", "Họp kỳ thứ 8"),
        ("Ngày 5/4, Hội LHPN huyện Bắc Hà làm lễ bàn giao nhà cho hai hội viên.", "Lễ bàn giao nhà cho hai hội viên"),
        ("Lễ ra quân vì biển xanh tổ chức hôm 18/4/2024 để lại ấn tượng.", "Lễ ra quân vì biển xanh"),
        ("Tới xem trận chung kết Giải Bóng đá nữ vùng cao, chiều 6/4.", "Trận chung kết Giải Bóng đá nữ vùng cao"),
        ("Xã Mê Linh mở cửa đón khách dự Ngày hội hoa đào hôm 18/4/2024.", "Ngày hội hoa đào"),
        ("Ngày 5/4, Hội LHPN xã An Cư mở lớp truyền thông chăm sóc mẹ.", "Lớp truyền thông chăm sóc mẹ"),
        ("Tại kỳ họp thứ 4 ngày 28/3, Hội đồng đã thông qua ba tờ trình.", "Kỳ họp thứ 4"),
        (
            "Ngày 8/5/2024, sân nhà văn hóa chật kín.\nHội LHPN huyện Mỹ Tú tổ chức Chung kết Hội thi “Dâu hiền”.",
            "Chung kết Hội thi “Dâu hiền”",
        ),
        (
            "Chiều 26/4, trong chương trình “Nắng ấm biên cương”, Hội LHPN tỉnh Long An tặng 20 suất quà.",
            "Chương trình “Nắng ấm biên cương”",
        ),
        (
            "Ngày 9/4, Đại hội Hội Nghệ nhân xứ Đoài huyện Ba Vì lần thứ II đã bế mạc.",
            "Đại hội Hội Nghệ nhân xứ Đoài huyện Ba Vì lần thứ II",
        ),
    ],
)
def test_an_event_is_known_by_its_number_its_day_or_who_held_it(text: str, name: str) -> None:
    assert name in names("event", facts_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "Đại hội biểu quyết 100% tán thành các chỉ tiêu.",
        "Ngày 2/5/2024, khẩu hiệu “Giải quyết việc dân phải nhanh” do Hội LHPN xã tổ chức treo khắp xóm.",
        "Ngày 2/5/2024, các chi hội tổ chức 2 buổi tuyên truyền trực tiếp cho hội viên.",
        "Phiên họp thứ nhất của Ban Chấp hành đã bầu Ban Thường vụ.",
    ],
)
def test_a_vote_a_slogan_a_count_and_a_session_without_its_day_are_no_events(text: str) -> None:
    assert values("event", facts_of(text)) == []


def test_the_title_names_what_the_text_only_says_the_noun_of() -> None:
    facts = facts_of(
        "Thực hiện kế hoạch, ngày 30/4/2024 Hội đã tiến hành Đại hội. Tổng số đại biểu 120 chị, có mặt 117 chị.",
        title="Thông báo kết quả Đại hội Phụ nữ xã Quảng Yên khóa XVII",
    )

    (event,) = values("event", facts)
    assert (event["name"], event["when"]) == ("Đại hội Phụ nữ xã Quảng Yên khóa XVII", "2024-04-30")


def test_a_title_that_only_looks_forward_to_an_event_names_none() -> None:
    facts = facts_of(
        "Ngày 30/4/2024, chị em thi đua lập thành tích trước Đại hội.",
        title="Sôi nổi hướng tới Đại hội Phụ nữ xã Quảng Yên khóa XVII",
    )

    assert values("event", facts) == []


def test_a_title_whose_event_has_a_number_or_a_year_needs_no_day() -> None:
    facts = facts_of(
        "Ban Tổ chức hội thi công bố: giải Nhất thuộc về Hội LHPN xã Hòa An.",
        title="Kết quả Hội thi Dân vũ lần thứ II năm 2018",
        published="2018-10-20",
    )

    assert values("event", facts)[0]["name"] == "Hội thi Dân vũ lần thứ II năm 2018"
    assert values("event", facts)[0]["when"] == "2018"


def test_an_honour_in_the_title_is_no_event_beside_the_ceremony_at_which_it_was_handed_over() -> None:
    facts = facts_of(
        "Ngày 15/10/2010, Hội LHPN huyện Mường Chà tổ chức Lễ kỷ niệm 80 năm Ngày thành lập Hội LHPN Việt Nam "
        "và đón nhận Huân chương Lao động hạng Nhì.",
        title="Hội LHPN huyện Mường Chà đón nhận Huân chương Lao động hạng Nhì",
        published="2010-10-18",
    )

    assert [value["when"] for value in values("event", facts)] == ["2010-10-15"]
