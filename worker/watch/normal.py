"""What is normal for a source, and what is wrong when it is not. Pure functions: figures in, sentences out.

A source is compared with itself only, and only once it has shown enough of its habits. The limits are wide: with sixty
sources that are visited for years, one false alarm in ten thousand judgements is one too many a month.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import sqrt
from statistics import fmean, median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from worker.store.alarms import Figures

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

RECENT = 4
"""So many articles in a row must leave the range: one may be a photo caption, two a coincidence."""

HABIT = 20
"""Earlier articles, or gaps between them, without which nothing is called normal."""

FAILURES = 2
"""Visits in a row that must fail: one failed visit is a site that restarts."""

PATIENCE = timedelta(days=1)
"""No source is called silent sooner."""

_DEVIATIONS = 12  # of the gaps between articles: chance alone makes one of thirteen times the mean in e^-13 cases

KINDS = frozenset({"failing", "silent", "short", "undated", "facts", "chrome", "moved", "spam"})
"""The alarms that a source can have; the archive's own is `full`."""


def failing(failures: int, error: str) -> str | None:
    """Every visit fails."""
    if failures < FAILURES:
        return None
    return f"the last visits all failed ({error or 'no page was answered'}); look whether the site opens in a browser"


def silent(appeared: Sequence[datetime | date], last_new: datetime | None, now: datetime) -> str | None:
    """Nothing new for much longer than ever: twice its longest pause, and far beyond what chance explains."""
    moments = {when if isinstance(when, datetime) else datetime.combine(when, time(12), VIETNAM) for when in appeared}
    times = sorted(when for when in moments if when <= now)
    if last_new is None or len(times) <= HABIT:
        return None
    days = [(after - before) / timedelta(days=1) for before, after in pairwise(times)]
    usual = fmean(days)
    limit = max(
        2 * max(days),
        usual + _DEVIATIONS * sqrt(fmean((gap - usual) ** 2 for gap in days)),
        PATIENCE / timedelta(days=1),
    )
    since = max(last_new, times[-1])
    waited = (now - since) / timedelta(days=1)
    if waited <= limit:
        return None
    return (
        f"nothing new for {waited:.0f} days, where {usual:.1f} days between two articles are usual;"
        " look whether the site has moved its news, or changed its listing"
    )


def unlike_itself(latest: Sequence[Figures]) -> dict[str, str]:
    """What is wrong with the newest articles, compared with those before (newest first): kind -> sentence."""
    recent, before = latest[:RECENT], latest[RECENT:]
    if len(before) < HABIT:
        return {}
    wrong = {}
    usual = median(figure.words for figure in before)
    low = _quantile(before, lambda figure: figure.words, 0.05)
    if count := _odd(latest, lambda figure: figure.words < min(0.6 * low, 0.4 * usual)):
        words = median(figure.words for figure in latest[:count])
        wrong["short"] = (
            f"the last {count} articles have {words:.0f} words, where {usual:.0f} are usual; the pages' layout may have"
            " changed: compare `worker explain` of one with the page"
        )
    if count := _odd(latest, lambda figure: not figure.dated):
        wrong["undated"] = (
            f"the last {count} articles have no date, where nearly all had one; the pages' layout may have changed:"
            " see `clean: date:` in sources.yaml"
        )
    facts = _quantile(before, lambda figure: figure.facts, 0.1)
    if facts >= 2 and (count := _odd(latest, lambda figure: not figure.facts)):
        mean = fmean(figure.facts for figure in before)
        wrong["facts"] = f"no fact was found in the last {count} articles, where {mean:.0f} are usual"
    removed = median(figure.removed for figure in before)
    most = max(figure.removed for figure in before)
    if all(figure.removed > max(most, removed + 0.25) for figure in recent):
        mean = fmean(figure.removed for figure in recent)
        wrong["chrome"] = (
            f"of the last {RECENT} pages {mean:.0%} were removed as chrome, where {removed:.0%} are usual;"
            " see `worker explain` of one"
        )
    return wrong


def _odd(latest: Sequence[Figures], odd: Callable[[Figures], bool]) -> int:
    """How many of the newest articles are odd, where they are so many that chance does not explain it; else 0.

    Of a source that was never odd in a hundred articles two in a row are enough, in twenty three (by the rule of
    succession both come by chance once in ten thousand times); of one that sometimes is, `RECENT`.
    """
    for count in (2, 3, RECENT):
        recent, before = latest[:count], latest[count:]
        often = sum(map(odd, before))
        enough = {2: often == 0 and len(before) >= 98, 3: often == 0, RECENT: often <= 0.1 * len(before)}
        if all(map(odd, recent)) and enough[count]:
            return count
    return 0


def _quantile(figures: Sequence[Figures], of: Callable[[Figures], float], share: float) -> float:
    return sorted(of(figure) for figure in figures)[int(len(figures) * share)]


def pages(last: Sequence[tuple[str, str, str | None]], habit: int) -> dict[str, str]:
    """What the last captures (newest first: kind, address, where it was asked for) say; `habit` articles are known."""
    wrong = {}
    kinds = [kind for kind, _, _ in last]
    if kinds.count("spam") >= 2:
        wrong["spam"] = "pages of this site are gambling spam: it seems to have been broken into; tell its owner"
    recent = last[:RECENT]
    if len(recent) == RECENT and habit >= HABIT and all(kind == "empty" for kind, _, _ in recent):
        wrong["short"] = f"the last {RECENT} pages have no text; the pages' layout may have changed, or need a browser"
    hosts = {_moved_to(url, before) for _, url, before in recent}
    if len(recent) == RECENT and len(hosts) == 1 and (host := hosts.pop()):
        wrong["moved"] = f"all pages lead to {host} now; if the site has moved, write its new address into sources.yaml"
    return wrong


def _moved_to(url: str, before: str | None) -> str | None:
    """The host that a request ended at, where that is another than was asked (a leading www. does not count)."""
    if not before:
        return None
    asked = _host(json.loads(before)[0])
    return _host(url) if _host(url) != asked else None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
