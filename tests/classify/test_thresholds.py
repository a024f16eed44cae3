"""Where coding begins, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.classify.thresholds import choose, unsure_from


def chosen(*pairs: tuple[float, bool]) -> float:
    probability, present = zip(*pairs, strict=True)
    return choose(np.array(probability), np.array(present, bool))


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        # Everything present above .5: the highest of the grid that still has all.
        ([(0.9, True), (0.8, True), (0.1, False)], 0.5),
        # One present at .325: at .32 it is found, at .33 it is lost, and F1 falls to .667.
        ([(0.9, True), (0.325, True), (0.1, False)], 0.32),
        # The only one is below the grid: nothing is gained anywhere.
        ([(0.1, True), (0.05, False)], 0.5),
        # No examples.
        ([(0.4, False), (0.9, False)], 0.5),
        # Lowering it for one would bring in three that are wrong.
        ([(0.9, True), (0.2, True), (0.3, False), (0.31, False), (0.32, False)], 0.5),
    ],
)
def test_choose(pairs: list[tuple[float, bool]], expected: float) -> None:
    assert chosen(*pairs) == expected


def test_a_little_less_f1_is_taken_for_a_higher_threshold() -> None:
    # At .2 F1 is 1; from .21 on one of 30 is lost: 2 * 29 / 59 = .983, within .02 of it.
    assert chosen(*[(0.9, True)] * 29, (0.205, True)) == 0.5
    # One of 20: 2 * 19 / 39 = .974 is not.
    assert chosen(*[(0.9, True)] * 19, (0.205, True)) == 0.2


CASES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


@given(CASES)
def test_never_above_a_half_and_unsure_never_above_the_threshold(
    pairs: list[tuple[float, bool]],
) -> None:
    probability = np.array([p for p, _ in pairs])
    present = np.array([x for _, x in pairs])
    threshold = choose(probability, present)
    assert 0.15 <= threshold <= 0.5
    assert 0.15 <= unsure_from(probability, present, threshold) <= threshold


def test_unsure_from_the_first_that_is_likely_enough() -> None:
    # Between .305 and .4 four of ten are present; taking in .255 as well makes four of thirteen.
    probability = np.array([0.305] * 10 + [0.255] * 3 + [0.9] * 5)
    present = np.array([True] * 4 + [False] * 9 + [True] * 5)
    assert unsure_from(probability, present, 0.4) == 0.26


@pytest.mark.parametrize("count", [9, 10])
def test_unsure_needs_ten_sentences(count: int) -> None:
    probability, present = np.full(count, 0.305), np.ones(count, bool)
    assert unsure_from(probability, present, 0.4) == (0.15 if count == 10 else 0.4)
    # None of them counts where it is coded anyway.
    assert unsure_from(probability, present, 0.3) == 0.3
