"""Metadata fields of records and front matter, to facts of the source card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from azstance.read.dates import published_date
from azstance.read.lists import read_words
from azstance.read.repair import Repairs, repair
from azstance.records import Fact

if TYPE_CHECKING:
    from azstance.read.settings import ReadSettings

_LONGEST = 500


def field_names(settings: ReadSettings) -> dict[str, tuple[str, ...]]:
    """For each field of the source card the keys that may hold it, the configured one first."""
    others = read_words()["fields"]
    chosen = {
        "title": settings.title_field,
        "outlet": settings.outlet_field,
        "author": settings.author_field,
        "published": settings.date_field,
        "genre": settings.genre_field,
        "url": settings.url_field,
    }
    return {name: (key, *others.get(name, ())) for name, key in chosen.items()}


def facts_of(
    record: Mapping[str, Any], settings: ReadSettings, origin: str
) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """Facts from a record's fields, and notes on values that were not understood.

    Only texts, numbers, dates and short lists of texts count: nested values come from a file
    that nobody vouches for, and are never expanded.
    """
    keys = {str(key).strip().casefold(): key for key in record}
    facts: dict[str, Fact] = {}
    notes: list[str] = []
    for name, candidates in field_names(settings).items():
        for candidate in candidates:
            key = keys.get(candidate.casefold())
            value = plain_value(record[key]) if key is not None else ""
            if not value:
                continue
            if name == "published":
                iso, wrong = published_date(value)
                if iso is None:
                    notes.append(f"{origin}, {candidate}: {wrong}")
                    continue
                value = iso
            facts[name] = Fact(value, f"{origin}, {candidate}")
            break
    return facts, tuple(notes)


def plain_value(value: Any) -> str:
    """A scalar, or a short list of texts, as one line of visible text; "" for anything else."""
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value[:10]):
        value = ", ".join(value[:10])
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)[:_LONGEST]
    return " ".join(repair(text, 0, Repairs()).split())
