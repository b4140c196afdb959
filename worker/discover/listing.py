"""Article links on a listing, found by what they have in common, without a selector for any site.

Links whose addresses have the same shape are one group ("no folder, a slug, a number of five to seven digits, .html").
In a group of articles most links have a text that reads like a title; in a group of sections, tags or tools they do
not. A group is taken or left as a whole, and of a group that is taken the few links that are named like sections are
left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from worker.discover import hints
from worker.discover.addresses import LONG_SLUG, Address, is_file, take_apart
from worker.discover.words import words
from worker.models import Link
from worker.vietnamese import nfc

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from worker.config import Source
    from worker.discover.page import Page

_CLIMB = 8  # ancestors of a link that are looked at
_TITLE = 5  # words of a link's text from which on it reads like a title: "Cho rừng thêm xanh" is rare, "Kinh tế" is not
_TITLE_LETTERS = 25  # or so many characters
_NAME = 3  # words of a text that is at least no section's name in a group of articles
_ALIKE = 3  # so many articles, and so many times as many as others, make a place of links one of articles
_PLACE = 3  # elements around a link that make up its place
_LONGEST_TITLE = 300
_DATE_NEIGHBOURS = 60  # elements of an item that are looked at for its date
_AROUND_DATE = 25  # characters that may stand beside a date in its element ("Cập nhật: …"); a sentence has more

_MENU = re.compile(
    r"(?:^|[-_\s])(?:main|sub|top|mega|mobile)?"
    r"(?:menu\w{0,12}|nav|navbar|navigation|breadcrumbs?|footer|pagination|paging|tags?|keywords?|languages?)(?=$|[-_\s])",
    re.IGNORECASE,
)
_MENU_TAGS = frozenset({"nav", "footer"})
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DATE_AT_END = re.compile(r"\s*\(\s*([0-3]?\d[/.-][01]?\d[/.-](?:19|20)\d\d)[^()]{0,20}\)\s*$")
_DATE_ATTRIBUTE = re.compile(r"datetime|data-[a-z-]{0,20}(?:time|date)[a-z-]{0,10}")
_DATED = "time, span, em, i, li, p, div, small, label, td, font, abbr, b"


@dataclass(slots=True)
class _Seen:
    """One address of the page, with everything that its links say of it."""

    address: Address
    anchors: list[LexborNode] = field(default_factory=list)
    title: str = ""
    title_rank: int = 9
    outside_menu: bool = False

    @property
    def words(self) -> int:
        return len(_WORD.findall(self.title))

    @property
    def titled(self) -> bool:
        return self.words >= _TITLE or len(self.title) >= _TITLE_LETTERS


def article_links(page: Page, source: Source) -> list[Link]:
    """The links to articles of a listing, each once, in the order of the page, with the title and date beside them.

    Where the source has an `articles` pattern it decides instead: every link of the site that matches is taken.
    """
    seen = _collect(page)
    if source.articles is not None:
        pattern = re.compile(source.articles)
        taken = [one for one in seen if pattern.search(one.address.url)]
    else:
        taken = _choose(seen, take_apart(page.url))
    dates = _dates(taken)
    return [
        Link(
            url=one.address.url,
            found_on=page.url,
            title=_DATE_AT_END.sub("", one.title) or None,
            published=dates[one.address.url],
        )
        for one in taken
    ]


def _collect(page: Page) -> list[_Seen]:
    """All addresses that the page links to, except itself, the home page and files."""
    seen: dict[str, _Seen] = {}
    for url, anchor in page.anchors:
        if url not in seen:
            address = take_apart(url)
            if url == page.url or is_file(url) or not (address.trunk or address.numbered):
                continue
            seen[url] = _Seen(address)
        seen[url].anchors.append(anchor)
        _look_at(seen[url], anchor)
    return list(seen.values())


def _look_at(one: _Seen, anchor: LexborNode) -> None:
    """Learn from one link: is it in a menu, and is its text a better title than what was known?"""
    menu = heading = False
    for depth, node in enumerate(_ancestors(anchor)):
        heading = heading or (depth < 3 and node.tag in _HEADINGS)
        marks = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        menu = menu or node.tag in _MENU_TAGS or (len(marks) < 500 and _MENU.search(marks) is not None)
    one.outside_menu = one.outside_menu or not menu
    for rank, text in _titles(anchor, in_heading=heading):
        if rank < one.title_rank and text.casefold() not in words().not_titles:
            one.title, one.title_rank = text, rank


def _titles(anchor: LexborNode, *, in_heading: bool) -> Iterator[tuple[int, str]]:
    """What may be the title, with a rank: 0 is surest, 4 is a last resort."""
    inner = next((node for tag in ("h1", "h2", "h3", "h4", "h5", "h6") if (node := anchor.css_first(tag))), None)
    text = _text(anchor)
    attribute = _tidy(anchor.attributes.get("title") or "")
    if inner is not None:
        yield 0, _text(inner)
    if in_heading and text:
        yield 0, text
    if len(attribute.split()) >= _TITLE:
        yield 1, attribute
    if len(text.split()) >= _TITLE:
        yield 2, text
    if image := anchor.css_first("img[alt]"):
        alt = _tidy(image.attributes.get("alt") or "")
        if len(alt.split()) >= _TITLE:
            yield 3, alt
    if text or attribute:
        yield 4, text or attribute


def _choose(seen: list[_Seen], here: Address) -> list[_Seen]:
    """The articles among the addresses of a page."""
    seen = [one for one in seen if not words().never.intersection(one.address.trunk)]
    groups: dict[tuple[str, bool], list[_Seen]] = defaultdict(list)
    for one in seen:
        groups[one.address.shape, _gathered(one)].append(one)
    accepted = [group for group in groups.values() if _of_articles(group)]
    accepted = accepted or [group for group in groups.values() if _of_articles_in_a_menu(group)]
    largest = max((len(group) for group in accepted if _numbered(group) and not _gathered(group[0])), default=0)
    taken = [one for group in accepted if not _beside(group, largest) for one in group if _is_article(one)]
    taken += _standing_alike(taken, seen)
    above = {one.address.trunk[:depth] for one in taken for depth in range(len(one.address.trunk))}
    urls = {one.address.url for one in taken if one.address.numbered or one.address.trunk not in above}
    return [one for one in seen if one.address.url in urls and not _twin(one.address, here)]


def _standing_alike(taken: list[_Seen], seen: list[_Seen]) -> list[_Seen]:
    """Addresses of another shape whose links stand where articles' links stand: the same elements, the same classes."""
    urls = {one.address.url for one in taken}
    places: dict[tuple[str, ...], list[_Seen]] = defaultdict(list)
    for one in seen:
        if one.outside_menu:
            for place in {_place(anchor) for anchor in one.anchors}:
                places[place].append(one)
    alike = {}
    for standing in places.values():
        articles = sum(one.address.url in urls for one in standing)
        if articles >= _ALIKE and articles >= _ALIKE * (len(standing) - articles):
            alike.update({one.address.url: one for one in standing if one.words >= _NAME})
    return [one for url, one in alike.items() if url not in urls]


