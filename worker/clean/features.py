"""What speaks for and against a piece being part of the article, as named features for the linear model of body.py.

Each feature is there or not. The families are few on purpose: those that cross-validation does not miss are not here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from worker.clean import lexicon, lines, names, signals
from worker.clean.pieces import PROSE, ends_like_a_sentence, is_below_link

if TYPE_CHECKING:
    from worker.clean.pieces import Box, Page, Piece

BEFORE = 40
"""So many pieces above the container, from the headline on, can hold the lead; where no headline is known, 12 can."""

_BEFORE_UNKNOWN = 12


Features = tuple[str, ...]
"""The names of what is there, of one family. Families of the same features are one object: they are kept."""


SAID, SAID_ENDS = "says ", (" short", " long")
"""What the names of the features begin and end with that `Reader.said` gives."""


class Told(NamedTuple):
    """What the page says of its article beside the text."""

    title: int | None = None  # the index of the piece that is the headline
    description: str = ""  # og:description or meta description


_place = tuple.__new__  # a third of what Place(...) costs


class Place(NamedTuple):
    """Where a box stands under the container (or above it, for leads)."""

    names: int  # bits of names.py of the elements between, its own among them
    tags: int  # bits of _TAGS, likewise
    signature: int  # equal for boxes with equal tags and names all the way
    top: Box  # its outermost ancestor below the container (or below what holds the container)
    group: Box  # the list or table that it stands in, or else itself


def span(page: Page, container: Box, title: int | None) -> range:
    """The pieces that may be of the article: those of the container, and before it from the headline on."""
    start = container.start
    if title is None:
        return range(max(0, start - _BEFORE_UNKNOWN), container.end)
    if title < start:
        start = max(title + 1, start - BEFORE)
    return range(start, min(container.end, len(page.pieces)))


class Reader:
    """The features of one page's pieces; `places` are kept between pieces, so that no element is looked at twice."""

    def __init__(self, page: Page, container: Box, told: Told) -> None:
        self.pieces = page.pieces
        self.container = container
        self.told = told
        self.span = span(page, container, told.title)
        self._places: dict[int, Place] = {}
        self._signatures: dict[tuple[int, str, int], int] = {}
        box: Box | None = container
        while box is not None:
            self._places[box.index] = Place(0, 0, -1 - box.index, box, box)
            box = box.parent
        self._holders = frozenset(self._places)
        self.ends: list[int] = []  # pieces that by their words end an article: "Comments", "Related news"
        self.phrases: dict[int, str] = {}  # why pieces are chrome by their words
        self._count()
        self._standfirst = self._find_standfirst()

    def _count(self) -> None:
        """How often each text stands there, how much prose each signature has, where sure prose begins and ends."""
        self._texts = Counter([piece.text for piece in self.pieces])
        self._mass: Counter[int] = Counter()
        container = self.container
        sure = []
        for index in self.span:
            piece = self.pieces[index]
            if piece.prose:
                self._mass[self.place(piece.box).signature] += piece.prose
                if piece.prose >= PROSE and index >= container.start and 2 * piece.box.weight >= container.weight:
                    sure.append(index)
        self._first, self._last = (sure[0], sure[-1]) if sure else (container.start, container.end)
        self._total = sum(self._mass.values()) or 1

    def _find_standfirst(self) -> int:
        """The first line below the headline that may open the article, where its first sure prose is not that; or -1.

        The bars, names and dates that stand between them are called so by the elements that they stand in, or by their
        words, or are short.
        """
        title = self.told.title
        if title is None:
            return -1
        for index in range(title + 1, min(self._first, title + _STANDFIRST_BELOW, len(self.pieces))):
            piece = self.pieces[index]
            if piece.size < _SHORTEST_STANDFIRST or piece.image or piece.kind in _NO_STANDFIRST:
                continue
            if 4 * piece.linked > piece.size or self.place(piece.box).names & _beside_headlines():
                continue
            if lexicon.find(piece.text) is None and lines.dateline(piece.text) is None:
                return index
        return -1

    def place(self, box: Box) -> Place:
        """Where a box stands; those above it are read first, in a loop."""
        path = []
        above: Box | None = box
        while above is not None and above.index not in self._places:
            path.append(above)
            above = above.parent
        for box_ in reversed(path):
            self._places[box_.index] = self._below(box_)
        return self._places[box.index]

    def _below(self, box: Box) -> Place:
        parent = box.parent
        assert parent is not None  # noqa: S101 - the root holds the container: its place is known from the start
        over = self._places[parent.index]
        own = names.of_box(box)
        key = (over.signature, box.tag, own)
        held = parent.index in self._holders
        tag = _TAGS.get(box.tag, 0)
        fields = (
            over.names | own,
            over.tags | tag,
            self._signatures.setdefault(key, len(self._signatures)),
            box if held else over.top,
            box if held or tag & _GROUPS else over.group if over.tags & _GROUPS else box,
        )
        return _place(Place, fields)

    def read(self, index: int) -> list[Features]:
        """The features of the piece with that index, family by family, but for `said`."""
        piece = self.pieces[index]
        box = piece.box
        place = self._places.get(box.index) or self.place(box)
        parent = box.parent
        outside = parent is not None and parent.index not in self._holders
        zone = "in" if index >= self.container.start else "pre"
        if self.told.title is not None and index <= self.told.title:
            zone = "above"
        found = [
            _of_form(piece),
            _of_mask(place.names, "in "),
            _of_tags(place.tags),
            *self._of_words(index, piece),
            self._of_position(index, zone),
            self._of_surroundings(place, zone, parent if parent is not None and box.tag in _LEAVES else box),
        ]
        if outside:
            found.append(_of_mask(names.of_box(parent), "parent "))  # type: ignore[arg-type]  # there is one
        if place.tags & _GROUPS:
            found.append(_of_group(place, zone))
            if place.group.start and self.pieces[place.group.start - 1].text.endswith(_OPENS_LIST):
                found.append(("opened by colon",))
        if piece.linked >= 0.9 * piece.size or " " not in piece.text:
            found.append(_of_links(piece))
        if 0 < index < len(self.pieces) - 1:
            found.append(_of_neighbours(self.pieces[index - 1], piece, self.pieces[index + 1], outside=outside))
        return found

    def _of_position(self, index: int, zone: str) -> Features:
        """Before the first sure prose, among it, or after the last, and how far."""
        if index < self._first:
            return _before_or_after(zone, "before", bisect_right(_STEPS, self._first - index))
        if index > self._last:
            return _before_or_after(zone, "after", bisect_right(_STEPS, index - self._last))
        return _before_or_after(zone, "among", -1)

    def _of_surroundings(self, place: Place, zone: str, group: Box) -> Features:
        """How much prose stands in elements of its kind, how much and how linked in those that it stands in."""
        total = self.container.prose or 1
        top = place.top
        top_prose = top_linked = group_prose = group_linked = -1
        if top.index not in self._holders:
            top_prose = bisect_right(_PARTS, top.prose / total)
            top_linked = bisect_right(_LINKED, top.linked / (top.size or 1))
        if group.index not in self._holders:
            group_prose = bisect_right(_PARTS, group.prose / total)
            group_linked = bisect_right(_LINKED, group.linked / (group.size or 1))
        alike = bisect_right(_SHARES, self._mass[place.signature] / self._total)
        return _surroundings(zone, alike, top_prose, top_linked, group_prose, group_linked)

    def said(self, index: int) -> Features:
        """What the words of the piece with that index speak of: a family of its own, for it costs most."""
        piece = self.pieces[index]
        said = signals.of(piece.text) if piece.size < 400 else 0
        return _of_signals(said, said_end(piece)) if said else ()

    def _of_words(self, index: int, piece: Piece) -> list[Features]:
        """What the text itself says, and whether the page tells of it elsewhere."""
        text, size, told = piece.text, piece.size, self.told.description
        found: list[Features] = []
        if size < 300 and (phrase := lexicon.find(text)) is not None:
            found.append(("phrase ends" if phrase.ends else "phrase", f"phrase {phrase.reason}"))
            self.phrases[index] = phrase.reason
            if phrase.ends:
                self.ends.append(index)
        if index == self._standfirst:
            bold, lead = piece.bold >= 0.9 * len(text), self.place(piece.box).names & names.bit("lead")
            found.append(_standfirst(prose=bool(piece.prose), bold=bold, lead=bool(lead)))
        if self._texts[text] > 1:
            found.append(("again long",) if size > 60 else ("again",))
        if size > 30 and told and (text[:60] in told or told[:60] in text):
            found.append(("description",))
        return found


