"""Web archives and tables made by hand, for the tests."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence

P1 = "Azerbaijan and Russia have agreed on a plan for trade that both call important."
P2 = "Nobody in Baku expects it to be carried out before the autumn, a diplomat said."


def page(title: str = "A plan") -> bytes:
    """A web page with an article of two paragraphs."""
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>\n"
        f"<p>{P1}</p>\n<p>{P2}</p></body></html>"
    ).encode()


def record(
    address: str, body: bytes, kind: str = "response", media: str = "application/http"
) -> bytes:
    """A record of a web archive with the bytes that it stores."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {address}",
        "WARC-Date: 2021-02-03T04:05:06Z",
        f"WARC-Record-ID: <urn:uuid:{zlib.crc32(address.encode()):012}>",
        f"Content-Type: {media}",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"


def answer(
    body: bytes,
    *headers: str,
    status: str = "200 OK",
    media: str = "text/html; charset=utf-8",
) -> bytes:
    """What a web server sends."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def good(number: int) -> bytes:
    """A record with an article."""
    return record(f"https://www.example.com/news/{number}/", answer(page(f"Plan {number}")))


def zipped(records: Sequence[bytes]) -> bytes:
    """An archive with each record compressed by itself, as crawlers write it."""
    return b"".join(gzip.compress(each) for each in records)
