"""Specs: valid, with the rows they were given, with words that say what was measured."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pytest

from azstance.comparing.cells import Cell
from azstance.comparing.company import Company
from azstance.comparing.profile_map import Place, ProfileMap
from azstance.records import CodebookInfo, Estimate, PipelineInfo, Polarity, Voice
from azstance.render import charts
from azstance.timeline.records import Change, Measure, Point, Series, Timeline, Unit

from .build import CHARTS, EVENTS, FRAMES, LOOK, point, rows_of, spec_of

WIDE = charts.Look(FRAMES, 0.9)


def every(spec: Any, key: str) -> list[Any]:
    """The values of a key, wherever it stands in a spec, but for its rows."""
    if isinstance(spec, list):
        return [value for item in spec for value in every(item, key)]
    if not isinstance(spec, dict):
        return []
    here = [spec[key]] if key in spec else []
    return here + [v for k, value in spec.items() if k != "datasets" for v in every(value, key)]


@pytest.mark.parametrize("look", [LOOK, WIDE])
@pytest.mark.parametrize("chart", CHARTS)
def test_spec_is_valid_and_holds_its_rows_by_name(chart: str, look: charts.Look) -> None:
    spec = spec_of(chart, ["Left Post", "Right Post"], look)
    alt.Chart.from_dict(spec)  # raises where the schema of Vega-Lite is broken
    assert spec["datasets"]["rows"] == rows_of(chart, ["Left Post", "Right Post"])
    assert {"name": "rows"} in every(spec, "data")
    assert "config" not in spec
    assert json.loads(json.dumps(spec)) == spec


@pytest.mark.parametrize("chart", CHARTS)
def test_the_same_rows_give_the_same_spec(chart: str) -> None:
    assert spec_of(chart, ["Left Post"]) == spec_of(chart, ["Left Post"])


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_describes_itself_and_names_the_level(chart: str) -> None:
    spec = spec_of(chart, ["Left Post"])
    assert len(spec["description"]) > 60
    said = " ".join([*spec["title"]["text"], *spec["title"]["subtitle"]])
    if chart != "map":  # whose places have no intervals
        assert "90% intervals" in said
        assert "90% intervals" in spec["description"]
    assert "biased" not in said


@pytest.mark.parametrize("chart", ["frames", "map", "actors"])
def test_charts_of_one_view_fill_their_place_or_have_a_width(chart: str) -> None:
    assert spec_of(chart, ["A"], WIDE)["width"] == "container"
    assert spec_of(chart, ["A"], LOOK)["width"] == LOOK.width


def test_small_charts_say_which_signal_sets_their_width() -> None:
    fit = spec_of("alignment", ["A"])["usermeta"]["azstance"]["fit"]
    assert fit["signal"] == "child_width"
    assert spec_of("alignment", ["A"])["spec"]["width"] == LOOK.width - fit["margin"]


@pytest.mark.parametrize("chart", CHARTS)
def test_no_colour_is_named_outside_the_theme(chart: str) -> None:
    assert "#" not in json.dumps({**spec_of(chart, []), "$schema": ""})


@pytest.mark.parametrize("chart", [c for c in CHARTS if c != "alignment"])
def test_frames_have_the_colours_of_their_positions_whatever_is_shown(chart: str) -> None:
    domains = [colour["scale"]["domain"] for colour in every(spec_of(chart, ["A"]), "color")
               if isinstance(colour, dict) and "scale" in colour]  # fmt: skip
    assert domains
    assert all(domain == list(FRAMES) for domain in domains)


@pytest.mark.parametrize("chart", ["frames", "map", "actors"])
def test_shape_tells_apart_what_colour_does(chart: str) -> None:
    shapes = [shape["scale"]["range"] for shape in every(spec_of(chart, ["A"]), "shape")]
    assert shapes
    assert all(len(set(shape)) == len(shape) for shape in shapes)


def test_events_are_numbered_by_date_and_the_first_are_listed() -> None:
    many = [{"date": f"2020-01-{day:02}", "name": f"Day {day}"} for day in range(20, 0, -1)]
    spec = charts.alignment_chart([point("A", "2020-01", 0.5)], many, LOOK)
    events = spec["datasets"]["events"]
    assert [event["number"] for event in events] == [str(number) for number in range(1, 21)]
    assert events[0] == {
        "number": "1",
        "lane": 1,
        "date": "2020-01-01",
        "name": "Day 1",
        "note": "",
    }
    notes = spec["title"]["subtitle"]
    assert notes[-2:] == ["8  2020-01-08  Day 8", "and 12 more"]


@pytest.mark.parametrize(
    ("periods", "listed"),
    [
        (("2024-01", "2024-03"), ["2  2024  B", "3  2024-03-31  C",
                                  "2 events lie before or after these periods"]),
        (("2024-02", "2024-03"), ["3  2024-03-31  C",
                                  "3 events lie before or after these periods"]),
        (("2023", "2024"), ["1  2023-12-31  A", "2  2024  B", "3  2024-03-31  C",
                            "1 event lies before or after these periods"]),
        (("2019", "2020"), ["4 events lie before or after these periods"]),
        ((), ["A thin line with a number: the event of this number in the list of events"]),
    ],
)  # fmt: skip
def test_only_events_of_the_periods_are_listed(periods: tuple[str, ...], listed: list[str]) -> None:
    dates = {"A": "2023-12-31", "B": "2024", "C": "2024-03-31", "D": "2025-01-01"}
    events = [{"date": date, "name": name} for name, date in dates.items()]
    rows = [point("Left Post", period, 0.5) for period in periods]
    spec = charts.alignment_chart(rows, events, charts.Look(FRAMES, 0.9, 1400))
    notes = spec["title"]["subtitle"]
    assert notes[2:] == listed
    assert [each["number"] for each in spec["datasets"]["events"]] == ["1", "2", "3", "4"]


def test_without_events_there_is_no_layer_for_them() -> None:
    spec = charts.alignment_chart([], [], LOOK)
    assert {"name": "events"} not in every(spec, "data")
    assert {"name": "events"} in every(charts.alignment_chart([], EVENTS, LOOK), "data")


def test_the_map_says_how_much_it_shows() -> None:
    spec = spec_of("map", ["A"])
    assert "81% of the differences" in " ".join(spec["title"]["subtitle"])
    titles = [axis["title"] for axis in every(spec, "axis") if axis and "title" in axis]
    assert {"horizontal axis: 61% of the differences", "vertical axis: 20% of the differences"} <= {
        *titles
    }


def test_several_pairs_have_headings() -> None:
    assert spec_of("contrasts", ["A less B"])["title"]["text"] == ["Differences: A less B"]
    assert spec_of("contrasts", ["A less B", "A less C"])["title"]["text"] == ["Differences"]


SHARE = Estimate(0.25, 0.1, 0.4, 8)
ODD = "<b>\u202eA\x1b[2J"
CLEAN = "<b>A[2J"


def test_rows_of_cells_are_plain_and_clean() -> None:
    cell = Cell(ODD, "rift", Voice.ATTRIBUTED, Polarity.DENY, 2, SHARE)
    assert charts.cell_rows([cell]) == [
        {"source": CLEAN, "frame": "rift", "voice": "attributed", "polarity": "deny",
         "count": 2, "share": 0.25, "low": 0.1, "high": 0.4, "n": 8}
    ]  # fmt: skip


def test_rows_of_actors_are_those_named_most() -> None:
    found = [Company(actor, f, 1, 8, SHARE) for actor in (ODD, "B", "C") for f in ("x", "y")]
    rows = charts.actor_rows(found, most=2)
    assert [(row["actor"], row["frame"]) for row in rows] == [
        (CLEAN, "x"), (CLEAN, "y"), ("B", "x"), ("B", "y")
    ]  # fmt: skip


def test_rows_of_places() -> None:
    found = ProfileMap((Place("source", ODD, 1.0, 2.0, 3), Place("frame", "rift", 0.0, 0.5, 4,
                        Polarity.DENY)))  # fmt: skip
    first, second = charts.place_rows(found)
    assert first == {"kind": "source", "name": CLEAN, "polarity": "", "x": 1.0, "y": 2.0,
                     "sentences": 3}  # fmt: skip
    assert second["polarity"] == "deny"


def test_rows_of_a_timeline_say_what_changed() -> None:
    points = tuple(Point(f"202{n}", 1, 8, SHARE, (), ()) for n in (3, 4))
    changes = (
        Change("2024", Measure.ALIGNMENT, None, 0.5, -1.0),
        Change("2023", Measure.SHARE, "rift", 0.1, 0.2),
    )
    book = CodebookInfo("b", "1", "0", ("rift",), ("A", "B"))
    series = (Series("", points, changes), Series(ODD, points[:1], ()))
    line = Timeline(Unit.YEAR, series, (), 0, 0.95, book, PipelineInfo("p", "1"))
    rows = charts.point_rows(line)
    assert [(row["source"], row["period"], row["change"]) for row in rows] == [
        ("all sources", "2023", ""),
        ("all sources", "2024", "from +0.50 to -1.00"),
        (CLEAN, "2023", ""),
    ]
    assert rows[0]["alignment"] == 0.25


def test_the_sources_with_most_sentences_are_kept() -> None:
    rows = [{"source": name, "n": n} for name, n in (("A", 5), ("B", 9), ("C", 9), ("D", 5))]
    kept, left = charts.most_sentences(rows, 3)
    assert ([row["source"] for row in kept], left) == (["A", "B", "C"], 1)
    assert charts.most_sentences(rows, 4) == (rows, 0)
