"""Where the pure middle runs: anything with the interface of `concurrent.futures.Executor`.

Results come back in the order in which tasks were given, whatever the number of workers. When a worker dies, every task
that was under way is given again; the one that is waited for runs alone and, if it dies again, is halved until the one
item that kills workers is found. That one is answered with `Killed`, and the rest goes on.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

Work = Callable[..., list[Any]]
"""work(items, *common) -> one answer an item; a module's function, so that another process can find it."""

_READY_BEFORE_FORK = ["worker.refine", "worker.store.warc", "worker.config"]


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


def local(processes: int) -> Executor:
    """So many processes of this machine; one is this process itself."""
    if processes == 1:
        return Inline()
    return _pool(processes)


def _pool(processes: int) -> Executor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Not forked from this process: it holds the archive's connection and lock.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_READY_BEFORE_FORK)
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let this worker end when the process that started it is killed: nobody else would tell it."""
    import threading
    from multiprocessing import parent_process

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def processes_of(text: str) -> int:
    """How many processes `local` or `local:N` asks for. Raises ValueError with a sentence."""
    name, colon, number = text.partition(":")
    if name != "local" or (colon and not (number.isascii() and number.isdigit() and 1 <= int(number) <= 1024)):
        raise ValueError(f"{text!r} is no executor; write local, or local:N for N processes of this machine")
    return int(number) if colon else len(os.sched_getaffinity(0))


@dataclass(slots=True, eq=False)
class _Task:
    items: Sequence[Any]
    common: tuple[Any, ...]
    tag: Any
    future: Future[list[Any]]


@dataclass(slots=True)
class Crew:
    """Gives tasks to an executor and takes their answers in order. `width` tasks are under way at once, at most."""

    work: Work
    make: Callable[[], Executor]
    width: int
    _executor: Executor | None = None
    _tasks: deque[_Task] = field(default_factory=deque)

    @classmethod
    def local(cls, work: Work, processes: int) -> Crew:
        """A crew of so many processes of this machine, with one task in hand and one waiting for each."""
        return cls(work, lambda: local(processes), 1 if processes == 1 else 2 * processes + 1)

    @property
    def under_way(self) -> int:
        """Tasks whose answers were not taken yet."""
        return len(self._tasks)

    @property
    def full(self) -> bool:
        """Whether an answer has to be taken before the next task is given."""
        return len(self._tasks) >= self.width

    def give(self, items: Sequence[Any], common: tuple[Any, ...], tag: Any) -> None:
        """Give a task; `common` goes with its items, `tag` stays here."""
        self._tasks.append(_Task(items, common, tag, self._submit(items, common)))

    def take(self) -> tuple[Any, list[Any]]:
        """The tag and the answers of the task that was given first."""
        task = self._tasks[0]
        try:
            answers = task.future.result()
        except BrokenExecutor:
            answers = self._recovered(task)
        self._tasks.popleft()
        return task.tag, answers

    def close(self) -> None:
        """Let the executor go; tasks that were not begun are not done."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _submit(self, items: Sequence[Any], common: tuple[Any, ...]) -> Future[list[Any]]:
        for last in (False, True):
            if self._executor is None:
                self._executor = self.make()
            try:
                return self._executor.submit(self.work, items, *common)
            except BrokenExecutor:  # a task given before has just broken it: that one says so when it is taken
                self.close()
                if last:
                    raise
        raise AssertionError("unreachable: the second try returns or raises")

    def _recovered(self, task: _Task) -> list[Any]:
        """The answers of a task that was under way when a worker died; all that are under way are given again."""
        self.close()
        answers = self._alone(task.items, task.common)
        for other in list(self._tasks)[1:]:
            other.future = self._submit(other.items, other.common)
        return answers

    def _alone(self, items: Sequence[Any], common: tuple[Any, ...]) -> list[Any]:
        pool = _pool(1)
        try:
            return pool.submit(self.work, items, *common).result()
        except BrokenExecutor:
            if len(items) == 1:
                return [Killed()]
            half = len(items) // 2
            return self._alone(items[:half], common) + self._alone(items[half:], common)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
