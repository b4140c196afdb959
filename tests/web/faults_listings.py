"""Listings and sitemaps that mean no good. Importing this gives them addresses on the servers of tests.web.faults."""

from __future__ import annotations

import asyncio
import zlib

from tests.web.faults import Request, answer, fault, plain

plain("empty-listing", answer("<title>Tin tức</title><p>Chưa có bài viết nào.</p>".encode()))


def listing(first: int, onward: str) -> bytes:
    """Ten articles and a link to the next page."""
    items = "".join(
        f'<h3><a href="/bai-viet-so-{n}.html">Bài viết số {n} của chi hội</a></h3>' for n in range(first, first + 10)
    )
    return answer(f'<title>Tin tức</title>{items}<a href="{onward}">Trang sau</a>'.encode())


@fault("endless-listing")
async def _endless_listing(request: Request, writer: asyncio.StreamWriter) -> None:
    """Every page has ten new articles and a next page."""
    page = int(request.target.partition("page=")[2] or 1)
    writer.write(listing(page * 1000, f"/endless-listing?page={page + 1}"))


@fault("listing-that-repeats")
async def _listing_that_repeats(request: Request, writer: asyncio.StreamWriter) -> None:
    """Every page beyond the last shows the first one's articles again, and a next page."""
    page = int(request.target.partition("page=")[2] or 1)
    writer.write(listing(1000, f"/listing-that-repeats?page={page + 1}"))


@fault("listing-in-a-circle")
async def _listing_in_a_circle(request: Request, writer: asyncio.StreamWriter) -> None:
    """The third page leads back to the first."""
    page = int(request.target.partition("page=")[2] or 1)
    writer.write(listing(page * 1000, f"/listing-in-a-circle?page={page % 3 + 1}"))


@fault("sitemap-of-fifty-thousand")
async def _huge_sitemap(request: Request, writer: asyncio.StreamWriter) -> None:
    host = f"http://{request.headers['host']}"
    urls = "".join(f"<url><loc>{host}/bai-viet-so-{n}.html</loc></url>" for n in range(100_000, 150_000))
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()
    packed = zlib.compress(body, 1, wbits=31)
    writer.write(answer(packed, "200 OK", "Content-Type: application/gzip"))
