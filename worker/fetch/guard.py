"""What may be connected to: addresses of the public internet, over http and https, on ports that are listed.

A page that a crawler fetches can link or redirect to anything, also to the machine that the crawler runs on, to the
printers of its network or to the metadata service of its cloud. So every address is checked twice: as a URL before each
request and each redirect (`check`), and as an IP address after its name was resolved (`GuardedBackend`). The connection
goes to the very address that was checked: a name that resolves differently the next moment gains nothing.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from itertools import zip_longest
from typing import TYPE_CHECKING

import httpcore
import httpx

from worker.fetch import FetchError

if TYPE_CHECKING:
    from worker.config import Source

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Host name and port in, IP addresses out, best first. Raises OSError (socket.gaierror) where there is none."""

_DEFAULT_PORT = {"http": 80, "https": 443}
_METADATA = frozenset(map(ip_address, ("168.63.129.16", "100.100.100.200", "fd00:ec2::254")))
"""Metadata services of clouds that are not link-local (Azure, Alibaba, AWS over IPv6)."""

_PRIVATE = tuple(
    map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"))
)
"""RFC 1918, RFC 6598, RFC 4193, RFC 3879."""

_RESERVED = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "::/96", "::ffff:0:0:0/96", "3fff::/20", "5f00::/16"))
)
"""What Python takes for public: protocols' own (a metadata service among them), 6to4 relays, IPv4 in spellings long out
of use, documentation, segments (IANA's registries of special addresses)."""

_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""NAT64 (RFC 6052, RFC 8215): the last four bytes are an IPv4 address."""

_ISATAP = (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")
"""What stands before an IPv4 address in the last eight bytes of an ISATAP address (RFC 5214)."""

_HOST = re.compile(r"(?=.{1,254}$)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?|[0-9A-Fa-f:.]{2,45}")
"""A name (as sent: international names are punycode by now), or an IPv6 address."""

_RESOLVERS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="resolve")
"""Names of dead hosts take long to fail: they have threads of their own, so that nothing else waits for them."""

_TRIES = 4
"""How many addresses of one name are tried. Each but the last has a fifth of the request's time: one that swallows
everything, as IPv6 does on many a server that only seems to have it, must not take the turn of those behind it."""


class AddressRefused(Exception):  # noqa: N818 - a decision, not a mishap
    """A name leads to addresses that may not be connected to; the message says which and why."""


def check(url: httpx.URL, source: Source) -> None:
    """Refuse a URL that is not http or https, carries a password, or names a port that is not listed.

    The listed ports are `network.ports` and those that the source's own home, feeds, sitemaps and listings name.

    Raises:
        FetchError: permanent.
    """
    if url.scheme not in _DEFAULT_PORT or not _HOST.fullmatch(url.raw_host.decode("ascii")):
        raise FetchError(str(url), "it is no http or https address", permanent=True)
    check_no_password(url)
    port = url.port or _DEFAULT_PORT[url.scheme]
    if port not in source.network.ports and port not in _ports(source.doors):
        ports = ", ".join(map(str, source.network.ports))
        raise FetchError(
            str(url), f"port {port} is not allowed for {source.id} (network.ports lists {ports})", permanent=True
        )


def check_no_password(url: httpx.URL) -> None:
    """Refuse a URL with a user name or password; the error does not repeat them. Raises FetchError."""
    if url.userinfo:
        raise FetchError(str(url.copy_with(userinfo=b"")), "its link carried a user name or password", permanent=True)


@lru_cache(maxsize=1024)
def _ports(addresses: tuple[str, ...]) -> frozenset[int]:
    return frozenset(url.port or _DEFAULT_PORT[url.scheme] for url in map(httpx.URL, addresses))


def refusal(address: str, *, allow_private: bool) -> str | None:
    """Why this IP address may not be connected to, or None if it may.

    `allow_private` opens private and loopback addresses; link-local (169.254.169.254 among them), multicast, reserved
    and metadata addresses stay closed.

    >>> refusal("169.254.169.254", allow_private=True)
    'link-local'
    >>> refusal("::ffff:10.0.0.1", allow_private=False)
    'private'
    """
    try:
        ip = _plain(ip_address(address.partition("%")[0]))
    except ValueError:
        return "no IP address"
    if ip in _METADATA:
        return "metadata service"
    if local := "loopback" if ip.is_loopback else "private" if any(ip in network for network in _PRIVATE) else None:
        return None if allow_private else local
    named = {"unspecified": ip.is_unspecified, "link-local": ip.is_link_local, "multicast": ip.is_multicast}
    reserved = not ip.is_global or any(ip in network for network in _RESERVED)
    return next((name for name, holds in named.items() if holds), "reserved" if reserved else None)


def _plain(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, Teredo, NAT64, ISATAP), else itself."""
    if isinstance(ip, IPv4Address):
        return ip
    if any(ip in network for network in _TRANSLATED) or ip.packed[8:12] in _ISATAP:
        return IPv4Address(ip.packed[-4:])
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or ip


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system's resolver gives them."""
    ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(_RESOLVERS, ask)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _by_turns(addresses: list[str]) -> list[str]:
    """The addresses, IPv6 and IPv4 by turns (RFC 8305): a site may have many of the kind that does not work here."""
    first = [address for address in addresses if (":" in address) == (":" in addresses[0])]
    other = [address for address in addresses if address not in first]
    return [address for pair in zip_longest(first, other) for address in pair if address is not None]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """httpcore's network, for one source: resolves, checks, and connects to the address that was checked.

    TLS and the Host header keep the name: httpcore takes them from the URL, not from here.
    """

    def __init__(self, *, allow_private: bool, timeout: float, resolve: Resolve = resolve) -> None:
        self._allow_private = allow_private
        self._share = timeout / (_TRIES + 1)
        self._resolve = resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - httpcore's signature; whoever asks has a deadline
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of `host` that is allowed and answers.

        Raises:
            AddressRefused: no address of the name is allowed.
            OSError: the name is not known.
            httpcore.ConnectError, httpcore.ConnectTimeout: none of the allowed addresses answers.
        """
        addresses = _by_turns(self._allowed(host, await self._resolve(host, port)))[:_TRIES]
        for number, address in enumerate(addresses, 1):
            try:
                return await self._network.connect_tcp(
                    address,
                    port,
                    timeout=self._share if number < len(addresses) else None,
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise AddressRefused(f"{host} has no address")

    def _allowed(self, host: str, addresses: list[str]) -> list[str]:
        refused = {address: refusal(address, allow_private=self._allow_private) for address in addresses}
        allowed = [address for address, reason in refused.items() if reason is None]
        if not allowed:
            address, reason = next(iter(refused.items()), ("nowhere", "no"))
            hint = "; network.allow_private would allow it" if reason in ("private", "loopback") else ""
            raise AddressRefused(f"{host} leads to {address}, which is a {reason} address{hint}")
        return allowed

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - likewise
    ) -> httpcore.AsyncNetworkStream:
        """Nothing is fetched from a socket file."""
        raise AddressRefused(f"{path} is a socket file")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._network.sleep(seconds)
