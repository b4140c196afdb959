"""Documents that an article links to or shows: which they are, and the text of a PDF or DOCX.

A document is read in a process of its own, which may take only so much time and memory: both formats can be made to
eat whatever they are given. Run as a program, this module is that process: a document in, JSON out.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from worker.models import Link
from worker.vietnamese import nfc

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from worker.models import Capture, Refined

SECONDS = 60
"""Of processor time for one document; twice as much of the clock."""

MEMORY = 1024**3
"""Bytes that the process which reads a document may have."""

MOST_PAGES = 1_000
MOST_CHARACTERS = 2_000_000
MOST_LINKS = 20
_UNPACKED = 200 * 1024**2

_AROUND = 3  # elements around a link that say what it is, where it has no words, or not the article's
_LONGEST_NAME = 300

_ANY = re.compile(rb"""\.(?:pdf|docx)\b["'?#&%/\s]""", re.IGNORECASE)
_LEADS = {"a": ("href",), "iframe": ("src", "data-src"), "embed": ("src",), "object": ("data",)}
_NO_PLACE = frozenset({"nav", "aside", "header", "footer"})  # where no article shows its documents
_VIEWER = re.compile(r"/(?:viewer(?:\.html?|\.aspx)?|gview|embed\.aspx|view\.aspx)$", re.IGNORECASE)
_SHOWN = ("file", "url", "src")  # pdf.js, Google's, Microsoft's
_DOCUMENT = re.compile(r"\.(?:pdf|docx)(?=$|/)", re.IGNORECASE)  # /documents/20142/0/bao-cao.pdf/<id>, says Liferay
_NAMED = re.compile(r"(?:^|[&=/])[^&=/]+\.(?:pdf|docx)(?=$|&)", re.IGNORECASE)  # download.ashx?file=qd.pdf
_ATTACHED = re.compile(r"đính\s+kèm", re.IGNORECASE)
_LINES = re.compile(r"[ \t\x00\xa0]+")


class Read(NamedTuple):
    """The text of a document; where there is none, `problem` says why."""

    text: str = ""
    pages: int | None = None
    problem: str | None = None


def is_document(url: str) -> bool:
    """Whether an address names a PDF or DOCX."""
    parts = urlsplit(url)
    return bool(_DOCUMENT.search(parts.path) or _NAMED.search(parts.query))


def linked(capture: Capture, refined: Refined) -> list[Link]:
    """The documents that the text of a page's article links to, or a box of what is attached to it, with what the links
    are called, and those that the page itself shows in a frame. They may lie on another host: portals that a firm runs
    keep them on its own."""
    if refined.article is None or not _ANY.search(capture.body):
        return []
    from worker.discover.page import tree_of
    from worker.values import site_host

    text = " ".join(f"{refined.article.body} {refined.article.captions}".split())
    found: dict[str, Link] = {}
    for node in tree_of(capture).css("a[href], iframe, embed[src], object[data]"):
        url = _document(node, capture.url)
        if url is None:
            continue
        elsewhere = site_host(url) != site_host(capture.url)
        if elsewhere and not _DOCUMENT.search(urlsplit(url).path):
            continue
        name = _called(node, text) if node.tag == "a" else _shown_as(node, url)
        if name and len(found) < MOST_LINKS:
            found.setdefault(url, Link(url=url, found_on=capture.url, title=name[:_LONGEST_NAME]))
    return list(found.values())


def _document(node: LexborNode, base: str) -> str | None:
    """The address of the document that an element leads to, or that a viewer which it leads to shows; None: it is
    none."""
    from worker.discover.addresses import absolute

    led_to = next((led for name in _LEADS[node.tag or ""] if (led := node.attributes.get(name))), "")
    url = absolute(led_to, base)
    if url and _VIEWER.search(urlsplit(url).path):
        told = dict(parse_qsl(urlsplit(url).query))
        shown = next((told[name] for name in _SHOWN if name in told), "")
        url = absolute(shown, url) if shown else None
    return url if url and is_document(url) else None


def _shown_as(frame: LexborNode, url: str) -> str | None:
    """What a document is called that a page shows in a frame: as the frame is, or its file; None: not in its text."""
    around = frame.parent
    while around is not None:
        if around.tag in _NO_PLACE:
            return None
        around = around.parent
    title = nfc(" ".join((frame.attributes.get("title") or "").split()))
    return title or nfc(unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])) or None


def _called(link: LexborNode, text: str) -> str | None:
    """What a link is called whose words, or, where it is a picture, those around it, stand in an article's text, or
    that stands among what is said to be attached; None: it is no link of the article."""
    own = _words(link)
    if own and own in text:
        return own
    around = link.parent
    for _ in range(_AROUND):
        if around is None or len(said := _words(around)) > _LONGEST_NAME:
            return None
        if said and (_ATTACHED.search(said) or (not own and said in text)):
            return own or said
        around = around.parent
    return None


def _words(node: LexborNode) -> str:
    return nfc(" ".join(node.text(separator="").split()))


async def read(body: bytes) -> Read:
    """The text of a document. Never raises for what it holds."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "worker.attachments"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,  # Control-C reaches all of a terminal, and what is in hand is finished
    )
    try:
        told, _ = await asyncio.wait_for(process.communicate(body), 2 * SECONDS)
        return Read(*json.loads(told))
    except TimeoutError:
        return Read(problem="it takes too long to read")
    except ValueError:
        return Read(problem="it takes too much time or memory to read")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _read(body: bytes) -> Read:
    try:
        if body.startswith(b"%PDF-"):
            return _pdf(body)
        return _docx(body) if body.startswith(b"PK") else Read(problem="it is neither a PDF nor a DOCX")
    except MemoryError:
        return Read(problem="it takes too much memory to read")
    except Exception as error:  # noqa: BLE001 - the libraries raise what they like for what is broken
        return Read(problem=f"it cannot be read ({type(error).__name__})")


def _pdf(body: bytes) -> Read:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        return Read(problem="it is locked with a password")
    pages = len(reader.pages)
    parts, size = [], 0
    for page in reader.pages[:MOST_PAGES]:
        parts.append(page.extract_text())
        size += len(parts[-1])
        if size > MOST_CHARACTERS:
            break
    text = _tidy("\n".join(parts))
    return Read(text, pages, None if text else "it holds pictures of pages, no text")


def _docx(body: bytes) -> Read:
    from docx import Document
    from docx.text.paragraph import Paragraph

    with zipfile.ZipFile(BytesIO(body)) as packed:
        if sum(member.file_size for member in packed.infolist()) > _UNPACKED:
            return Read(problem="it is too big when unpacked")
    document = Document(BytesIO(body))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
    text = _tidy("\n".join(lines))
    return Read(text, None, None if text else "it holds no text")


def _tidy(text: str) -> str:
    """One line a line, NFC, without characters that no database should hold."""
    whole = nfc(text[:MOST_CHARACTERS].encode("utf-8", "replace").decode())
    lines = (_LINES.sub(" ", line).strip() for line in whole.split("\n"))
    return "\n".join(line for line in lines if line)


def _main() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.setrecursionlimit(2_000)
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))


if __name__ == "__main__":
    _main()
