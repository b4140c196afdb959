"""A page that was saved as plain text: its lines as labelled blocks, and what they say beside the body.

Saved text has no markup, so the form of a line, its place and its neighbours must tell what it was. The order of
one page, as portals and newspapers write it: chrome, title, dateline and byline, lead, paragraphs with captions and
headings between them, byline or source, then chrome again, which often begins with the headlines of other articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from worker.clean import copies, ending, headline, lexicon, lines, saved
from worker.clean.captions import is_caption
from worker.clean.ending import HEADING
from worker.clean.metadata import Metadata
from worker.clean.saved import PARAGRAPH, Line
from worker.models import IN_BODY, Block, Label

if TYPE_CHECKING:
    from worker.clean.profile import Profile


def read(text: str, fetched_at: datetime | None = None, profile: Profile | None = None) -> tuple[list[Block], Metadata]:
    """The labelled blocks of a page saved as text, in its order, and its metadata.

    `fetched_at` bounds the publication date from above; `profile` adds lines to drop. Linear in the text; never raises
    for what it holds. Title, date, byline and source are blocks of their own and not part of the body.
    """
    page = saved.split(text)
    if profile:
        _drop(page, profile)
    copies.mark_lesser(page)
    rest = [line for line in page if line.label is None]
    start, title = headline.find(rest)
    end = ending.find(rest, start)
    _mark_head(rest, title, start)
    _mark_tail(rest, end)
    _mark_headlines(rest, start, end)
    _mark_article(rest, start, end, title.text if title else "")
    _mark_twins(page)
    metadata = _metadata(page, title, fetched_at)
    return [_block(line) for line in page], metadata


def _drop(page: list[Line], profile: Profile) -> None:
    for line in page:
        if len(line.text) < 500 and any(pattern.search(line.text) for pattern in profile.drop_lines):
            line.mark(Label.CHROME, f"profile {profile.name}", "profile")


# --- labels -----------------------------------------------------------------------------------------------------------


def _mark_head(rest: list[Line], title: Line | None, start: int) -> None:
    """Up to the first paragraph: the title, what dates and signs it, and the chrome above."""
    at = next((index for index, line in enumerate(rest[:start]) if line is title), 0)
    near = headline.around(rest, at, above=2)
    for index, line in enumerate(rest[:start]):
        if line is title:
            line.mark(Label.TITLE)
        elif index < at:
            _mark_above(line, near=any(line is other for other in near))
        else:
            _mark_by_words(line)
    between = [line for line in rest[at:start] if line.label is None]
    listed = _listed(between)
    for line in listed:
        line.mark(Label.BODY)
    between = [line for line in between if line.label is None]
    for line in between:
        if _is_alt_text(line.text, title.text if title else ""):
            line.mark(Label.CHROME, "alt text")
        if line.words < 5 or len(between) > 4:  # a section's name, or a menu below a line that was no title
            line.mark(Label.CHROME, "between title and text")
        line.mark(Label.CAPTION if is_caption(line.text) else Label.HEADING)


def _listed(between: list[Line]) -> list[Line]:
    """The lists and tables that a notice opens with, from the first line to the last; related headlines are no list.

    Their lines are numbered, or stand behind dashes below a line that ends with a colon, or say of something what it
    is ("- Giải Nhất: xã A"). A line in brackets before them, when and where it was, belongs to them.
    """
    led = next((index for index, line in enumerate(between) if line.text.endswith(":")), len(between))
    found = [
        index
        for index, line in enumerate(between)
        if line.numbered or (line.item and (index > led or ": " in line.text[:_TERM]))
    ]
    if len(found) < _ITEMS:
        return []
    first = found[0] - (found[0] > 0 and between[found[0]].row and between[found[0] - 1].row)  # the head of a table
    while first and (between[first - 1].bracketed or between[first - 1].text.endswith(":")):
        first -= 1
    return between[first : found[-1] + 1]


_ITEMS = 2  # lines of the shortest list
_TERM = 60  # characters before the colon of an entry


def _mark_above(line: Line, *, near: bool) -> None:
    """Above the title stands chrome; a dateline may too, but one that is far from the title is the page's clock."""
    found = lines.dateline(line.text)
    if found and (near or found.views is not None):
        line.mark(Label.DATE)
    elif found:
        line.mark(Label.CHROME, "page clock")
    elif phrase := lexicon.find(line.text):
        line.mark(Label.CHROME, f"lexicon: {phrase.reason}", "lexicon")
    line.mark(Label.CHROME, "above the title")


