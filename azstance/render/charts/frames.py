"""The chart of frames: what each source affirms and denies, and what it lets others say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azstance.render.charts.look import (
    ROWS,
    Look,
    between,
    expression,
    finished,
    largest,
    position,
    titled,
    zero,
)
from azstance.render.charts.palette import palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from azstance.render.charts.look import Row, Spec

_LANE = 13  # pixels of one voice of one source
_SIZE = 60
_VOICES = ["author", "attributed"]
_SEEN = "datum.count > 0"
_SPOKEN = "datum.value === 'author' ? \"the author's own voice\" : 'attributed to others'"


def frame_chart(rows: Sequence[Row], look: Look, note: str = "") -> Spec:
    """Sources below each other, frame by frame: denied to the left of zero, affirmed to the right.

    Columns of the rows (`cell_rows` makes them): `source`, `frame`; `voice` "author" or
    "attributed"; `polarity` "affirm" or "deny"; `count` of sentences; `share` of body sentences
    with its `low` and `high`, all from 0 to 1; `n`, the body sentences. The author's voice is
    filled, with a solid interval, what is attributed to others hollow, with a dashed one. Where no
    sentence was found there is only the interval, faintly. `note` is one more line of the title.
    """
    import altair as alt

    base = _base(look)
    layers = (zero("x"), _intervals(base), *_points(base, look), _headings(look))
    chart = alt.layer(*layers).properties(
        **look.room,
        height={"step": _LANE, "for": "offset"},
        title=titled(
            look,
            "What the sources say of each frame",
            f"Share of body sentences that deny or affirm it, with {look.interval}",
            note,
        ),
        description="For each frame and source the share of sentences that deny it, to the left of "
        "zero, and that affirm it, to the right, in the author's voice and attributed to others, "
        f"with {look.interval}.",
    )
    return finished(chart, rows)


def _base(look: Look) -> alt.Chart:
    """Rows of sources below frames; lanes of voices within a row."""
    import altair as alt

    sign = "(datum.polarity === 'deny' ? -1 : 1)"
    chart = alt.Chart(alt.NamedData(ROWS)).transform_calculate(
        row=f"{position(look)} + '|' + datum.source",
        value=f"{sign} * datum.share",
        near=f"{sign} * datum.low",
        far=f"{sign} * datum.high",
        of="datum.count + ' of ' + datum.n",
    )
    base: alt.Chart = chart.encode(
        y=_rows(),
        yOffset=_lanes(),
        tooltip=_tooltip(),
    )
    return base


def _lanes() -> alt.YOffset:
    import altair as alt

    return alt.YOffset("voice:N", scale=alt.Scale(domain=_VOICES), title=None)


def _rows() -> alt.Y:
    import altair as alt

    axis = alt.Axis(
        labelExpr="slice(datum.value, 3)", ticks=False, domain=False, title=None, labelPadding=8
    )
    return alt.Y("row:N", sort="ascending", axis=axis, scale=alt.Scale(paddingInner=0.25))


def _shares() -> dict[str, Any]:
    import altair as alt

    axis = alt.Axis(
        title="←  denied   |    share of sentences in %    |   affirmed  →",
        labelExpr="format(abs(datum.value) * 100, '.0f')",
        tickCount=7,
    )
    most = largest("high", 0.1)
    return {"axis": axis, "scale": between(f"-{most}", most, nice=True)}


def _tooltip() -> list[alt.Tooltip]:
    import altair as alt

    return [
        alt.Tooltip("source:N"),
        alt.Tooltip("frame:N"),
        alt.Tooltip("polarity:N", title="claim"),
        alt.Tooltip("voice:N"),
        alt.Tooltip("share:Q", format=".1%"),
        alt.Tooltip("low:Q", format=".1%", title="from"),
        alt.Tooltip("high:Q", format=".1%", title="to"),
        alt.Tooltip("of:N", title="sentences"),
    ]


def _intervals(base: alt.Chart) -> alt.Chart:
    import altair as alt

    own = "datum.voice === 'author'"
    rules: alt.Chart = base.mark_rule(strokeWidth=1.6).encode(
        x=alt.X("near:Q", **_shares()),
        x2="far:Q",
        color=alt.Color("frame:N", legend=None),
        strokeDash=alt.condition(own, alt.value([1, 0]), alt.value([3, 2])),
        opacity=alt.condition(_SEEN, alt.value(1), alt.value(0.3)),
    )
    return rules


def _points(base: alt.Chart, look: Look) -> tuple[alt.Chart, alt.Chart]:
    """Discs and rings, on paper, so that no interval shows through a ring."""
    import altair as alt

    seen = base.transform_filter(_SEEN).encode(x=alt.X("value:Q"))
    paper = seen.mark_circle(size=_SIZE, style="paper", opacity=1, tooltip=None)
    voices = dict(palette().voices)
    shape = alt.Scale(domain=list(voices), range=list(voices.values()))
    dots = seen.mark_point(size=_SIZE, filled=True, opacity=1).encode(
        color=alt.Color("frame:N", scale=alt.Scale(domain=look.names), legend=None),
        shape=alt.Shape("voice:N", scale=shape, legend=alt.Legend(title=None, labelExpr=_SPOKEN)),
    )
    return paper, dots


def _headings(look: Look) -> alt.Chart:
    """The name of each frame above its sources."""
    import altair as alt

    chart = alt.Chart(alt.NamedData(ROWS)).transform_aggregate(groupby=["frame"])
    lower = expression(_VOICES[-1])
    chart = chart.transform_calculate(row=f"{position(look)} + '|'", voice=lower)
    text = chart.mark_text(style="heading", align="left", x=0)
    headings: alt.Chart = text.encode(y=_rows(), yOffset=_lanes(), text="frame:N")
    return headings
