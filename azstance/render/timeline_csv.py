"""A timeline as CSV: a row per source, period and frame, and of periods without an article.

An event stands in all rows of its period; where no source has that period, in a row of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.comparison_records import Measure
from azstance.render import document
from azstance.render.as_csv import cell, figures, lines
from azstance.render.timeline_words import event, source
from azstance.timeline.periods import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.render.as_csv import Cell
    from azstance.render.options import Options
    from azstance.timeline.records import Point, Series, Timeline

COLUMNS = (
    *("source", "per", "period", "articles", "sentences", "frame"),
    *("share", "share_low", "share_high", "share_n", "share_change"),
    *("stance", "stance_low", "stance_high", "stance_n", "stance_change"),
    *("alignment", "alignment_low", "alignment_high", "alignment_n", "alignment_change"),
    "events",
)


def as_csv(timeline: Timeline, options: Options) -> Iterator[str]:
    """A header, then the rows of one source at a time, then the events that none of them has."""
    del options
    yield lines([COLUMNS])
    if not timeline.series:
        return
    for series in timeline.series:
        yield lines([row for point in series.points for row in _rows(timeline, series, point)])
    yield lines(_elsewhere(timeline))


def _rows(timeline: Timeline, series: Series, point: Point) -> Iterator[tuple[Cell, ...]]:
    left = (
        cell(source(series)),
        timeline.unit.value,
        point.period,
        point.articles,
        point.sentences,
    )
    happened = _events(timeline, point.period)
    for frame in timeline.frames:
        yield (
            *left,
            cell(frame),
            *_figure(series, point, Measure.SHARE, frame),
            *_figure(series, point, Measure.STANCE, frame),
            *_figure(series, point, Measure.ALIGNMENT, None),
            happened,
        )


def _figure(series: Series, point: Point, measure: Measure, frame: str | None) -> tuple[Cell, ...]:
    """A figure with its interval, and by how much the level changes from this period on."""
    changes = [c for c in series.found(measure, frame) if c.period == point.period]
    change = document.number(changes[0].after - changes[0].before) if changes else None
    return (*figures(point.figure(measure, frame)), change)


def _elsewhere(timeline: Timeline) -> list[tuple[Cell, ...]]:
    """A row per period that has events but no source: everything else in it is empty."""
    shown = {point.period for series in timeline.series for point in series.points}
    places = {place_of(each.date, timeline.unit) for each in timeline.events}
    between = (None,) * (len(COLUMNS) - 4)
    return [
        ("", timeline.unit.value, place, *between, _events(timeline, place))
        for place in sorted(places - shown)
    ]


def _events(timeline: Timeline, name: str) -> Cell:
    happened = (each for each in timeline.events if place_of(each.date, timeline.unit) == name)
    return cell("; ".join(map(event, happened)))
