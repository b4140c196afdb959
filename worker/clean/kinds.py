"""What a page is: an article, or one of the things that a portal serves in its place, often with status 200."""

from __future__ import annotations

import re
from functools import cache
from itertools import filterfalse
from typing import TYPE_CHECKING

from worker.clean import lexicon
from worker.models import PageKind

if TYPE_CHECKING:
    from worker.models import Capture

_STATUS = {
    **dict.fromkeys((404, 410, 451), PageKind.NOT_FOUND),
    **dict.fromkeys((401, 403, 407), PageKind.LOGIN),
    **dict.fromkeys((500, 502, 503, 504, 520, 521, 522, 523, 524), PageKind.MAINTENANCE),
}
_GATE = frozenset({401, 403, 503})  # with which gates that want a browser answer, too
_PAGES = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/json")
_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8",
    b"RIFF", b"\x1f\x8b", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"ID3", b"OggS", b"{\\rtf",
)  # fmt: skip
_CONTROLS = bytes(range(9)) + bytes(range(14, 32))


def of_bytes(capture: Capture) -> PageKind | None:
    """What the bytes alone say: an attachment (PDF, DOCX, pictures, any binary), nothing at all, or None for a page."""
    head = capture.body[:4096].lstrip()
    if not head and not capture.body.strip():
        return PageKind.EMPTY
    if head.startswith(_MAGIC):
        return PageKind.ATTACHMENT
    is_page = not capture.mime or capture.mime.startswith(_PAGES)
    if not is_page and head[:1] != b"<":
        return PageKind.ATTACHMENT
    # UTF-16 is full of zeros, and is a page; else control characters are those of a program's file.
    controls = len(head) - len(head.translate(None, _CONTROLS))
    zeros = head.count(0)
    return PageKind.ATTACHMENT if controls > 0.1 * len(head) and zeros < 0.3 * len(head) else None


def of_page(  # noqa: PLR0913 - each is another witness
    capture: Capture,
    *,
    title: str,
    text: str,
    body: str,
    beside: str = "",
    links: int = 0,
    linked: float = 0.0,
    declared: bool = False,
    stated: bool = False,
) -> PageKind:
    """What a parsed page is. Costs time linear in its text, of which the first 50,000 characters are read.

    `title` is its title, `text` all its visible text in page order, `body` what was taken for the article, `beside`
    what is neither links nor called chrome, `links` how many links the page has. `linked` is the share of characters
    that are in links, from the first block of the body to the last. `declared` says that the markup calls the page an
    article, `stated` that a date of publication was found.
    """
    words, told = _words(text), _words(body)
    if capture.status in _STATUS:
        gate = capture.status in _GATE and words < _FEW and _is_challenge(capture, title, text)
        return PageKind.CHALLENGE if gate else _STATUS[capture.status]
    said: PageKind | None = None
    if not declared and _is_folder(title, text):
        return PageKind.LISTING
    if words < _FEW and _is_challenge(capture, title, text):
        said = PageKind.CHALLENGE
    elif words and _is_spam(title, body or text):
        said = PageKind.SPAM
    elif words and _is_title_of_nothing(title) and not declared:
        said = PageKind.NOT_FOUND
    elif words and told < (_FLASH if stated else _SHORT):
        said = _instead(capture, title, body or beside or text, told)
    if said is None and _is_listing(told, links, linked, declared=declared, stated=stated):
        said = PageKind.LISTING
    if said is None and (not told or (told < _FLASH and not declared and not stated and _names_nothing(body))):
        said = PageKind.EMPTY
    return said or PageKind.ARTICLE


