from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azstance.comparing.compare import Context, compare, units_by
from azstance.comparing.significance import two_sided_exact
from azstance.comparison_records import Measure
from azstance.errors import ConfigError
from azstance.records import Polarity

from .build import SCALE, SETTINGS, repeated, result, sentence, sentences, unit

DENYING = repeated(balance=6, alliance=1, not_alliance=4, plain=9)
AFFIRMING = repeated(alliance=7, balance=1, plain=7)


def contrast(comparison, frame, measure, left=None):
    return next(
        entry
        for entry in comparison.contrasts
        if (entry.frame, entry.measure) == (frame, measure) and left in (None, entry.left)
    )


def compared(*bodies, **options):
    units = [result(f"{n:03}", body) for n, body in enumerate(bodies, start=1)]
    return compare(units, SCALE, SETTINGS, **options)


def test_differences_of_shares_and_stances():
    comparison = compared(DENYING, AFFIRMING)
    share = contrast(comparison, "alliance", Measure.SHARE)
    assert share.difference.value == pytest.approx(5 / 20 - 7 / 15, abs=1e-6)
    assert share.difference.n == 35
    assert share.p == pytest.approx(two_sided_exact(5, 20, 7, 15), abs=1e-6)
    stance = contrast(comparison, "alliance", Measure.STANCE)
    assert stance.difference.value == pytest.approx(-3 / 5 - 1)
    assert stance.p == pytest.approx(two_sided_exact(1, 5, 7, 7), abs=1e-6)
    assert -2 <= stance.difference.low < stance.difference.high < 0
    (alignment,) = comparison.alignment
    assert alignment.frame is None
    assert alignment.difference.high < 0
    assert alignment.p < 0.01


def test_what_a_side_does_not_speak_of_has_no_difference_and_no_p():
    comparison = compared(repeated(rift=3, plain=3), repeated(said_rift=3, influence=1, plain=2))
    stance = contrast(comparison, "rift", Measure.STANCE)
    assert (stance.difference.value, stance.p, stance.p_adjusted) == (None, None, None)
    assert contrast(comparison, "rift", Measure.SHARE).difference.value == 0.0
    (alignment,) = comparison.alignment
    assert (alignment.difference.value, alignment.p) == (None, None)


def test_figures_that_could_not_differ_are_left_out_of_the_correction():
    comparison = compared(repeated(alliance=6, plain=1), repeated(alliance=1, plain=6))
    share = contrast(comparison, "alliance", Measure.SHARE)
    assert share.p_adjusted == share.p < 0.05  # the only open one: rift is in neither
    assert contrast(comparison, "rift", Measure.SHARE).p_adjusted == 1.0
    assert contrast(comparison, "alliance", Measure.STANCE).p_adjusted == 1.0


def test_all_pairs_are_made_and_corrected_together():
    comparison = compared(DENYING, AFFIRMING, repeated(rift=5, plain=9))
    assert len(comparison.contrasts) == 3 * 4 * 2
    assert [(entry.left, entry.right) for entry in comparison.alignment] == [
        ("001", "002"),
        ("001", "003"),
        ("002", "003"),
    ]
    pairwise = contrast(compared(DENYING, AFFIRMING), "balance", Measure.SHARE)
    together = contrast(comparison, "balance", Measure.SHARE, left="001")
    assert together.p == pairwise.p
    assert together.p_adjusted >= pairwise.p_adjusted >= pairwise.p
    assert together.difference == pairwise.difference


ROWS = st.lists(
    st.sampled_from(["", "alliance+", "alliance-", "rift+", ">alliance+", "balance- rift-"]),
    max_size=10,
)


@given(ROWS, ROWS)
@settings(max_examples=40, deadline=None)
def test_swapping_the_sides_turns_every_difference_and_leaves_every_p(left, right):
    units = [result("a", sentences(*left)), result("b", sentences(*right))]
    there = compare(units, SCALE, SETTINGS)
    back = compare(units[::-1], SCALE, SETTINGS)
    pairs = zip(
        (*there.contrasts, *there.alignment), (*back.contrasts, *back.alignment), strict=True
    )
    for one, other in pairs:
        assert (one.p, one.p_adjusted) == (other.p, other.p_adjusted)
        if one.difference.value is not None:
            assert one.difference.low <= one.difference.value <= one.difference.high
            turned = (-other.difference.value, -other.difference.high, -other.difference.low)
            here = (one.difference.value, one.difference.low, one.difference.high)
            assert here == pytest.approx(turned, abs=2e-6)
    assert there.needed == back.needed


def many(name, counts):
    return unit(
        name,
        *(
            result(f"{name}{n}", repeated(alliance=k, not_rift=1, plain=9 - k))
            for n, k in enumerate(counts)
        ),
    )


def test_from_six_articles_on_articles_are_permuted():
    few = compare([many("a", [9] * 5), many("b", [1] * 5)], SCALE, SETTINGS)
    enough = compare([many("a", [9] * 6), many("b", [1] * 6)], SCALE, SETTINGS)
    one_side = compare([many("a", [9] * 5), many("b", [1] * 12)], SCALE, SETTINGS)
    assert {entry.permuted for entry in (*few.contrasts, *one_side.contrasts)} == {"sentences"}
    assert {entry.permuted for entry in enough.contrasts} == {"articles"}
    # Only 2 of the 924 ways to deal twelve articles set the two kinds as far apart.
    p = contrast(enough, "alliance", Measure.SHARE).p
    assert 0 < p < 0.02
    assert contrast(few, "alliance", Measure.SHARE).p < p


