from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azstance.comparing.significance import (
    benjamini_hochberg,
    holm,
    rounded_p,
    two_sided_drawn,
    two_sided_exact,
)


@pytest.mark.parametrize(
    ("counts", "p"),
    [
        ((3, 4, 1, 4), 34 / 70),  # Fisher's lady tasting tea, two-sided
        ((4, 4, 0, 4), 2 / 70),
        ((2, 2, 2, 2), 1.0),
        ((0, 9, 0, 3), 1.0),
        ((0, 0, 1, 3), 1.0),
        ((5, 5, 0, 1), 1 / 6),
        # The other end differs less when the sides are unequal, and does not count.
        ((1, 1, 0, 3), 1 / 4),
    ],
)
def test_the_exact_permutation_p(counts, p):
    assert two_sided_exact(*counts) == pytest.approx(p)


@given(
    st.lists(st.booleans(), min_size=1, max_size=5), st.lists(st.booleans(), min_size=1, max_size=5)
)
@settings(max_examples=60, deadline=None)
def test_the_exact_p_is_that_of_every_way_to_deal_the_sentences(left, right):
    pooled = [*left, *right]
    observed = abs(np.mean(left) - np.mean(right))
    extreme = 0
    for chosen in combinations(range(len(pooled)), len(left)):
        ours = [pooled[index] for index in chosen]
        theirs = [value for index, value in enumerate(pooled) if index not in chosen]
        extreme += abs(np.mean(ours) - np.mean(theirs)) >= observed - 1e-9
    expected = extreme / comb(len(pooled), len(left))
    assert two_sided_exact(sum(left), len(left), sum(right), len(right)) == pytest.approx(expected)


def test_large_counts_neither_overflow_nor_vanish():
    assert two_sided_exact(20_000, 50_000, 20_000, 50_000) == pytest.approx(1.0)
    assert 0 <= two_sided_exact(30_000, 50_000, 20_000, 50_000) < 1e-300


@pytest.mark.parametrize(
    ("observed", "drawn", "p"),
    [
        (0.5, [0.1, -0.2, 0.3], 1 / 4),
        (-0.2, [0.1, -0.2, 0.3], 3 / 4),
        (0.0, [0.1, -0.2, 0.3], 1.0),
        (0.5, [0.1, float("nan"), 0.3], 2 / 4),
    ],
)
def test_a_drawn_p_counts_the_observed_arrangement_and_is_never_zero(observed, drawn, p):
    assert two_sided_drawn(observed, np.array(drawn)) == p


def closed_testing(p_values):
    """Holm's adjusted p as the largest Bonferroni p over all families that hold the test."""
    tests = range(len(p_values))
    families = [f for size in range(1, len(p_values) + 1) for f in combinations(tests, size)]
    return [
        max(min(1.0, len(f) * min(p_values[j] for j in f)) for f in families if test in f)
        for test in tests
    ]


@given(st.lists(st.floats(0, 1), max_size=6))
def test_holm_is_closed_testing_with_bonferroni(p_values):
    assert holm(p_values) == pytest.approx(closed_testing(p_values))


def test_holm_on_a_small_family():
    # 4 x .01, 3 x .02, 2 x .03, then not below the one before.
    assert holm([0.03, 0.01, 0.05, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])


@pytest.mark.parametrize(
    ("p_values", "stands"),
    [
        # The example of Benjamini and Hochberg (1995), section 3.2: four of fifteen.
        (
            [
                *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
                *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
            ],
            [True] * 4 + [False] * 11,
        ),
        ([0.04, 0.03, 0.02], [True] * 3),  # the largest passes, and takes the others along
        ([0.06, 0.03], [False, False]),
        ([], []),
    ],
)
def test_benjamini_hochberg(p_values, stands):
    assert benjamini_hochberg(p_values, 0.05) == stands


@pytest.mark.parametrize(("p", "shown"), [(0.0, 1e-6), (3e-9, 1e-6), (0.12345678, 0.123457)])
def test_a_p_is_never_rounded_to_nothing(p, shown):
    assert rounded_p(p) == shown
