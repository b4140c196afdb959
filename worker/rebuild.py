"""`worker rebuild`: every article, fact and group, and the chrome memory, derived again from the stored bytes.

The pages of a source are read again in the order in which they were filed, in generations. What the memory taught a
page when it was crawled depended on every page before it; here a page of generation g knows the pages up to the end of
generation g - 2, so that one generation is being read while the one before is being written. Generations begin small
and grow to `LARGEST`: the memory runs behind what crawling knew by a few pages at the beginning of a source and by 128
at most later, when it hardly changes any more. It is learned anew from nothing, so it holds what today's rules say of
every page, and depends on the stored bytes alone: not on when the crawl came by, nor on the number of workers, nor on
whether the rebuild was cut off. When the last page of a source is read it takes the place of what crawling had learned;
later crawls go on from there.

A rebuild that was cut off goes on where it was: what was written is not written again, and the pages that the source at
hand had behind it are only cleaned once more, for what they teach.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from worker.dedup.groups import Groups
from worker.executors import Crew, Killed, Work
from worker.facts import extract
from worker.hands import hands
from worker.models import Article, Capture, Memory, Refined
from worker.rebuild_report import Report
from worker.refine import refine
from worker.rereading import reread
from worker.store import rebuilding, stated, summaries, warc
from worker.store.chrome import Seen
from worker.store.errors import ArchiveDamaged, PageFailed, one_page
from worker.store.merging import stored_source
from worker.store.rebuilding import Difference, Reading, StoredPage
from worker.store.scratch import Packed, ScratchMemory
from worker.store.transaction import savepoint, transaction

if TYPE_CHECKING:
    from worker.config import Source, Sources
    from worker.store import Archive

LARGEST = 64
"""Pages of a full-grown generation. It decides what a page's memory knows, so it is no setting."""

TASK = 8
"""Pages that travel to a worker together, and are committed together."""

REFILED = 100
"""Articles that are filed among their copies in one transaction."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One page to be read again; `teaches` only: nothing of it is written."""

    page: StoredPage
    teaches: bool


@dataclass(frozen=True, slots=True)
class _Given:
    """What stays here of a task: its pages, and whether it is the last of its generation."""

    jobs: tuple[_Job, ...]
    generation: int
    closes: bool


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


def read_again(jobs: Sequence[_Job], files: str, source: Source | None, memory: Packed) -> list[Reread | Unread]:
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

    def answer(self, job: _Job, refined: Refined) -> Reread:
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


