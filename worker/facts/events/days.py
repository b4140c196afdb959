"""When and where an event took place, and who held it, as its sentence states them, or the text around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from worker.facts.events.names import Event, delegation_before
from worker.facts.organisations import organisations_of
from worker.facts.places import places_of
from worker.facts.span import Context, Span, read_once
from worker.facts.words import Words, first_year, last_year, sentence_of, within, words_of, year_at

DAY = len("2024-05-20")
AT_ONCE = 4  # words between an event's name and its day: "… vào ngày 20/7", "… hôm 10/9"
FEW_DAYS = 10  # an event takes no longer
_ALSO = frozenset(("đã", "cũng", "còn", "đến", "tới", "tiếp", "tục"))
"""Words between a delegation and what it did."""
_VENUE = frozenset(("tại", "ở", "trường", "của", "sở"))  # an organisation after these is no host: tại, hội trường, của
_FEASTS = (["thành", "lập"], ["truyền", "thống"])  # "nhân kỷ niệm Ngày thành lập Hội LHPN Việt Nam"
_SAME_DAY = re.compile(r"cùng ngày|cũng trong ngày(?! \d)|(?:sáng|chiều|tối|hôm) nay|dịp này")
_HALF_DAY = re.compile(
    r"(?:(?:trước|sau|tiếp) đó,? (?:trong |vào )?)?(?:(?:vào )?buổi )?(?:sáng|chiều|tối)(?:,| (?!\d))"
)
"""What begins a sentence that goes on with the day told before: "Buổi chiều, tại hội trường …"."""
_WITHIN = re.compile(
    r"(?:liền |ngay )?sau (?:nghi thức|(?:buổi |cuộc )?(?:lễ|họp|gặp)|hội nghị|phần|đó)|tiếp (?:nối|theo|đó)|bên lề"
    r"|kết thúc|khép lại"
    r"|(?P<inside>(?:cũng )?nhân (?:dịp này|lễ|buổi)|ngay (?:trong|tại)|mở đầu|cuối (?:buổi|chương trình)|dịp này"
    r"|(?:cũng )?(?:trong|tại) (?:khuôn khổ|buổi|lễ|hội nghị|chương trình|đại hội|ngày hội|đây))"
)
"""What begins a sentence that tells of the same occasion: "Liền sau nghi thức …", "Bên lề hội nghị, …".

inside: what is done there ("Tại hội nghị, Hội … phát động …") is a part of it, and no event of its own."""
_EARLIER = re.compile(r"\W*trước đó")
"""What begins a sentence whose day is another than that of the sentence before."""
_RELATIVE = re.compile(
    r"(?<!\w)(?:(?P<count>một|hai|ba|bốn|năm|1|2|3|4|5|0[1-5]) ngày|ngày hôm|hôm) (?P<way>sau|trước)(?!\w)"
)
"""A day that is counted from the one told before: "hai ngày sau", "tối hôm trước"."""
_GOES_ON = re.compile(f"{_SAME_DAY.pattern}|{_RELATIVE.pattern}")
_NEAR = re.compile(r"(?<!\w)(?:sáng|trưa|chiều|tối|đêm|hôm) (?P<way>nay|qua)(?!\w)")
_REACH = 2_000
"""Characters of a sentence that are looked through: one without an end is asked for at each of its deeds."""
_COUNTS = {
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    **{f"{zero}{count}": count for zero in ("", "0") for count in range(1, 6)},
}
_DEADLINE = re.compile(
    r"(?:trước|chậm nhất|hết|thời hạn|hạn cuối|(?:nhận|gửi|nộp)[^,.;\n]* đến)(?: là)?(?: đến)?(?: hết)? (?:ngày )?$"
)
"""What makes a day one by which something is handed in: "bài thi gửi trước 20/11", "đến hết ngày …"."""
_DECREED = re.compile(
    r"(?:quyết định|kế hoạch|công văn|nghị quyết|chỉ thị|tờ trình) số \S{1,20} $"
    r"|(?:ban hành|thông qua|có hiệu lực(?: thi hành)?)(?: từ| vào)? $"
)
"""What makes a day that of a document, though it is no part of its name: "Quyết định số 939 ngày 30/6/2017", "Luật X
ban hành ngày 28/11/2024"."""
_SINCE = re.compile(r"(?:(?:kể|tính) (?:từ|đến)|(?P<open>từ))(?: ngày)? $")
_TILL_NOW = re.compile(r",? (?:đến|tới|cho đến) (?:nay|giờ)|,? trở (?:đi|lại)")
"""What makes a day the beginning of a long time: "kể từ ngày 1/4", "từ ngày 1/4 đến nay"."""
_LABEL = re.compile(r"thời gian[^\n:]{0,20}:[^\n]{0,200}")
"""The line of minutes or of a notice that says when: "Thời gian: 19 giờ 30 ngày 3/5/2024"."""
_INDENT = re.compile(r"\W{0,4}")
_OCCASION = re.compile(
    r"(?:kỷ niệm|chào mừng|mừng|hưởng ứng|hướng (?:tới|về|đến)|nhân|chuẩn bị|quốc tế|thành lập|truyền thống)\b"
)
"""What makes a day one that is remembered: "kỷ niệm 69 năm Ngày Thương binh - Liệt sĩ (27/7)"."""
_NEAR_BY = 40  # code points before a day that may say that it is a deadline, or the beginning of a long time
_BEFORE = 120  # code points before a day that may say so
_DATED_BY_NAME = ("named", "quoted")  # "Hội chợ … Hà Nội 2018"; but a "hội nghị tổng kết năm 2023" is held in 2024


