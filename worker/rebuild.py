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
hand had behind it are only cleaned once more, for what they teach. Where the rules are others by then, it begins anew.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from worker.dedup.compare import KEPT, taken_apart
from worker.dedup.groups import Groups
from worker.executors import Crew, ExecutorFailed, Killed, Work
from worker.hands import hands
from worker.rebuild_reading import Job, Reread, Unread, read_again
from worker.rebuild_report import Report
from worker.rereading import reread
from worker.rules import OF_PAGES, with_entries
from worker.store import rebuilding, summaries
from worker.store.errors import PageFailed, one_page
from worker.store.merging import stored_source
from worker.store.rebuilding import Difference, Reading, StoredPage
from worker.store.scratch import Packed, ScratchMemory
from worker.store.transaction import savepoint, transaction

if TYPE_CHECKING:
    from worker.config import Source, Sources
    from worker.store import Archive

LARGEST = 64
"""Pages of a full-grown generation. It decides what a page's memory knows, so it is no setting."""

TASK = 16
"""Pages that travel to a worker together, and are committed together; fewer where all that are at work would not have
some of a generation, of which a source has no more than two under way."""

REFILED = 50
"""Articles whose texts travel together, and that are filed among their copies in one transaction."""


@dataclass(slots=True)
class _InHand:
    """A source whose pages are being read; what was read of them teaches `memory`."""

    name: str
    source: Source | None
    behind: int  # the last article that is written already
    memory: ScratchMemory
    known: dict[int, Packed]  # generation -> the memory at its end; the last two that are needed
    taught: int = 0  # pages that were read
    unread: int = 0  # and that could not be


@dataclass(frozen=True, slots=True)
class _Given:
    """What stays here of a task: whose pages, and whether it is the last of its generation."""

    of: _InHand
    jobs: tuple[Job, ...]
    generation: int
    closes: bool


