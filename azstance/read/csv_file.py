"""CSV with a header row: a record a row, read a row at a time."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from azstance.read.decode import decode
from azstance.read.page import Page, UnreadableError
from azstance.read.pieces import Piece, bytes_of, joined
from azstance.read.record import Place, page_of
from azstance.tomlfile import shown_value, suggestion

if TYPE_CHECKING:
    from azstance.read.settings import ReadSettings

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class _Table:
    """The header row as it stands, the names in it, and what separates them."""

    header_row: str
    header: list[str]
    delimiter: str


def read(
    file: BinaryIO, settings: ReadSettings, piece: Piece | None = None
) -> Iterator[Page | UnreadableError]:
    """The articles of a CSV file. Comma, semicolon or tab: whichever the header row has most of.

    With `piece` only those of a part of it, with the numbers and lines that they have in the whole.
    """
    buffered = file if hasattr(file, "peek") else io.BufferedReader(file)  # type: ignore[type-var]
    rows = _text(buffered, settings)
    try:
        table = _table(rows, settings)
        if piece is not None:
            rows.detach()
            rows = _of_piece(file, piece)
        with _field_limit(settings.max_bytes):
            yield from _records(rows, table, settings, piece)
    finally:
        rows.detach()  # or the file, which is not ours, would be closed with it


def cut(file: BinaryIO, settings: ReadSettings, records: int) -> list[Piece]:
    """Pieces of as many records, in one pass; none where it cannot be cut.

    It reads as the reader does, as a line end may stand inside of quotation marks. Of other
    encodings than UTF-8 it is not known how many bytes a row has.
    """
    head = file.read(4096)
    file.seek(0)
    if settings.encoding or head.startswith(_UTF16) or b"\0" in head:
        return []
    rows = _text(file, settings)
    try:
        table = _table(rows, settings)
        at = len(_raw(table.header_row)) + 3 * head.startswith(codecs.BOM_UTF8)
        starts = _starts(rows, table, at, settings, records)
    finally:
        rows.detach()
    return joined(starts, file.seek(0, 2))


def _starts(
    rows: io.TextIOWrapper, table: _Table, at: int, settings: ReadSettings, records: int
) -> list[tuple[int, int, int]]:
    """Where pieces begin: records before them, line, and byte. The first row begins at byte `at`.

    After what is no valid CSV there is no piece: the reader ends there.
    """
    starts = [(0, 2, at)]
    sizes: list[int] = []
    reader = csv.reader(_measured(rows, sizes), delimiter=table.delimiter, strict=True)
    number, line = 0, 2
    with _field_limit(settings.max_bytes), suppress(csv.Error):
        for row in reader:
            if _is_record(row):
                if number and number % records == 0:
                    starts.append((number, line, at))
                number += 1
            at, line = at + sum(sizes), reader.line_num + 2
            sizes.clear()
    return starts


def _measured(rows: io.TextIOWrapper, sizes: list[int]) -> Iterator[str]:
    for row in rows:
        sizes.append(len(row) if row.isascii() else len(_raw(row)))
        yield row


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _of_piece(file: BinaryIO, piece: Piece) -> io.TextIOWrapper:
    return io.TextIOWrapper(bytes_of(file, piece), "utf-8", "surrogateescape", newline="\n")


def _table(rows: io.TextIOWrapper, settings: ReadSettings) -> _Table:
    """The header. Raises UnreadableError where there is none, or none with a text."""
    header_row = rows.readline(settings.max_bytes + 1)
    if not header_row.strip():
        raise UnreadableError("is empty.")
    delimiter = max(_DELIMITERS, key=header_row.count)
    header = [_name(name, settings) for name in _header(header_row, delimiter, settings)]
    if settings.text_field not in header:
        raise UnreadableError(
            f"there is no column {shown_value(settings.text_field)} for the text",
            line=1,
            remedy="Name it, as in --field text=body. "
            + suggestion(settings.text_field, header, "Columns"),
        )
    return _Table(header_row, header, delimiter)


def _header(row: str, delimiter: str, settings: ReadSettings) -> list[str]:
    try:
        with _field_limit(settings.max_bytes):
            return next(csv.reader([row], delimiter=delimiter))
    except csv.Error as problem:
        raise UnreadableError(
            "is not valid CSV: its header row cannot be read",
            line=1,
            remedy="Save it with line ends of Unix or Windows, and a header in one row.",
        ) from problem


def _records(
    rows: io.TextIOWrapper, table: _Table, settings: ReadSettings, piece: Piece | None
) -> Iterator[Page | UnreadableError]:
    reader = csv.reader(rows, delimiter=table.delimiter, strict=True)
    number, first = (piece.before, piece.line) if piece else (0, 2)
    line = first
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as problem:
            remedy = "Look for a quotation mark that is not closed, or not doubled inside a field."
            raise UnreadableError(
                f"is not valid CSV: {problem}", line=line, remedy=remedy
            ) from None
        start, line = line, reader.line_num + first
        if _is_record(row):
            number += 1
            yield _page(row, table.header, start, number, settings)
    if not number:
        raise UnreadableError("holds a header and no articles.")


def _is_record(row: list[str]) -> bool:
    return any(value.strip() for value in row)


def _page(
    row: list[str], header: list[str], start: int, number: int, settings: ReadSettings
) -> Page | UnreadableError:
    notes: tuple[str, ...] = ()
    try:
        for place, value in enumerate(row):
            if not value.isascii():
                row[place], more = _mended(value, settings)
                notes += more
    except UnreadableError as problem:
        return UnreadableError(problem.problem, line=start, remedy=problem.remedy)
    at = header.index(settings.text_field)
    line = start + sum(value.count("\n") for value in row[:at])
    record = dict(zip(header, row, strict=False))
    return page_of(record, settings, Place(number, line, spread=True), tuple(dict.fromkeys(notes)))


def _mended(value: str, settings: ReadSettings) -> tuple[str, tuple[str, ...]]:
    """A value whose bytes were not UTF-8, decoded as what they are."""
    if not any("\udc80" <= c <= "\udcff" for c in value):
        return value, ()
    raw = value.encode("utf-8", "surrogateescape")
    return decode(raw, only_utf8=settings.only_utf8)


def _text(file: BinaryIO, settings: ReadSettings) -> io.TextIOWrapper:
    head = file.peek(4096)[:4096]  # type: ignore[attr-defined]
    if head.startswith(_UTF16):
        return io.TextIOWrapper(file, "utf-16", "replace", newline="\n")
    if b"\0" in head:
        decode(head)  # says that it is binary
    if settings.encoding:
        try:
            codecs.lookup(settings.encoding)
        except LookupError:
            raise UnreadableError(f'there is no encoding "{settings.encoding}".') from None
        return io.TextIOWrapper(file, settings.encoding, "replace", newline="\n")
    return io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline="\n")


def _name(name: str, settings: ReadSettings) -> str:
    """A column's name; the configured text field is found in any case."""
    name = name.strip()
    return settings.text_field if name.casefold() == settings.text_field.casefold() else name


@contextmanager
def _field_limit(limit: int) -> Iterator[None]:
    """Let fields be as large as an article may be, and set the module's limit back afterwards."""
    before = csv.field_size_limit(min(limit, 2**31 - 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)
