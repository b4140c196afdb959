"""What went wrong on the way, in words: an exception of the network in, the part of a sentence out."""

from __future__ import annotations

import re
import socket
import ssl
from http import HTTPStatus

import httpcore
import httpx

from worker.fetch import tls
from worker.fetch.body import LIMIT, BrokenBody, TooBig
from worker.fetch.guard import AddressRefused
from worker.fetch.politeness import HeldError
from worker.shortage import causes, shortage

BUSY = frozenset({408, 425, 429})
"""Statuses below 500 that mean: later."""

SELDOM = 30 * 86_400.0
"""Seconds until it is tried again what costs the site requests and brings nothing: a page that is too large, or one
that leads to where nothing is fetched, as removed pages lead to a log-in that robots.txt forbids."""

_BROKE_OFF = re.compile(r"received (\d+) bytes, expected (\d+)")
_WORDS = 120  # characters of a library's or server's own words in a message


class Failed(Exception):  # noqa: N818 - an outcome of one request; FetchError is what callers see
    """One request failed. `again`: it may go better right away. The others: as in FetchError."""

    def __init__(
        self,
        reason: str,
        *,
        again: bool = False,
        permanent: bool = False,
        retry_after: float | None = None,
        held: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.permanent = permanent
        self.retry_after = retry_after
        self.held = held


NETWORK = (
    OSError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpx.InvalidURL,
    httpx.RemoteProtocolError,
    AddressRefused,
    BrokenBody,
    HeldError,
    TooBig,
    UnicodeError,
    tls.TlsError,
)
"""What a request may raise because of the other side, the way to it, or a setting."""


def status(code: int, retry_after: float | None) -> Failed:
    """An answer that says: not now."""
    try:
        name = f" ({HTTPStatus(code).phrase})"
    except ValueError:
        name = ""
    return Failed(f"the server answered {code}{name}", again=True, retry_after=retry_after)


def late(seconds: float, *, answered: bool) -> Failed:
    """The deadline of a request ran out, before or inside the answer."""
    if answered:
        return Failed(f"the answer was not finished within {seconds:g} s", again=True)
    return Failed(f"no answer came within {seconds:g} s", again=True)


def explain(error: BaseException) -> Failed:  # noqa: PLR0911 - a table, a return a row
    """Why a request failed. Raises Shortage where it is this machine that fails: no site shall be blamed for it."""
    if short := shortage(error):
        raise short from error
    match error:
        case AddressRefused():
            return Failed(f"the address is refused: {error}", permanent=True)
        case TooBig():
            return Failed(f"it is larger than {LIMIT // 1024**2} MB", permanent=True, retry_after=SELDOM)
        case HeldError():
            words = f"its host is left alone for {error.seconds:.0f} s, as {error}"
            return Failed(words, retry_after=error.seconds, held=True)
        case tls.TlsError():
            return Failed(str(error))
        case BrokenBody():
            return Failed(str(error), again=True)
        case httpx.InvalidURL() | httpx.RemoteProtocolError() | UnicodeError():  # of a host name that cannot exist
            return Failed(f"it redirects to something that is no address ({_words(error)})")
        case httpcore.ProtocolError():
            return Failed(_protocol(_words(error)), again=True)
        case _:
            return _connection(error)


def _connection(error: BaseException) -> Failed:
    for cause in causes(error):
        match cause:
            case ssl.SSLError():
                return Failed(tls.explain(cause), again=isinstance(cause, ssl.SSLEOFError))
            case socket.gaierror():
                unknown = cause.errno == socket.EAI_NONAME
                gone = "its host name is not known: the site may have moved or ended"
                return Failed(gone if unknown else f"DNS failed ({cause.strerror})", again=True)
            case ConnectionRefusedError():
                return Failed("the connection was refused", again=True)
            case ConnectionResetError() | BrokenPipeError():
                return Failed("the connection was reset", again=True)
    if isinstance(error, httpcore.ReadError | httpcore.WriteError):
        return Failed("the connection broke", again=True)
    return Failed(f"no connection could be made ({_words(error)})", again=True)


def _protocol(words: str) -> str:
    if "without sending a response" in words:
        return "the server closed the connection without an answer"
    if match := _BROKE_OFF.search(words):
        return f"the body broke off after {match[1]} of {match[2]} bytes"
    if "incomplete chunked read" in words:
        return "the body broke off"
    if "ConnectionTerminated" in words or "StreamReset" in words:
        return f"the server ended the HTTP/2 exchange ({words})"
    return f"the answer breaks the rules of HTTP ({words})"


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:_WORDS] or type(error).__name__
