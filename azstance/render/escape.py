"""Text of articles inside of Markdown: shown as it was written, and doing nothing.

Besides Markdown and HTML, GitHub acts on @mentions, #references, :emoji:, $formulas$ and bare URLs.
A backslash does not stop all of these, because they are looked for after it is resolved; a zero
width space behind their first character does. It is written as an entity, to be seen in the source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from azstance.render.clean import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BREAK = "&#8203;"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_SPECIAL = re.compile(
    r"""
    (?P<entity> [&<>$] )
    | (?P<broken> [@#] | : (?= // | [\w+-]+ : ) | www (?=\.) | \b GH (?=-\d)
        | ^ \s* \d+ (?= [.)] (?: \s | $ ) ) )         # a numbered list
    | (?P<escaped> [\\`*_{}\[\]~|] | ^ \s* [-+=] )   # a list or the line under a heading
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def escaped(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown, HTML or GitHub would act on."""
    return _SPECIAL.sub(_harmless, plain(text))


def _harmless(match: re.Match[str]) -> str:
    found = match.group()
    if match["entity"]:
        return _ENTITIES[found]
    return f"{found}{_BREAK}" if match["broken"] else f"{found[:-1]}\\{found[-1]}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """A table of cells that are Markdown already; the last `numbers` columns are right-aligned."""
    left = len(header) - numbers
    rule = ["---"] * left + ["---:"] * numbers
    return "".join(f"| {' | '.join(row)} |\n" for row in (header, rule, *rows))