_STANDFIRST_BELOW = 12  # pieces
_SHORTEST_STANDFIRST = 40  # characters
_NO_STANDFIRST = frozenset(("li", "caption", "tr", "h1"))
_BESIDE_HEADLINES = "caption byline date share media ad subscribe letter comment related nav modal"


@cache
def _standfirst(*, prose: bool, bold: bool, lead: bool) -> Features:
    if not prose:
        return ("standfirst", "standfirst open")
    return ("standfirst", *(("standfirst bold",) if bold else ()), *(("standfirst lead",) if lead else ()))


@cache
def _beside_headlines() -> int:
    """The names of what stands between headline and text and opens no article."""
    return sum(map(names.bit, _BESIDE_HEADLINES.split()))


@lru_cache(maxsize=256)
def _before_or_after(zone: str, where: str, steps: int) -> Features:
    return (f"{zone} {where}",) if steps < 0 else (f"{zone} {where}", f"{zone} {where}{steps}")


@lru_cache(maxsize=8192)
def _surroundings(
    zone: str, alike: int, top_prose: int, top_linked: int, group_prose: int, group_linked: int
) -> Features:
    """-1 where top or group hold the container."""
    top = (f"top prose{top_prose} {zone}", f"top linked{top_linked}") if top_prose >= 0 else ()
    group = (f"group linked{group_linked}", f"group prose{group_prose}") if group_prose >= 0 else ("group container",)
    return (f"alike{alike} {zone}", *top, *group)


