from __future__ import annotations

from collections import Counter
from math import erfc, log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azstance.comparing.keyness import Prior, count_terms, keyness

from .build import sentence


def spoken(*rows):
    return [sentence(number=n, words=words) for n, words in enumerate(rows, start=1)]


def found(left, right, extra=(), words=20.0, **options):
    prior = Prior(count_terms([*left, *right, *extra]), words)
    return keyness(("L", left), ("R", right), prior, **{"terms": 50, "level": 0.95} | options)


def by_hand(term, left, right, corpus, words):
    """Equations 15, 16 and 22 of Monroe, Colaresi and Quinn, written out for one term."""
    prior = words * corpus[term] / sum(corpus.values())
    n_left, n_right = sum(left.values()), sum(right.values())
    odds_left = (left[term] + prior) / (n_left + words - left[term] - prior)
    odds_right = (right[term] + prior) / (n_right + words - right[term] - prior)
    difference = log(odds_left) - log(odds_right)
    z = difference / sqrt(1 / (left[term] + prior) + 1 / (right[term] + prior))
    return difference, z, erfc(abs(z) / sqrt(2))


ROWS = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=6).map(" ".join), max_size=8)


@given(ROWS, ROWS, ROWS)
@settings(max_examples=60, deadline=None)
def test_log_odds_and_z_are_those_of_the_paper(left_rows, right_rows, extra_rows):
    left, right, extra = spoken(*left_rows), spoken(*right_rows), spoken(*extra_rows)
    result = found(left, right, extra)
    counts = [Counter(" ".join(rows).split()) for rows in (left_rows, right_rows, extra_rows)]
    corpus = counts[0] + counts[1] + counts[2]
    for term in (*result.left_terms, *result.right_terms):
        expected = by_hand(term.term, counts[0], counts[1], corpus, 20.0)
        assert (term.log_odds, term.z, term.p) == pytest.approx(expected, abs=2e-6)
        assert (term.left, term.right) == (counts[0][term.term], counts[1][term.term])
    assert all(term.z > 0 for term in result.left_terms)
    assert all(term.z < 0 for term in result.right_terms)


@given(ROWS, ROWS)
@settings(max_examples=30, deadline=None)
def test_swapping_the_sides_swaps_the_terms_and_the_signs(left_rows, right_rows):
    there = found(spoken(*left_rows), spoken(*right_rows))
    back = found(spoken(*right_rows), spoken(*left_rows))
    assert [(t.term, t.z, t.log_odds) for t in there.left_terms] == [
        (t.term, -t.z, -t.log_odds) for t in back.right_terms
    ]
    assert there.tested == back.tested


LEFT = spoken(*["trust partner"] * 30, "once road")
RIGHT = spoken(*["pressure partner 2023 g7 ... -"] * 30, "road")


def test_terms_that_tell_the_sides_apart_come_first_and_survive():
    result = found(LEFT, RIGHT)
    assert (result.left_terms[0].term, result.right_terms[0].term) == ("trust", "pressure")
    survivors = {t.term for t in (*result.left_terms, *result.right_terms) if t.survives}
    assert survivors == {"trust", "pressure"}


def test_numbers_and_what_occurs_in_one_sentence_only_are_no_terms():
    assert found(LEFT, RIGHT).tested == 4  # trust, partner, pressure, road
    assert found(spoken("aye aye aye bee", "cee"), spoken("dee")).tested == 0


def test_no_more_terms_than_asked_for():
    result = found(spoken("a b c d", "a b c d"), spoken("e f g h", "e f g h"), terms=2)
    assert [t.term for t in result.left_terms] == ["a", "b"]
    assert [t.term for t in result.right_terms] == ["e", "f"]
    assert result.tested == 8


def test_a_word_that_is_common_in_the_corpus_tells_less_than_one_that_is_rare_there():
    corpus = spoken(*["common other words here"] * 50)
    result = found(spoken("common rare", "common rare"), spoken("other", "other"), corpus, 500.0)
    assert [t.term for t in result.left_terms] == ["rare", "common"]


@pytest.mark.parametrize(
    ("left", "right"), [((), ()), (("a", "a"), ()), (("a", "a"), ("a", "a")), (("",), ("", ""))]
)
def test_too_few_words_give_no_terms_and_no_error(left, right):
    result = found(spoken(*left), spoken(*right))
    assert (result.left_terms, result.right_terms) == ((), ())


def test_a_unit_without_words_is_compared_by_the_prior_alone():
    result = found(spoken("a a", "a b"), spoken(), spoken("b b b b"))
    assert [(t.term, t.left, t.right) for t in result.left_terms] == [("a", 3, 0)]
    assert not result.left_terms[0].survives
