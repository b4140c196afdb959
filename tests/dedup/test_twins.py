"""Reports of one template: twins that differ in one word, and real copies of each."""

import pytest

from worker.dedup.compare import Text, compare

CONGRESS = (
    "Đại hội đại biểu phụ nữ xã Hòa Sơn lần thứ XIV thành công tốt đẹp",
    """\
Sáng nay, Hội Liên hiệp Phụ nữ xã Hòa Sơn long trọng tổ chức Đại hội đại biểu phụ nữ xã lần thứ XIV. Dự đại hội \
có đại diện lãnh đạo Hội LHPN huyện, Đảng ủy, HĐND, UBND, Ủy ban MTTQ xã cùng đông đủ đại biểu ưu tú đại diện \
cho cán bộ, hội viên, phụ nữ toàn xã.
Trong nhiệm kỳ qua, được sự quan tâm của cấp ủy, sự phối hợp của chính quyền và các ban, ngành, đoàn thể, công \
tác Hội và phong trào phụ nữ xã đã đạt nhiều kết quả quan trọng. Các cấp Hội tập trung tuyên truyền, vận động \
hội viên thực hiện tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước, tích cực tham gia xây dựng nông \
thôn mới, giữ gìn vệ sinh môi trường và xây dựng gia đình hạnh phúc.
Phong trào phụ nữ giúp nhau phát triển kinh tế được đẩy mạnh với nhiều mô hình hay, cách làm sáng tạo. Nhiều hội \
viên đã mạnh dạn vay vốn, chuyển đổi cây trồng, vật nuôi, vươn lên thoát nghèo và làm giàu chính đáng. Hoạt động \
nhận đỡ đầu trẻ mồ côi, thăm hỏi gia đình chính sách, hội viên có hoàn cảnh khó khăn được duy trì thường xuyên \
và mang ý nghĩa nhân văn sâu sắc.
Phát biểu chỉ đạo đại hội, đồng chí Bí thư Đảng ủy xã ghi nhận, biểu dương những thành tích mà cán bộ, hội viên \
phụ nữ xã đã đạt được, đồng thời đề nghị Hội tiếp tục đổi mới nội dung, phương thức hoạt động, chăm lo xây dựng \
tổ chức Hội vững mạnh, phát huy vai trò giám sát và phản biện xã hội.
Đại hội đã hiệp thương chọn cử Ban Chấp hành Hội LHPN xã khóa XIV gồm các đồng chí tiêu biểu, có năng lực, uy \
tín và bầu đoàn đại biểu đi dự đại hội cấp trên. Ban Chấp hành ra mắt, hứa đoàn kết, nỗ lực hoàn thành thắng lợi \
nghị quyết đại hội đề ra.""",
)

QUARTER = (
    "Hội LHPN phường Tân Lập sơ kết công tác Hội quý 1",
    """\
Hội LHPN phường Tân Lập vừa tổ chức hội nghị sơ kết công tác Hội và phong trào phụ nữ quý 1, triển khai nhiệm vụ \
trọng tâm quý tiếp theo. Tham dự hội nghị có đồng chí Chủ tịch Hội LHPN phường, các đồng chí trong Ban Thường vụ \
và chi hội trưởng các chi hội trên địa bàn.
Theo báo cáo tại hội nghị, trong quý 1, các cấp Hội đã bám sát chương trình công tác, triển khai đồng bộ các \
nhiệm vụ, hoàn thành các chỉ tiêu được giao. Công tác tuyên truyền, giáo dục chính trị tư tưởng được đổi mới về \
hình thức, gắn với sinh hoạt chi hội và các trang mạng xã hội của Hội.
Hội đã phối hợp với trạm y tế phường tuyên truyền chăm sóc sức khỏe sinh sản, phối hợp với công an phường tuyên \
truyền phòng chống bạo lực gia đình, phòng chống tội phạm công nghệ cao. Các mô hình phân loại rác tại nguồn, \
biến rác thành tiền, tuyến đường hoa phụ nữ tiếp tục được duy trì, nhân rộng.
Hội nghị đã thảo luận, đóng góp ý kiến vào báo cáo, chia sẻ kinh nghiệm trong công tác thu hút hội viên và quản \
lý nguồn vốn ủy thác. Phát biểu kết luận, đồng chí Chủ tịch Hội đề nghị các chi hội khắc phục khó khăn, phát huy \
kết quả đã đạt được để hoàn thành tốt nhiệm vụ.""",
)

MONTH = (
    "Chi hội phụ nữ khu phố Đông sinh hoạt thường kỳ tháng 3",
    """\
Tối qua, chi hội phụ nữ khu phố Đông tổ chức buổi sinh hoạt thường kỳ tháng 3 tại nhà văn hóa khu phố. Đến dự có \
đại diện Ban Thường vụ Hội LHPN phường, Bí thư chi bộ, trưởng khu phố cùng đông đảo hội viên phụ nữ trong chi \
hội.
Tại buổi sinh hoạt, hội viên được nghe phổ biến các nội dung tuyên truyền của Hội cấp trên, thông tin thời sự, \
chính sách mới về bảo hiểm y tế hộ gia đình và bảo hiểm xã hội tự nguyện. Chi hội trưởng đã đánh giá kết quả \
hoạt động của tháng trước và triển khai nhiệm vụ tháng 3, trong đó tập trung vào việc vận động hội viên tham gia \
ngày chủ nhật xanh, giữ gìn vệ sinh ngõ phố và tham gia tổ tiết kiệm và vay vốn.
Các chị còn được hướng dẫn cách nấu các món ăn dinh dưỡng cho trẻ nhỏ, trao đổi kinh nghiệm nuôi dạy con, xây \
dựng gia đình ấm no, tiến bộ, hạnh phúc. Phần thi đố vui có thưởng diễn ra sôi nổi, tạo không khí vui tươi, gắn \
kết giữa các hội viên.
Buổi sinh hoạt kết thúc trong niềm vui và tinh thần đoàn kết, góp phần thu hút hội viên đến với tổ chức Hội ngày \
càng đông đủ hơn.""",
)

