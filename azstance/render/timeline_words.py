"""A timeline in words: what table and Markdown say in the same way."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from azstance.comparison_records import Measure
from azstance.render import words
from azstance.render.clean import plain
from azstance.render.spark import BLOCKS, DIGITS, NOTHING, NOTHING_ASCII
from azstance.timeline.periods import place_of, span
from azstance.timeline.records import LEAST_PERIODS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from azstance.records import Estimate
    from azstance.timeline.records import Change, Event, Series, Timeline

ALL = "all sources"
ALIGNMENT = "alignment"
MIXED = (
    "All sources are taken together: a change may be one of who is among the articles, and not of "
    "what anybody writes."
)
MANY_EVENTS = "*"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEAST_ALIGNMENT = 4


@dataclass(frozen=True, slots=True)
class Range:
    """What the lowest and the highest mark of a sparkline stand for, and the ends of intervals."""

    low: float
    high: float
    start: float
    end: float


def ranges(timeline: Timeline) -> Range:
    """One scale for all series and frames that are drawn, so that they can be compared."""
    figures = [
        figure
        for series in timeline.series
        for frame in timeline.drawn
        for _, figure in series.known(timeline.measure, frame)
    ]
    if timeline.measure is Measure.STANCE:
        return Range(-1, 1, -1, 1)
    if timeline.measure is Measure.ALIGNMENT:
        from azstance.render.draw import bound  # brings rich with it, which Markdown needs not

        limit = bound(figures, _LEAST_ALIGNMENT)
        return Range(-limit, limit, -limit, limit)
    return Range(0, _tenths(each.value for each in figures), 0, _tenths(e.high for e in figures))


def _tenths(values: Iterator[float | None]) -> float:
    """The tenth of 1 that no value exceeds."""
    highest = max((value for value in values if value is not None), default=0.0)
    return max(1, ceil(round(10 * highest, 6))) / 10


def run(timeline: Timeline) -> str:
    """How much was scored, with what, and in which periods."""
    book, pipe = timeline.codebook, timeline.pipeline
    return (
        f"{words.counted(timeline.articles, 'article')} scored, per {timeline.unit.value}; "
        f"codebook {plain(book.name)} {plain(book.version)}, "
        f"pipeline {plain(pipe.name)} {plain(pipe.version)}, model {plain(pipe.model)}"
    )


def source(series: Series) -> str:
    """The name of a series."""
    return plain(series.source) or ALL


def frame(name: str | None) -> str:
    """What a row is of: a frame, or the alignment."""
    return ALIGNMENT if name is None else plain(name)


def about(series: Series) -> str:
    """How many articles a series has, and from when to when: "3 articles, 2023 to 2024"."""
    when = between(series.points[0].period, series.points[-1].period)
    return f"{words.counted(series.articles, 'article')}, {when}"


def between(first: str, last: str) -> str:
    """ "2023", "2023 to 2024"."""
    return first if first == last else f"{first} to {last}"


def value(timeline: Timeline, figure: float | None) -> str:
    """A figure without its interval: "24%", "+0.33"."""
    share = timeline.measure is Measure.SHARE
    return words.percent(figure) if share else words.signed(figure)


def estimate(timeline: Timeline, figure: Estimate) -> str:
    """A figure with its interval, aligned: " 24% [11, 35]"."""
    if timeline.measure is Measure.SHARE:
        shown = f"{words.percent(figure.value):>4}"
        return words.joined(shown, words.share_interval(figure))
    return words.joined(f"{words.signed(figure.value):>5}", words.signed_interval(figure))


def extremes(timeline: Timeline, series: Series, name: str | None) -> str:
    """The last figure and how far all of them reach: "last 24%, from 3% to 31%"."""
    known = [figure.value for _, figure in series.known(timeline.measure, name)]
    values = [each for each in known if each is not None]
    if not values:
        return words.MISSING
    last, low, high = (value(timeline, each) for each in (values[-1], min(values), max(values)))
    if len(values) == 1:
        return f"only {last}"
    return f"always {last}" if low == high else f"last {last}, from {low} to {high}"


def meaning(timeline: Timeline) -> tuple[str, str]:
    """The measure that is drawn, and what it is."""
    meanings = {
        Measure.SHARE: words.SHARE,
        Measure.STANCE: words.STANCE,
        Measure.ALIGNMENT: words.measured(timeline.codebook),
    }
    return timeline.measure.value, meanings[timeline.measure]


def sparkline(timeline: Timeline, *, blocks: bool = True) -> str:
    """What the marks of a sparkline stand for."""
    marks = BLOCKS if blocks else DIGITS
    reach = ranges(timeline)
    low, high = value(timeline, reach.low), value(timeline, reach.high)
    dot = NOTHING if blocks else NOTHING_ASCII
    return f"from {marks[0]} ({low}) to {marks[-1]} ({high}); {dot} no article, or no figure"


COUNTS = "how many articles, and how many sentences the figure is of"
SILENT = "nothing of it in the article's own voice"
INTERVAL = f"{words.INTERVAL}; few sentences make it wide"


def change_legend(up: str, down: str, unit: str) -> tuple[str, str]:
    """The marks of change points, and what they mean."""
    return f"{up} {down}", f"change point: from this {unit} on the level is higher, or lower"


def change(timeline: Timeline, series: Series, found: Change) -> str:
    """ "Axar.az, rift: from 2023-07 on 31%, before 12%"."""
    before, after = value(timeline, found.before), value(timeline, found.after)
    name = source(series)
    of = name if found.frame is None else f"{name}, {frame(found.frame)}"
    return f"{of}: from {found.period} on {after}, before {before}"


def changes(timeline: Timeline) -> Iterator[str]:
    """The change points of what is drawn, in words; or that there are none."""
    listed = [
        change(timeline, series, found)
        for series in timeline.series
        for name in timeline.drawn
        for found in series.found(timeline.measure, name)
    ]
    short = _short(timeline)
    looked = len(timeline.series) * len(timeline.drawn) > sum(map(len, short.values()))
    yield from listed or (["None was found."] if looked else [])
    if short:
        names = [_short_name(timeline, name, frames) for name, frames in short.items()]
        shown = "; ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
        unit = timeline.unit.value
        yield f"Not looked for, with fewer than {LEAST_PERIODS} {unit}s that have a figure: {shown}"


def _short(timeline: Timeline) -> dict[str, list[str]]:
    """The frames of each source whose series is too short to look for change points."""
    found: dict[str, list[str]] = {}
    for series in timeline.series:
        for name in timeline.drawn:
            if len(series.known(timeline.measure, name)) < LEAST_PERIODS:
                found.setdefault(source(series), []).append(frame(name))
    return found


def _short_name(timeline: Timeline, name: str, frames: list[str]) -> str:
    return name if len(frames) == len(timeline.drawn) else f"{name} ({', '.join(frames)})"


def axis(timeline: Timeline) -> list[str]:
    """All periods from the first of any series to the last of any."""
    named = [point.period for series in timeline.series for point in series.points]
    return list(span(min(named), max(named))) if named else []


def lettered(timeline: Timeline) -> list[tuple[str, str, Event]]:
    """The events within the periods that are drawn: (letter, period, event), by date.

    The period is that of `place_of`.
    """
    periods = axis(timeline)
    found: list[tuple[str, str, Event]] = []
    for event in timeline.events:
        when = place_of(event.date, timeline.unit)
        if periods and periods[0] <= when <= periods[-1]:
            letter = _LETTERS[len(found)] if len(found) < len(_LETTERS) else MANY_EVENTS
            found.append((letter, when, event))
    return found


def letters(events: Sequence[tuple[str, str, Event]], when: str) -> str:
    """The letters of the events of one period."""
    return "".join(dict.fromkeys(letter for letter, place, _ in events if place == when))


def event(found: Event) -> str:
    """ "2024-08-18 State visit of the President of Russia to Azerbaijan"."""
    return f"{found.date} {plain(found.name)}"


def outside(timeline: Timeline) -> str:
    """How many events lie before or after what is drawn; "" where none does."""
    count = len(timeline.events) - len(lettered(timeline))
    if not count or not timeline.series:
        return ""
    verb = "lies" if count == 1 else "lie"
    return f"{words.counted(count, 'more event')} {verb} before or after these {_units(timeline)}."


def _units(timeline: Timeline) -> str:
    return f"{timeline.unit.value}s"


def undated(timeline: Timeline) -> str:
    """How many articles are left out for want of a date, and what to do; "" where none is."""
    if not timeline.undated:
        return ""
    one = timeline.undated == 1
    text = f"{words.counted(timeline.undated, 'article')} {'has' if one else 'have'} no "
    text += f"{timeline.unit.value} and {'is' if one else 'are'} not in the picture"
    if timeline.year_only:
        text += f"; of {timeline.year_only} the year is known (--per year shows it)"
    return f"{text}."


def notes(timeline: Timeline) -> list[str]:
    """What has to be known of the picture."""
    empty = "" if timeline.series else f"No article has a {timeline.unit.value}: nothing is drawn."
    mixed = MIXED if timeline.by == "all" and timeline.series else ""
    return [note for note in (empty, undated(timeline), mixed) if note]
