"""Does a verb tell of an event: right behind who acts, in a clause that has a day, or alone behind a day?

"Ngày 5/6, hội viên xã A (huyện B) | ra quân …", "12/12: | khởi công …", "Hội LHPN huyện (đã) | tổng kết …".
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from worker.facts.events import days as event_days
from worker.facts.events.meetings import took_place
from worker.facts.events.names import DEED, Event, delegation_before, name_end
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisations_of
from worker.facts.quotes import quotes_of
from worker.facts.span import Context
from worker.facts.words import Hit, Words, sentence_of, within, words_of

LEAD = 60  # words with which a text begins
REACH = 40  # words of a clause before the verb
_PERSONS = (["sinh", "viên"], ["đồng", "chí"], ["đồng", "bào"], ["đồng", "nghiệp"], ["đồng", "đội"])
GIFT = 6  # words from "trao" to what is given: "trao | 15 con bò giống", "tặng | 2 tấn rưỡi gạo"
_FUNDS = ["kinh", "phí"]  # "trao (hỗ trợ) | kinh phí xây nhà"
_PARTICLES = frozenset(
    ("đã", "vừa", "đến", "họp", "tới", "cùng", "nhau", "chính", "thức", "làm", "lễ", "cũng", "còn", "đi", "về", "tiếp",
     "tục", "trực", "lần", "lượt", "sang", "ra", "cho", "tham", "gia", "đồng", "loạt", "hào", "hứng")
)  # fmt: skip
"""Words between who did it and what they did."""
_OF_DAY = frozenset(
    ("sáng", "chiều", "tối", "trưa", "đêm", "ngày", "vào", "hôm", "chủ", "nhật", "lúc", "từ", "giờ", "phút")
)
"""Words that a day may be said with, beyond its date."""
_AGENTS = frozenset(
    ("viên", "nữ", "em", "chức", "đoàn", "sĩ", "vị", "hội", "phương", "nhà", "phường", "xã", "huyện", "tỉnh", "phố",
     "biểu", "đạo", "bộ", "dân", "sinh", "niên", "ngành", "quan", "ty", "con", "lượng", "chị", "nhóm", "tâm",
     "vận", "trực", "vụ", "trợ", "quân", "nghiệp", "hàng", "hành", "giáo", "đội", "binh", "thương", "sỹ", "cô", "mẹ",
     "cụ")
)  # fmt: skip
"""Last words of who acts: hội viên, phụ nữ, chị em, công chức, đơn vị, hai hội, địa phương, UBND xã, đại biểu, …"""
_CAUSES = frozenset(("mời", "để", "nhằm", "sẽ", "giúp"))
CAUSING = frozenset(
    (("vận", "động"), ("kêu", "gọi"), ("chỉ", "đạo"), ("yêu", "cầu"), ("đề", "nghị"), ("trong", "việc"),
     ("cho", "việc"), ("đẩy", "mạnh"))
)  # fmt: skip
"""Words of making others act, or of what is only meant: vận động, kêu gọi, chỉ đạo, yêu cầu, đề nghị, sẽ, để."""
_RECEIVED = ("tập huấn", "khám sức khỏe", "khám bệnh", "khám phụ khoa")
"""Acts that are told of those for whom they were done: "50 hội viên được tập huấn …"."""
_REMEMBERED = ("kỷ niệm", "thăm", "tri ân")
"""Acts with which a sentence begins that tells of something else: "Kỷ niệm 94 năm … (20/10), Hội LHPN xã …"."""
VISITED = ("thăm", "dâng", "viếng", "thắp", "tặng quà", "trao quà", "về nguồn", "chuyến về", "hành trình về")
"""What acts begin with of which the name says where, and which are told with their day."""
_DATED = (*VISITED, "làm việc")
"""What acts begin with that are told with their day, or are a part of what else is told."""
_SEEN = ("thăm", "viếng", "dâng", "thắp", "tham quan", "khảo sát", "kiểm tra")
"""What acts begin with that may be a further part of a visit."""
THERE = frozenset(("tại", "ở"))  # words that say where: all that tells one "dâng hương" from another


def at_once(context: Context, hit: Hit, last: Event | None) -> bool:
    """Does it say at once who did it, or when and no more: "Hội LHPN huyện (đã) tổng kết …", "12/12: khởi công …"?

    `last` is the event told before, of which a visit may be a further part: "đoàn khảo sát … (…) và thăm …".
    """
    shape, words = hit.entry.data[0], words_of(context)
    if shape not in ("act", "gift", "visit") or (last and _of_meeting(context, hit.first, last)):
        return False
    if words.keys[hit.first - 1] == "và" and last and last.rule in event_days.BY_VERB:
        if hit.entry.name == "thăm hỏi" and words.key(hit.end).isdigit():
            return False  # "… đã đến thăm hội viên xã A và thăm hỏi 3 gia đình": one visit
        return hit.entry.name.startswith(_SEEN) and sentence_of(context, hit.first)[0] <= last.first < hit.first
    first = hit.first - (words.keys[hit.first - 1] == "được" and hit.entry.name in _RECEIVED)
    while words.keys[first - 1] in _PARTICLES and words.gap(first - 1) == " ":
        first -= 1
    if shape == "gift":
        return words.gap(first - 1) in (" ", ")") and _gift(words, hit.end) and _by_agent(context, first, gift=True)
    sent = delegation_before(words, first)
    if sent is not None:
        return _by_agent(context, first, sent=True) or words.opens_sentence(sent)
    return shape == "act" and _acts(context, hit, first)


def just_done(context: Context, hit: Hit) -> bool:
    """Does a text begin with what someone has just done, without a day: "Hội LHPN xã A vừa | ra mắt mô hình “…”"?"""
    words, first, shape = words_of(context), hit.first, hit.entry.data[0]
    if context.part != "body" or first > LEAD or shape not in ("act", "gift", "deed"):
        return False
    while words.keys[first - 1] in _PARTICLES | {"tổ", "chức"} and words.gap(first - 1) == " ":
        first -= 1
    if "vừa" not in words.keys[first : hit.first] or (shape == "gift" and not _gift(words, hit.end)):
        return False
    stop = words.ends[first - 1]
    named = context.overlapping(stop - 1, stop, "organisation", "place")
    return words.gap(first - 1) in (")", "),") or any(span.end == stop for span in named)


def _of_meeting(context: Context, index: int, last: Event) -> bool:
    """Is this what the meeting did that was told before: "Hội nghị (…) họp ngày 17/7 đã | sơ kết công tác …"?"""
    words = words_of(context)
    first = max(sentence_of(context, index)[0], index - REACH)
    opens = next((at for at in range(index, first, -1) if words.gap(at - 1)[-1:] in (",", ";", ":")), first)
    return last.first == opens and words.at(opens, "deed") is None


def _acts(context: Context, hit: Hit, first: int) -> bool:
    """The same of an act, before which the particles begin with word `first`."""
    if _after_day(context, first) or _opens(context, hit):
        return True
    words = words_of(context)
    if words.gap(first - 1) == " " and not hit.entry.name.startswith(_DATED):
        before = within(organisations_of(context), first - REACH, first)
        if any(one.end == first for one in before):
            return True
    return _by_agent(context, first, before=hit.entry.name in _REMEMBERED and words.key(hit.end).isdigit())


def _opens(context: Context, hit: Hit) -> bool:
    """Does a line begin with what was done, its day behind: "GIAO THỦY - Ra quân … hôm 9/10", "Ký kết … diễn ra …"?"""
    words = words_of(context)
    if not words.capital(hit.first) or not (words.opens_sentence(hit.first) or words.gap(hit.first - 1) == "-"):
        return False
    if hit.entry.name in _REMEMBERED:
        return False
    end = name_end(words, hit.end, {quote.first: quote for quote in quotes_of(context)}, THERE)
    return end - hit.first >= DEED and (took_place(words, end) or words.key(end) in ("hôm", "vào", "ngày"))


def _gift(words: Words, index: int) -> bool:
    """Is it a gift that is given, and no honour: "trao | 20 suất quà …", "tặng | gạo và tiền"?"""
    for at in range(index, min(index + GIFT, len(words))):
        if words.at(at, "award") or (at > index and words.gap(at - 1) not in (" ", ",", "“", '"')):
            return False
        if words.keys[at : at + 2] == _FUNDS:
            return True
        if words.keys[at] in small_words("gift") and words.keys[at : at + 2] not in _PERSONS:
            return True
    return False


def _by_agent(context: Context, index: int, *, gift: bool = False, before: bool = False, sent: bool = False) -> bool:
    """Does the clause name a day, and end here with who acts: "Ngày 5/6, hội viên xã A (huyện B) | ra quân …"?

    `gift`: what is given on an occasion that the text tells of is none; `before`: a day behind the verb is none of it;
    `sent`: it is a delegation that acts ("Cùng ngày, đoàn công tác | thăm …").
    """
    words = words_of(context)
    stop, gap = words.ends[index - 1], words.gap(index - 1)
    if gap in (" ", ":"):
        named_last = words.capital(index - 1) and not words.opens_sentence(index - 1)
        ends = sent or words.keys[index - 1] in _AGENTS or named_last
        named = () if ends else context.overlapping(stop - 1, stop, "organisation", "place", "date")
        if not ends and not any(span.end == stop for span in named):
            return False
    elif gap not in (")", "-", ",", "),", '"', "”", "»"):
        return False
    first, end = sentence_of(context, index)
    opens = max(first, index - REACH)
    if words.text.find(";", words.starts[opens], stop) >= 0:
        opens = next((at + 1 for at in range(index - 2, opens - 1, -1) if words.gap(at) == ";"), opens)
    behind = gap in (" ", ":") and not before  # "hội viên … đã | dâng hương … sáng 5/5"
    dated = event_days.of(context, opens, end if behind else index)
    if not dated and not event_days.goes_on(context, opens, occasion=not gift):
        return False
    clause = words.keys[opens:index]
    if _CAUSES.intersection(clause) or CAUSING.intersection(pairwise(clause)):
        return False
    return gap not in (",", "),") or not any(_verb(words, at) for at in range(opens, index))


def _verb(words: Words, index: int) -> bool:
    """Is something else told here that was done, to which the verb behind a comma is but added?"""
    hit = words.at(index, "event", "deed")
    return hit is not None and hit.entry.data[0] in ("act", "gift", "visit")


def _after_day(context: Context, index: int) -> bool:
    """Does a sentence or a clause begin with a day and go on here: "…; chiều 28-6, khởi công …", "- 12/12: …"?"""
    words = words_of(context)
    stop, gap = words.ends[index - 1], words.gap(index - 1)
    if gap not in (",", ":", "-"):
        return False
    day = next((span for span in context.overlapping(stop - 1, stop, "date") if span.end == stop), None)
    if day is None:
        return False
    opens = bisect_left(words.starts, day.start)
    while _of_day(words, opens - 1) and words.gap(opens - 1) in (" ", ",") and index - opens < REACH:
        opens -= 1
    return words.opens_sentence(opens)


def _of_day(words: Words, index: int) -> bool:
    """Is it a word that a day is said with: sáng, Chủ nhật, lúc 8 giờ 30, 8h?"""
    key = words.keys[index]
    return key in _OF_DAY or (key[:1].isdigit() and key.rstrip("0123456789")[-1:] in ("", "h"))
