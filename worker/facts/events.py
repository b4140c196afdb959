"""Events that an article tells of: conferences, congresses, ceremonies, festivals; their day, place and host.

An event is told once an article, by the mention that says most of it. Its day is the one that its sentence states, else
the year in its name, else the year of the article; a congress that is only alluded to ("Nghị quyết Đại hội …") is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from worker.facts import event_days
from worker.facts.event_deeds import at_once, deed, delegation
from worker.facts.event_names import Event, cased, name_end, tidy
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisations_of
from worker.facts.quotes import Quote, quotes_of
from worker.facts.span import Context, Span
from worker.facts.words import Hit, Words, sentence_of, within, words_of, year_at
from worker.vietnamese import expand, fold

MOST = 200  # events that one part of an article tells of
KIND_OF = 3  # words that say what kind of a contest: "Hội thi Rung chuông vàng “…”"
HOLDER = 20  # words of who held an event
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
    )
)
"""Words before an event that is told: tổ chức, mở, tham dự, (phát biểu) tại, diễn ra, khai mạc, đăng cai, chủ trì, …"""
_ALLUDES = frozenset(
    ("nghị", "quyết", "mừng", "hướng", "tới", "theo", "hiện", "sau", "trước", "các", "những", "nhiều", "từ")
)
"""Words before an event that is only alluded to: nghị quyết, chào mừng, hướng tới, theo, thực hiện, các."""
_PLAIN = frozenset(("hội nghị", "đại hội", "hội thảo", "tọa đàm", "diễn đàn", "cuộc thi", "hội thi"))
"""Meetings that are also said to have done something: "Hội nghị bình bầu …", "Đại hội xác định …"."""
_DID = re.compile(r"biểu quyết|hiệp thương (?:cử|bầu)")
"""What a congress did, though its first word may also say what one is about: "Đại hội biểu dương …"."""
_WHEN = (["ngày"], ["hôm"], ["sáng"], ["chiều"], ["tối"])
_HELD = frozenset(
    (
        "tổ chức",
        "được tổ",
        "diễn ra",
        "đã diễn",
        "quy tụ",
        "thu hút",
        "khai mạc",
        "bế mạc",
        "kết thúc",
        "khép lại",
        "thành công",
    )
)
_FINALS = ("chung kết", "trận chung kết", "vòng chung kết", "chung khảo")  # of a contest, which is named behind it
_RARE = ("bàn giao", "khởi công", "khánh thành", "tham quan", "dâng hương", "đồng diễn")
_OCCASIONS = ("ngày hội", "hội thi", "cuộc thi", "tuần lễ", "chương trình giao lưu")
_ALSO = re.compile(r"\w+")


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The events that this part tells of, and no earlier part did."""
    words = words_of(context)
    notes = context.page.notes
    told: list[frozenset[str]] = notes.setdefault("events told", [])
    for event in _distinct(_read(context)):
        tokens = _tokens(event.name)
        if any(_same(tokens, other) for other in told):
            continue
        told.append(tokens)
        value = {"name": event.name, "when": event.when, "where": event.where, "host": event.host}
        yield Span(
            kind="event",
            start=words.starts[event.first],
            end=words.ends[event.end - 1],
            value=value,
            rule=event.rule,
            confidence=0.8,
            name=event.name,
            date_start=event.when[: event_days.DAY] if event.when and len(event.when) >= event_days.DAY else None,
        )


def _tokens(name: str) -> frozenset[str]:
    return frozenset(_ALSO.findall(fold(expand(name))))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= 0.8 * min(len(one), len(other))


def _distinct(events: list[Event]) -> list[Event]:
    """One mention of each event, the one that says most."""
    kept: list[tuple[frozenset[str], Event]] = []
    for event in sorted(events, key=lambda event: (-event.weight, event.first)):
        tokens = _tokens(event.name)
        if not any(_same(tokens, other) for other, _ in kept):
            kept.append((tokens, event))
    return sorted((event for _, event in kept), key=lambda event: event.first)


