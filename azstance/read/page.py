"""What passes between the steps of reading: lines of a file, paragraphs, and a page of them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from azstance.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from azstance.records import Cut, Fact, Remark


class UnreadableError(ArticleError):
    """An input, or a part of it, that cannot be read; `line` is where, if that is known.

    `cause` and `failed` are those of `Skipped`.
    """

    def __init__(
        self,
        problem: str,
        *,
        line: int | None = None,
        remedy: str | None = None,
        cause: str = "unreadable",
        failed: bool = True,
    ) -> None:
        super().__init__(problem, remedy=remedy)
        self.line = line
        self.cause = cause
        self.failed = failed


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: its 1-based number and its repaired text, without the line end."""

    number: int
    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its text and, from offset 0 up, (offset, source line) of every line.

    `heading` and `item` (of a list) are set where the format says so.
    """

    text: str
    lines: tuple[tuple[int, int], ...]
    heading: bool = False
    item: bool = False

    @property
    def line(self) -> int:
        """Source line of the first character."""
        return self.lines[0][1]

    def part(self, start: int, end: int) -> Para:
        """The characters from `start` to `end`, without blanks at either end, with their lines."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        piece = piece.strip()
        first = bisect_right(self.lines, start, key=lambda entry: entry[0]) - 1
        lines = [(0, self.lines[max(first, 0)][1])]
        lines += [(at - start, n) for at, n in self.lines if start < at < start + len(piece)]
        return replace(self, text=piece, lines=tuple(lines))


@dataclass(frozen=True, slots=True)
class Page:
    """An article as its format gives it, before cleaning.

    `facts` is metadata by the name of its field in `SourceCard`; `cut` is what the format itself
    tells apart from the article (comments of a web page, images). `record` is the id of the
    record it comes from; `number` counts records in a file of several.
    """

    paras: tuple[Para, ...]
    facts: Mapping[str, Fact]
    cut: tuple[Cut, ...] = ()
    notes: tuple[str, ...] = ()
    record: str | None = None
    number: int = 1
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read, or "-". `named`: the user named it, not only a folder around it.

    `path` may be an address. `order` is its place among the files of the run, from 0 up. `size` in
    bytes and `changed`, some mark of the time, are filled in where they are known.
    """

    path: str
    suffix: str
    named: bool
    id: str = ""
    order: int = 0
    size: int | None = None
    changed: str = ""
