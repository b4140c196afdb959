"""Events that are told by a verb: what someone organised or did on a day, and what a delegation did where it went."""

from __future__ import annotations

from itertools import pairwise

from worker.facts.events.agents import CAUSING, THERE, VISITED, at_once, just_done
from worker.facts.events.days import goes_on, same_occasion
from worker.facts.events.names import DEED, Event, cased, name_end, tidy
from worker.facts.organisations import organisations_of
from worker.facts.organisations.organisation import Organisation
from worker.facts.quotes import Quote
from worker.facts.span import Context
from worker.facts.words import Hit, Words, sentence_of, within, words_of

DELEGATION = 30  # words between whose delegation it is and what it did
GIVER = 12  # words of who did it, between "được" and the verb
LONGEST = 40  # words in the name of an event
SHORTEST = 3  # words beyond "hội nghị" that make one conference tell from another
_HANDED = ("bàn giao", "khánh thành", "khởi công", "ra mắt", "trao tặng", "trao quà", "tặng quà", "thăm hỏi")
_DONE = ("tham quan", "ký kết")  # "… đã ký kết", by whomever
_VISITS = frozenset(
    (
        ("làm", "việc"),
        ("đến", "thăm"),
        ("tới", "thăm"),
        ("thăm", "chúc"),
        ("thăm", "tặng"),
        ("thăm", "hỏi"),
        ("thăm", "và"),
        ("kiểm", "tra"),
        ("giám", "sát"),
        ("khảo", "sát"),
    )
)
_CAME_FOR = frozenset(
    (("chúc", "mừng"), ("chúc", "tết"), ("tặng", "quà"), ("trao", "quà"), ("thăm", "hỏi"), ("động", "viên"))
)
"""What a delegation came for, behind where it came to."""
_TO_MARK = frozenset(("nhằm", "mừng", "nhân", "hướng"))
"""Words between "tổ chức" and what is but marked by it: "tổ chức nhằm chào mừng kỷ niệm 84 năm …"."""
_OPENED = (
    "ra mắt",
    "khởi công",
    "khánh thành",
    "bàn giao",
    "phát động",
    "khai trương",
    "khai giảng",
    "bế giảng",
    "được trao",
    "trao",
)
_ALONE = ("ra mắt", "được trao", "khai giảng", "bế giảng")
"""Those that are told so without a word between: "Lớp xóa mù chữ … | bế giảng"."""
_PASSIVE = frozenset(("được", "đã", "vừa", "vốn", "chính", "thức", "cũng", "từng"))
"""Words between what was opened and the verb."""
_WORK_WORDS = frozenset(
    (("công", "trình"), ("mô", "hình"), ("ngôi", "nhà"), ("căn", "nhà"), ("câu", "lạc"), ("tủ", "sách"), ("dự", "án"),
     ("tuyến", "đường"), ("nhà", "văn"), ("nhà", "trẻ"), ("điểm", "trường"), ("phong", "trào"),
     ("tổ", "hợp"), ("hợp", "tác"), ("cửa", "hàng"), ("trạm", "y"), ("lớp", "học"), ("lớp", "tập"), ("lớp", "dạy"),
     ("chiến", "dịch"), ("giải", "thưởng"), ("cây", "cầu"), ("lớp", "xoá"), ("lớp", "bồi"), ("khoá", "học"),
     ("khoá", "đào"), ("khoá", "bồi"))
)  # fmt: skip
_THE_WORK = (["công", "trình"], ["ngôi", "nhà"], ["căn", "nhà"], ["mô", "hình"], ["dự", "án"], ["cây", "cầu"])
_WORKS = frozenset(first for first, _ in _WORK_WORDS)
_HOLDS = frozenset(("tổ", "chức", "tiến", "hành", "mở", "làm", "đã", "vừa", "long", "trọng", "họp"))
"""Words between who holds a congress and the word itself."""
_TO_WHOM = frozenset(("cho", "tới", "đến", "tại", "ở", "tặng", "ủng", "giúp"))
_COMMON = frozenset(("với",))  # words that end the names of other events, but here say with whom