def test_what_one_article_says_over_and_over_is_no_difference_of_sources():
    sentences_alone = compare([many("a", [9, 9, 0, 0, 0]), many("b", [0] * 5)], SCALE, SETTINGS)
    articles = compare([many("a", [9, 9, 0, 0, 0, 0]), many("b", [0] * 6)], SCALE, SETTINGS)
    assert contrast(sentences_alone, "alliance", Measure.SHARE).p < 0.001
    assert contrast(articles, "alliance", Measure.SHARE).p > 0.2


def test_two_samples_of_one_source_seldom_differ():
    rows = ["alliance+", "alliance-", "", "rift+", ""] * 4
    false_alarms = 0
    for run in range(40):
        dealt = sorted(range(20), key=lambda n: (n * (run * 2 + 3)) % 41)
        left, right = ([rows[n] for n in side] for side in (dealt[:10], dealt[10:]))
        comparison = compare(
            [result("a", sentences(*left)), result("b", sentences(*right))], SCALE, SETTINGS
        )
        false_alarms += any((entry.p_adjusted or 1) <= 0.05 for entry in comparison.contrasts)
    assert false_alarms <= 4


def test_a_contradiction_lays_the_plainest_sentences_side_by_side():
    left = [
        sentence("alliance-", 1, said=True),
        sentence("alliance-", 2, text="Little to celebrate."),
        sentence("alliance+", 3, probability=1.0),
        sentence("alliance-", 4, probability=0.5),
    ]
    right = sentences("", "alliance+", ">alliance-", ">alliance-")
    (found,) = compared(left, right).contradictions
    assert (found.frame, found.left_stance, found.right_stance) == (
        "alliance",
        pytest.approx(-1 / 3, abs=1e-6),
        1.0,
    )
    assert (found.left_sentence.article, found.left_sentence.number) == ("001", 2)
    assert (found.left_sentence.line, found.left_sentence.text) == (12, "Little to celebrate.")
    assert found.left_sentence.polarity is Polarity.DENY
    assert (found.right_sentence.number, found.right_sentence.polarity) == (2, Polarity.AFFIRM)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("alliance+",), ("alliance+",)),
        (("alliance+",), ("rift-",)),
        (("alliance+",), (">alliance-",)),
        (("alliance+",), ("alliance+", "alliance-")),
        ((), ()),
    ],
)
def test_no_contradiction_without_opposite_stances_in_the_authors_voice(left, right):
    assert compared(sentences(*left), sentences(*right)).contradictions == ()


def test_a_comparison_needs_two_units_that_share_nothing():
    one, two = result("a", AFFIRMING), result("b", DENYING)
    for units, message in [
        ([one], "two or more"),
        ([], "two or more"),
        ([one, two, one], "a is to be compared with itself"),
        ([unit("x", one, two), two], "b belongs to both x and b"),
    ]:
        with pytest.raises(ConfigError, match=message):
            compare(units, SCALE, SETTINGS)


def test_the_corpus_gives_the_prior_and_the_plan_whatever_its_order():
    def body(n):
        text = " ".join(f"{word}{n}" for word in ("ein", "zwei", "drei", "vier", "fünf", "sechs"))
        rows = repeated(alliance=1 + n % 3, plain=5)
        return [replace(row, text=text, words=("trust", f"word{n:x}")) for row in rows]

    corpus = [result(f"{n:03}", body(n)) for n in range(7)]
    units = corpus[:2]
    alone = compare(units, SCALE, SETTINGS)
    there = compare(units, SCALE, SETTINGS, Context(corpus=corpus))
    back = compare(units, SCALE, SETTINGS, Context(corpus=corpus[::-1]))
    assert there == back
    assert [plan.icc_measured for plan in alone.needed] == [False] * 4
    assert there.needed[0].icc_measured
    assert there.contrasts == alone.contrasts
    reprinted = [*corpus, result("999", body(3))]
    assert compare(units, SCALE, SETTINGS, Context(corpus=reprinted)).needed == there.needed


def test_a_reprint_among_the_units_is_told():
    body = [sentence("rift+", n, text="The same old words in print again.") for n in range(1, 7)]
    kinds = [caution.kind for caution in compared(body, body).cautions]
    assert kinds.count("reprint") == 1


def test_articles_are_grouped_into_units_with_their_scores():
    pieces = [
        result("3", AFFIRMING, outlet="B"),
        result("1", DENYING, outlet="A"),
        result("2", AFFIRMING, outlet="A"),
        result("4", AFFIRMING),
    ]
    units = units_by(pieces, "outlet", SCALE, SETTINGS)
    assert [(entry.id, entry.score.articles) for entry in units] == [
        ("A", ("1", "2")),
        ("B", ("3",)),
        ("unknown outlet (4)", ("4",)),
    ]
    assert units == units_by(pieces[::-1], "outlet", SCALE, SETTINGS)
    assert units[0].score.sentences == len(DENYING) + len(AFFIRMING)


def test_units_without_any_sentence_can_still_be_compared():
    comparison = compared((), ())
    assert all(entry.p is None for entry in comparison.contrasts)
    assert comparison.needed == ()
    assert comparison.keyness[0].tested == 0
