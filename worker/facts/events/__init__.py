"""Events that an article tells of: conferences, congresses, ceremonies, festivals; their day, place and host.

An event is told once an article, by the mention that says most of it. Its day is the one that its sentence states, else
the year in its name, else the year of the article; a congress that is only alluded to ("Nghị quyết Đại hội …") is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from worker.facts.events import days as event_days
from worker.facts.events.deeds import deed, delegation, done_to, held_by_host
from worker.facts.events.meetings import CONTESTS, ceremony, held_by, meeting, named, took_place
from worker.facts.events.names import Event, tail, tidy
from worker.facts.events.titles import by_title
from worker.facts.organisations import organisations_of
from worker.facts.quotes import Quote, quotes_of
from worker.facts.span import Context, Span, sibling
from worker.facts.words import Hit, Words, sentence_of, within, words_of
from worker.vietnamese import expand, fold

YEAR = 4  # digits
MOST = 200  # events that one part of an article tells of
KIND_OF = (
    5  # words that say what kind of a contest: "Hội thi Rung chuông vàng “…”", "Chương trình nghệ thuật gây quỹ “…”"
)
_RARE = ("bàn giao", "khởi công", "khánh thành", "tham quan", "đồng diễn")
_OCCASIONS = ("ngày hội", "hội thi", "cuộc thi", "tuần lễ", "chương trình giao lưu")
_HELD = "tổ chức"
_HALLS = ("cung", "tâm", "nhà", "phòng", "khu", "sảnh")
"""Words before an event that make it the name of a hall: Cung Hội nghị quốc tế, Trung tâm Hội chợ Triển lãm."""
_OCCASION = ("lễ", "hội nghị", "đại hội", "buổi", "gặp mặt", "họp mặt")
_SHOWS = frozenset(("giao", "văn", "nghệ", "ca", "đồng", "thời", "biểu", "hòa"))
"""What begins the kind of a programme that is performed: giao lưu, văn nghệ, nghệ thuật, ca nhạc, thời trang, …"""
_BY_NOUN = {"meeting": meeting, "named": named, "ceremony": ceremony}
_NOUNS = frozenset(("chuong", "trinh", "hoat", "dong", "le", "buoi"))
"""Words, folded, for any event, with which its own noun is led: chương trình, hoạt động, lễ, buổi."""
_RANKED = re.compile(r"giải (?:nhất|nhì|ba|khuyến khích|đặc biệt|[abc])(?!\w)", re.IGNORECASE)
_ALSO = re.compile(r"\w+")
_NUMBER = re.compile(r"(?<!\w)thu (\w+)")
_ORDINALS = {
    said: number
    for number, ways in enumerate(
        ("i nhat", "ii hai", "iii ba", "iv tu", "v nam", "vi sau", "vii bay", "viii tam", "ix chin", "x muoi", "xi",
         "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"), start=1
    )
    for said in (*ways.split(), str(number))
}  # fmt: skip
"""A number of a congress, folded -> which it is."""


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The events that this part tells of, and no earlier part did."""
    words = words_of(context)
    notes = context.page.notes
    told: list[frozenset[str]] = notes.setdefault("events told", [])
    for tokens, event in _distinct(_read(context)):
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
    """The words of a name, and its number as "#3": "lần thứ III", "lần thứ ba"."""
    folded = fold(expand(name)).removeprefix("buoi ")  # "Buổi lễ ra mắt" is "Lễ ra mắt Tổ …"
    numbers = (f"#{_ORDINALS[said[1]]}" for said in _NUMBER.finditer(folded) if said[1] in _ORDINALS)
    return frozenset((*_ALSO.findall(folded), *numbers))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    if len(one & other) < 0.8 * min(len(one), len(other)) - 1:
        return False  # most, at once
    ordinals = [{token for token in tokens if token[0] == "#"} for tokens in (one, other)]
    if all(ordinals) and ordinals[0].isdisjoint(ordinals[1]):  # "Đại hội … lần thứ III", "Đại hội lần thứ I"
        return False
    numbers = [{token for token in tokens if token.isdigit() and len(token) < YEAR} for tokens in (one, other)]
    if all(numbers) and numbers[0].isdisjoint(numbers[1]):  # "Hội nghị lần thứ 7 …", "Hội nghị lần thứ 9 …"
        return False
    one, other = one - ordinals[0], other - ordinals[1]
    return len(one & other) >= 0.8 * min(len(one), len(other))


