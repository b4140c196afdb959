"""What is normal for a source, and what is wrong when it is not. Pure functions: figures in, sentences out.

A source is compared with itself only, and only once it has shown enough of its habits. The limits are wide: with sixty
sources that are visited for years, one false alarm in ten thousand judgements is one too many a month.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from math import sqrt
from statistics import fmean, median
from typing import TYPE_CHECKING

from worker.values import site_host
from worker.vietnamese.clock import VIETNAM
from worker.watch.holidays import working

if TYPE_CHECKING:
    from worker.store.habits import Reading
    from worker.watch.witness import Visit

_DAY = timedelta(days=1)

RECENT = 4
"""So many pages in a row must lead elsewhere."""

HABIT = 20
"""Earlier articles, or gaps between them, without which nothing is called normal."""

CHANCE = 1 / 2000
"""How likely chance alone may be to make the newest articles as odd as they are, for it to be called chance."""

TURNED = 1 / 100
"""The most that is assumed of how often an article that read well reads oddly at the next look, by chance."""

FAILURES = 2
"""Visits in a row that must fail: one failed visit is a site that restarts."""

EXPIRES = timedelta(days=14)
"""A certificate that ends sooner should have been renewed; or, of a short one, that has a sixth of its life left."""

_DEVIATIONS = 12  # of the gaps between articles: chance alone makes one of thirteen times the mean in e^-13 cases

KINDS = frozenset(
    {"failing", "silent", "short", "undated", "facts", "chrome", "moved", "closed", "certificate", "spam"}
)
"""The alarms that a source can have; the archive's own is `full`."""


def failing(failures: int, error: str) -> str | None:
    """Every visit fails."""
    if failures < FAILURES:
        return None
    return f"the last visits all failed ({error or 'no page was answered'}); look whether the site opens in a browser"


def silent(appeared: Sequence[datetime | date], last_new: datetime | None, now: datetime) -> str | None:
    """Nothing new for much longer than ever: half as long again as its longest pause, and far beyond what chance
    explains; where the source is known for ten times as long, so that its nights and weekends are among its pauses.

    Public holidays do not count as time without news, neither now nor in the pauses that were longer than usual.
    """
    moments = {when if isinstance(when, datetime) else datetime.combine(when, time(12), VIETNAM) for when in appeared}
    times = sorted(when for when in moments if when <= now)
    if last_new is None or len(times) <= HABIT:
        return None
    days = _pauses(times)
    usual = fmean(days)
    limit = max(1.5 * max(days), usual + _DEVIATIONS * sqrt(fmean((gap - usual) ** 2 for gap in days)))
    since = max(last_new, times[-1]) if last_new <= now else times[-1]  # the clock may have been years ahead
    if working(since, now) / _DAY <= limit or sum(days) < 10 * limit:
        return None
    return (
        f"nothing new for {(now - since) / _DAY:.1f} days, where {usual:.1f} days between two articles are usual;"
        " look whether the site has moved its news, or changed its listing"
    )


def _pauses(times: Sequence[datetime]) -> list[float]:
    """The days between moments that follow one another; of those that are longer than usual, without days of rest."""
    pauses = [(after - before) / _DAY for before, after in pairwise(times)]
    usual = median(pauses)
    return [
        pause if pause <= usual else max(usual, working(before, after) / _DAY)
        for pause, (before, after) in zip(pauses, pairwise(times), strict=True)
    ]


