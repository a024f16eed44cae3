"""A record (an object of JSON, a row of CSV or Parquet) to a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from azstance.read.metadata import facts_of, plain_value
from azstance.read.page import Line, Page, UnreadableError
from azstance.read.repair import Repairs, repair
from azstance.read.text import article_lines
from azstance.read.wrap import paragraphs
from azstance.tomlfile import shown_value, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from azstance.read.settings import ReadSettings


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is: its number in the file and the source line on which its text begins.

    With `spread` the text runs over source lines (CSV); in JSON it stands on one.
    """

    number: int
    line: int
    spread: bool = False


def page_of(
    record: Mapping[str, Any], settings: ReadSettings, place: Place, notes: tuple[str, ...] = ()
) -> Page | UnreadableError:
    """The article in a record, or what is wrong with it."""
    number, line = place.number, place.line
    key = settings.text_field
    value = record.get(key)
    if not isinstance(value, str):
        return _no_text(record, key, line, present=key in record)
    if not value.strip():
        return UnreadableError(
            f"record {number}: the field {shown_value(key)} is empty.", line=line
        )
    if len(value) > settings.max_bytes:
        problem = f"record {number} is larger than the limit of {settings.max_bytes:,} bytes"
        return UnreadableError(
            problem,
            line=line,
            remedy="Raise max_bytes (AZSTANCE_MAX_BYTES) if it is an article all the same.",
        )
    repairs = Repairs()
    try:
        rows = enumerate(article_lines(value))
    except UnreadableError as problem:
        return UnreadableError(f"record {number} {problem.problem}", line=line)
    lines = [(line + n if place.spread else line, row) for n, row in rows]
    text = [Line(n, repair(row, n, repairs)) for n, row in lines]
    facts, more = facts_of(record, settings, "record")
    name = plain_value(record.get(settings.id_field)) or None
    return Page(
        tuple(paragraphs(text)),
        facts,
        notes=notes + repairs.notes() + more,
        record=name,
        number=number,
    )


def _no_text(record: Mapping[str, Any], key: str, line: int, *, present: bool) -> UnreadableError:
    if present:
        kind = type(record[key]).__name__
        return UnreadableError(f"the field {shown_value(key)} is not a text but {kind}.", line=line)
    names = sorted(str(name) for name in record if name)[:20]
    return UnreadableError(
        f"there is no field {shown_value(key)} for the text",
        line=line,
        remedy=f"Name it, as in --field text=body. {suggestion(key, names, 'Fields')}",
    )
