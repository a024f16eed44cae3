"""Charts as Vega-Lite, for the report page and for files.

Each chart is a function from plain rows to a specification whose rows are a dataset named "rows",
so that a page can put others in their place:

    result = await vegaEmbed(element, spec, {ast: true, actions: false, config: theme})
    result.view.data("rows", filtered).resize().runAsync()

The functions of `azstance.render.charts.rows` make the rows. A spec names no colour of its own:
`theme` gives the config for a light or a dark page. Where `spec.usermeta.azstance.fit` is there,
the chart is one of several small ones and takes its width from a signal (see `look.fitted`); the
others fill the element that holds them.
"""

from __future__ import annotations

from azstance.render.charts.actors import actor_chart
from azstance.render.charts.alignment import alignment_chart
from azstance.render.charts.contrasts import contrast_chart
from azstance.render.charts.drawing import (
    ENDINGS,
    check_picture,
    draw,
    need_extra,
    picture,
    scripts,
)
from azstance.render.charts.frames import frame_chart
from azstance.render.charts.look import FILE_WIDTH, Look
from azstance.render.charts.palette import Colours, Palette, palette, theme
from azstance.render.charts.places import map_chart
from azstance.render.charts.rows import (
    actor_rows,
    cell_rows,
    contrast_rows,
    most_sentences,
    place_rows,
    point_rows,
)

__all__ = [
    "ENDINGS",
    "FILE_WIDTH",
    "Colours",
    "Look",
    "Palette",
    "actor_chart",
    "actor_rows",
    "alignment_chart",
    "cell_rows",
    "check_picture",
    "contrast_chart",
    "contrast_rows",
    "draw",
    "frame_chart",
    "map_chart",
    "most_sentences",
    "need_extra",
    "palette",
    "picture",
    "place_rows",
    "point_rows",
    "scripts",
    "theme",
]
