"""The weights that ship are those that `azstance train` makes of what ships beside them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cli.command import ROOT

from azstance.classify.names import ARRAYS, JSON, NAMES, model_folder
from azstance.classify.weights import load
from azstance.codebook import Codebook

FOLDER = ROOT / "lexicons" / "azerbaijan-russia"
REMEDY = "train the weights anew: azstance train"


@pytest.fixture(params=NAMES)
def folder(request: pytest.FixtureRequest, codebook: Codebook) -> Path:
    return model_folder(codebook, request.param)


@pytest.fixture
def about(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / JSON).read_bytes())["about"])


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    lines = (FOLDER / "training.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def test_no_others_ship() -> None:
    assert sorted(path.name for path in (FOLDER / "models").iterdir()) == sorted(NAMES)


def test_they_were_trained_from_the_sentences_beside_them(
    about: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    digest = hashlib.sha256((FOLDER / "training.jsonl").read_bytes()).hexdigest()
    assert about["trained_from"] == {"file": "training.jsonl", "sha256": digest}, REMEDY
    assert about["articles"] == len({row["doc"] for row in rows}), REMEDY


def test_they_were_trained_with_the_codebook_as_it_is(
    about: dict[str, Any], codebook: Codebook
) -> None:
    assert about["codebook_digest"] == codebook.digest, REMEDY
    assert about["codebook"] == f"{codebook.name} {codebook.version}", REMEDY


def test_they_load(folder: Path, codebook: Codebook) -> None:
    model = load(folder, codebook, REMEDY)
    assert model.name == folder.name
    assert model.reads_meaning is (folder.name == "minilm")
    assert model.frames == codebook.frame_names
    for frame in model.frames:
        assert 0.15 <= model.unsure[frame] <= model.thresholds[frame] <= 0.5


def test_they_are_small(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted((JSON, ARRAYS))
    assert sum(path.stat().st_size for path in folder.iterdir()) < 3_000_000


def test_documents_say_where_they_come_from(rows: list[dict[str, Any]]) -> None:
    """Sentences of the seeds are marked as such; those of other measured texts are not there."""
    for row in rows:
        assert row["origin"] in ("starter", "written", "seed")
        assert (
            row["doc"].startswith("seed-")
            == (row["origin"] == row["group"])
            == (row["origin"] == "seed")
        ), row
        assert "dev" not in row["doc"]
    numbers = {path.name[:3] for path in (ROOT / "seeds").glob("*.txt")}
    assert {row["doc"] for row in rows if row["origin"] == "seed"} == {
        f"seed-{number}" for number in numbers
    }
