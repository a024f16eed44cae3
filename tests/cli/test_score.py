"""`azstance score` on the real articles: one result, whatever surrounds the command."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

import jsonschema
import pytest

import azstance
from azstance.nlp.pipeline import INSTALL
from azstance.render import render, schema_text

from .command import ALLIES, SEEDS, Done, Warm, run


@pytest.fixture(scope="module")
def seeds() -> Done:
    """The seeds, two processes, in the folder above them."""
    return run(
        "score", SEEDS, "--format", "json", "--jobs", "2", cwd=SEEDS.parent,
        PYTHONHASHSEED="0", COLUMNS="300", TZ="UTC", LC_ALL="C.UTF-8",
    )  # fmt: skip


def test_all_is_scored_and_nothing_else_said(seeds: Done) -> None:
    assert (seeds.status, seeds.errors) == (0, "")
    report = json.loads(seeds.text)
    assert [article["id"] for article in report["articles"]] == ["000", "001", "002", "003", "004"]
    assert report["skipped"] == []


def test_json_is_as_its_schema_says(seeds: Done) -> None:
    schema = json.loads(schema_text("report"))
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    validator(schema, format_checker=validator.FORMAT_CHECKER).validate(json.loads(seeds.text))


def test_the_same_bytes_in_other_surroundings(seeds: Done, tmp_path: Path) -> None:
    """Other hash seed, width, terminal, zone, locale, folder, order and number of processes."""
    articles = sorted(SEEDS.glob("*.txt"), reverse=True)
    assert len(articles) == 5
    other = run(
        "score", *articles, articles[2], "-f", "json", "--jobs", "1", cwd=tmp_path,
        PYTHONHASHSEED="1", COLUMNS="40", TZ="Asia/Baku", LC_ALL="C", GITHUB_ACTIONS="true",
        FORCE_COLOR="1", TERM="dumb",
    )  # fmt: skip
    assert other.raw == seeds.raw
    assert (other.status, other.errors) == (0, "")


def test_python_gives_the_same_records(seeds: Done) -> None:
    """And what is scored beside an article changes nothing in its score."""
    (path,) = SEEDS.glob("002_*.txt")
    report = azstance.score(path)
    assert not report.failed
    alone, beside = json.loads(render(report, "json")), json.loads(seeds.text)
    assert alone.pop("articles") == [beside.pop("articles")[2]]
    assert alone == beside


def test_standard_input(warm: Warm) -> None:
    done = warm.run("score", "-", "--format", "jsonl", input=ALLIES.encode())
    assert (done.status, done.errors) == (0, "")
    articles = [row for row in map(json.loads, done.text.splitlines()) if "sentences" in row]
    assert [article["id"] for article in articles] == ["stdin"]
    assert articles[0]["frames"]["alliance"]["affirm"] == 2


def test_records_by_year(warm: Warm, tmp_path: Path) -> None:
    rows = [{"body": ALLIES, "day": f"202{n % 2}-05-0{n + 1}"} for n in range(3)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = warm.run(
        "score", "rows.jsonl", "--field", "text=body", "--field", "date=day", "--by", "year",
        "--format", "csv", "--resamples", "100", cwd=tmp_path,
    )  # fmt: skip
    assert (done.status, done.errors) == (0, "")
    header, *lines = (line.split(",") for line in done.text.splitlines())
    column = {name: header.index(name) for name in ("by", "id", "articles", "frame")}
    found = {tuple(line[column[name]] for name in ("by", "id", "articles")) for line in lines}
    assert found == {("year", "2020", "2"), ("year", "2021", "1")}


def test_a_missing_pipeline_is_answered_with_the_line_that_installs_it(
    warm: Warm, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(ALLIES)
    done = warm.run("score", "a.txt", cwd=tmp_path, AZSTANCE_PIPELINE="nonexistent_model")
    assert (done.status, done.raw) == (2, b"")
    assert done.errors == (
        "azstance: error: nonexistent_model: this spaCy pipeline is not installed. "
        "Install it: python -m spacy download nonexistent_model\n"
    )
    # For the one that azstance brings along, the line names the very version it depends on.
    needed = INSTALL.removeprefix("pip install ")
    assert needed in (importlib.metadata.requires("azstance") or ())
