"""The chart of the alignment over time: one small chart a source, below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render import words
from azstance.render.charts.look import (
    FILE_WIDTH,
    ROWS,
    Look,
    between,
    finished,
    fitted,
    largest,
    signed_label,
    smallest,
    titled,
    zero,
)
from azstance.render.clean import plain
from azstance.timeline.periods import place_of
from azstance.timeline.records import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from azstance.render.charts.look import Row, Spec

_EVENTS = "events"
_HEIGHT = 104
_MARGIN = 70  # pixels of the vertical axis and the edges
_MOST_LISTED = 8
_LANES = 3
_STAGGER = 12  # pixels from a lane of the numbers of events to the next one

# A figure stands in the middle of its period, a new level at the beginning of one.
_MIDDLE = "toDate(datum.period + (length(datum.period) < 5 ? '-07-01' : '-15'))"
# An event stands at its day, or in the middle of its month. One of a year alone stands where
# `place_of` puts it: in the middle of the year among years, of January among months.
_DAY = (
    "toDate(datum.date + (length(datum.date) < 5 ? (monthly ? '-01-15' : '-07-01')"
    " : length(datum.date) < 8 ? '-15' : ''))"
)
_START = "toDate(datum.period + (length(datum.period) < 5 ? '-01-01' : '-01'))"
_PERIODS = f"sort(pluck(data('{ROWS}'), 'period'))"


def alignment_chart(rows: Sequence[Row], events: Sequence[Row], look: Look) -> Spec:
    """Alignment by period with its interval, a small chart a source, all on the same axes.

    Columns of the rows (`point_rows` makes them): `source`; `period` "2024" or "2024-08";
    `alignment`, `low`, `high` in log-odds, None where there is none; `n` sentences that it rests
    on; `articles` and `sentences` of the period; `change`, words about a new level that begins
    there, else "". `events` have `date` (ISO, a year, month or day), `name` and `note`; they are
    numbered in order of date, all of them. They are the dataset "events". The notes below the
    title list the first of those within the periods of the rows; where rows come later, a list
    beside the chart is referred to, which has to have these numbers.
    """
    import altair as alt

    numbered = _numbered(events)
    layers = (zero("y"), *_marked(numbered), *_changes(), *_figures())
    width = (look.width or FILE_WIDTH) - _MARGIN
    header = alt.Header(title=None, labelOrient="top", labelAnchor="start", labelFontWeight="bold")
    order = alt.EncodingSortField("place", op="min")  # as the rows come
    chart = (
        alt.layer(*layers, data=alt.NamedData(ROWS))
        .properties(width=width, height=_HEIGHT)
        .facet(row=alt.Row("source:N", header=header, sort=order), spacing=14)
        .transform_window(place="row_number()")
        .add_params(*_span())
        .properties(
            title=titled(
                look,
                "Alignment over time",
                f"Log-odds of closeness against distance, in the author's voice, with "
                f"{look.interval}",
                "A dashed line: from there on another level",
                *_listed(numbered, rows),
            ),
            description="The alignment of each source by period, with "
            f"{look.interval}; events and changes of level are marked.",
        )
    )
    spec = finished(chart, rows, usermeta=fitted(_MARGIN))
    spec["datasets"][_EVENTS] = numbered
    return spec


def _numbered(events: Sequence[Row]) -> list[Row]:
    ordered = sorted(events, key=lambda event: (event["date"], event["name"]))
    return [
        {
            "number": str(number),
            "lane": number % _LANES,
            "date": event["date"],
            "name": plain(event["name"]),
            "note": plain(event.get("note", "")),
        }
        for number, event in enumerate(ordered, 1)
    ]


def _listed(numbered: Sequence[Row], rows: Sequence[Row]) -> list[str]:
    """What the numbers stand for, and how many events are not in the picture."""
    if not numbered:
        return []
    if not rows:
        return ["A thin line with a number: the event of this number in the list of events"]
    shown = _within(numbered, rows)
    listed = [f"{each['number']}  {each['date']}  {each['name']}" for each in shown]
    more = len(listed) - _MOST_LISTED
    outside = len(numbered) - len(shown)
    verb = "lies" if outside == 1 else "lie"
    told = f"{words.counted(outside, 'event')} {verb} before or after these periods"
    return [
        *listed[:_MOST_LISTED],
        *([f"and {more} more"] if more > 0 else []),
        *([told] if outside else []),
    ]


def _within(numbered: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """The events at a period from the first to the last one of the rows."""
    periods = [row["period"] for row in rows]
    first, last = min(periods), max(periods)
    unit = Unit.YEAR if len(first) < 5 else Unit.MONTH
    return [each for each in numbered if first <= place_of(each["date"], unit) <= last]


def _span() -> list[alt.Parameter]:
    """The beginning of the first period, the end of the last one, and whether they are months."""
    import altair as alt

    first, last = f"{_PERIODS}[0]", f"peek({_PERIODS})"
    year = f"length({first}) < 5"
    begin = f"toDate({first} + ({year} ? '-01-01' : '-01'))"
    end = f"{year} ? utc(+{last} + 1, 0) : utc(+slice({last}, 0, 4), +slice({last}, 5))"
    some = f"length(data('{ROWS}'))"
    return [
        alt.param(name="begin", expr=f"{some} ? {begin} : 0"),
        alt.param(name="end", expr=f"{some} ? ({end}) : 1"),
        alt.param(name="monthly", expr=f"{some} ? !({year}) : true"),
    ]


def _x(field: str) -> alt.X:
    import altair as alt

    scale = between("begin", "end", type="utc", nice=False)
    axis = alt.Axis(title=None, labelOverlap=True, grid=True, tickCount=8)
    return alt.X(f"{field}:T", scale=scale, axis=axis)


def _marked(numbered: Sequence[Row]) -> list[alt.Chart]:
    """The events: thin lines with their numbers at the top."""
    import altair as alt

    if not numbered:
        return []
    base = alt.Chart(alt.NamedData(_EVENTS)).transform_calculate(at=_DAY)
    tooltip = [alt.Tooltip(f"{name}:N") for name in ("date", "name", "note")]
    base = base.encode(x=_x("at"), tooltip=tooltip)
    rule = base.mark_rule(style="quiet", strokeWidth=1, opacity=0.7, clip=True)
    return [rule, *(_number(base, lane) for lane in range(_LANES))]


def _number(base: alt.Chart, lane: int) -> alt.Chart:
    some = base.transform_filter(f"datum.lane === {lane}")
    height = lane * _STAGGER
    text = some.mark_text(
        align="left", baseline="top", dx=3, y=height, fontSize=10, style="quiet", clip=True
    )
    numbers: alt.Chart = text.encode(text="number:N")
    return numbers


def _changes() -> list[alt.Chart]:
    import altair as alt

    base = alt.Chart().transform_filter("datum.change").transform_calculate(at=_START)
    rule = base.mark_rule(strokeDash=[5, 4], strokeWidth=1.6, style="ink", clip=True)
    return [rule.encode(x=_x("at"), tooltip=[alt.Tooltip("period:N"), alt.Tooltip("change:N")])]


def _figures() -> list[alt.Chart]:
    import altair as alt

    base = alt.Chart().transform_calculate(at=_MIDDLE)
    axis = alt.Axis(title="distant ← → close", tickCount=4, labelExpr=signed_label("+~f"))
    scale = between(f"min(0, {smallest('low')})", f"max(0, {largest('high', 1)})", nice=True)
    y = alt.Y("alignment:Q", axis=axis, scale=scale)
    base = base.encode(
        x=_x("at"),
        tooltip=[
            alt.Tooltip("source:N"),
            alt.Tooltip("period:N"),
            alt.Tooltip("alignment:Q", format="+.2f"),
            alt.Tooltip("low:Q", format="+.2f", title="from"),
            alt.Tooltip("high:Q", format="+.2f", title="to"),
            alt.Tooltip("n:Q", title="sentences behind it"),
            alt.Tooltip("articles:Q"),
        ],
    )
    line = base.mark_line(strokeWidth=1, opacity=0.5, style="ink").encode(y=y)
    interval = base.mark_rule(strokeWidth=1.6, style="ink").encode(
        y=alt.Y("low:Q", axis=axis), y2="high:Q"
    )
    point = base.mark_circle(size=46, opacity=1, style="ink").encode(y=y)
    return [line, interval, point]
