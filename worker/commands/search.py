"""`worker search`: find articles, with or without marks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.commands.counted import counted
from worker.commands.options import Year, archive_option, check_known, json_option, kind_option, province_option

if TYPE_CHECKING:
    from worker.store.attachments import Attachment
    from worker.store.search import Hit, Results


@click.command()
@click.argument("query", nargs=-1, required=True)
@archive_option
@province_option
@click.option("--source", help="Id of a source.")
@click.option("--year", type=Year(), help="Year of publication.")
@kind_option
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Results to show.")
@json_option
def search(
    query: tuple[str, ...],
    archive_dir: Path,
    province: str | None,
    source: str | None,
    year: int | None,
    kind: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find articles. Words are found with and without their marks; "…" keeps words together, a closing * is any ending.

    \b
    worker search me do dau
    worker search '"Mẹ đỡ đầu"' --province "Gia Lai" --year 2023
    """
    from worker.store import Archive
    from worker.store.query import terms

    if not terms(" ".join(query)):
        raise click.UsageError(f"there is no word to look for in {' '.join(query)!r}")
    with Archive.open(archive_dir, write=False) as archive:
        ids = archive.connection.execute("SELECT id FROM sources ORDER BY id")
        check_known(source, [one for (one,) in ids], "a source of the archive")
        results = archive.search(" ".join(query), province=province, source=source, year=year, kind=kind, limit=limit)
        filtered = province or source or year or kind  # filters speak of articles
        documents = [] if filtered else archive.search_attachments(" ".join(query), limit=limit)
    if as_json:
        import json

        click.echo(
            json.dumps([*map(_as_json, results.hits), *map(_document_as_json, documents)], ensure_ascii=False, indent=2)
        )
    else:
        _print(results, documents)


def _as_json(hit: Hit) -> dict[str, object]:
    return {
        "url": hit.url,
        "source": hit.source,
        "title": hit.title.text,
        "published": hit.published,
        "snippet": hit.body.text,
        "exact": hit.exact,
        "copies": hit.copies,
    }


def _document_as_json(found: Attachment) -> dict[str, object]:
    return {"url": found.url, "title": found.title, "attachment_of": found.article, "snippet": found.passage.text}


def _print(results: Results, documents: list[Attachment]) -> None:
    on, off, bold = "\x1b[1;33m", "\x1b[0m", "\x1b[1m"  # click takes them out again where no terminal shows them
    for hit in results.hits:
        copies = f" · {hit.copies} more with this text" if hit.copies else ""
        click.secho(hit.title.marked(on, off + bold), bold=True)
        click.secho(f"{hit.published or 'no date stated'} · {hit.source} · {hit.url}{copies}", dim=True)
        click.echo(f"{hit.body.marked(on, off)}\n")
    for found in documents:
        pages = f", {counted(found.pages, 'page')}" if found.pages else ""
        click.secho(f"{found.title} (attachment{pages})", bold=True)
        click.secho(f"of {found.article or 'no archived article'} · {found.url}", dim=True)
        click.echo(f"{found.passage.marked(on, off)}\n")
    if not results.hits and not documents:
        click.echo("Nothing was found.")
    elif results.more:
        click.secho("There is more: raise --limit.", dim=True)
