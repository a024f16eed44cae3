"""Charts as files: the same bytes, whole or not at all, and nothing but text where text was."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from azstance.errors import ConfigError
from azstance.render import charts
from azstance.render.charts import drawing

from .build import CHARTS, cells, spec_of

HOSTILE = "<script>alert(1)</script> \"'&amp; {{x}} ${y} [b]"


def svg(spec: dict) -> str:
    return drawing.picture(spec, ".svg").decode("utf-8")


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_drawn_twice_with_the_same_bytes(chart: str) -> None:
    spec = spec_of(chart, ["Left Post", "Right Post"])
    assert drawing.picture(spec, ".svg") == drawing.picture(spec, ".svg")
    assert "Left Post" in svg(spec)


def test_png_is_one_and_the_same_each_time(tmp_path: Path) -> None:
    one, other = tmp_path / "one.png", tmp_path / "other.PNG"
    for path in (one, other):
        charts.draw(spec_of("contrasts", ["A less B"]), str(path))
    assert one.read_bytes() == other.read_bytes()
    head = one.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", head[16:20])[0] > 1000  # sharp enough for paper


@pytest.mark.parametrize("chart", CHARTS)
def test_hostile_names_are_text(chart: str) -> None:
    root = ElementTree.fromstring(svg(spec_of(chart, [HOSTILE, "Other"])))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {
        "svg",
        "g",
        "path",
        "text",
        "rect",
        "line",
        "defs",
        "clipPath",
        "style",
        "tspan",
    }
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    assert "<script>alert(1)</script>" in "".join(root.itertext())


def test_a_hostile_frame_is_text_and_not_an_expression() -> None:
    frames = ("'] + alert(1) + ['", 'a"b', "c\\", "</script>")
    rows = [{**row, "frame": frames[n % 4]} for n, row in enumerate(cells("A"))]
    drawn = svg(charts.frame_chart(rows, charts.Look(frames, 0.95, 500)))
    shown = "".join(ElementTree.fromstring(drawn).itertext())
    for frame in frames:
        assert frame in shown


def test_nothing_of_another_ending_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "chart.pdf"
    with pytest.raises(ConfigError, match=r"\.svg or \.png"):
        charts.draw(spec_of("frames", ["A"]), str(path))
    assert list(tmp_path.iterdir()) == []


def test_a_chart_that_cannot_be_drawn_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "chart.svg"
    path.write_text("before")
    with pytest.raises(ValueError, match="Vega"):
        charts.draw({"mark": 1}, str(path))
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_missing_libraries_are_said_before_any_work(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(drawing, "find_spec", lambda name: None if name == missing else known(name))
    with pytest.raises(ConfigError, match=r'pip install "azstance\[report\]"'):
        charts.check_picture("chart.svg")


def test_scripts_bring_their_licences_and_can_stand_in_a_page() -> None:
    text = charts.scripts()
    assert "University of Washington" in text[:2000]
    assert "</script" not in text.lower()
    assert "<!--" not in text
    assert 500_000 < len(text.encode()) < 1_500_000