def _read(context: Context) -> list[Event]:
    if context.part == "title":
        return list(_honours(context))
    if context.part not in ("body", "captions"):
        return []
    words = words_of(context)
    quoted = {quote.first: quote for quote in quotes_of(context)}
    events = [
        _quoted(words, quote, quote.head)
        for quote in quoted.values()
        if quote.head and _named_by(words, quote, quote.head) and (quote.kind == "event" or _held(context, quote))
    ]
    events += [Event(one.first, one.end, _cited(words, one), "quoted", weight=2) for one in _by_host(context, quoted)]
    events = [event for event in events if not _prize(context, event)]
    for hit in words.all("event"):
        if context.quote(words.starts[hit.first]):
            continue
        if hit.entry.data[0] in ("deed", "act"):
            event = deed(words, hit, quoted, at_once(context, hit))
        elif hit.entry.data[0] == "delegation":
            event = delegation(context, hit, quoted)
        else:
            event = {"meeting": _meeting, "named": _named}[hit.entry.data[0]](words, hit, quoted)
        if event:
            events.append(event)
    placed = event_days.placed(context, sorted(events, key=lambda event: event.first)[:MOST])
    return [event for event in placed if event.rule not in ("deed", "at-once") or _counts(event)]


def _named_by(words: Words, quote: Quote, head: Hit) -> bool:
    """Does the quotation follow its noun, with no more between than what kind of one it is: "Giải bóng đá “…”"?"""
    between = range(head.end, quote.first)
    return len(between) <= KIND_OF and all(words.gap(index - 1) == " " for index in between if index > head.end)


def _prize(context: Context, event: Event) -> bool:
    """Is it a prize, and no contest: giải “Tiểu phẩm ấn tượng nhất”?"""
    start = words_of(context).starts[event.first]
    return event.name.lower().startswith("giải ") and context.taken(start, start + 1, "award")


def _counts(event: Event) -> bool:
    """Is it told of a day? What unions do all the year round ("tổ chức tập huấn …") is an event only then."""
    rare = event.rule == "deed" and event.name.lower().startswith(_RARE)
    return rare or bool(event.when and event_days.is_short(event.when))


def _held(context: Context, quote: Quote) -> bool:
    """Is it an occasion that the sentence gives a day: "Ngày hội “Phụ nữ khởi nghiệp” ngày 14.10"?"""
    words = words_of(context)
    if quote.head is None or not (quote.head.entry.name in _OCCASIONS or _takes_place(words, quote, quote.head)):
        return False
    first, end = sentence_of(context, quote.first)
    organised = "tổ chức" in " ".join(words.keys[max(first, quote.head.first - 3) : quote.head.first])
    if organised and quote.head.entry.name in ("hội thi", "cuộc thi"):
        first = bisect_left(words.starts, context.paragraph(words.starts[first])[0])  # its day stands before
    return bool(event_days.of(context, first, end))


def _takes_place(words: Words, quote: Quote, head: Hit) -> bool:
    """Is it a programme that is performed: "chương trình “Xuân biên phòng” diễn ra tối 18/1"?"""
    if head.entry.name != "chương trình":
        return False
    before = words.keys[max(0, head.first - 2) : head.first]
    within_it = (
        before[-1:] in (["trong"], ["tại"]) and words.gap(head.first - 2) == ","
    )  # "Chiều 26/10, trong chương trình …"
    return "diễn" in words.keys[quote.end : quote.end + 4] or before == ["tổ", "chức"] or within_it


def _by_host(context: Context, quoted: dict[int, Quote]) -> Iterator[Quote]:
    """What a sentence begins with and says who holds it: "“Chợ Tết 0 đồng” do Hội LHPN thành phố … tổ chức"."""
    words = words_of(context)
    for quote in quoted.values():
        if quote.head is None and words.keys[quote.end : quote.end + 1] == ["do"] and words.opens_sentence(quote.first):
            host = next(iter(within(organisations_of(context), quote.end + 1, quote.end + 2)), None)
            first, end = sentence_of(context, quote.first)
            if host and "tổ" in words.keys[quote.end : end] and event_days.of(context, first, end):
                yield quote


