"""Control-C in a command that takes long: the first one lets what is in hand be finished, the second ends at once."""

from __future__ import annotations

import os
from collections.abc import Callable

_SAID = b"worker: stopping after the page in hand; once more ends at once\n"


def told_to_stop() -> Callable[[], bool]:
    """Whether SIGINT or SIGTERM has come. The first is answered with a line; a second one interrupts at once."""
    import signal

    told: list[int] = []

    def stop(number: int, _: object) -> None:
        told.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.write(2, _SAID)  # not through a stream, which may just be written to

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return lambda: bool(told)
