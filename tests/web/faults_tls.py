"""TLS servers as they are met: sound, with an incomplete chain, out of date, and of the past. See tests/fetch/certs."""

from __future__ import annotations

import ssl
import warnings
from pathlib import Path

CERTS = Path(__file__).parents[1] / "fetch" / "certs"
ROOT = CERTS / "root.pem"
INTERMEDIATE = CERTS / "intermediate.pem"


def server(certificate: str = "portal", *protocols: str) -> ssl.SSLContext:
    """A server's context with one of the certificates, for portal.test; `protocols` for ALPN."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTS / f"{certificate}.pem")
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context


def weak_dh() -> ssl.SSLContext:
    """Key exchange with 1024 bits, as old portals have it: OpenSSL 3 refuses it by default."""
    context = server()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0")
    context.load_dh_params(str(CERTS / "weak-dh.pem"))
    return context


def weak_key() -> ssl.SSLContext:
    """A certificate whose key has 1024 bits, as authorities gave them out until 2013."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.load_cert_chain(CERTS / "weak-key.pem")
    return context


def old_protocol() -> ssl.SSLContext:
    """TLS 1.0 and nothing newer."""
    context = server()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context
