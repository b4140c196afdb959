"""Answers kept for a while: sums over the whole archive, which would keep every reader of the front page waiting."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

SECONDS = 60.0

PATIENCE = 2000
"""How many times as long as it took to find an answer is kept at least: asking anew takes a 2000th of the time."""

LONGEST = 600.0
"""Seconds that an answer is kept for that reason."""

MOST = 256
"""Answers that are kept; those asked for longest ago go first."""


class _Entry(NamedTuple):
    """An answer, when it was given, and how long it took."""

    at: float
    took: float
    answer: Any

    def fresh(self, seconds: float) -> bool:
        most = max(seconds, min(self.took * PATIENCE, LONGEST)) if seconds else 0
        return time.monotonic() - self.at < most


_answers: OrderedDict[object, _Entry] = OrderedDict()
_asking: dict[object, threading.Lock] = {}
_guard = threading.Lock()


def kept(key: object, ask: Callable[[], T], *, seconds: float = SECONDS) -> T:
    """The answer of `ask`, or the one it gave under this key less than `seconds` ago, or longer where it took long.

    While one thread asks anew, the others get the answer that is there; only where there is none do they wait. An
    answer that is there is given, too, where asking anew takes longer than a reader may ask.
    """
    with _guard:
        lock = _asking.setdefault(key, threading.Lock())
    entry = _answers.get(key)
    if entry is not None and entry.fresh(seconds):
        return entry.answer  # type: ignore[no-any-return]  # what `ask` of this key gave
    if not lock.acquire(blocking=entry is None):
        assert entry is not None  # noqa: S101 - a lock that was not waited for means that there was an entry
        return entry.answer  # type: ignore[no-any-return]  # likewise
    try:
        entry = _answers.get(key)
        if entry is not None and entry.fresh(seconds):
            return entry.answer  # type: ignore[no-any-return]  # likewise
        began = time.monotonic()
        try:
            answer = ask()
        except sqlite3.OperationalError:
            if entry is None:
                raise
            answer = entry.answer
        with _guard:
            _answers[key] = _Entry(time.monotonic(), time.monotonic() - began, answer)
            _answers.move_to_end(key)
            while len(_answers) > MOST:
                gone, _ = _answers.popitem(last=False)
                _asking.pop(gone, None)
        return answer
    finally:
        with _guard:
            if key not in _answers:  # what cannot be answered leaves nothing behind
                _asking.pop(key, None)
        lock.release()
