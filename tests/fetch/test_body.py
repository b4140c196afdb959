"""Unpacking bodies within bounds."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.fetch.body import BrokenBody, TooBig, Unpacker, read

TEXT = "Hội nghị tổng kết công tác Hội năm 2024. ".encode() * 50


def unpack(raw: bytes, encoding: str, *, size: int = 7, limit: int = 1_000_000) -> bytes:
    unpacker = Unpacker(encoding, limit=limit)
    for start in range(0, len(raw), size):
        unpacker.feed(raw[start : start + size])
    return unpacker.finish()


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), "X-GZip"),
        (gzip.compress(TEXT), "identity, gzip"),
        (gzip.compress(TEXT[:900]) + gzip.compress(TEXT[900:]), "gzip"),  # parts, as servers append them
        (gzip.compress(TEXT) + b"\0\0\0 rubbish", "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (zlib.compress(TEXT, wbits=-15), "deflate"),
        (TEXT, "gzip"),  # labelled, but plain
    ],
    ids=[
        "bare",
        "identity",
        "gzip",
        "x-gzip",
        "both",
        "parts",
        "rubbish after",
        "deflate",
        "raw deflate",
        "mislabelled",
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_body_is_unpacked_in_pieces_of_any_size(raw: bytes, encoding: str, size: int):
    assert unpack(raw, encoding, size=size) == TEXT


@pytest.mark.parametrize("raw", [b"", b"x", b"\x1f"])
def test_bodies_of_a_byte_or_none_are_taken_as_they_are(raw: bytes):
    assert unpack(raw, "gzip") == raw


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_packings_that_were_not_asked_for_are_refused(encoding: str):
    with pytest.raises(BrokenBody, match="not asked for"):
        unpack(b"x", encoding)


@pytest.mark.parametrize(
    "raw",
    [gzip.compress(TEXT)[:-9], gzip.compress(TEXT)[:20] + b"\xff" * 30, gzip.compress(b"") * 1100],
    ids=["cut", "damaged", "endless"],
)
def test_cut_damaged_and_endless_streams_are_refused(raw: bytes):
    with pytest.raises(BrokenBody):
        unpack(raw, "gzip", size=4096)


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate"])
def test_a_body_beyond_the_limit_is_refused_before_it_is_unpacked(encoding: str):
    zeros = bytes(50 * 1024 * 1024)
    raw = {"": zeros, "gzip": gzip.compress(zeros), "deflate": zlib.compress(zeros)}[encoding]
    unpacker = Unpacker(encoding, limit=1000)
    with pytest.raises(TooBig):
        unpacker.feed(raw)
    assert len(unpacker.so_far()) <= 1000


def test_a_body_of_exactly_the_limit_is_taken():
    assert unpack(gzip.compress(TEXT), "gzip", limit=len(TEXT)) == TEXT


def test_a_body_may_be_truncated_instead():
    async def pieces() -> AsyncIterator[bytes]:
        while True:
            yield TEXT

    assert asyncio.run(read(pieces(), "", limit=100, truncate=True)) == TEXT[:100]


@given(st.binary(max_size=2000), st.sampled_from(["", "gzip", "deflate"]), st.integers(1, 50))
@settings(deadline=None)
def test_any_bytes_give_a_body_or_a_refusal(raw: bytes, encoding: str, size: int):
    with suppress(TooBig, BrokenBody):
        assert len(unpack(raw, encoding, size=size, limit=500)) <= 500
