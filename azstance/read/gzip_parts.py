"""Gzip files of many parts, as web archives are: one that is damaged does not end the others."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"\x1f\x8b\x08"
_BLOCK = 1 << 16
_REMEMBERED = 1 << 20  # bytes of a part in which the next one is looked for, if it was damaged
_MOST = 1000  # times; a hostile file could hold nothing but beginnings


class _Tail:
    """The last bytes of a part, `_REMEMBERED` of them or some more."""

    def __init__(self) -> None:
        self.held = bytearray()

    def add(self, data: bytes) -> None:
        self.held += data
        if len(self.held) > 2 * _REMEMBERED:  # cut now and then, not at every block
            del self.held[:-_REMEMBERED]


def unzipped(file: BinaryIO, head: bytes) -> Iterator[bytes]:
    """The decompressed bytes of a file that begins with `head`, in pieces of limited size.

    An empty piece stands where something is missing: a part that was damaged or cut off.
    """
    data = head
    damaged = 0
    while data:
        seen = _Tail()
        part = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            while not part.eof:
                piece = part.decompress(data, _BLOCK)
                if piece:
                    yield piece
                # A damaged part can go on into the next ones before that shows.
                seen.add(data[: len(data) - len(part.unconsumed_tail)])
                data = part.unconsumed_tail
                if not data and not part.eof and len(piece) < _BLOCK:
                    data = file.read(_BLOCK)
                    if not data:
                        yield b""
                        break
            if not part.eof:  # cut off, or damaged: is there another part in what it took?
                damaged += 1
                data = _next_part(file, bytes(seen.held) if damaged < _MOST else b"")
                continue
            data = part.unused_data or file.read(_BLOCK)
            data = data.lstrip(b"\0") or file.read(_BLOCK)
        except zlib.error:
            yield b""
            damaged += 1
            data = _next_part(file, bytes(seen.held) + data if damaged < _MOST else data)
        else:
            if not data.startswith(MAGIC[: len(data)]):
                yield b""
                data = _next_part(file, data)


def _next_part(file: BinaryIO, data: bytes) -> bytes:
    """The bytes from the next beginning of a part on; empty where there is none."""
    data = data[1:]
    while True:
        at = data.find(MAGIC)
        if at >= 0:
            return data[at:]
        more = file.read(_BLOCK)
        if not more:
            return b""
        data = data[-2:] + more
