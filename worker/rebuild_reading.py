"""What a rebuild does with a page wherever that is: the stored bytes of a page, as today's rules read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from worker.facts import extract
from worker.models import Article, Capture, Memory, Refined
from worker.refine import refine
from worker.store import stated, warc
from worker.store.chrome import Seen
from worker.store.errors import ArchiveDamaged, PageFailed, one_page
from worker.store.rebuilding import Reading, StoredPage
from worker.store.scratch import Packed

if TYPE_CHECKING:
    from worker.config import Source


@dataclass(frozen=True, slots=True)
class Job:
    """One page to be read again; `teaches` only: nothing of it is written."""

    page: StoredPage
    teaches: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """The answer for a page that cannot be read; `reason` says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reread:
    """The answer for a page: what it teaches, what it holds, and what each capture states that was read for it.

    It teaches nothing where it is no article, and holds nothing where it was only to teach.
    """

    seen: Seen | None
    reading: Reading | None = None
    states: dict[int, str] = field(default_factory=dict)


def read_again(jobs: Sequence[Job], files: str, source: Source | None, memory: Packed) -> list[Reread | Unread]:
    """The pages of captures as today's rules read them; runs in any process that sees the archive's WARC files."""
    reader = _Reader(files, source, opened(memory))
    captures = warc.read_all(files, [job.page.place for job in jobs])
    answers: list[Reread | Unread] = []
    for job, capture in zip(jobs, captures, strict=True):
        try:
            with one_page(f"article {job.page.article}"):
                refined = reader.cleaned(capture())
                answers.append(reader.answer(job, refined))
        except (ArchiveDamaged, PageFailed) as error:
            answers.append(Unread(str(error)))
    return answers


@lru_cache(maxsize=2)
def opened(memory: Packed) -> Memory:
    """A memory ready for use; the tasks of one generation share it."""
    return memory.open()


@dataclass(frozen=True, slots=True)
class _Reader:
    """What pages of one source are read with."""

    files: str
    source: Source | None
    memory: Memory

    def cleaned(self, capture: Capture) -> Refined:
        return refine(capture, self.source, self.memory, facts=False)

    def answer(self, job: Job, refined: Refined) -> Reread:
        """What is answered for a page that was cleaned."""
        if refined.article is None:
            return Reread(None)
        seen = Seen.on(refined.blocks)
        return Reread(seen) if job.teaches else Reread(seen, *self._whole(job.page, refined, refined.article))

    def _whole(self, page: StoredPage, refined: Refined, article: Article) -> tuple[Reading, dict[int, str]]:
        """A page with what its other captures state and it does not, and with its facts."""
        states = {page.capture: stated.written(stated.by(article))}
        for other in page.others:
            wanted = stated.missing(article)
            if not wanted or (other.states is not None and not wanted & other.states):
                continue
            earlier = self.cleaned(warc.read(self.files, other.place)).article
            found = stated.by(earlier) if earlier else frozenset[str]()
            states[other.capture] = stated.written(found)
            if earlier:
                article = stated.taken_over(article, earlier, wanted & found)
        return Reading.of(article, replace(refined, facts=extract(article, self.source))), states