def _cited(words: Words, quote: Quote) -> str:
    return f"“{words.written(quote.first, quote.end)}”"


def _honours(context: Context) -> Iterator[Event]:
    """An award that the title tells of is the event of the article."""
    words = words_of(context)
    for span in context.found:
        if span.kind == "award":
            first, end = bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)
            name = f"Trao {span.value['name']} cho {span.value['winner']}"
            yield Event(first, end, name, "honour", str(span.year) if span.year else None, None, None, 1)


def _quoted(words: Words, quote: Quote, head: Hit) -> Event:
    """ "Festival “Phụ nữ Thủ đô …” năm 2024", "“Giải đi bộ khỏe - đẹp” lần thứ nhất"."""
    inside = head.first >= quote.first
    first = quote.first if inside else head.first
    end = _tail(words, quote.end)
    lead = "" if inside else f"{words.written(first, quote.first)} "
    name = f"{lead}“{words.written(quote.first, quote.end)}”"
    if end > quote.end:
        name += f" {words.written(quote.end, end)}"
    return Event(first, end, tidy(name[:1].upper() + name[1:]), "quoted", weight=2)


def _tail(words: Words, end: int) -> int:
    """The end with "năm 2024", "lần thứ nhất", "mùa 3" where it follows."""
    keys = words.keys[end : end + 3]
    if keys[:1] == ["năm"] and len(keys) > 1 and year_at(words, end + 1):
        return end + 2
    if keys[:2] == ["lần", "thứ"]:
        return end + 3
    if keys[:1] == ["mùa"] and keys[1:2] and keys[1].isdigit():
        return end + 2
    return end


def _meeting(words: Words, hit: Hit, quoted: dict[int, Quote]) -> Event | None:
    """ "tổ chức hội nghị tổng kết … năm 2024": a conference that someone holds, attends or speaks at."""
    if _alluded(words, hit):
        return None
    before = words.keys[max(0, hit.first - 3) : hit.first]
    end = name_end(words, hit.end, quoted)
    held = _held_by(words, end) or _took_place(words, end)
    told = _CUES & set(before) or words.opens_sentence(hit.first) or _after_day(words, hit)
    if not told and not held and not _numbered(words, hit, end):
        return None
    if _session(words, hit):
        return Event(hit.first, end, tidy(cased(words, hit.first, end)), "deed", weight=1)
    if not ("tổ" in before or _opens(words, hit, quoted) or (held and words.capital(hit.first))):
        return None
    contest = hit.entry.name in ("hội thi", "cuộc thi") and any(
        quoted[index].kind == "programme" for index in range(hit.end, min(end, hit.end + 2)) if index in quoted
    )
    if end - hit.first < SHORTEST or contest:  # “Hội thi “…””: programmes.py names it
        return None
    return Event(hit.first, end, tidy(cased(words, hit.first, end)), "meeting", weight=3 + ("tổ" in before))


def _alluded(words: Words, hit: Hit) -> bool:
    """Is the meeting only spoken of: "Nghị quyết Đại hội", "2 buổi tuyên truyền", "Hội nghị đã …"?"""
    last = words.keys[hit.first - 1] if hit.first else ""
    if (last in _ALLUDES or last.isdigit()) and words.gap(hit.first - 1) == " ":
        return True
    goes_on = words.gap(hit.end - 1) in (" ", "“", '"') or words.at(hit.end, "event")
    if hit.entry.name in _FINALS and not words.at(hit.end, "event") and not words.capital(hit.end):
        return True  # "lọt vào chung kết năm ngoái"
    following = words.keys[hit.end : hit.end + 2]
    return not goes_on or following[0] in small_words("no_meeting") or bool(_DID.match(" ".join(following)))


