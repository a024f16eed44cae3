"""Formulas against examples worked on paper or published, and what holds of all counts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from azstance.evaluating import formulas

TABLE = np.array([[2.0, 0, 0], [1, 1, 0], [0, 1, 0]])
TABLES = arrays.arrays(float, (3, 3), elements=st.integers(0, 9).map(float))
NUMBERS = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=2, max_size=12).map(
    lambda pairs: np.array(pairs, float)
)


def table_of(first: str, second: str) -> np.ndarray:
    names = sorted({*first, *second})
    counts = np.zeros((len(names), len(names)))
    for one, other in zip(first, second, strict=True):
        counts[names.index(one), names.index(other)] += 1
    return counts


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [
        # Krippendorff (2011), examples A and B.
        ("0100000010", "1110010000", 0.095),
        ("aabbdcccedda", "babbbccceddd", 0.692),
        # By hand: 2 of 2 differ, D_o = 1; 2 a and 2 b, D_e = (16 - 8) / (4 * 3).
        ("ab", "ba", 1 - 12 / 8),
        ("aab", "aab", 1.0),
    ],
)
def test_alpha(first: str, second: str, alpha: float) -> None:
    table = table_of(first, second)
    assert formulas.alpha(table) == pytest.approx(alpha, abs=5e-4)
    assert formulas.nominal_alpha(table) == pytest.approx(alpha, abs=5e-4)


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_both_alphas_are_one(table: np.ndarray) -> None:
    known, fast = formulas.alpha(table), float(formulas.nominal_alpha(table))
    assert math.isnan(known) == math.isnan(fast)
    assert math.isnan(known) or known == pytest.approx(fast)
    assert math.isnan(known) or known <= 1


@pytest.mark.parametrize("table", [np.zeros((3, 3)), np.diag([5.0, 0, 0])])
def test_alpha_of_one_code_is_unknown(table: np.ndarray) -> None:
    assert math.isnan(formulas.alpha(table))
    assert math.isnan(formulas.nominal_alpha(table))


def test_presence_and_polarity_by_hand() -> None:
    assert [int(each) for each in formulas.presence(TABLE)] == [2, 3, 2]
    assert [int(each) for each in formulas.polarity(TABLE, 1)] == [1, 2, 2]
    assert [int(each) for each in formulas.polarity(TABLE, 2)] == [0, 1, 0]
    assert formulas.f1(*formulas.presence(TABLE)) == pytest.approx(0.8)


def test_macro_leaves_out_frames_that_gold_has_not() -> None:
    only_coded = np.array([[3.0, 1, 0], [0, 0, 0], [0, 0, 0]])
    assert formulas.macro_f1(np.array([TABLE, only_coded])) == pytest.approx(0.8)
    # But what was coded of it counts against the micro F1: 1 right, 3 in gold, 3 coded.
    assert formulas.micro_f1(np.array([TABLE, only_coded])) == pytest.approx(2 / 6)


def test_nothing_is_unknown_and_not_zero() -> None:
    empty = np.zeros((2, 3, 3))
    assert math.isnan(formulas.macro_f1(empty))
    assert math.isnan(formulas.micro_f1(empty))
    assert math.isnan(formulas.calibration_error(np.zeros((10, 3))))


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_f1_lies_between_precision_and_recall(table: np.ndarray) -> None:
    right, gold, coded = (float(each) for each in formulas.presence(table))
    value = float(formulas.f1(right, gold, coded))
    if gold and coded:
        precision, recall = right / coded, right / gold
        assert min(precision, recall) - 1e-12 <= value <= max(precision, recall) + 1e-12
        if right:
            assert value == pytest.approx(2 / (1 / precision + 1 / recall))


@given(arrays.arrays(float, (4, 2, 3, 3), elements=st.integers(0, 9).map(float)))
@settings(max_examples=30, deadline=None)
def test_resamples_are_computed_each_by_itself(tables: np.ndarray) -> None:
    for figure in (formulas.macro_f1, formulas.micro_f1, formulas.nominal_alpha):
        together = figure(tables)
        for number, each in enumerate(tables):
            np.testing.assert_allclose(together[number], figure(each))


@pytest.mark.parametrize(
    ("probability", "bin"),
    [(0.0, 0), (0.05, 0), (0.1, 0), (0.1000001, 1), (0.3, 2), (0.7, 6), (0.95, 9), (1.0, 9)],
)
def test_a_bin_holds_its_upper_end(probability: float, bin: int) -> None:
    assert formulas.bin_of(probability) == bin


def test_calibration_error_by_hand() -> None:
    bins = np.zeros((10, 3))
    bins[9] = (2, 1.9, 1)  # 0.95 twice, right once: off by 0.45
    bins[5] = (1, 0.55, 1)  # right: off by 0.45
    bins[0] = (1, 0.05, 0)  # wrong: off by 0.05
    assert formulas.calibration_error(bins) == pytest.approx((2 * 0.45 + 0.45 + 0.05) / 4)


@pytest.mark.parametrize(
    ("left", "right", "value"),
    [
        ([1, 2, 3], [10, 20, 90], 1.0),
        ([1, 2, 3], [3, 2, 1], -1.0),
        # Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 * 5).
        ([1, 2, 2, 4], [1, 3, 2, 4], 4.5 / math.sqrt(22.5)),
        ([1, 1], [1, 2], math.nan),
        ([1], [1], math.nan),
        ([], [], math.nan),
    ],
)
def test_spearman(left: list[float], right: list[float], value: float) -> None:
    found = formulas.spearman(np.array(left, float), np.array(right, float))
    assert found == pytest.approx(value, nan_ok=True)


@given(NUMBERS)
@settings(max_examples=60, deadline=None)
def test_spearman_looks_at_the_order_alone(values: np.ndarray) -> None:
    left, right = values.T
    value = formulas.spearman(left, right)
    assert formulas.spearman(np.exp(left), right**3) == pytest.approx(value, nan_ok=True)
    assert formulas.spearman(right, left) == pytest.approx(value, nan_ok=True)
    assert formulas.spearman(left, -right) == pytest.approx(-value, nan_ok=True)
    assert math.isnan(value) or -1 - 1e-9 <= value <= 1 + 1e-9