BY_DAY = ("launched", "deed", "at-once", "delegation", "short", "titled")
"""Rules by which something is an event only where it is told of a day."""
BY_VERB = ("at-once", "delegation")
_ALONE = ("deed", "short", "just")  # whose day stands in the same sentence


def placed(context: Context, events: Iterable[Event]) -> list[Event]:
    """Events, in the order of the text, with their day, place and host; "cùng ngày" is the day of the one before."""
    found: list[Event] = []
    told: str | None = None
    day: str | None = None  # the last that is one day alone, which "cùng ngày" means
    events = list(events)
    for at, event in enumerate(events):
        meant = day if told and "/" in told and _says_same_day(context, event) else told
        one = _placed(context, event, _own_days(context, events, at), meant)
        found.append(one)
        if one.when and is_short(one.when):
            told, day = one.when, day if "/" in one.when else one.when
    return found


def _says_same_day(context: Context, event: Event) -> bool:
    """Does the sentence of an event say "cùng ngày"?"""
    start, stop = context.sentence(words_of(context).starts[event.first])
    return context.key.find("cùng ngày", start, stop) >= 0


def is_short(day: str) -> bool:
    """Is it a day, or a few days in a row, and no month or half-year?"""
    first, _, last = day.partition("/")
    if len(first) != DAY or (last and len(last) != DAY):
        return False
    return not last or (date.fromisoformat(last) - date.fromisoformat(first)).days <= FEW_DAYS


def _is_long(day: str) -> bool:
    """Is it a time from one day to another that is longer than an event takes?"""
    first, _, last = day.partition("/")
    return len(first) == len(last) == DAY and not is_short(day)


def of(context: Context, first: int, end: int) -> list[str]:
    """The days, and the few days in a row, that words [first, end) name; days that are remembered last."""
    words = words_of(context)
    return _days(context, words.starts[first], words.ends[end - 1]) if first < end else []


def first_told(context: Context, stop: int) -> tuple[int, int] | None:
    """Where the first day, or few days in a row, stands that the text names before `stop`; None if none does."""
    return next((told[:2] for told in _told(context) if told[2] and not told[3] and told[0] < stop), None)


def goes_on(context: Context, first: int, *, occasion: bool = False) -> bool:
    """Does the sentence that begins with this word go on with the day told before: "Buổi chiều, đoàn …"?

    `occasion`: or with the same occasion: "Ngay sau đó, …"."""
    start = words_of(context).starts[first]
    within_it = _WITHIN.match(context.key, start) if occasion else None
    if _HALF_DAY.match(context.key, start) or (within_it and not within_it["inside"]):
        return True
    return _GOES_ON.search(context.key, start, min(context.sentence(start)[1], start + _REACH)) is not None


def same_occasion(context: Context, first: int) -> bool:
    """Does the sentence that begins with this word tell of what was told before: "Cũng tại đây, …", "Bên lề …"?"""
    return _WITHIN.match(context.key, words_of(context).starts[first]) is not None


def _days(context: Context, start: int, stop: int) -> list[str]:
    """Those in [start, stop) of the text; not those of documents, nor deadlines."""
    told = _told(context)
    at = bisect_left(told, (start,))
    if at and told[at - 1][1] > start:
        at -= 1
    days: list[str] = []
    remembered: list[str] = []
    long = False
    while at < len(told) and told[at][0] < stop:
        long = long or not told[at][2]
        (remembered if told[at][3] else days).append(told[at][2])
        at += 1
    days = [day for day in days if day]
    if long:  # "hướng về ngày bầu cử 15/3, từ ngày 20/02 đến 10/3 các cấp Hội …"
        return days
    return days + remembered or _of_dateline(context, start, stop)


