"""When an article was published: the statements of a page, ranked by trust and checked against one another.

Trusted in this order: JSON-LD, meta elements, microdata, time elements, what a profile points at, a visible dateline
beside the headline, the day in the address. Where the markup states the time of the last edit, which some systems write
over that of publication, what readers see goes first. What says when a page was changed, fetched or shown is no date of
publication, and where only that is stated there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from worker.clean import lines
from worker.clean.metadata.machine import day_of, parse
from worker.clean.when import When, stated
from worker.vietnamese.clock import VIETNAM

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from worker.clean.metadata.head import Head

_EARLIEST = date(1995, 1, 1)
"""News pages are younger than this; what is older is a default value (1970) or an event of history."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the reading of dates depends on beside the markup."""

    url: str
    fetched_at: datetime | None
    vietnamese: bool
    day_first: bool

    @property
    def zone(self) -> timezone | None:
        """The zone of times that name none."""
        return VIETNAM if self.vietnamese else None


_OF_VIETNAM = re.compile("[\u1ea0-\u1ef9]")
"""Letters of no other tongue: vowels with two marks, with the hook, with the dot below."""


def page(head: Head, url: str, fetched_at: datetime | None, title: str) -> Page:
    """The page's language and zone: Vietnamese by its lang attribute, its host or its title."""
    host = (urlsplit(url).hostname or "").lower()
    vietnamese = head.language.startswith("vi") or host.endswith(".vn") or _OF_VIETNAM.search(title) is not None
    american = head.language.startswith("en") and not host.endswith((".uk", ".au", ".nz", ".ie", ".za", ".in", ".vn"))
    return Page(url, fetched_at, vietnamese, day_first=not american)


def find(head: Head, page: Page, heading: LexborNode | None, pointed_at: str = "") -> When | None:
    """The date of publication, or None where the page states none.

    `pointed_at` is the text that a profile's selector found, `heading` the element of the headline, around which a
    visible dateline is looked for. Where the markup states another day than the profile found, the profile is believed
    only if that day is the one of the last edit: selectors of a whole family also match the dates of other articles.
    """
    pointed = _pointed_at(pointed_at, page) if pointed_at else None
    pointed = pointed if pointed and _possible(pointed, page) else None
    marked = next((when for when in _machine_stated(head, page) if _possible(when, page)), None)
    if marked is None:
        when = pointed or (_beside(heading, page) if heading is not None else None)
        if when is None or when.start == _OF_AGE:
            when = in_address(page.url) or when
        return when if when and _possible(when, page) else None
    edited = marked.iso in _edit_times(head, page)
    if pointed and (edited or pointed.day == marked.day):
        return pointed
    if not page.vietnamese and marked.at is not None and not marked.at.utcoffset():
        marked = _at_home(marked, head, page)
    if edited and page.vietnamese and heading is not None:
        shown = _beside(heading, page)
        if shown and shown.day < marked.day:
            return shown
    return _in_local_time(marked, page, heading)


def in_lines(texts: Iterable[str], page: Page) -> When | None:
    """The date in the first of these lines that is a dateline; one of an update only where there is no other."""
    found = [(when, updated) for when, updated in (_dateline(text, page) for text in texts) if when is not None]
    possible = [(updated, at, when) for at, (when, updated) in enumerate(found) if _possible(when, page)]
    return min(possible)[2] if possible else None


def not_before(event: date, head: Head, page: Page, shown: Iterable[When]) -> When | None:
    """The most trusted date of publication that is not before the day of the event that the article reports.

    Looked at are the statements of the markup, the datelines that readers are `shown`, and the day in the address. None
    where all of these are before it.
    """
    marked = (_in_local_time(when, page, None) for when in _machine_stated(head, page))
    every = [*marked, *shown, *filter(None, [in_address(page.url)])]
    return next((when for when in every if event <= when.day and _possible(when, page)), None)


_OPENS_WITH_DAY = re.compile(
    r"(?:\([^()]{2,30}\)\s?[-–:]\s?)?(?:(?:vào|trong)\s)?(?:(?:cả|suốt|rạng)\s)?(?:(?:sáng|trưa|chiều|tối|đêm)\s)?"
    r"(?:ngày\s)?(?=\d)",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"(?<!\w)(?:sẽ|dự kiến|sắp|kể từ|từ ngày)(?!\w)", re.IGNORECASE)
_OPENING = 300  # characters of a text in which it says whether its day is one to come


def event_day(text: str) -> date | None:
    """The day, stated with its year, that a report in Vietnamese opens with: "Sáng ngày 20/3/2024, Hội … tổ chức …".

    None for a day that is only to come.
    """
    opening = _OPENS_WITH_DAY.match(text)
    if opening is None:
        return None
    text = text[opening.end() : _OPENING]
    when = next(stated(text[:_LONGEST_DATE], zone=None), None)
    return when.day if when and when.start == 0 and not _TO_COME.search(text) else None


_LONGEST_DATE = 40  # characters


