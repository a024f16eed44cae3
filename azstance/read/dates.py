"""Dates as news pages write them, to ISO 8601. What can be read in two ways is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from azstance.read.lists import read_words

_YEAR_FIRST = re.compile(r"\b((?:19|20)\d\d)([-./])(\d{1,2})\2(\d{1,2})(?!\d)")
_DAY_MONTH_YEAR = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([A-Za-z]{3,9})\.?,?[\s-]+((?:19|20)\d\d)\b"
)
_MONTH_DAY_YEAR = re.compile(
    r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b"
)
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?![\d])")
_MONTH_YEAR = re.compile(r"^\s*([A-Za-z]{3,9})\.?,?\s+((?:19|20)\d\d)\s*$")
_ISO_PART = re.compile(r"^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?$")


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates found in a text, in ISO form, and the spellings that could mean two days."""

    found: tuple[str, ...]
    ambiguous: tuple[str, ...] = ()


@cache
def _months() -> dict[str, int]:
    names = read_words()["months"]["words"]
    short = {name[:size]: n for n, name in enumerate(names, 1) for size in range(3, len(name))}
    return short | {name: n for n, name in enumerate(names, 1)}


def dates_in(text: str) -> Dates:
    """All full dates in a text, in the order of the kinds of spelling and without doubles.

    With slashes or hyphens (03/04/2024) a date counts only if its day cannot be a month; with dots
    (03.04.2024) the day comes first, as wherever dates are written with dots.
    """
    found: list[str] = []
    unclear: list[str] = []
    for m in _YEAR_FIRST.finditer(text):
        _add(found, int(m[1]), int(m[3]), int(m[4]))
    for m in _DAY_MONTH_YEAR.finditer(text):
        _add(found, int(m[3]), _months().get(m[2].lower(), 0), int(m[1]))
    for m in _MONTH_DAY_YEAR.finditer(text):
        _add(found, int(m[3]), _months().get(m[1].lower(), 0), int(m[2]))
    for m in _NUMERIC.finditer(text):
        first, second, year = int(m[1]), int(m[3]), int(m[4])
        if m[2] == "." or first > 12 or first == second:
            _add(found, year, second, first)
        elif second > 12:
            _add(found, year, first, second)
        else:
            unclear.append(m.group())
    return Dates(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(unclear)))


_NOT_READ = 'the date "'


def is_about_a_date(note: str) -> bool:
    """Whether a note on an article is about a date that could not be read."""
    return _NOT_READ in note


def published_date(value: str) -> tuple[str | None, str]:
    """A metadata date in ISO form (day, month or year), or None and what is wrong with it."""
    value = value.strip()
    if _ISO_PART.match(value):
        return value, ""
    month = _MONTH_YEAR.match(value)
    if month and month[1].lower() in _months():
        return f"{month[2]}-{_months()[month[1].lower()]:02}", ""
    dates = dates_in(value)
    if len(dates.found) == 1 and not dates.ambiguous:
        return dates.found[0], ""
    if dates.ambiguous:
        return (
            None,
            f'{_NOT_READ}{dates.ambiguous[0]}" can be read in two ways; write it as 2024-03-31',
        )
    return (
        None,
        f'{_NOT_READ}{value[:40]}" is not understood; write it as 2024-03-31, 2024-03 or 2024',
    )


def _add(found: list[str], year: int, month: int, day: int) -> None:
    try:
        found.append(date(year, month, day).isoformat())
    except ValueError:
        return
