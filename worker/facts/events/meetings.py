"""Meetings, ceremonies and festivals by the noun that they are called by: "hội nghị tổng kết …", "Lễ hội Áo dài"."""

from __future__ import annotations

import re

from worker.facts.events.names import Event, cased, name_end, one_name, tail, tidy
from worker.facts.gazetteer import small_words
from worker.facts.quotes import Quote
from worker.facts.words import Hit, Words, year_at

OPENING = 10  # words of a day that a sentence begins with
HOLDER = 20  # words of who held an event
CHOSEN = 10  # words from "bầu" to where those who are chosen will go
LEAST = 3  # words of an event that is told of a day: "lễ mít tinh"
SHORTEST = 5  # words that make one conference tell from another: "hội nghị", and three beyond
_CUES = frozenset(
    (
        "tổ",
        "chức",
        "dự",
        "tại",
        "ra",
        "khai",
        "mạc",
        "hợp",
        "trì",
        "gia",
        "khuôn",
        "khổ",
        "hành",
        "buổi",
        "xem",
        "mở",
        "cai",
        "làm",
        "dõi",
        "dạo",
        "vũ",
        "cảnh",
    )
)
"""Words before an event that is told: tổ chức, mở, tham dự, (phát biểu) tại, diễn ra, đăng cai, theo dõi, …"""
_VERBS = ("tọa đàm", "hội thảo", "hội đàm", "hội nghị", "đại hội", "giao lưu")
"""Meetings that are verbs, too: "Ban Nữ công đã tọa đàm với chủ đề “…”"."""
_COURSES = ("lớp", "khóa")
_ALLUDES = frozenset(
    ("nghị", "quyết", "mừng", "hướng", "tới", "theo", "hiện", "sau", "trước", "các", "những", "nhiều", "từ")
)
"""Words before an event that is only alluded to: nghị quyết, chào mừng, hướng tới, theo, thực hiện, các."""
_PLAIN = frozenset(("hội nghị", "đại hội", "hội thảo", "tọa đàm", "diễn đàn"))
"""Meetings that are also said to have done something: "Hội nghị bình bầu …", "Đại hội xác định …"."""
_DID = re.compile(r"biểu quyết|hiệp y|hiệp thương (?:cử|bầu)")
"""What a congress did, though its first word may also say what one is about: "Đại hội biểu dương …"."""
_HALVES = {"hội diễn": ("ra",)}
"""A meeting -> the word behind it that takes its last word: "Ngày hội | diễn ra …"."""
_NAMED = frozenset(
    (("trang", "phục"), ("trang", "trí"), ("trang", "điểm"), ("thành", "lập"), ("đánh", "cồng"), ("đánh", "chiêng"),
     ("đánh", "trống"))
)  # fmt: skip
"""What a meeting may be about, though its first word alone says how it was, or what it did ("trang trọng")."""
_WHEN = (["ngày"], ["hôm"], ["sáng"], ["chiều"], ["tối"])
_PARTICLES = frozenset(("đã", "vừa", "sẽ", "chính", "thức", "được", "dự", "kiến"))
"""Words between an event and what it says of it: "Liên hoan … đã chính thức khai mạc"."""
_HELD = frozenset(
    ("tổ chức", "diễn ra", "quy tụ", "thu hút", "khai mạc", "bế mạc", "kết thúc", "khép lại", "thành công", "mở hôm",
     "mở ngày", "mở cửa", "mở màn", "hạ màn", "khởi tranh", "khởi động", "cử hành", "họp ngày", "họp phiên",
     "sôi nổi", "lên sóng", "kéo dài")
)  # fmt: skip
_OVER = ("kết thúc", "khép lại", "diễn ra", "thành công", "kéo dài", "dự kiến")
"""What right behind a meeting says how it went, and is no part of its name: "Hội nghị kết thúc lúc 11 giờ"."""
_BARELY = (["diễn", "ra"], ["được", "tổ"])
_WILL = frozenset(("đã", "sẽ", "vừa", "chính", "thức", "dự", "kiến"))
"""Words between a ceremony and what it says of it, beside "được"."""
_SHOWN = (["bật", "là"], ["nhấn", "là"], ["điểm", "là"])
"""Words before the greatest of several events: "nổi bật là Lễ mít tinh …", "điểm nhấn là …"."""
_FAIRS = (
    "ngày hội",
    "lễ hội",
    "phiên chợ",
    "hội chợ",
    "liên hoan",
    "triển lãm",
    "hội xuân",
    "đêm nhạc",
    "đêm hội",
    "chợ tết",
)
"""What is organised under a plain name, too: "tổ chức ngày hội mổ lợn tiết kiệm"."""
_NO_RITE = frozenset((("mở", "màn"), ("hạ", "màn"), ("tấm", "màn"), ("nghi", "lễ"), ("đại", "lễ"), ("nghỉ", "lễ")))
_UNDER = (["với", "chủ", "đề"], ["mang", "tên"], ["chủ", "đề"], ["có", "tên"])
_TALKS = ("làm việc", "đối thoại", "gặp mặt", "tọa đàm", "giao lưu", "hội đàm")
_BETWEEN = frozenset(("với",))  # "đối thoại giữa Chủ tịch UBND xã với hội viên"
_STAYED = frozenset(
    ("diễn ra", "tổ chức", "khai mạc", "bế mạc", "khép lại", "kết thúc", "có sự", "thu hút", "quy tụ", "sôi nổi")
)
"""Words that go on behind a comma and say that the meeting took place: "buổi đối thoại …, diễn ra chiều 24/8"."""
_CLOSES = (" ", '"', "”", "»")  # what may stand behind a name that the sentence goes on after
_ORGANISED = (["tổ", "chức"], ["thực", "hiện"], ["đăng", "cai"], ["chủ", "trì"])
_ITS_DAY = "ngày phụ nữ khởi nghiệp"
"""What is held as a fair, and kept as a day elsewhere."""
CONTESTS = ("hội thi", "cuộc thi")
_NOT_OF = (["ban", "tổ", "chức"], ["chuẩn", "bị", "cho"])
"""Words before a meeting that something else is of: "Ban Tổ chức cuộc thi thông báo …", "chuẩn bị cho Đại hội"."""
_MONEY = frozenset(("đồng", "nghìn", "ngàn", "triệu", "tỷ", "tỉ"))
_RIVALS = ("đội", "thí", "đơn", "ấp", "xã", "tổ", "chi", "phường", "bài", "cặp", "gia", "tập", "cá", "thôn", "bản")
"""What a contest has so many of: "Hội thi gói bánh tét có 12 tổ tranh tài"."""
_LEVELS = (["cấp", "cơ"], ["cấp", "xã"], ["cấp", "huyện"], ["cấp", "phường"], ["các", "cấp"])
"""Words of a congress's name that make it one of many, where no name follows: "cấp cơ sở", "các cấp"."""
_GAMES = frozenset(("bóng", "cầu", "kéo", "đua", "môn", "nội", "giải", "chạy"))
_FINALS = ("chung kết", "trận chung kết", "vòng chung kết", "chung khảo")  # of a contest, which is named behind it


