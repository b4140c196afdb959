"""TLS is strict unless a source says otherwise, and an error says which setting would help."""

from __future__ import annotations

import asyncio
import ssl

import pytest
import structlog

from tests.fetch.conftest import HURRY, local, loopback
from tests.web import faults_tls
from tests.web.faults import PAGE, Faults
from worker.fetch import FetchError, tls
from worker.fetch.client import Client

pytestmark = pytest.mark.usefixtures("our_root")


def outcome(server: ssl.SSLContext, host: str = "portal.test", **network: object) -> bytes | FetchError:
    """What a fetch from that server gives; robots.txt is left out, so that the error is the page's own."""

    async def run() -> bytes | FetchError:
        async with Faults(tls=server) as web, Client(patience=HURRY, resolve=loopback) as client:
            source = local(web.url("", host), politeness={"robots": "ignore"}, network={"timeout": 20, **network})
            try:
                return (await client.fetch(web.url("good", host), source)).body
            except FetchError as error:
                assert web.asked["good"] == 0
                return error

    return asyncio.run(run())


def test_a_sound_server_is_read_by_its_name_at_the_address_that_was_checked():
    assert outcome(faults_tls.server()) == PAGE


@pytest.mark.parametrize(
    ("certificate", "host", "words"),
    [
        ("expired", "portal.test", "certificate has expired"),
        ("portal", "another.test", "certificate is not valid for 'another.test'"),
        ("portal-without-intermediate", "portal.test", "network.tls: incomplete-chain"),
    ],
)
def test_a_certificate_that_does_not_hold_is_refused(certificate: str, host: str, words: str):
    error = outcome(faults_tls.server(certificate), host)
    assert isinstance(error, FetchError)
    assert words in error.reason
    assert not error.permanent  # sites mend their certificates


@pytest.mark.parametrize("server", [faults_tls.weak_dh, faults_tls.weak_key, faults_tls.old_protocol])
def test_tls_of_the_past_is_refused_and_the_setting_is_named(server):
    error = outcome(server())
    assert isinstance(error, FetchError)
    assert "network.tls: legacy would help" in error.reason


@pytest.mark.parametrize("server", [faults_tls.weak_dh, faults_tls.weak_key, faults_tls.old_protocol])
def test_legacy_reads_it_and_every_connection_is_logged(server):
    with structlog.testing.capture_logs() as logs:
        assert outcome(server(), tls="legacy") == PAGE
    assert [(log["log_level"], log["source"], log["host"], log["tls"]) for log in logs] == [
        ("warning", "here", "portal.test", "legacy")
    ]


@pytest.mark.parametrize(
    ("certificate", "host"),
    [("expired", "portal.test"), ("portal", "another.test"), ("portal-without-intermediate", "portal.test")],
)
def test_legacy_still_wants_a_certificate_that_holds(certificate: str, host: str):
    assert isinstance(outcome(faults_tls.server(certificate), host, tls="legacy"), FetchError)


@pytest.mark.parametrize("as_text", [False, True], ids=["as a file", "as text"])
def test_a_pinned_intermediate_completes_a_chain(as_text: bool):
    pinned = faults_tls.INTERMEDIATE.read_text("ascii") if as_text else str(faults_tls.INTERMEDIATE)
    server = faults_tls.server("portal-without-intermediate")
    with structlog.testing.capture_logs() as logs:
        assert outcome(server, tls="incomplete-chain", intermediate=pinned) == PAGE
    assert [log["tls"] for log in logs] == ["incomplete-chain"]


def test_a_pinned_intermediate_is_no_root(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    tls.forget_contexts()
    pinned = str(faults_tls.INTERMEDIATE)
    error = outcome(faults_tls.server(), tls="incomplete-chain", intermediate=pinned)
    assert isinstance(error, FetchError)


@pytest.mark.parametrize(
    ("intermediate", "words"),
    [(None, "names no certificate"), ("/no/such/file.pem", "cannot be read"), ("/dev/null", "cannot be read")],
)
def test_a_pin_that_cannot_be_used_is_named(intermediate: str | None, words: str):
    error = outcome(faults_tls.server(), tls="incomplete-chain", intermediate=intermediate)
    assert isinstance(error, FetchError)
    assert "network.intermediate" in error.reason
    assert words in error.reason


def test_a_server_that_speaks_no_tls_is_reported():
    async def answer_plainly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer_plainly, "127.0.0.1", 0)
        home = f"https://portal.test:{server.sockets[0].getsockname()[1]}/"
        async with server, Client(patience=HURRY, resolve=loopback) as client:
            await client.fetch(home, local(home, politeness={"robots": "ignore"}))

    with pytest.raises(FetchError, match=r"TLS failed \(WRONG_VERSION_NUMBER\)"):
        asyncio.run(run())
