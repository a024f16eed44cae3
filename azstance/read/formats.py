"""Which reader reads which kind of file. A new format is a module with `read` and a line here."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.read.page import Page, UnreadableError
    from azstance.read.settings import ReadSettings

SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json_file",
    ".jsonl": "json_lines",
    ".csv": "csv_file",
}


class Reader(Protocol):
    """What a format module's `read` does: pages of an open file, one at a time.

    It yields an UnreadableError for a record that cannot be read, and goes on; it raises one where
    the whole file cannot.
    """

    def __call__(self, file: BinaryIO, settings: ReadSettings) -> Iterator[Page | UnreadableError]:
        """Pages of `file`, one at a time."""
        ...


def suffix_of(path: str) -> str:
    """The suffix of a path in small letters, "" if it has none."""
    return PurePath(path).suffix.lower()


def reader_for(suffix: str) -> Reader:
    """The reader of a kind of file, loaded when first needed: some bring large libraries."""
    module = import_module(f"azstance.read.{SUFFIXES[suffix]}")
    return cast("Reader", module.read)