def _mark_by_words(line: Line) -> bool:
    """Label a line that its own words or form identify: chrome, dateline, source, byline."""
    if phrase := lexicon.find(line.text):
        if not lines.dateline(line.text):
            line.mark(Label.CHROME, f"lexicon: {phrase.reason}", "lexicon")
    elif lines.views(line.text) is not None:
        line.mark(Label.CHROME, "lexicon: view count", "lexicon")
    if line.label is None:
        if lines.dateline(line.text):
            line.mark(Label.DATE)
        elif lines.origin(line.text):
            line.mark(Label.SOURCE)
        elif lines.byline(line.text):
            line.mark(Label.BYLINE)
    return line.label is not None


def _mark_tail(rest: list[Line], end: int) -> None:
    """Below the article all is chrome, but for the stated source, which some portals set below a box of headlines."""
    stated = any(lines.origin(line.text) for line in rest[:end])
    for line in rest[end:]:
        phrase = lexicon.find(line.text)
        if not stated and line.first <= rest[end].first + _SOURCE_WITHIN and _names_source(line):
            stated = True
            line.mark(Label.SOURCE)
        reason = f"lexicon: {phrase.reason}" if phrase else "after the article"
        line.mark(Label.CHROME, reason, "lexicon" if phrase else "structure")


_SOURCE_WITHIN = 20  # lines below the text


def _names_source(line: Line) -> bool:
    """A source with its label; bare addresses below an article are links to other sites."""
    found = lines.origin(line.text)
    return found is not None and found.name != line.text


def _mark_headlines(rest: list[Line], start: int, end: int) -> None:
    """Within the text, the headlines of other articles are those that stand again below it, each with its teaser."""
    below = {lexicon.key(line.text) for line in rest[end:] if line.words >= 4}
    for index, line in enumerate(rest[start:end], start):
        if _links_away(rest, index):
            line.mark(Label.CHROME, "headline of another article")
        if lexicon.key(line.text) not in below:
            continue
        if not line.prose and not lines.byline(line.text):
            line.mark(Label.CHROME, "headline of another article")
        elif line.prose and index and rest[index - 1].reason == "headline of another article":
            line.mark(Label.CHROME, "teaser of another article")


def _links_away(rest: list[Line], index: int) -> bool:
    """Whether an arrow before it, or its text once more on the next line, says that it is a link to another article."""
    line = rest[index]
    if line.prose or line.words < _LINKED or is_caption(line.text):
        return False
    beside = rest[max(0, index - 1) : index] + rest[index + 1 : index + 2]
    twice = lexicon.key(line.text.lstrip(_DOTS)) in {lexicon.key(other.text.lstrip(_DOTS)) for other in beside}
    return twice or line.text.startswith(_ARROWS)


_LINKED = 4  # words of the shortest headline
_ARROWS = (">", "»", "►", "▶", "→")
_DOTS = " •·●○*+-–"


def _mark_article(rest: list[Line], start: int, end: int, title: str) -> None:
    """From the first paragraph to the end: paragraphs, and what stands between and after them."""
    article = [line for line in rest[start:end] if line.label is None]
    told = (index for index, line in enumerate(article) if line.leads or (line.prose and not is_caption(line.text)))
    last = max(told, default=-1)
    led = last >= 0 and article[last].leads  # by a paragraph whose rest they are
    items = _led_items(article, last) if led else range(0)
    named = frozenset(chain.from_iterable(ending.names(line.text) for line in article if line.prose))
    seen: set[str] = set()
    listed = True  # since the last paragraph nothing but list items and captions
    for index, line in enumerate(article):
        folded = lexicon.key(line.text)
        if line.words <= PARAGRAPH * 2 and _is_alt_text(line.text, title):
            line.mark(Label.CHROME, "alt text")
        elif _opens_list(article, index):
            line.mark(Label.BODY)
        elif lexicon.is_tool(line.text):
            _mark_by_words(line)
        elif _COUNTER.fullmatch(line.text) or not any(map(str.isalnum, line.text)):
            line.mark(Label.CHROME, "marks alone")
        elif is_caption(line.text):
            line.mark(*((Label.CHROME, "duplicate caption") if folded in seen else (Label.CAPTION, None)))
        elif line.prose or (index <= last and _is_item(line)) or index in items:
            twice = folded in seen and line.words >= 20  # a shorter sentence may stand twice for its own reasons
            line.mark(*((Label.CHROME, "duplicate body") if twice else (Label.BODY, None)))
        elif _mark_by_words(line):
            pass
        elif index > last:
            goes_on = listed and (led or line.bracketed or _is_item(line) or _goes_on_telling(line))
            listed = goes_on or _is_numbered(article, index) or _is_tabled(article, index)
            line.mark(*((Label.BODY, None) if listed else (Label.CHROME, "after the article")))
        else:
            _mark_short_between(article, index, named)
        seen.add(folded)
    _mark_lead(article)


