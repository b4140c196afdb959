"""Sums of money: "hơn 56 tỷ đồng", "100 triệu đồng/căn", "từ 1000 đến 2000 đồng", "10.000 USD".

A sum in đồng is an integer; another currency is kept as such. Value: {"vnd", "vnd_max" (of a range), "per", "for"}, or
{"amount", "currency", …}.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter
from typing import Any

from worker.facts import cues, per, purposes, units
from worker.facts.numbers import Number, Numeral, plain
from worker.facts.quotes import quotes_of
from worker.facts.span import QUALIFIER, Context, Span
from worker.facts.words import words_of

_DONG = rf"đồng(?! {cues.any_of('not_dong')}(?!\w))(?!\w)|(?:vnđ|vnd)(?!\w)|đ(?![\w/])|đ(?=/(?!c(?!\w)))"
_FOREIGN = {
    "usd": "USD", "đô la": "USD", "đô-la": "USD", "$": "USD", "euro": "EUR", "eur": "EUR", "€": "EUR", "yên": "JPY",
    "won": "KRW", "nhân dân tệ": "CNY", "bảng anh": "GBP", "aud": "AUD", "đô la úc": "AUD", "kíp": "LAK", "cad": "CAD",
    "đô la singapore": "SGD", "sgd": "SGD", "đô la new zealand": "NZD", "đô la hồng kông": "HKD", "chf": "CHF",
    "franc thuỵ sĩ": "CHF", "đài tệ": "TWD", "twd": "TWD", "baht": "THB", "rúp": "RUB", "krw": "KRW", "jpy": "JPY",
    "gbp": "GBP",
    "đô la mỹ": "USD", "đô la canada": "CAD", "đô": "USD", "đô mỹ": "USD", "đô úc": "AUD", "đô canada": "CAD",
}  # fmt: skip
_NO_NAMES = frozenset(("euro", "won", "đô la", "đô la mỹ", "đô la úc", "đài tệ"))  # with a capital, too: "7.000 Euro"
_FOREIGN_NAMES = "|".join(re.escape(name) for name in sorted(_FOREIGN, key=len, reverse=True))
_CURRENCY = re.compile(
    rf" ?(?:(?P<dong>{_DONG})|(?P<foreign>{_FOREIGN_NAMES})(?!\w))"
    r"(?! (?:nai|tháp|hới|xoài|hỷ|văn|thị|vật|thành|đốc)(?!\w))"
)
# 500k, 15tr, 1tr2 (1,2 triệu), 32tr500: seldom, and never apart from the number
_SHORT = re.compile(r"(?:(?P<k>k)|tr(?P<rest>[0-9]{1,3})?)(?P<dong>\.?đ| ?đồng)?(?!\w)| tr(?P<apart>đ| đồng)(?!\w)")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
"""Signs of currencies that stand before a sum: "$5,000"."""
_LAO = 1000
"""The least sum in kíp that anybody tells; fewer are detonators or shifts."""

# A bare "50 triệu" is money unless something is counted: 5 triệu cây xanh.
_ENDS = re.compile(rf" ?(?:$|[\n,.;:)(…\-–]|/[^\W\d]| {cues.any_of('sum_ends')}(?!\w))")
_SUM_BEFORE = cues.before("sums", gap=rf"(?: {cues.any_of('sums_on')}){{0,4}}:? ?", also=cues.words("sums_on"))
_EACH_BEFORE = cues.Before(
    rf"(?<!\w)(?:mỗi|một|từng) {cues.any_of('sums_each')}(?: (?:là|được|nhận|trị giá|giá|trên|hơn|gần|khoảng))?:? $",
    [*cues.words("sums_each"), "là", "được", "nhận", "giá", "trên", "hơn", "gần", "khoảng"],
)
_TO = re.compile(r" ?(?:đồng|đ|nghìn|ngàn|triệu|tỷ)?(?: đồng)? ?(?:-|–|—|đến|tới) ?")
_FROM = re.compile(r"(?<!\w)(?:từ|mức từ) $")


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The sums of a part."""
    last: Span | None = None
    for index, numeral in context.unread():
        for span in _range(context, index) or _torn(context, index) or _sum(context, numeral):
            if last is not None and numeral.form == "words" and _spelled_out(context, last, span):
                continue
            if purpose := purposes.of(context, span.start, span.end, last.end if last else 0):
                span.value = {**span.value, "for": purpose}
            last = span
            yield span


