"""A client with little patience, and sources that may be fetched from the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web import faults_tls
from tests.web.faults import Faults
from worker.config import Source
from worker.fetch import tls
from worker.fetch.client import Client
from worker.fetch.politeness import Patience

HURRY = Patience(attempts=3, backoff=0.01, backoff_cap=0.05, longest_wait=3.0, robots_again=60.0)


def local(url: str = "http://127.0.0.1/", **changes: Any) -> Source:
    """A source on the loopback, without pauses."""
    entry: dict[str, Any] = {
        "id": "here",
        "name": "Here",
        "home": url,
        "kind": "press",
        "politeness": {"delay": 0, **changes.pop("politeness", {})},
        "network": {"timeout": 20, "allow_private": True, **changes.pop("network", {})},
        **changes,
    }
    return Source.model_validate(entry)


def of(web: Faults, **changes: Any) -> Source:
    """The source whose home is the server of faults."""
    return local(web.url(""), **changes)


async def loopback(_host: str, _port: int) -> list[str]:
    """Every name leads here."""
    return ["127.0.0.1"]


@pytest.fixture
def our_root(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Trust the tests' own root, the way a user adds one."""
    monkeypatch.setenv("SSL_CERT_FILE", str(faults_tls.ROOT))
    tls.forget_contexts()
    yield
    tls.forget_contexts()


@pytest.fixture
def client() -> Client:
    return Client(contact="archive@example.org", patience=HURRY)
