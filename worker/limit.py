"""A bound on the processor time of what a page has us do in this very process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LINKS = 30.0
"""Seconds for finding the links of one page; those of a sitemap of 50,000 take two."""


class TooLong(BaseException):  # nothing that catches every Exception shall catch it
    """What was done took longer than it may; the message is the part of a sentence."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """End what is done inside, without awaiting anything, after so many seconds of processor time, with TooLong.

    Regular expressions are ended too; a library's own loops in C are not. Only the main thread can be interrupted: in
    another one nothing is bounded.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TooLong(f"it takes more than {seconds:g} s to read")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)  # again, where a library lets nothing through
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