def ceremony(words: Words, hit: Hit, quoted: dict[int, Quote]) -> Event | None:
    """ "lễ …", "buổi …", "đợt …" with what is done there: "buổi đối thoại giữa …", "đợt khám sàng lọc cho …"."""
    if (words.keys[hit.first - 1], words.keys[hit.first]) in _NO_RITE and words.gap(hit.first - 1) == " ":
        return None
    if words.key(hit.end).isdigit():  # "đợt 3/2", "cuộc 2"
        return None
    following = words.at(hit.end, "event") if words.gap(hit.end - 1) == " " else None
    if following and following.entry.data[0] in ("deed", "act", "meeting", "visit"):
        return meeting(words, Hit(hit.first, following.end, hit.entry), quoted)
    if words.key(hit.end) == "gặp" and words.key(hit.end + 1) in small_words("no_meeting"):
        return None  # "Cuộc gặp khẳng định …"
    uses = "rite" if hit.entry.name == "lễ" else "session"
    if words.key(hit.end) in small_words(uses) and words.gap(hit.end - 1) == " ":
        return meeting(words, hit, quoted)
    return None


def meeting(words: Words, hit: Hit, quoted: dict[int, Quote]) -> Event | None:
    """ "tổ chức hội nghị tổng kết … năm 2024": a conference that someone holds, attends or speaks at.

    What is not said to be held, or has but a short name ("lễ mít tinh"), counts where it is told of a day.
    """
    if _bare_rite(words, hit):
        return Event(hit.first, hit.end, tidy(cased(words, hit.first, hit.end)), "short", weight=1)
    both = "giữa" in words.keys[hit.end : hit.end + LEAST] or (
        hit.entry.name.endswith(_TALKS) and _with_whom(words, hit.end)
    )
    common = _BETWEEN if both else frozenset[str]()
    end = 0 if _alluded(words, hit) else name_end(words, hit.end, quoted, common)
    if hit.first < end < hit.first + SHORTEST:
        end = _with_theme(words, end, quoted)
    if end - hit.first < LEAST or _contest(hit, end, quoted) or _of_many(words, hit, end):
        return None
    before = words.keys[max(0, hit.first - 3) : hit.first]
    held = held_by(words, end) or took_place(words, end)
    told = held or _told(words, hit, before) or _numbered(words, hit, end)
    session, name = _session(words, hit), tidy(cased(words, hit.first, end))
    about = (
        session
        or "tổ" in before
        or _opens(words, hit, quoted)
        or (held and (words.capital(hit.first) or hit.entry.name in CONTESTS))
    )
    if not about or not (told or hit.entry.data[0] == "ceremony") or _chosen(words, hit, end):
        return None
    if session:
        return Event(hit.first, end, name, "deed", weight=1)
    course = before[-1:] == ["dự"] and hit.entry.name.startswith(_COURSES)  # "chị được dự lớp tập huấn …"
    if told and not course and end - hit.first >= SHORTEST:
        return Event(hit.first, end, name, "meeting", weight=3 + ("tổ" in before))
    return Event(hit.first, end, name, "short", weight=1)


