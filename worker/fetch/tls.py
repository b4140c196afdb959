"""TLS: strict unless a source says otherwise, and errors that say which setting would help.

Many sites of provinces send an incomplete certificate chain, or speak TLS as it was ten years ago. Neither is worked
around behind anyone's back: the setting stands in sources.yaml, and every connection that uses it is logged.
"""

from __future__ import annotations

import ssl
import warnings
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    import httpcore

    from worker.config import Network

_OP_LEGACY_SERVER_CONNECT = 0x4
"""OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT; Python names it from 3.12 on."""

_INCOMPLETE = frozenset({20, 21})
"""X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE."""

_TOO_WEAK = frozenset({66, 67, 68})
"""X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK: keys of 1024 bits, SHA-1."""

_TOO_OLD = (
    "DH_KEY_TOO_SMALL",
    "EE_KEY_TOO_SMALL",
    "CA_KEY_TOO_SMALL",
    "CA_MD_TOO_WEAK",
    "UNSUPPORTED_PROTOCOL",
    "PROTOCOL_VERSION",
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
    "HANDSHAKE_FAILURE",
    "WRONG_SIGNATURE_TYPE",
    "LEGACY_SIGALG",
    "NO_CIPHERS_AVAILABLE",
)
"""Parts of OpenSSL's reasons that mean: the other side is of the past."""


class TlsError(Exception):
    """A TLS setting cannot be used; the message says what is wrong with it."""


def context(network: Network) -> ssl.SSLContext:
    """The context of a source's connections. Contexts are shared: the roots are loaded once a setting.

    Raises:
        TlsError: `tls: incomplete-chain` without a readable `intermediate`.
    """
    if network.tls == "incomplete-chain" and not network.intermediate:
        raise TlsError("network.tls is incomplete-chain, but network.intermediate names no certificate (a PEM file)")
    return _context(network.tls, network.intermediate if network.tls == "incomplete-chain" else None)


def forget_contexts() -> None:
    """Load the roots anew at the next use: they, or SSL_CERT_FILE, have changed."""
    _context.cache_clear()


@lru_cache(maxsize=64)
def _context(mode: str, intermediate: str | None) -> ssl.SSLContext:
    made = httpx.create_ssl_context()  # certifi's roots, or those that SSL_CERT_FILE names
    if mode == "legacy":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # "TLS 1.0 is deprecated": that is the point
            made.minimum_version = ssl.TLSVersion.TLSv1
        made.set_ciphers("DEFAULT:@SECLEVEL=0")
        made.options |= _OP_LEGACY_SERVER_CONNECT
    if intermediate is not None:
        _pin(made, intermediate)
    return made


def _pin(made: ssl.SSLContext, intermediate: str) -> None:
    """Let an intermediate complete a chain, and no more: the chain still has to end at a trusted root."""
    made.verify_flags &= ~ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN
    try:
        if "-----BEGIN CERTIFICATE-----" in intermediate:
            made.load_verify_locations(cadata=intermediate)
        else:
            made.load_verify_locations(cadata=Path(intermediate).read_text("ascii"))
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError, UnicodeDecodeError a ValueError
        raise TlsError(f"network.intermediate cannot be read as a PEM certificate: {error}") from None


def validity(stream: httpcore.AsyncNetworkStream | None) -> tuple[datetime, datetime] | None:
    """From when to when the certificate at the other end of a connection is valid; None where no TLS is spoken."""
    secured = stream.get_extra_info("ssl_object") if stream else None
    shown = secured.getpeercert() if secured else None
    if not shown:
        return None
    since, until = (
        datetime.fromtimestamp(ssl.cert_time_to_seconds(shown[end]), UTC) for end in ("notBefore", "notAfter")
    )
    return since, until


def explain(error: ssl.SSLError) -> str:
    """Why a TLS connection failed, and which setting would help, as the part of a sentence."""
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in _INCOMPLETE:
            return (
                "its certificate chain is incomplete or ends at an unknown root"
                " (network.tls: incomplete-chain with the missing certificate as network.intermediate would help,"
                " if it is the chain)"
            )
        if error.verify_code in _TOO_WEAK:
            return f"its certificate is of the past ({error.verify_message}; network.tls: legacy would help)"
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, ssl.SSLEOFError):
        return "it broke the TLS handshake off (network.tls: legacy would help, if it speaks TLS of the past)"
    reason = (error.reason or "").upper()
    if any(part in reason for part in _TOO_OLD):
        return f"it speaks TLS of the past ({error.reason}; network.tls: legacy would help)"
    return f"TLS failed ({error.reason or error})"