def _distinct(events: list[Event]) -> list[tuple[frozenset[str], Event]]:
    """One mention of each event, the one that says most, with the words of its name; in the order of the text."""
    kept: list[tuple[frozenset[str], Event]] = []
    for event in sorted(events, key=lambda event: (-event.weight, event.first)):
        tokens = _tokens(event.name)
        if not any(_same(tokens, other) for other, _ in kept):
            kept.append((tokens, event))
    return sorted(kept, key=lambda one: one[1].first)


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
    last: Event | None = None
    for hit in _told_by(words):
        told_by_it = last and last.rule == "delegation" and hit.first < last.end  # what a delegation did
        quote = context.quote(words.starts[hit.first])
        if not (told_by_it or quote) and (event := _of_hit(context, hit, quoted, last)):
            events.append(event)
            last = event
    if context.part == "body":
        events += _titled(context, events)
    placed = event_days.placed(context, sorted(events, key=lambda event: event.first)[:MOST])
    if context.part == "captions":  # what a picture shows is told of in the text, unless it says when it was
        return [event for event in placed if _counts(event)]
    told = _counting(placed) or _counting(event_days.placed(context, _titled(context, [])))
    return [event for event in told if event.rule != "just" or _counts(event)] or told


def _counting(events: list[Event]) -> list[Event]:
    """Those that are events though they are told of no day, and of the others those that are told of one."""
    return [event for event in events if event.rule not in event_days.BY_DAY or _counts(event)]


def _told_by(words: Words) -> list[Hit]:
    """The words that events are told by, in the order of the text; "thăm hỏi" is no "thăm"."""
    events = list(words.all("event"))
    within_them = {index for hit in events for index in range(hit.first, hit.end)}
    return sorted([*events, *(hit for hit in words.all("deed") if hit.first not in within_them)])


def _of_hit(context: Context, hit: Hit, quoted: dict[int, Quote], last: Event | None) -> Event | None:
    """The event that this word of the gazetteer tells of, by its shape (events.csv), where `last` was told before."""
    words, shape = words_of(context), hit.entry.data[0]
    if words.keys[hit.first - 1] in _HALLS and words.gap(hit.first - 1) == " " and words.capital(hit.first):
        return None
    if shape in ("deed", "act", "gift", "visit"):
        return done_to(context, hit, quoted) or deed(context, hit, quoted, last)
    if shape == "given":
        return done_to(context, hit, quoted)
    if shape == "delegation":
        return delegation(context, hit, quoted)
    return _BY_NOUN[shape](words, hit, quoted) or held_by_host(context, hit, quoted)


def _titled(context: Context, events: list[Event]) -> list[Event]:
    """The event of the title, unless one of these is the same, or says the most of its name."""
    titled = by_title(context, acts=not events)
    if titled is None:
        return []
    tokens = _tokens(titled.name)
    words = words_of(context)
    events[:] = [one for one in events if not (_purpose(words, one, titled) or _barely(one, titled, tokens))]
    names = [_tokens(event.name) for event in events]
    return (
        [] if any(_same(tokens, name) or len(tokens & name) >= 0.5 * len(tokens | name) for name in names) else [titled]
    )


def _purpose(words: Words, event: Event, titled: Event) -> bool:
    """Does the mention of the title's event say but what it was held for: "Hội thao chào mừng Đại hội …"?"""
    return event.first == titled.first and words.key(event.first + 2) in ("chào", "mừng", "kỷ", "nhân", "hướng")


def _barely(event: Event, titled: Event, tokens: frozenset[str]) -> bool:
    """Does the mention of the title's event say but its noun: "chương trình Giao lưu", whose name the title tells?"""
    same = event.first <= titled.first < event.end <= titled.end
    return same and _tokens(event.name) - _NOUNS <= tokens


def _named_by(words: Words, quote: Quote, head: Hit) -> bool:
    """Does the quotation follow its noun, with no more between than what kind of one it is: "Giải bóng đá “…”"?"""
    between = range(head.end, quote.first)
    if words.keys[quote.first - 1].isdigit() and between:  # "tổ chức 47 “Gian hàng 0 đồng”"
        return False
    return len(between) <= KIND_OF and all(words.gap(index - 1) == " " for index in between if index > head.end)


