"""Plain text: one article a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from azstance.read.decode import decode, lines_of
from azstance.read.page import Line, Page, UnreadableError
from azstance.read.repair import Repairs, repair
from azstance.read.wrap import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.read.settings import ReadSettings


def read(file: BinaryIO, settings: ReadSettings) -> Iterator[Page]:
    """The one article of a text file."""
    text, notes = read_text(file, settings)
    lines, repairs = source_lines(text)
    yield Page(tuple(paragraphs(lines)), {}, notes=notes + repairs)


def read_text(file: BinaryIO, settings: ReadSettings) -> tuple[str, tuple[str, ...]]:
    """The decoded text of a file, and notes. Raises UnreadableError if too large or no text."""
    data = file.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise too_large(settings)
    if not data.strip(b" \t\r\n\x0b\x0c\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("is empty.")
    return decode(data, settings.encoding)


def too_large(settings: ReadSettings, *, line: int | None = None) -> UnreadableError:
    """The error for what is over the size limit."""
    what = "is" if line is None else "the record is"
    return UnreadableError(
        f"{what} larger than the limit of {settings.max_bytes:,} bytes",
        line=line,
        remedy="Raise max_bytes (AZSTANCE_MAX_BYTES) if it is an article all the same.",
    )


def source_lines(text: str, first: int = 1) -> tuple[list[Line], tuple[str, ...]]:
    """The repaired lines of a text, numbered from `first`, and notes on the repairs."""
    repairs = Repairs()
    lines = [
        Line(number, repair(line, number, repairs))
        for number, line in enumerate(lines_of(text), first)
    ]
    return lines, repairs.notes()
