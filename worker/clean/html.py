"""A page of HTML: its labelled blocks and what it says of its article."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from worker.clean import blocks, body, chrome, container, headline, lexicon, lines, metadata
from worker.clean import profile as profiles
from worker.clean.features import Told
from worker.clean.labels import Labeller, Seen
from worker.clean.metadata import dates, head, titles
from worker.clean.nesting import bounded
from worker.models import IN_BODY, Block, Label
from worker.vietnamese.clock import VIETNAM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from selectolax.lexbor import LexborNode

    from worker.clean.bylines import Byline
    from worker.clean.metadata import Metadata
    from worker.clean.metadata.head import Head
    from worker.clean.pieces import Box, Page
    from worker.clean.profile import Profile
    from worker.clean.when import When
    from worker.config import Source
    from worker.models import Capture, Memory


_BESIDE = 8
"""Pieces below the headline, the first of them: here it is said how often the article was read."""


class Cleaned(NamedTuple):
    """The blocks of a page, its metadata, and what kinds.py wants to know of it."""

    blocks: tuple[Block, ...]
    metadata: Metadata
    links: int
    linked: float  # see _links


def read(tree: LexborHTMLParser, capture: Capture, source: Source | None, memory: Memory) -> Cleaned:
    """Clean a parsed page. Never raises for what it holds; costs time linear in it."""
    fetched_at = capture.fetched_at
    stated = head.read(tree)
    profile = profiles.fitting(tree, source)
    found = metadata.read(tree, capture.url, fetched_at, profile, stated)
    if tree.body is None:
        return Cleaned((), found, 0, 0.0)
    # What a profile marks may lie in what is called chrome: there all is walked through.
    if profile:
        page = blocks.read(tree.body, _marks(tree, profile))
    else:
        page = blocks.read(tree.body, holders=_holders(stated.heading))
    if not page.boxes[0].prose:
        page = _without_script(tree, stated) or page
    standings = chrome.standings(memory, [piece.text for piece in page.pieces])
    title = container.headline(page, found.title)
    dropped = title is not None and page.pieces[title].box.mark == "drop"
    if standings:
        title, found = _with_headline(page, standings, title, found, headed=bool(stated.headings))
    elif dropped or _names_site(found.title) or (title is None and not stated.headings):
        title, found = _with_shown_headline(page, title, found, stated, capture)
    seen = Seen(page, standings, title)
    choice = body.choose(page, Told(seen.title, found.lead), _known(page) if profile else None, seen.standings)
    labelled = Labeller(seen, choice, found, profile).blocks()
    found = _with_lines(found, labelled, fetched_at)
    if title is not None:
        if found.views is None:
            counts = (lines.views(block.text) for block in labelled[max(0, title - 2) : title + _BESIDE])
            found = replace(found, views=next((count for count in counts if count is not None), None))
        found = _dated_beside(found, labelled[max(0, title - 2) : title + 4], tree, fetched_at)
    if found.published is not None and found.vietnamese:
        found = _dated_after_event(found, labelled, stated, capture)
    return Cleaned(labelled, found, *_links(page, choice.kept))


def _without_script(tree: LexborHTMLParser, stated: Head) -> Page | None:
    """What a page holds for those who run no script: its text in a noscript element, or as JSON-LD states it."""
    pages = [blocks.read(node, holders=set()) for node in tree.css("noscript")[:_MOST_TWINS]]
    told = stated.articles[0].get("articleBody") if stated.articles else None
    if isinstance(told, str) and len(told) >= _TWIN:
        markup = told if "<p" in told else "".join([f"<p>{escape(line)}</p>" for line in told.split("\n")])
        if (node := LexborHTMLParser(bounded(markup.encode("utf-8", "replace"))).body) is not None:
            pages.append(blocks.read(node, holders=set()))
    return next((page for page in pages if page.boxes[0].prose >= _TWIN), None)


_MOST_TWINS = 5
_TWIN = 200  # characters of prose: more than a noscript element says of scripts


def _with_headline(
    page: Page, standings: Sequence[int], title: int | None, found: Metadata, *, headed: bool
) -> tuple[int | None, Metadata]:
    """The piece that is the headline, and the metadata, once more where the memory knows better.

    What stands on all pages of the source is no headline, and a date that was found beside it none of the article. A
    title that the page words otherwise is believed if an h1 (`headed`) or the markup says that this is an article.
    """
    common = title is not None and standings[title] >= chrome.COMMON
    if title is not None and not common:
        return title, found
    other = container.other_headline(page, standings, title)
    if other is None or other == title:
        return title, found
    text = page.pieces[other].text
    if common:
        found = replace(found, title=text)
        return other, found if found.declared else replace(found, published=None, published_precision=None)
    believed = headed or found.declared or found.title in text
    return other, found if believed and found.title else replace(found, title=text)


def _with_shown_headline(
    page: Page, title: int | None, found: Metadata, stated: Head, capture: Capture
) -> tuple[int | None, Metadata]:
    """The piece that looks like the headline of a page that marks none, and the metadata with it as their title.

    Nor is one marked where the heading (`title`) names but the site or its section: then a bold line is none, either.

    Where no date was found the one beside it is taken.

    What the head of the page names goes first if the text speaks of it as much ("News in detail" is in no text).
    """
    shown = container.shown_headline(page, bold=title is None)
    if shown is None or shown == title or any(node.get("headline") for node in stated.articles):
        return title, found
    text = page.pieces[shown].text
    below = " ".join([piece.text for piece in page.pieces[shown + 1 :] if piece.prose][:_READ_OF])[:_LONGEST_READ]
    believed = text.casefold() in found.title.casefold() or _names_site(found.title)  # the site's name stands beside it
    if not believed and titles.speaks_of(found.title, below) >= titles.speaks_of(text, below):
        return title, found
    found = replace(found, title=text)
    if found.published is None:
        beside = dates.page(stated, capture.url, capture.fetched_at, text)
        datelines = [piece.text for piece in page.pieces[shown + 1 : shown + 4]]
        when = dates.in_lines(datelines, beside) or dates.find(stated, beside, page.pieces[shown].box.node)
        if when is not None:
            found = replace(found, published=when.iso, published_precision=when.precision)
    return shown, found


def _names_site(title: str) -> bool:
    """Whether a title names but the site or one of its sections."""
    return headline.is_letterhead(title) or lexicon.names_section(title)


_READ_OF = 6  # pieces
_LONGEST_READ = 4_000  # characters


def _holders(node: LexborNode | None) -> set[int]:
    """A headline's element, and those around it."""
    holders: set[int] = set()
    while node is not None and len(holders) < _DEEPEST:
        holders.add(node.mem_id)
        node = node.parent
    return holders


