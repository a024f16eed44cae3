"""The colours and shapes of all pictures, from palette.toml, and the look of a chart from them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one look, as "#rrggbb"; `frames` by position in the codebook."""

    paper: str
    ink: str
    quiet: str
    grid: str
    frames: tuple[str, ...]

    def frame(self, position: int) -> str:
        """The colour of the frame at a position of the codebook, counted from 0."""
        return self.frames[position % len(self.frames)]


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours, light and dark, and the shapes of points.

    `shapes` go by position in the codebook; after the last the first comes again, but not with the
    same colour, as there are fewer shapes. `voices` are (voice, shape), the author's first.
    """

    light: Colours
    dark: Colours
    shapes: tuple[str, ...]
    voices: tuple[tuple[str, str], ...]


@cache
def palette() -> Palette:
    """The palette of azstance."""
    text = (files("azstance.render.charts") / "palette.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Palette(
        light=_colours(data["light"]),
        dark=_colours(data["dark"]),
        shapes=tuple(data["shapes"]),
        voices=tuple(data["voices"].items()),
    )


def _colours(data: dict[str, Any]) -> Colours:
    return Colours(**{**data, "frames": tuple(data["frames"])})


def theme(dark: bool = False) -> dict[str, Any]:
    """A Vega-Lite config for a light or a dark page.

    The specs name no colours of their own: give this as `config` to vega-embed, and embed again
    with the other one where the page changes from light to dark. `draw` uses the light one.
    """
    chosen = palette()
    colours = chosen.dark if dark else chosen.light
    return {
        "background": colours.paper,
        "font": FONT,
        "range": {"category": list(colours.frames), "symbol": list(chosen.shapes)},
        "view": {"stroke": None},
        "axis": _axis(colours),
        "header": {"labelColor": colours.ink, "titleColor": colours.quiet, "labelFontSize": 13},
        "legend": _legend(colours),
        "title": _title(colours),
        "text": {"color": colours.ink, "fontSize": 12},
        "rule": {"color": colours.quiet},
        "style": {
            "paper": {"color": colours.paper},
            "ink": {"color": colours.ink},
            "quiet": {"color": colours.quiet},
            "heading": {"color": colours.ink, "fontSize": 13, "fontWeight": "bold"},
        },
    }


def _axis(colours: Colours) -> dict[str, Any]:
    return {
        "labelColor": colours.ink,
        "titleColor": colours.quiet,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "gridColor": colours.grid,
        "domainColor": colours.quiet,
        "tickColor": colours.quiet,
        "labelLimit": 220,
    }


def _legend(colours: Colours) -> dict[str, Any]:
    return {
        "labelColor": colours.ink,
        "titleColor": colours.quiet,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "symbolSize": 90,
        "symbolFillColor": colours.quiet,
        "symbolStrokeColor": colours.quiet,
        "orient": "top",
        "labelLimit": 260,
    }


def _title(colours: Colours) -> dict[str, Any]:
    return {
        "color": colours.ink,
        "subtitleColor": colours.quiet,
        "fontSize": 15,
        "subtitleFontSize": 12,
        "anchor": "start",
        "offset": 12,
        "subtitlePadding": 6,
    }
