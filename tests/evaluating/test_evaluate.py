"""The figures of an evaluation, on seven sentences counted on paper."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from azstance.errors import ArticleError
from azstance.evaluating.evaluate import evaluate
from azstance.evaluating.records import Evaluation, Label
from azstance.render.evaluation_document import prediction_lines

from .build import CODED, ROWS, RUN, make_evaluation, results, row, sentence


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return make_evaluation()


def test_counts(found: Evaluation) -> None:
    counts = found.counts
    assert (counts.articles, counts.sentences, counts.framed) == (2, 5, 3)
    assert (counts.furniture, counts.disputed) == (1, 1)


def test_presence(found: Evaluation) -> None:
    alliance, rift = found.frames
    assert (alliance.gold, alliance.coded, rift.gold, rift.coded) == (3, 2, 1, 2)
    assert (alliance.precision.value, rift.precision.value) == (1.0, 0.5)
    assert alliance.recall.value == pytest.approx(2 / 3, abs=1e-6)
    assert rift.recall.value == 1.0
    assert alliance.f1.value == pytest.approx(0.8)
    assert rift.f1.value == pytest.approx(2 / 3, abs=1e-6)
    assert found.macro.value == pytest.approx((0.8 + 2 / 3) / 2, abs=1e-6)


def test_polarity(found: Evaluation) -> None:
    alliance, rift = found.frames
    assert alliance.polarities["affirm"].f1.value == 0.5
    assert alliance.polarities["deny"].f1.value == 0.0
    assert (alliance.polarities["deny"].gold, alliance.polarities["deny"].coded) == (1, 0)
    assert rift.polarities["deny"].f1.value is None
    # Right: alliance+ of a:1 and rift+ of b:1; four in gold, four coded.
    assert found.micro.value == 0.5


def test_confusion_and_alpha(found: Evaluation) -> None:
    alliance, rift = found.frames
    assert alliance.confusion == ((2, 0, 0), (1, 1, 0), (0, 1, 0))
    assert rift.confusion == ((3, 1, 0), (0, 1, 0), (0, 0, 0))
    # Of 10 codes 5 none, 4 affirm, 1 deny; two sentences of five differ.
    assert alliance.alpha.value == pytest.approx(1 - 4 / ((100 - 25 - 16 - 1) / 9), abs=1e-6)


def test_voice(found: Evaluation) -> None:
    assert found.voice.value == pytest.approx(2 / 3, abs=1e-6)
    assert found.voice.n == 3


def test_calibration(found: Evaluation) -> None:
    # 0.9 right, 0.8 wrong, 0.7 wrong, 0.9 right.
    assert found.calibration.value == pytest.approx((0.2 + 0.8 + 0.7) / 4)
    assert found.calibration.n == 4
    assert [each.n for each in found.bins] == [0, 0, 0, 0, 0, 0, 1, 1, 2, 0]
    assert (found.bins[8].probability, found.bins[8].right) == (pytest.approx(0.9), 1.0)
    assert (found.bins[0].probability, found.bins[0].right) == (None, None)


def test_mistakes(found: Evaluation) -> None:
    kinds = (found.invented, found.missed, found.turned)
    assert [each.total for each in kinds] == [1, 1, 1]
    places = [
        (m.row.place, m.frame, m.wanted, m.got, m.probability) for k in kinds for m in k.shown
    ]
    assert places == [
        ("a:3", "rift", "none", "affirm", 0.7),
        ("b:1", "alliance", "affirm", "none", None),
        ("a:2", "alliance", "deny", "affirm", 0.8),
    ]


def test_the_most_confident_mistakes_come_first() -> None:
    rows = tuple(row(n, "a", n) for n in (1, 2, 3))
    coded = {"a": tuple(sentence(n, n, f"rift+{p}") for n, p in ((1, 0.5), (2, 0.9), (3, 0.7)))}
    found = evaluate(replace(RUN, errors=2), rows, results(rows, coded))
    assert [m.row.n for m in found.invented.shown] == [2, 3]
    assert found.invented.total == 3


def test_articles(found: Evaluation) -> None:
    assert found.by_article is not None
    # a: alliance in two of three sentences; b: the disputed sentence is part of the article.
    assert [each.dominant for each in found.by_article.articles] == ["alliance", "alliance"]
    assert (found.by_article.dominant.value, found.by_article.dominant.n) == (1.0, 2)
    # a is coded for closeness on balance, b only in the disputed sentence in the author's voice.
    assert found.by_article.not_found == ("c",)
    assert found.by_article.alignment.n == 2


def test_no_alignment_counts_as_zero() -> None:
    rows = tuple(row(i, doc, 1) for i, doc in enumerate("abc", 1))
    coded = {"a": (sentence(1, 1, "alliance+0.9"),), "b": (sentence(2, 1),)}
    coded["c"] = (sentence(3, 1, "rift+0.9"),)
    labels = (Label("a", "alliance", 2), Label("b", "none", 0), Label("c", None, -1))
    found = evaluate(RUN, rows, results(rows, coded), labels).by_article
    assert found is not None
    assert [each.alignment is None for each in found.articles] == [False, True, False]
    assert (found.alignment.value, found.as_zero) == (1.0, 1)
    # "none" is right where nothing is coded; c has no dominant label and is not asked.
    assert (found.dominant.value, found.dominant.n) == (1.0, 2)


def test_an_article_may_have_no_alignment_label() -> None:
    labels = (Label("a", "alliance", None), Label("b", "rift", None))
    by_article = make_evaluation(labels).by_article
    assert by_article is not None
    assert (by_article.alignment.value, by_article.alignment.n) == (None, 0)
    assert by_article.dominant.value == 0.5


def test_labels_of_other_articles() -> None:
    with pytest.raises(ArticleError, match="no article has sentences"):
        make_evaluation((Label("x", "rift", 1),))


def test_nothing_to_measure() -> None:
    rows = (row(1, "a", 1, mark="furniture"), row(2, "a", 2, mark="disputed"))
    with pytest.raises(ArticleError, match="nothing to measure"):
        evaluate(RUN, rows, results(rows, {"a": (sentence(2, 1),)}))


def test_what_is_left_out_changes_nothing(found: Evaluation) -> None:
    rows, coded = ROWS[:5], {"a": CODED["a"], "b": CODED["b"][:2]}
    less = evaluate(RUN, rows, results(rows, coded))
    assert (less.frames, less.macro, less.micro) == (found.frames, found.macro, found.micro)
    assert (less.voice, less.bins) == (found.voice, found.bins)


def test_intervals_hold_the_figure_and_follow_the_seed(found: Evaluation) -> None:
    for each in (found.macro, found.micro, found.voice, found.calibration, found.frames[0].alpha):
        assert each.low is not None
        assert each.low <= each.value <= each.high
    # Article a alone has a micro F1 of 1/3 (1 right; 2 gold, 3 coded), and b of 2/3.
    assert found.micro.low == pytest.approx(2 / 5)
    assert found.micro.high == pytest.approx(2 / 3, abs=1e-6)
    assert make_evaluation() == found


def test_one_article_has_no_interval() -> None:
    rows, coded = ROWS[:3], {"a": CODED["a"]}
    found = evaluate(RUN, rows, results(rows, coded))
    # 1 right, 2 in gold, 3 coded.
    assert (found.micro.value, found.micro.low, found.micro.high) == (0.4, None, None)


def test_a_sentence_without_a_record_has_no_codes() -> None:
    found = evaluate(RUN, (row(1, "a", 1, "rift+", "a"),), results((row(1, "a", 1),), {"a": ()}))
    assert (found.frames[1].recall.value, found.voice.value) == (0.0, 0.0)


def test_predictions_are_a_line_a_row(found: Evaluation) -> None:
    lines = [json.loads(line) for line in prediction_lines(found.predictions)]
    assert [(line["doc"], line["n"]) for line in lines] == [(r.doc, r.n) for r in ROWS]
    assert lines[1] == {
        "doc": "a",
        "n": 2,
        "codings": [{"frame": "alliance", "polarity": "affirm", "probability": 0.8}],
        "voice": "attributed",
    }
    assert lines[4] == {"doc": "b", "n": 2, "codings": [], "voice": None}
    assert lines[5]["codings"]  # disputed, and coded all the same
    assert lines[6] == {"doc": "b", "n": 4, "codings": [], "voice": None}