_DEEPEST = 1000
_MARKED = ("date", "author", "origin", "lead", "body")
"""Fields of a profile whose first selector that matches counts; what stands in several is what comes last here."""


def _marks(tree: LexborHTMLParser, profile: Profile) -> dict[int, str]:
    """What the profile's selectors find, by element."""
    marks: dict[int, str] = {}
    for field in _MARKED:
        for selector in getattr(profile, field):
            if (node := tree.css_first(selector)) is not None:
                marks[node.mem_id] = field
                break
    for field in ("caption", "drop"):
        if selectors := getattr(profile, field):
            marks.update(dict.fromkeys([node.mem_id for node in tree.css(", ".join(selectors))], field))
    return marks


def _known(page: Page) -> Box | None:
    """The box that the profile's body selector found, if there is text in it."""
    return next((box for box in page.boxes if box.mark == "body" and box.end > box.start), None)


_BETWEEN_MOST = 0.7


def _links(page: Page, kept: set[int]) -> tuple[int, float]:
    """The number of links, and the share of linked characters from the first kept piece to the last.

    The share is 0 where the text goes on from paragraph to paragraph: in a listing the headline of another article
    stands between nearly all teasers, or a link to read on below each (the share is 1 then); in an article a box of
    links may stand between some paragraphs.
    """
    links = sum([piece.links for piece in page.pieces])
    if not kept:
        return links, 0.0
    first = min(kept)
    among = page.pieces[first : max(kept) + 1]
    paragraphs = headlines = 0
    headline = False
    onward = sum([piece.linked > 0 and lexicon.leads_on(piece.text) for piece in among])
    for index, piece in enumerate(among, first):
        if piece.prose and index in kept:
            paragraphs += 1
            headlines += headline
            headline = False
        elif piece.size > _HEADLINE and piece.linked >= 0.6 * piece.size:
            headline = True
    if paragraphs > 2 and onward >= _BETWEEN_MOST * (paragraphs - 1):
        return links, 1.0
    if paragraphs > 2 and headlines < _BETWEEN_MOST * (paragraphs - 1):
        return links, 0.0
    return links, sum([piece.linked for piece in among]) / max(1, sum([piece.size for piece in among]))


