"""The formats for programs: JSON and its schema, JSON lines, CSV."""

from __future__ import annotations

import csv
import io
import json
import math
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from azstance.errors import ConfigError
from azstance.records import Estimate, PipelineInfo, Report
from azstance.render import FORMATS, render, schema_text, write
from azstance.render.as_csv import cell
from azstance.render.document import number

from .sample import CODEBOOK, make_comparison, make_grouped_report, make_report

if TYPE_CHECKING:
    from pathlib import Path

REPORTS = [make_report, make_grouped_report]
EMPTY = Report(CODEBOOK, PipelineInfo("en", "1"), articles=(), groups=(), by="article")


def validator(name: str, part: str | None = None) -> Draft202012Validator:
    schema = json.loads(schema_text(name))
    if part:
        schema = {"$defs": schema["$defs"], "$ref": f"#/$defs/{part}"}
    return Draft202012Validator(schema)


@pytest.mark.parametrize("name", ["report", "comparison"])
def test_the_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema_text(name)))


@pytest.mark.parametrize("report", [make_report(), make_grouped_report(), EMPTY])
def test_a_report_fits_the_schema(report: Report) -> None:
    validator("report").validate(json.loads(render(report, "json")))


def test_a_comparison_fits_the_schema() -> None:
    validator("comparison").validate(json.loads(render(make_comparison(), "json")))


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the objects of a document are; frames and parts are open sets of names."""
    found = []
    if isinstance(value, dict):
        found = [here] if not here or here[-1] not in ("frames", "parts") else []
        for key, each in value.items():
            found += paths(each, (*here, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            found += paths(each, (*here, index))
    return found


@pytest.mark.parametrize(
    ("name", "record"), [("report", make_grouped_report()), ("comparison", make_comparison())]
)
def test_the_schema_is_closed_and_complete(name: str, record: Any) -> None:
    """No object may have a key more than the schema names, or one less."""
    text = render(record, "json")
    checker = validator(name)
    kinds = {
        tuple(step for step in path if isinstance(step, str)): path
        for path in paths(json.loads(text))
    }
    assert len(kinds) > 10
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


@pytest.mark.parametrize("make", REPORTS)
def test_json_is_what_one_call_would_write(make: Any) -> None:
    text = render(make(), "json")
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("make", REPORTS)
def test_jsonl(make: Any) -> None:
    report = make()
    lines = render(report, "jsonl").split("\n")
    assert lines.pop() == ""
    *articles, last = map(json.loads, lines)
    whole = json.loads(render(report, "json"))
    assert articles == whole.pop("articles")
    assert last == {"run": whole}
    for each in articles:
        validator("report", "article").validate(each)
    validator("report", "run").validate(last)


def test_jsonl_of_a_comparison_has_every_finding() -> None:
    whole = json.loads(render(make_comparison(), "json"))
    lines = [json.loads(line) for line in render(make_comparison(), "jsonl").splitlines()]
    found = [value for line in lines for key, value in line.items() if key != "comparison"]
    assert found == [
        each
        for value in whole.values()
        if isinstance(value, list)
        for each in value
        if isinstance(each, dict)
    ]
    assert list(lines[-1]) == ["comparison"]


@pytest.mark.parametrize("make", REPORTS)
def test_csv_has_a_row_a_unit_and_frame(make: Any) -> None:
    report = make()
    rows = list(csv.DictReader(io.StringIO(render(report, "csv"), newline="")))
    units = [each.score for each in report.articles] if report.by == "article" else report.groups
    assert [(row["frame"], int(row["deny"])) for row in rows] == [
        (frame.frame, frame.deny) for score in units for frame in score.frames
    ]
    assert all(None not in row and None not in row.values() for row in rows)


def test_csv_of_a_group_names_the_article_of_its_evidence() -> None:
    rows = list(csv.DictReader(io.StringIO(render(make_grouped_report(), "csv"), newline="")))
    assert (rows[0]["for_article"], rows[0]["for_line"]) == ("003_harbour", "1")
    assert rows[0]["against_text"].startswith("A year after the signing")
    assert rows[0]["articles"] == "2"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r\n=1", "'  =1"),
        ("\x1b=1", "'=1"),
        ("\u200b=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a=1", "a=1"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_cell_is_no_formula(text: str | None, shown: str) -> None:
    assert cell(text) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.12345678, 0.123457), (-0.00000001, 0.0), (None, None), (math.nan, None), (math.inf, None)],
)
def test_numbers(value: float | None, shown: float | None) -> None:
    result = number(value)
    assert result == shown
    assert result is None or math.copysign(1, result) == 1


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="xml") as caught:
        render(make_report(), "xml")
    assert all(name in str(caught.value) for name in FORMATS)


def test_data_does_not_depend_on_the_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for format in (name for name, each in FORMATS.items() if each.text and not each.drawn):
        written = set()
        for columns, forced, encoding in (("40", "", "ascii"), ("300", "1", "utf-8")):
            monkeypatch.setenv("COLUMNS", columns)
            monkeypatch.setenv("FORCE_COLOR", forced)
            path = tmp_path / f"{format}-{columns}"
            with path.open("w", encoding=encoding, newline="\r\n") as file:
                write(make_report(), format, file)
            written.add(path.read_bytes())
        assert written == {render(make_report(), format).encode("utf-8")}


def test_paths_have_forward_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sep", "\\")
    report = make_report()
    article = replace(report.articles[0].article, path="corpus\\a.txt")
    first = replace(report.articles[0], article=article)
    document = json.loads(render(replace(report, articles=(first,)), "json"))
    assert document["articles"][0]["path"] == "corpus/a.txt"


def test_unknown_figures_are_null() -> None:
    document = json.loads(render(make_report(), "json"))
    assert document["articles"][2]["alignment"] == {
        "value": None,
        "low": None,
        "high": None,
        "n": 0,
    }
    assert Estimate(None, None, None, 0) == make_report().articles[2].score.alignment


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "markdown"])
def test_only_the_table_needs_rich(format: str) -> None:
    code = (
        "import sys, azstance.render as r; from azstance.records import *;"
        "book = CodebookInfo('c', '1', 'd', (), ('A', 'B'));"
        "report = Report(book, PipelineInfo('p', '1'), (), (), 'article');"
        f"r.render(report, {format!r});"
        "print(sorted({'rich', 'numpy', 'spacy', 'typer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
