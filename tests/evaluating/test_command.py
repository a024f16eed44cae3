"""The two commands, run as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cli.command import ROOT, Warm, environment

GOLD = ROOT / "tests" / "gold" / "seeds.jsonl"
LABELS = ROOT / "tests" / "gold" / "seeds_articles.jsonl"
ALLIES = {
    "text": "Azerbaijan and Russia are strategic allies.",
    "frames": {"alliance": "affirm"},
    "voice": "author",
}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "small.jsonl"
    other = {"doc": "x", "text": "It rained all day.", "frames": {}, "voice": None}
    path.write_text("\n".join(map(json.dumps, [ALLIES, other])), encoding="utf-8")
    return path


def test_seeds(warm: Warm, tmp_path: Path) -> None:
    out = tmp_path / "predictions.jsonl"
    command = ["evaluate", GOLD, "--articles", LABELS, "--predictions", out, "--format", "json"]
    one = warm.run(*command, "--jobs", "1")
    assert (one.status, one.errors) == (0, "")
    found, lines = json.loads(one.text), out.read_text(encoding="utf-8")
    assert found["counts"] == {
        "articles": 5, "sentences": 151, "framed": 99, "furniture": 39, "disputed": 3,
    }  # fmt: skip
    assert found["macro_f1"]["value"] >= 0.9
    assert found["frames"]["rift"]["f1"]["value"] is None
    assert found["articles"]["dominant_accuracy"]["value"] >= 0.8
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    written = [json.loads(line) for line in lines.splitlines()]
    assert [(g["doc"], g["n"]) for g in gold] == [(p["doc"], p["n"]) for p in written]
    again = warm.run("evaluate", GOLD, "--articles", LABELS, "--predictions", out, "-f", "json",
                     "--jobs", "2")  # fmt: skip
    assert (again.text, out.read_text(encoding="utf-8")) == (one.text, lines)


def test_predictions_agree_with_gold_as_evaluate_says(warm: Warm, tmp_path: Path) -> None:
    out = tmp_path / "predictions.jsonl"
    evaluated = json.loads(warm.run("evaluate", GOLD, "--predictions", out, "-f", "json").text)
    done = warm.run("agree", GOLD, out, "--format", "json")
    assert (done.status, done.errors) == (0, "")
    agreed = json.loads(done.text)
    for frame, figures in evaluated["frames"].items():
        assert agreed["frames"][frame]["table"] == figures["confusion"]
        assert agreed["frames"][frame]["alpha"]["value"] == figures["alpha"]["value"]
    assert agreed["differences"][0]["text"]


def test_tables(warm: Warm, small: Path) -> None:
    done = warm.run("evaluate", small, COLUMNS="60")
    assert (done.status, done.errors) == (0, "")
    assert "2 sentences of 2 articles, 1 with a frame" in done.text
    assert max(map(len, done.text.splitlines())) <= 60
    done = warm.run("evaluate", small, "--coders", small, small)
    assert (done.status, done.errors) == (0, "")
    assert f"coders:alphaof{small}and" in "".join(done.text.split())
    done = warm.run("agree", small, small)
    assert (done.status, done.errors) == (0, "")
    assert "Coded differently: 0 sentences" in done.text


def test_the_seed_moves_the_intervals_alone(warm: Warm) -> None:
    runs = [
        json.loads(warm.run("agree", GOLD, GOLD.with_name(name), "--seed", seed, "-f", "json").text)
        for name, seed in (("seeds.jsonl", "1"), ("seeds.jsonl", "2"))
    ]
    assert [run.pop("seed") for run in runs] == [1, 2]
    assert runs[0] == runs[1]  # full agreement has no width


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("evaluate", "missing.jsonl"), "missing.jsonl: cannot be read: no such file"),
        (("agree", "missing.jsonl", "missing.jsonl"), "missing.jsonl: cannot be read"),
        (("evaluate", "GOLD", "--articles", "missing.jsonl"), "missing.jsonl: cannot be read"),
        (("evaluate", "GOLD", "--format", "csv"), 'there is no format "csv"'),
        (("evaluate", "GOLD", "--format", "jsn"), 'Did you mean "json"?'),
        (("agree", "GOLD", "GOLD", "--format", "csv"), 'there is no format "csv"'),
        (("evaluate", "GOLD", "--errors", "-1"), "--errors"),
        (("evaluate", "GOLD", "--predictions", "nowhere/p.jsonl"), "there is no folder nowhere"),
        (("evaluate", "GOLD", "--predictions", "GOLD"), "is one of the files to be read"),
        (("evaluate",), "Missing argument"),
        (("agree", "GOLD"), "Missing argument"),
    ],
)
def test_errors(
    warm: Warm, small: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    before = small.read_bytes()
    words = [str(small) if word == "GOLD" else word for word in arguments]
    done = warm.run(*words, cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert told in done.errors
    assert small.read_bytes() == before


def test_an_unknown_frame_is_named_with_its_line(warm: Warm, tmp_path: Path) -> None:
    line = json.dumps({**ALLIES, "frames": {"aliance": "affirm"}})
    (tmp_path / "gold.jsonl").write_text(line, encoding="utf-8")
    done = warm.run("evaluate", "gold.jsonl", cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert 'gold.jsonl:1: unknown frame "aliance". Did you mean "alliance"?' in done.errors


def test_help_has_an_example(warm: Warm) -> None:
    for command in ("evaluate", "agree"):
        done = warm.run(command, "-h")
        assert (done.status, done.errors) == (0, "")
        assert f"Example: azstance {command} " in done.text
        assert max(map(len, done.text.splitlines())) <= 80
        assert "None" not in done.text


def test_importing_the_records_loads_nothing_heavy() -> None:
    code = (
        "import sys, azstance.cli.measuring, azstance.evaluating.gold\n"
        "print(*{n.partition('.')[0] for n in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment(), check=True, text=True
    )
    assert not set(done.stdout.split()) & {"numpy", "spacy", "rich", "krippendorff"}