def _place(anchor: LexborNode) -> tuple[str, ...]:
    """Where a link stands: its element and those around it, with their classes, numbers left out."""
    around = [anchor, *islice(_ancestors(anchor), _PLACE)]
    return tuple(f"{node.tag} {_DIGITS.sub('', (node.attributes.get('class') or '')[:200])}" for node in around)


def _of_articles(group: list[_Seen]) -> bool:
    """Whether most of a group have titles.

    Menus may show articles beside the sections, so where the addresses look like articles' one title outside of menus
    is enough. Where they do not, titles outside of menus are all there is to go by.
    """
    titled = sum(one.titled for one in group)
    outside = sum(one.titled and one.outside_menu for one in group)
    if all(one.address.could_be_article for one in group):
        return outside >= 1 and titled >= len(group) / 2
    return outside >= 3 and outside >= len(group) / 2


def _of_articles_in_a_menu(group: list[_Seen]) -> bool:
    """A second try, where nothing stands outside of what is called a menu: some sites call everything so."""
    titled = sum(one.titled for one in group)
    return _numbered(group) and titled >= 3 and titled >= len(group) / 2


def _twin(address: Address, here: Address) -> bool:
    """Whether an address is the page itself under another scheme or ending."""
    return address.trunk == here.trunk and "?" not in address.url


def _beside(group: list[_Seen], largest: int) -> bool:
    """Whether a group stands beside the articles: topics, or pages without numbers where articles have them."""
    return (_gathered(group[0]) and len(group) < largest) or (not _numbered(group) and 3 * len(group) <= largest)


def _is_article(one: _Seen) -> bool:
    if not one.address.numbered and not one.outside_menu:
        return False
    if one.address.slug_words > LONG_SLUG or (one.address.numbered and not one.title):
        return True
    return one.words >= (_NAME if one.address.could_be_article else _TITLE)


def _numbered(group: list[_Seen]) -> bool:
    return all(one.address.numbered for one in group)


def _gathered(one: _Seen) -> bool:
    """Whether an address lies below a folder such as /chu-de/."""
    return not words().gathering.isdisjoint(one.address.folders)


def _dates(taken: list[_Seen]) -> dict[str, str | None]:
    """The date of each article's item: of the largest box around its links that holds no other article's link."""
    owners: dict[int, _Seen | None] = {}
    for one in taken:
        for anchor in one.anchors:
            for node in _ancestors(anchor):
                owners[node.mem_id] = one if owners.get(node.mem_id, one) is one else None
    found: dict[str, str | None] = {}
    for one in taken:
        if match := _DATE_AT_END.search(one.title):
            found[one.address.url] = hints.iso(match[1])
            continue
        boxes = (_box(anchor, one, owners) for anchor in one.anchors)
        found[one.address.url] = next((date for box in boxes if (date := _date_in(box))), None)
    return found


def _box(anchor: LexborNode, one: _Seen, owners: dict[int, _Seen | None]) -> LexborNode:
    box = anchor
    for node in _ancestors(anchor):
        if owners[node.mem_id] is not one:
            break
        box = node
    return box


def _date_in(box: LexborNode) -> str | None:
    for node in [box, *box.css(_DATED)[:_DATE_NEIGHBOURS]]:
        for name, value in node.attributes.items():
            told = _DATE_ATTRIBUTE.fullmatch(name) or (name == "title" and node.tag == "span")
            if value and told and (date := hints.iso(value)):
                return date
        text = _tidy(node.text(deep=False))
        match = hints.SPOKEN.search(text[:200])
        if match and len(text) - len(match[0]) <= _AROUND_DATE and (date := hints.spoken(match)):
            return date
    return None


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The nearest ancestors, below <body>."""
    here = node.parent
    for _ in range(_CLIMB):
        if here is None or here.tag in ("body", "html"):
            return
        yield here
        here = here.parent


def _text(node: LexborNode) -> str:
    return _tidy(node.text(separator=" "))


def _tidy(text: str) -> str:
    return nfc(" ".join(text[: 4 * _LONGEST_TITLE].split())[:_LONGEST_TITLE])