@dataclass(slots=True, kw_only=True)
class Rebuild:
    """One rebuild of an archive: of all its sources, or of one; of all articles, or of those first seen `since` a day.

    A `dry_run` needs an archive that is open for reading only, writes nothing, and does not look for copies.
    `stopping` is asked between two tasks: a rebuild that is told to stop goes on from there the next time.
    """

    archive: Archive
    sources: Sources
    source: str | None = None
    since: date | None = None
    dry_run: bool = False
    executor: str = "local"
    files: str | None = None  # where the workers find the WARC files: an address or a path; the archive's own, if None
    stopping: Callable[[], bool] = lambda: False
    progress: Callable[[Report], None] = lambda _: None
    work: Work = read_again
    report: Report = field(default_factory=Report)
    stopped: bool = False
    _run: int = 0
    _at: dict[str, Any] = field(default_factory=dict)  # stage, source, article: where it is
    _taught: int = 0  # pages of the source in hand that were read
    _unread: int = 0  # and that could not be

    def run(self) -> Report:
        """Rebuild, from where an earlier rebuild of the same articles was cut off, if one was."""
        crew = Crew(self.work, hands(self.executor))
        self._begin()
        try:
            if self._at["stage"] == "articles":
                self._articles(crew)
            if not self.dry_run and not self.stopped:
                self._finish()
        finally:
            crew.close()
        return self.report

    @property
    def _connection(self) -> sqlite3.Connection:
        return self.archive.connection

    @property
    def _files(self) -> str:
        return self.files or str((self.archive.directory / "warc").absolute())

    @property
    def _whole(self) -> bool:
        return self.source is None and self.since is None

    def _begin(self) -> None:
        wanted = {"source": self.source, "since": self.since and self.since.isoformat()}
        self._at = {"stage": "articles", "done": "", "source": "", "article": 0}
        if self.dry_run:
            return
        cut_off = rebuilding.unfinished(self._connection)
        noted: Any = cut_off[1].get("rebuild") if cut_off else None
        if cut_off and noted and noted["wanted"] == wanted:
            self._run = cut_off[0]
            self._at, self.report = noted["at"], Report(**noted["report"])
            return
        if cut_off:
            self._end(cut_off[0], "stopped", "another rebuild was begun before this one was at its end")
        self._run = self.archive.start_run(self.source, "rebuild")
        with transaction(self._connection):
            self._note()

    def _note(self) -> None:
        wanted = {"source": self.source, "since": self.since and self.since.isoformat()}
        noted = {"wanted": wanted, "at": self._at, "report": asdict(self.report)}
        rebuilding.note(self._connection, self._run, {"rebuild": noted})

    # Articles

    def _articles(self, crew: Crew) -> None:
        names = [self.source] if self.source else rebuilding.sources(self._connection)
        for name in names:
            if name > self._at["done"]:
                self._one_source(name, crew)
            if self.stopped:
                return
        self._at = {"stage": "copies", "article": 0}
        if not self.dry_run:
            with transaction(self._connection):
                self._note()

    def _one_source(self, name: str, crew: Crew) -> None:
        behind = self._at["article"] if self._at["source"] == name else 0
        source = self.sources.get(name) or stored_source(self._connection, name)
        memory = ScratchMemory(name)
        self._taught = self._unread = 0
        known = {-1: Packed(), -2: Packed()}  # generation -> the memory at its end; the last two that are needed
        try:
            for given in self._tasks(name, behind):
                while crew.under_way and (crew.full or given.generation - 2 not in known):
                    self._take(crew, name, memory, known)
                if self.stopping():
                    self.stopped = True
                    break
                common = (self._files, source, known[given.generation - 2])
                crew.give(given.jobs, common, given)
            while crew.under_way:
                self._take(crew, name, memory, known)
            if not self.stopped and not self.dry_run:
                with transaction(self._connection):
                    if self._taught >= self._unread:  # else what it knows is more than what could be read now
                        memory.put(self._connection)
                    self._at["done"] = name
                    self._note()
                self.archive.forget_memory(name)
        finally:
            memory.close()

    def _tasks(self, name: str, behind: int) -> Iterator[_Given]:
        """The pages of a source in tasks, those in generations of 1, 1, 2, 4, … `LARGEST` pages."""
        stream = rebuilding.pages(self._connection, name)
        generation = 0
        while jobs := [self._job(page, behind) for page in islice(stream, _size(generation))]:
            for start in range(0, len(jobs), TASK):
                yield _Given(tuple(jobs[start : start + TASK]), generation, start + TASK >= len(jobs))
            generation += 1

    def _job(self, page: StoredPage, behind: int) -> _Job:
        early = self.since is not None and page.at[:10] < self.since.isoformat()
        return _Job(page, early or page.article <= behind)

    def _take(self, crew: Crew, name: str, memory: ScratchMemory, known: dict[int, Packed]) -> None:
        """Write what came back of the oldest task, and let its pages teach."""
        given, answers = crew.take()
        if self.dry_run or all(job.teaches for job in given.jobs):
            self._apply(given, answers, memory)
        else:
            with transaction(self._connection):
                self._apply(given, answers, memory)
                self._at |= {"source": name, "article": given.jobs[-1].page.article}
                self._note()
        self.progress(self.report)
        if given.closes:
            known[given.generation] = memory.packed()
            known.pop(given.generation - 2, None)

    def _apply(self, given: _Given, answers: list[Reread | Unread | Killed], memory: ScratchMemory) -> None:
        for job, answer in zip(given.jobs, answers, strict=True):
            page = job.page
            if isinstance(answer, Unread | Killed):
                self._unread += 1
                self._skip(job, answer.reason)
                continue
            if answer.seen is None:
                self.report.no_article += not job.teaches
                continue
            try:
                with one_page(f"article {page.article}"):
                    memory.learn(page.article, answer.seen, page.at)
                    self._taught += 1
                    if answer.reading is not None:
                        self.report.add(self._redo(page, answer.reading, answer.states), page.article)
            except PageFailed as failure:
                self._skip(job, str(failure))

    def _skip(self, job: _Job, why: str) -> None:
        if not job.teaches:
            self.report.skipped.append(f"capture {job.page.capture} of article {job.page.article}: {why}")

    def _redo(self, page: StoredPage, new: Reading, states: dict[int, str]) -> Difference:
        if self.dry_run:
            return rebuilding.differs(self._connection, page.article, new)
        with savepoint(self._connection):
            return rebuilding.redo(self._connection, page, new, states, regroup=not self._whole)

    # What spans articles

    def _finish(self) -> None:
        if self._at["stage"] == "copies":
            if self._whole:
                self._copies()
            if not self.stopped:
                self._at = {"stage": "documents", "document": 0}
        if self._at["stage"] == "documents" and self.since is None:
            self._documents()
        if self.stopped:
            return
        with transaction(self._connection):
            self.report.entities_dropped += rebuilding.drop_unnamed(self._connection)
            if self._whole:
                rebuilding.reindex(self._connection)
                summaries.rebuild(self._connection)
            self._at["stage"] = "done"
            self._note()
        self._end(self._run, "failed" if self.report.skipped and not self.report.articles else "ok", None)

    def _copies(self) -> None:
        """File all articles anew among their copies, in the order of their ids."""
        before: dict[int, int] | None = None
        groups = Groups(self._connection)
        if not self._at["article"]:
            before = rebuilding.copies(self._connection)
            with transaction(self._connection):
                rebuilding.unfile_all(self._connection)
                self._at["article"] = -1
                self._note()
        while True:
            if self.stopping():
                self.stopped = True
                return
            with transaction(self._connection):
                last = rebuilding.refile(self._connection, groups, self._at["article"], REFILED)
                if last is None:
                    break
                self._at["article"] = last
                self._note()
        if before is not None:
            after = rebuilding.copies(self._connection)
            self.report.regrouped = sum(before.get(one) != after.get(one) for one in before.keys() | after.keys())

    def _documents(self) -> None:
        """Read the documents of the articles again; each is filed by itself, so what is noted may lag behind."""
        while (done := reread(self.archive, self._at["document"], self.source)) is not None:
            self._at["document"] = done[0]
            self.report.documents += done[1]
            with transaction(self._connection):
                self._note()
            if self.stopping():
                self.stopped = True
                return

    def _end(self, run: int, outcome: str, error: str | None) -> None:
        counts = {"articles": self.report.articles, "changed": self.report.changed, "failed": len(self.report.skipped)}
        skipped = "; ".join(self.report.skipped[:20]) or None
        self.archive.finish_run(run, outcome=outcome, counts=counts, error=error or skipped)


def _size(generation: int) -> int:
    return min(LARGEST, 1 << max(0, min(generation, 20) - 1))
