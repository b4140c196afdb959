"""Articles of the project's own, and what happens to articles on their way from portal to portal."""

import re

TITLE = "Hội LHPN huyện Sông Lam trao vốn cho phụ nữ nghèo năm 2023"

BODY = """\
Ngày 14/9, tại nhà văn hóa huyện Sông Lam, Hội LHPN huyện phối hợp với phòng giao dịch NHCSXH tổ chức lễ trao vốn \
khởi nghiệp cho 45 hội viên có hoàn cảnh khó khăn, với tổng số tiền 1,35 tỷ đồng.
Phát biểu tại buổi lễ, bà Lương Thị Mỵ, Chủ tịch Hội LHPN huyện, cho biết từ đầu năm 2023 đến nay các cấp Hội đã \
giúp 128 hộ gia đình thoát nghèo bền vững, vượt 12% so với chỉ tiêu mà nghị quyết đại hội đề ra.
Nguồn vốn được giao tận tay từng chị, không thu phí, lãi suất ưu đãi và thời hạn trả trong 36 tháng. Mỗi chi hội cử \
một người hướng dẫn cách chăn nuôi, trồng rừng và ghi chép sổ sách để đồng vốn sinh lời.
Chị Vi Thị Khuyên ở bản Na Luông xúc động kể rằng năm 2022 gia đình chị vay 30 triệu đồng nuôi bò sinh sản, nay đã \
có ba con bê và trả được một nửa số nợ. Chị mong nhiều phụ nữ trong bản mạnh dạn vay vốn làm ăn.
Tại buổi lễ, Ban Chấp hành Hội cũng tặng 20 suất quà cho học sinh mồ côi đang được các mẹ đỡ đầu nuôi dưỡng, mỗi \
suất gồm sách vở, quần áo ấm và 500.000 đồng tiền mặt.
Dịp này, các đại biểu đã thăm gian hàng nông sản do chị em tự làm, trong đó có chè hoa vàng, mật ong rừng và thổ cẩm \
của hợp tác xã phụ nữ người Thái."""

OTHER_TITLE = "Ra mắt câu lạc bộ phụ nữ giữ gìn dân ca ví giặm"

OTHER_BODY = """\
Chiều 3/4, xã Thanh Mỹ ra mắt câu lạc bộ phụ nữ giữ gìn dân ca với 32 thành viên ở nhiều lứa tuổi, người cao tuổi \
nhất đã 78 và người trẻ nhất mới học lớp 9.
Câu lạc bộ sinh hoạt vào tối thứ bảy hằng tuần dưới gốc đa đầu làng. Nghệ nhân Trần Thị Nhung truyền lại những làn \
điệu mà bà học từ mẹ, còn các em nhỏ chép lời vào vở và tập hát theo nhịp phách.
Chủ tịch Hội Phụ nữ xã cho rằng lời ru, câu ví là của để dành, nếu không hát lên thì sẽ mất. Xã hỗ trợ 15 triệu đồng \
mua trang phục và nhạc cụ, phần còn lại do con em xa quê đóng góp.
Buổi ra mắt khép lại bằng màn giao duyên giữa hai bờ sông, trong tiếng cười của bà con kéo đến chật kín sân đình."""

RESOLUTION = """\
Nghị quyết xác định trong nhiệm kỳ tới mỗi cơ sở Hội xây dựng ít nhất một mô hình kinh tế tập thể do phụ nữ làm chủ, \
mỗi chi hội giúp ít nhất một hộ thoát nghèo, tỷ lệ thu hút hội viên đạt từ 80% trở lên và 100% cán bộ chủ chốt được \
bồi dưỡng về kỹ năng số, đồng thời giữ vững khối đoàn kết và nếp sống văn minh ở cộng đồng dân cư."""

EXPANDED = {
    "Hội LHPN": "Hội Liên hiệp Phụ nữ",
    "NHCSXH": "Ngân hàng Chính sách xã hội",
}


def expanded(text: str) -> str:
    """The text with its abbreviations spelled out, as party portals like it."""
    for short, long in EXPANDED.items():
        text = text.replace(short, long)
    return text


def shuffled(text: str) -> str:
    """Its paragraphs in another order."""
    paragraphs = text.split("\n")
    return "\n".join(paragraphs[1::2] + paragraphs[0::2])


def first(text: str, share: float) -> str:
    """The first part of it, cut between words."""
    words = text.split(" ")
    return " ".join(words[: int(len(words) * share)])


def with_lead(text: str) -> str:
    """The text with a foreign introduction."""
    return (
        "Thời gian qua, phong trào giúp nhau phát triển kinh tế đã lan tỏa ra khắp các bản làng vùng cao, góp phần đổi "
        "thay cuộc sống của bà con. Báo điện tử xin giới thiệu một cách làm hay ở miền tây xứ Nghệ.\n" + text
    )


def next_year(text: str) -> str:
    """Next year's twin: the same words, every figure another."""
    return re.sub(r"\d+", lambda number: str(int(number[0]) + 1), text)


def other_tones(text: str) -> str:
    """The same letters, tones placed the other way, other quotes and spaces."""
    return text.replace("óa", "oá").replace("òa", "oà").replace("ủy", "uỷ").replace(". ", ".\u00a0 ").replace('"', "”")
