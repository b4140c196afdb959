"""What a sum of money is for, in the words beside it and within its sentence.

Behind it: "để xây nhà", "cho hội viên, phụ nữ nghèo", "mua lợn giống". Else before it, where its worth is spoken of:
"sửa 40 căn nhà, trị giá …"; "tổng trị giá" holds for everything that was done in the clause. A purpose is told whole,
with its list, and as it is written: of what would be longer than `LONGEST` the nearest part is, or nothing.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from worker.facts import units
from worker.facts.span import Context, Interval
from worker.own_data import read_yaml
from worker.vietnamese import tone_key

LONGEST = 160
"""Characters of a purpose."""
BACK = 260
"""Characters that are looked back at from a sum."""
ITEM_WORDS = 7
"""Words of one more item of a list."""


@cache
def _words(name: str) -> frozenset[str]:
    lists: dict[str, list[str]] = read_yaml("worker.facts", "data/purposes.yaml")
    return frozenset(map(tone_key, lists[name]))


def _any_of(*names: str) -> str:
    longest = sorted({word for name in names for word in _words(name)}, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest))})(?!\\w)"


_AFTER = re.compile(
    rf"(?P<pause>,)? (?:dành (?=cho))?(?:(?P<to>để|nhằm|cho|vào)(?= )(?! {_any_of('times')})"
    rf"|(?P<deed>{_any_of('deeds', 'weak_deeds')})(?! (?:từ|của|tại))|(?P<sort>{_any_of('sorts')}))"
)
_ITEM = re.compile(r"(?:“[^”\n]{0,120}”|\"[^\"\n]{0,120}\"|[^,;:()\n“”\"]|(?<=\d),(?=\d))+")
_AND_ANOTHER = re.compile(r" và (?=[0-9])")
_AND_A_SUM = re.compile(r" và (?:(?:hơn|trên|gần|khoảng) )?[0-9][0-9.,]* (?:nghìn|ngàn|triệu|tỷ|tỉ|đồng)(?!\w)")
_ENDS = re.compile(_any_of("ends"))
_TELLS = re.compile(rf"(?<!\w){_any_of('tells')}")
_DIGIT = re.compile(r"[0-9]")

_WORTH = re.compile(
    r"[ ,(–-]+(?:với |có |bằng )?(?P<all>tổng )?(?:số tiền|trị giá|kinh phí|giá trị|mức kinh phí)[^,.;:()\n]{0,30}$"
)
_CLAUSE = re.compile(r"[;:\n](?!\d)|(?<!\w)(?:cho rằng|cho biết|cho hay|trong đó)(?!\w)|\.\.\.|…")
_PIECE = re.compile(r",(?!\d) ?")
_DEED = re.compile(rf"(?<!\w)(?P<deed>{_any_of('deeds')})")
_WEAK = re.compile(rf"(?<!\w)(?P<deed>{_any_of('weak_deeds')})")
_A_NOUN = re.compile(rf"(?<!\w){_any_of('nouns')} $")
_PARTS = re.compile(r"(?<!\w)(?:gồm|kèm)(?: theo)? ")
_OF_PARTS = re.compile(r"[,( ]*(?<!\w)(?:trong đó|mỗi [^,;()\n]{1,24}? (?:gồm|có|được|nhận|trị giá))(?!\w)")
_SOME_TIME = re.compile(
    r"(?:sau|qua|trong|từ|đến|tính đến)(?: [^\s,;]+){0,3} (?:ngày|tháng|năm|nhiệm kỳ|triển khai|thực hiện)[^,]*,"
)
_LEADS = re.compile(_any_of("leads"))
_LEFT = re.compile(r"[\s.–+*•-]*(?:(?:và|tổng|là|thì) )*")
_EACH = re.compile(r"[ ,(]+mỗi [^,()]{1,20}$")
"""How "trao 50 suất, mỗi suất trị giá …" ends before its worth."""
_NO_PURPOSE = re.compile(
    r"(?:(?:bằng|từ) nguồn|mỗi|một|từng|cá nhân|tập thể|doanh nghiệp|đơn vị|cơ sở)(?!\w)|tổ chức(?:,|$)"
)
"""How what stands before "với số tiền" begins where it says no purpose: "xử phạt 12 tổ chức, cá nhân với số tiền …"."""
THIN = 25
"""A deed of fewer letters and without a number goes on with the one before: "đỡ đầu 501 em, hỗ trợ thường xuyên"."""


def of(context: Context, start: int, end: int, before: int) -> str | None:
    """What the sum that stands at [start, end) is for; the sum before it ends at `before`."""
    first, last = context.sentence(start)
    return _behind(context, end, last) or _before(context, max(first, before, start - BACK), start)


# --- behind the sum


def _behind(context: Context, end: int, last: int) -> str | None:
    key = context.key
    match = _AFTER.match(key, end, last)
    if match is None:
        return None
    begin = match.start("deed") if match["deed"] else match.start("sort")
    if match["to"]:
        begin = match.start("to") if key.startswith("cho vay", match.start("to")) else match.end() + 1
    elif match["pause"] and not (match["deed"] == "giúp" and _people(key, match.end())):
        return None  # ", tặng 5 suất quà" tells of something else
    item = _ITEM.match(key, begin, min(last, begin + LONGEST))
    if item is None:
        return None
    until = item.end()
    if until == begin + LONGEST and key[until : until + 1].isalnum():
        until = key.rfind(" ", begin, until)
    if other := (_AND_ANOTHER if match["sort"] else _AND_A_SUM).search(key, begin, until):
        until = other.start()
    elif not match["sort"]:
        until = _list_end(context, until, min(last, begin + LONGEST))
    what = context.text[begin:until].strip(" .!?–-")
    return what if len(what) > 2 else None


def _people(key: str, at: int) -> bool:
    """Are people counted there: " 71 lượt hội viên vay"?"""
    number = re.compile(r" [0-9.,]*[0-9]").match(key, at)
    unit = units.match(key, number.end()) if number else None
    return unit is not None and unit.kind in ("person", "household")


def _list_end(context: Context, at: int, last: int) -> int:
    """Where a list ends, the first item of which ends here."""
    key = context.key
    while key.startswith(", ", at) and at + 2 < last:
        item = _ITEM.match(key, at + 2, last)
        if item is None or (item.end() == last and key[last : last + 1].isalnum()):
            break
        words = item[0]
        if _ENDS.match(words) or _TELLS.search(words) or _DIGIT.search(words) or len(words.split()) > ITEM_WORDS:
            break
        deed = _DEED.search(words)
        if deed and deed.start() and context.text[item.start() + deed.start()].islower():
            break  # ", dân bản góp công": somebody does something else
        at = item.end()
    return at


# --- before it


def _before(context: Context, first: int, start: int) -> str | None:
    key = context.key
    worth = _WORTH.search(key, first, start)
    if worth is None:
        return None
    first, last = _done(context, first, worth.start(), whole=worth["all"] is not None)
    begin = _beginning(context, first, last, whole=worth["all"] is not None)
    if begin is None:
        return None
    tells = _TELLS.search(key, begin, last) if _deed(context, begin, last) is None else None
    if tells and key[tells.end() : last].strip(" ,"):
        last = tells.start()  # "căn nhà 85 m2 | đã xong"
    begin = _LEFT.match(key, begin).end()  # type: ignore[union-attr]  # it matches anywhere
    what = _EACH.sub("", context.text[begin:last].strip(" ,.–-"))
    raised = key.endswith(
        " được", 0, worth.start()
    )  # "đã tiết kiệm được tổng số tiền …": how it came, not what it is for
    return None if len(what) < 6 or raised or _NO_PURPOSE.match(what.lower()) else what


def _done(context: Context, first: int, last: int, *, whole: bool) -> Interval:
    """The clause that tells what the sum was worth; of the whole, without what is told of parts or of each."""
    key = context.key
    if whole and (parts := _OF_PARTS.search(key, first, last)):
        last = parts.start()
        if last <= first and key[max(0, first - 2) : first].rstrip().endswith(";"):
            first, last = max(context.sentence(first - 1)[0], first - BACK), first  # "trao 60 phần quà; | mỗi phần gồm"
        last = first + len(key[first:last].rstrip(";: "))
    cut = [match.end() for match in _CLAUSE.finditer(key, first, last)]
    return (cut[-1] if cut else first), last


def _beginning(context: Context, first: int, last: int, *, whole: bool) -> int | None:
    """Where the deed begins that the sum was worth, between two places; of all that was done, where it is the whole."""
    pieces = [first, *(match.end() for match in _PIECE.finditer(context.key, first, last)), last]
    if len(pieces) > 2 and _SOME_TIME.match(context.key, first):
        pieces = pieces[1:]  # "Qua 2 năm triển khai, | …"
    deeds = [_deed(context, *piece) for piece in pairwise(pieces)]
    done = [at for at in deeds if at is not None]
    if not done:
        opens = first == context.sentence(last)[0] or context.key[first - 1 : first] in (";", ":")
        parts = [match.end() for match in _PARTS.finditer(context.key, first, last)]
        while len(pieces) > 2 and _LEADS.match(context.key, pieces[0]):
            pieces = pieces[1:]  # "Sau 2 tháng thi công, | căn nhà …"
        begin = parts[-1] if parts else pieces[0] if opens and last - pieces[0] <= LONGEST else pieces[-2]
        return begin if last - begin <= LONGEST else None
    if len(done) > 1 and _LEADS.match(context.key, done[0]) and context.key.find(" đã ", done[0], done[1]) >= 0:
        done = done[1:]  # "Thực hiện đề án …, các cấp Hội đã | giúp …"
    index = len(done) - 1
    while index and (whole or _goes_back(context, done[index - 1], done[index], last)):
        index -= 1
    index = next((one for one in range(index, len(done)) if last - done[one] <= LONGEST), len(done))
    return done[index] if index < len(done) else None


def _deed(context: Context, first: int, last: int) -> int | None:
    """Where the first deed between two places begins."""
    for pattern in (_DEED, _WEAK):
        for match in pattern.finditer(context.key, first, last):
            named = context.text[match.start()].isupper() and match.start() > first + 2
            noun = _A_NOUN.search(context.key, max(first, match.start() - 14), match.start())
            if context.key.find("được ", first, match.start()) >= 0:
                return first  # "2.218 hộ được giúp đỡ": what somebody else did
            if not (named or noun or context.quote(match.start())):
                return match.start()
    return None


def _goes_back(context: Context, before: int, deed: int, last: int) -> bool:
    """Is a deed told together with the one before it: "xây mới, sửa chữa 317 căn"?"""
    key = context.key
    if last - deed < THIN and not _DIGIT.search(key, deed, last):
        return True
    verbs = [match.end() for pattern in (_DEED, _WEAK) for match in pattern.finditer(key, before, deed)]
    return any(key[end:deed].strip() == "," for end in verbs)
