"""Parquet: a record a row, read a few rows at a time.

Only the columns that an article can come from are read. A row stands for a line: what is said of a
record names its number, and so do the lines of its text.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from azstance.read.decode import decode
from azstance.read.metadata import field_names
from azstance.read.page import Page, UnreadableError
from azstance.read.pieces import Piece, joined
from azstance.read.record import Place, page_of
from azstance.tomlfile import shown_value, suggestion

if TYPE_CHECKING:
    from azstance.read.settings import ReadSettings

_ROWS = 64  # in memory at a time
_MOST_OF_GROUP = 16
_REMEDY = "Write it anew with the program that made it."


def read(
    file: BinaryIO, settings: ReadSettings, piece: Piece | None = None
) -> Iterator[Page | UnreadableError]:
    """The articles of a Parquet file, or with `piece` those of some of its rows."""
    with _table(file) as table:
        columns = _columns(table.schema_arrow, settings)
        start, stop = (piece.start, piece.stop) if piece else (0, table.metadata.num_rows)
        for number, batch in _batches(table, list(columns), start, stop):
            if isinstance(batch, UnreadableError):
                yield batch
                continue
            values = {columns[name]: _values(batch.column(name)) for name in batch.schema.names}
            for row in range(batch.num_rows):
                record = {name: column[row] for name, column in values.items()}
                yield _page(record, number + row, settings)
        if not table.metadata.num_rows:
            raise UnreadableError("holds columns and no articles.")


def cut(file: BinaryIO, settings: ReadSettings, records: int) -> list[Piece]:
    """Pieces of as many records, or more: between row groups where these are small.

    Whoever reads a piece from amid a row group has to pass over the rows before it: a large group
    is cut into at most `_MOST_OF_GROUP` pieces.
    """
    with _table(file) as table:
        _columns(table.schema_arrow, settings)
        groups = [table.metadata.row_group(n).num_rows for n in range(table.num_row_groups)]
    starts, end = [0], 0
    for rows in groups:
        first, end = end, end + rows
        if end - starts[-1] > records and first > starts[-1]:
            starts.append(first)
        step = max(records, math.ceil(rows / _MOST_OF_GROUP))
        while end - starts[-1] > step:
            starts.append(starts[-1] + step)
    return joined([(at, at + 1, at) for at in starts], end)


@contextmanager
def _table(file: BinaryIO) -> Iterator[Any]:
    """The file as pyarrow opens it. It is read in pieces, never a whole column."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UnreadableError(
            "is Parquet, and pyarrow, which reads it, is not installed.",
            remedy='Install it: pip install "azstance[store]".',
        ) from None
    with _seekable(file) as whole:
        if not whole.seek(0, 2):
            raise UnreadableError("is empty.")
        try:
            table = parquet.ParquetFile(whole, buffer_size=1 << 16, pre_buffer=False)
        except (pyarrow.ArrowException, OSError, ValueError):
            raise UnreadableError(
                "is not valid Parquet: its table of contents cannot be read, as where a file "
                "was cut off",
                remedy=_REMEDY,
            ) from None
        yield table


@contextmanager
def _seekable(file: BinaryIO) -> Iterator[BinaryIO]:
    """The file itself, or a copy of what comes through a pipe: Parquet is read from its end."""
    if file.seekable():
        yield file
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(file, copy)
        yield cast("BinaryIO", copy)


def _columns(schema: Any, settings: ReadSettings) -> dict[str, str]:
    """The columns that can belong to an article, and the names of their fields.

    The configured text field is found in any case. Raises UnreadableError where there is none.
    """
    names = [name for name in schema.names if schema.names.count(name) == 1]
    exact = settings.text_field if settings.text_field in names else None
    key = settings.text_field.casefold()
    text = exact or next((name for name in names if name.strip().casefold() == key), None)
    if text is None:
        raise UnreadableError(
            f"there is no column {shown_value(settings.text_field)} for the text",
            remedy="Name it, as in --field text=body. "
            + suggestion(settings.text_field, names, "Columns"),
        )
    known = {name.casefold() for keys in field_names(settings).values() for name in keys}
    chosen = {text: settings.text_field}
    for name in names:
        wanted = name == settings.id_field or name.strip().casefold() in known
        if name != text and wanted and _is_plain(schema.field(name).type):
            chosen[name] = name
    return chosen


