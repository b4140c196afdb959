"""Parts of a year: "quý III/2023", "6 tháng đầu năm nay", "nửa đầu năm 2022".

A part is START/END in days. `dates` calls these readers.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from worker.facts.dates import years as resolve
from worker.facts.dates.periods import dropped, span, spoken
from worker.facts.dates.years import YEAR
from worker.facts.numbers import Numeral
from worker.facts.span import Context, Span


def _of_months(start: int, end: int, year: int, months: tuple[int, int], precision: str, how: str) -> Span:
    """A span of whole months of a year, in days: 2024-01-01/2024-06-30."""
    first = f"{year}-{months[0]:02}-01"
    last = f"{year}-{months[1]:02}-{monthrange(year, months[1])[1]:02}"
    return span(start, end, f"{first}/{last}", first, last, precision, how)


# --- 6 tháng đầu năm 2024, 9 tháng năm 2023, 6 tháng cuối năm, 2 quý đầu năm

_HALF = re.compile(
    r" (?P<unit>tháng|quý) (?:(?P<side>đầu|cuối) (?:của )?năm(?: công tác)?"
    rf"(?:,? (?P<year>{YEAR})| (?P<word>nay|ngoái|trước)(?!\w))?"
    rf"|(?:của )?năm (?P<of>{YEAR}))"
)


def halves(context: Context, numeral: Numeral) -> list[Span] | None:
    """The first or last so many months, or quarters, of a year."""
    if not context.key.startswith((" tháng ", " quý "), numeral.end):
        return None
    match = _HALF.match(context.key, numeral.end)
    if not match or not isinstance(numeral.value, int):
        return None
    count = numeral.value * (3 if match["unit"] == "quý" else 1)
    if not 1 <= count <= 12:
        return None
    context.spend(numeral.start, match.end())
    written = match["year"] or match["of"]
    year, how = (int(written), "written") if written else spoken(context, match["word"])
    if year is None:
        return []
    months = (13 - count, 12) if match["side"] == "cuối" else (1, count)
    precision = "half-year" if count == 6 else "months"
    return [_of_months(numeral.start, match.end(), year, months, precision, how)]


_HALF_YEAR = re.compile(
    r"(?<!\w)(?:một )?nửa (?P<side>đầu|cuối|sau)(?: của)? năm(?!\w)"
    rf"(?: (?P<year>{YEAR})| (?P<word>nay|ngoái|trước)(?!\w))?"
)


def half_years(context: Context) -> Iterator[Span]:
    """The halves of a part that are called so: "nửa đầu năm 2022"."""
    for match in _HALF_YEAR.finditer(context.key) if "nửa " in context.lower else ():
        context.spend(*match.span())
        year, how = (int(match["year"]), "written") if match["year"] else spoken(context, match["word"])
        if year is not None:
            months = (1, 6) if match["side"] == "đầu" else (7, 12)
            yield _of_months(*match.span(), year, months, "half-year", how)


# --- quý III/2023, quý 1 năm 2024

_QUARTER_NUMBER = r"iv|i{1,3}|[1-4]"
_NO_QUARTER = re.compile(rf"quý (?:[5-9]|[1-9][0-9]|vi{{0,3}}|i?x)(?: ?[/\-–] ?|,? (?:của )?năm ){YEAR}")
_QUARTER = re.compile(
    rf"quý (?P<one>{_QUARTER_NUMBER})(?!\w)"
    rf"(?:(?P<join>,| và| -|-| –| đến(?: hết)?) ?(?:quý )?(?P<two>{_QUARTER_NUMBER})(?!\w))?"
    rf"(?: ?[/\-–] ?(?P<a>{YEAR})|,? (?:của )?năm (?:(?P<b>{YEAR})|(?P<word>nay|ngoái)))?"
)
_SHARED_YEAR = re.compile(rf",? và [^.;,\n]{{0,24}}năm ({YEAR})")  # quý I và 6 tháng đầu năm 2022
_EACH = re.compile(r"(?<!\w)(?:mỗi|hằng|hàng|một|1) $")
"""What makes of a quarter how often something is done: "họp mỗi quý 1 lần"."""
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def quarters(context: Context) -> Iterator[Span]:
    """The quarters of a part."""
    for match in _NO_QUARTER.finditer(context.key) if "quý " in context.lower else ():
        dropped(context, match.start(), match.end(), "there is no such quarter")
    for match in _QUARTER.finditer(context.key) if "quý " in context.lower else ():
        start, end = match.span()
        if (start and context.key[start - 1].isalnum()) or _EACH.search(context.key, max(0, start - 5), start):
            continue
        written = match["a"] or match["b"]
        first = _QUARTERS[match["one"]]
        last = _QUARTERS[match["two"]] if match["two"] else first
        if not written and not match["word"] and (shared := _SHARED_YEAR.match(context.key, end)):
            written = shared[1]
        year, how = (int(written), "written") if written else _year_of_quarter(context, match["word"], first, start)
        if year is None or last < first:
            continue
        context.spend(start, end)
        if match["join"] in (",", " và") and last > first + 1:  # "quý I và quý IV": not those between
            yield _of_quarters(start, match.end("one"), year, (first, first), how)
            first, start = last, match.end("join") + 1
        yield _of_quarters(start, end, year, (first, last), how)


def _of_quarters(start: int, end: int, year: int, quarters: tuple[int, int], how: str) -> Span:
    return _of_months(start, end, year, (3 * quarters[0] - 2, 3 * quarters[1]), "quarter", how)


def _year_of_quarter(context: Context, word: str | None, quarter: int, at: int) -> tuple[int | None, str]:
    return spoken(context, word) if word else resolve.of_month(context, 3 * quarter - 2, at)
