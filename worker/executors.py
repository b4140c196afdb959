"""Where the pure middle runs: anything with the interface of `concurrent.futures.Executor`.

Results come back in the order in which tasks were given, whatever the number of workers. A worker that dies costs what
it had in hand another try: the task that is waited for runs alone and, if it ends its worker again, is halved until the
one item that does so is found. That one is answered with `Killed`, and the rest goes on. Where workers end at one item
after another, at last at one that was done well before, it is not the items that end them: the work is given up.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

Work = Callable[..., list[Any]]
"""work(items, *common) -> one answer an item; a module's function, so that another process can find it."""

PATIENCE = 30.0
"""Seconds of silence after which it is asked whether anybody is at work."""

MOST_KILLED = 12
"""Items in a row that end their workers until it is asked whether workers live at all: more than go in one task."""

_READY_BEFORE_FORK = ["worker.refine", "worker.facts", "worker.rebuild_reading", "worker.config"]


class ExecutorFailed(Exception):  # noqa: N818  # the failure is of the executor, not of the program
    """Nobody is there to do the work; the message is one sentence."""


class Inline(Executor):
    """Runs a task at once, in this process. A page that kills workers kills it too."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """The result, which stands already."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # as every executor: it is raised where the result is asked for
            future.set_exception(error)
        return future


@dataclass(frozen=True, slots=True)
class Killed:
    """The answer for an item whose work ended the process that did it, twice."""

    reason: str = "it ended the process that read it"


class Hands(Protocol):
    """Who does the work: the processes of this machine, or a cluster."""

    @property
    def width(self) -> int:
        """Tasks that may be under way at once."""

    @property
    def broken(self) -> tuple[type[Exception], ...]:
        """What a task raises whose worker has died."""

    def executor(self) -> Executor:
        """The executor; to be asked for anew when it has broken."""

    def alone(self) -> Executor:
        """An executor where a task that may end its worker harms no other."""

    def close(self) -> None:
        """Let all executors go; tasks that were not begun are not done."""

    def check(self) -> None:
        """Raise ExecutorFailed where nobody is left who could answer."""


@dataclass(slots=True)
class Local:
    """So many processes of this machine; one is this process itself, unless it shall be `apart`.

    Those apart take longer to start, and leave nothing behind when they end: the others are forked from one that stays.
    """

    processes: int
    apart: bool = False
    broken: tuple[type[Exception], ...] = (BrokenExecutor,)
    _open: list[Executor] = field(default_factory=list)

    @property
    def width(self) -> int:
        """One task in hand and one waiting for each."""
        return 1 if self.processes == 1 else 2 * self.processes + 1

    def executor(self) -> Executor:
        """The processes."""
        inline = self.processes == 1 and not self.apart
        return self._opened(Inline() if inline else _pool(self.processes, self._way))

    def alone(self) -> Executor:
        """One process for one task."""
        return self._opened(_pool(1, self._way))

    @property
    def _way(self) -> str:
        return "spawn" if self.apart else "forkserver"

    def _opened(self, executor: Executor) -> Executor:
        self.close()
        self._open.append(executor)
        return executor

    def close(self) -> None:
        """End the processes."""
        while self._open:
            self._open.pop().shutdown(wait=True, cancel_futures=True)

    def kill(self) -> None:
        """End the processes at once, whatever they have in hand: what is waited for is broken."""
        for executor in self._open:
            for process in getattr(executor, "_processes", None) or {}:  # no way is public before Python 3.14
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)

    def check(self) -> None:
        """They end with an error, never silently."""


class _Pool(ProcessPoolExecutor):
    """Processes that Control-C does not reach from their first moment on, also while they load what they need.

    What is started here inherits which signals are held back; to this process they come when it is done.
    """

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Give a task, for which processes may be started."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(processes: int, way: str) -> Executor:
    import multiprocessing

    # Not forked from this process: it holds the archive's connection and lock.
    context = multiprocessing.get_context(way)
    if way == "forkserver":
        context.set_forkserver_preload(_READY_BEFORE_FORK)
    return _Pool(processes, mp_context=context, initializer=_begin)


def _begin() -> None:
    """What a worker does first."""
    from worker.rest import collect_seldom

    collect_seldom()
    _end_with_parent()