def deed(context: Context, hit: Hit, quoted: dict[int, Quote], last: Event | None) -> Event | None:
    """ "tổ chức bàn giao “Mái ấm tình thương” cho …", "tham quan … mô hình … tại …"; `last`: the event told before."""
    words = words_of(context)
    before = words.keys[max(0, hit.first - 6) : hit.first]
    if before[-2:] == ["hoạt", "động"] and hit.entry.data[0] == "deed":
        return None  # "tổ chức nhiều hoạt động tôn vinh phụ nữ": what they are for
    if hit.entry.name == "ký kết" and words.key(hit.end).isdigit():
        return None  # "ký kết 22 hợp đồng": a count among others
    organised = "chức" in before and before[before.index("chức") - 1] == "tổ" and _TO_MARK.isdisjoint(before)
    together = hit.entry.name in _HANDED and "phối" in words.keys[max(0, hit.first - 4 * len(before)) : hit.first]
    together = together and CAUSING.isdisjoint(pairwise(before))
    acts = not (organised or together) and at_once(context, hit, last)
    just = not acts and just_done(context, hit)
    launched = _launched(context, hit, quoted)
    if not (organised or together or acts or just or launched) and not (hit.entry.name in _DONE and "đã" in before):
        return None
    there = hit.entry.data[0] in ("gift", "visit") or hit.entry.name.startswith(VISITED)
    end = name_end(words, hit.end, quoted, THERE if there else frozenset())
    end = (
        next((at for at in range(hit.end, end) if words.gap(at) == "-" and not words.key(at + 1).isdigit()), end - 1)
        + 1
    )
    if end - hit.first < DEED or (acts and hit.entry.data[0] == "gift" and not _received(context, hit.end)):
        return None
    rule = "launched" if launched else "at-once" if acts else "just" if just else "deed"
    return Event(hit.first, end, tidy(cased(words, hit.first, end)), rule, weight=1)


def _launched(context: Context, hit: Hit, quoted: dict[int, Quote]) -> bool:
    """Is something launched beside what else was done: "Hội cũng | ra mắt mô hình “…”", "Lễ … và | ra mắt …"?"""
    if hit.entry.name != "ra mắt" or not any(one.head and one.head.first == hit.end for one in quoted.values()):
        return False
    words = words_of(context)
    first, _ = sentence_of(context, hit.first)
    also = words.keys[hit.first - 2 : hit.first] == ["đồng", "thời"]  # "…; đồng thời | ra mắt CLB “…”"
    also = also or words.keys[hit.first - 1] in ("và", "cũng")
    return also or goes_on(context, first) or same_occasion(context, first)


def _received(context: Context, index: int) -> bool:
    """Is it told of a gift to whom it went, or where: "trao 50 suất quà | cho …"? Else it is but one of many sums."""
    words = words_of(context)
    _, end = sentence_of(context, index)
    return not _TO_WHOM.isdisjoint(words.keys[index:end])


def done_to(context: Context, hit: Hit, quoted: dict[int, Quote]) -> Event | None:
    """ "mô hình “…” được ra mắt ngày 26/4", "CLB … chính thức ra mắt": what was opened stands before the verb."""
    words, first, alone = words_of(context), hit.first, hit.entry.name in _ALONE
    if hit.entry.name not in _OPENED or not (alone or _PASSIVE.intersection(words.keys[max(0, first - GIVER) : first])):
        return None
    if name_end(words, hit.end, quoted) > hit.end + 1:
        return None
    first = _giver(context, first)
    while words.keys[first - 1] in _PASSIVE and words.gap(first - 1) in (" ", ","):
        first -= 1
    if first == hit.first and not alone:
        return None
    opened = _opened(context, first, quoted)
    if opened is None:
        return None
    opens, stop = opened
    if stop - opens == len(_THE_WORK[0]) and words.keys[opens:stop] in _THE_WORK:  # what was told before
        return None
    verb = hit.first + (words.keys[hit.first] == "được")
    name = f"{cased(words, verb, hit.end)} {words.written(opens, stop)}"
    if words.gap(stop - 1)[:1] in ("”", '"', "»"):
        name += words.text[words.ends[stop - 1]]
    return Event(opens, hit.end, tidy(name), "deed" if stop < first else "at-once", weight=1)


def _giver(context: Context, index: int) -> int:
    """Where who did it begins, between "được" and the verb: "Ngôi nhà … vừa được | Hội LHPN huyện bàn giao"."""
    words = words_of(context)
    for one in within(organisations_of(context), index - LONGEST, index):
        if one.end == index and words.gap(index - 1) == " " and words.keys[one.first - 1] == "được":
            return one.first
    return index


