"""What the machine gives no more of: the fault of no page and of no site."""

from __future__ import annotations

import errno
from collections.abc import Iterator

_SHORT = {
    errno.EMFILE: "no more files may be open: raise the limit (`ulimit -n`, LimitNOFILE= of the service)",
    errno.ENFILE: "no more files may be open on this machine",
    errno.ENOMEM: "there is no memory left",
    errno.EAGAIN: "no more processes may be started: raise the limit (`ulimit -u`, TasksMax= of the service)",
    errno.ENOSPC: "there is no room left for temporary files (/tmp, /dev/shm)",
}
"""What the system says of itself, in words, and what to do."""


class Shortage(Exception):  # noqa: N818  # it says what there is none left of
    """The machine lacks what every page needs; the message is a sentence."""


def shortage(error: BaseException) -> Shortage | None:
    """What the machine is short of, where that is why something failed."""
    numbers = (one.errno for one in causes(error) if isinstance(one, OSError) and one.errno in _SHORT)
    number = next(numbers, None)
    return None if number is None else Shortage(_SHORT[number])


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it. httpcore hands the first cause on as the argument of its own error."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        here = waiting.pop()
        if here is None or id(here) in seen:
            continue
        seen.add(id(here))
        yield here
        group = list(here.exceptions) if isinstance(here, BaseExceptionGroup) else []
        inner = [argument for argument in here.args if isinstance(argument, BaseException)]
        waiting += [*reversed([*inner, here.__cause__, here.__context__, *group])]
