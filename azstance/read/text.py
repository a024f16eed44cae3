"""Plain text: one article a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from azstance.read.decode import decode, lines_of
from azstance.read.page import Line, Page, Para, UnreadableError
from azstance.read.remarks import remarks_in, without_remarks
from azstance.read.repair import Repairs, repair
from azstance.read.wrap import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from azstance.read.settings import ReadSettings

_MOST_LINES = 200_000
_MOST_PARAS = 50_000
_MOST_CHARACTERS = 2_000_000


def read(file: BinaryIO, settings: ReadSettings) -> Iterator[Page]:
    """The one article of a text file."""
    text, notes = read_text(file, settings)
    remarks = remarks_in(article_lines(text)) if "<!--" in text else ()
    lines, repairs = source_lines(without_remarks(text))
    yield Page(tuple(paragraphs(lines)), {}, notes=notes + repairs, remarks=remarks)


def read_text(file: BinaryIO, settings: ReadSettings) -> tuple[str, tuple[str, ...]]:
    """The decoded text of a file, and notes. Raises UnreadableError if too large or no text."""
    data = file.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise too_large(settings)
    if not data.strip(b" \t\r\n\x0b\x0c\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("is empty.")
    return decode(data, settings.encoding, only_utf8=settings.only_utf8)


def too_large(settings: ReadSettings, *, line: int | None = None) -> UnreadableError:
    """The error for what is over the size limit."""
    what = "is" if line is None else "the record is"
    return UnreadableError(
        f"{what} larger than the limit of {settings.max_bytes:,} bytes",
        line=line,
        remedy="Raise max_bytes (AZSTANCE_MAX_BYTES) if it is an article all the same.",
    )


def article_lines(text: str) -> list[str]:
    """The lines of the text of one article. Raises UnreadableError where it is too long for one:
    cleaning would take longer than anybody waits."""
    if len(text) > _MOST_CHARACTERS:
        raise UnreadableError(
            f"has {len(text):,} characters, more than an article can have",
            remedy="Split it into articles.",
        )
    rows = lines_of(text)
    if len(rows) > _MOST_LINES:
        raise UnreadableError(
            f"has {len(rows):,} lines, more than an article can have",
            remedy="Split it into articles.",
        )
    return rows


def limit_paras(paras: Sequence[Para]) -> None:
    """Raises UnreadableError where there are more paragraphs than an article can have."""
    if len(paras) > _MOST_PARAS:
        raise UnreadableError(
            f"has {len(paras):,} paragraphs, more than an article can have",
            remedy="Split it into articles.",
        )


def source_lines(text: str, first: int = 1) -> tuple[list[Line], tuple[str, ...]]:
    """The repaired lines of a text, numbered from `first`, and notes on the repairs."""
    repairs = Repairs()
    lines = [
        Line(number, repair(line, number, repairs))
        for number, line in enumerate(article_lines(text), first)
    ]
    return lines, repairs.notes()