_HEADLINE = 20  # characters of the shortest


def _dated_beside(found: Metadata, beside: Iterable[Block], tree: LexborHTMLParser, fetched_at: datetime) -> Metadata:
    """The date that stands beside the headline, rather than another that is only shown somewhere on the page.

    What the markup states for machines (it writes days as 2024-03-20) goes before both.
    """
    if found.published is None or found.published[:10].encode() in (tree.raw_html or b""):
        return found
    for block in beside:
        dateline = lines.dateline(block.text) if block.label is Label.DATE else None
        if dateline is not None and dateline.consistent:
            when = dateline.when
            if dateline.updated and when.iso[:10] != found.published[:10]:
                continue
            if when.day <= fetched_at.date() and when.day.isoformat() != found.published[:10]:
                return replace(found, published=when.iso, published_precision=when.precision)
            break
    return found


def _dated_after_event(found: Metadata, labelled: Sequence[Block], stated: Head, capture: Capture) -> Metadata:
    """Another date of publication that the page states, where the first one is before the event that is reported."""
    opening = [block.text for block in labelled if block.label in IN_BODY][:_OPENING_PIECES]
    event = next(filter(None, map(dates.event_day, opening)), None)
    if event is None or event > capture.fetched_at.date() or event.isoformat() <= (found.published or "")[:10]:
        return found
    datelines = (lines.dateline(block.text) for block in labelled if block.label is Label.DATE)
    shown = [dateline.when for dateline in datelines if dateline is not None and dateline.consistent]
    page = dates.page(stated, capture.url, capture.fetched_at, found.title)
    if (when := dates.not_before(event, stated, page, shown)) is None:
        return found
    return replace(found, published=when.iso, published_precision=when.precision)


_OPENING_PIECES = 3  # a heading, the lead and the first paragraph


def _with_lines(found: Metadata, labelled: Iterable[Block], fetched_at: datetime) -> Metadata:
    """The metadata with what stands in the text only: byline, stated source, and the date where no markup has it.

    Of a page whose clock is not known to be that of Vietnam only the day is told.
    """
    more: dict[str, Any] = {}
    before: Block | None = None
    titled = False
    for block in labelled:
        titled = titled or block.label in _TEXT
        if block.label is Label.BYLINE:
            goes_on = before is not None and before.label is Label.BYLINE
            _sign(more, found, lines.signature(block.text), goes_on=goes_on)
        elif block.label is Label.SOURCE and not found.origin and "origin" not in more:
            if origin := lines.origin(block.text):
                more["origin"] = origin.name
                _sign(more, found, origin.byline)
        elif block.label is Label.DATE and (dateline := lines.dateline(block.text)):
            when = dateline.when
            undated = not found.published and "published" not in more
            if undated and dateline.consistent and _is_past(when, fetched_at, clock=not titled):
                when = when if found.vietnamese else replace(when, at=None)
                more |= {"published": when.iso, "published_precision": when.precision}
            if dateline.views is not None:
                more.setdefault("views", dateline.views)
            _sign(more, found, dateline.byline)
        before = block
    return replace(found, **more) if more else found


_TEXT = IN_BODY | {Label.TITLE}


def _is_past(when: When, fetched_at: datetime, *, clock: bool) -> bool:
    """Whether a date can be that of publication; today's day above all text is that of the page's `clock`."""
    today = fetched_at.astimezone(VIETNAM).date()
    return when.day < today if clock and when.at is None else when.day <= fetched_at.date()


def _sign(more: dict[str, Any], found: Metadata, byline: Byline | None, *, goes_on: bool = False) -> None:
    """Take a byline for the article's, where it has none yet, or add it to the one that it `goes_on` from."""
    if byline and not found.byline and "byline" not in more:
        more |= {"byline": byline.text, "authors": byline.authors}
    elif byline and goes_on and byline.text not in more.get("byline", byline.text):
        more["byline"] += f" - {byline.text}"
        more["authors"] += tuple(name for name in byline.authors if name not in more["authors"])