def _with_whom(words: Words, index: int) -> bool:
    """Does "với" say with whom: "buổi làm việc | với Ban Thường vụ Tỉnh ủy", and not "với chủ đề …"?"""
    return words.key(index) == "với" and words.key(index + 1) not in ("chủ", "sự", "tên", "nội", "mục", "hình", "các")


def _told(words: Words, hit: Hit, before: list[str]) -> bool:
    """Do the words before it say that it was held, or does a sentence begin with it?"""
    verb = before[-1:] in (["đã"], ["vừa"]) and hit.entry.name in _VERBS
    beside = before[-1:] == ["và"] and words.capital(hit.first) and words.gap(hit.first - 2) in (" ", '"', "”", "»")
    cued = beside or bool(_CUES & set(before)) or before[-1:] == ["trong"]  # "được vinh danh trong lễ tổng kết …"
    had = before[-1:] == ["có"] and words.keys[hit.first] in ("buổi", "cuộc", "chuyến")  # "bà X đã có buổi làm việc …"
    verb = verb or had or before[-2:] == ["hoàn", "thành"] or before[-2:] in _SHOWN
    return cued or verb or words.opens_sentence(hit.first) or _after_day(words, hit)


def _with_theme(words: Words, end: int, quoted: dict[int, Quote]) -> int:
    """The end of a name with its theme: "Hội thi nấu ăn | với chủ đề “Bữa cơm ngon”"."""
    for under in _UNDER:
        first = end + len(under)
        if first in quoted and words.keys[end:first] == under and words.gap(end - 1) == " ":
            return quoted[first].end
    return end


def _contest(hit: Hit, end: int, quoted: dict[int, Quote]) -> bool:
    """Is it “Hội thi “…””, which programmes.py names?"""
    near = (quoted[index] for index in range(hit.end, min(end, hit.end + 2)) if index in quoted)
    return hit.entry.name in CONTESTS and any(quote.kind == "programme" for quote in near)


def _chosen(words: Words, hit: Hit, end: int) -> bool:
    """Is something but chosen to be one ("được chọn làm đại hội điểm"), or are people to go there ("bầu … dự")?"""
    last = words.keys[hit.first - 1]
    if last == "dự" and not took_place(words, end):  # "…, dự kiến diễn ra ngày 25/9" is told of
        before = words.keys[max(0, hit.first - CHOSEN) : hit.first]
        return "biểu" in before and not {"bầu", "cử", "chọn"}.isdisjoint(before)
    chosen = words.keys[max(0, hit.first - 2) : hit.first] == ["chọn", "làm"]
    return chosen or (end - hit.first < SHORTEST and last == "làm" and words.keys[hit.first] != "lễ")