def _led_items(article: list[Line], last: int) -> range:
    """The list items right below a paragraph that leads to them, names among them: "… gồm:", "- Bà A;", "- Bà B."."""
    end = last + 1
    while end < len(article) and article[end].item:
        end += 1
    return range(last + 1, end)


def _is_item(line: Line) -> bool:
    """A list item, a clause that a list goes on after, or a line of speech."""
    return line.item or line.text.startswith(("-", "+")) or line.closed


def _is_numbered(article: list[Line], index: int) -> bool:
    """One of several numbered lines in a row, or the short line that heads them: "TỈNH LAI CHÂU", "1. Bà A"."""
    around = article[max(0, index - 1) : index] + article[index + 1 : index + 2]
    if article[index].numbered:
        return any(line.numbered for line in around)
    below = article[index + 1 : index + 1 + _ITEMS]
    return article[index].words <= HEADING and len(below) == _ITEMS and all(line.numbered for line in below)


def _is_tabled(article: list[Line], index: int) -> bool:
    """One of several lines in a row whose cells dashes part: "Hội LHPN xã A - Bằng khen - UBND tỉnh"."""
    first = index
    while first and article[first - 1].dashed:
        first -= 1
    return (
        article[index].dashed
        and all(line.dashed for line in article[first : first + _ROWS])
        and (len(article) >= first + _ROWS)
    )


_ROWS = 3  # lines of the smallest table that no bars mark


def _opens_list(article: list[Line], index: int) -> bool:
    """A clause with its list below; over paragraphs it is their heading."""
    return article[index].leads and index + 1 < len(article) and not article[index + 1].prose


def _goes_on_telling(line: Line) -> bool:
    """Forms of text that headlines do not have: what a list or an address follows, and great length."""
    return line.text.endswith(":") or "://" in line.text or line.words >= 20


def _is_alt_text(text: str, title: str) -> bool:
    """The title once more, often with a number, or a file's name: what a CMS writes where an image has no text."""
    if _FILE.fullmatch(text):
        return True
    text = _NUMBERED.sub("", _PICTURE.sub("", text))
    return bool(title) and text.rstrip(" -–0123456789.()") == title.rstrip(" -–0123456789.()")


_PICTURE = re.compile(r"^(?:Ảnh|Hình|Hình ảnh|Image|Photo) ?: ")
_NUMBERED = re.compile(r" [-–] (?:ảnh|hình) \d{1,2}$", re.IGNORECASE)
_COUNTER = re.compile(r"\d{1,2}:\d{2}(?: / \d{1,2}:\d{2})?|\d{1,2} / \d{1,2}")  # of a player, of a row of pictures
_FILE = re.compile(  # without the marks that every line of Vietnamese has: "Anh 20 năm bám biển" is a heading
    r"(?:ima?ge?|dscn?|hinh|anh|pic|photo|picture|screenshot|untitled)[ _-]?\d[A-Za-z\d()_ -]{0,30}"
    r"|z\d{9,}[\w ]{0,30}|\S{1,120}\.(?:jpe?g|png|gif|bmp|webp)",
    re.IGNORECASE,
)


def _mark_short_between(article: list[Line], index: int, named: frozenset[str]) -> None:
    """A short line without a full stop between paragraphs is a heading, if it is not of a picture or one of a row."""
    line = article[index]
    before = article[index - 1] if index else None
    if before and before.reason == "alt text":
        line.mark(Label.CAPTION)
    elif _in_verse(article, index) or line.words > PARAGRAPH // 1.5:
        line.mark(Label.BODY)
    elif _two_links(article, index, named):
        line.mark(Label.CHROME, "headline of another article")
    else:
        line.mark(Label.HEADING)


