"""Where and when a number holds: the province and year of a quantity, a sum or a share, and where they were read.

Province: the only one named before the number in its sentence (else the only one after it), else the last one of its
paragraph, else the one of the title or the only one of the article, else the source's own. Where several provinces are
spoken of together ("các tỉnh trong cụm", "cả nước") the number belongs to none of them. Year: the same way, from the
dates; a year of comparison ("so với cùng kỳ năm 2022"), of birth, of a document or of a term does not count. `scope` is
the farther of the two places. Whose the number is says `whose`, what it measures `indicators`; `plans` and `parts` say
which numbers are not done yet, or are parts of another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

from worker.facts import cues
from worker.facts.scope import indicators, parts
from worker.facts.scope.own_union import owner_of
from worker.facts.scope.plans import Plans
from worker.facts.scope.terms import Terms
from worker.facts.scope.whose import Whose
from worker.facts.span import Context, Interval, Page, Span

COUNTED = frozenset({"money", "ratio", "quantity"})
LEVELS = ("sentence", "paragraph", "article", "source")

_SEVERAL = "|".join([*sorted(cues.words("several")), "hội lhpn các(?! cấp| huyện| xã| cơ sở| quận| phường)"])
_MANY = re.compile(rf"(?:{_SEVERAL})(?!\w)")
_PROVINCES = re.compile(r" tỉnh(?!\w)")
_SO_MANY = re.compile(r"(?<!\w)[0-9]{1,2}$")
_COMPARING = ("cùng kỳ", "của", "với", "năm", "tháng", "đầu", "cuối", "thời điểm")
_COMPARED = cues.before("compared", gap=f"(?: (?:{'|'.join(_COMPARING)}))* ?", also=_COMPARING)
_BEGUN = cues.before("begun", gap=r"(?: (?:vào|từ|năm|ngày|tháng))*:? ?", also=("vào", "từ", "năm", "ngày", "tháng"))
_FROM = cues.before("begun_from", gap=r" từ(?: (?:năm|ngày|tháng|đầu|cuối))* ?", also=("từ", "năm", "ngày", "tháng"))
MANY = ""
"""The province of a mark that speaks of several."""


class Mark(NamedTuple):
    """Something that says where (a province code, "" for several) or when (a year)."""

    start: int
    says: str | int


class Scope(NamedTuple):
    """Where and when a fact holds, by what it was read, what it measures, and whose it is (an organisation's name).

    `planned`: it is not done yet; `part`: of another number of the same indicator; `since`: it was gathered from this
    year on (see terms.py).
    """

    province: str | None = None
    year: int | None = None
    level: str | None = None
    indicator: str | None = None
    organisation: str | None = None
    planned: bool = False
    part: bool = False
    since: int | None = None

    def value(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """The value of the fact, with what is said here of it."""
        if not (self.organisation or self.planned or self.part or self.since):
            return value
        said = {"org": self.organisation, "planned": self.planned, "part": self.part, "since": self.since}
        return {**value, **{name: what for name, what in said.items() if what}}


@dataclass(slots=True)
class _Marks:
    provinces: list[Mark]
    years: list[Mark]


def fill(contexts: Iterable[Context]) -> dict[str, list[tuple[Span, Scope]]]:
    """Part -> its spans, each with its scope: its own, where it counts nothing."""
    contexts = list(contexts)
    marks = {context.part: _Marks(_provinces(context), _years(context)) for context in contexts}
    if not contexts:
        return {}
    page = contexts[0].page
    far_province, far_year = _province_of(page, marks), _year_of(page, marks)
    whose = Whose(contexts)
    homes = _homes(contexts)
    found = {}
    for context in contexts:
        plans, own = Plans(context), marks[context.part]
        terms = Terms(context, [mark.start for mark in own.years], page.year)
        scopes = []
        for span in context.found:
            scope = Scope(span.province, span.year, span.scope, span.indicator)
            if span.kind in COUNTED:
                scope = _scope(span, context, own, (far_province, far_year), (whose, homes))
                scope = scope._replace(planned=plans.hold(span), since=terms.since(span, scope.indicator))
            scopes.append((span, scope))
        found[context.part] = _with_parts(context, scopes)
    return found


def _with_parts(context: Context, scopes: list[tuple[Span, Scope]]) -> list[tuple[Span, Scope]]:
    """The same, with the numbers that are parts of others marked."""
    starts = parts.of(context, [(span, scope.indicator) for span, scope in scopes])
    if not starts:
        return scopes
    return [
        (span, scope._replace(part=True) if span.start in starts and scope.indicator else scope)
        for span, scope in scopes
    ]


def _scope(
    span: Span,
    context: Context,
    marks: _Marks,
    far: tuple[tuple[str, str] | None, tuple[int, str] | None],
    owners: tuple[Whose, Mapping[str, str]],
) -> Scope:
    sentence, paragraph = context.sentence(span.start), context.paragraph(span.start)[0]
    province, year = far
    whose, homes = owners
    owner = whose.of(span, context)
    where = _nearest(span, sentence, paragraph, marks.provinces) or province
    if owner is not None and owner in homes and not (where and where[0]):
        # Several provinces are named ("Cụm thi đua các tỉnh …"), but one is that of who did it.
        where = homes[owner], "paragraph"
    when = _nearest(span, sentence, paragraph, marks.years) or year
    level = max(where[1], when[1], key=LEVELS.index) if where and when else (where or when or (None, None))[1]
    return Scope(
        span.province or (str(where[0]) or None if where else None),
        span.year or (int(when[0]) if when else None),
        level,
        span.indicator or (indicators.of(span, context) if span.number is not None else None),
        owner,
    )


def _homes(contexts: Iterable[Context]) -> dict[str, str]:
    """Name of an organisation -> its province, where all that bear the name have one."""
    found: dict[str, set[str]] = {}
    for context in contexts:
        for span in context.found:
            if span.kind == "organisation" and span.province:
                found.setdefault(owner_of(span), set()).add(span.province)
    return {name: provinces.pop() for name, provinces in found.items() if len(provinces) == 1}


def _nearest(span: Span, sentence: Interval, paragraph: int, marks: list[Mark]) -> tuple[str | int, str] | None:
    """What the sentence says of a span, else the paragraph that begins at this offset, with the level."""
    if not marks:
        return None
    first, last = sentence
    at = bisect_left(marks, (span.end,))
    if at and marks[at - 1].start >= first:
        return _said(takewhile(lambda mark: mark.start >= first, reversed(marks[max(0, at - 8) : at]))), "sentence"
    if at < len(marks) and marks[at].start < last:
        return _said(takewhile(lambda mark: mark.start < last, marks[at : at + 8])), "sentence"
    if at and marks[at - 1].start >= paragraph:
        return marks[at - 1].says, "paragraph"
    return None


def _said(marks: Iterable[Mark]) -> str | int:
    """What marks of one sentence, the nearest first, say together.

    Of several provinces none is said to own the number; of several years the nearest one counts.
    """
    nearest, *others = [mark.says for mark in marks]
    return nearest if isinstance(nearest, int) or all(says == nearest for says in others) else MANY


# --- where


def _provinces(context: Context) -> list[Mark]:
    key = context.key
    several = [match.start() for match in _MANY.finditer(key)]
    marks = [Mark(start, MANY) for start in several if not start or not key[start - 1].isalnum()]
    numbers = (_SO_MANY.search(key, max(0, at - 3), at) for at in (m.start() for m in _PROVINCES.finditer(key)))
    marks += [Mark(number.start(), MANY) for number in numbers if number]  # "5 tỉnh"
    for span in context.found:
        if span.kind == "organisation" and span.value.get("level") == "cluster":
            marks.append(Mark(span.start, MANY))
        elif span.kind in ("place", "organisation") and span.province:
            marks.append(Mark(span.start, span.province))
    marks.sort(key=lambda mark: mark.start)
    return _listed(marks)


TOGETHER = 40
"""Provinces that stand no farther apart than this, three or more, are a list: what is said holds for all of them."""


def _listed(marks: list[Mark]) -> list[Mark]:
    """The marks, in which a list of provinces says "several"."""
    found: list[Mark] = []
    index = 0
    while index < len(marks):
        last = index
        while last + 1 < len(marks) and marks[last + 1].start - marks[last].start <= TOGETHER:
            last += 1
        run = marks[index : last + 1]
        several = len({mark.says for mark in run if mark.says}) >= 3
        found += [Mark(mark.start, MANY) for mark in run] if several else run
        index = last + 1
    return found


def _province_of(page: Page, marks: dict[str, _Marks]) -> tuple[str, str] | None:
    """The province of the article: of its title, or the only one named; else the source's, if nothing contradicts."""
    title = {str(mark.says) for mark in marks["title"].provinces} if "title" in marks else set()
    if title:
        return (title.pop() if len(title) == 1 else MANY), "article"
    named = Counter(str(mark.says) for part in marks.values() for mark in part.provinces)
    codes = [code for code in named if code]
    if len(codes) == 1 and named[codes[0]] > named[MANY]:
        return codes[0], "article"
    if page.province and page.source_kind != "press" and (not codes or page.province in codes):
        return page.province, "source"
    return (MANY, "article") if named else None


# --- when


_TO_NOW = re.compile(r"[^.;\n]{0,12}? (?:cho )?(?:đến|tới) (?:nay|thời điểm)")
"""Behind a date from which on something is counted: "từ năm 2020 đến nay", "(tháng 10/2021) đến nay"."""
_WENT = re.compile(r" (?:xuống|lên)(?: còn)?(?!\w)")
"""Behind a date at which something was otherwise: "từ 22% năm 2018 xuống 9%"."""
NAME = 160
"""A quotation no longer than this, in which nothing is counted, is a name: the years in it are a programme's."""


def _years(context: Context) -> list[Mark]:
    marks = []
    now = context.page.published.year if context.page.published else None
    for span in context.found:
        if span.kind != "date" or span.year is None or span.value.get("precision") == "term":
            continue
        if span.date_end and not span.date_end.startswith(str(span.year)):
            continue  # a period of several years
        if any(cue.search(context.key, max(0, span.start - 30), span.start) for cue in (_COMPARED, _BEGUN, _FROM)):
            continue
        if span.year != now and (_TO_NOW.match(context.key, span.end) or _WENT.match(context.key, span.end)):
            continue
        if context.taken(span.start, span.end, "document") or _in_a_name(context, span):
            continue
        marks.append(Mark(span.start, span.year))
    return marks


def _in_a_name(context: Context, span: Span) -> bool:
    quote = context.quote(span.start)
    return quote is not None and quote[1] - quote[0] <= NAME and not context.taken(*quote, *COUNTED)


def _year_of(page: Page, marks: dict[str, _Marks]) -> tuple[int, str] | None:
    """The year that the article speaks of: its title's, the one named most, the one of publication.

    A year to come is that of plans, and an article's numbers are of what was done.
    """
    last = page.published.year if page.published else 9999
    for part in ("title", "body"):
        said = (int(mark.says) for mark in (marks[part].years if part in marks else ()))
        years = Counter(year for year in said if year <= last)
        if years:
            return years.most_common(1)[0][0], "article"
    return (page.year, "article") if page.year else None