def _end_with_parent() -> None:
    """Let this worker end when the process that started it ends, and not before: nobody else would tell it."""
    import threading
    from multiprocessing import parent_process

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@dataclass(slots=True, eq=False)
class _Task:
    items: Sequence[Any]
    common: tuple[Any, ...]
    tag: Any
    future: Future[list[Any]]


@dataclass(slots=True)
class Crew:
    """Gives tasks to hands and takes their answers in order."""

    work: Work
    hands: Hands
    _executor: Executor | None = None
    _tasks: deque[_Task] = field(default_factory=deque)
    _done: tuple[Sequence[Any], tuple[Any, ...]] | None = None  # items that were done last, and what went with them
    _killed: int = 0  # items in a row that ended their workers since

    @property
    def under_way(self) -> int:
        """Tasks whose answers were not taken yet."""
        return len(self._tasks)

    @property
    def full(self) -> bool:
        """Whether an answer has to be taken before the next task is given."""
        return len(self._tasks) >= self.hands.width

    def turn_to(self, work: Work) -> None:
        """Do other work from now on; to be called when nothing is under way."""
        self.work = work
        self._done, self._killed = None, 0

    def give(self, items: Sequence[Any], common: tuple[Any, ...], tag: Any) -> None:
        """Give a task; `common` goes with its items, `tag` stays here."""
        self._tasks.append(_Task(items, common, tag, self._submit(items, common)))

    def take(self) -> tuple[Any, list[Any]]:
        """The tag and the answers of the task that was given first. Raises ExecutorFailed."""
        task = self._tasks[0]
        try:
            answers = self._answered(task.future)
            self._done, self._killed = (task.items, task.common), 0
        except self.hands.broken:
            answers = self._recovered(task)
        self._tasks.popleft()
        return task.tag, answers

    def close(self) -> None:
        """Let the executor go; tasks that were not begun are not done."""
        self._executor = None
        self.hands.close()

    def _answered(self, future: Future[list[Any]]) -> list[Any]:
        while not wait([future], PATIENCE).done:
            self.hands.check()
        try:
            return future.result()
        except CancelledError:
            self.hands.check()
            raise ExecutorFailed("the executor gave up a task; what is done is kept, and is gone on from") from None

    def _submit(self, items: Sequence[Any], common: tuple[Any, ...]) -> Future[list[Any]]:
        for last in (False, True):
            if self._executor is None:
                self._executor = self.hands.executor()
            try:
                return self._executor.submit(self.work, items, *common)
            except self.hands.broken:  # a task given before has just broken it: that one says so when it is taken
                self._executor = None
                if last:
                    raise
        raise AssertionError("unreachable: the second try returns or raises")

    def _recovered(self, task: _Task) -> list[Any]:
        """The answers of a task that was under way when a worker died; those that died with it are given again."""
        others = list(self._tasks)[1:]
        for other in others:  # whatever else ends a worker must not do so while this one is tried alone
            while not wait([other.future], PATIENCE).done:
                self.hands.check()
        answers = self._alone(task.items, task.common)
        self._executor = None
        for other in others:
            if isinstance(other.future.exception(), self.hands.broken):
                other.future = self._submit(other.items, other.common)
        return answers

    def _alone(self, items: Sequence[Any], common: tuple[Any, ...]) -> list[Any]:
        try:
            answers = self._answered(self.hands.alone().submit(self.work, items, *common))
        except self.hands.broken:
            if len(items) == 1:
                return [self._given_up()]
            half = len(items) // 2
            return self._alone(items[:half], common) + self._alone(items[half:], common)
        self._done, self._killed = (items, common), 0
        return answers

    def _given_up(self) -> Killed:
        """The answer for an item that ends its worker, if it is the item that does: else ExecutorFailed."""
        self._killed += 1
        if self._killed >= MOST_KILLED:
            self._ask_whether_workers_live()
            self._killed = 0
        return Killed()

    def _ask_whether_workers_live(self) -> None:
        """Let what was done last be done again. Raises ExecutorFailed where nothing was, or this ends a worker too."""
        if self._done is not None:
            items, common = self._done
            with suppress(*self.hands.broken):
                self._answered(self.hands.alone().submit(self.work, items[:1], *common))
                return
        raise ExecutorFailed(
            f"the processes that read pages end whatever they are given, {self._killed} pages in a row; is there enough"
            " memory for them? What is done is kept, and the same command goes on"
        )