WARD = (
    "Hội LHPN xã Minh Tân ra quân dọn vệ sinh môi trường",
    """\
Hưởng ứng phong trào xây dựng nông thôn mới, Hội LHPN xã Minh Tân đã tổ chức ra quân dọn vệ sinh môi trường tại \
các tuyến đường trên địa bàn xã. Tham gia buổi ra quân có đại diện cấp ủy, chính quyền, các đoàn thể cùng đông \
đảo cán bộ, hội viên phụ nữ xã Minh Tân.
Ngay từ sáng sớm, hội viên phụ nữ đã có mặt đông đủ với dụng cụ mang theo để quét dọn đường làng, ngõ xóm, khơi \
thông cống rãnh, phát quang bụi rậm, thu gom rác thải và trồng hoa hai bên đường. Các chị còn tuyên truyền, vận \
động người dân phân loại rác tại hộ gia đình, không vứt rác bừa bãi, hạn chế sử dụng túi ni lông.
Chủ tịch Hội LHPN xã Minh Tân cho biết, hoạt động nhằm nâng cao ý thức bảo vệ môi trường của cán bộ, hội viên và \
nhân dân, góp phần thực hiện cuộc vận động xây dựng gia đình không có người nghèo, sạch nhà, sạch bếp, sạch ngõ. \
Thời gian tới, Hội tiếp tục duy trì ngày thứ bảy xanh hằng tuần, nhân rộng các tuyến đường hoa do phụ nữ tự \
quản.
Thông qua hoạt động đã phát huy vai trò của phụ nữ trong việc chung tay xây dựng quê hương xanh, sạch, đẹp, văn \
minh, tạo sự lan tỏa trong toàn thể hội viên và nhân dân xã Minh Tân.""",
)

REPORTS = {"congress": CONGRESS, "quarter": QUARTER, "month": MONTH, "ward": WARD}


def verdict(one, other):
    return compare(Text(*one), Text(*other)).verdict


def changed(report, before, after):
    title, body = report
    return title.replace(before, after), body.replace(before, after)


def reworded(*rows):
    """The test for each of these reports, some words of which become others."""
    ids = [f"{before}-{after}" for _, before, after in rows]
    return pytest.mark.parametrize(("report", "before", "after"), rows, ids=ids)


@reworded(
    (CONGRESS, "XIV", "XV"),
    (CONGRESS, "lần thứ XIV", "lần thứ 15"),
    (CONGRESS, "Hòa Sơn", "Phú Lâm"),
    (QUARTER, "quý 1", "quý 2"),
    (changed(QUARTER, "quý 1", "quý I"), "quý I", "quý II"),
    (changed(QUARTER, "phường Tân Lập", "phường 5"), "phường 5", "phường 7"),
    (MONTH, "tháng 3", "tháng 4"),
    (changed(MONTH, "thường kỳ tháng 3", "lần thứ nhất"), "lần thứ nhất", "lần thứ hai"),
    (WARD, "Minh Tân", "Quang Trung"),
    (WARD, "Minh Tân", "Minh Hòa"),
)
def test_one_template_of_another_congress_quarter_month_or_commune_is_a_twin(report, before, after):
    assert report != changed(report, before, after)
    assert verdict(report, changed(report, before, after)) is None


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_a_copy_of_such_a_report_is_a_copy(report):
    title, body = report
    paragraphs = body.split("\n")
    assert verdict(report, ("Phụ nữ chung sức đổi mới hoạt động Hội", body)) == "same"
    assert verdict(report, (title, f"(PNVN) - {body}\nThu Hà - Hội LHPN tỉnh")) == "near"
    assert verdict(report, (title.upper(), "\n".join(paragraphs[:2] + paragraphs[3:]))) == "near"
    assert verdict(report, ("Tin cơ sở", "\n".join(paragraphs[:2]))) == "near"
    mended = body.replace("hội viên", "hội vien", 1).replace("tuyên truyền", "tuyên truyên", 1)
    assert verdict((title, mended), report) == "near"


@reworded(
    (CONGRESS, "lần thứ XIV", "lần thứ 14"),
    (CONGRESS, "xã Hòa Sơn", "xã Hoà Sơn"),
    (QUARTER, "quý 1", "quý I"),
    (WARD, "Minh Tân", "MINH TÂN"),
    (changed(WARD, "xã Minh Tân", "tỉnh Đắk Lắk"), "Đắk Lắk", "Đắc Lắc"),
)
def test_the_same_congress_quarter_or_place_in_another_spelling_is_a_copy(report, before, after):
    title, body = changed(report, before, after)
    assert verdict(report, (title, f"(PNVN) - {body}")) in ("same", "near")


def test_two_communes_that_have_a_part_of_one_text_are_related():
    title, body = changed(WARD, "Minh Tân", "Quang Trung")
    own = CONGRESS[1].replace("Hòa Sơn", "Quang Trung").split("\n")
    assert verdict(WARD, (title, "\n".join([*body.split("\n")[:3], *own[1:4]]))) == "related"