def _bare_rite(words: Words, hit: Hit) -> bool:
    """Is it a ceremony of three words and no more, of which is said that it takes place: "Lễ ký kết (sẽ) diễn ra …"?"""
    first = hit.end
    while words.key(first) in _WILL and words.gap(first - 1) == " ":
        first += 1
    following = words.keys[first : first + 2]
    return following in _BARELY and hit.end - hit.first >= LEAST and words.gap(first - 1) == " "


def _alluded(words: Words, hit: Hit) -> bool:
    """Is the meeting only spoken of: "Nghị quyết Đại hội", "2 buổi tuyên truyền", "Hội nghị đã …"?"""
    last = words.keys[hit.first - 1] if hit.first else ""
    costs = words.key(hit.end).isdigit() and words.key(hit.end + 1) in _MONEY  # "kinh phí tổ chức hội thi | 5 triệu"
    if costs or words.keys[max(0, hit.first - 3) : hit.first] in _NOT_OF:
        return True
    if words.key(hit.end) in _HALVES.get(hit.entry.name, ()):
        return True
    if (last in _ALLUDES or last.isdigit()) and words.gap(hit.first - 1) == " ":
        return True
    goes_on = words.gap(hit.end - 1) in (" ", "“", '"') or words.at(hit.end, "event") is not None
    goes_on = goes_on or (words.gap(hit.end - 1) == "," and one_name(words, hit.end))  # "lễ trao tặng, truy tặng …"
    if not goes_on or (hit.entry.name in _FINALS and not _of_game(words, hit.end)):
        return True  # "lọt vào chung kết năm ngoái"
    following = words.keys[hit.end : hit.end + 2]
    said = " ".join(following)
    if said in _OVER:
        return True
    does = words.key(hit.end) in small_words("no_meeting") and not words.capital(hit.end)
    decree = following == ["quyết", "định"] and hit.entry.name.startswith("lễ")  # "Lễ công bố quyết định …"
    does = does and tuple(following) not in _NAMED and not decree and following != ["và", "ký"]
    return does or _DID.match(said) is not None


def _of_many(words: Words, hit: Hit, end: int) -> bool:
    """Are they the congresses of many, and none of its own: "đại hội phụ nữ cấp cơ sở", "Đại hội phụ nữ 60/60 xã"?"""
    own = "thứ" in words.keys[hit.end : end] or held_by(words, end)
    if own or not hit.entry.name.startswith("đại hội"):
        return False
    for at in range(hit.end, end - 1):
        if words.gap(at) == "/" and words.keys[at].isdigit():
            return True
        if words.keys[at : at + 2] in _LEVELS:
            return not any(words.capital(later) for later in range(at + 2, end))
    return False


def _of_game(words: Words, index: int) -> bool:
    """Does it say here of which game or contest: "chung kết | Hội thi …", "chung kết | bóng chuyền nữ"?"""
    return words.capital(index) or words.key(index) in _GAMES or words.at(index, "event") is not None


def _session(words: Words, hit: Hit) -> bool:
    """Is it a session by its number: "kỳ họp thứ 9"? It is told where its day is."""
    return hit.entry.name in ("kỳ họp", "phiên họp") and words.keys[hit.end] == "thứ"


def held_by(words: Words, end: int) -> bool:
    """Does it say behind the name who held it: "… do LĐLĐ tỉnh (phối hợp …) tổ chức"?"""
    gap = words.gap(end - 1)
    if words.key(end) not in ("do", "được") or not (gap in _CLOSES or gap.endswith(",")):
        return False
    pairs = (words.keys[index : index + 2] for index in range(end + 1, end + HOLDER))
    return any(pair in _ORGANISED for pair in pairs)


def took_place(words: Words, end: int) -> bool:
    """Does it say behind the name that it was held, when, or who came: "… diễn ra sôi nổi", "… thu hút 16 đội"?"""
    first = end
    while words.key(first) in _PARTICLES and words.gap(first) == " " and first < end + 3:
        first += 1
    following = words.keys[first : first + 3]
    told = " ".join(following[:2])
    if words.gap(end - 1) in (",", '",', "”,"):
        return told in _STAYED or (following[:1] == ["họp"] and following[1:2] in _WHEN)
    dated = following[:1] in _WHEN and following[1:2] and following[1][:1].isdigit()
    counted = following[0] in ("có", "với") and words.key(first + 1).isdigit() if following else False
    rivals = counted and following[-1] in _RIVALS
    joined = following == ["với", "sự", "tham"]
    return words.gap(end - 1) in _CLOSES and bool(dated or rivals or joined or told in _HELD)


