"""Gzip files of many parts, as web archives are: one that is damaged does not end the others."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"\x1f\x8b\x08"
_BLOCK = 1 << 16


def unzipped(file: BinaryIO, head: bytes) -> Iterator[bytes]:
    """The decompressed bytes of a file that begins with `head`, in pieces of limited size.

    An empty piece stands where something is missing: a part that was damaged or cut off.
    """
    data = head
    while data:
        part = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            while not part.eof:
                piece = part.decompress(data, _BLOCK)
                if piece:
                    yield piece
                data = part.unconsumed_tail
                if not data and not part.eof and len(piece) < _BLOCK:
                    data = file.read(_BLOCK)
                    if not data:
                        yield b""
                        return
            data = part.unused_data or file.read(_BLOCK)
            data = data.lstrip(b"\0") or file.read(_BLOCK)
        except zlib.error:
            yield b""
            data = _next_part(file, data)
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
