"""Where pages are refined and filed, for all crawls of a process: in other processes beside it, and several at once.

Refining is the pure middle and can be done anywhere. Filing is done here, by the one writer: pages that are ready at
the same moment share a transaction, and so a sync of their bytes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from worker.executors import Local
from worker.limit import TooLong, at_most
from worker.refine import NOTHING_SEEN, refine
from worker.store import ArchiveError
from worker.store.filing import Incoming
from worker.store.scratch import Packed
from worker.store.warc import records

if TYPE_CHECKING:
    from worker.config import Source
    from worker.models import Capture, Memory, Refined
    from worker.store import Archive, Filed

MOST = 16
"""Pages that are filed in one transaction, at most."""

GATHER = 0.05
"""Seconds for which a page waits for those that are being read meanwhile, to be filed with them."""

STUCK = 600.0
"""Seconds without an answer after which the processes are ended that have a page in hand: the slowest takes one."""

GROWTH = 8
"""Other processes are told anew what a source taught when it has an eighth more pages than when they were told last."""

_SOURCES = 16
"""Sources whose memory a process keeps ready."""

T = TypeVar("T")


class Killed(Exception):  # noqa: N818  # it says what became of a page
    """A page ended the process that refined it, twice, or is read without end; the message is part of a sentence."""


class Made(NamedTuple):
    """What is made of a capture: the article and all around it, and the capture's WARC records, if they were made."""

    refined: Refined
    records: Sequence[bytes]