_SIZES = (15, 30, 60, 100, 200, 400)
_LINKED = (0.1, 0.3, 0.6, 0.9)
_SHARES = (0.001, 0.05, 0.15, 0.4)
_PARTS = (0.001, 0.05, 0.2, 0.5)
_STEPS = (2, 3, 5, 9, 17)
_LEAVES = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "dd", "dt"))
_TAGS = {
    tag: 1 << number
    for number, tag in enumerate(
        (
            *("nav", "footer", "aside", "figure", "header", "form", "blockquote", "article", "section", "details"),
            *("dl", "label", "address", "pre", "figcaption", "ul", "ol", "table"),
        )
    )
}
_GROUPS = _TAGS["ul"] | _TAGS["ol"] | _TAGS["table"]


def _of_form(piece: Piece) -> Features:
    """Length, ending, kind, links, bold type and capitals."""
    text, size = piece.text, piece.size
    capitals = -1
    if size < _SHORT:
        words = text.split()
        capitals = bisect_right((0.15, 0.4, 0.75), sum([word[0].isupper() for word in words]) / len(words))
    return _form(
        piece.kind,
        piece.box.tag,
        bisect_right(_ALL_SIZES, size),
        bisect_right((0.3, 0.8), piece.linked / size),
        capitals,
        (piece.bold >= 0.9 * len(text), ends_like_a_sentence(text), size < _SHORT and text.isupper()),
    )


_SHORT = 160
_ALL_SIZES = (15, 30, 40, 60, 100, 160, 200, 400)


@lru_cache(maxsize=8192)
def _form(
    kind: str, tag: str, sizes: int, linked: int, capitals: int, bold_ends_upper: tuple[bool, bool, bool]
) -> Features:
    bold, ends, upper = bold_ends_upper
    size = (0, *_ALL_SIZES)[sizes]
    found = [
        "always",
        f"{'ends' if ends else 'open'} size{bisect_right(_SIZES, size)}",
        f"kind {kind}",
        f"kind {kind} linked{linked}",
        f"tag {tag}",
    ]
    if bold:
        found.append(f"bold size{bisect_right((60, 160), size)}")
    if capitals >= 0:
        found.append(f"capitals{capitals} size{bisect_right((40, 100), size)}")
    if upper:
        found.append("upper case")
    return tuple(found)


def _of_links(piece: Piece) -> Features:
    """A line that is a link as a whole, and a headline; a bare address of mail or of the web."""
    text = piece.text
    if " " not in text:
        return ("address alone",) if "@" in text[1:] or "://" in text or text.startswith("www.") else ()
    if piece.linked < 0.9 * piece.size or text.count(" ") < _LINKED_WORDS:
        return ()
    return ("linked headline", "linked headline upper") if text.isupper() else ("linked headline",)


_OPENS_LIST = (":", "：")
_LINKED_WORDS = 4  # spaces: a headline has five words and more


def _of_neighbours(before: Piece, piece: Piece, after: Piece, *, outside: bool) -> Features:
    """A line above a paragraph may be its heading; text below a heading that is a link is a teaser."""
    found = []
    if piece.kind[0] == "h" and after.prose and not piece.linked and after.box.parent is piece.box.parent:
        found.append("heading above prose beside")
    if before.prose and after.prose and piece.bold >= 0.9 * len(piece.text):
        found.append("bold between prose")
    if piece.image:
        found.append("after image")
    if before.linked and is_below_link(before, piece):
        if before.kind[0] == "h":
            found.append("below linked heading")
        if outside:
            found.append("below link in box")
    return tuple(found)


def _of_group(place: Place, zone: str) -> Features:
    """The list or table that a piece stands in: how many lines, how long, how linked."""
    group = place.group
    lines = max(1, group.end - group.start)
    linked = bisect_right((0.1, 0.4, 0.8), group.linked / max(1, group.size))
    if group.tag == "table":
        return (f"table{bisect_right((2, 4, 8), lines)} linked{linked} {zone}",)
    return (f"list{bisect_right((25, 50, 100), group.size / lines)} linked{linked} {zone}",)


@lru_cache(maxsize=8192)
def _of_mask(mask: int, prefix: str) -> Features:
    return tuple(prefix + name for number, name in enumerate(names.groups().names) if mask >> number & 1)


@lru_cache(maxsize=2048)
def _of_tags(mask: int) -> Features:
    return tuple(f"in <{tag}>" for tag, bit in _TAGS.items() if mask & bit)


@lru_cache(maxsize=4096)
def _of_signals(mask: int, end: str) -> Features:
    return tuple(f"{SAID}{name}{end}" for number, name in enumerate(signals.groups().names) if mask >> number & 1)


def said_end(piece: Piece) -> str:
    """How the names of the features end that `Reader.said` gives of a piece."""
    return SAID_ENDS[piece.size >= _SHORT_SAID]


_SHORT_SAID = 100  # characters
