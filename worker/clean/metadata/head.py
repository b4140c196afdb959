"""What a page's markup states about the article: read once from the tree, for all of the metadata modules."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from worker.clean.encoding import without_halves
from worker.vietnamese import nfc

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(slots=True)
class Head:
    """The statements of one page, in page order; keys are in lower case, and text that is not raw is a line of NFC."""

    metas: dict[str, str] = field(default_factory=dict)  # name, property or itemprop of each -> its first content, raw
    title: str = ""
    canonical: str | None = None
    language: str = ""
    headings: list[str] = field(default_factory=list)  # h1, but for those that hold the site's own name
    heading: LexborNode | None = None  # the first of these
    banners: list[str] = field(default_factory=list)  # h1 that hold the site's own name
    times: list[tuple[str, str]] = field(default_factory=list)  # datetime attribute and text of time elements
    props: dict[str, list[str]] = field(default_factory=dict)  # microdata: itemprop -> values
    articles: list[dict[str, Any]] = field(default_factory=list)  # JSON-LD nodes that are articles
    things: list[dict[str, Any]] = field(default_factory=list)  # all other JSON-LD nodes

    def meta(self, *names: str) -> str:
        """The content of the first meta element of these names that has one, as text."""
        return next((text for name in names if (text := _text(self.metas.get(name, "")))), "")


_LOOKED_FOR = 'h1,time,[itemprop],script[type="application/ld+json"]'
_MOST_NODES = 400  # elements of that kind that are read; a page of comments has a time element each
_LONGEST = 1_000  # characters of a value


def read(tree: LexborHTMLParser) -> Head:
    """Read a page's head, its h1, time and itemprop elements and its JSON-LD."""
    head = Head()
    if tree.root is not None:
        head.language = (tree.root.attributes.get("lang") or "")[:20].lower()
    if tree.head is not None:
        _read_head(tree.head, head)
    for node in tree.css(_LOOKED_FOR)[:_MOST_NODES]:
        tag = node.tag
        if tag == "script":
            _read_json_ld(node.text(), head)
        else:
            _read_element(node, tag, head)
    return head


def _read_head(node: LexborNode, head: Head) -> None:
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "meta":
            _read_meta(child, head)
        elif tag == "title" and not head.title:
            head.title = _text(child.text())
        elif tag == "link" and head.canonical is None:
            attributes = child.attributes
            if (attributes.get("rel") or "").lower() == "canonical":
                head.canonical = attributes.get("href")
        child = child.next


def _read_meta(node: LexborNode, head: Head) -> None:
    attributes = node.attributes
    content = attributes.get("content")
    if not content:
        return
    for attribute in ("property", "name", "itemprop"):
        if name := attributes.get(attribute):
            head.metas.setdefault(name.lower(), content)


def _read_element(node: LexborNode, tag: str | None, head: Head) -> None:
    """Read what an h1, a time or an element with an itemprop states."""
    attributes = node.attributes
    text: str | None = None
    if tag == "h1":
        text = _text(node.text(separator=" "))
        if 3 * text.count(" ") > len(text):  # each letter stands in an element of its own
            text = _text(node.text())
        if text and _is_banner(node, attributes):
            head.banners.append(text)
        elif text:
            head.headings.append(text)
            head.heading = head.heading or node
    elif tag == "time":
        text = _text(node.text())
        head.times.append((_text(attributes.get("datetime") or ""), text))
    if names := attributes.get("itemprop"):
        value = attributes.get("content") or attributes.get("datetime")
        value = _text(value) if value else text if text is not None else _text(node.text(separator=" "))
        for name in names.lower().split()[:3]:
            if tag != "meta" or name != "headline":  # what no reader sees is a twin of og:title, with the site's name
                head.props.setdefault(name, []).append(value)


_OF_SITE = re.compile(
    r"(?:^|[\s_-])(?:logo|brand|branding|(?:site|blog)[_-]?(?:name|title|logo))(?![a-z])", re.IGNORECASE
)
_HOME = re.compile(r"(?:https?://[^/?#]{1,100})?/?(?:index\.\w{2,5}|home|vi|en)?/?", re.IGNORECASE)


def _is_banner(node: LexborNode, attributes: dict[str, str | None]) -> bool:
    """Whether an h1 is the banner of its site, by its name or because it leads home."""
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:200]
    if names != " " and _OF_SITE.search(names):
        return True
    child = node.child
    while child is not None and child.tag == "-text" and child.is_empty_text_node:
        child = child.next
    if child is None or child.tag != "a":
        return False
    address = child.attributes.get("href")
    return address is not None and _HOME.fullmatch(address[:120]) is not None


def _text(text: str) -> str:
    text = " ".join(text[: 4 * _LONGEST].split())[:_LONGEST]
    return nfc(html.unescape(text) if "&" in text else text)


# --- JSON-LD ----------------------------------------------------------------------------------------------------------

_ARTICLE_TYPES = frozenset(
    {"article", "newsarticle", "blogposting", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle"}
    | {"reviewnewsarticle", "backgroundnewsarticle", "askpublicnewsarticle", "satiricalarticle", "scholarlyarticle"}
    | {"techarticle", "liveblogposting", "report", "socialmediaposting", "review", "advertisercontentarticle"}
)
_DEEPEST = 8
_MOST_THINGS = 300


def _read_json_ld(text: str, head: Head) -> None:
    for node in _nodes(_loads(text), 0):
        if len(head.articles) + len(head.things) >= _MOST_THINGS:
            return
        (head.articles if types(node) & _ARTICLE_TYPES else head.things).append(node)


def types(node: dict[str, Any]) -> set[str]:
    """The types of a JSON-LD node in lower case, without their vocabulary."""
    stated = node.get("@type") or node.get("type")
    every = stated if isinstance(stated, list) else [stated]
    return {one.rsplit("/", 1)[-1].lower() for one in every if isinstance(one, str)}


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every object with a type, wherever it is nested."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:_MOST_THINGS]:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        if "@type" in data:
            yield data
        for key, value in data.items():
            if isinstance(value, dict | list) and key not in ("comment", "image", "publisher", "author"):
                yield from _nodes(value, depth + 1)


_JSON = json.JSONDecoder(strict=False)
_COMMENTS = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_PAIR = re.compile(
    r'"(headline|datePublished|dateCreated|dateModified|name|@type|url)"\s*:\s*"((?:[^"\\]|\\.){1,1000})"', re.DOTALL
)


def _loads(text: str) -> Any:
    """JSON as sites write it: in comments, with raw line breaks, trailing commas, or torn; at worst its plain pairs."""
    text = without_halves(text)
    try:
        return _JSON.decode(text)
    except (ValueError, RecursionError):
        pass
    mended = _TRAILING_COMMA.sub(r"\1", _COMMENTS.sub("", text)).strip().rstrip(";")
    try:
        return _JSON.decode(mended)
    except (ValueError, RecursionError):
        return _salvaged(mended)


def _salvaged(text: str) -> list[dict[str, Any]]:
    """The plain pairs of a text that is no JSON, as one article if they say so."""
    pairs: dict[str, Any] = {}
    stated: list[str] = []
    for match in _PAIR.finditer(text[:200_000]):
        if match[1] == "@type":
            stated.append(match[2])
        else:
            pairs.setdefault(match[1], _unescaped(match[2]))
    return [{**pairs, "@type": stated}] if pairs else []


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text
