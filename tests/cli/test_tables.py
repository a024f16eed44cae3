"""`azstance score` with a row per sentence, as CSV and as Parquet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyarrow import parquet as pq

from .command import ALLIES, RIFT, ROOT, Warm, run

FAST = ("--resamples", "100", "--model", "cues")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables")
    (path / "in").mkdir()
    (path / "in" / "007.txt").write_text(f"{ALLIES}\n\n{RIFT}\n", encoding="utf-8")
    return path


def test_csv_and_parquet_and_json_agree(warm: Warm, folder: Path) -> None:
    shown = warm.run("score", "in", *FAST, "-f", "csv", "--rows", "sentences", cwd=folder)
    assert (shown.status, shown.errors) == (0, "")
    rows = list(csv.DictReader(io.StringIO(shown.text, newline="")))
    told = json.loads(warm.run("score", "in", *FAST, "-f", "json", cwd=folder).text)
    sentences = told["articles"][0]["sentences"]
    assert [row["text"] for row in rows] == [each["text"] for each in sentences]
    for row, each in zip(rows, sentences, strict=True):
        coded = {coding["frame"]: coding["polarity"] for coding in each["codings"]}
        assert {frame: row[frame] for frame in coded} == coded
        assert coded
        assert row["article"] == "007"
    assert [row["rift"] for row in rows] == ["", "", "affirm"]
    done = warm.run("score", "in", *FAST, "-f", "parquet", "-o", "out.parquet", cwd=folder)
    assert (done.status, done.raw, done.errors) == (0, b"", "")
    table = pq.read_table(folder / "out.parquet")
    assert table.column("text").to_pylist() == [row["text"] for row in rows]
    assert table.column("line").to_pylist() == [int(row["line"]) for row in rows]
    assert {path.name for path in folder.iterdir()} == {"in", "out.parquet"}


def test_parquet_is_the_same_bytes_every_time(warm: Warm, folder: Path, tmp_path: Path) -> None:
    for name, jobs in (("a", "1"), ("b", "2")):
        out = tmp_path / name
        done = warm.run(
            "score", "in", *FAST, "-f", "parquet", "-o", out, "--jobs", jobs, cwd=folder
        )
        assert done.status == 0, done.errors
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "parquet"], "--format: Parquet is not for the screen. Name a file"),
        (["--rows", "sentences"], "--rows: is for --format csv and parquet, not for table."),
        (["--rows", "frames", "-f", "json"], "not for json. Add --format csv, or leave it out."),
        (["--rows", "sentence", "-f", "csv"], 'Did you mean "sentences"?'),
        (["--rows", "frames", "-f", "parquet", "-o", "x"], "Use --format csv for rows of frames."),
        (["--rows", "sentences", "-o", "out/"], "--rows: is for a file; a folder of results has"),
        (["-f", "parquet", "-o", "no/such.parquet"], "there is no folder no"),
    ],
)
def test_what_cannot_be_is_said_before_any_work(
    warm: Warm, folder: Path, options: list[str], said: str
) -> None:
    done = warm.run("score", "in", *options, cwd=folder, AZSTANCE_CODEBOOK="../not/looked/at")
    assert (done.status, done.raw) == (2, b"")
    assert said in done.errors
    assert done.errors.count("\n") == 1


def test_a_comparison_is_no_parquet(warm: Warm, folder: Path) -> None:
    done = warm.run("compare", "007", "007", "-f", "parquet", "--corpus", "in", cwd=folder)
    assert done.status == 2
    assert "azstance score writes Parquet" in done.errors


def test_without_pyarrow_there_is_a_line_to_type(folder: Path, tmp_path: Path) -> None:
    """As on a machine without the extra: Python does not find the module."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\n_real = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'pyarrow' else _real(name, *a)\n"
    )
    done = run(
        "score", "in", "-f", "parquet", "-o", "x.parquet", cwd=folder,
        PYTHONPATH=f"{tmp_path}:{ROOT}", AZSTANCE_CODEBOOK="../not/looked/at",
    )  # fmt: skip
    assert done.status == 2
    assert 'pip install "azstance[store]"' in done.errors
