"""Answers kept for a while: sums over the whole archive, which would keep every reader of the front page waiting."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

SECONDS = 60.0

MOST = 256
"""Answers that are kept; those asked for longest ago go first."""

_answers: OrderedDict[object, tuple[float, Any]] = OrderedDict()
_asking: dict[object, threading.Lock] = {}
_guard = threading.Lock()


def kept(key: object, ask: Callable[[], T], *, seconds: float = SECONDS) -> T:
    """The answer of `ask`, or the one it gave under this key less than `seconds` ago.

    While one thread asks anew, the others get the answer that is there; only where there is none do they wait. An
    answer that is there is given, too, where asking anew takes longer than a reader may ask.
    """
    with _guard:
        lock = _asking.setdefault(key, threading.Lock())
    entry = _answers.get(key)
    if entry is not None and time.monotonic() - entry[0] < seconds:
        return entry[1]  # type: ignore[no-any-return]  # what `ask` of this key gave
    if not lock.acquire(blocking=entry is None):
        assert entry is not None  # noqa: S101 - a lock that was not waited for means that there was an entry
        return entry[1]  # type: ignore[no-any-return]  # likewise
    try:
        entry = _answers.get(key)
        if entry is not None and time.monotonic() - entry[0] < seconds:
            return entry[1]  # type: ignore[no-any-return]  # likewise
        try:
            answer = ask()
        except sqlite3.OperationalError:
            if entry is None:
                raise
            answer = entry[1]
        with _guard:
            _answers[key] = (time.monotonic(), answer)
            _answers.move_to_end(key)
            while len(_answers) > MOST:
                gone, _ = _answers.popitem(last=False)
                _asking.pop(gone, None)
        return answer
    finally:
        lock.release()
