"""AZ501: windows of an outlet's new articles, one after another, held against its reference.

The mean of a window is ranked among the means of as many articles drawn from the reference; the
draws are seeded by the outlet and the measure, so that nothing else changes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from azstance.checking.draft import Draft
from azstance.checking.measured import Ranked, rank
from azstance.checking.records import Measure
from azstance.scoring.intervals import generator

if TYPE_CHECKING:
    from azstance.check_settings import Thresholds
    from azstance.checking.reference import Known
    from azstance.checking.subject import Profile, Subject

DRAWS = 1999
_DECIMALS = 4


def drift(
    subjects: Sequence[Subject], known: Sequence[Known], seed: int, limits: Thresholds
) -> tuple[int, Iterator[tuple[Subject, Draft]]]:
    """Number of tests, and findings at the last article of the windows that differ.

    `subjects` are the new articles of one outlet in the order of their dates, `known` its reference
    articles. Windows do not overlap. A finding takes `limits.windows` windows in a row on the same
    side, each with p <= `limits.alpha`.
    """
    tests = 0
    found: list[tuple[Subject, Draft]] = []
    names = ("alignment", *(known[0].profile.shares if known else ()))
    for name in names:
        mine = [(s, v) for s in subjects if (v := _value(s.profile, name)) is not None]
        others = [v for k in known if (v := _value(k.profile, name)) is not None]
        whole = len(mine) // limits.window
        if not whole or len(others) < 2 * limits.window:
            continue
        means = _means(others, limits.window, seed, subjects[0].outlet, name)
        row: list[Ranked] = []
        for number in range(whole):
            window = mine[number * limits.window : (number + 1) * limits.window]
            ranked = rank(float(np.mean([value for _, value in window])), means)
            tests += 1
            same = ranked.p <= limits.alpha and (not row or row[-1].above == ranked.above)
            row = [*row, ranked] if same else [ranked] if ranked.p <= limits.alpha else []
            if len(row) == limits.windows:
                found.append((window[-1][0], _draft(name, row, subjects[0].outlet, limits)))
    return tests, iter(found)


def _value(profile: Profile, name: str) -> float | None:
    return profile.alignment if name == "alignment" else profile.shares.get(name)


def _means(
    others: Sequence[float], window: int, seed: int, outlet: str, name: str
) -> Sequence[float]:
    """Means of windows drawn from the reference without replacement."""
    rng = generator(seed, "drift", outlet.casefold(), name)
    values = np.array(others)
    drawn = [values[rng.permutation(len(values))[:window]].mean() for _ in range(DRAWS)]
    return [float(value) for value in np.round(drawn, 9)]


def _draft(name: str, row: Sequence[Ranked], outlet: str, limits: Thresholds) -> Draft:
    last = row[-1]
    side = "above" if last.above else "below"
    values = ", ".join(f"{each.value:+.2f}" for each in row)
    what = "alignment" if name == "alignment" else f"share of {name}"
    message = (
        f"The mean {what} of {len(row)} windows in a row of {limits.window} articles of {outlet} "
        f"({values}) lies {side} that of its reference ({last.center:+.2f}; p <= "
        f"{max(each.p for each in row):.3f} in each; told from p <= {limits.alpha:g} on)."
    )
    measure = Measure(
        name,
        round(last.value, _DECIMALS),
        round(last.center, _DECIMALS),
        last.n,
        round(max(each.p for each in row), _DECIMALS),
        limits.alpha,
        0.0,
    )
    return Draft("AZ501", 1, message, f"{outlet.casefold()} {name} {side}", (), measure)
