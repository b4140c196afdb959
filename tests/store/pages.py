"""Pages as they reach the archive: a capture and what was made of it, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32

from worker.config import Source, Sources
from worker.models import Article, Block, Capture, Fact, Label, PageKind, Refined
from worker.store import Archive

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
MENU = ("Trang chủ", "Giới thiệu", "Liên hệ")


def source(source_id: str = "songlam", *, province: str | None = "40", **more: object) -> Source:
    return Source.model_validate(
        {"id": source_id, "name": f"Hội LHPN {source_id}", "home": f"https://{source_id}.example.vn/", "kind": "union"}
        | {"province": province}
        | more
    )


SONGLAM, THANHMY = source(), source("thanhmy", province="38")


def opened(directory: Path) -> Archive:
    """An archive for writing that knows the sources above."""
    archive = Archive.open(directory, write=True)
    archive.sync_sources(Sources(sources=(SONGLAM, THANHMY)))
    return archive


def page(
    title: str,
    body: str,
    *,
    url: str | None = None,
    of: Source = SONGLAM,
    hours: float = 0,
    facts: Sequence[Fact] = (),
    chrome: Sequence[str] = MENU,
    payload: str | None = None,
    **columns: object,
) -> tuple[Capture, Refined, Source]:
    """A page with an article, fetched `hours` after START; `columns` are more of the article's."""
    url = url or f"{of.home}tin/{crc32(title.encode())}.html"
    capture = Capture(
        url=url,
        fetched_at=START + timedelta(hours=hours),
        status=200,
        body=(payload or f"{title}\n{body}\n{chrome}").encode(),
        headers=(("Content-Type", "text/html; charset=utf-8"),),
    )
    blocks = [block(title, Label.TITLE), *(block(line, Label.BODY) for line in body.split("\n"))]
    blocks += [block(line, Label.CHROME, reason="lexicon: menu") for line in chrome]
    article = replace(Article(url=url, title=title, body=body), **columns)  # type: ignore[arg-type]
    refined = Refined(
        kind=PageKind.ARTICLE,
        charset="utf-8",
        charset_from="header",
        canonical=None,
        blocks=tuple(blocks),
        article=article,
        facts=tuple(facts),
    )
    return capture, refined, of


def other(kind: PageKind, *, url: str, status: int = 200, hours: float = 0) -> tuple[Capture, Refined, Source]:
    """A page that is no article."""
    at = START + timedelta(hours=hours)
    capture = Capture(url=url, fetched_at=at, status=status, body=f"{kind} {hours}".encode())
    return capture, Refined(kind=kind, charset="utf-8", charset_from="default", canonical=None), SONGLAM


def block(text: str, label: Label, reason: str | None = None) -> Block:
    signal = "lexicon" if reason else None
    return Block(text=text, kind="p", path="p", label=label, reason=reason, signal=signal)


def fact(body: str, text: str, kind: str, **more: object) -> Fact:
    """A fact of the body, where `text` stands first."""
    start = body.index(text)
    values = {"value": {}, "rule": "test"} | more
    return Fact(kind=kind, text=text, part="body", start=start, end=start + len(text), **values)  # type: ignore[arg-type]


def content(archive: Archive) -> str:
    """All that the database holds, as text."""
    tables = archive.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'articles_fts%' ORDER BY name"
    ).fetchall()
    return "\n".join(f"{table}: {row}" for (table,) in tables for row in archive.db[table].rows)
