"""The chart of a comparison: differences of two units with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azstance.render.charts.look import (
    FILE_WIDTH,
    ROWS,
    Look,
    expression,
    finished,
    position,
    signed_label,
    titled,
    zero,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from azstance.render.charts.look import Row, Spec

_STEP = 26
_SIZE = 60
_GAP = 30
_MARGIN = 130  # pixels of the names and of the gap between the parts
_LIMIT = 0.05
_TELLING = f"isValid(datum.p_adjusted) && datum.p_adjusted < {_LIMIT}"
_WHOLE = signed_label("+.0f", times=100)
_TENTHS = signed_label("+.1~f")


def contrast_chart(rows: Sequence[Row], look: Look) -> Spec:
    """Diverging bars around zero with intervals: shares and stances, and the alignment below them.

    Columns of the rows (`contrast_rows` makes them): `pair` "002 less 003"; `frame`, "" for the
    alignment; `measure` "share", "stance" or "alignment"; `difference`, `low`, `high`, None where
    there is none; `n`; `p` and `p_adjusted` (Holm). Shares run from 0 to 1. Pairs are drawn below
    each other in the order given.
    """
    import altair as alt

    pairs = list(dict.fromkeys(row["pair"] for row in rows))
    half = ((look.width or FILE_WIDTH) - _MARGIN - _GAP) // 2
    share = _part("share", "share of sentences, in percentage points", _WHOLE, pairs, look)
    stance = _part("stance", "stance of the author", _TENTHS, pairs, look)
    alignment = _part("alignment", "alignment, in log-odds", _TENTHS, pairs, look)
    upper = alt.hconcat(share.properties(width=half), stance.properties(width=half), spacing=_GAP)
    chart = alt.vconcat(upper, alignment.properties(width=2 * half + _GAP), spacing=18).properties(
        title=titled(
            look,
            f"Differences: {pairs[0]}" if len(pairs) == 1 else "Differences",
            f"Right of zero the first one has more, left of zero the second; with {look.interval}",
            f"Strong bars with a disc: p after Holm's correction is below {_LIMIT:g}; pale bars "
            "with a ring: it is not",
        ),
        description=f"Differences of shares, stances and alignment with {look.interval}: bars to "
        "the right of zero where the first unit has more than the second, to the left where less.",
    )
    return finished(chart.resolve_scale(y="independent"), rows)


def _part(measure: str, title: str, ticks: str, pairs: Sequence[str], look: Look) -> Any:
    """The differences of one measure."""
    import altair as alt

    pair = f"pad(indexof({expression(pairs)}, datum.pair), 3, '0', 'left')"
    named = "'alignment'" if len(pairs) == 1 else "datum.pair"
    frame = f"{named}" if measure == "alignment" else "datum.frame"
    order = "''" if measure == "alignment" else position(look)
    rows = alt.Chart(alt.NamedData(ROWS)).transform_filter(f"datum.measure === '{measure}'")
    base = rows.transform_calculate(row=f"{pair} + {order} + '|' + {frame}").encode(
        y=_rows(measure), tooltip=_tooltip(".3f" if measure != "share" else ".1%")
    )
    axis = alt.Axis(title=f"difference of {title}", labelExpr=ticks, tickCount=6)
    x = alt.X("difference:Q", axis=axis, scale=alt.Scale(zero=True, nice=True))
    layers = [zero("x"), *_marks(base, x, look, plain=measure == "alignment"), _unknown(base)]
    if len(pairs) > 1 and measure != "alignment":
        layers.append(_headings(rows, pair, measure))
    return alt.layer(*layers).properties(height={"step": _STEP})


def _rows(measure: str) -> alt.Y:
    """The names of the rows; those of the stances are beside the shares, on the same lines."""
    import altair as alt

    label = "''" if measure == "stance" else "slice(datum.value, indexof(datum.value, '|') + 1)"
    axis = alt.Axis(labelExpr=label, ticks=False, domain=False, title=None, labelPadding=8)
    return alt.Y("row:N", sort="ascending", axis=axis)


def _tooltip(format: str) -> list[alt.Tooltip]:
    import altair as alt

    named = {"difference": "difference", "low": "from", "high": "to"}
    return [
        *(alt.Tooltip(f"{name}:N") for name in ("pair", "frame", "measure")),
        *(alt.Tooltip(f"{name}:Q", format=format, title=title) for name, title in named.items()),
        alt.Tooltip("p:Q", format=".3f"),
        alt.Tooltip("p_adjusted:Q", format=".3f", title="p after Holm"),
    ]


def _marks(base: alt.Chart, x: alt.X, look: Look, *, plain: bool) -> list[alt.Chart]:
    """Bar, interval and point; `plain` ones have no frame to take a colour from."""
    import altair as alt

    style: Any = {"style": "ink"} if plain else {}
    colour = alt.Color("frame:N", scale=alt.Scale(domain=look.names), legend=None)
    coloured = base if plain else base.encode(color=colour)
    strong = alt.condition(_TELLING, alt.value(0.5), alt.value(0.16))
    bar = coloured.mark_bar(height=13, **style).encode(x=x, opacity=strong)
    interval = coloured.mark_rule(strokeWidth=1.8, **style).encode(x=alt.X("low:Q"), x2="high:Q")
    point = coloured.mark_point(size=_SIZE, filled=True, opacity=1, **style).encode(x=x)
    hollow = alt.condition(_TELLING, alt.value(0), alt.value(1))
    ring = base.mark_circle(size=18, style="paper").encode(x=x, opacity=hollow)
    return [bar, interval, point, ring]


def _unknown(base: alt.Chart) -> alt.Chart:
    """What stands where a side has no figure."""
    import altair as alt

    none = base.transform_filter("!isValid(datum.difference)")
    text = none.mark_text(align="left", x=6, style="quiet")
    said: alt.Chart = text.encode(text=alt.value("no figure"))
    return said


def _headings(rows: alt.Chart, pair: str, measure: str) -> alt.Chart:
    """The name of each pair above its frames."""
    key = f"{pair} + '!|'"  # "!" is sorted before the figures of the frames
    chart = rows.transform_aggregate(groupby=["pair"]).transform_calculate(row=key)
    text = chart.mark_text(style="heading", align="left", x=0)
    headings: alt.Chart = text.encode(y=_rows(measure), text="pair:N")
    return headings
