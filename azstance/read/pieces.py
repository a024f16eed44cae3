"""A part of a file of many records, and the file cut down to it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, BinaryIO, cast


@dataclass(frozen=True, slots=True)
class Piece:
    """Some records of a file, one after the other.

    `before` is the number of records before them and `line` the line on which they begin. They are
    the bytes from `start` up to `stop`; in Parquet, where a row is a record, the rows.
    """

    before: int
    line: int
    start: int
    stop: int


def joined(starts: list[tuple[int, int, int]], end: int) -> list[Piece]:
    """Pieces from where each begins (records before it, line, place) to where the next does."""
    stops = [place for _, _, place in starts[1:]] + [end]
    return [
        Piece(before, line, place, stop)
        for (before, line, place), stop in zip(starts, stops, strict=True)
    ]


def bytes_of(file: BinaryIO, piece: Piece) -> BinaryIO:
    """The bytes of a piece as a file of its own."""
    file.seek(piece.start)
    return cast("BinaryIO", io.BufferedReader(_Window(file, piece.stop - piece.start), 1 << 16))


class _Window(io.RawIOBase):
    """The next bytes of a file, and no more. The file itself stays open."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)
