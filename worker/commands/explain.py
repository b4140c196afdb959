"""`worker explain`: what was kept of a page, what was removed, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.commands.options import archive_option, json_option, sources_option

if TYPE_CHECKING:
    from worker.models import Block, Capture, Refined

_COLOURS = {"title": "bright_white", "chrome": "red", "caption": "cyan", "heading": "bright_green", "lead": "green"}


@click.command()
@click.argument("page")
@sources_option
@archive_option
@json_option
@click.option("--html", "as_html", is_flag=True, help="Write the page itself, with what was removed marked in it.")
def explain(page: str, sources_file: Path, archive_dir: Path, as_json: bool, as_html: bool) -> None:
    """Show every block of a page with its label, and for what was removed the reason and the signal that decided.

    PAGE is a saved page (a file), or the address of an archived one: its stored bytes are cleaned again with today's
    rules and what is known of its source.

    \b
    worker explain seeds/001_de7d124722d61cee.txt
    worker explain https://hoilhpn.org.vn/seed/003
    worker explain --html https://hoilhpn.org.vn/seed/003 > page.html
    """
    is_file = Path(page).is_file()
    capture, refined = _of_file(Path(page)) if is_file else _of_archive(page, sources_file, archive_dir)
    if as_json:
        _as_json(refined)
        return
    if as_html:
        from worker.clean import marked

        click.echo(marked.page(capture, refined), nl=False)
        return
    for block in refined.blocks:
        click.echo(_line(block))
    removed = sum(block.label.value == "chrome" for block in refined.blocks)
    click.secho(
        f"\n{refined.kind.value}, {refined.charset} (from {refined.charset_from}): "
        f"{len(refined.blocks) - removed} blocks kept, {removed} removed",
        dim=True,
    )


def _as_json(refined: Refined) -> None:
    import json

    rows = [
        {"label": block.label, "text": block.text, "path": block.path, "reason": block.reason, "signal": block.signal}
        for block in refined.blocks
    ]
    click.echo(json.dumps({"kind": refined.kind, "charset": refined.charset, "blocks": rows}, ensure_ascii=False))


def _line(block: Block) -> str:
    label = click.style(f"{block.label.value:8}", fg=_COLOURS.get(block.label.value), bold=block.label.value == "title")
    text = block.text if len(block.text) <= 160 else f"{block.text[:157]}…"
    if block.label.value != "chrome":
        return f"{label} {text}"
    return f"{label} {click.style(text, dim=True)}  ← {block.reason} ({block.signal})"


def _of_file(path: Path) -> tuple[Capture, Refined]:
    from worker.commands.clean import capture_of_file
    from worker.refine import refine

    capture = capture_of_file(path)
    return capture, refine(capture, None, facts=False)


def _of_archive(url: str, sources_file: Path, archive_dir: Path) -> tuple[Capture, Refined]:
    from worker.config import load
    from worker.dedup.canonical import canonical
    from worker.refine import NOTHING_SEEN, refine
    from worker.store import Archive

    try:
        address = canonical(url)
    except ValueError:
        raise click.UsageError(f"{url!r} is neither a file nor an address") from None
    sources = load(sources_file)
    with Archive.open(archive_dir, write=False) as archive:
        capture = archive.latest_capture(address)
        source = sources.of_url(address)
        if capture is None:
            what = f"`worker crawl {address}` fetches it" if source else f"its site is not in {sources_file} either"
            raise click.ClickException(f"{address} is not in the archive at {archive_dir}; {what}")
        memory = archive.memory(source.id) if source else NOTHING_SEEN
        return capture, refine(capture, source, memory, facts=False)
