"""Programmes, campaigns, contests and models by name: quoted after such a noun, or known to the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator

from worker.facts.gazetteer import small_words
from worker.facts.quotes import Quote, quotes_of
from worker.facts.span import Context, Span
from worker.facts.words import Hit, Words, sentence_of, words_of, year_at

LONGEST_NAME = 14  # words in a name without quotation marks
_NAMED = frozenset(("cuộc thi", "hội thi", "phong trào", "cuộc vận động", "chiến dịch", "chương trình", "ngày hội"))
"""Nouns after which a name with a capital letter needs no quotation marks."""
_PLANS = frozenset(("đề án", "dự án"))
"""Those after which it needs none where its years end it."""
_ENTRIES = ("dự án", "mô hình", "sáng kiến")
"""Nouns of what people enter for a contest."""
_AUTHORS = (["tác", "giả"], ["nhóm", "tác"], ["nhóm", "chị"], ["hai", "chị"])
_RANKS = frozenset(("nhất", "nhì", "ba", "tư", "khuyến", "đặc", "phụ"))
PRIZE = 12  # words from a prize to what won it: "giải Nhất (20 triệu đồng) thuộc về dự án “…”"
_PARTS = frozenset(
    ("chi", "tổ", "tuyến", "đoạn", "đường", "xóm", "thôn", "ấp", "bản", "làng", "buôn", "khu", "ngõ", "hẻm", "chợ")
)
"""First words of models that bear the name of a campaign: “Chi hội 5 không, 3 sạch”."""
_MORE = frozenset(("các", "những", "một", "nhiều"))  # with "và" these begin something else
_TAKES_PLACE = (["diễn", "ra"], ["thu", "hút"], ["khai", "mạc"], ["bế", "mạc"], ["kết", "thúc"])
"""What a contest does, behind its name: "Ngày hội Sống xanh năm 2023 | diễn ra từ …"."""
_GOES_ON = ("do", "đã", "được")  # behind a name: by whom, or what came of it
_OTHERS = ("union", "central", "area", "party", "body", "province", "level")


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The programmes that this part names."""
    words = words_of(context)
    taken: set[int] = set()
    told = 0  # the end of the programme told last, in quotation marks
    for quote in quotes_of(context):
        known = _known_within(words, quote)
        listed = 0 < told == quote.first and quote.kind == "none" and words.gap(told - 1)[1:2] == ","  # “Known”, “New”
        if not (known or listed or quote.kind == "programme") or not _is_name(words, quote, known):
            continue
        if not known and _is_entry(context, words, quote):
            continue
        taken.update(range(quote.first, quote.end))
        told = quote.end
        if known and words.keys[quote.first] in _PARTS and known.first > quote.first:
            known = None  # “Chi hội 5 không, 3 sạch” is a model of its own
        name = known.entry.name if known else _tidy(words.written(quote.first, quote.end))
        yield _span(words, quote.first, quote.end, name, "known" if known else "quoted")
    for hit in words.all("programme"):
        if taken.isdisjoint(range(hit.first, hit.end)):
            taken.update(range(hit.first, hit.end))
            yield _span(words, hit.first, hit.end, hit.entry.name, "known")
    for hit in words.all("head"):
        end = _name_after(words, hit) if hit.entry.name in _NAMED else 0
        end = _with_span(words, hit) if hit.entry.name in _PLANS else end
        if end and taken.isdisjoint(range(hit.end, end)):
            last = end - 2 * (words.keys[end - 2] == "năm" and year_at(words, end - 1) is not None)  # held each year
            yield _span(words, hit.first, end, _tidy(words.written(hit.first, last)), "named", confidence=0.7)


def _span(words: Words, first: int, end: int, name: str, rule: str, confidence: float = 1.0) -> Span:
    return Span(
        kind="programme",
        start=words.starts[first],
        end=words.ends[end - 1],
        value={"name": name},
        rule=rule,
        confidence=confidence,
        name=name,
    )


def _known_within(words: Words, quote: Quote) -> Hit | None:
    """The known programme whose name the quotation is, give or take two words."""
    for index in range(quote.first, min(quote.first + 3, quote.end)):
        hit = words.at(index, "programme")
        if hit and hit.end <= quote.end and (quote.end - quote.first) - (hit.end - hit.first) <= 2:
            return hit
    return None


def _is_name(words: Words, quote: Quote, known: Hit | None) -> bool:
    """A name is more than a word, and no sentence that someone says."""
    if known:
        return True
    size = quote.end - quote.first
    inside = words.text[words.starts[quote.first] : words.ends[quote.end - 1] + 1]
    return size >= 2 and not inside.endswith((".", "!", "?")) and ". " not in inside


def _is_entry(context: Context, words: Words, quote: Quote) -> bool:
    """Is it what someone makes, or won a prize with: "dự án “Trà hoa sen” của chị A", "giải Nhất: dự án “…”"?"""
    head = quote.head
    if head is None or head.entry.name not in _ENTRIES:
        return False
    maker = quote.end + 1
    if words.key(quote.end) == "của":
        titled = words.at(maker, "honorific")
        if words.keys[maker : maker + 2] in _AUTHORS or (titled and words.capital(titled.end)):
            return True
    if words.keys[head.first - 1] in ("khổ", "thuộc", "của"):
        return False  # "giải Nhất cuộc thi trong khuôn khổ dự án “…”"
    first = max(sentence_of(context, head.first)[0], head.first - PRIZE)
    return any(words.keys[at] == "giải" and words.key(at + 1) in _RANKS for at in range(first, head.first))


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _goes_on(words: Words, index: int) -> bool:
    """Does a name go on with this word: after a blank, or the dash of "kinh tế - xã hội"?"""
    gap = words.gap(index - 1)
    region = words.at(index - 2, "region") if gap == "-" else None
    if region and region.end > index:
        return True  # "… khu vực miền Trung - Tây Nguyên năm 2024"
    return gap == " " or (gap == "-" and not words.capital(index) and not words.key(index)[:1].isdigit())


def _with_span(words: Words, hit: Hit) -> int:
    """The end of a plan's name with its years ("Đề án Hỗ trợ phụ nữ … giai đoạn 2017 - 2025"); 0 if it has none."""
    index = hit.end
    if words.gap(index - 1) != " " or not words.capital(index) or words.shouted(index) or words.at(index, *_OTHERS):
        return 0
    for at in range(index + 1, min(len(words) - 3, index + 2 * LONGEST_NAME)):
        if words.gap(at - 1) not in (" ", ",", "-"):
            return 0
        if words.keys[at : at + 2] == ["giai", "đoạn"] and words.gap(at + 2) == "-" and year_at(words, at + 3):
            return at + 4
    return 0


def _name_after(words: Words, hit: Hit) -> int:
    """The end of a name without quotation marks ("Cuộc thi Phụ nữ khởi nghiệp năm 2023"); 0 if there is none."""
    index = hit.end
    if words.gap(index - 1) != " " or not words.capital(index) or words.shouted(index):
        return 0
    office = words.at(index, "office")
    if words.at(index, *_OTHERS) or (office and office.entry.data[0] != "member"):
        return 0
    end = index + 1
    while end < index + LONGEST_NAME and _goes_on(words, end) and words.keys[end] not in small_words("ends_name"):
        if words.keys[end : end + 2] in _TAKES_PLACE:
            break
        if words.keys[end] == "và" and words.key(end + 1) in _MORE:
            break
        end += 1
    dated = words.keys[end - 1].isdigit()
    parted = words.gap(end - 1) != " " or words.key(end) in _GOES_ON
    return end if dated or (end - index >= 3 and parted) else 0