def _two_links(article: list[Line], index: int, named: frozenset[str]) -> bool:
    """Whether it is one of two headlines in a row between paragraphs, which name nobody and nothing that these name.

    `named`: the names in the paragraphs.
    """
    first = index - 1 if index and article[index - 1].words >= _LINK and not article[index - 1].prose else index
    two = article[first : first + 2]
    if len(two) < 2 or not first or article[first - 1].leads or not article[first - 1].prose:
        return False
    if any(line.words < _LINK or line.prose or line.closed or ":" in line.text[-1:] or line.item for line in two):
        return False
    return not any(named & ending.names(line.text) for line in two)


_LINK = 8  # words of such a headline: headings within an article are shorter


def _in_verse(article: list[Line], index: int) -> bool:
    """Whether the line is one of three or more short ones in a row: a poem, a list, a table."""
    row = 1
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(article) and row < 3 and not article[at].prose and not is_caption(article[at].text):
            row += 1
            at += step
    return row >= 3


def _mark_lead(article: list[Line]) -> None:
    """The first paragraph is the lead where more than one follows and it is of a lead's length."""
    body = [line for line in article if line.label is Label.BODY]
    if len(body) >= 3 and body[0].words <= 120 and article[0] is body[0]:
        body[0].label = Label.LEAD


def _mark_twins(page: list[Line]) -> None:
    """A byline, date or source that stands above and below the text counts once."""
    seen: set[tuple[Label | None, str]] = set()
    for line in page:
        this = (line.label, line.text)
        if this in seen and line.label in (Label.BYLINE, Label.DATE, Label.SOURCE):
            line.reason, line.label = f"duplicate {line.label}", Label.CHROME
        seen.add(this)


# --- out --------------------------------------------------------------------------------------------------------------


def _metadata(page: list[Line], title: Line | None, fetched_at: datetime | None) -> Metadata:
    origins = [origin for line in _labelled(page, Label.SOURCE) if (origin := lines.origin(line.text))]
    datelines = [dateline for line in _dated(page, title) if (dateline := lines.dateline(line.text))]
    signed = [(line, byline) for line in _labelled(page, Label.BYLINE) if (byline := lines.byline(line.text))]
    bylines = [byline for line, byline in signed if not _credits_photo(line)]
    bylines += [found.byline for found in origins if found.byline]
    bylines += [found.byline for found in datelines if found.byline]
    bylines += [byline for line, byline in signed if _credits_photo(line)]
    when = next((found.when for found in datelines if _plausible(found, fetched_at)), None)
    counts = [lines.views(line.text) for line in page] + [found.views for found in datelines]
    lead = next(_labelled(page, Label.LEAD), None)
    return Metadata(
        title=title.text if title else "",
        published=when.iso if when else None,
        published_precision=when.precision if when else None,
        byline=bylines[0].text if bylines else "",
        authors=bylines[0].authors if bylines else (),
        origin=origins[0].name if origins else "",
        views=next((count for count in counts if count is not None), None),
        lead=lead.text if lead else "",
    )


def _credits_photo(line: Line) -> bool:
    """Does a line name who took the pictures, and not who wrote: "Ảnh: Minh An/TTXVN"?"""
    return lexicon.key(line.text).startswith("ảnh:")


def _dated(page: list[Line], title: Line | None) -> list[Line]:
    """The datelines, those below the title first: one above it may be the page's clock."""
    return sorted(_labelled(page, Label.DATE), key=lambda line: title is not None and line.first < title.first)


def _labelled(page: list[Line], label: Label) -> Iterator[Line]:
    return (line for line in page if line.label is label)


def _plausible(found: lines.Dateline, fetched_at: datetime | None) -> bool:
    return found.consistent and (fetched_at is None or found.when.day <= fetched_at.date())


def _block(line: Line) -> Block:
    label = line.label or Label.CHROME
    return Block(
        text=line.text,
        kind="caption" if label is Label.CAPTION else "alt" if line.reason == "alt text" else "line",
        path=f"line {line.first}" if line.first == line.last else f"lines {line.first}-{line.last}",
        label=label,
        reason=line.reason if label not in IN_BODY else None,
        signal=line.signal,
    )
