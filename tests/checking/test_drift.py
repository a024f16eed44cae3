"""Windows of new articles in a row against the record of their outlet."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from azstance.check_settings import Thresholds
from azstance.checking.drift import DRAWS, _means, drift
from azstance.checking.reference import Known
from azstance.checking.subject import Subject

from .build import check, ids, known, plain, record, reference, subject

LIMITS = Thresholds(window=5)
SPREAD = np.linspace(-1, 1, 60)


def outlet(*alignments: float | None) -> list[Subject]:
    return [subject(plain(name=f"n{n:02}", alignment=a)) for n, a in enumerate(alignments)]


def spread(n: int = 60) -> list[Known]:
    return [known(f"old/{i:03}", float(v)) for i, v in enumerate(SPREAD[:n])]


def run(*alignments: float | None, limits: Thresholds = LIMITS) -> list[tuple[str, str]]:
    _, found = drift(outlet(*alignments), spread(), 1, limits)
    return [(own.place, draft.basis) for own, draft in found]


@pytest.mark.parametrize(
    ("alignments", "found"),
    [
        ([0.0] * 10, []),
        ([0.9] * 10, [("n09.md", "daily alignment above")]),
        ([-0.9] * 10, [("n09.md", "daily alignment below")]),
        ([0.9] * 9, []),
        ([0.9] * 5 + [0.0] * 5 + [0.9] * 5, []),
        ([0.9] * 5 + [-0.9] * 5, []),
        ([0.9] * 5 + [-0.9] * 10, [("n14.md", "daily alignment below")]),
        ([0.9] * 20, [("n09.md", "daily alignment above")]),
        ([0.9] * 9 + [None, 0.9], [("n10.md", "daily alignment above")]),
    ],
)
def test_it_takes_windows_in_a_row_on_one_side(
    alignments: list[float | None], found: list[tuple[str, str]]
) -> None:
    assert run(*alignments) == found


def test_how_many_windows_can_be_set() -> None:
    assert run(*[0.9] * 5, limits=Thresholds(window=5, windows=1))
    assert not run(*[0.9] * 10, limits=Thresholds(window=5, windows=3))
    assert run(*[0.9] * 15, limits=Thresholds(window=5, windows=3))


def test_tests_are_counted_for_each_window_and_measure() -> None:
    tests, _ = drift(outlet(*[0.0] * 14), spread(), 1, LIMITS)
    assert tests == 2 * 5  # two whole windows; alignment and four frames
    assert drift(outlet(*[0.0] * 4), spread(), 1, LIMITS)[0] == 0


@pytest.mark.parametrize(("n", "tests"), [(9, 0), (10, 5)])
def test_a_record_of_two_windows_at_least(n: int, tests: int) -> None:
    assert drift(outlet(*[0.0] * 5), spread(n), 1, LIMITS)[0] == tests


def test_the_draws_depend_on_seed_outlet_and_measure_alone() -> None:
    values = SPREAD.tolist()
    means = _means(values, 5, 1, "Daily", "alignment")
    assert len(means) == DRAWS
    assert means == _means(values, 5, 1, "DAILY", "alignment")
    others = [
        _means(values, 5, 2, "Daily", "alignment"), _means(values, 5, 1, "Weekly", "alignment"),
        _means(values, 5, 1, "Daily", "rift"),
    ]  # fmt: skip
    assert all(one != two for one, two in pairwise([means, *others]))
    assert abs(float(np.mean(means))) < 0.05
    # Without replacement: the mean of all is the mean of the record.
    assert set(np.round(_means(values, 60, 1, "x", "y"), 6)) == {0.0}


def test_the_message_says_what_was_compared() -> None:
    _, found = drift(outlet(*[0.9] * 10), spread(), 1, LIMITS)
    ((_, draft),) = found
    assert draft.rule == "AZ501"
    assert "alignment of 2 windows in a row of 5 articles of Daily (+0.90, +0.90)" in draft.message
    assert "lies above that of its reference" in draft.message
    assert draft.measure is not None
    assert draft.measure.n == DRAWS
    assert draft.measure.p == pytest.approx(2 / (DRAWS + 1), abs=1e-4)


@pytest.mark.parametrize("batch", [False, True])
def test_drift_needs_batch(batch: bool) -> None:
    new = [plain(name=f"n{n:02}", framed=3) for n in range(40)]
    found = check(*new, reference=reference(*record(120)), batch=batch)
    drifts = [f for f in found.findings if f.rule == "AZ501"]
    assert [(f.path, f.line, f.measure and f.measure.name) for f in drifts] == (
        [("n39.md", 1, "rift")] if batch else []
    )
    assert found.tests == 40 * 5 + (10 if batch else 0)


def test_articles_of_the_run_are_no_part_of_the_record_they_are_held_against() -> None:
    """A reference that was built with them already would hide the drift."""
    new = [plain(name=f"n{n:02}", framed=3) for n in range(40)]
    own = [known(f"n{n:02}.md", 0.0, rift=0.3) for n in range(40)]
    found = check(*new, reference=reference(*record(120), *own), batch=True)
    assert ids(found).count("AZ501") == 1
