"""`worker clean`: the pure middle as a filter, without an archive."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from worker.commands.counted import counted
from worker.models import MAX_PAGE

if TYPE_CHECKING:
    from worker.executors import Crew
    from worker.models import Capture, Refined


_BATCH = 16  # pages that travel together to a process: few enough to keep the order cheap, enough to hide the trip


class PageError(Exception):
    """A page that cannot be read; the message says why."""


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--url", default=None, help="The address the page came from.")
@click.option("--jsonl", is_flag=True, help="Read and write JSON lines, one page each.")
@click.option("--no-facts", is_flag=True, help="Clean only; read no facts.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes (with --jsonl).")
def clean(file: BinaryIO, url: str | None, jsonl: bool, no_facts: bool, jobs: int) -> None:
    """Strip a page to its article, and read the article's facts.

    FILE is a saved page, HTML or plain text (.gz too), or - for standard input. With --jsonl it holds one JSON object a
    line, {"key", "url", "html" | "text" | "path"}, and a result is written for each, in the same order; a line that
    cannot be read gives {"key", "error"}.

    \b
    worker clean seeds/003_1fe99a2c5e9f4cf4.txt
    echo '{"path": "seeds/003_1fe99a2c5e9f4cf4.txt"}' | worker clean --jsonl
    """
    if jsonl:
        for line in _results(file, url, not no_facts, jobs):
            click.echo(line)
        return
    try:
        capture = _capture_of_stream(file, file.name, url or "")
    except (PageError, OSError, EOFError) as error:
        raise click.ClickException(f"{file.name}: {_said(error)}") from None
    _print(_refine(capture, facts=not no_facts))


def capture_of_file(path: Path) -> Capture:
    """A saved page as a capture; HTML or plain text is told by its content. Raises ClickException."""
    try:
        with path.open("rb") as file:
            return _capture_of_stream(file, path.name, "")
    except (PageError, OSError, EOFError) as error:
        raise click.ClickException(f"{path}: {_said(error)}") from None


_NO_PAGES = {
    b"SQLite format 3\0": "a database; `worker search` and `worker browse` read that of an archive",
    b"WARC/1.": "a WARC file; `worker import` takes in what it holds",
}
"""How files begin that are often meant and hold text, too."""


def _capture_of_stream(file: BinaryIO, name: str, url: str) -> Capture:
    body = _bounded(gzip.GzipFile(fileobj=file) if name.endswith(".gz") else file)
    for beginning, what in _NO_PAGES.items():
        if body.startswith(beginning):
            raise PageError(f"this is no page but {what}")
    return _capture(url, body, html=_looks_like_html(body))


def _results(file: Iterable[bytes], url: str | None, facts: bool, jobs: int) -> Iterator[str]:
    """One result a line, in the order of the input; at most a few batches a process are in flight."""
    from worker.executors import Crew, Local

    crew = Crew(clean_lines, Local(jobs))
    try:
        for batch in _batches(line for line in file if line.strip()):
            crew.give(batch, (url, facts), batch)
            if crew.full:
                yield from _taken(crew)
        while crew.under_way:
            yield from _taken(crew)
    finally:
        crew.close()


def _taken(crew: Crew) -> Iterator[str]:
    """The results of the batch that was given first; of a page that ended its process, that it did."""
    from worker.executors import Killed

    batch, results = crew.take()
    for line, result in zip(batch, results, strict=True):
        if isinstance(result, Killed):
            yield json.dumps({"key": json.loads(line).get("key"), "error": result.reason}, ensure_ascii=False)
        else:
            yield result


def _batches(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    while batch := list(itertools.islice(lines, _BATCH)):
        yield batch


def clean_lines(lines: list[bytes], url: str | None, facts: bool) -> list[str]:
    """The results of some input lines, as JSON texts. A top-level function: it runs in other processes."""
    return [json.dumps(_result(line, url, facts), ensure_ascii=False) for line in lines]


def _result(line: bytes, url: str | None, facts: bool) -> dict[str, Any]:
    key = None
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise PageError("a line must be a JSON object with key, url and html, text or path")
        key = row.get("key")
        capture = capture_of_row(row, url)
    except (PageError, ValueError, RecursionError, OSError, EOFError) as error:
        where = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
        return {"key": key, "error": where + _said(error)}
    return {"key": key, **as_json(_refine(capture, facts=facts), capture.url)}


def _said(error: Exception) -> str:
    """Why a page or a line cannot be read, without what Python puts around it."""
    if isinstance(error, json.JSONDecodeError):
        return f"this line is no JSON: {error.msg[:1].lower()}{error.msg[1:]}, at character {error.pos + 1}"
    if isinstance(error, UnicodeDecodeError):
        return "this line is not UTF-8"
    return " ".join(((isinstance(error, OSError) and error.strerror) or str(error)).split())


def capture_of_row(row: dict[str, Any], url: str | None = None) -> Capture:
    """A page as a line of --jsonl gives it, as a capture; `url` where it names none. Raises PageError, OSError."""
    given = [name for name in ("html", "text", "path") if isinstance(row.get(name), str)]
    address = row.get("url") or url or ""
    if len(given) != 1 or not isinstance(address, str):
        raise PageError("a line needs one of html, text and path, as text, and url as text where it is known")
    if given[0] != "path":
        return _capture(address, row[given[0]].encode("utf-8", "replace"), html=given[0] == "html", utf8=True)
    path = Path(row["path"])
    name = path.name.removesuffix(".gz")
    if not name.endswith((".html", ".htm", ".txt")):
        raise PageError(f"{path}: the name must end in .html or .txt, or one of these and .gz")
    with path.open("rb") as file:
        body = _bounded(gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file)
    return _capture(address, body, html=not name.endswith(".txt"))


def _bounded(file: BinaryIO | gzip.GzipFile) -> bytes:
    body = file.read(MAX_PAGE + 1)
    if len(body) > MAX_PAGE:
        raise PageError(f"the page is larger than {MAX_PAGE // 1024**2} MB")
    return body


def _looks_like_html(body: bytes) -> bool:
    head = body[:4096].replace(b"\0", b"")  # every other byte of a tag in UTF-16
    head = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(b"<") or b"<html" in head or b"<body" in head or b"<!doctype" in head


def _capture(url: str, body: bytes, *, html: bool, utf8: bool = False) -> Capture:
    from worker.models import Capture

    mime = "text/html" if html else "text/plain"
    header = ("content-type", f"{mime}; charset=utf-8" if utf8 else mime)
    return Capture(url=url, fetched_at=datetime.now(UTC), status=200, body=body, headers=(header,))


def _refine(capture: Capture, *, facts: bool) -> Refined:
    from worker.refine import refine

    return refine(capture, None, facts=facts)


def as_json(refined: Refined, url: str) -> dict[str, Any]:
    """A refined page as `worker clean --jsonl` writes it; the offsets of a fact count in the text of its `part`."""
    from worker.models import Label

    article = refined.article
    return {
        "url": url,
        "kind": refined.kind.value,
        "title": article.title if article else None,
        "published": article.published if article else None,
        "authors": list(article.authors) if article else [],
        "body": article.body if article else "",
        "captions": article.captions if article else "",
        "byline": article.byline if article else "",
        "origin": article.origin if article else "",
        "removed": [
            {"text": block.text, "reason": block.reason} for block in refined.blocks if block.label is Label.CHROME
        ],
        "facts": [
            {
                "kind": fact.kind,
                "text": fact.text,
                "value": dict(fact.value),
                "part": fact.part,
                "start": fact.start,
                "end": fact.end,
            }
            for fact in refined.facts
        ],
    }


def _print(refined: Refined) -> None:
    """For a person: headline, dateline, text, captions, facts."""
    article = refined.article
    if article is None:
        raise click.ClickException(f"this page is no article: {refined.kind.value}")
    click.secho(article.title, bold=True)
    dateline = " · ".join(filter(None, [article.published, article.byline, article.origin]))
    if dateline:
        click.secho(dateline, dim=True)
    click.echo(f"\n{article.body}")
    if article.captions:
        click.echo()
        for caption in article.captions.splitlines():
            click.secho(f"[{caption}]", dim=True)
    if refined.facts:
        click.secho(f"\n{counted(len(refined.facts), 'fact')}", bold=True)
        for fact in refined.facts:
            click.echo(f"  {fact.kind:12} {fact.text}  {json.dumps(dict(fact.value), ensure_ascii=False)}")
    removed = sum(block.label.value == "chrome" for block in refined.blocks)
    click.secho(f"\n{counted(removed, 'block')} removed; `worker explain` shows them", dim=True)
