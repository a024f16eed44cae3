"""Which reader reads which kind of file. A new format is a module with `read` and a line here."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from azstance.read.page import Page, UnreadableError
    from azstance.read.pieces import Piece
    from azstance.read.settings import ReadSettings

SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json_file",
    ".jsonl": "json_lines",
    ".csv": "csv_file",
    ".parquet": "parquet_file",
    ".warc": "warc_file",
    ".warc.gz": "warc_file",
}
# Files that hold many articles, each with an id of its own.
RECORDS = frozenset({".json", ".jsonl", ".csv", ".parquet", ".warc", ".warc.gz"})
_DOUBLE = tuple(suffix for suffix in SUFFIXES if suffix.count(".") > 1)
_OPTIONS = re.compile(r"(?<=\.)([A-Za-z]+)\?[a-z_]+=[^/]*$")


class Reader(Protocol):
    """What a format module's `read` does: pages of an open file, one at a time.

    It yields an UnreadableError for a record that cannot be read, and goes on; it raises one where
    the whole file cannot.
    """

    def __call__(self, file: BinaryIO, settings: ReadSettings) -> Iterator[Page | UnreadableError]:
        """Pages of `file`, one at a time."""
        ...


class Cutter(Protocol):
    """What `cut` does in the module of a format whose files can be read in pieces."""

    def __call__(self, file: BinaryIO, settings: ReadSettings, records: int) -> list[Piece]:
        """Pieces that are the whole of `file`, of about as many `records`; none: in one piece."""
        ...


class PieceReader(Protocol):
    """What `read` does in such a module."""

    def __call__(
        self, file: BinaryIO, settings: ReadSettings, piece: Piece
    ) -> Iterator[Page | UnreadableError]:
        """Pages of a piece of `file`, as they are in the whole."""
        ...


def suffix_of(path: str) -> str:
    """The suffix of a path in small letters, "" if it has none; that of an archive is double."""
    if "://" in path:
        path = _OPTIONS.sub(r"\1", path)
    name = PurePath(path).name.lower()
    double = next((end for end in _DOUBLE if name.endswith(end) and name != end), "")
    return double or PurePath(name).suffix


def stem_of(name: str) -> str:
    """The name of a file without its suffix."""
    double = suffix_of(name)
    return name[: -len(double)] if double in _DOUBLE else PurePath(name).stem


def reader_for(suffix: str) -> Reader:
    """The reader of a kind of file, loaded when first needed: some bring large libraries."""
    return cast("Reader", _module(suffix).read)


def cutter_for(suffix: str) -> Cutter | None:
    """What cuts a kind of file into pieces, None where it is always read as a whole."""
    return cast("Cutter | None", getattr(_module(suffix), "cut", None))


def piece_reader_for(suffix: str) -> PieceReader:
    """The reader of pieces of a kind of file that has a cutter."""
    return cast("PieceReader", _module(suffix).read)


def _module(suffix: str) -> ModuleType:
    return import_module(f"azstance.read.{SUFFIXES[suffix]}")
