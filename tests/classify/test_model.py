"""How a trained classifier judges: its parts, its probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from azstance.classify.estimator import FrameClassifier
from azstance.classify.grams import Grams
from azstance.classify.model import PARTS, FrameModel, Linear, Stage, second_features
from azstance.classify.rows import Row

from .build import data


def article(width: int = 0) -> list[Row]:
    return [row for row in data(width)[0] if row.doc == "d3"]


@pytest.mark.parametrize("width", [0, 8])
def test_parts_and_biases_add_up(
    width: int, lexical: FrameClassifier, with_meaning: FrameClassifier
) -> None:
    model = (with_meaning if width else lexical).model_
    judged = model.judge(article(width))
    assert judged.parts.shape == (6, 2, 2, len(PARTS))
    rows = article(width)
    own = model.read(rows).sum(axis=1) + [model.linear.hear(row.cues) for row in rows]
    whole = np.abs(own + model.linear.bias) < 5.3
    # Deny of rift has no examples and a bias beyond the clip, but also no weights.
    assert whole[:, :3].all()
    assert not own[:, 3].any()
    beyond = model.stage.weights[..., 1:] - model.stage.weights[..., :1]
    clipped = model.linear.bias.clip(-5.3, 5.3)
    biases = np.einsum("k,fkc->fc", clipped, beyond[:, :4])
    biases += model.stage.bias[:, 1:] - model.stage.bias[:, :1]
    odds = np.log(judged.probabilities[..., 1:]) - np.log(judged.probabilities[..., :1])
    assert judged.parts.sum(axis=-1) + biases == pytest.approx(odds, abs=1e-6)
    assert bool(judged.parts[..., PARTS.index("meaning")].any()) is (width > 0)
    for name in ("cues", "words", "context"):
        assert judged.parts[..., PARTS.index(name)].any()


def by_hand(cue: float = 1.0, bias: float = 0.0) -> FrameModel:
    """One frame; the word "ally" adds 2 to affirm, the cue `cue` to affirm, the meaning to deny."""
    grams = Grams("words", ("ally",), np.ones(1, np.float32))
    weights = np.array([[2, 0], [cue, 0], [0, 0.5], [0, 3]], np.float32)
    linear = Linear((grams,), ("c",), weights, np.array([bias, 0.0]))
    stage = Stage(np.array([[[0.0, 1, 0], [0, 0, 1]]]), np.array([[0.0, 0.25, -0.25]]))
    return FrameModel("hand", ("f",), linear, True, stage, {"f": 0.5}, {"f": 0.5}, {})


ROW = Row("d", "An ally", {"c": 0.5, "unknown": 1.0}, np.array([1.0, 1.0]))


def test_parts_of_a_sentence_by_hand() -> None:
    model = by_hand()
    assert model.read([ROW]).tolist() == [[[2, 0], [0, 3.5]]]
    assert model.linear.hear(ROW.cues).tolist() == [0.5, 0]
    assert not model.read([Row("d", "", {})]).any()
    assert not model.linear.hear({}).any()


def test_probabilities_by_hand() -> None:
    judged = by_hand().judge([ROW])
    raised = np.exp([0, 2.5 + 0.25, 3.5 - 0.25])
    assert judged.probabilities[0, 0] == pytest.approx(raised / raised.sum())
    affirm, deny = judged.parts[0, 0]
    assert dict(zip(PARTS, affirm, strict=True)) == {
        "cues": 0.5, "words": 2, "meaning": 0, "context": 0,
    }  # fmt: skip
    assert dict(zip(PARTS, deny, strict=True)) == {
        "cues": 0, "words": 0, "meaning": 3.5, "context": 0,
    }  # fmt: skip


def test_clipped_log_odds_are_shared_out() -> None:
    judged = by_hand(cue=36).judge([ROW])  # 18 by the cue and 2 by the word, held to 5.3
    cues, words, *_ = judged.parts[0, 0, 0]
    assert (cues, words) == pytest.approx((5.3 * 0.9, 5.3 * 0.1))


def test_a_bias_belongs_to_no_part() -> None:
    judged = by_hand(bias=1.5).judge([ROW])
    assert judged.parts[0, 0, 0] == pytest.approx([0.5, 2, 0, 0])
    assert judged.probabilities[0, 0, 1] > by_hand().judge([ROW]).probabilities[0, 0, 1]


def test_sentences_around_are_the_context(lexical: FrameClassifier) -> None:
    rows = article()
    alone, among = lexical.model_.judge(rows[:1]), lexical.model_.judge(rows)
    assert among.parts[0, ..., :3] == pytest.approx(alone.parts[0, ..., :3])
    assert not np.allclose(among.parts[0, ..., 3], alone.parts[0, ..., 3])


@pytest.mark.parametrize("size", [1e3, 1e6])
def test_large_log_odds_overflow_nowhere(size: float) -> None:
    features = second_features(np.array([[size, -size]]) / 1e4 * 7, ["d"])
    assert np.abs(features[:, :2]).max() <= 5.3
    found = Stage(np.array([[[0, size, -size]]]), np.zeros((1, 3))).probabilities(np.ones((2, 1)))
    assert found.tolist() == [[[0, 1, 0]]] * 2


def test_second_features_are_log_odds_and_probabilities_around() -> None:
    logits = np.array([[0.0, 9.0], [1.0, -9.0]])
    found = second_features(logits, ["d", "d"])
    assert found[:, :2].tolist() == [[0, 5.3], [1, -5.3]]
    assert found[1, 4:6] == pytest.approx([0.5, 1 / (1 + np.exp(-9))])
