"""What is done to text that others wrote before it may stand in the log of a CI job.

The Actions runner obeys `::command::` at the start of a line, behind blanks, and `##[command]`
anywhere in a line, whoever printed it. It compares as people read: characters that are not seen do
not keep it from finding either, which is why any row of non-ASCII characters is looked through.
"""

from __future__ import annotations

import re

from azstance.render.clean import path_text, plain
from azstance.render.excerpt import LONGEST

_ANYWHERE = re.compile(r"(#[^\x00-\x7f]*#)([^\x00-\x7f]*\[)")
_IN_JSON = re.compile(r"(#[^\x00-\x7f]*)#(?=[^\x00-\x7f]*\[)")
_AT_START = re.compile(r"^([^\x21-\x7e]*:)(?=[^\x00-\x7f]*:)")
_COLON = re.compile(r"[^\x21-\x7e]*:")
_ELLIPSIS = " …"
_WORD = 30
OPEN, CLOSE = "“", "”"


def shown(text: str) -> str:
    """`text` on one line without control characters, and without `##[`."""
    return _ANYWHERE.sub(r"\1 \2", plain(text))


def line_start(text: str) -> str:
    """`text` such that a line may start with it: a leading "::" becomes ": :"."""
    return _AT_START.sub(r"\1 ", text)


def shown_path(path: str) -> str:
    """A path such that a line may start with it, and a colon follow: ":x" is written as "./:x"."""
    text = shown(path_text(path))
    return f"./{text}" if _COLON.match(text) else text


def clipped(text: str, longest: int = LONGEST) -> str:
    """The first `longest` characters, cut at a blank if there is one near, with "…"."""
    if len(text) <= longest:
        return text
    end = text.rfind(" ", longest - _WORD, longest)
    return text[: end if end > 0 else longest] + _ELLIPSIS


def quoted(text: str) -> str:
    """An excerpt of article text in quotation marks, so that no line starts with its words."""
    return f"{OPEN}{shown(clipped(plain(text)))}{CLOSE}"


def json_safe(text: str) -> str:
    r"""JSON text with the same data, in which `##[` is written as `#\u0023[`.

    A "#" stands only inside of strings, and an escape never ends in one, so this changes no value.
    """
    return _IN_JSON.sub(r"\1\\u0023", text)