def _possible(when: When, page: Page) -> bool:
    """Published before it was fetched; a day is allowed for, as zones differ."""
    latest = (page.fetched_at.date() + timedelta(days=1)) if page.fetched_at else date.max
    return _EARLIEST <= when.day <= latest


# --- machine-readable statements --------------------------------------------------------------------------------------

_META_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate",
    "publishdate", "publish-date", "publish_date", "published_time", "article.published", "date.available", "date",
    "dc.date.issued", "dc.date", "dcterms.issued", "dcterms.date", "dc.date.created", "dcterms.created",
    "date.created", "datecreated", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "publication_date", "release_date", "pub_date", "originalpublicationdate",
    "article_date_original", "weibo:article:create_at", "last-published-at", "apub:time", "mediator_published_time",
    "citation_publication_date", "prism.publicationdate",
)  # fmt: skip


def _machine_stated(head: Head, page: Page) -> Iterator[When]:
    """The statements of JSON-LD, meta elements, microdata and time elements, the most trusted first."""
    metas = [when for name in _META_NAMES if (text := head.metas.get(name)) and (when := parse(text, page))]
    linked = [when for node in head.articles for when in _published(node.get("datePublished"), page)]
    marked = [when for text in head.props.get("datepublished", [])[:3] if (when := parse(text, page))]
    if metas and marked and not linked and marked[0].iso in _edit_times(head, page):
        # Content systems (NukeViet) overwrite the microdata with the time of the last edit, and keep the meta element.
        yield min(metas[0], marked[0], key=lambda when: when.day)
    for when in linked:
        overwritten = metas and metas[0].day < when.day and when.iso in _edit_times(head, page)
        yield metas[0] if overwritten else when
    yield from metas
    yield from marked
    for attribute, text in head.times[:5]:
        if (when := parse(attribute, page) or parse(text, page)) is not None:
            yield when
    yield from (when for node in head.articles for when in _published(node.get("dateCreated"), page))


def _published(value: object, page: Page) -> Iterator[When]:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, str | int) and (when := parse(str(value), page)):
        yield when


def _edit_times(head: Head, page: Page) -> set[str]:
    """The times of the last edit, as JSON-LD and microdata state them."""
    texts = [
        *head.props.get("datemodified", [])[:2],
        *(str(node.get("dateModified", "")) for node in head.articles[:3]),
    ]
    return {when.iso for text in texts if (when := parse(text, page))}


# --- against what the page shows --------------------------------------------------------------------------------------


def _at_home(when: When, head: Head, page: Page) -> When:
    """A time in UTC as another place of the markup states the same moment: with the offset of the paper's own clock."""
    texts = [*(attribute for attribute, _ in head.times[:5]), *(head.metas.get(name, "") for name in _META_NAMES[:3])]
    for other in (parse(text, page) for text in texts if text):
        if other is not None and other.at == when.at and other.at is not None and other.at.utcoffset():
            return other
    return when


def _in_local_time(when: When, page: Page, heading: LexborNode | None) -> When:
    """On a Vietnamese page a time in UTC as the clock of Vietnam shows it, unless the page shows the same digits."""
    if not page.vietnamese or when.at is None or when.at.utcoffset() != timedelta(0):
        return when
    shown = _beside(heading, page) if heading is not None else None
    if shown is not None and shown.at is not None and shown.at.replace(tzinfo=None) == when.at.replace(tzinfo=None):
        return shown  # local time that only claims to be UTC
    at = when.at.astimezone(VIETNAM)
    return When(at.date(), at, when.start, when.end)


def _pointed_at(text: str, page: Page) -> When | None:
    """The date in the text that a profile's selector found; a stated weekday must be right."""
    if page.vietnamese and (found := lines.dateline(text)) is not None:
        return found.when if found.consistent else None
    return parse(text, page)


_MOST_NEAR = 60  # elements around the headline that are read
_NO_DATELINE = re.compile(
    r"clock|current|today|now\b|dong-ho|hom-nay|comment|binh-?luan|related|lien-?quan"
    r"|\bhidden\b|\bhide\b|\bd-none\b|sr-only"
)


def _beside(heading: LexborNode, page: Page) -> When | None:
    """The dateline among the elements around a headline: behind it first, then before it, level by level upwards.

    One that tells when the text was changed is believed only where none as near tells when it was published. An age
    ("2 giờ trước") counts from the fetch.
    """
    updates: list[When] = []
    for step, siblings in enumerate(_around(heading)):
        above = step > 1 and step % 2  # before the headline, and not beside it: where the clock of a page stands
        for sibling in siblings:
            when = _dated(sibling, page, updates, 0) or _aged(sibling, page)
            if when is not None and not (above and _is_now(when, page)):
                return when
        if updates:
            return updates[0]
    return None