@dataclass(kw_only=True)
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
    _in_hand: deque[_InHand] = field(default_factory=deque)  # the first one's pages are being written

    def run(self) -> Report:
        """Rebuild, from where an earlier rebuild of the same articles was cut off, if one was."""
        crew = Crew(self.work, hands(self.executor))
        self._begin()
        try:
            if self._at["stage"] == "articles":
                self._articles(crew)
            if not self.dry_run and not self.stopped:
                self._finish(crew)
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

    @cached_property
    def _wanted(self) -> dict[str, str | None]:
        """What is rebuilt, and by which rules: half of an archive by others would be no rebuild."""
        entries = (one for one in self.sources.sources if self.source in (None, one.id))
        since = self.since.isoformat() if self.since else None
        return {"source": self.source, "since": since, "rules": with_entries(entries, OF_PAGES)}

    def _begin(self) -> None:
        self._at = {"stage": "articles", "done": "", "source": "", "article": 0}
        if self.dry_run:
            return
        cut_off = rebuilding.unfinished(self._connection)
        noted: Any = cut_off[1].get("rebuild") if cut_off else None
        if cut_off and noted and noted["wanted"] == self._wanted:
            self._run = cut_off[0]
            self._at, self.report = noted["at"], Report(**noted["report"])
            return
        if cut_off:
            self._end(cut_off[0], "stopped", "another rebuild was begun before this one was at its end")
        self._run = self.archive.start_run(self.source, "rebuild")
        with transaction(self._connection):
            self._note()

    def _note(self) -> None:
        noted = {"wanted": self._wanted, "at": self._at, "report": asdict(self.report)}
        rebuilding.note(self._connection, self._run, {"rebuild": noted})

    # Articles

    def _articles(self, crew: Crew) -> None:
        """Read and write the pages of source after source; the next one's are given while the last one's come back."""
        names = [self.source] if self.source else rebuilding.sources(self._connection)
        try:
            for given in self._tasks([name for name in names if name > self._at["done"]], crew):
                while crew.under_way and (crew.full or given.generation - 2 not in given.of.known):
                    self._take(crew)
                if self.stopping():
                    self.stopped = True
                    break
                common = (self._files, given.of.source, given.of.known[given.generation - 2])
                crew.give(given.jobs, common, given)
            while crew.under_way:
                self._take(crew)
            while self._in_hand and not self.stopped:
                self._source_done()
        finally:
            for one in self._in_hand:
                one.memory.close()
        if self.stopped:
            return
        self._at = {"stage": "copies", "article": 0}
        if not self.dry_run:
            with transaction(self._connection):
                self._note()

    def _source_done(self) -> None:
        """Let what the first source in hand has taught take the place of what crawling had learned."""
        one = self._in_hand[0]
        if not self.dry_run:
            with transaction(self._connection):
                if one.taught >= one.unread:  # else what it knows is more than what could be read now
                    one.memory.put(self._connection)
                self._at["done"] = one.name
                self._note()
            self.archive.forget_memory(one.name)
        self._in_hand.popleft()
        one.memory.close()

    def _tasks(self, names: Sequence[str], crew: Crew) -> Iterator[_Given]:
        """The pages of sources in tasks, those in generations of 1, 1, 2, 4, … `LARGEST` pages."""
        for name in names:
            one = self._taken_in_hand(name)
            stream = rebuilding.pages(self._connection, name)
            generation = 0
            while jobs := [self._job(page, one.behind) for page in islice(stream, _size(generation))]:
                together = max(1, min(TASK, 2 * len(jobs) // crew.hands.width))
                for start in range(0, len(jobs), together):
                    end = start + together
                    yield _Given(one, tuple(jobs[start:end]), generation, end >= len(jobs))
                generation += 1

    def _taken_in_hand(self, name: str) -> _InHand:
        source = self.sources.get(name) or stored_source(self._connection, name)
        behind = self._at["article"] if self._at["source"] == name else 0
        one = _InHand(name, source, behind, ScratchMemory(name), {-1: Packed(), -2: Packed()})
        self._in_hand.append(one)
        return one

    def _job(self, page: StoredPage, behind: int) -> Job:
        early = self.since is not None and page.at[:10] < self.since.isoformat()
        return Job(page, early or page.article <= behind)

    def _take(self, crew: Crew) -> None:
        """Write what came back of the oldest task, and let its pages teach."""
        given, answers = crew.take()
        while self._in_hand[0] is not given.of:
            self._source_done()
        if self.dry_run or all(job.teaches for job in given.jobs):
            self._apply(given, answers)
        else:
            with transaction(self._connection):
                self._apply(given, answers)
                self._at |= {"source": given.of.name, "article": given.jobs[-1].page.article}
                self._note()
        self.progress(self.report)
        if given.closes:
            given.of.known[given.generation] = given.of.memory.packed()
            given.of.known.pop(given.generation - 2, None)

    def _apply(self, given: _Given, answers: list[Reread | Unread | Killed]) -> None:
        for job, answer in zip(given.jobs, answers, strict=True):
            page = job.page
            if isinstance(answer, Unread | Killed):
                given.of.unread += 1
                self._skip(job, answer.reason)
                continue
            if answer.seen is None:
                self.report.no_article += not job.teaches
                continue
            try:
                with one_page(f"article {page.article}"):
                    given.of.memory.learn(page.article, answer.seen, page.at)
                    given.of.taught += 1
                    if answer.reading is not None:
                        self.report.add(self._redo(page, answer.reading, answer.states), page.article)
            except PageFailed as failure:
                self._skip(job, str(failure))

    def _skip(self, job: Job, why: str) -> None:
        if not job.teaches:
            self.report.skip(f"capture {job.page.capture} of article {job.page.article}: {why}")

    def _redo(self, page: StoredPage, new: Reading, states: dict[int, str]) -> Difference:
        if self.dry_run:
            return rebuilding.differs(self._connection, page.article, new)
        with savepoint(self._connection):
            return rebuilding.redo(self._connection, page, new, states, regroup=not self._whole)

    # What spans articles

    def _finish(self, crew: Crew) -> None:
        if self._at["stage"] == "copies":
            if self._whole:
                self._copies(crew)
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
        self._end(self._run, "failed" if self.report.unread and not self.report.articles else "ok", None)

    def _copies(self, crew: Crew) -> None:
        """File all articles anew among their copies, in the order of their ids."""
        before: dict[int, int] | None = None
        if not self._at["article"]:
            before = rebuilding.copies(self._connection)
            with transaction(self._connection):
                rebuilding.unfile_all(self._connection)
                self._at["article"] = -1
                self._note()
        groups = Groups(self._connection, lately=KEPT)
        crew.turn_to(taken_apart)
        for batch in rebuilding.unfiled(self._connection, self._at["article"], REFILED):
            while crew.full:
                self._refile(crew, groups)
            if self.stopping():
                self.stopped = True
                break
            crew.give([(article.title, article.body) for article in batch], (), batch)
        while crew.under_way:
            self._refile(crew, groups)
        if before is not None and not self.stopped:
            after = rebuilding.copies(self._connection)
            self.report.regrouped = sum(before.get(one) != after.get(one) for one in before.keys() | after.keys())

    def _refile(self, crew: Crew, groups: Groups) -> None:
        """File the oldest batch of articles whose texts have been taken apart."""
        batch, texts = crew.take()
        with transaction(self._connection):
            for article, text in zip(batch, texts, strict=True):
                if isinstance(text, Killed):
                    raise ExecutorFailed(f"the text of article {article.id} ended the process that took it apart")
                rebuilding.refile(self._connection, groups, article, text)
            self._at["article"] = batch[-1].id
            self._note()

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
        counts = {"articles": self.report.articles, "changed": self.report.changed, "failed": self.report.unread}
        skipped = "; ".join(self.report.skipped[:20]) or None
        self.archive.finish_run(run, outcome=outcome, counts=counts, error=error or skipped)


def _size(generation: int) -> int:
    return min(LARGEST, 1 << max(0, min(generation, 20) - 1))
