"""Documents read again: the text of every PDF and DOCX that was archived, as today's reader gives it."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from worker import attachments
from worker.store import ArchiveDamaged, rebuilding

if TYPE_CHECKING:
    from worker.store import Archive


def reread(archive: Archive, after: int, source: str | None) -> tuple[int, int] | None:
    """Read the next documents again, one for each core, and file what changed; the last one's id and how many changed.

    None at the end. A document whose bytes cannot be read keeps its text: the rebuild of pages tells of damaged files.
    """
    documents = rebuilding.documents(archive.connection, after, len(os.sched_getaffinity(0)), source)
    if not documents:
        return None
    changed = 0
    answers = asyncio.run(_texts(archive, [document.capture for document in documents]))
    for document, answer in zip(documents, answers, strict=True):
        if answer is not None and answer != attachments.Read(document.text, document.pages, document.problem):
            archive.put_attachment(document.url, document.capture, **answer._asdict())
            changed += 1
    return documents[-1].id, changed


async def _texts(archive: Archive, captures: list[int]) -> list[attachments.Read | None]:
    return await asyncio.gather(*(_text(archive, capture) for capture in captures))


async def _text(archive: Archive, capture: int) -> attachments.Read | None:
    try:
        body = archive.read_capture(capture).body
    except ArchiveDamaged:
        return None
    return await attachments.read(body)