_SPELLS_OUT = re.compile(r"[ ,]*\( ?(?:(?:viết )?bằng chữ ?:? ?)?")


def _spelled_out(context: Context, last: Span, span: Span) -> bool:
    """Does it say in words, in brackets, the sum before it: "5.500.000 đ (năm triệu năm trăm nghìn đồng)"?"""
    same = span.value.get("vnd") == last.value.get("vnd")
    return same and _SPELLS_OUT.fullmatch(context.key, last.end, span.start) is not None


def _sum(context: Context, numeral: Numeral) -> Iterator[Span]:
    amount = _amount(context, numeral)
    if amount is None:
        return
    value, currency, end, rule = amount
    if value == 0 or _in_a_campaign(context, numeral.start):  # "Phiên chợ 0 đồng" is a name, and costs nobody a sum
        context.spend(numeral.start, end)
        return
    yield _span(context, numeral.start, end, {_key(currency): _whole(value, currency)}, currency, rule)


def _in_a_campaign(context: Context, start: int) -> bool:
    """Is it within the quoted name of a campaign: phong trào “Ba ngày tiết kiệm 1.000 đồng”?"""
    if context.quote(start) is None:
        return False
    word, quotes = bisect_left(words_of(context).starts, start), quotes_of(context)
    at = bisect_right(quotes, word, key=attrgetter("first")) - 1
    return at >= 0 and quotes[at].kind == "programme" and word < quotes[at].end


def _range(context: Context, index: int) -> list[Span]:
    """The range that begins at this numeral: "từ 1000 đến 2000 đồng", "10-15 triệu đồng"."""
    if index + 1 >= len(context.numerals):
        return []
    low, high = context.numerals[index : index + 2]
    joined = _TO.fullmatch(context.key, low.end, high.start) if high.start - low.end < 20 else None
    if joined is None or high.form == "code" or high.start in context.spent:
        return []
    amount = _amount(context, high)
    if amount is None:
        return []
    value, currency, end, _ = amount
    least: Number = _in_full(low) if high.scale == 1 else low.value
    if low.scale == 1 and high.scale > 1 and least < value / high.scale:
        least = least * high.scale
    spaced = context.key[low.end : high.start].strip() not in ("-", "–", "—")
    if not 0 < least < value or (spaced and not _tells_range(context, low, high)):
        return []
    name = _key(currency)
    amounts = {name: _whole(least, currency), f"{name}_max": _whole(value, currency)}
    return [_span(context, low.start, end, amounts, currency, "money: range")]


def _tells_range(context: Context, low: Numeral, high: Numeral) -> bool:
    """Does what stands before two numbers say that "đến" makes a range of them: "từ 5 triệu đến …", "vay 500 đến …"?"""
    if _FROM.search(context.key, max(0, low.start - 8), low.start):
        return True
    bare = low.form == "int" and low.scale == 1 < high.scale
    return bare and _SUM_BEFORE.search(context.key, max(0, low.start - 40), low.start) is not None


def _torn(context: Context, index: int) -> list[Span]:
    """The sum that begins at this numeral, and that a stray blank parts: "hơn 17, 4 tỷ đồng" is 17,4 tỷ.

    Only where a sum is spoken of right before: two sums may stand in a list, or a numbered name before the sum.
    """
    if index + 1 >= len(context.numerals):
        return []
    whole, rest = context.numerals[index : index + 2]
    tenths = _TENTHS.fullmatch(context.text, whole.start, rest.end)
    if tenths is None or rest.scale < 1_000_000 or whole.form != "int" or rest.form not in ("int", "padded"):
        return []
    before = (context.key, max(0, whole.start - 40), whole.start)
    if not any(cue.search(*before) for cue in (_SUM_BEFORE, QUALIFIER, _IS_BEFORE)):
        return []
    amount = _amount(context, rest._replace(value=Decimal(f"{tenths[1]}.{tenths[2]}") * rest.scale))
    if amount is None:
        return []
    value, currency, end, _ = amount
    return [_span(context, whole.start, end, {_key(currency): _whole(value, currency)}, currency, "money: torn")]


_IS_BEFORE = re.compile(r"(?<!\w)là ?:? ?$")
_TENTHS = re.compile(r"([1-9][0-9]{0,2}), ([0-9]|[0-9]{3}) [^\W\d]+")


