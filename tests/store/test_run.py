"""Results in a folder: the same rows as everywhere, however the run is cut, spread and killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest
from cli.command import Warm, environment

from azstance.analyze import score_paths
from azstance.cluster import run_units
from azstance.config import Config
from azstance.errors import ConfigError, ModelError, PipelineError
from azstance.store.query import find_store
from azstance.store.rows import article_row, sentence_rows, skipped_row
from azstance.store.run import score_into

# With the cache of the suite: what is tested here is what becomes of the results.
CONFIG = Config(model="cues", jobs=1, resamples=100)
CLAIMS = (
    "Azerbaijan and Russia are strategic allies, and their partnership grows every year.",
    "Relations between Baku and Moscow are in a deep crisis.",
    '"Moscow does not trust Baku," the analyst Rashad Rasulov said.',
    "The weather in the mountains was fine, and the harvest was good.",
)


def texts(count: int) -> list[str]:
    return [
        f"{CLAIMS[n % 4]} The report has the number {n}, and was read by the editors in Baku."
        for n in range(count)
    ]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Articles as files and as records, with bad ones among them and ids that are given twice."""
    folder = tmp_path / "articles"
    folder.mkdir()
    written = texts(90)
    for number, text in enumerate(written[:40]):
        (folder / f"a{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "empty.txt").write_text("")
    lines = [json.dumps({"id": f"r{n % 45}", "text": text}) for n, text in enumerate(written[40:])]
    lines[7] = "{"
    (folder / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "sources.toml").write_text('[a01]\noutlet = "Axar.az"\npublished = "2024-08-19"\n')
    return folder


def tables(out: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of a store in an order of their own."""
    found = {
        name: ds.dataset(out / name).to_table().to_pylist()
        for name in ("articles", "sentences", "skipped")
    }
    found["articles"].sort(key=lambda row: row["article"])
    found["sentences"].sort(key=lambda row: (row["article"], row["number"]))
    found["skipped"].sort(key=lambda row: (row["path"], row["line"] or 0))
    return found


def expected(articles: Path, config: Config = CONFIG) -> dict[str, list[dict[str, Any]]]:
    """The rows of a run without a store."""
    report = score_paths([articles], config)
    rows = {
        "articles": [article_row(result) for result in report.articles],
        "sentences": [row for result in report.articles for row in sentence_rows(result)],
        "skipped": [skipped_row(skipped) for skipped in report.skipped],
    }
    found: dict[str, list[dict[str, Any]]] = json.loads(json.dumps(rows))  # lists for tuples
    return found


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_rows_are_those_of_the_report(jobs: int, articles: Path, tmp_path: Path) -> None:
    written = score_into([articles], str(tmp_path / "out"), replace(CONFIG, jobs=jobs))
    wanted = expected(articles)
    assert tables(tmp_path / "out") == wanted
    assert (written.articles, len(written.skipped)) == (89, 2)
    assert written.units > 2
    assert written.sentences == len(wanted["sentences"])
    ids = [row["article"] for row in wanted["articles"]]
    assert {"records:r3", "r3"} <= set(ids), "an id that two records have is settled"


def test_the_cache_changes_no_row(articles: Path, tmp_path: Path) -> None:
    (articles / "records.jsonl").unlink()
    for name, cache, jobs in (("none", "off", 1), ("cold", "cache", 1), ("warm", "cache", 2)):
        place = cache if cache == "off" else str(tmp_path / cache)
        score_into([articles], str(tmp_path / name), replace(CONFIG, cache=place, jobs=jobs))
    none, cold, warm = (tables(tmp_path / name) for name in ("none", "cold", "warm"))
    assert none == cold == warm


def test_the_same_bytes_whatever_the_number_of_processes(articles: Path, tmp_path: Path) -> None:
    held = []
    for jobs in (1, 2, 3):
        out = tmp_path / f"out{jobs}"
        score_into([articles], str(out), replace(CONFIG, jobs=jobs))
        held.append({str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*.*")})
    assert held[0] == held[1] == held[2]


def test_a_second_run_replaces_the_first(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    score_into([articles], str(out), CONFIG)
    for path in sorted(articles.glob("a*.txt"))[5:]:
        path.unlink()
    (articles / "records.jsonl").unlink()
    score_into([articles], str(out), CONFIG)
    assert tables(out) == expected(articles)
    assert len(tables(out)["articles"]) == 5


def test_resume_does_what_is_missing_or_changed(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = score_into([articles], str(out), CONFIG)
    again = score_into([articles], str(out), CONFIG, resume=True)
    assert (again.units, again.kept) == (0, first.units)
    missing, damaged = sorted((out / "units").iterdir())[:2]
    missing.unlink()
    damaged.write_text("{")
    assert score_into([articles], str(out), CONFIG, resume=True).units == 2
    time.sleep(0.01)
    (articles / "a03.txt").write_text(CLAIMS[0])
    changed = score_into([articles], str(out), CONFIG, resume=True)
    assert changed.units == 1
    assert tables(out) == expected(articles)


def test_resume_refuses_results_of_other_settings(articles: Path, tmp_path: Path) -> None:
    score_into([articles], str(tmp_path / "out"), CONFIG)
    with pytest.raises(ConfigError, match=r"other settings \(the setting seed\)") as caught:
        score_into([articles], str(tmp_path / "out"), replace(CONFIG, seed=1), resume=True)
    assert "Leave --resume out" in str(caught.value)


def test_resume_without_a_run_before_begins(articles: Path, tmp_path: Path) -> None:
    written = score_into([articles], str(tmp_path / "out"), CONFIG, resume=True)
    assert (written.articles, written.kept) == (89, 0)


@pytest.mark.parametrize("after", [2])
def test_a_run_that_is_killed_is_taken_up(
    warm: Warm, after: int, articles: Path, tmp_path: Path
) -> None:
    """Killed without a warning, with its processes, when some units are done."""
    out = tmp_path / "out"
    many = articles / "more.jsonl"
    many.write_text("\n".join(json.dumps({"text": text}) for text in texts(190)[90:]))
    options = ["--model", "cues", "--resamples", "100", "--jobs", "2", "--no-cache", "--quiet"]
    command = [sys.executable, "-m", "azstance", "score", str(articles), "-o", f"{out}/", *options]
    process = subprocess.Popen(command, env=environment(), start_new_session=True)
    deadline = time.monotonic() + 60
    while len(done := _receipts(out)) < after and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert done
    assert not (out / "azstance.json").exists(), "an unfinished folder says so"
    for part in (out / "articles").glob("[!.]*"):
        ds.dataset(part).to_table()  # whole or absent
    times = {path: path.stat().st_mtime_ns for path in _receipts(out)}
    result = warm.run("score", articles, "-o", f"{out}/", *options, "--resume")
    assert (result.status, "parts from before" in result.text) == (2, True), result.errors
    assert {path: path.stat().st_mtime_ns for path in times if path in _same_ids(out)} == {
        path: time for path, time in times.items() if path in _same_ids(out)
    }
    fresh = tmp_path / "fresh"
    score_into([articles], str(fresh), CONFIG)
    assert tables(out) == tables(fresh)
    assert sorted(p.name for p in out.rglob("*")) == sorted(p.name for p in fresh.rglob("*"))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _receipts(out: Path) -> list[Path]:
    return sorted(out.glob("units/[!.]*.json"))


def _same_ids(out: Path) -> list[Path]:
    """Receipts of units that had not to be done again for the sake of an id."""
    return [path for path in _receipts(out) if not json.loads(path.read_bytes())["ids"]]


def test_a_folder_with_other_things_is_left_alone(articles: Path, tmp_path: Path) -> None:
    other = shutil.copytree(articles, tmp_path / "other")
    with pytest.raises(ConfigError, match=r"holds other things than results of azstance: a00.txt"):
        score_into([articles], str(other), CONFIG)
    assert _names(other) == _names(articles)


def test_a_folder_that_cannot_be_written(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        score_into([articles], str(tmp_path / "file" / "out"), CONFIG)


def test_an_address_as_the_output(articles: Path, tmp_path: Path) -> None:
    address = f"file://{tmp_path}/out"
    score_into([articles], address, replace(CONFIG, jobs=2))
    again = score_into([articles], address, CONFIG, resume=True)
    assert again.units == 0
    assert tables(tmp_path / "out") == expected(articles)


def test_daft_on_this_machine_gives_the_same_rows(articles: Path, tmp_path: Path) -> None:
    def spread(job: str, tasks: Sequence[str]) -> Iterable[str]:
        return run_units(job, tasks, address=None, jobs=2)

    score_into([articles], str(tmp_path / "daft"), CONFIG, spread=spread)
    assert tables(tmp_path / "daft") == expected(articles)


@pytest.fixture
def command(articles: Path, tmp_path: Path) -> Iterator[list[str]]:
    yield ["score", str(articles), "--model", "cues", "-o", f"{tmp_path}/out/"]
    shutil.rmtree(tmp_path / "out", ignore_errors=True)


def test_what_the_command_says(warm: Warm, command: list[str], tmp_path: Path) -> None:
    done = warm.run(*command)
    assert done.status == 2
    assert done.text.splitlines()[0].startswith(f"{tmp_path}/out/: 89 articles, ")
    assert [line.split()[1:3] for line in done.errors.splitlines()] == [["not", "scored:"]] * 2


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--format", "json"], "--format: a folder of results is written as Parquet, not as json"),
        (["--by", "outlet"], "--by: a folder of results has a row for each article"),
        (["--cluster", "auto"], "--cluster: is for --engine daft."),
        (["--engine", "draft"], '--engine: there is no engine "draft". Did you mean "daft"?'),
        (["--engine", "daft", "--cluster", "x"], "'x' is not the address of a Ray cluster"),
    ],
)
def test_options_that_do_not_fit(
    warm: Warm, command: list[str], options: list[str], told: str
) -> None:
    done = warm.run(*command, *options)
    assert (done.status, done.raw) == (2, b"")
    assert told in done.errors


@pytest.mark.parametrize("option", [["--resume"], ["--cluster", "auto"], ["--engine", "daft"]])
def test_options_of_a_folder_without_one(warm: Warm, option: list[str], articles: Path) -> None:
    done = warm.run("score", articles, *option)
    assert done.status == 2
    assert f"{option[0]}: is for results in a folder. Name one, with a / at the end" in done.errors


def test_nothing_is_touched_before_it_is_known_that_something_can_be_done(
    warm: Warm, articles: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    score_into([articles], str(out), CONFIG)
    before = {path: path.read_bytes() for path in out.rglob("*.*")}
    written = score_into([tmp_path / "nosuch"], str(out), CONFIG)
    assert (written.left, written.articles, len(written.skipped)) == (True, 0, 1)
    with pytest.raises(PipelineError, match="not installed"):
        score_into([articles], str(out), replace(CONFIG, pipeline="nosuch"))
    with pytest.raises(ModelError):
        score_into([articles], str(out), replace(CONFIG, model="nosuch"))
    assert {path: path.read_bytes() for path in out.rglob("*.*")} == before
    done = warm.run("score", tmp_path / "nosuch", "-o", f"{out}/")
    assert (done.status, done.text) == (2, "")
    assert f"nothing was scored; {out}/ was left as it was." in done.errors


def test_parts_of_an_older_run_are_gone_when_a_new_one_begins(
    articles: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    score_into([articles], str(out), CONFIG)

    def broken(job: str, tasks: Sequence[str]) -> Iterable[str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_into([articles], str(out), replace(CONFIG, seed=5), spread=broken)
    found = find_store(str(out), unfinished=True)
    assert not any(found.parts.values())
    score_into([articles], str(out), replace(CONFIG, seed=5), resume=True)
    assert tables(out) == expected(articles, replace(CONFIG, seed=5))


@pytest.mark.parametrize("inside", ["", "results", "deep/er/results"])
def test_results_are_not_written_where_they_would_be_read(
    inside: str, articles: Path, tmp_path: Path
) -> None:
    out = articles / inside
    with pytest.raises(ConfigError, match=r"would be read as articles the next time"):
        score_into([articles], str(out), CONFIG)
    assert "azstance.json" not in _names(articles)


def test_names_of_files_that_are_no_text(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ((b"caf\xe9.txt", CLAIMS[0]), (b"caf\xe9e.txt", "")):
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text(text)
    score_into([folder], str(tmp_path / "out"), CONFIG)
    rows = tables(tmp_path / "out")
    assert rows["articles"][0]["path"].endswith("caf\N{REPLACEMENT CHARACTER}.txt")
    assert rows["skipped"][0]["path"].endswith("caf\N{REPLACEMENT CHARACTER}e.txt")
    assert len(rows["sentences"]) == 1
    again = score_into([folder], str(tmp_path / "out"), CONFIG, resume=True)
    assert (again.units, again.kept) == (0, 1)
