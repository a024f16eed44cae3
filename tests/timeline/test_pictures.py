"""Sparklines, axes, words and letters: the small parts of a picture."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from score.build import SCALE, SETTINGS, repeated, result

from azstance.records import Estimate
from azstance.render import render, timeline_words, write
from azstance.render.draw import Glyphs, scale
from azstance.render.spark import BLOCKS, axis, parts, sparkline
from azstance.render.timeline_csv import COLUMNS
from azstance.timeline.build import timeline
from azstance.timeline.periods import place_of, span
from azstance.timeline.records import Event, Measure, Timeline, Unit, Wanted

from .sample import make, report

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ((), ""),
        ((0, 0.5, 1), "▁▅█"),
        ((None, 0, None), "·▁·"),
        ((-1, 2), "▁█"),
        ((0.06, 0.08), "▁▂"),
    ],
)
def test_sparkline(values: tuple[float | None, ...], line: str) -> None:
    assert sparkline(values, 0, 1) == line


def test_sparkline_in_ascii() -> None:
    assert sparkline((-1, 0, 1, None), -1, 1, blocks=False) == "158."


def test_a_sparkline_without_a_range_does_not_divide() -> None:
    assert sparkline((0.0,), 0, 0) == "▁"


@given(st.lists(st.floats(-1, 1), min_size=2))
def test_higher_is_never_lower(values: list[float]) -> None:
    line = sparkline(values, -1, 1)
    pairs = sorted(zip(values, line, strict=True))
    heights = [BLOCKS.index(mark) for _, mark in pairs]
    assert heights == sorted(heights)


@given(st.integers(0, 30), st.integers(1, 120), st.integers(12, 80), st.booleans())
def test_parts_lose_nothing_and_fit(start: int, length: int, room: int, yearly: bool) -> None:
    ends = (f"{1990 + start}", f"{1990 + start + length}") if yearly else (
        f"{2000 + start // 12}-{start % 12 + 1:02}",
        f"{2000 + (start + length) // 12}-{(start + length) % 12 + 1:02}",
    )  # fmt: skip
    periods = list(span(*ends))
    rows = list(parts(periods, room))
    assert [period for row in rows for period in row] == periods
    assert all(0 < len(row) <= room for row in rows)
    if not yearly:
        assert all(row[0].endswith("-01") for row in rows[1:])


def test_nothing_has_no_parts() -> None:
    assert list(parts([], 12)) == []


@pytest.mark.parametrize(
    ("first", "last", "line"),
    [
        ("2023-01", "2024-04", "2023        2024"),
        ("2023-11", "2024-04", "2023"),
        ("2023-07", "2024-04", "2023  2024"),
        ("2019", "2030", "2019 2024 2029"),
        ("2024", "2024", "2024"),
    ],
)
def test_axis(first: str, last: str, line: str) -> None:
    assert axis(list(span(first, last))) == line


@pytest.mark.parametrize(
    ("estimate", "line"),
    [
        (Estimate(0.6, 0.4, 0.8, 9), "┼─━●━─"),
        (Estimate(0.0, 0.0, 0.4, 9), "●━━───"),
        (Estimate(1.0, 1.0, 1.0, 9), "┼────●"),
    ],
)
def test_a_scale_may_begin_at_zero(estimate: Estimate, line: str) -> None:
    assert scale(estimate, 1, 6, Glyphs(), 0).plain == line


def test_a_scale_of_a_stance_has_its_zero_in_the_middle() -> None:
    assert scale(Estimate(1.0, 0.5, 1.0, 3), 1, 9, Glyphs()).plain == "────┼─━━●"


def years(count: int, **wanted: object) -> Timeline:
    """`count` years of one outlet with one article each."""
    articles = [
        result(f"a{n:03}", repeated(rift=1, plain=3), outlet="A", published=f"{1950 + n}")
        for n in range(count)
    ]
    whole = replace(report(), articles=articles)
    return timeline(whole, SCALE, SETTINGS, Wanted(**wanted))  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [20, 40, 63, 64, 80, 120])
@pytest.mark.parametrize("measure", Measure)
def test_long_series_fit_the_width(width: int, measure: Measure) -> None:
    text = render(years(70, measure=measure), "table", width=width)
    assert max(map(len, text.splitlines())) <= width
    marks = sum(text.count(mark) for mark in BLOCKS)
    assert marks >= 70


def test_many_events_of_one_period() -> None:
    events = [Event(f"1950-01-{day:02}", f"event {day}") for day in range(1, 31)]
    found = replace(years(2, unit=Unit.YEAR), events=tuple(events))
    letters = [letter for letter, _, _ in timeline_words.lettered(found)]
    assert letters == [*"abcdefghijklmnopqrstuvwxyz", *"****"]
    text = render(found, "table", width=80)
    assert max(map(len, text.splitlines())) <= 80
    assert all(f"event {day}" in text for day in range(1, 31))


def test_events_before_and_after_are_counted_and_not_drawn() -> None:
    found = replace(
        years(3), events=(Event("1949", "x"), Event("1951-05", "y"), Event("1953", "z"))
    )
    assert [event.name for _, _, event in timeline_words.lettered(found)] == ["y"]
    assert timeline_words.outside(found) == "2 more events lie before or after these years."


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_events_that_all_lie_outside_are_told_of(format: str) -> None:
    found = replace(years(3), events=(Event("1949", "x"), Event("1953", "z")))
    text = render(found, format).replace("\\", "")
    assert "2 more events lie before or after these years." in text
    assert "Events" in text


@pytest.mark.parametrize(
    ("date", "unit", "place"),
    [
        ("2024", Unit.MONTH, "2024-01"),
        ("2024-08", Unit.MONTH, "2024-08"),
        ("2024-08-18", Unit.MONTH, "2024-08"),
        ("2024", Unit.YEAR, "2024"),
        ("2024-08-18", Unit.YEAR, "2024"),
    ],
)
def test_place_of_an_event(date: str, unit: Unit, place: str) -> None:
    assert place_of(date, unit) == place


def test_no_event_is_missing_from_csv() -> None:
    """Those of a year alone; before, between and after the periods of the sources."""
    dates = ["1999-05-02", "2023", "2023-01-20", "2024-08-18", "2031"]
    found = replace(make(), events=tuple(Event(date, f"event of {date}") for date in dates))
    rows = list(csv.DictReader(io.StringIO(render(found, "csv"))))
    told = {row["period"]: row["events"] for row in rows if row["events"]}
    assert told == {
        "1999-05": "1999-05-02 event of 1999-05-02",
        "2023-01": "2023 event of 2023; 2023-01-20 event of 2023-01-20",
        "2024-08": "2024-08-18 event of 2024-08-18",
        "2031-01": "2031 event of 2031",
    }
    alone = [row for row in rows if not row["source"]]
    assert [row["period"] for row in alone] == ["1999-05", "2024-08", "2031-01"]
    kept = {"per", "period", "events"}
    assert all(value == "" for row in alone for key, value in row.items() if key not in kept)


@pytest.mark.parametrize(
    ("undated", "year_only", "told"),
    [
        (0, 0, ""),
        (1, 0, "1 article has no month and is not in the picture."),
        (3, 0, "3 articles have no month and are not in the picture."),
        (3, 2, "3 articles have no month and are not in the picture; of 2 the year is known "
         "(--per year shows it)."),
    ],
)  # fmt: skip
def test_undated(undated: int, year_only: int, told: str) -> None:
    found = replace(make(), undated=undated, year_only=year_only)
    assert timeline_words.undated(found) == told
    assert (told in render(found, "markdown").replace("\\", "")) or not told


def test_short_series_are_named() -> None:
    lines = list(timeline_words.changes(make(measure=Measure.STANCE)))
    assert lines[0] == "None was found."
    assert lines[1].startswith(
        "Not looked for, with fewer than 6 months that have a figure: Daily ("
    )
    assert "Daily (balance, influence); Weekly; [bold]Daily" in lines[1]


def test_where_none_was_looked_for_none_is_said_to_be_missing() -> None:
    (line,) = timeline_words.changes(years(3))
    assert line == "Not looked for, with fewer than 6 years that have a figure: A"


def test_nothing_dated() -> None:
    found = replace(make(), series=(), undated=4)
    for format in ("table", "markdown"):
        text = " ".join(render(found, format).split())
        assert "No article has a month: nothing is drawn." in text
        assert "Overview" not in text
    assert list(csv.reader(io.StringIO(render(found, "csv")))) == [list(COLUMNS)]


def test_colour_is_never_what_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal all that is styled is bold: a light one shows it as a dark one does."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    file = io.StringIO()
    write(make(), "table", file, width=80)
    assert set(re.findall(r"\x1b\[([0-9;]*)m", file.getvalue())) == {"1", "0"}
    shown = re.sub(r"\x1b\[[0-9;]*m", "", file.getvalue())
    plain = render(make(), "table", width=80)
    assert [line.rstrip() for line in shown.splitlines()] == plain.splitlines()


def test_every_column_is_explained() -> None:
    text = (ROOT / "docs" / "timeline.md").read_text(encoding="utf-8")
    for column in COLUMNS:
        assert re.search(rf"^\|.*`{column}`.*\|.*\|$", text, re.M), column