def _prize(context: Context, event: Event) -> bool:
    """Is it a prize, and no contest: giải “Tiểu phẩm ấn tượng nhất”? A contest is held ("giải “Cúp 26-3” quy tụ …")."""
    if not event.name.lower().startswith("giải "):
        return False
    words = words_of(context)
    start = words.starts[event.first]
    prize = context.taken(start, start + 1, "award") or words.at(event.first, "award")
    return bool(prize or event.name[5] == "“") and not took_place(words, event.end)


def _counts(event: Event) -> bool:
    """Is it told of a day? What unions do all the year round ("tổ chức tập huấn …") is an event only then."""
    rare = event.rule == "deed" and event.name.lower().startswith(_RARE)
    return rare or bool(event.when and event_days.is_short(event.when))


def _held(context: Context, quote: Quote) -> bool:
    """Is it an occasion that the sentence gives a day: "Ngày hội “Phụ nữ khởi nghiệp” ngày 14.10"?"""
    words = words_of(context)
    if quote.head is None or not (quote.head.entry.name in _OCCASIONS or _takes_place(words, quote, quote.head)):
        return False
    if quote.head.entry.name in CONTESTS and took_place(words, tail(words, quote.end)):
        return True
    first, end = sentence_of(context, quote.first)
    organised = "tổ chức" in " ".join(words.keys[max(first, quote.head.first - 3) : quote.head.first])
    if organised and quote.head.entry.name in CONTESTS:
        first = bisect_left(words.starts, context.paragraph(words.starts[first])[0])  # its day stands before
    return bool(event_days.of(context, first, end)) or event_days.goes_on(context, first)


def _takes_place(words: Words, quote: Quote, head: Hit) -> bool:
    """Is it a programme that is performed: "chương trình “Xuân biên phòng” diễn ra tối 18/1"?"""
    if head.entry.name != "chương trình":
        return False
    if words.keys[head.end] in _SHOWS and quote.first > head.end:
        return True
    before = words.keys[max(0, head.first - 2) : head.first]
    if held_by(words, tail(words, quote.end)) or (
        words.gap(head.first - 1) in (" ", ",") and before[-1][-1:].isdigit()
    ):
        return True  # "… do Hội LHPN tỉnh tổ chức", "ngày 22/12(,) chương trình “…” mang đến …"
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


def _handed_at(body: Context, award: Hit) -> bool:
    """Does the text tell of the ceremony or the conference at which this award was handed over?"""
    words = words_of(body)
    for hit in words.all("award"):
        if hit.entry.name == award.entry.name:
            told = (words.at(index, "event") for index in range(*sentence_of(body, hit.first)))
            if any(event and event.entry.name.startswith((*_OCCASION, *CONTESTS)) for event in told):
                return True
    return False


def _cited(words: Words, quote: Quote) -> str:
    return f"“{words.written(quote.first, quote.end)}”"


def _honours(context: Context) -> Iterator[Event]:
    """An award that the title tells of is the event of the article."""
    words = words_of(context)
    for span in context.found:
        if span.kind == "award" and "hội" in span.value["winner"].lower():  # a person's is told as the person's
            first, end = bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)
            if any(
                _handed_at(sibling(context, "body"), hit) for at in range(first, end) if (hit := words.at(at, "award"))
            ):
                continue
            if _RANKED.match(span.value["name"]):  # of a contest, which is the event
                continue
            name = f"Trao {span.value['name']} cho {span.value['winner']}"
            yield Event(first, end, name, "honour", str(span.year) if span.year else None, None, None, 1)


def _quoted(words: Words, quote: Quote, head: Hit) -> Event:
    """ "Festival “Phụ nữ Thủ đô …” năm 2024", "“Giải đi bộ khỏe - đẹp” lần thứ nhất"."""
    inside = head.first >= quote.first or head.entry.name == _HELD  # "tổ chức “Phiên chợ 0 đồng”"
    first = quote.first if inside else head.first
    end = tail(words, quote.end)
    lead = "" if inside else f"{words.written(first, quote.first)} "
    name = f"{lead}“{words.written(quote.first, quote.end)}”"
    if end > quote.end:
        name += f" {words.written(quote.end, end)}"
    return Event(first, end, tidy(name[:1].upper() + name[1:]), "quoted", weight=2)