@read_once
def _told(context: Context) -> list[tuple[int, int, str, bool]]:
    """The days of this part: where each stands, the day ("" for a long time from one to another), and whether it is but
    remembered. Read once."""
    found = []
    for span in context.overlapping(0, len(context.text), "date"):
        day, start = str(span.value.get("iso")), max(0, span.start - _BEFORE)
        if _is_long(day):
            found.append((span.start, span.end, "", False))
        if not is_short(day) or _long_ago(context, day) or context.taken(span.start, span.end, "document"):
            continue
        if _DECREED.search(context.key, start, span.start):
            continue
        if _DEADLINE.search(context.key, max(0, span.start - _NEAR_BY), span.start):
            continue
        if not _since(context, span):
            aside = (
                context.key[span.start - 1 : span.start] == "("
            )  # "Chào mừng 48 năm giải phóng …, thống nhất … (30/4)"
            ends = ".;\n" if aside else ",.;\n"
            clause = max(start, *(context.key.rfind(mark, start, span.start) + 1 for mark in ends))
            remembered = _OCCASION.search(context.key, clause, span.start) is not None
            found.append((span.start, span.end, day, remembered))
    return sorted(found)


def _long_ago(context: Context, day: str) -> bool:
    """Is it a day of another generation: "92 năm Ngày thành lập Hội (20-10-1930 / 20-10-2022)"?"""
    year = context.page.year
    return year is not None and day[:4].isdigit() and int(day[:4]) <= year - _GENERATION


_GENERATION = 20  # years


def _since(context: Context, span: Span) -> bool:
    """Does a long time begin with this day?"""
    since = _SINCE.search(context.key, max(0, span.start - _NEAR_BY), span.start)
    return since is not None and (since["open"] is None or _TILL_NOW.match(context.key, span.end) is not None)


def _of_dateline(context: Context, start: int, stop: int) -> list[str]:
    """The day that "sáng nay", "chiều qua" mean where no date stands beside: that of publication, or the one before."""
    published, key = context.page.published, context.key
    if published is None or (key.find(" nay", start, stop) < 0 and key.find(" qua", start, stop) < 0):
        return []
    near = _NEAR.search(key, start, stop)
    if near is None:
        return []
    return [(published - timedelta(days=near["way"] == "qua")).isoformat()]


def _dates(context: Context, start: int, stop: int) -> Iterable[Span]:
    return (
        span for span in context.overlapping(start, stop, "date") if not context.taken(span.start, span.end, "document")
    )


def _placed(context: Context, event: Event, own: list[str], told: str | None) -> Event:
    words = words_of(context)
    first, end = sentence_of(context, event.first)
    own_month = _own_month(context, event, end)
    days = [] if own_month else own or _clause_days(context, words, event, first, end)
    month = own_month or (None if days or event.rule in BY_DAY else _month(context, event, first, end))
    start, stop = words.starts[first], words.ends[end - 1]
    within_it = _WITHIN.match(context.key, start) if event.rule in BY_VERB else None
    outside = within_it is None or not within_it["inside"]
    if not days and told and event.rule in _ALONE and _on_that_day(context, event, start, stop):
        days = [told]
    if not days and told and outside and _beside(words, event):
        days = [told]
    if not days and not month and event.rule not in _ALONE and outside:
        days = _days_around(context, start, stop, told)
    where = (
        place.name
        for place in within(places_of(context), first, end)
        if place.first and words.keys[place.first - 1] in ("tại", "ở")
    )
    hosts = (
        one.name
        for one in within(organisations_of(context), first, event.first)
        if one.end <= event.first and _hosts(words.keys[max(0, one.first - 2) : one.first])
    )
    return replace(
        event,
        when=month or _when(context, event, days),
        where=next(where, None),
        host=next(hosts, None),
        weight=event.weight + 3 * bool(days or own_month),
    )


def _on_that_day(context: Context, event: Event, start: int, stop: int) -> bool:
    """Does it say that this was on the day told before: "Chiều cùng ngày, Hội tổ chức …", "Sau buổi lễ, …"?"""
    after = _WITHIN.match(context.key, start) if event.rule == "short" else None
    return context.key.find("cùng ngày", start, stop) >= 0 or bool(after and after[0].startswith("sau"))


def _beside(words: Words, event: Event) -> bool:
    """Was it done beside what was told before: something launched, or by the same delegation ("Đoàn (cũng) trao …")?"""
    if event.rule != "at-once":
        return event.rule == "launched"
    first = event.first
    while words.keys[first - 1] in _ALSO and words.gap(first - 1) == " ":
        first -= 1
    return delegation_before(words, first) is not None


def _hosts(before: list[str]) -> bool:
    """May an organisation behind these two words be the host, and is no venue, nor whose day is kept?"""
    return _VENUE.isdisjoint(before) and before not in _FEASTS


