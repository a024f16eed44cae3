"""Web archives (WARC) to records, one at a time, and what is broken told apart from what is whole.

The frame of a record is read here, so that one whose length is wrong, whose header is broken or
whose end is missing costs no other record: the search goes on at the next line that begins one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from azstance.read.gzip_parts import MAGIC, unzipped
from azstance.read.page import UnreadableError

if TYPE_CHECKING:
    from azstance.read.settings import ReadSettings

_BLOCK = 1 << 16
_LONGEST_HEADER = 1 << 16
_MOST_BROKEN = 1000
_BEGIN = re.compile(rb"^WARC/\d\.\d+[ \t]*\r?$", re.MULTILINE)
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.I | re.M)
_WITHIN = re.compile(rb"(\n\r?\n)WARC/\d\.\d+[ \t]*\r?\n")
_OVERLAP = 40
_GAP = b"\n\0\n"  # what is put where bytes are missing: no record goes on over it


@dataclass(frozen=True, slots=True)
class Raw:
    """A record as it stands in the archive, numbered from 1 up: its header and its content.

    Of one over the size limit only the first bytes are there, and it is not `whole`.
    """

    number: int
    header: bytes
    body: bytes
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that cannot be read, and why."""

    number: int
    reason: str


class Bytes:
    """Bytes that arrive in pieces, and can be put back."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = b""
        self._at = 0

    def line(self, limit: int = _LONGEST_HEADER) -> bytes:
        """The next line with its end, or `limit` bytes of it; empty at the end."""
        parts: list[bytes] = []
        while limit > 0 and self._any():
            end = self._held.find(b"\n", self._at, self._at + limit) + 1
            part = self._held[self._at : end or self._at + limit]
            self._at += len(part)
            limit -= len(part)
            parts.append(part)
            if end:
                break
        return b"".join(parts)

    def take(self, size: int) -> bytes:
        """The next `size` bytes, or as many as there are."""
        parts: list[bytes] = []
        while size > 0 and self._any():
            part = self._held[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def put_back(self, data: bytes) -> None:
        """Let `data` be what comes next."""
        self._held = data + self._held[self._at :]
        self._at = 0

    def _any(self) -> bool:
        if self._at >= len(self._held):
            self._held, self._at = next(self._pieces, b""), 0
        return bool(self._held)


def records(file: BinaryIO, settings: ReadSettings) -> Iterator[Raw | Broken]:
    """The records of a web archive, compressed or not, by the first bytes of the file.

    Raises UnreadableError where the file is empty or no web archive, and where too much of it is
    broken to go on.
    """
    head = file.read(_BLOCK)
    if not head:
        raise UnreadableError("is empty.")
    zipped = head.startswith(MAGIC)
    pieces = (p or _GAP for p in unzipped(file, head)) if zipped else _plain(file, head)
    source = Bytes(pieces)
    number = broken = 0
    record: Raw | Broken | None = None
    while found := _beginning(source, number, told=isinstance(record, Broken)):
        number += 1
        record = found if isinstance(found, Broken) else _record(source, number, settings)
        yield record
        broken += isinstance(record, Broken)
        if broken >= _MOST_BROKEN:
            raise UnreadableError(
                f"{_MOST_BROKEN:,} of its records are broken, and the rest was not read",
                remedy="Fetch the archive again.",
            )
    if not number:
        raise UnreadableError("is not a web archive: it has no line such as WARC/1.0.")


def _plain(file: BinaryIO, head: bytes) -> Iterator[bytes]:
    return chain([head], iter(lambda: file.read(_BLOCK), b""))


def _beginning(source: Bytes, number: int, *, told: bool) -> Broken | bool:
    """True at the next line that begins a record, False at the end.

    Between records there are blank lines; anything else is what is left of a record: of the one
    before it, if it was `told` that it is broken.
    """
    lost = False
    while line := source.line():
        begins = _begins(line)
        if begins:
            source.put_back(line)
        if begins and (told or not lost):
            return True
        if begins:
            break
        lost = lost or bool(line.strip(b"\r\n \t"))
    if lost and not told and (line or number):
        return Broken(number + 1, "is damaged: its beginning is missing.")
    return False


def _begins(line: bytes) -> bool:
    return _BEGIN.fullmatch(line.rstrip(b"\n")) is not None


def _record(source: Bytes, number: int, settings: ReadSettings) -> Raw | Broken:
    header = _header(source)
    if header is None:
        return Broken(number, "is damaged: its header is broken or has no end.")
    found = _LENGTH.search(header)
    if found is None:
        return Broken(number, "is damaged: its header does not say how long it is.")
    length = int(found[1])
    if length > settings.max_bytes:
        return _large(source, number, header, length)
    body = source.take(length)
    if len(body) == length and _ends(source):
        return Raw(number, header, body)
    again = _BEGIN.search(body)
    if again:
        source.put_back(body[again.start() :])
    elif len(body) < length:
        return Broken(number, "is cut off: the archive ends before it does.")
    return Broken(number, "is damaged: its length is not what its header says.")


def _large(source: Bytes, number: int, header: bytes, length: int) -> Raw | Broken:
    """A record of which only the first bytes are kept.

    Where another record begins within it, its length was wrong.
    """
    head = rest = source.take(min(length, _BLOCK))
    length -= len(head)
    while True:
        again = _WITHIN.search(rest)
        if again:
            source.put_back(rest[again.end(1) :])
            return Broken(number, "is damaged: its length is not what its header says.")
        more = source.take(min(length, _BLOCK))
        if not more:
            break
        length -= len(more)
        rest = rest[-_OVERLAP:] + more
    if length:
        return Broken(number, "is cut off: the archive ends before it does.")
    return Raw(number, header, head, whole=False)


def _header(source: Bytes) -> bytes | None:
    """The lines up to the blank one; None where another record begins before, or nothing ends."""
    lines = [source.line()]
    size = len(lines[0])
    while line := source.line():
        if _begins(line):
            source.put_back(line)
            return None
        lines.append(line)
        size += len(line)
        if not line.strip(b"\r\n"):
            return b"".join(lines)
        if size > _LONGEST_HEADER:
            return None
    return None


def _ends(source: Bytes) -> bool:
    """Whether a blank line follows, or another record, or nothing: so the length was right."""
    after = source.line()
    if not after.strip(b"\r\n"):
        return True
    source.put_back(after)
    return _begins(after)
