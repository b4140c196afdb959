"""What a process gives back when it rests: for most of the day there is no work, and the server is small."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress
from functools import _lru_cache_wrapper


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

    Semaphores that are still there would be taken for forgotten ones: no other process may be at work.
    """
    module = sys.modules.get("multiprocessing.resource_tracker")
    tracker = getattr(module, "_resource_tracker", None)
    if getattr(tracker, "_pid", None) is not None:  # it is ours, and not of the process that we were forked from
        with suppress(AttributeError, OSError):  # multiprocessing's own tests stop it like this; no way is public
            tracker._stop()  # type: ignore[union-attr]  # it is there: it has a process


def _forget_kept() -> None:
    """Empty the program's caches of bounded size: they hold pages' words. Those without bounds hold rules."""
    for name in [name for name in sys.modules if name.startswith("worker.")]:
        for known in vars(sys.modules[name]).values():
            if isinstance(known, _lru_cache_wrapper) and known.cache_info().maxsize is not None:
                known.cache_clear()