def _is_plain(kind: Any) -> bool:
    """Whether values of the type can be metadata: no structures, and no lists but of text."""
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    if types.is_list(kind) or types.is_large_list(kind):
        return bool(_is_text(kind.value_type))
    return bool(
        _is_text(kind)
        or types.is_integer(kind)
        or types.is_floating(kind)
        or types.is_date(kind)
        or types.is_timestamp(kind)
    )


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_string_view(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
    )


def _batches(
    table: Any, columns: list[str], start: int, stop: int
) -> Iterator[tuple[int, Any | UnreadableError]]:
    """The rows from `start` up to `stop`, a few at a time, each time with the number of the first.

    Row groups without any of them are not read. What is wrong with a group does not end the others.
    """
    import pyarrow

    at = 0
    for group in range(table.num_row_groups):
        rows = table.metadata.row_group(group).num_rows
        first, last = max(start - at, 0), min(stop - at, rows)
        if first < last:
            try:
                for row, batch in _of_group(table, group, columns, (first, last)):
                    yield at + row + 1, batch
            except (pyarrow.ArrowException, OSError, ValueError):
                what = f"is damaged: of the records {at + 1} to {at + rows} not all can be read"
                yield at + 1, UnreadableError(what, line=at + 1, remedy=_REMEDY)
        at += rows


def _of_group(
    table: Any, group: int, columns: list[str], rows: tuple[int, int]
) -> Iterator[tuple[int, Any]]:
    first, last = rows
    at = 0
    for batch in table.iter_batches(_ROWS, [group], columns, use_threads=False):
        end = at + batch.num_rows
        if end > first:
            skip = max(first - at, 0)
            yield at + skip, batch.slice(skip, min(last, end) - at - skip)
        at = end
        if at >= last:
            return


def _values(column: Any) -> list[Any]:
    """The values of a column in plain Python: texts as bytes, dates as ISO text, NaN as nothing."""
    from pyarrow import compute, large_binary, string, types

    if types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    if _is_text(kind):
        return cast("list[Any]", column.cast(large_binary()).to_pylist())
    if types.is_timestamp(kind):
        texts = compute.cast(_local(column), string()).to_pylist()
        return [text and text.replace(" ", "T", 1) for text in texts]
    if types.is_date(kind):
        return cast("list[Any]", column.cast(string()).to_pylist())
    if types.is_list(kind) or types.is_large_list(kind):
        return _lists(column)
    values = column.to_pylist() if _is_plain(kind) else [kind] * len(column)
    return [None if isinstance(v, float) and math.isnan(v) else v for v in values]


def _lists(column: Any) -> list[Any]:
    from pyarrow import large_binary, large_list

    rows = column.cast(large_list(large_binary())).to_pylist()
    return [row and [item for item in row if item is not None] for row in rows]


def _local(column: Any) -> Any:
    """Times as the clock showed them where they were taken down, without the zone."""
    from pyarrow import ArrowException, compute, timestamp

    if column.type.tz is None:
        return column
    try:
        return compute.local_timestamp(column)
    except ArrowException:  # a zone that is not known here: the time in Greenwich
        return column.cast(timestamp(column.type.unit, "UTC")).cast(timestamp(column.type.unit))


def _page(record: dict[str, Any], number: int, settings: ReadSettings) -> Page | UnreadableError:
    key = settings.text_field
    notes: tuple[str, ...] = ()
    try:
        if record[key] is None:
            raise UnreadableError(f"the field {shown_value(key)} is empty.")
        for name, value in record.items():
            if name != key and isinstance(value, bytes) and len(value) > settings.max_bytes:
                record[name] = None
                continue
            record[name], more = _text(value, settings)
            notes += more
    except UnreadableError as problem:
        what = f"record {number}: {problem.problem}"
        return UnreadableError(what, line=number, remedy=problem.remedy)
    page = page_of(record, settings, Place(number, number), tuple(dict.fromkeys(notes)))
    if isinstance(page, UnreadableError) and f"record {number}" not in page.problem:
        page.problem = f"record {number}: {page.problem}"
    return page


def _text(value: Any, settings: ReadSettings) -> tuple[Any, tuple[str, ...]]:
    """A value whose texts are decoded, and notes on that."""
    if isinstance(value, list):
        return [_text(item, settings)[0] for item in value], ()
    if not isinstance(value, bytes):
        return value, ()
    try:
        return value.decode("utf-8"), ()
    except UnicodeDecodeError:
        return decode(value, settings.encoding, only_utf8=settings.only_utf8)
