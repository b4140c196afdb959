"""How a process goes about its memory, and what it gives back when it rests: for most of the day there is no work."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import time
from contextlib import suppress
from functools import _lru_cache_wrapper

MOST_LOOKS = 100
"""Hundredths of a second for which a process that was told to end is waited for."""


OBJECTS = 10_000
"""New objects after which Python looks for circles of objects that nothing else refers to; its own number is 700."""


def collect_seldom() -> None:
    """Let Python look for circles seldom: a page makes tens of thousands of objects that live as long as it is read.

    What reads a page leaves no circles behind, and looking at its objects again and again takes a tenth of the time.
    To be called when a process begins.
    """
    gc.set_threshold(OBJECTS)


def give_back() -> None:
    """Forget what was kept for the next page, and let the system have the memory of it and of all that was freed.

    To be called when all other processes have been let go.
    """
    _forget_kept()
    gc.collect()
    _end_tracker()
    with suppress(OSError, AttributeError):  # glibc keeps what was freed; other C libraries have no such call
        ctypes.CDLL(None).malloc_trim(0)


def _end_tracker() -> None:
    """End the process that multiprocessing keeps beside its semaphores, 12 MB; it starts another when it needs one.

    Semaphores that are still there would be taken for forgotten ones: no other process may be at work. The tracker ends
    when nobody holds its pipe any more. A fork server would hold it for ever, and is never waited for.
    """
    tracker = getattr(sys.modules.get("multiprocessing.resource_tracker"), "_resource_tracker", None)
    pipe, process = getattr(tracker, "_fd", None), getattr(tracker, "_pid", None)
    if tracker is None or pipe is None or process is None or "multiprocessing.forkserver" in sys.modules:
        return  # there is none, or it is not ours alone
    tracker._fd = tracker._pid = None  # as its own _stop() does, which may wait without end; no way is public
    os.close(pipe)
    for _ in range(MOST_LOOKS):
        try:
            if os.waitpid(process, os.WNOHANG)[0]:
                return
        except ChildProcessError:
            return
        time.sleep(0.01)


def _forget_kept() -> None:
    """Empty the program's caches of bounded size: they hold pages' words. Those without bounds hold rules."""
    for name in [name for name in sys.modules if name.startswith("worker.")]:
        for known in vars(sys.modules[name]).values():
            if isinstance(known, _lru_cache_wrapper) and known.cache_info().maxsize is not None:
                known.cache_clear()
