"""Months and years: of a date in ISO 8601, the next one, and which of the two suits the dates."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from azstance.timeline.records import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from azstance.records import Article

MOST_MONTHS = 36
"""Where the dates span more months than this, years are shown unless months are asked for."""

COARSE = 0.1
"""The share of the dated articles that months may leave out because their date is a year."""

_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?(?![0-9])")


def published(article: Article) -> str:
    """When an article appeared, as month or else as year; "" where that is not known."""
    fact = article.card.published
    found = _DATE.match(fact.value.strip()) if fact else None
    return found.group() if found else ""


def period(date: str, unit: Unit) -> str:
    """The month or year of a date ("2024", "2024-08" or longer); "" where it is too coarse."""
    if unit == Unit.YEAR:
        return date[:4]
    return date[:7] if len(date) > 4 else ""


def place_of(date: str, unit: Unit) -> str:
    """The period at which an event of this date stands: of a year alone, its January.

    Every picture and every file goes by this. (Articles of a year alone are in no month.)
    """
    return period(date, unit) or f"{date}-01"


def best_unit(dates: Mapping[str, int] | Iterable[str]) -> Unit:
    """Month or year, for what `published` found: a date each, or how often each was found.

    Years where more than a share of `COARSE` of the dates have no month, which would be left out,
    or where the months are more than `MOST_MONTHS`.
    """
    counted = Counter(dates)
    del counted[""]
    months = {date: count for date, count in counted.items() if len(date) > 4}
    if sum(months.values()) < (1 - COARSE) * sum(counted.values()):
        return Unit.YEAR
    span = _number(max(months)) - _number(min(months)) + 1 if months else 0
    return Unit.YEAR if span > MOST_MONTHS else Unit.MONTH


def span(first: str, last: str) -> Iterator[str]:
    """All periods from `first` to `last`, both of one unit."""
    if len(first) == 4:
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
        return
    for number in range(_number(first), _number(last) + 1):
        yield f"{number // 12:04}-{number % 12 + 1:02}"


def _number(month: str) -> int:
    """Months since the year 0."""
    return 12 * int(month[:4]) + int(month[5:7]) - 1
