"""The map of sources by what they say of the frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azstance.render import words
from azstance.render.charts.look import ROWS, Look, between, finished, largest, titled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from azstance.render.charts.look import Row, Spec

_HEIGHT = 460
_MOST_LABELS = 30  # more names of sources would cover each other; the tooltips have them all
_MARGIN = 1.2  # how much longer an axis is than the places need, for their names
_X, _Y = (f"extent(pluck(data('{ROWS}'), '{name}'))" for name in "xy")
_SHAPES = {"affirm": "triangle-up", "deny": "triangle-down"}
_SIGNS = "(datum.polarity === 'deny' ? 'not ' : '') + datum.name"


def map_chart(rows: Sequence[Row], explained: tuple[float, float], look: Look) -> Spec:
    """Sources and claims in the plane of a correspondence analysis, both axes in the same unit.

    Columns of the rows (`place_rows` makes them): `kind` "source" or "frame"; `name`; `polarity`
    "affirm", "deny" or "" for a source; `x`, `y`; `sentences` in the author's voice. `explained`:
    shares of the inertia that the axes show.
    """
    import altair as alt

    base = alt.Chart(alt.NamedData(ROWS)).encode(
        x=_axis("x", explained[0]), y=_axis("y", explained[1])
    )
    layers = (*_cross(), _sources(base), _claims(base, look), *_names(base))
    chart = (
        alt.layer(*layers)
        .add_params(*_window())
        .properties(
            **look.room,
            height=_HEIGHT,
            title=titled(
                look,
                "Which sources say alike of the frames",
                "Correspondence analysis of the authors' own sentences; both axes together show "
                f"{words.percent(sum(explained))} of the differences (inertia)",
                "Circles: sources, larger with more sentences. Triangles: what is said of a frame, "
                "pointing up where it is affirmed, down where denied",
            ),
            description="A map of sources. Sources that affirm and deny the same frames in the "
            "same proportions lie close to each other, and on the side of the claims that they "
            "make more often than others.",
        )
    )
    return finished(chart, rows)


def _window() -> list[alt.Parameter]:
    """The middle of the places, and how much of the plane a pixel is: the same both ways."""
    import altair as alt

    needed = [
        f"span({extent}) * {_MARGIN} / {size}" for extent, size in ((_X, "width"), (_Y, "height"))
    ]
    return [
        alt.param(name="unit", expr=f"max({needed[0]} || 0, {needed[1]} || 0, 1e-6)"),
        alt.param(name="middle_x", expr=f"({_X}[0] + {_X}[1]) / 2 || 0"),
        alt.param(name="middle_y", expr=f"({_Y}[0] + {_Y}[1]) / 2 || 0"),
    ]


def _axis(name: str, share: float) -> Any:
    import altair as alt

    half = f"unit * {'width' if name == 'x' else 'height'} / 2"
    scale = between(f"middle_{name} - {half}", f"middle_{name} + {half}", nice=False, zero=False)
    along = "horizontal" if name == "x" else "vertical"
    axis = alt.Axis(title=f"{along} axis: {words.percent(share)} of the differences", tickCount=5)
    channel = alt.X if name == "x" else alt.Y
    return channel(f"{name}:Q", scale=scale, axis=axis)


def _cross() -> list[alt.Chart]:
    import altair as alt

    origin = alt.Chart(alt.InlineData([{}])).mark_rule(style="quiet", opacity=0.6)
    return [origin.encode(x=alt.datum(0)), origin.encode(y=alt.datum(0))]


def _tooltip(*names: str) -> list[alt.Tooltip]:
    import altair as alt

    sentences = alt.Tooltip("sentences:Q", title="sentences in the author's voice")
    return [*(alt.Tooltip(f"{name}:N") for name in names), sentences]


def _sources(base: alt.Chart) -> alt.Chart:
    import altair as alt

    scale = between("0", largest("sentences", 1), type="sqrt", range=[20, 320])
    size = alt.Size("sentences:Q", scale=scale, legend=None)
    marks = base.transform_filter("datum.kind === 'source'").mark_circle(style="quiet", opacity=0.6)
    circles: alt.Chart = marks.encode(size=size, tooltip=_tooltip("name"))
    return circles


def _claims(base: alt.Chart, look: Look) -> alt.Chart:
    import altair as alt

    shape = alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
    marks = base.transform_filter("datum.kind === 'frame'")
    triangles: alt.Chart = marks.mark_point(size=120, filled=True, opacity=1).encode(
        color=alt.Color("name:N", scale=alt.Scale(domain=look.names), legend=None),
        shape=alt.Shape("polarity:N", scale=shape, legend=None),
        tooltip=_tooltip("name", "polarity"),
    )
    return triangles


def _names(base: alt.Chart) -> list[alt.Chart]:
    import altair as alt

    order: Any = [alt.SortField("sentences", order="descending"), alt.SortField("name")]
    sources = base.transform_filter("datum.kind === 'source'").transform_window(
        rank="row_number()", sort=order
    )
    # Above and below in turn, so that two neighbours do not write over each other.
    above, below = (
        sources.transform_filter(f"datum.rank <= {_MOST_LABELS} && datum.rank % 2 === {turn}")
        .mark_text(dy=dy, limit=160)
        .encode(text="name:N")
        for turn, dy in ((1, -14), (0, 16))
    )
    claims = base.transform_filter("datum.kind === 'frame'").transform_calculate(said=_SIGNS)
    return [
        above,
        below,
        claims.mark_text(dy=16, style="heading", fontSize=12).encode(text="said:N"),
    ]
