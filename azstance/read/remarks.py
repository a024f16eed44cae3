"""Comments in an article's file that speak to azstance: `<!-- azstance: ignore[AZ301] reason -->`.

They are found on the raw lines of text and Markdown files, before anything is cleaned or joined.
Files of records and web pages have none: nobody edits those by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from azstance.records import Remark

# It stops at the next beginning of a comment: else each of a million would search for an end.
_REMARK = re.compile(r"<!--[ \t]{0,20}azstance[ \t]{0,20}:((?:(?!<!--).){0,1000}?)-->")


def remarks_in(rows: Sequence[str]) -> tuple[Remark, ...]:
    """The comments with the numbers of their lines, without the signs around them."""
    return tuple(
        Remark(number, found[1].strip())
        for number, row in enumerate(rows, 1)
        for found in _REMARK.finditer(row)
    )


def without_remarks(text: str) -> str:
    """The text without its comments; lines stay where they are."""
    return _REMARK.sub("", text) if "<!--" in text else text