def _opens(words: Words, hit: Hit, quoted: dict[int, Quote]) -> bool:
    """Does what follows say what the meeting is about ("tổng kết …"), and not what it did ("bình bầu …")?"""
    index = hit.end
    uses = "congress" if hit.entry.name == "đại hội" else "meeting"
    about = words.key(index) in small_words(uses) or words.capital(index) or index in quoted
    about = about or words.keys[index : index + 3] == ["với", "chủ", "đề"]
    deed = words.at(index, "event")
    if deed and hit.entry.name == "đại hội" and deed.entry.data[0] in ("act", "gift"):
        deed = None  # "Đại hội phát động quyên góp …": what it did, unless congresses are about that ("tổng kết …")
    return bool(about or words.key(index).isdigit() or hit.entry.name not in _PLAIN or deed)


def _numbered(words: Words, hit: Hit, end: int) -> bool:
    """Is it a congress or a session by its number: "Đại hội đại biểu Phụ nữ tỉnh … lần thứ XVI, nhiệm kỳ …"?"""
    name = words.keys[hit.end : end]
    return words.capital(hit.first) and ("thứ" in name or "kỳ" in name or "khóa" in name or _dated(words, end))


def _dated(words: Words, end: int) -> bool:
    """Does a name that ends here end in its year or its number: "… năm 2019", "… lần V- 2011", "… lần thứ II"?"""
    return year_at(words, end - 1) is not None or "lần" in words.keys[max(0, end - 4) : end]


def _after_day(words: Words, hit: Hit) -> bool:
    """Does the sentence begin with no more than a day before it: "Ngày 10 và 11/10, Đại hội …"?"""
    if words.gap(hit.first - 1) not in (",", "),") or not (words.capital(hit.first) or _session(words, hit)):
        return False
    return any(words.opens_sentence(index) for index in range(max(0, hit.first - OPENING), hit.first))


def named(words: Words, hit: Hit, quoted: dict[int, Quote]) -> Event | None:
    """ "Lễ hội Áo dài 2024 với chủ đề “Hành trình di sản” mùa 3": a name with capitals, and its theme."""
    index = hit.end
    plain = not (words.capital(hit.first) or words.capital(index))
    before = words.keys[max(0, hit.first - 3) : hit.first]
    organised = before[-2:] == ["tổ", "chức"] and before not in _NOT_OF
    fair = organised and plain and hit.entry.name in _FAIRS and words.key(index) not in ("năm", "lần")
    over = " ".join(words.keys[index : index + 2]) in _OVER  # "Triển lãm kéo dài đến ngày 12/11"
    if words.gap(index - 1) != " " or (plain and not fair) or over:
        return None
    end = name_end(words, index, quoted)
    told = took_place(words, end)
    if not (words.capital(hit.first) or fair or (told and words.capital(index))):
        return None
    held = organised and hit.entry.name in _FAIRS and end - hit.first >= SHORTEST  # "tổ chức Ngày hội trưng bày …"
    rule = "named" if not fair and (told or held or words.capital(index) or _dated(words, end)) else "short"
    if rule == "short" and not _told(words, hit, before):
        return None  # "Liên hoan tiếng hát …" is a name where its number or year follows, or its day is told
    kept = hit.entry.name == _ITS_DAY and words.keys[hit.first - 1] == "ứng"
    if kept or words.at(hit.first, "award") or words.keys[hit.first - 1] in ("nhân", "mừng", "dịp"):
        return None  # "Giải A thuộc về …", "nhân Lễ hội Katê", "hưởng ứng Ngày Phụ nữ khởi nghiệp năm 2024"
    year = next((at for at in range(index, end - 1) if year_at(words, at) and words.gap(at) == " "), end - 1)
    if words.key(year + 1).isalpha() and not words.capital(year + 1):
        end = year + 1  # "Hội chợ … 2022 | lại mở cửa"
    name = cased(words, hit.first, end)
    if words.keys[end : end + 3] == ["với", "chủ", "đề"] and end + 3 in quoted:
        theme = quoted[end + 3]
        end = tail(words, theme.end)
        name += f" “{words.written(theme.first, theme.end)}” {words.written(theme.end, end) if end > theme.end else ''}"
    if end - index < 2:
        return None
    return Event(hit.first, end, tidy(name), rule, weight=2 if rule == "named" else 1)
