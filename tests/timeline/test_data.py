"""The formats for programs, and what no format lets through."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from rich.console import Console

from azstance.render import render, schema_text, write
from azstance.render.options import Options
from azstance.render.timeline_csv import COLUMNS
from azstance.render.timeline_table import timeline as draw
from azstance.timeline.records import Measure, Timeline, Unit

from .sample import make

BAD = ("\x1b", "\u202e", "\x07")


def validator(part: str | None = None) -> Draft202012Validator:
    schema = json.loads(schema_text("timeline"))
    Draft202012Validator.check_schema(schema)
    if part:
        schema = {"$defs": schema["$defs"], "$ref": f"#/$defs/{part}"}
    return Draft202012Validator(schema)


def whole() -> Timeline:
    return make()


def per_year() -> Timeline:
    return make(unit=Unit.YEAR, by="all")


def empty() -> Timeline:
    return replace(make(), series=())


@pytest.mark.parametrize("make_one", [whole, per_year, empty])
def test_json_fits_the_schema(make_one: Any) -> None:
    text = render(make_one(), "json")
    validator().validate(json.loads(text))
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


def objects(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the objects of a document are; frames are an open set of names."""
    found = []
    if isinstance(value, dict):
        found = [here] if not here or here[-1] != "frames" else []
        for key, each in value.items():
            found += objects(each, (*here, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            found += objects(each, (*here, index))
    return found


def test_the_schema_is_closed_and_complete() -> None:
    text = render(make(), "json")
    checker = validator()
    kinds = {
        tuple(s for s in path if isinstance(s, str)): path for path in objects(json.loads(text))
    }
    assert len(kinds) > 8
    for path in kinds.values():
        document = json.loads(text)
        target = document
        for step in path:
            target = target[step]
        target["unheard_of"] = 1
        with pytest.raises(ValidationError):
            checker.validate(document)
        del target["unheard_of"]
        del target[next(iter(target))]
        with pytest.raises(ValidationError):
            checker.validate(document)


def test_jsonl_has_everything_that_json_has() -> None:
    lines = [json.loads(line) for line in render(make(), "jsonl").splitlines()]
    for line in lines:
        validator("line").validate(line)
    document = json.loads(render(make(), "json"))
    points, changes = (
        [{"source": s["source"], **each} for s in document["series"] for each in s[key]]
        for key in ("points", "changes")
    )
    assert [line["point"] for line in lines if "point" in line] == points
    assert [line["change"] for line in lines if "change" in line] == changes
    assert [line["event"] for line in lines if "event" in line] == document["events"]
    rest = {k: v for k, v in document.items() if k not in ("series", "events")}
    assert lines[-1] == {"timeline": rest}


def test_csv_has_a_row_per_source_period_and_frame() -> None:
    document = json.loads(render(make(), "json"))
    rows = list(csv.DictReader(io.StringIO(render(make(), "csv"))))
    assert tuple(rows[0]) == COLUMNS
    expected = [
        (series["source"], point["period"], frame)
        for series in document["series"]
        for point in series["points"]
        for frame in point["frames"]
    ]
    beside = [("", "2031-01", "")]  # an event in a period of no source
    found = [(row["source"], row["period"], row["frame"]) for row in rows]
    assert found == [*expected, *beside]
    gap = next(row for row in rows if row["period"] == "2024-02")
    assert (gap["articles"], gap["share"], gap["stance"], gap["alignment"]) == ("0", "", "", "")
    change = next(r for r in rows if (r["period"], r["frame"]) == ("2023-07", "rift"))
    assert change["share_change"] == "0.4"
    assert change["events"] == "2023-07-04 A declaration; 2023-07-21 =cmd|' /C calc'!A0"
    assert sum(row["share_change"] != "" for row in rows) == 1


def test_csv_of_all_sources_names_them() -> None:
    rows = list(csv.DictReader(io.StringIO(render(make(by="all"), "csv"))))
    assert {row["source"] for row in rows if row["frame"]} == {"all sources"}
    assert all(row["events"] for row in rows if not row["source"])


def test_a_cell_is_never_a_formula() -> None:
    timeline = make()
    named = replace(timeline.series[0], source="=1+1")
    event = replace(timeline.events[1], date="2023-07", name="@SUM(A1)")
    rows = csv.DictReader(
        io.StringIO(render(replace(timeline, series=(named,), events=(event,)), "csv"))
    )
    assert {row["source"] for row in rows} == {"'=1+1"}


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv", "markdown"])
@pytest.mark.parametrize("measure", Measure)
def test_nothing_hidden_comes_out(format: str, measure: Measure) -> None:
    text = render(make(measure=measure), format)
    assert not [bad for bad in BAD if bad in text]
    assert "Daily[31m" in text.replace("\\", "")


def test_html_is_text_in_markdown() -> None:
    text = render(make(), "markdown")
    assert "<script" not in text
    assert "&lt;script&gt;\\|" in text


def test_markup_is_text_in_the_table() -> None:
    assert "[bold]Daily" in render(make(), "table")


def test_without_blocks_there_are_digits() -> None:
    """A terminal that only knows ASCII gets no sign that it cannot show."""
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    console = Console(file=file, width=80, color_system=None, markup=False, emoji=False)
    text = "".join(draw(make(frame="rift"), Options(console=console)))
    assert text.isascii()
    assert "rift    2323238787878..7  last 50%" in text
    assert "2023-07 ^bc" in text
    assert "1 (0%) to 8 (60%)" in text


def test_a_table_in_a_pipe_has_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    file = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    write(make(), "table", file)
    file.flush()
    assert b"\x1b" not in file.buffer.getvalue()


def test_the_frame_that_was_asked_for_is_the_only_one() -> None:
    document = json.loads(render(make(frame="rift"), "json"))
    for series in document["series"]:
        assert {frame for point in series["points"] for frame in point["frames"]} == {"rift"}
        assert {c["frame"] for c in series["changes"]} <= {"rift", None}