def _is_now(when: When, page: Page) -> bool:
    """Whether a date is the time when the page was fetched: by the minute, or by the day where it tells no more."""
    if page.fetched_at is None or when.start == _OF_AGE:
        return False
    if when.at is not None:
        return abs(when.at - page.fetched_at) < _CLOCK_ERROR
    return when.day == page.fetched_at.astimezone(page.zone or UTC).date()


_CLOCK_ERROR = timedelta(minutes=90)  # pages may come out of a cache


def _around(heading: LexborNode) -> Iterator[Iterable[LexborNode]]:
    """The elements around a headline: those behind it first, then those before it, level by level upwards."""
    left = _MOST_NEAR
    node: LexborNode | None = heading
    for _ in range(5):
        if node is None or node.tag in ("body", "html"):
            break
        for step in ("next", "prev"):
            siblings = []
            sibling = getattr(node, step)
            while sibling is not None and left > 0:
                left -= 1
                siblings.append(sibling)
                sibling = getattr(sibling, step)
            yield siblings
        node = node.parent


_OF_AGE = -1
"""Where the `When` of an age starts: no text has the date itself."""

_LONGEST_AGED = 100  # characters of the line with an age: beside it stand the paper's name, an author, a section


def _aged(node: LexborNode, page: Page) -> When | None:
    """The day that an element's age tells."""
    if page.fetched_at is None or node.tag in _NO_DATELINES:
        return None
    text = " ".join((node.text(separator=" ") or "")[: 4 * _LONGEST_AGED].split())
    if len(text) > _LONGEST_AGED or (age := lines.age(text)) is None:
        return None
    return When((page.fetched_at.astimezone(page.zone or UTC) - age).date(), None, _OF_AGE, _OF_AGE)


_NO_DATELINES = frozenset(("script", "style", "-comment", "nav", "h1", "a"))


def _dated(node: LexborNode, page: Page, updates: list[When], depth: int) -> When | None:
    """The dateline that an element is or, three levels down, holds; one of an update goes into `updates`."""
    if node.tag in _NO_DATELINES or _is_aside(node, 0):
        return None
    text = " ".join((node.text(separator=" ") or "")[:2000].split())
    if len(text) < 8 or not any(map(str.isdigit, text)):
        return None
    when, updated = _dateline(text, page)
    if when is not None and _possible(when, page):
        if not updated:
            return when
        updates.append(when)
        return None
    child = node.child if depth < 3 and node.tag not in ("p", "-text") and not _is_entry(node) else None
    for _ in range(12):
        if child is None:
            break
        if (when := _dated(child, page, updates, depth + 1)) is not None:
            return when
        child = child.next
    return None


def _is_entry(node: LexborNode) -> bool:
    """Whether a headline that is a link stands in an element: what else stands there dates that other article."""
    child, left = node.child, 6
    while child is not None and left:
        left -= child.tag != "-text"
        link = child if child.tag == "a" else child.child if child.tag in _HEADLINES else None
        while link is not None and link.tag != "a" and child.tag != "a":
            link = link.next
        if link is not None and link.text().strip().count(" ") >= _LINKED_WORDS:
            return True
        child = child.next
    return False


_HEADLINES = frozenset(("h2", "h3", "h4", "h5", "p", "div", "span", "strong", "b"))
_LINKED_WORDS = 5  # spaces: a section's name beside the date is shorter


def _is_aside(node: LexborNode, depth: int) -> bool:
    """Whether an element, or one within it, is by its class the clock of the page, or hidden from readers.

    An empty element is neither: many datelines have the icon of a clock.
    """
    if (node.tag or "-").startswith("-") or node.child is None:
        return False
    attributes = node.attributes
    if _NO_DATELINE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()):
        return True
    child = node.child if depth < 2 else None
    for _ in range(12):
        if child is None:
            break
        if _is_aside(child, depth + 1):
            return True
        child = child.next
    return False


def _dateline(text: str, page: Page) -> tuple[When | None, bool]:
    """The date of a dateline, and whether it is called one of an update.

    In languages whose words for one are not known a short line with a date in it is a dateline.
    """
    if len(text) > 160:
        return None, False
    if page.vietnamese:
        found = lines.dateline(text)
        return (found.when, found.updated) if found and found.consistent else (None, False)
    dates = list(stated(text, day_first=page.day_first, zone=None, short_years=True))
    if not dates or len((text[: dates[0].start] + text[dates[0].end :]).split()) > _OTHER_WORDS:
        return None, False
    return lines.published(text, dates)


_OTHER_WORDS = 12  # beside the date: weekday, hour, "updated", an author's name


# --- the address ------------------------------------------------------------------------------------------------------

_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)([01]?\d)\2([0-3]?\d)(?!\d)")


def in_address(url: str) -> When | None:
    """The day that an address holds: /2019/11/18/, /2019-11-18-…, /20150323/."""
    for match in _IN_ADDRESS.finditer(urlsplit(url).path[:400]):
        if match[2] or len(match[0]) == 8:
            when = day_of(match[1], match[3], match[4])
            if when is not None:
                return when
    return None
