"""JSON: an object with a text field, or a list of such objects."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from azstance.read.decode import lines_of
from azstance.read.page import Page, UnreadableError
from azstance.read.record import Place, page_of
from azstance.read.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.read.settings import ReadSettings

_BLANK = re.compile(r"[ \t\n\r]*")
_BETWEEN = re.compile(r"[ \t\n\r]*,[ \t\n\r]*")


def read(file: BinaryIO, settings: ReadSettings) -> Iterator[Page | UnreadableError]:
    """The articles of a JSON file, each with the line on which its text stands."""
    decoded, notes = read_text(file, settings)
    text = "\n".join(lines_of(decoded))
    line, counted = 1, 0
    for number, (value, start, end) in enumerate(_records(text), 1):
        at = _text_at(text, settings.text_field, start, end)
        line, counted = line + text.count("\n", counted, at), at
        if isinstance(value, dict):
            yield page_of(value, settings, Place(number, line), notes)
        else:
            kind = type(value).__name__
            yield UnreadableError(f"record {number} is not an object but {kind}.", line=line)


def _records(text: str) -> Iterator[tuple[Any, int, int]]:
    """Each top-level object, its start and end. Raises UnreadableError at broken JSON."""
    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    many = text.startswith("[", at)
    if many:
        at = _skip(text, at + 1)
    while at < len(text) and not (many and text[at] == "]"):
        value, end = _decoded(decoder, text, at)
        yield value, at, end
        rest = _BETWEEN.match(text, end) if many else None
        at = rest.end() if rest else _skip(text, end)
        if not rest:
            break
    if many and text[at : at + 1] != "]":
        raise _broken("a list is not closed, or a comma is missing", text, at)
    if text[at + many :].strip():
        raise _broken("there is more after the end", text, at)


def _decoded(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Any, int]:
    try:
        return decoder.raw_decode(text, at)
    except json.JSONDecodeError as problem:
        raise _broken(problem.msg[:1].lower() + problem.msg[1:], text, problem.pos) from None
    except (RecursionError, ValueError):
        raise _broken("it is nested too deeply or holds too long a number", text, at) from None


def _broken(what: str, text: str, at: int) -> UnreadableError:
    return UnreadableError(
        f"is not valid JSON: {what}",
        line=text.count("\n", 0, at) + 1,
        remedy="A file with one object a line is called .jsonl." if "more after" in what else None,
    )


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _text_at(text: str, key: str, start: int, end: int) -> int:
    """Where the value of the text field begins; the start of the record if that cannot be told."""
    found = re.compile(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:\s*").search(
        text, start, end
    )
    return found.end() if found else start