class Workshop:
    """Refines and files the pages of one archive, which may be None where nothing is to be filed.

    So many `readers` refine, which are processes beside this one; without any, this one does. They are started when
    they are needed. A single one takes the rules with it when it ends; of more, one stays that others are forked from.
    """

    def __init__(self, archive: Archive | None, *, readers: int = 0) -> None:
        self._archive = archive
        self._hands = Local(readers, apart=readers == 1) if readers else None
        self._executor: Executor | None = None
        self._one_suspect = asyncio.Lock()
        self._told: dict[str, Packed] = {}
        self._in_hand = 0
        self._answered_at = 0.0
        self._waiting: list[tuple[Incoming, asyncio.Future[Filed]]] = []
        self._begins: asyncio.TimerHandle | None = None  # when those that wait are filed

    async def refine(self, capture: Capture, source: Source) -> Made:
        """Refine a capture with what its source's archived pages taught.

        Raises:
            Killed: the page ends the processes that refine it, or has them work at it without end.
        """
        memory = self._archive.memory(source.id) if self._archive else NOTHING_SEEN
        if self._hands is None:
            return Made(_refined_here(capture, source, memory), ())
        told = self._tell(source.id, memory)
        executor, future = self._submit(self._hands, capture, source, told)
        try:
            return await self._answer(self._hands, future)
        except BrokenExecutor:
            if self._executor is executor:
                self._executor = None
        return await self._refine_alone(capture, source, told)

    async def file(self, page: Incoming) -> Filed:
        """File a page, together with those that are ready at the same moment. Raises an ArchiveError."""
        loop = asyncio.get_running_loop()
        filed: asyncio.Future[Filed] = loop.create_future()
        self._waiting.append((page, filed))
        if len(self._waiting) == 1:
            self._begins = loop.call_later(GATHER if self._in_hand else 0, self._file_waiting)
        elif len(self._waiting) == MOST:
            self._file_waiting()  # now: with hundreds of hosts, as many pages may be read until the loop comes round
        return await filed

    def close(self) -> None:
        """Let the other processes end. A page that comes later starts new ones."""
        self._executor = None
        self._told.clear()
        if self._hands is not None:
            self._hands.close()

    # Refining

    def _submit(self, hands: Local, capture: Capture, source: Source, told: Packed) -> tuple[Executor, Future[Made]]:
        for last in (False, True):
            executor = self._executor = self._executor or hands.executor()
            try:
                return executor, executor.submit(_made, capture, source, told)
            except BrokenExecutor:  # a page given before has just broken it
                self._executor = None
                if last:
                    raise
        raise AssertionError("unreachable: the second try returns or raises")

    async def _answer(self, hands: Local, future: Future[Made]) -> Made:
        """Wait for an answer as long as any come; after that the processes are ended, and the future is broken."""
        now = asyncio.get_running_loop().time
        if not self._in_hand:
            self._answered_at = now()
        self._in_hand += 1
        made = asyncio.wrap_future(future)
        try:
            while not (await asyncio.wait([made], timeout=STUCK))[0]:
                if now() - self._answered_at >= STUCK:
                    hands.kill()
            return made.result()
        finally:
            made.cancel()
            self._in_hand -= 1
            self._answered_at = now()
            if not self._in_hand and self._waiting:
                self._begin_at_once()

    async def _refine_alone(self, capture: Capture, source: Source, told: Packed) -> Made:
        """Try a page that was being refined when a process ended in a process of its own."""
        async with self._one_suspect:
            hands = Local(1, apart=self._hands is not None and self._hands.apart)
            why = "it ends the process that reads it"
            try:
                made = asyncio.wrap_future(hands.alone().submit(_made, capture, source, told))
                if not (await asyncio.wait([made], timeout=STUCK))[0]:
                    why = f"it takes more than {STUCK:g} s to read"
                    hands.kill()
                return await made
            except BrokenExecutor:
                raise Killed(why) from None
            finally:
                hands.close()

    def _tell(self, source_id: str, memory: Memory) -> Packed:
        """What a source taught, as it was a few pages ago: packing it anew for every page would cost more than it."""
        told = self._told.pop(source_id, None)
        if told is None or not told.pages <= memory.pages <= told.pages + told.pages // GROWTH:
            told = Packed.of(memory)
        _remember(self._told, source_id, told)
        return told

    # Filing

    def _begin_at_once(self) -> None:
        if self._begins is not None:
            self._begins.cancel()
        self._begins = asyncio.get_running_loop().call_later(0, self._file_waiting)

    def _file_waiting(self) -> None:
        if self._begins is not None:
            self._begins.cancel()
        together, self._waiting = self._waiting, []
        try:
            answers = self._writer.file_all([page for page, _ in together])
        except Exception:  # noqa: BLE001  # whatever is wrong with one page is told of that page alone
            self._file_singly(together)
            return
        for (_, filed), answer in zip(together, answers, strict=True):
            if not filed.cancelled():
                filed.set_result(answer)

    def _file_singly(self, pages: list[tuple[Incoming, asyncio.Future[Filed]]]) -> None:
        for page, filed in pages:
            try:
                (answer,) = self._writer.file_all([page])
            except Exception as error:  # noqa: BLE001  # raised where the page is waited for
                if not filed.cancelled():
                    filed.set_exception(error)
            else:
                if not filed.cancelled():
                    filed.set_result(answer)

    @property
    def _writer(self) -> Archive:
        if self._archive is None:
            raise ArchiveError("there is no archive to file pages in")
        return self._archive


def _refined_here(capture: Capture, source: Source, memory: Memory) -> Refined:
    """Refine a page in this process, which it must not hold up for ever."""
    try:
        with at_most(STUCK):
            return refine(capture, source, memory)
    except TooLong as error:
        raise Killed(str(error)) from None


def _made(capture: Capture, source: Source, told: Packed) -> Made:
    """Refine a page in another process, and make its records, which are as pure."""
    made = records(capture) if capture.status == HTTPStatus.OK else ()
    return Made(refine(capture, source, _memory(source.id, told)), made)


_memories: dict[str, tuple[Packed, Memory]] = {}


def _memory(source_id: str, told: Packed) -> Memory:
    """The memory of a source, kept open: most pages come with the same one."""
    known = _memories.pop(source_id, None)
    if known is None or known[0] != told:
        known = told, told.open()
    _remember(_memories, source_id, known)
    return known[1]


def _remember(known: dict[str, T], source_id: str, what: T) -> None:
    """Put what is known of a source behind that of the others; of too many, the one not asked for longest goes."""
    known[source_id] = what
    if len(known) > _SOURCES:
        del known[next(iter(known))]
