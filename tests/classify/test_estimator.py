"""The classifier as scikit-learn sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.pipeline import Pipeline

from azstance.classify import estimator, forked
from azstance.classify.estimator import FrameClassifier, folds_of
from azstance.classify.rows import Row

from .build import FRAMES, classifier, data


def arrays(fitted: FrameClassifier) -> list[Any]:
    model = fitted.model_
    linear, stage = model.linear, model.stage
    found = [linear.weights, linear.bias, stage.weights, stage.bias, fitted.held_out_]
    return [each.tobytes() for each in found]


def test_parameters() -> None:
    given = classifier(C=0.5, seed=3, meaning=True)
    copy = clone(given)
    assert copy is not given
    assert copy.get_params() == given.get_params()
    assert copy.get_params()["C"] == 0.5
    assert copy.set_params(C2=0.1, words=False).C2 == 0.1
    assert given.C2 != 0.1
    assert not hasattr(clone(given.fit(*data(8))), "model_")


def test_codes_what_it_has_seen(lexical: FrameClassifier) -> None:
    rows, wanted = data()
    assert lexical.score(rows, wanted) >= 0.9
    assert lexical.model_.name == "lexical"
    assert lexical.model_.frames == FRAMES


@pytest.mark.parametrize("width", [0, 8])
def test_cross_validation_by_group_in_a_pipeline(width: int) -> None:
    rows, wanted = data(width)
    steps = Pipeline([("same", "passthrough"), ("code", classifier(meaning=width > 0, folds=2))])
    groups = [row.group for row in rows]
    scores = cross_val_score(steps, rows, wanted, groups=groups, cv=GroupKFold(2))
    assert scores.shape == (2,)
    # A third of the rows are without a frame; words and cues give all the others away.
    assert scores.min() > 0.6


def test_the_width_of_meanings_is_free(with_meaning: FrameClassifier) -> None:
    linear = with_meaning.model_.linear
    before = sum(len(grams.terms) for grams in linear.grams) + len(linear.cues)
    assert len(linear.weights) == with_meaning.n_features_in_ == before + 8
    assert with_meaning.model_.name == "minilm"
    assert with_meaning.model_.reads_meaning


def test_a_meaning_is_learned_from() -> None:
    rows, wanted = data(4)
    rows = [
        Row(r.doc, "The same.", {}, np.eye(4)[y.argmax()] if y.any() else np.full(4, 0.5), r.group)
        for r, y in zip(rows, wanted, strict=True)
    ]
    fitted = classifier(meaning=True, context=False, words=False, cues=False).fit(rows, wanted)
    assert (fitted.predict(rows) == wanted).all(axis=1).mean() == 1


@pytest.mark.parametrize("width", [0, 8])
def test_same_rows_and_seed_make_the_same_weights(width: int) -> None:
    rows, wanted = data(width)
    fitted = [
        classifier(meaning=width > 0, folds=3, jobs=jobs).fit(rows, wanted) for jobs in (1, 1, 2)
    ]
    assert arrays(fitted[0]) == arrays(fitted[1]) == arrays(fitted[2])


def test_a_target_without_examples_is_never_predicted(lexical: FrameClassifier) -> None:
    rows, wanted = data()
    assert not wanted[:, 3].any()
    assert lexical.predict_proba(rows)[:, 3].max() < 0.01
    assert not lexical.predict(rows)[:, 3].any()


def test_a_frame_without_examples_is_never_predicted() -> None:
    rows, wanted = data()
    wanted[:, 2:] = 0
    fitted = classifier().fit(rows, wanted)
    assert fitted.predict_proba(rows)[:, 2:].max() < 0.01
    assert fitted.model_.thresholds["rift"] == fitted.model_.unsure["rift"] == 0.5


@pytest.mark.parametrize("deny_too", [True, False])
def test_a_frame_that_every_sentence_carries_is_predicted(deny_too: bool) -> None:
    rows, wanted = data()
    if deny_too:
        wanted[:, 0] = 1 - wanted[:, 1]
    else:
        wanted[:, :2] = (1, 0)
    found = classifier().fit(rows, wanted).predict_proba(rows)[:, :2]
    assert found.sum(axis=1).min() > 0.95
    if not deny_too:
        assert found[:, 0].min() > 0.95


def test_probabilities(lexical: FrameClassifier, with_meaning: FrameClassifier) -> None:
    for fitted, width in ((lexical, 0), (with_meaning, 8)):
        rows, wanted = data(width)
        found = fitted.predict_proba(rows)
        assert found.shape == wanted.shape
        assert found.min() >= 0
        assert found.reshape(len(rows), -1, 2).sum(axis=2).max() <= 1 + 1e-12
        assert fitted.held_out_.sum(axis=2) == pytest.approx(1.0)


def test_predictions_follow_from_probabilities(lexical: FrameClassifier) -> None:
    rows, _ = data()
    chances = lexical.predict_proba(rows).reshape(-1, 2, 2)
    limits = [lexical.model_.thresholds[name] for name in FRAMES]
    for pair, codes in zip(chances, lexical.predict(rows).reshape(-1, 2, 2), strict=True):
        for (affirm, deny), limit, code in zip(pair, limits, codes, strict=True):
            coded = affirm + deny >= limit and max(affirm, deny) >= 0.35
            assert code.tolist() == [coded and affirm > deny, coded and deny >= affirm]


@pytest.mark.parametrize("off", ["words", "cues", "context"])
def test_what_is_not_read_does_not_matter(off: str) -> None:
    rows, wanted = data()
    other = {
        "words": [Row(r.doc, "Else.", r.cues, None, r.group) for r in rows],
        "cues": [Row(r.doc, r.text, {"no actor": 1.0}, None, r.group) for r in rows],
        "context": [Row(f"{r.doc} {n}", r.text, r.cues) for n, r in enumerate(rows)],
    }[off]
    fitted = classifier(**{off: False}).fit(rows, wanted)
    assert fitted.predict_proba(other) == pytest.approx(fitted.predict_proba(rows), abs=1e-12)
    full = classifier().fit(rows, wanted)
    assert not np.allclose(full.predict_proba(other), full.predict_proba(rows))


def test_held_out_predictions_are_of_models_that_have_not_seen_the_article() -> None:
    rows, wanted = data()
    [last] = {row.group for row in rows[-1:]}
    own = np.array([row.group == last for row in rows])
    parts = folds_of(rows, 5)
    [(train, test)] = [each for each in parts if own[each[1]].any()]
    fitted = classifier(folds=5, context=False, words=False).fit(rows, wanted)
    # By hand: the cues as a matrix, and the same two regressions on the training side alone.
    names = sorted({name for row in rows for name in row.cues})
    matrix = np.array([[row.cues.get(name, 0.0) for name in names] for row in rows])
    settings = {
        "C": 1.0,
        "class_weight": "balanced",
        "solver": "liblinear",
        "random_state": 20260101,
    }
    logits = np.full(wanted.shape, -6.0)
    for one, other in parts:
        for k in range(3):
            first = LogisticRegression(**settings).fit(matrix[one], wanted[one, k].astype(int))
            logits[other, k] = first.decision_function(matrix[other])
    kind = (wanted[:, :2] @ [1, 2]).astype(int)
    second = LogisticRegression(C=0.3, max_iter=2000).fit(
        logits[train].clip(-5.3, 5.3), kind[train]
    )
    expected = second.predict_proba(logits[test].clip(-5.3, 5.3))
    assert fitted.held_out_[test, 0] == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_a_group_is_on_one_side(count: int) -> None:
    rows, _ = data()
    found = folds_of(rows, count)
    assert len(found) == min(count, 5)
    for train, test in found:
        assert not {rows[n].group for n in train} & {rows[n].group for n in test}
        assert sorted([*train, *test]) == list(range(len(rows)))
    assert sorted(n for _, test in found for n in test) == list(range(len(rows)))


@pytest.mark.parametrize("group", ["", "one"])
def test_without_two_groups_an_article_is_on_one_side(group: str) -> None:
    rows = [Row(f"d{n // 3}", "x", {}, None, group) for n in range(12)]
    found = folds_of(rows, 8)
    assert len(found) == 4
    for train, test in found:
        assert not {rows[n].doc for n in train} & {rows[n].doc for n in test}


def test_a_single_article_is_on_both_sides() -> None:
    [(train, test)] = folds_of([Row("d", "x", {})] * 3, 8)
    assert train.tolist() == test.tolist() == [0, 1, 2]


def test_a_tick_a_fold() -> None:
    ticks: list[int] = []
    classifier(folds=3, tick=lambda: ticks.append(1)).fit(*data())
    assert len(ticks) == 3


def test_frames_have_names_where_none_are_given() -> None:
    assert FrameClassifier(meaning=False).fit(*data()).model_.frames == ("frame 0", "frame 1")


@pytest.mark.parametrize("jobs", [1, 2])
def test_forked_work_comes_in_order_and_fails_as_it_would(jobs: int) -> None:
    assert list(forked.each(lambda n: n * n, 7, jobs)) == [n * n for n in range(7)]
    work: Callable[[int], float] = lambda n: 1 / (2 - n)  # noqa: E731
    with pytest.raises(ZeroDivisionError):
        list(forked.each(work, 4, jobs))
    assert not forked._WORK


def test_lone_sentences_are_kept_where_they_are_the_most() -> None:
    docs = ["a", "a", "b", "c", "c"]
    assert estimator._in_articles(docs).tolist() == [True, True, False, True, True]
    assert estimator._in_articles(["a", "a", "b", "c", "d"]).all()
