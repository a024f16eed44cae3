from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.scoring.intervals import (
    Proportion,
    difference_interval,
    estimate,
    generator,
    percentile,
    proportion_difference,
    wilson,
)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        # Closed forms at the ends: z^2 / (n + z^2) from 0, and its mirror image.
        (0, 10, 0.0, 3.841459 / 13.841459),
        (10, 10, 10 / 13.841459, 1.0),
        # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval(hits, n, low, high):
    assert wilson(hits / n, n, 0.95) == (
        pytest.approx(low, abs=5e-5),
        pytest.approx(high, abs=5e-5),
    )


@pytest.mark.parametrize(
    ("left", "right", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_difference_of_wilson_intervals(left, right, low, high):
    sides = [(k / n, *wilson(k / n, n, 0.95)) for k, n in (left, right)]
    found = difference_interval(*sides)
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(
    st.lists(st.floats(-5, 5), min_size=1, max_size=50),
    st.sampled_from([0.5, 0.8, 0.95]),
)
def test_percentiles_are_those_of_numpy_and_leave_out_what_is_undefined(values, level):
    expected = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    assert percentile(np.array([*values, math.nan]), level) == pytest.approx(expected)


def test_no_resample_with_a_value_is_an_error():
    with pytest.raises(ValueError, match="no resample"):
        percentile(np.array([math.nan]), 0.95)


def drawn(hits, n, key):
    return generator(1, key).binomial(n, hits / n, size=2000) / n


def test_few_hits_or_misses_take_wilsons_interval_and_enough_of_both_the_bootstrap():
    few, enough = (Proportion(k, 40, drawn(k, 40, "a")) for k in (4, 20))
    assert few.interval(0.95) == wilson(0.1, 40, 0.95)
    assert enough.interval(0.95) == percentile(enough.draws, 0.95)
    assert Proportion(36, 40, drawn(36, 40, "a")).interval(0.95) == wilson(0.9, 40, 0.95)


def test_sentences_of_few_unlike_articles_count_for_fewer():
    spread = np.array([0.0, 0.5, 1.0] * 100)  # three times what 20 independent ones would vary
    clustered = Proportion(10, 20, spread, clustered=True)
    assert clustered.design_effect == pytest.approx(spread.var() / (0.25 / 20))
    assert clustered.interval(0.95) == wilson(0.5, 20 / clustered.design_effect, 0.95)
    assert Proportion(10, 20, spread).design_effect == 1.0
    assert Proportion(0, 20, 0 * spread, clustered=True).design_effect == 1.0


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
def test_swapping_the_sides_mirrors_the_interval_of_their_difference(a, m, b, n):
    left = Proportion(min(a, m), m, drawn(min(a, m), m, "left"))
    right = Proportion(min(b, n), n, drawn(min(b, n), n, "right"))
    there, back = (
        proportion_difference(left, right, 0.9),
        proportion_difference(right, left, 0.9),
    )
    assert there == (pytest.approx(-back[1]), pytest.approx(-back[0]))


def test_draws_depend_on_the_seed_and_on_every_part_of_the_key():
    keys = [(1, "a"), (2, "a"), (1, "b"), (1, "a", ""), (1, "", "a"), (1, "a", "a")]
    firsts = [generator(*key).integers(2**62) for key in keys]
    assert len(set(firsts)) == len(keys)
    assert generator(1, "a").integers(2**62) == firsts[0]


def test_a_record_is_rounded_and_has_no_negative_zero():
    record = estimate(-1e-9, (-0.1234567, 0.7654321), 3)
    assert (record.low, record.high, record.n) == (-0.123457, 0.765432, 3)
    assert math.copysign(1, record.value) == 1
