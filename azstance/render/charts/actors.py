"""The chart of actors: who is named, next to which frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render.charts.look import ROWS, Look, between, finished, largest, position, titled
from azstance.render.charts.palette import palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from azstance.render.charts.look import Row, Spec

_LANE = 10  # pixels of one frame of one actor
_SIZE = 55


def actor_chart(rows: Sequence[Row], look: Look) -> Spec:
    """For each actor the share of the sentences naming it that carry each frame, with intervals.

    Columns of the rows (`actor_rows` makes them): `actor`, `frame`; `sentences` that name the one
    and carry the other, `of_actor` that name it at all; `share` with `low` and `high`, from 0 to 1;
    `n`, the same as `of_actor`. Actors named most often come first.
    """
    import altair as alt

    base = _base(look)
    chart = alt.layer(*_marks(base, look)).properties(
        **look.room,
        height={"step": _LANE, "for": "offset"},
        title=titled(
            look,
            "Who is named, next to which frame",
            f"Of the sentences naming an actor, those that carry the frame, with {look.interval}",
            "In brackets the number of sentences that name the actor",
        ),
        description="For each actor and frame, the share of the sentences naming the actor that "
        f"affirm or deny the frame, in any voice, with {look.interval}.",
    )
    return finished(chart, rows)


def _base(look: Look) -> alt.Chart:
    import altair as alt

    chart = alt.Chart(alt.NamedData(ROWS)).transform_calculate(
        who="datum.actor + ' (' + datum.of_actor + ')'",
        of="datum.sentences + ' of ' + datum.of_actor",
        lane=position(look),
    )
    order = alt.EncodingSortField("of_actor", op="max", order="descending")
    axis = alt.Axis(title=None, ticks=False, domain=False, labelPadding=8, grid=True)
    return chart.encode(
        y=alt.Y("who:N", sort=order, axis=axis, scale=alt.Scale(paddingInner=0.3)),
        yOffset=alt.YOffset("lane:N", sort="ascending", title=None),
        color=alt.Color("frame:N", scale=alt.Scale(domain=look.names), title=None),
        tooltip=[
            alt.Tooltip("actor:N"),
            alt.Tooltip("frame:N"),
            alt.Tooltip("share:Q", format=".1%"),
            alt.Tooltip("low:Q", format=".1%", title="from"),
            alt.Tooltip("high:Q", format=".1%", title="to"),
            alt.Tooltip("of:N", title="sentences"),
        ],
    )


def _marks(base: alt.Chart, look: Look) -> tuple[alt.Chart, alt.Chart]:
    import altair as alt

    axis = alt.Axis(
        title="share of the sentences that name the actor, in %",
        labelExpr="format(datum.value * 100, '.0f')",
        tickCount=6,
    )
    names, shapes = look.names, palette().shapes
    shape = alt.Scale(
        domain=names, range=[shapes[place % len(shapes)] for place in range(len(names))]
    )
    scale = between("0", largest("high", 0.1), nice=True)
    rules = base.mark_rule(strokeWidth=1.4).encode(
        x=alt.X("low:Q", axis=axis, scale=scale), x2="high:Q"
    )
    points = base.mark_point(size=_SIZE, filled=True, opacity=1).encode(
        x=alt.X("share:Q"), shape=alt.Shape("frame:N", scale=shape, title=None)
    )
    return rules, points
