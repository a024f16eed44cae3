"""Article text is hostile data: what every renderer does to it before it is shown.

Nothing that came from an article, a file name or metadata reaches an output without one of the
two functions here. Each medium then adds its own quoting (CSV, Markdown) on top.
"""

from __future__ import annotations

import os
from functools import cache

_SPACE = " "
_MARK = "\N{REPLACEMENT CHARACTER}"

# Half-open ranges of code points that may move the cursor, reorder or hide what is read.
_CONTROLS = (
    (0x00, 0x20),  # C0, with ESC
    (0x7F, 0xA0),  # DEL and C1, with the one-byte CSI
    (0xAD, 0xAE),  # soft hyphen
    (0x061C, 0x061D),  # Arabic letter mark
    (0x180E, 0x180F),  # Mongolian vowel separator
    (0x200B, 0x200C),  # zero width space
    (0x200E, 0x2010),  # left-to-right and right-to-left marks
    (0x202A, 0x202F),  # bidirectional embeddings and overrides
    (0x2060, 0x2070),  # word joiner, invisible operators, isolates, deprecated controls
    (0xD800, 0xE000),  # lone surrogates, which UTF-8 has no form for
    (0xFEFF, 0xFF00),  # byte order mark
    (0xFFF9, 0xFFFC),  # interlinear annotation
    (0xFFFE, 0x10000),  # non-characters
    (0x1D173, 0x1D17B),  # invisible musical controls
    (0xE0000, 0xE0080),  # tags: a hidden copy of ASCII
)
_SPACES = (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)


@cache
def _tables() -> tuple[dict[int, str], dict[int, str]]:
    """The two translation tables: characters dropped, and characters replaced one for one."""
    spaces = dict.fromkeys(_SPACES, _SPACE)
    controls = [code for start, end in _CONTROLS for code in range(start, end)]
    drop = dict.fromkeys(controls, "") | spaces
    replace = dict.fromkeys(controls, _MARK) | spaces
    return drop, replace


def plain(text: str) -> str:
    """`text` without control, bidirectional and invisible characters, on one line.

    Line breaks and tabs become spaces. A surrogate (an undecodable byte of a file name) becomes
    U+FFFD, so that a name which lost a character does not look whole.
    """
    if text.isascii() and text.isprintable():
        return text
    drop, _ = _tables()
    return "".join(_MARK if "\ud800" <= c <= "\udfff" else c for c in text).translate(drop)


def aligned(text: str) -> str:
    """`text` with every such character replaced by exactly one, so that offsets stay true."""
    if text.isascii() and text.isprintable():
        return text
    _, replace = _tables()
    return text.translate(replace)


def path_text(path: str) -> str:
    """A path as it is written in every output: forward slashes, nothing hidden."""
    return plain(path.replace(os.sep, "/"))