def _words(text: str) -> int:
    """About how many words a text has; scripts that set no spaces are counted by their characters."""
    text = text.strip()
    return max(text.count(" ") + 1, len(text) // 12) if any(map(str.isalpha, text)) else 0


_FEW = 80  # words of a page that is nothing but a script
_SHORT = 120  # words; a longer text is an article, whatever it says
_OPENING = 600  # characters in which a page says that it is no article


def _instead(capture: Capture, title: str, text: str, told: int) -> PageKind | None:
    """What a short page says of itself."""
    said = f"{title}\n{text[:_OPENING]}"
    for name, kind in (("not_found", PageKind.NOT_FOUND), ("maintenance", PageKind.MAINTENANCE)):
        if _all_said(name, said):
            return kind
    if told < _FLASH:
        if any(_is_gone(line) for line in (title, *text[:_OPENING].split("\n")[:_NOTICE])):
            return PageKind.NOT_FOUND
        for name, kind in (("barred", PageKind.LOGIN), ("unfinished", PageKind.EMPTY)):
            if _all_said(name, said):
                return kind
    called = _all_said("login", said) or _LOGIN.search(lexicon.key(title))
    if called and _PASSWORD.search(capture.body[:500_000]):
        return PageKind.LOGIN
    return PageKind.LOGIN if _all_said("login", title) else None


_FLASH = 45  # words: of a notice and the ways out of it; a longer text with a date is a short report
_NOTICE = 6  # lines of the text in which it stands that the page is gone
_SENTENCE = re.compile(r"[^.!?\n]+")


def _is_gone(text: str) -> bool:
    """Whether one of the first sentences says that the page, or what was asked for, is not there."""
    if not text:
        return False
    sentences = _SENTENCE.findall(_key(text[:_OPENING]))[:3]
    return any(_gone().search(sentence) is not None for sentence in sentences)


@cache
def _gone() -> re.Pattern[str]:
    """A thing and its fate, with what may stand between them, or the fate and right behind it the thing."""
    thing, asked, fate = (lexicon.any_of(lexicon.words("pages", "gone", of)) for of in ("things", "asked", "fates"))
    thing, asked, fate = (rf"(?<!\w)(?:{words})(?!\w)" for words in (thing, asked, fate))
    between = rf"\W+(?:{asked}\W+)"
    return re.compile(rf"{thing}{between}{{0,8}}{fate}|{fate}{between}{{0,2}}{thing}")


def _is_title_of_nothing(title: str) -> bool:
    """Whether a title, or a part of it beside the site's name, is nothing but the notice that there is no such page."""
    parts = [part.strip(" .!?:0123456789") for part in _BESIDE_NAME.split(_key(title[:200]))]
    return any(part and part in _titles_of_nothing() for part in parts)


_BESIDE_NAME = re.compile(r"\s[-–—]\s|[|»]|(?<=404):")


@cache
def _titles_of_nothing() -> frozenset[str]:
    bare = (phrase.strip(" 0123456789") for phrase in lexicon.words("pages", "not_found"))
    return frozenset(phrase for phrase in bare if " " in phrase or not phrase.isascii())


def _key(text: str) -> str:
    """The comparison key of a text, with plain apostrophes."""
    return lexicon.key(text).replace("\u2019", "'")


def _names_nothing(text: str) -> bool:
    """Whether a few lines have no number and no name, but for what begins a sentence: a notice in whatever words."""
    if text.count("\n") >= _STANZA:
        return False
    bare = (sentence.strip(" \"'“”‘’([-–—•*") for sentence in _SENTENCE.findall(text))
    return not any(letter.isdigit() or letter.isupper() for sentence in bare for letter in sentence[1:])


_STANZA = 3  # breaks between the lines of the shortest poem
_PASSWORD = re.compile(rb"type\s{0,3}=\s{0,3}[\"']?password", re.IGNORECASE)
_LOGIN = re.compile(r"(?:đăng nhập|log ?in|sign in)")


def _is_challenge(capture: Capture, title: str, text: str) -> bool:
    """Few or no words, and a script that sets a cookie and loads the page again, or the words of a known gate."""
    if _all_said("challenge", f"{title}\n{text[:_OPENING]}"):
        return True
    body = capture.body[:100_000].lower()
    sets = b"document.cookie" in body or b"set_cookie" in body or b"setcookie" in body
    loads = b"location.reload" in body or b"location.href" in body or b"window.location" in body
    return sets and loads and text.count(" ") < 30


def _is_spam(title: str, text: str) -> bool:
    """Whether gambling took the page over: its words are in the title, or many and dense, and the page is no report."""
    in_title = set(_all_said("spam", title))
    if not in_title and not _all_said("spam", text[:5_000]):
        return False
    text = text[:50_000]
    found = _all_said("spam", text)
    if len(set(_all_said("reports", text))) >= 3 and len(in_title) < 3:
        return False
    dense = len(found) > 0.02 * _words(text)
    distinct = len(set(found))
    return len(in_title) >= 2 or (bool(in_title) and distinct >= 3) or (dense and distinct >= 5)


def _is_listing(told: int, links: int, linked: float, *, declared: bool, stated: bool) -> bool:
    """Headlines of articles, each with its link, perhaps with a teaser. What calls itself an article rarely is one."""
    if declared and told:
        return linked >= 0.5 and links >= 30
    return links >= 15 and ((linked >= 0.1 and told < 800) or told == 0 or (told < 40 and not stated) or told < _NAMED)


def _is_folder(title: str, text: str) -> bool:
    """Whether it is the list of a folder's files that Apache, nginx, IIS or another server writes by itself."""
    opening = (title, *text[:_OPENING].split("\n")[:_NOTICE])
    return any(line.lstrip().casefold().startswith(_folders()) for line in opening)


@cache
def _folders() -> tuple[str, ...]:
    return lexicon.entries("pages", "folders")


_NAMED = 4  # words of a box's heading, which is all that was kept


def _all_said(name: str, text: str) -> list[str]:
    """The phrases of a list of the lexicon's pages that stand in a text, as often as they do."""
    unspaced = [] if text.isascii() else [phrase for phrase in _unspaced(name) if phrase in text]
    begun = _words_of(_first_words(name), text)  # few texts have any of these, and fewer a phrase
    if not begun:
        return unspaced
    by_word = _by_first_word(name)
    key = _key(text)
    if not any(phrase in key for word in begun for phrase in by_word[word]):
        return unspaced
    return _phrases(name).findall(key) + unspaced


_WORD = re.compile(r"\w+")


def _words_of(wanted: frozenset[str], text: str) -> frozenset[str]:
    """Which of the wanted words a text has, in any case, whatever punctuation stands beside them."""
    words = text.lower().split()
    beside = _WORD.findall(" ".join(filterfalse(str.isalnum, words)))
    return wanted.intersection(words) | wanted.intersection(beside)


@cache
def _unspaced(name: str) -> tuple[str, ...]:
    """The phrases of a list in scripts that set no spaces between words: they stand anywhere."""
    return tuple(entry for entry in lexicon.entries("pages", name) if entry[0] >= _UNSPACED)


_UNSPACED = "\u0e00"  # Thai, and from here on those of East Asia


@cache
def _first_words(name: str) -> frozenset[str]:
    return frozenset(_by_first_word(name))


@cache
def _by_first_word(name: str) -> dict[str, list[str]]:
    """The phrases of a list, as keys, by the word that they begin with, in both placements of its tone."""
    found: dict[str, list[str]] = {}
    for entry in lexicon.entries("pages", name):
        if entry[0] >= _UNSPACED:
            continue
        phrase = lexicon.key(entry)
        for spelling in {phrase, entry.casefold()}:
            if match := _WORD.match(spelling):
                found.setdefault(match[0], []).append(phrase)
    return found


@cache
def _phrases(name: str) -> re.Pattern[str]:
    spaced = [phrase for phrases in _by_first_word(name).values() for phrase in phrases]
    return re.compile(rf"(?<!\w)(?:{lexicon.any_of(spaced)})(?!\w)")
