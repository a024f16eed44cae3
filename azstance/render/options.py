"""What a renderer may be told about how to show a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

DEFAULT_WIDTH = 80
FRAMES, SENTENCES = "frames", "sentences"
"""What a row of a CSV file is of: a frame of an article or group, or a sentence."""


@dataclass(frozen=True, slots=True)
class Options:
    """`evidence` sentences are shown per frame and side (table and markdown).

    `console` is where a table is drawn: its width, colour and encoding. Without one, the table is
    plain text of `width` cells. The other formats look at neither. `rows` is for CSV.
    """

    evidence: int = 1
    width: int = DEFAULT_WIDTH
    console: Console | None = None
    rows: str = FRAMES
