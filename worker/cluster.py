"""A Dask cluster as hands: workers on many machines that see the archive's WARC files, and one scheduler between.

What travels is small: places of records one way, articles and facts the other. A chrome memory goes to the cluster once
a generation, as a task that can be done again elsewhere, so that a worker may die with it. All of it travels as bytes:
a scheduler takes a task's arguments apart and packs them again, and would need all of this program to do so.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any, TypeVar

from worker.executors import ExecutorFailed
from worker.rules import rules

T = TypeVar("T")

CONNECT = "10s"
"""How long a scheduler may take to answer."""

FIRST_WORKER = 30
"""Seconds for the first worker to come."""

COUNT_AGAIN = 10.0
"""Seconds after which the workers are counted again: a cluster grows and shrinks."""

SHARED_FROM = 4096
"""Bytes of an argument that all tasks of a generation share, from which on it is sent once and not with each task."""

_SHARED = 4
"""Arguments that are kept in the cluster; tasks under way belong to the last two generations."""


_GONE = ("error", "cancelled", "lost")
"""What Dask says of an argument that will not come any more."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """Stands for an argument that travels by itself: the first of them, the second, …"""

    number: int


def by_the_same_rules(wanted: str, task: bytes, *shared: Any) -> Any:
    """Do work on a machine of the cluster, if its rules are those of the one that asks."""
    if rules() != wanted:
        raise ExecutorFailed(
            "a machine of the cluster has another version of this program (or of Python or selectolax) than this one;"
            " install the same there"
        )
    _begin()
    work, args = pickle.loads(task)  # noqa: S301  # what runs tasks for whoever reaches it can be no safer by this
    return work(*(shared[one.number] if isinstance(one, _Shared) else one for one in args))


def unpacked(argument: bytes) -> Any:
    """What a task does that brings a shared argument to the workers."""
    return pickle.loads(argument)  # noqa: S301  # likewise


@cache
def _begin() -> None:
    """What a worker does before its first task, as those of this machine do."""
    from worker.rest import collect_seldom

    collect_seldom()


class OnCluster(Executor):
    """The cluster as an executor. Large arguments are sent once."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._shared: dict[int, tuple[Any, Any]] = {}  # id -> the argument, so that the id stays its own; its future

    def submit(self, fn: Callable[..., T], /, *args: Any, **_: Any) -> Future[T]:
        """Give a task to the cluster."""
        large = [one for one in args if getattr(one, "nbytes", 0) >= SHARED_FROM]
        shared = [self._sent_once(one) for one in large]
        small = [_Shared(large.index(one)) if one in large else one for one in args]
        task = pickle.dumps((fn, small), pickle.HIGHEST_PROTOCOL)
        future: Future[T] = self._executor.submit(by_the_same_rules, rules(), task, *shared)
        return future

    def _sent_once(self, argument: Any) -> Any:
        """What brings the argument; sent anew where it went down with a worker: else all that need it would fail."""
        if id(argument) in self._shared and self._shared[id(argument)][1].status in _GONE:
            del self._shared[id(argument)]
        if id(argument) not in self._shared:
            if len(self._shared) >= _SHARED:
                self._shared.pop(next(iter(self._shared)))
            packed = pickle.dumps(argument, pickle.HIGHEST_PROTOCOL)
            self._shared[id(argument)] = (argument, self._client.submit(unpacked, packed, pure=False))
        return self._shared[id(argument)][1]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what was not begun."""
        self._executor.shutdown(wait=wait and not cancel_futures)


@dataclass(slots=True)
class Cluster:
    """The workers of the Dask scheduler at an address."""

    address: str
    _client: Any = None
    _executor: OnCluster | None = None
    _width: int = 0
    _counted: float = 0.0  # when the threads were, by the clock that only goes forward

    @property
    def broken(self) -> tuple[type[Exception], ...]:
        """What a task raises that has ended its worker as often as the scheduler allows."""
        from distributed.scheduler import KilledWorker

        return (KilledWorker,)

    @property
    def width(self) -> int:
        """One task in hand and one waiting for each thread of the workers that are there now."""
        if not self._width or monotonic() > self._counted + COUNT_AGAIN:
            self._width = 2 * sum(self._connected().nthreads().values()) + 1
            self._counted = monotonic()
        return self._width

    def executor(self) -> Executor:
        """The cluster. It survives the death of a worker, so it is always the same."""
        if self._executor is None:
            self._executor = OnCluster(self._connected())
        return self._executor

    def alone(self) -> Executor:
        """The cluster as well: the crew sees to it that nothing else is under way."""
        return self.executor()

    def close(self) -> None:
        """Take back what was not begun, and say good-bye to the scheduler."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
        if self._client is not None:
            self._client.close()
        self._executor = self._client = None

    def check(self) -> None:
        """Raise ExecutorFailed where the scheduler or its last worker is gone."""
        try:
            workers = self._client.scheduler_info(n_workers=-1)["workers"] if self._client.status == "running" else None
        except OSError:
            workers = None
        if workers is None:
            raise ExecutorFailed(f"the scheduler at {self.address} is gone; what is done is kept, and is gone on from")
        if not workers:
            raise ExecutorFailed(f"the scheduler at {self.address} has no worker left; what is done is kept")

    def _connected(self) -> Any:
        if self._client is None:
            try:
                from distributed import Client
            except ImportError:
                raise ExecutorFailed(
                    f"{self.address} needs Dask, which is not installed here; install union-news-archive[cluster]"
                ) from None
            try:
                self._client = Client(self.address, timeout=CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
            except OSError:
                raise ExecutorFailed(f"no scheduler answers at {self.address}; start one: dask scheduler") from None
            try:
                self._client.wait_for_workers(1, timeout=FIRST_WORKER)
            except TimeoutError:
                self.close()
                raise ExecutorFailed(
                    f"the scheduler at {self.address} has no workers; start some: dask worker {self.address}"
                ) from None
        return self._client
