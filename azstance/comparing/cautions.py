"""Cautions: what makes the units of a comparison unlike, in plain sentences."""

from __future__ import annotations

import calendar
import re
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from azstance.comparison_records import Caution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from azstance.comparing.reprints import Reprint
    from azstance.comparison_records import Unit
    from azstance.records import Fact

FAR_APART_DAYS = 180
"""More days than this between two units, and the subject itself may have changed."""

MUCH_LONGER = 3.0
"""One unit's articles being more than this many times as long as another's is worth a word."""

MOST_REPRINTS = 3
"""So many pairs of reprints are named; the others are counted."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")


def cautions(units: Sequence[Unit], pairs: Sequence[Reprint]) -> tuple[Caution, ...]:
    """Reasons to read the comparison of `units` with care, in a fixed order.

    `pairs` are reprints among their articles; those of other articles are passed over.
    """
    return (
        *_single(units),
        *_unknown(units),
        *_genres(units),
        *_dates(units),
        *_lengths(units),
        *_reprints(units, pairs),
    )


def span(published: str) -> tuple[date, date] | None:
    """First and last day that an ISO date (a year, month or day) can mean; None if it is none."""
    match = _DATE.match(published.strip())
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last_day = day or calendar.monthrange(first.year, last_month)[1]
        return first, date(first.year, last_month, last_day)
    except ValueError:
        return None


def _single(units: Sequence[Unit]) -> Iterator[Caution]:
    alone = [unit.id for unit in units if len(unit.results) == 1]
    if alone:
        what = "is a single article" if len(alone) == 1 else "are single articles"
        yield Caution(
            "single",
            f"{_listed(alone)} {what}: the figures describe the text, not its outlet.",
        )


def _unknown(units: Sequence[Unit]) -> Iterator[Caution]:
    names = ("outlet", "date", "genre")
    for unit in units:
        cards = [result.article.card for result in unit.results]
        facts = [(card.outlet, card.published, card.genre) for card in cards]
        missing = [
            name for index, name in enumerate(names) if any(not _known(row[index]) for row in facts)
        ]
        if missing:
            count = sum(not all(map(_known, row)) for row in facts)
            whose = unit.id if len(facts) == 1 else f"{count} of {len(facts)} articles of {unit.id}"
            yield Caution(
                "unknown",
                f"Not known for {whose}: {_listed(missing)}. "
                "Whether like is compared with like cannot be told.",
            )


def _genres(units: Sequence[Unit]) -> Iterator[Caution]:
    found = {unit.id: _unit_genres(unit) for unit in units}
    known = {id: genres for id, genres in found.items() if genres}
    if len(set(known.values())) > 1:
        described = "; ".join(f"{id}: {_listed(genres)}" for id, genres in known.items())
        yield Caution(
            "genre",
            f"The units differ in genre ({described}): some genres argue more, others quote more.",
        )


def _unit_genres(unit: Unit) -> tuple[str, ...]:
    genres = (result.article.card.genre for result in unit.results)
    return tuple(
        sorted({" ".join(fact.value.split()).casefold() for fact in genres if fact} - {""})
    )


def _dates(units: Sequence[Unit]) -> Iterator[Caution]:
    spans = {unit.id: dates for unit in units if (dates := _unit_span(unit))}
    gaps = [
        (_gap(spans[left], spans[right]), left, right) for left, right in combinations(spans, 2)
    ]
    days, left, right = max(gaps, key=lambda gap: gap[0], default=(0, "", ""))
    if days > FAR_APART_DAYS:
        yield Caution(
            "dates",
            f"{left} and {right} were published {days} or more days apart: "
            "what differs may be the events, not the outlook.",
        )


def _unit_span(unit: Unit) -> tuple[date, date] | None:
    facts = (result.article.card.published for result in unit.results)
    spans = [found for fact in facts if fact and (found := span(fact.value))]
    if not spans:
        return None
    return min(first for first, _ in spans), max(last for _, last in spans)


def _gap(left: tuple[date, date], right: tuple[date, date]) -> int:
    """Days that certainly lie between two spans; 0 or less where they may meet."""
    return max((right[0] - left[1]).days, (left[0] - right[1]).days)


def _lengths(units: Sequence[Unit]) -> Iterator[Caution]:
    lengths = [
        (sum(len(result.sentences) for result in unit.results) / len(unit.results), unit.id)
        for unit in units
        if any(result.sentences for result in unit.results)
    ]
    if not lengths:
        return
    (short, shorter), (long, longer) = min(lengths), max(lengths)
    if long > MUCH_LONGER * short:
        yield Caution(
            "length",
            f"{longer} has {long:.0f} body sentences per article and {shorter} {short:.0f}: "
            "the intervals of the shorter are the wider ones.",
        )


def _reprints(units: Sequence[Unit], pairs: Sequence[Reprint]) -> Iterator[Caution]:
    owner = {result.article.id: unit.id for unit in units for result in unit.results}
    concerned = [pair for pair in pairs if pair.left in owner and pair.right in owner]
    for pair in concerned[:MOST_REPRINTS]:
        left, right = owner[pair.left], owner[pair.right]
        where = f", both of {left}," if left == right else ""
        yield Caution(
            "reprint",
            f"{pair.left} and {pair.right}{where} print the same text (word runs overlap by "
            f"{100 * pair.overlap:.0f}%): they are not independent of each other.",
        )
    more = len(concerned) - MOST_REPRINTS
    if more > 0:
        pairs_are = "pair of articles prints" if more == 1 else "pairs of articles print"
        yield Caution("reprint", f"{more} more {pairs_are} the same text.")


def _known(fact: Fact | None) -> bool:
    return fact is not None and bool(fact.value.strip())


def _listed(names: Sequence[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last
