"""`azstance query`: what is shown, what is written, and what it says when it cannot."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cli.command import COMMAND, Warm, environment, run

from azstance.store import views
from azstance.store.schema import MANIFEST

from .build import ARTICLES, SENTENCES, write_store

SQL = "SELECT article, number, text, actors FROM sentences"
FORMATS = ("table", "csv", "jsonl", "json", "markdown")


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_has_what_is_shown(warm: Warm, format: str, folder: Path, tmp_path: Path) -> None:
    shown = warm.run("query", SQL, folder, "--format", format)
    file = tmp_path / "answer"
    written = warm.run("query", SQL, folder, "--format", format, "-o", file)
    assert (shown.status, shown.errors) == (written.status, written.errors) == (0, "")
    assert file.read_bytes() == shown.raw
    assert written.raw == b""
    assert list(tmp_path.iterdir()) == [file]


def test_the_ending_says_the_format(warm: Warm, folder: Path, tmp_path: Path) -> None:
    for ending in ("csv", "json", "parquet"):
        done = warm.run("query", SQL, folder, "-o", tmp_path / f"x.{ending}")
        assert (done.status, done.errors) == (0, "")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        assert [line["text"] for line in csv.DictReader(file)] == [s["text"] for s in SENTENCES]
    held = json.loads((tmp_path / "x.json").read_bytes())
    assert held == pq.read_table(tmp_path / "x.parquet").to_pylist()
    assert held == [{name: s[name] for name in held[0]} for s in SENTENCES]


def test_without_sql_everything_is_listed(warm: Warm, folder: Path) -> None:
    done = warm.run("query", folder, COLUMNS="100")
    assert (done.status, done.errors) == (0, "")
    for name in views.names():
        assert f"── {name} " in done.text
    assert "9 rows" in done.text
    listed = json.loads(warm.run("query", folder, "--format", "json").raw)
    assert listed[0] == {
        "table": "articles", "column": "article", "type": "text", "meaning": "id of the article",
    }  # fmt: skip
    assert {each["table"] for each in listed} == set(views.names())


WRONG = (
    (("SELECT nope FROM by_frame", "OUT"), 'there is no column "nope"'),
    (("OUT", "SELECT 1"), "the wrong way round"),
    (("SELECT * FROM by_frame",), "SQL first and then the folder"),
    (("nowhere",), "nowhere: there is no such folder"),
    (("SELECT 1", "nowhere"), "nowhere: there is no such folder"),
    (("SELECT 1", "OUT", "--format", "tabel"), 'Did you mean "table"?'),
    (("SELECT 1", "OUT", "--format", "parquet"), "Name a file with --output"),
    (("OUT", "-o", "x.parquet"), "is not written as parquet"),
    (("SELECT 1", "OUT", "-o", f"OUT/{MANIFEST}"), "is one of the files to be read"),
    (("SELECT 1", "OUT", "-o", "OUT/articles/a.parquet"), "is one of the files to be read"),
    (("SELECT 1", "OUT", "-o", "OUT/articles/new.parquet"), "lies in the store"),
    (("SELECT 1", "OUT", "-o", "no/folder.csv"), "there is no folder no"),
    (("SELECT 'x'::INTEGER", "OUT", "-o", "x.csv"), "could not convert"),
    (("SELECT 'x'::INTEGER", "OUT", "-o", "x.parquet"), "could not convert"),
)


@pytest.mark.parametrize(("arguments", "problem"), WRONG)
def test_errors(
    warm: Warm, arguments: tuple[str, ...], problem: str, folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "OUT")
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    done = warm.run("query", *arguments, cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert problem in done.errors
    assert done.errors.count("\n") == 1
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_an_unfinished_store(warm: Warm, tmp_path: Path) -> None:
    write_store(tmp_path, {"a": {"articles": ARTICLES, "sentences": SENTENCES}}, finished=False)
    done = warm.run("query", "FROM by_frame", tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert "--resume" in done.errors
    asked = warm.run(
        "query", "SELECT count(*) AS n FROM articles", tmp_path, "--unfinished", "-f", "csv"
    )
    assert (asked.status, asked.raw) == (0, b"n\r\n5\r\n")
    assert "not finished: the answer is of 1 part only" in asked.errors


def test_without_duckdb(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "duckdb.py").write_text("raise ImportError", encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    done = run("query", "FROM by_frame", folder, PYTHONPATH=path)
    assert (done.status, done.raw) == (2, b"")
    assert 'pip install "azstance[store]"' in done.errors


def test_nothing_asked_is_answered_with_help(warm: Warm) -> None:
    done = warm.run("query")
    assert (done.status, done.raw) == (2, b"")
    assert "Usage: azstance query" in done.errors


def test_help_does_not_load_duckdb() -> None:
    code = "import sys; sys.argv = ['azstance', 'query', '--help']; from azstance.cli import main\n"
    code += "try: main()\nexcept SystemExit: print({'duckdb', 'pyarrow'} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment(), text=True
    )
    assert done.stdout.endswith("set()\n")


def test_the_same_bytes_anywhere(folder: Path, tmp_path: Path) -> None:
    sql = "SELECT voice, count(*) AS n, avg(len(text)) AS m FROM sentences GROUP BY voice"
    first = run("query", sql, folder, "-f", "json", COLUMNS="40", PYTHONHASHSEED="1", TZ="UTC")
    other = run(
        "query", sql, folder, "-f", "json", cwd=tmp_path,
        COLUMNS="300", PYTHONHASHSEED="2", TZ="Asia/Baku", LC_ALL="C",
    )  # fmt: skip
    assert first.raw == other.raw
    assert json.loads(first.raw)


def test_a_reader_who_has_seen_enough(folder: Path) -> None:
    sql = "SELECT a.text FROM sentences a, range(100000)"
    asked = subprocess.Popen(
        [*COMMAND, "query", sql, str(folder), "-f", "csv"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    )  # fmt: skip
    assert asked.stdout and asked.stderr
    assert asked.stdout.readline() == b"text\r\n"
    asked.stdout.close()
    assert asked.stderr.read() == b""
    asked.stderr.close()
    assert asked.wait(60) == 0


@pytest.mark.parametrize("file", [None, "x.csv", "x.parquet"])
def test_interrupted(file: str | None, folder: Path, tmp_path: Path) -> None:
    # DuckDB itself would not look up from this one for hours. A shell that starts a command in
    # the background lets it ignore Ctrl-C: the code undoes that.
    sql = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = 7"
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "print('ready', flush=True)\nfrom azstance.cli import main; main()"
    to = ("-o", str(tmp_path / file)) if file else ()
    asked = subprocess.Popen(
        [sys.executable, "-c", code, "query", sql, str(folder), *to],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    )  # fmt: skip
    assert asked.stdout
    assert asked.stdout.readline() == b"ready\n"
    time.sleep(3)
    asked.send_signal(signal.SIGINT)
    out, errors = asked.communicate(timeout=60)
    assert (asked.returncode, out) == (130, b"")
    assert errors == b"azstance: interrupted.\n"
    assert list(tmp_path.iterdir()) == []
