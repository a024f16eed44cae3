"""Colours that stand out from the paper, and from each other for those who see fewer of them."""

from __future__ import annotations

from itertools import combinations

import pytest

from azstance.render.charts import Colours, palette, theme

LOOKS = {"light": palette().light, "dark": palette().dark}
FIRST = 4  # the frames of the codebook that comes along; beyond them shapes have to help

# How the three kinds of dichromats see linear red, green and blue: Viénot, Brettel and Mollon
# (1999) for the first two.
SEEN = {
    "protanopia": ((0.112, 0.888, 0.0), (0.112, 0.888, 0.0), (0.004, -0.004, 1.0)),
    "deuteranopia": ((0.293, 0.707, 0.0), (0.293, 0.707, 0.0), (-0.021, 0.021, 1.0)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of the Web Content Accessibility Guidelines."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIELAB of linear red, green and blue, under D65."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    found = []
    for row, reference in zip(rows, white, strict=True):
        value = max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0) / reference
        found.append(value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116)
    x, y, z = found
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, kind: str) -> float:
    """Distance in CIELAB of two colours as a dichromat sees them."""
    seen = []
    for colour in (one, other):
        rgb = linear(colour)
        seen.append(lab([sum(a * b for a, b in zip(row, rgb, strict=True)) for row in SEEN[kind]]))
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize("colours", LOOKS.values(), ids=LOOKS)
def test_marks_stand_out_from_the_paper(colours: Colours) -> None:
    for colour in colours.frames:
        assert contrast(colour, colours.paper) >= 3, colour
    assert contrast(colours.ink, colours.paper) >= 7
    assert contrast(colours.quiet, colours.paper) >= 4.5


@pytest.mark.parametrize("kind", SEEN)
@pytest.mark.parametrize("colours", LOOKS.values(), ids=LOOKS)
def test_the_first_frames_are_told_apart_by_dichromats(colours: Colours, kind: str) -> None:
    for one, other in combinations(colours.frames[:FIRST], 2):
        assert apart(one, other, kind) >= 15, (one, other)


def test_no_two_frames_have_both_colour_and_shape_alike() -> None:
    found = palette()
    assert len(set(found.shapes)) == len(found.shapes)
    for colours in LOOKS.values():
        assert len(set(colours.frames)) == len(colours.frames)
        pairs = [(colours.frame(n), found.shapes[n % len(found.shapes)]) for n in range(56)]
        assert len(set(pairs)) == len(pairs)
    assert [voice for voice, _ in found.voices] == ["author", "attributed"]


def test_after_the_last_colour_the_first_comes_again() -> None:
    colours = palette().light
    assert colours.frame(len(colours.frames)) == colours.frame(0)


@pytest.mark.parametrize("dark", [False, True])
def test_theme_has_the_colours_of_its_look(dark: bool) -> None:
    colours = palette().dark if dark else palette().light
    config = theme(dark)
    assert config["background"] == colours.paper
    assert config["range"]["category"] == list(colours.frames)
    assert config["font"].endswith("sans-serif")
