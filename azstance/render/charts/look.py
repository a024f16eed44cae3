"""What all charts share: how they look, and how a chart of altair becomes a spec with its rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from azstance.render import words
from azstance.render.clean import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import altair as alt

Row = dict[str, Any]
Spec = dict[str, Any]

ROWS = "rows"
"""Name of the dataset that a page may replace."""

_LETTER = 6.2  # pixels of a letter of a note, on an average
_NARROWEST = 440  # what a page gives a chart at least
FILE_WIDTH = 760
"""Pixels of a chart in a file."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is laid out.

    `frames`: all frames in the order of the codebook, whose positions give colours and shapes.
    `level`: that of the intervals, for the words of the chart. `width`: pixels, or None for a chart
    that is as wide as the element of a page that holds it.
    """

    frames: tuple[str, ...]
    level: float = 0.95
    width: int | None = None

    @property
    def names(self) -> list[str]:
        """The frames as they are shown."""
        return [plain(frame) for frame in self.frames]

    @property
    def interval(self) -> str:
        """ "95% intervals"."""
        return f"{words.level(self.level)} intervals"

    @property
    def room(self) -> Mapping[str, Any]:
        """The width of a chart of one view, and what gives way where it is too wide."""
        import altair as alt

        if self.width is None:
            fit = alt.AutoSizeParams(type="fit-x", contains="padding")
            return {"width": "container", "autosize": fit}
        return {"width": self.width}


def expression(value: object) -> str:
    """A value as a literal of Vega's expression language."""
    return json.dumps(value, ensure_ascii=True)


def signed_label(format: str, times: int = 1) -> str:
    """An expression for the labels of an axis: with a sign, but for zero."""
    return f"datum.value === 0 ? '0' : format(datum.value * {times}, '{format}')"


def largest(column: str, otherwise: float) -> str:
    """An expression: the largest value of a column of the rows, or another one where all are 0."""
    return f"(peek(extent(pluck(data('{ROWS}'), '{column}'))) || {otherwise})"


def smallest(column: str) -> str:
    """An expression: the smallest value of a column of the rows, or 0 where there is none."""
    return f"(extent(pluck(data('{ROWS}'), '{column}'))[0] || 0)"


def between(low: str, high: str, **more: Any) -> alt.Scale:
    """A scale between two expressions, which follow the rows."""
    import altair as alt

    return alt.Scale(domain=[alt.ExprRef(low), alt.ExprRef(high)], **more)


def position(look: Look) -> str:
    """An expression: where the frame of a row stands in the codebook, in two figures."""
    return f"pad(indexof({expression(look.names)}, datum.frame), 2, '0', 'left')"


def finished(chart: alt.TopLevelMixin, rows: Sequence[Row], **more: object) -> Spec:
    """The spec of a chart, checked against the schema of Vega-Lite, with its rows."""
    spec: Spec = chart.to_dict()
    spec.pop("config", None)  # altair's own theme: ours comes from `theme`
    return {**spec, "datasets": {**spec.get("datasets", {}), ROWS: list(rows)}, **more}


def titled(look: Look, text: str, *notes: str) -> Mapping[str, Any]:
    """A title with lines of notes below it, no line longer than the chart is wide."""
    most = int((look.width or _NARROWEST) / _LETTER)
    lines = [line for note in notes for line in wrap(note, most)]
    return {"text": wrap(text, int(most * 0.75)), "subtitle": lines}


def zero(channel: str) -> alt.Chart:
    """A line at zero of a channel, "x" or "y"."""
    import altair as alt

    origin = alt.Chart(alt.InlineData([{}])).mark_rule(style="quiet")
    line: alt.Chart = origin.encode(**{channel: alt.datum(0)})
    return line


def fitted(margin: int) -> Spec:
    """Says that the small charts of a spec take their width from a signal.

    A page sets `signal` to the width of its element less `margin` pixels.
    """
    return {"azstance": {"fit": {"signal": "child_width", "margin": margin}}}
