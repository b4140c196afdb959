"""Telling systemd how the service is: ready, alive, stopping. Without systemd these calls do nothing.

The protocol is sd_notify(3): a datagram to the socket that $NOTIFY_SOCKET names.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress


def notify(state: str) -> None:
    """Send a state such as READY=1, WATCHDOG=1 or STOPPING=1, if anybody listens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):  # a name in Linux's abstract namespace
        address = "\0" + address[1:]
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
        channel.connect(address)
        channel.sendall(state.encode())


def watchdog_interval() -> float | None:
    """Seconds within which systemd wants to hear WATCHDOG=1, halved to be safe; None where it has no watchdog."""
    microseconds = os.environ.get("WATCHDOG_USEC", "")
    wanted_of = os.environ.get("WATCHDOG_PID")
    if not microseconds.isdigit() or int(microseconds) == 0 or (wanted_of and wanted_of != str(os.getpid())):
        return None
    return int(microseconds) / 2_000_000