def unlike_itself(latest: Sequence[Reading], standing: frozenset[str] = frozenset()) -> dict[str, str]:
    """What is wrong with the pages that were read last, compared with the oldest half (newest first): kind -> sentence.

    The oldest half, so that a change is still one after many pages, until it has become the habit. An alarm that is
    `standing` ends with two good pages.
    """
    first = list({reading.url: reading for reading in latest}.values())  # the last of equal keys: the page's first
    if len(first) < HABIT + 2:
        return {}
    before = first[-max(HABIT, len(first) // 2) :]
    wrong = {}
    words = [reading.words for reading in before if reading.words]
    usual = median(words) if words else 0
    low = min(0.6 * _quantile(words, 0.05), 0.4 * usual)
    if count := _odd(latest, lambda reading: reading.words < low, "short" in standing):
        wrong["short"] = (
            f"the last {count} pages have next to no text, where {usual:.0f} words are usual; their layout may have"
            " changed, or needs a browser: compare `worker explain` of one with the page"
        )
    shown = [reading for reading in latest if reading.dated is not None]
    habit = _quantile([reading.dated for reading in before if reading.dated is not None], 0.5)
    if habit and (count := _odd(shown, lambda reading: not reading.dated, "undated" in standing)):
        wrong["undated"] = (
            f"the last {count} pages state no date, where nearly all did; their layout may have changed:"
            " see `clean: date:` in sources.yaml"
        )
    facts = [reading.facts for reading in before if reading.facts is not None]
    read = [reading for reading in latest if reading.facts is not None]
    if _quantile(facts, 0.1) >= 2 and (count := _odd(read, lambda reading: not reading.facts, "facts" in standing)):
        wrong["facts"] = f"no fact was found in the last {count} pages, where {fmean(facts):.0f} are usual"
    shares = [reading.removed for reading in before if reading.removed is not None]
    most = max(_quantile(shares, 0.95), median(shares or [1]) + 0.25)
    if count := _odd(read, lambda reading: (reading.removed or 0) > most, "chrome" in standing):
        wrong["chrome"] = (
            f"of each of the last {count} pages more than {most:.0%} were removed as chrome, where"
            f" {median(shares):.0%} are usual; see `worker explain` of one"
        )
    return wrong


def _odd(latest: Sequence[Reading], odd: Callable[[Reading], bool], standing: bool) -> int:
    """How many of the newest pages are odd, where chance does not explain it; else 0.

    A page counts from when it began to read as it does now: one that turned odd counts as new, and for more. How often
    chance makes a page odd is told by the others (rule of succession); and as odd ones come in spells, there must be
    more of them than there ever were.
    """
    history: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for place, reading in enumerate(latest):
        history[reading.url].append((place, odd(reading)))
    now: list[tuple[int, bool, bool]] = []  # since when, whether it is odd, whether it was not
    for looks in history.values():
        same = next(([*spell] for _, spell in groupby(looks, lambda look: look[1])), [])
        now.append((same[-1][0], same[-1][1], len(same) < len(looks)))
    now.sort()
    if standing and now and not now[0][1]:
        del now[0]
    spells = [[*spell] for _, spell in groupby(now, lambda page: page[1])]
    if not spells or not spells[0][0][1]:
        return 0
    newest, others = spells[0], [len(spell) for spell in spells[1:] if spell[0][1]]
    share = (sum(others) + 1) / (len(now) - len(newest) + 2)
    chance = 1.0
    for _, _, turned in newest:
        chance *= min(share, TURNED) if turned else share
    return len(newest) if chance < CHANCE and len(newest) > max(others, default=0) else 0


def _quantile(figures: Sequence[float], share: float) -> float:
    return sorted(figures)[int(len(figures) * share)] if figures else 0


def pages(last: Sequence[tuple[str, str, str | None]]) -> dict[str, str]:
    """What the last captures (newest first: kind, address, where it was asked for) say."""
    wrong = {}
    if [kind for kind, _, _ in last].count("spam") >= 2:
        wrong["spam"] = "pages of this site are gambling spam: it seems to have been broken into; tell its owner"
    hosts = {_moved_to(url, json.loads(before)[0] if before else url) for _, url, before in last[:RECENT]}
    if len(last) >= RECENT and len(hosts) == 1 and (host := hosts.pop()):
        wrong["moved"] = _moved(host)
    return wrong


def site(visits: Sequence[Visit], standing: frozenset[str], now: datetime) -> dict[str, str]:
    """What the last visits (newest last) say of the site itself.

    Its doors must be wrong at two visits in a row, or at one where an alarm of that kind is `standing`.
    """
    no: dict[str, str] = {}
    *_, before, last = [no, no, *(_doors(visit) for visit in visits if visit.doors)]
    told = {kind: text for kind, text in last.items() if kind in before or kind in standing}
    if visits and (valid := visits[-1].certificate):
        since, until = valid
        if until - now < min(EXPIRES, (until - since) / 6):
            told["certificate"] = (
                f"the site's certificate ends on {until.astimezone(VIETNAM):%d/%m/%Y}, and then no page can be fetched;"
                " tell its owner"
            )
    return told


def _doors(visit: Visit) -> dict[str, str]:
    """What is wrong with all of the source's own doors at one visit."""
    hosts = {_moved_to(door.led_to, door.asked) for door in visit.doors}
    if len(hosts) == 1 and (host := hosts.pop()):
        return {"moved": _moved(host)}
    if all(door.status >= 400 for door in visit.doors):
        door = visit.doors[0]
        return {"closed": f"{door.asked} answers {door.status}; look where the news is now, and mend sources.yaml"}
    return {}


def undecided(visits: Sequence[Visit]) -> frozenset[str]:
    """The kinds of `site` of which these visits show nothing, so that alarms of them stay as they are."""
    doors = {"moved", "closed"} if not any(visit.doors for visit in visits) else set()
    return frozenset(doors if any(visit.answered for visit in visits) else doors | {"certificate"})


def _moved(host: str) -> str:
    return f"all pages lead to {host} now; if the site has moved, write its new address into sources.yaml"


def _moved_to(url: str, asked: str) -> str | None:
    """The host that a request ended at, where that is another than was asked (a leading www. does not count)."""
    return site_host(url) if site_host(url) != site_host(asked) else None