def _when(context: Context, event: Event, days: list[str]) -> str | None:
    """The day; else the year of the event's name, or of the article."""
    words = words_of(context)
    year = first_year(words, event.first, event.end)
    own = year_at(words, event.end - 1) if event.rule in _DATED_BY_NAME else None
    if days and own and own < int(days[0][:4]):
        return str(own)
    if days:
        return days[0]
    first, _ = sentence_of(context, event.first)
    if words.keys[first] == "năm" and words.key(first + 1).isdigit():  # "Năm 2016, chị được … tại Đại hội …"
        year = year or year_at(words, first + 1)
    year = year or context.page.year
    return str(year) if year else None


def _own_month(context: Context, event: Event, end: int) -> str | None:
    """The month right behind an event, or that ends its name: "Hội thi … ngày 14/9; | Ngày hội … tháng 10/2022"."""
    stop = min(event.end + AT_ONCE, end)
    comma = any(words_of(context).gap(index) in (",", ";") for index in range(event.end - 1, min(event.end + 1, stop)))
    first = max(event.first, event.end - 2 * AT_ONCE) if event.rule in _DATED_BY_NAME else event.end
    return _month(context, event, first, event.end if comma else stop) if first < stop else None


def _month(context: Context, event: Event, first: int, end: int) -> str | None:
    """The month that the sentence [first, end) names ("hồi tháng 6"), where the event's name has no other year."""
    words = words_of(context)
    year = last_year(words, event.first, event.end)
    dates = _dates(context, words.starts[first], words.ends[end - 1])
    months = (str(span.value["iso"]) for span in dates if span.value.get("precision") == "month")
    return next((month for month in months if year is None or month.startswith(str(year))), None)


def _own_days(context: Context, events: list[Event], at: int) -> list[str]:
    """The day behind an event, where a sentence tells of some and each has its own: "đêm thơ (16/5), Hội chợ … từ 11
    đến 18/5 và Hội thi …"."""
    event = events[at]
    first, end = sentence_of(context, event.first)
    before = events[at - 1].end if at else first
    following = events[at + 1].first if at + 1 < len(events) else end
    if event.end < following < end:
        others = of(context, following, end)
    else:
        others = of(context, before, event.first) if first < before < event.first else []
    return of(context, event.end, min(following, end)) if others else []


def _clause_days(context: Context, words: Words, event: Event, first: int, end: int) -> list[str]:
    """The day that follows the event's name; else those of its clause, up to a semicolon; else of the sentence."""
    at_once = of(context, event.end, min(event.end + AT_ONCE, end))
    if at_once and not any(words.gap(index) == "," for index in range(event.end - 1, min(event.end + 1, end - 1))):
        return at_once
    start, stop = words.starts[first], words.ends[end - 1]
    left = context.text.rfind(";", start, words.starts[event.first]) + 1
    right = context.text.find(";", words.ends[event.end - 1], stop)
    in_clause = (left or right >= 0) and _days(context, left or start, right if right >= 0 else stop)
    return in_clause or _days(context, start, stop)


def _days_around(context: Context, start: int, stop: int, told: str | None) -> list[str]:
    """The day that "cùng ngày" means, of the event told last; else the day that the paragraph names before or after."""
    if moved := _moved(context, start, stop, told):
        return [moved]
    if (
        _SAME_DAY.search(context.key, start, stop)
        or _HALF_DAY.match(context.key, start)
        or _WITHIN.match(context.key, start)
    ):
        return [told] if told else _days(context, 0, start)[:1]
    paragraph, end = context.paragraph(start)
    before = _days(context, paragraph, start)[-1:]
    earlier = _EARLIER.match(context.key, stop) is not None
    return before or (() if earlier else _days(context, stop, end)[:1]) or _labelled(context)


@read_once
def _labelled(context: Context) -> list[str]:
    """The day that a line of minutes or of a notice says. Read once."""
    labels = (
        label
        for label in _LABEL.finditer(context.key)
        if _INDENT.fullmatch(context.key, context.paragraph(label.start())[0], label.start())
    )
    first = next(labels, None)
    return _days(context, first.start(), first.end())[:1] if first else []


def _moved(context: Context, start: int, stop: int, told: str | None) -> str | None:
    """The day that "hôm sau", "hôm trước", "hai ngày sau" mean, counted from the day named last."""
    key = context.key
    said = key.find(" sau", start, stop) >= 0 or key.find(" trước", start, stop) >= 0
    relative = _RELATIVE.search(key, start, stop) if said else None
    if relative is None:
        return None
    before = _days(context, context.paragraph(start)[0], start)
    last = before[-1] if before else told
    if last is None:
        return None
    count = _COUNTS.get(relative["count"] or "", 1)
    day = date.fromisoformat(last[-DAY:] if relative["way"] == "sau" else last[:DAY])
    return (day + timedelta(days=count if relative["way"] == "sau" else -count)).isoformat()
