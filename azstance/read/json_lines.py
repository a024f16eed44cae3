"""JSON Lines: an object a line, read a line at a time, so that any size passes through."""

from __future__ import annotations

import codecs
import io
import json
from typing import TYPE_CHECKING, BinaryIO

from azstance.read.decode import decode
from azstance.read.page import Page, UnreadableError
from azstance.read.pieces import Piece, bytes_of, joined
from azstance.read.record import Place, page_of
from azstance.read.text import too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.read.settings import ReadSettings

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(
    file: BinaryIO, settings: ReadSettings, piece: Piece | None = None
) -> Iterator[Page | UnreadableError]:
    """The articles of a JSON Lines file; a line that cannot be read does not end the others.

    With `piece` only those of a part of it, with the numbers and lines that they have in the whole.
    """
    number = piece.before if piece else 0
    any_line = False
    for line, _, raw in _rows(file, settings, piece):
        if isinstance(raw, UnreadableError):
            any_line = True
            yield raw
        elif _is_record(raw):
            any_line = True
            number += 1
            yield _page(raw, line, number, settings)
    if not any_line and piece is None:
        raise UnreadableError("is empty.")


def cut(file: BinaryIO, settings: ReadSettings, records: int) -> list[Piece]:
    """Pieces of as many records, in one pass that parses nothing; none where it cannot be cut."""
    starts = [(0, 1, 0)]
    number = 0
    if file.read(2) in _UTF16:
        return []
    end = file.seek(0, 2)
    for line, at, raw in _rows(file, settings, Piece(0, 1, 0, end)):
        if isinstance(raw, bytes) and _is_record(raw):
            if number and number % records == 0:
                starts.append((number, line, at))
            number += 1
    return joined(starts, end)


def _is_record(raw: bytes) -> bool:
    return bool(raw.strip(b" \t\r\n\xef\xbb\xbf"))


def _rows(
    file: BinaryIO, settings: ReadSettings, piece: Piece | None
) -> Iterator[tuple[int, int, bytes | UnreadableError]]:
    """Each line: its number, the byte at which it begins, and what it holds."""
    if piece is not None:
        file = bytes_of(file, piece)
    first = file.readline(settings.max_bytes + 1)
    if piece is None and first.startswith(_UTF16):
        whole = first + file.read(settings.max_bytes + 1)
        if len(whole) > settings.max_bytes:
            raise too_large(settings)
        file = io.BytesIO(decode(whole)[0].encode("utf-8", "surrogatepass"))
        first = file.readline(settings.max_bytes + 1)
    line, at, raw = piece.line if piece else 1, piece.start if piece else 0, first
    while raw:
        start, at = at, at + len(raw)
        if len(raw) > settings.max_bytes:
            yield line, start, too_large(settings, line=line)
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(65536)
                at += len(raw)
        else:
            yield line, start, raw
        line += 1
        raw = file.readline(settings.max_bytes + 1)


def _page(raw: bytes, line: int, number: int, settings: ReadSettings) -> Page | UnreadableError:
    try:
        text, notes = decode(raw.strip(), settings.encoding, only_utf8=settings.only_utf8)
        record = json.loads(text)
    except UnreadableError as problem:
        return UnreadableError(problem.problem, line=line, remedy=problem.remedy)
    except json.JSONDecodeError as problem:
        what = problem.msg[:1].lower() + problem.msg[1:]
        return UnreadableError(f"is not valid JSON: {what} at column {problem.colno}.", line=line)
    except (RecursionError, ValueError):
        return UnreadableError(
            "is not valid JSON: nested too deeply, or too long a number.", line=line
        )
    if not isinstance(record, dict):
        return UnreadableError(
            f"record {number} is not an object but {type(record).__name__}.", line=line
        )
    return page_of(record, settings, Place(number, line), notes)
