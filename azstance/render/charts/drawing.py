"""Charts as files, and the scripts that draw them on a page. The only importer of vl_convert."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.errors import ConfigError
from azstance.render.charts.palette import theme

if TYPE_CHECKING:
    from azstance.render.charts.look import Spec

ENDINGS = (".svg", ".png")
"""How the file of a picture may end."""

_CLIP = re.compile(r'(<clipPath id="clip|clip-path="url\(#clip)(\d+)')
_SCALE = 2  # pixels of a .png to one of the chart: sharp in print and on a slide


def need_extra() -> None:
    """Raise ConfigError, with what to install, where the libraries of the charts are missing."""
    if find_spec("altair") is None or find_spec("vl_convert") is None:
        raise ConfigError(
            "charts need more libraries", remedy='Install them: pip install "azstance[report]"'
        )


def check_picture(path: str) -> None:
    """Say before any work that a picture cannot be drawn: another ending, missing libraries."""
    if Path(path).suffix.lower() not in ENDINGS:
        raise ConfigError(
            "a chart is written as .svg or .png",
            where=path or "--chart",
            remedy="Name a file that ends so, such as chart.svg.",
        )
    need_extra()


def picture(spec: Spec, ending: str) -> bytes:
    """A chart as an SVG or PNG image, in the light look: the same bytes for the same spec."""
    import vl_convert

    full = {**spec, "config": theme()}
    if ending.lower() == ".svg":
        drawn: str = vl_convert.vegalite_to_svg(full, allowed_base_urls=[])
        return _renumbered(drawn).encode("utf-8")
    image: bytes = vl_convert.vegalite_to_png(full, scale=_SCALE, allowed_base_urls=[])
    return image


def _renumbered(drawn: str) -> str:
    """The image with its clipping paths numbered from 0: elsewhere the numbers go on."""
    numbers: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        return f"{found[1]}{numbers.setdefault(found[2], len(numbers))}"

    return _CLIP.sub(numbered, drawn)


def draw(spec: Spec, path: str) -> None:
    """Draw a chart into a .svg or .png file, whole or not at all.

    Raises ConfigError for another ending, and for missing libraries.
    """
    check_picture(path)
    drawn = picture(spec, Path(path).suffix)
    part = Path(f"{path}.part")
    try:
        part.write_bytes(drawn)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@cache
def scripts() -> str:
    """Vega, Vega-Lite and vega-embed as one JavaScript that sets the global `vegaEmbed`.

    Their licences stand in a comment at its beginning. It can stand in a script element as it is.
    """
    import vl_convert

    licences = (files("azstance.render.charts") / "licences.txt").read_text(encoding="utf-8")
    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return f"/*!\n{licences}*/\n{bundle}"
