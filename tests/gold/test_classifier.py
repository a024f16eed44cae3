"""The shipped classifiers on coded sentences, held above the floors of tests/floors.toml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from azstance.analyze import evaluate_codes
from azstance.config import Config
from azstance.evaluating.records import Evaluation, Request

from . import floors

GOLD = Path(__file__).parent
FLOORS = floors.floors()["classifier"]


@cache
def evaluation(name: str, model: str) -> Evaluation:
    files = (str(GOLD / f"{name}.jsonl"), str(GOLD / f"{name}_articles.jsonl"))
    return evaluate_codes(Request(*files, None, 0), Config(model=model, jobs=1))


def figure(name: str, model: str, of: str) -> float:
    found = evaluation(name, model)
    by_article = found.by_article
    assert by_article is not None
    value = {
        "presence_f1": found.macro,
        "micro_f1": found.micro,
        "dominant": by_article.dominant,
    }[of].value
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("floor", "name", "model", "of"),
    [
        ("dev_presence_f1", "dev", "minilm", "presence_f1"),
        ("dev_micro_f1", "dev", "minilm", "micro_f1"),
        ("dev_dominant", "dev", "minilm", "dominant"),
        ("dev_lexical_micro_f1", "dev", "lexical", "micro_f1"),
        ("seeds_presence_f1", "seeds", "minilm", "presence_f1"),
    ],
)
def test_figures_hold(floor: str, name: str, model: str, of: str) -> None:
    assert figure(name, model, of) >= FLOORS[floor]


def test_embeddings_earn_their_place() -> None:
    """The default is the slower one: it has to be better by three points of micro F1."""
    gain = figure("dev", "minilm", "micro_f1") - figure("dev", "lexical", "micro_f1")
    assert gain >= 0.03


def test_the_correction_lowers_the_error_of_shares() -> None:
    """Over all sentences: the mean of the frames' errors is smaller than by counting codes."""
    shares = evaluation("dev", "minilm").shares
    counted = sum(abs(each.counted_all) for each in shares)
    corrected = sum(abs(each.corrected_all) for each in shares)
    assert corrected < counted
