"""The option --chart: a picture beside the result, or a plain answer why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from .command import ALLIES, RIFT, Warm

FAST = ("--resamples", "100", "--model", "cues", "-f", "csv")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus")
    for name, text in (("left", ALLIES), ("right", RIFT)):
        (path / f"{name}.txt").write_text(text)
    return path


def test_compare_draws_beside_its_result(warm: Warm, corpus: Path, tmp_path: Path) -> None:
    plain = warm.run("compare", "left", "right", "--corpus", corpus, *FAST, cwd=tmp_path)
    with_chart = ("compare", "left", "right", "--corpus", corpus, *FAST, "--chart", "a.svg")
    done = warm.run(*with_chart, cwd=tmp_path)
    assert (done.status, done.errors) == (0, "")
    assert done.raw == plain.raw
    first = (tmp_path / "a.svg").read_bytes()
    assert b"Differences: left less right" in first
    warm.run(*with_chart, cwd=tmp_path)
    assert (tmp_path / "a.svg").read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


def test_score_draws_its_sources(warm: Warm, corpus: Path, tmp_path: Path) -> None:
    done = warm.run("score", corpus, *FAST, "--chart", "a.svg", "-o", "a.csv", cwd=tmp_path)
    assert (done.status, done.errors) == (0, "")
    drawn = (tmp_path / "a.svg").read_text()
    assert "What the sources say of each frame" in drawn
    for name in ("left", "right", "alliance", "rift"):
        assert f">{name}<" in drawn


@pytest.mark.parametrize(
    "slip",
    [
        (("--chart", "a.pdf"), "a.pdf: a chart is written as .svg or .png."),
        (("--chart", ""), "--chart: a chart is written as .svg or .png."),
        (("--chart", "none/a.svg"), "none/a.svg: cannot be written: there is no folder none."),
        (("--chart", "a.svg", "-o", "./a.svg"), "a.svg: is the file of the result as well."),
    ],
)
@pytest.mark.parametrize("command", ["score", "compare"])
def test_slips_are_told_before_any_work(
    warm: Warm, corpus: Path, tmp_path: Path, command: str, slip: tuple[tuple[str, ...], str]
) -> None:
    options, problem = slip
    asked = ("score", corpus) if command == "score" else ("compare", "a", "b", "--corpus", corpus)
    done = warm.run(*asked, *options, cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert problem in done.errors
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_results_has_no_chart(warm: Warm, corpus: Path, tmp_path: Path) -> None:
    done = warm.run("score", corpus, "-o", "out/", "--chart", "a.svg", cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert "--chart: goes with a result that is shown or written to one file." in done.errors
