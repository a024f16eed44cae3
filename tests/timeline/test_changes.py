"""Change points of series built by hand: a planted one is found, noise seldom makes one."""

from __future__ import annotations

import random

import pytest

from azstance.records import Estimate
from azstance.scoring.intervals import wilson
from azstance.timeline.changes import Found, change_points
from azstance.timeline.records import LEAST_PERIODS

Figures = list[tuple[str, Estimate]]


def share(hits: int, n: int) -> Estimate:
    low, high = wilson(hits / n, n, 0.95)
    return Estimate(hits / n, low, high, n)


def series(*hits: int, n: int = 20) -> Figures:
    return [(f"{2000 + place}", share(each, n)) for place, each in enumerate(hits)]


def drawn(seed: int, periods: int, spread: float, shift: float = 0.0) -> Figures:
    """Shares of 30% (from the middle on `shift` more) whose true values differ by `spread`."""
    rng = random.Random(seed)
    figures = []
    for place in range(periods):
        true = min(1.0, max(0.0, rng.gauss(0.3 + shift * (place >= periods // 2), spread)))
        n = rng.choice((5, 20, 40, 80))
        figures.append((f"{place:03}", share(sum(rng.random() < true for _ in range(n)), n)))
    return figures


@pytest.mark.parametrize("place", [2, 3, 5, 8, 10])
def test_a_planted_change_is_found_at_its_place(place: int) -> None:
    hits = [2 + year % 2 for year in range(place)] + [15 - year % 2 for year in range(place, 12)]
    (found,) = change_points(series(*hits))
    assert found.period == str(2000 + place)
    assert found.before == pytest.approx(0.125, abs=0.03)
    assert found.after == pytest.approx(0.725, abs=0.03)


def test_two_changes() -> None:
    found = change_points(series(*[2, 3, 2, 3, 2], *[16, 15, 16, 15, 16], *[6, 5, 6, 5, 6]))
    assert [each.period for each in found] == ["2005", "2010"]
    assert found[0].after == found[1].before


def test_a_series_without_any_difference() -> None:
    assert change_points(series(*[5] * 12)) == ()


def test_a_short_series_is_not_looked_at() -> None:
    hits = [1] * 3 + [19] * 3
    assert change_points(series(*hits[:-1])) == ()
    assert len(hits) == LEAST_PERIODS
    assert [each.period for each in change_points(series(*hits))] == ["2003"]


def test_one_month_that_stands_out_is_no_level() -> None:
    assert change_points(series(3, 4, 3, 4, 3, 4, 18, 4, 3, 4, 3, 4)) == ()


def test_a_large_month_between_two_small_ones_counts() -> None:
    """What stands out there are the small ones, and the level is that of the large ones."""
    figures = series(*[6, 7] * 5, *[18, 17] * 4)
    figures[3] = (figures[3][0], share(4, 5))
    figures[5] = (figures[5][0], share(4, 5))
    (found,) = change_points(figures)
    assert found.period == "2010"
    assert found.before == pytest.approx(0.35, abs=0.05)


def test_a_month_of_three_sentences_moves_nothing() -> None:
    few = series(4, 5, 4, 5, 4, 5, 4, 5, 4, 5)
    few[4:6] = [(few[4][0], share(3, 3)), (few[5][0], share(2, 3))]
    assert change_points(few) == ()
    many = series(4, 5, 4, 5, 20, 19, 4, 5, 4, 5)
    assert [each.period for each in change_points(many)] == ["2004", "2006"]


@pytest.mark.parametrize("periods", [6, 12, 36])
@pytest.mark.parametrize(("spread", "most"), [(0.0, 4), (0.1, 16)])
def test_a_flat_series_seldom_has_one(periods: int, spread: float, most: int) -> None:
    """Of 200: 2% where sentences alone make the noise, 8% where months differ much besides."""
    made = sum(bool(change_points(drawn(seed, periods, spread))) for seed in range(200))
    assert made <= most


@pytest.mark.parametrize(("periods", "least"), [(8, 45), (12, 54), (24, 57)])
def test_a_large_change_is_seldom_missed(periods: int, least: int) -> None:
    """Of 60 series whose level goes from 30% to 75%."""
    near = [
        any(
            abs(int(each.period) - periods // 2) <= 1
            for each in change_points(drawn(seed, periods, 0.02, 0.45))
        )
        for seed in range(60)
    ]
    assert sum(near) >= least


def test_signs_and_scales_do_not_matter() -> None:
    """An alignment has no ends at 0 and 1."""
    values = [-2.1, -1.9, -2.0, -2.2, 1.0, 1.2, 0.9, 1.1]
    figures = [
        (str(2000 + n), Estimate(value, value - 1, value + 1, 12)) for n, value in enumerate(values)
    ]
    assert change_points(figures) == (Found("2004", -2.05, 1.05),)
    turned = [
        (name, Estimate(-(e.value or 0), -(e.high or 0), -(e.low or 0), e.n)) for name, e in figures
    ]
    assert change_points(turned) == (Found("2004", 2.05, -1.05),)


def test_intervals_of_any_level_tell_the_same() -> None:
    narrow = [(name, Estimate(e.value, *wilson(e.value or 0, e.n, 0.8), e.n)) for name, e in
              series(2, 3, 2, 3, 15, 14, 15, 14)]  # fmt: skip
    assert [each.period for each in change_points(narrow, 0.8)] == ["2004"]
