"""What a record of an HTTP answer holds, however it was coded on its way."""

import gzip
import sys
import zlib
from contextlib import suppress
from io import BytesIO

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from worker.store.payload import TooLarge, UnknownCoding, payload

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = ("<p>" + "Hội nghị tổng kết công tác Hội. " * 60).encode()


def chunked(body, size=500):
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def held(body, *headers, most=1_000_000):
    http = StatusAndHeaders("200 OK", list(headers), protocol="HTTP/1.1")
    writer = WARCWriter(BytesIO())
    return payload(writer.create_warc_record("https://a.vn/", "response", BytesIO(body), http_headers=http), most)


PACKED = {
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE),
    " GZIP ": gzip.compress(PAGE[:900]) + gzip.compress(PAGE[900:]),  # in two members
    "deflate": zlib.compress(PAGE),
    "Deflate": zlib.compress(PAGE, wbits=-15),
    "br": brotli.compress(PAGE),
    "zstd": zstd.compress(PAGE),
    "zstd, identity": zstd.compress(PAGE[:900]) + zstd.compress(PAGE[900:]),
    "gzip, br": brotli.compress(gzip.compress(PAGE)),
    "none": PAGE,
}


@pytest.mark.parametrize("coding", PACKED)
@pytest.mark.parametrize("transfer", [None, "chunked", "Chunked"])
def test_every_coding_of_the_web_is_undone(coding, transfer):
    body, headers = PACKED[coding], [("Content-Encoding", coding)]
    if transfer:
        body, headers = chunked(body), [*headers, ("Transfer-Encoding", transfer)]
    assert held(body, *headers) == PAGE


def test_packed_for_the_transfer_only():
    assert held(chunked(gzip.compress(PAGE)), ("Transfer-Encoding", "gzip, chunked")) == PAGE


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_what_a_crawler_has_decoded_is_taken_as_it_stands_whatever_its_headers_say(coding):
    assert held(PAGE, ("Content-Encoding", coding), ("Transfer-Encoding", "chunked")) == PAGE


@pytest.mark.parametrize("coding", ["gzip", "deflate", "Deflate", "br", "zstd"])
def test_a_packed_page_without_its_end_is_torn(coding):
    with pytest.raises(ValueError, match="torn"):
        held(PACKED[coding][:-9], ("Content-Encoding", coding))


@pytest.mark.parametrize("left", [-5, -200])
def test_chunks_without_the_last_are_torn(left):
    with pytest.raises(ValueError, match="chunked is torn"):
        held(chunked(PAGE)[:left], ("Transfer-Encoding", "chunked"))


def test_a_coding_that_nobody_knows_is_named():
    with pytest.raises(UnknownCoding) as refused:
        held(PAGE, ("Content-Encoding", "sorcery"))
    assert refused.value.coding == "sorcery"


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("", bytes)])
@pytest.mark.parametrize("modern", [None, brotli.compress, zstd.compress])
def test_it_unpacks_no_further_than_to_the_bound(coding, pack, modern):
    body = (modern or pack)(bytes(30_000_000))
    names = {brotli.compress: "br", zstd.compress: "zstd"}
    with pytest.raises(TooLarge):
        held(body, ("Content-Encoding", names.get(modern, coding)), most=1000)


@given(st.binary(max_size=300), st.sampled_from(["", "gzip", "deflate", "br", "zstd"]), st.booleans())
@settings(deadline=None, max_examples=300)
def test_any_bytes_give_a_payload_or_a_refusal(body, coding, in_chunks):
    headers = [("Content-Encoding", coding)] + [("Transfer-Encoding", "chunked")] * in_chunks
    with suppress(ValueError):
        assert len(held(body, *headers, most=500)) <= 500
