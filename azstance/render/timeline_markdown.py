"""A timeline in Markdown: sparklines on top, then a table per source with a row per period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render import timeline_words, words
from azstance.render.escape import escaped, table
from azstance.render.spark import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from azstance.render.options import Options
    from azstance.timeline.records import Event, Point, Series, Timeline

_UP, _DOWN = "▲", "▼"

Lettered = list[tuple[str, str, "Event"]]


def timeline(timeline: Timeline, options: Options) -> Iterator[str]:
    """Sections as in the table."""
    del options
    pair = " and ".join(escaped(actor) for actor in timeline.codebook.pair)
    yield f"# Framing of {pair} over time\n\n{escaped(timeline_words.run(timeline))}\n\n"
    for note in timeline_words.notes(timeline):
        yield f"**Note**: {escaped(note)}\n\n"
    if timeline.series:
        events = timeline_words.lettered(timeline)
        yield _legend(timeline)
        yield _overview(timeline)
        yield f"## Change points\n\n{_listed(timeline_words.changes(timeline))}\n"
        yield from _events(timeline, events)
        yield from (_series(timeline, series, events) for series in timeline.series)
    for heading, rows in words.not_scored(timeline.skipped):
        yield f"## {heading}\n\n{_listed(f'{place}: {reason}' for place, reason in rows)}\n"


def _listed(texts: Iterator[str]) -> str:
    return "".join(f"- {escaped(text)}\n" for text in texts)


def _legend(timeline: Timeline) -> str:
    rows = (
        timeline_words.meaning(timeline),
        ("sparkline", timeline_words.sparkline(timeline)),
        timeline_words.change_legend(_UP, _DOWN, timeline.unit.value),
        (f"[{words.level(timeline.level)}]", timeline_words.INTERVAL),
        ("articles, sentences", "all of the period, whether the figure is of them or not"),
    )
    return "".join(f"- **{name}**: {escaped(meaning)}\n" for name, meaning in rows) + "\n"


def _overview(timeline: Timeline) -> str:
    reach = timeline_words.ranges(timeline)
    periods = timeline_words.axis(timeline)
    rows = []
    for series in timeline.series:
        for name in timeline.drawn:
            known = dict(series.known(timeline.measure, name))
            values = [known[each].value if each in known else None for each in periods]
            drawn = sparkline(values, reach.low, reach.high)
            said = escaped(timeline_words.extremes(timeline, series, name))
            rows.append((escaped(timeline_words.source(series)), _frame(name), drawn, said))
    when = timeline_words.between(periods[0], periods[-1])
    header = ("source", timeline.measure.value, when, "")
    return f"## Overview\n\n{table(header, rows)}\n"


def _frame(name: str | None) -> str:
    return escaped(timeline_words.frame(name))


def _events(timeline: Timeline, events: Lettered) -> Iterator[str]:
    outside = timeline_words.outside(timeline)
    if not events and not outside:
        return
    rows = [
        (escaped(letter), escaped(event.date), escaped(event.name), escaped(event.note))
        for letter, _, event in events
    ]
    yield "## Events\n\n"
    if rows:
        yield f"{table(('', 'date', 'event', 'note'), rows)}\n"
    if outside:
        yield f"{escaped(outside)}\n\n"


def _series(timeline: Timeline, series: Series, events: Lettered) -> str:
    level = words.level(timeline.level)
    figures = [f"{_frame(name)} [{level}]" for name in timeline.drawn]
    marked = ["events"] if events else []
    header = (timeline.unit.value, *marked, "articles", "sentences", *figures)
    rows = [_row(timeline, series, point, events) for point in series.points]
    about = escaped(timeline_words.about(series))
    name = escaped(timeline_words.source(series))
    return f"## {name}\n\n{about}\n\n{table(header, rows, numbers=2 + len(figures))}\n"


def _row(timeline: Timeline, series: Series, point: Point, events: Lettered) -> Sequence[str]:
    marked = [escaped(timeline_words.letters(events, point.period))] if events else []
    figures = []
    for name in timeline.drawn:
        figure = point.figure(timeline.measure, name)
        text = timeline_words.estimate(timeline, figure).strip() if point.articles else ""
        rises = [
            change.after > change.before
            for change in series.found(timeline.measure, name)
            if change.period == point.period
        ]
        mark = (_UP if rises[0] else _DOWN) if rises else ""
        figures.append(words.joined(mark, escaped(text)))
    return (point.period, *marked, str(point.articles), str(point.sentences), *figures)