def _opened(context: Context, index: int, quoted: dict[int, Quote]) -> tuple[int, int] | None:
    """The words [first, end) of what was opened, right before this word: a quotation's noun, a work, a club.

    Or a sentence begins with it: "Cây cầu dài 24 m bắc qua kinh, vốn 186 triệu đồng, đã | được khánh thành".
    """
    words = words_of(context)
    quote = next((one for one in quoted.values() if one.end == index), None)
    if quote and quote.head:
        return quote.head.first, index
    if words.gap(index - 1) != " ":
        first, _ = sentence_of(context, index)
        stop = next((at + 1 for at in range(first, min(index, first + GIVER)) if words.gap(at) == ","), None)
        opens = words.gap(index - 1) == "," and (words.keys[first], words.keys[first + 1]) in _WORK_WORDS
        return (first, stop) if opens and stop else None
    first = index
    for at in range(index - 1, max(0, index - LONGEST) - 1, -1):
        if words.keys[at] in _WORKS and (words.keys[at], words.keys[at + 1]) in _WORK_WORDS:
            first = at
        if words.gap(at - 1).strip('“”"«»') not in (" ", "-", ""):
            break
    return (first, index) if first < index - 1 else None


def held_by_host(context: Context, hit: Hit, quoted: dict[int, Quote]) -> Event | None:
    """ "Hội Phụ nữ xã … đã tổ chức Đại hội.", "CLB … làm lễ ra mắt": whose it is makes its name."""
    words, first = words_of(context), hit.first
    if hit.entry.name not in ("đại hội", "lễ ra mắt") or name_end(words, hit.end, quoted) > hit.end:
        return None
    while words.keys[first - 1] in _HOLDS and words.gap(first - 1) == " ":
        first -= 1
    host = next((one for one in within(organisations_of(context), first - LONGEST, first) if one.end == first), None)
    if host is None or first == hit.first:
        return None
    return Event(hit.first, hit.end, f"{cased(words, hit.first, hit.end)} {host.name}", "short", weight=1)


def _home(words: Words, end: int) -> int:
    """The end of whose delegation it is, with the province of another country: "Hội LHPN tỉnh | Xiêng Khoảng"."""
    return words.run(end) if words.gap(end - 1) == " " else end


def delegation(context: Context, hit: Hit, quoted: dict[int, Quote]) -> Event | None:
    """ "Đoàn giám sát của Hội LHPN tỉnh … (đã có buổi) làm việc với UBND thị xã …": whose, and what it did there."""
    words = words_of(context)
    whose = hit.end + 2 * (words.key(hit.end) == "số" and words.key(hit.end + 1).isdigit())
    whose += words.key(whose) == "của"
    sent = next(iter(within(organisations_of(context), whose, whose + 1)), None)
    led = words.keys[max(0, hit.first - 2) : hit.first] == ["dẫn", "đầu"]
    if sent is None and words.key(whose) != "do" and not led:  # "đoàn công tác do bà X làm trưởng đoàn …"
        return None
    _, stop = sentence_of(context, hit.first)
    begins = sent.end if sent else whose
    for index in range(begins, min(stop - 1, begins + DELEGATION)):
        if arrived := _arrives(words, index, stop):
            end = name_end(words, arrived, quoted, _COMMON)
            return _by_delegation(words, hit, sent, (index, end))
        if (words.keys[index], words.keys[index + 1]) in _VISITS or words.keys[index] == "thăm":
            there = THERE if "thăm" in words.keys[index : index + 2] else frozenset[str]()
            end = name_end(words, index + 2, quoted, _COMMON | there)
            if end < index + SHORTEST:
                return None
            return _by_delegation(words, hit, sent, (index, end))
    return None


def _arrives(words: Words, index: int, stop: int) -> int | None:
    """The word behind what a delegation came for: "(đã) tới | Đại sứ quán Lào … chúc mừng |"; None if it says none."""
    if words.keys[index] not in ("tới", "đến") or not words.capital(index + 1):
        return None
    for at in range(index + 2, min(stop - 1, index + GIVER)):
        if words.gap(at - 1) not in (" ", ","):
            return None
        if (words.keys[at], words.keys[at + 1]) in _CAME_FOR:
            return at + 2
    return None


def _by_delegation(words: Words, hit: Hit, sent: Organisation | None, did: tuple[int, int]) -> Event:
    """The event that a delegation's doing is, told by the words `did`, with whose delegation it is."""
    if sent is None and words.keys[did[0]] in ("đến", "tới"):
        did = did[0] + 1, did[1]
    whose = words.written(sent.first, _home(words, sent.end)) if sent else ""
    name = f"{words.written(hit.first, hit.end)} {whose} {words.written(*did)}" if sent else words.written(*did)
    return Event(hit.first, did[1], tidy(name[:1].upper() + name[1:]), "delegation", weight=1)