def _session(words: Words, hit: Hit) -> bool:
    """Is it a session by its number: "kỳ họp thứ 9"? It is told where its day is."""
    return hit.entry.name in ("kỳ họp", "phiên họp") and words.keys[hit.end] == "thứ"


def _held_by(words: Words, end: int) -> bool:
    """Does it say behind the name who held it: "… do LĐLĐ tỉnh (phối hợp …) tổ chức"?"""
    if words.key(end) != "do" or words.gap(end - 1) != " ":
        return False
    return ["tổ", "chức"] in (words.keys[index : index + 2] for index in range(end + 1, end + HOLDER))


def _took_place(words: Words, end: int) -> bool:
    """Does it say behind the name that it was held, when, or who came: "… diễn ra sôi nổi", "… thu hút 16 đội"?"""
    following = words.keys[end : end + 2]
    dated = following[:1] in _WHEN and following[-1][:1].isdigit()
    return words.gap(end - 1) in (" ", '"', "”") and (dated or " ".join(following) in _HELD)


def _opens(words: Words, hit: Hit, quoted: dict[int, Quote]) -> bool:
    """Does what follows say what the meeting is about ("tổng kết …"), and not what it did ("bình bầu …")?"""
    index = hit.end
    uses = "congress" if hit.entry.name == "đại hội" else "meeting"
    about = words.key(index) in small_words(uses) or words.capital(index) or index in quoted
    return bool(about or words.key(index).isdigit() or hit.entry.name not in _PLAIN or words.at(index, "event"))


def _numbered(words: Words, hit: Hit, end: int) -> bool:
    """Is it a congress or a session by its number: "Đại hội đại biểu Phụ nữ tỉnh … lần thứ XVI, nhiệm kỳ …"?"""
    name = words.keys[hit.end : end]
    return words.capital(hit.first) and ("thứ" in name or "kỳ" in name or "khóa" in name or _dated(words, end))


def _dated(words: Words, end: int) -> bool:
    """Does a name that ends here end in its year or its number: "… năm 2019", "… lần V- 2011", "… lần thứ II"?"""
    return year_at(words, end - 1) is not None or "lần" in words.keys[max(0, end - 4) : end]


def _after_day(words: Words, hit: Hit) -> bool:
    """Does the sentence begin with no more than a day before it: "Ngày 10 và 11/10, Đại hội …"?"""
    if words.gap(hit.first - 1) != "," or not words.capital(hit.first):
        return False
    return any(words.opens_sentence(index) for index in range(max(0, hit.first - 8), hit.first))


def _named(words: Words, hit: Hit, quoted: dict[int, Quote]) -> Event | None:
    """ "Lễ hội Áo dài 2024 với chủ đề “Hành trình di sản” mùa 3": a name with capitals, and its theme."""
    index = hit.end
    if words.gap(index - 1) != " " or not words.capital(hit.first):
        return None
    end = name_end(words, index, quoted)
    if not words.capital(index) and not _dated(words, end) and not _took_place(words, end):
        return None  # "Liên hoan tiếng hát …" is a name where its number or year follows
    if words.at(hit.first, "award") or words.keys[hit.first - 1] in ("nhân", "mừng", "dịp"):
        return None  # "Giải A thuộc về …", "nhân Lễ hội Katê"
    year = next((at for at in range(index, end - 1) if year_at(words, at) and words.gap(at) == " "), end - 1)
    if words.key(year + 1).isalpha() and not words.capital(year + 1):
        end = year + 1  # "Hội chợ … 2022 | lại mở cửa"
    name = words.written(hit.first, end)
    if words.keys[end : end + 3] == ["với", "chủ", "đề"] and end + 3 in quoted:
        theme = quoted[end + 3]
        end = _tail(words, theme.end)
        name += f" “{words.written(theme.first, theme.end)}” {words.written(theme.end, end) if end > theme.end else ''}"
    if end - index < 2:
        return None
    return Event(hit.first, end, tidy(name), "named", weight=2)
