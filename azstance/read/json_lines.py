"""JSON Lines: an object a line, read a line at a time, so that any size passes through."""

from __future__ import annotations

import codecs
import io
import json
from typing import TYPE_CHECKING, BinaryIO

from azstance.read.decode import decode
from azstance.read.page import Page, UnreadableError
from azstance.read.record import Place, page_of
from azstance.read.text import too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.read.settings import ReadSettings

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(file: BinaryIO, settings: ReadSettings) -> Iterator[Page | UnreadableError]:
    """The articles of a JSON Lines file; a line that cannot be read does not end the others."""
    number = 0
    any_line = False
    for line, raw in _rows(file, settings):
        if isinstance(raw, UnreadableError):
            any_line = True
            yield raw
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            any_line = True
            number += 1
            yield _page(raw, line, number, settings)
    if not any_line:
        raise UnreadableError("is empty.")


def _rows(file: BinaryIO, settings: ReadSettings) -> Iterator[tuple[int, bytes | UnreadableError]]:
    first = file.readline(settings.max_bytes + 1)
    if first.startswith(_UTF16):
        whole = first + file.read(settings.max_bytes + 1)
        if len(whole) > settings.max_bytes:
            raise too_large(settings)
        file = io.BytesIO(decode(whole)[0].encode("utf-8", "surrogatepass"))
        first = file.readline(settings.max_bytes + 1)
    line, raw = 1, first
    while raw:
        if len(raw) > settings.max_bytes:
            yield line, too_large(settings, line=line)
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(65536)
        else:
            yield line, raw
        line += 1
        raw = file.readline(settings.max_bytes + 1)


def _page(raw: bytes, line: int, number: int, settings: ReadSettings) -> Page | UnreadableError:
    try:
        text, notes = decode(raw.strip(), settings.encoding, only_utf8=settings.only_utf8)
        record = json.loads(text)
    except UnreadableError as problem:
        return UnreadableError(problem.problem, line=line, remedy=problem.remedy)
    except json.JSONDecodeError as problem:
        what = problem.msg[:1].lower() + problem.msg[1:]
        return UnreadableError(f"is not valid JSON: {what} at column {problem.colno}.", line=line)
    except (RecursionError, ValueError):
        return UnreadableError(
            "is not valid JSON: nested too deeply, or too long a number.", line=line
        )
    if not isinstance(record, dict):
        return UnreadableError(
            f"record {number} is not an object but {type(record).__name__}.", line=line
        )
    return page_of(record, settings, Place(number, line), notes)
