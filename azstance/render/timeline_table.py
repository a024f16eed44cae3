"""The timeline for people: sparklines on top, then a row per period with its interval drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from azstance.comparison_records import Measure
from azstance.render import timeline_words, words
from azstance.render.clean import plain
from azstance.render.console import plain_console
from azstance.render.draw import glyphs, scale
from azstance.render.layout import Sheet, columns_of, grid, heading, indented
from azstance.render.spark import axis, parts, sparkline
from azstance.timeline.records import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from azstance.records import Estimate
    from azstance.render.options import Options
    from azstance.render.timeline_words import Range
    from azstance.timeline.records import Event, Point, Series, Timeline

_EXTREMES = {Measure.SHARE: 28, Measure.STANCE: 33, Measure.ALIGNMENT: 33}
_FIGURE = {Measure.SHARE: 14, Measure.STANCE: 20, Measure.ALIGNMENT: 20}
_GAP = 2
_MOST_NAME = 16
_LEAST_SPARK = 12
_COUNT = 5
_MOST_LETTERS = 5
_SCALE = 33


@dataclass(frozen=True, slots=True)
class Signs:
    """The marks of change points, and whether there are blocks for sparklines."""

    up: str
    down: str
    blocks: bool


def timeline(timeline: Timeline, options: Options) -> Iterator[str]:
    """Chunks of the timeline, one a section, each ending with a line break."""
    console = options.console or plain_console(options.width)
    unicode = console.encoding.startswith("utf")
    signs = Signs("▲", "▼", True) if unicode else Signs("^", "v", False)
    sheet = Sheet(console, glyphs(console))
    shown = _Shown(timeline, sheet, signs)
    yield sheet.draw(shown.opening())
    if timeline.series:
        yield sheet.draw(shown.overview())
        yield sheet.draw(shown.changes())
        yield sheet.draw(shown.events())
        for series in timeline.series:
            yield sheet.draw(shown.series(series))
    yield sheet.draw(shown.closing())


class _Shown:
    """The sections of one timeline. All its series share one scale and one axis."""

    def __init__(self, timeline: Timeline, sheet: Sheet, signs: Signs) -> None:
        self._timeline = timeline
        self._sheet = sheet
        self._signs = signs
        self._range: Range = timeline_words.ranges(timeline)
        self._events: list[tuple[str, str, Event]] = timeline_words.lettered(timeline)
        names = [Text(timeline_words.frame(name)).cell_len for name in timeline.drawn]
        self._name_cells = min(_MOST_NAME, max([*names, 6]))

    def opening(self) -> Iterator[RenderableType]:
        """What was run, what is not in the picture, and what the marks and figures mean."""
        yield Text(timeline_words.run(self._timeline))
        for note in timeline_words.notes(self._timeline):
            yield Text(f"Note: {note}")
        if not self._timeline.series:
            return
        yield Text()
        signs, unit = self._signs, self._timeline.unit.value
        yield grid(
            (Text(name, "bold"), Text(meaning))
            for name, meaning in (
                timeline_words.meaning(self._timeline),
                ("sparkline", timeline_words.sparkline(self._timeline, blocks=signs.blocks)),
                timeline_words.change_legend(signs.up, signs.down, unit),
                (f"[{words.level(self._timeline.level)}]", timeline_words.INTERVAL),
                ("art., sent.", timeline_words.COUNTS),
            )
        )

    def overview(self) -> Iterator[RenderableType]:
        """Per source and frame a sparkline, with the change points and the events below it."""
        yield Text()
        periods = timeline_words.axis(self._timeline)
        yield heading(self._sheet, "Overview", timeline_words.between(periods[0], periods[-1]))
        rows = list(parts(periods, self._spark_room()))
        for number, series in enumerate(self._timeline.series):
            if number:
                yield Text()
            about = f"  {timeline_words.about(series)}"
            yield Text(timeline_words.source(series), "bold").append(about, "not bold")
            for part in rows:
                yield from self._sparklines(series, part, last=part is rows[-1])

    def _spark_room(self) -> int:
        room = self._sheet.width - self._name_cells - _GAP
        if self._sheet.narrow:
            return max(_LEAST_SPARK, room)
        return max(_LEAST_SPARK, room - _GAP - _EXTREMES[self._timeline.measure])

    def _sparklines(
        self, series: Series, periods: Sequence[str], *, last: bool
    ) -> Iterator[RenderableType]:
        """One row of periods for all frames; what the figures reach stands beside the last."""
        drawn = self._timeline.drawn
        yield self._row("", axis(periods))
        for name in drawn:
            known = dict(series.known(self._timeline.measure, name))
            values = [known[each].value if each in known else None for each in periods]
            reach = self._range
            line = sparkline(values, reach.low, reach.high, blocks=self._signs.blocks)
            said = timeline_words.extremes(self._timeline, series, name) if last else ""
            yield self._row(timeline_words.frame(name), line, "" if self._sheet.narrow else said)
            marks = self._marks(series, name, periods)
            if marks:
                yield self._row("", marks)
            if said and self._sheet.narrow:
                yield self._row("", said)
        happened = self._letters(periods)
        if happened:
            yield self._row("events", happened)

    def _row(self, name: str, line: str, said: str = "") -> Text:
        label = Text(name)
        label.truncate(self._name_cells, overflow="crop", pad=True)
        label.append(" " * _GAP).append(line)
        return label.append(f"{' ' * _GAP}{said}") if said else label

    def _marks(self, series: Series, name: str | None, periods: Sequence[str]) -> str:
        return "".join(self._mark(series, name, each) or " " for each in periods).rstrip()

    def _mark(self, series: Series, name: str | None, period: str) -> str:
        for change in series.found(self._timeline.measure, name):
            if change.period == period:
                return self._signs.up if change.after > change.before else self._signs.down
        return ""

    def _letters(self, periods: Sequence[str]) -> str:
        """The first event of each period; of several the mark of many."""
        line = ""
        for each in periods:
            found = timeline_words.letters(self._events, each)
            line += found if len(found) == 1 else (found and timeline_words.MANY_EVENTS) or " "
        return line.rstrip()

    def changes(self) -> Iterator[RenderableType]:
        """The change points in words."""
        yield Text()
        yield heading(self._sheet, "Change points")
        for line in timeline_words.changes(self._timeline):
            yield Text(line)

    def events(self) -> Iterator[RenderableType]:
        """What the letters stand for, and how many events have none."""
        outside = timeline_words.outside(self._timeline)
        if not self._events and not outside:
            return
        yield Text()
        yield heading(self._sheet, "Events")
        if self._events:
            yield grid(
                (Text(letter), Text(event.date), Text(_event(event)))
                for letter, _, event in self._events
            )
        if outside:
            yield Text(outside)

    def series(self, series: Series) -> Iterator[RenderableType]:
        """Per frame a row per period."""
        yield Text()
        yield heading(self._sheet, timeline_words.source(series), timeline_words.about(series))
        for number, name in enumerate(self._timeline.drawn):
            if number:
                yield Text()
            if series.known(self._timeline.measure, name):
                yield self._head(name)
                yield from self._points(series, name)
            else:
                yield Text(timeline_words.frame(name), "bold")
                yield indented(timeline_words.SILENT)

    def _head(self, name: str | None) -> RenderableType:
        title = Text(timeline_words.frame(name), "bold")
        if self._sheet.narrow:
            return title
        measured = f"{self._timeline.measure.value} [{words.level(self._timeline.level)}]"
        space = " " if self._timeline.measure is not Measure.SHARE else ""
        heads = (f"{'art.':>{_COUNT}}", f"{'sent.':>{_COUNT}}", f"{space}{measured}")
        return columns_of([[title, *(Text(head, "bold") for head in heads)]], self._widths()[:4])

    def _points(self, series: Series, name: str | None) -> Iterator[RenderableType]:
        for articles, points in groupby(series.points, key=lambda point: point.articles > 0):
            if not articles:
                yield indented(_nothing(list(points)))
            elif self._sheet.narrow:
                for point in points:
                    yield from self._stacked(series, point, name)
            else:
                rows = [self._columns(series, point, name) for point in points]
                yield columns_of(rows, self._widths())

    def _columns(self, series: Series, point: Point, name: str | None) -> list[Text]:
        figure = point.figure(self._timeline.measure, name)
        return [
            Text(f"  {point.period} {self._all_marks(series, point, name)}"),
            Text(f"{point.articles:>{_COUNT}}"),
            Text(f"{figure.n:>{_COUNT}}"),
            Text(timeline_words.estimate(self._timeline, figure)),
            self._interval(figure),
        ]

    def _widths(self) -> list[int | None]:
        """Of the columns: period and marks, articles, sentences, figure, and what is left."""
        marks = [len(timeline_words.letters(self._events, when)) for _, when, _ in self._events]
        period = 2 + (4 if self._timeline.unit is Unit.YEAR else 7)
        first = max(period + 2 + min(_MOST_LETTERS, max(marks, default=0)), self._name_cells)
        return [first, _COUNT, _COUNT, _FIGURE[self._timeline.measure], None]

    def _stacked(self, series: Series, point: Point, name: str | None) -> Iterator[RenderableType]:
        figure = point.figure(self._timeline.measure, name)
        label = f"{point.period} {self._all_marks(series, point, name)}".rstrip()
        sentences = words.counted(figure.n, "sentence")
        yield indented(f"{label}  {words.counted(point.articles, 'article')}, {sentences}")
        yield indented(timeline_words.estimate(self._timeline, figure).strip(), 4)
        if figure.value is not None:
            yield indented(self._interval(figure), 4)

    def _all_marks(self, series: Series, point: Point, name: str | None) -> str:
        letters = timeline_words.letters(self._events, point.period)
        return self._mark(series, name, point.period) + letters

    def _interval(self, figure: Estimate) -> Text:
        """The interval on a line, as long as there is room, between the ends of the scale."""
        if figure.value is None:
            return Text()
        low, high = (
            timeline_words.value(self._timeline, end)
            for end in (self._range.start, self._range.end)
        )
        fixed = sum(width + _GAP for width in self._widths() if width)
        room = self._sheet.width - (4 if self._sheet.narrow else fixed) - len(low) - len(high) - 2
        cells = max(5, min(_SCALE, room))
        cells -= cells % 2 == 0
        line = scale(figure, self._range.end, cells, self._sheet.marks, self._range.start)
        return Text(f"{low} ").append_text(line).append(f" {high}")

    def closing(self) -> Iterator[RenderableType]:
        """What was not scored."""
        for title, rows in words.not_scored(self._timeline.skipped):
            yield Text()
            yield heading(self._sheet, title)
            yield from (Text(f"{place}: {reason}") for place, reason in rows)


def _nothing(points: Sequence[Point]) -> str:
    """ "2020-03 to 2021-04  no article"."""
    return f"{timeline_words.between(points[0].period, points[-1].period)}  no article"


def _event(event: Event) -> str:
    name, note = plain(event.name), plain(event.note)
    return f"{name}: {note}" if note else name