def _amount(context: Context, numeral: Numeral) -> tuple[Number, str, int, str] | None:
    """The amount, its currency, where it ends and the rule that says that it is money."""
    key = context.key
    if sign := _SIGNS.get(key[numeral.start - 1 : numeral.start]):
        return _in_full(numeral), sign, numeral.end, f"money: {sign}"
    if match := _CURRENCY.match(key, numeral.end):
        at = match.start("dong") if match["dong"] else match.start("foreign")
        if match["foreign"] not in _NO_NAMES and context.text[at].isupper() and context.text[at + 1 : at + 2].islower():
            return None  # 20 Đồng Nai, 5 Yên Bái
        currency = "VND" if match["dong"] else _FOREIGN[match["foreign"]]
        if currency == "LAK" and numeral.value < _LAO:
            return None  # 43 kíp mìn, 2 kíp trực
        return _in_full(numeral), currency, match.end(), f"money: {currency}"
    if _is_bare_sum(context, numeral):
        return numeral.value, "VND", numeral.end, "money: bare"
    return _short(context, numeral)


def _least(match: re.Match[str]) -> int:
    """The least number of k or tr that is a sum: "5tr" alone may be pages."""
    return 1 if match["rest"] or match["dong"] or match["apart"] else 10


def _short(context: Context, numeral: Numeral) -> tuple[Number, str, int, str] | None:
    """A sum that is told in k or tr: "500k", "15tr", "1tr2", "32tr500"."""
    match = _SHORT.match(context.text, numeral.end)
    if (
        match is None
        or not numeral.whole
        or units.counted(context.key, match.end())
        or not _least(match) <= numeral.value < 10_000
    ):
        return None
    rest = int((match["rest"] or "0").ljust(3, "0")) * 1000
    value = numeral.value * (1000 if match["k"] else 1_000_000) + rest
    return value, "VND", match.end(), "money: short"


def _in_full(numeral: Numeral) -> Number:
    """The number, in thousands where a comma groups it: no sum has thousandths, so "500,000 đồng" has none either."""
    return int(numeral.value * 1000) if numeral.form == "comma3" and numeral.scale == 1 else numeral.value


def _is_bare_sum(context: Context, numeral: Numeral) -> bool:
    """Is "50 triệu" without đồng a sum? Not where something is counted; less than a million only where a sum is spoken
    of ("vay 300 nghìn", "số tiền 5.000.000", "mỗi em 500 ngàn")."""
    if numeral.scale in (10, 100) or units.counted(context.key, numeral.end):
        return False
    if numeral.scale > 1 and (numeral.scale >= 1_000_000 or context.key.startswith("/", numeral.end)):
        return True
    if numeral.scale == 1 and not (numeral.form == "grouped" and numeral.value >= 100_000):
        return False
    before = (context.key, max(0, numeral.start - 40), numeral.start)
    told = _SUM_BEFORE.search(*before) or _EACH_BEFORE.search(*before)
    return told is not None and _ENDS.match(context.key, numeral.end) is not None


def _key(currency: str) -> str:
    return "vnd" if currency == "VND" else "amount"


def _whole(value: Number, currency: str) -> int | float:
    """Đồng are whole; what a rounding would lose is no sum that anybody wrote."""
    return int(value) if currency == "VND" else plain(value)


_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm)(?: thêm)? (?:(?:hơn|trên|gần|khoảng) )?$")
"""Before what a sum has grown or shrunk by, which is not the sum."""


def _span(context: Context, start: int, end: int, amounts: dict[str, Any], currency: str, rule: str) -> Span:
    key = context.key
    context.spend(start, end)
    if before := _FROM.search(key, max(0, start - 8), start):
        start = before.start() if "_max" in "".join(amounts) else start
    qualifier = QUALIFIER.search(key, max(0, start - 24), start)
    begin = qualifier.start(1) if qualifier else start
    value = dict(amounts) if currency == "VND" else {**amounts, "currency": currency}
    unit, end = per.of(key, context.lower, begin, end)
    if unit:
        value["per"] = unit
    if _CHANGE.search(key, max(0, start - 24), start):
        value["change"] = True
    vnd = amounts.get("vnd")
    return Span(
        kind="money",
        start=begin,
        end=end,
        value=value,
        rule=rule,
        confidence=0.9 if rule in ("money: bare", "money: short") else 1.0,
        qualifier=qualifier[1] if qualifier else None,
        number=vnd if vnd is not None else None,
    )
