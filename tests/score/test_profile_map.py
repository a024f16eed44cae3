"""The map of sources, against a table whose analysis is in print and against numpy's own SVD."""

from __future__ import annotations

import importlib.util
import math
from random import Random

import numpy as np
import pytest

from azstance.comparing import profile_map as module
from azstance.comparing.profile_map import Place, ProfileMap, profile_map
from azstance.errors import ConfigError
from azstance.records import (
    Dominance,
    Estimate,
    FrameScore,
    Polarity,
    Score,
    Verdict,
)

NONE = Estimate(None, None, None, 0)
FRAMES = ("alliance", "rift")

# Staff groups by smoking, Greenacre (2017), chapter 9: senior and junior managers, senior and
# junior employees, secretaries; none, light, medium, heavy. Inertias .0748 and .0100 of .0852.
SMOKING = {
    "SM": (4, 2, 3, 2),
    "JM": (4, 3, 7, 4),
    "SE": (25, 10, 12, 4),
    "JE": (18, 24, 33, 13),
    "SC": (10, 6, 7, 2),
}


def score(id: str, *counts: int) -> Score:
    """A source that affirms and denies the first frame so often, then the second."""
    frames = tuple(
        FrameScore(frame, counts[2 * place], counts[2 * place + 1], 9, 4, NONE, NONE)
        for place, frame in enumerate(FRAMES)
    )
    leading = Dominance("none", Verdict.NONE, None, NONE)
    return Score(id, (id,), 100, sum(counts), frames, NONE, leading)


def mapped(table: dict[str, tuple[int, ...]]) -> ProfileMap:
    return profile_map([score(id, *counts) for id, counts in table.items()], FRAMES)


def by_hand(table: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Principal coordinates and inertias from the definition: the SVD of the residuals."""
    shares = table / table.sum()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    residuals = (shares - np.outer(rows, columns)) / np.sqrt(np.outer(rows, columns))
    u, s, vt = np.linalg.svd(residuals, full_matrices=False)
    return u * s / np.sqrt(rows)[:, None], vt.T * s / np.sqrt(columns)[:, None], s**2


def test_the_smoking_table_as_it_is_in_print() -> None:
    found = mapped(SMOKING)
    assert found.why_not == ""
    assert found.explained == pytest.approx((0.8776, 0.1176), abs=1e-4)
    places = {place.name: place for place in found.places if place.kind == "source"}
    # Greenacre's plot has the opposite sides of both axes; the distances from 0 are in print.
    assert abs(places["SE"].x) == pytest.approx(0.381, abs=5e-4)
    assert abs(places["JM"].y) == pytest.approx(0.243, abs=5e-4)


def test_coordinates_are_those_of_the_definition() -> None:
    found = mapped(SMOKING)
    table = np.array([SMOKING[name] for name in sorted(SMOKING)], dtype=float)
    rows, columns, inertias = by_hand(table)
    assert found.explained == pytest.approx(tuple(inertias[:2] / inertias.sum()), abs=1e-6)
    places = found.places
    mine = np.array([(p.x, p.y) for p in places])
    theirs = np.concatenate([rows, columns])[:, :2]
    for axis in range(2):
        turned = math.copysign(1, mine[:, axis] @ theirs[:, axis])
        assert mine[:, axis] == pytest.approx(turned * theirs[:, axis], abs=2e-6)
    claims = [(p.name, p.polarity) for p in places if p.kind == "frame"]
    assert claims == [(frame, polarity) for frame in FRAMES for polarity in Polarity]
    assert [p.sentences for p in places] == [88, 18, 25, 51, 11, 61, 45, 62, 25]


def test_the_farthest_claim_of_an_axis_is_on_its_positive_side() -> None:
    claims = [p for p in mapped(SMOKING).places if p.kind == "frame"]
    assert max((p.x for p in claims), key=abs) > 0
    assert max((p.y for p in claims), key=abs) > 0


@pytest.mark.parametrize("seed", range(5))
def test_order_of_the_sources_makes_no_difference(seed: int) -> None:
    names = list(SMOKING)
    Random(seed).shuffle(names)
    assert mapped({name: SMOKING[name] for name in names}) == mapped(SMOKING)


def test_of_equally_far_claims_the_first_is_on_the_positive_side() -> None:
    """The two sources mirror each other, and so do the two claims that tell them apart."""
    found = mapped({"A": (6, 0, 2, 2), "B": (0, 6, 2, 2), "C": (3, 3, 2, 2)})
    claims = {(p.name, p.polarity): p.x for p in found.places if p.kind == "frame"}
    assert claims["alliance", Polarity.AFFIRM] == -claims["alliance", Polarity.DENY]
    assert claims["alliance", Polarity.AFFIRM] > 0


def test_differences_of_one_kind_lie_on_a_line() -> None:
    found = mapped({"A": (6, 0, 2, 2), "B": (0, 6, 2, 2), "C": (3, 3, 2, 2)})
    assert found.explained == (1.0, 0.0)
    assert {place.y for place in found.places} == {0.0}


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({}, "there are 0"),
        ({"A": (1, 2, 3, 4)}, "there is 1."),
        ({"A": (1, 2, 3, 4), "B": (4, 3, 2, 1)}, "3 sources or more"),
        ({"A": (1, 2, 3, 4), "B": (4, 3, 2, 1), "C": (0, 0, 0, 0)}, "3 sources or more"),
        ({"A": (1, 2, 0, 0), "B": (4, 3, 0, 0), "C": (1, 0, 0, 0)}, "3 or more different claims"),
        ({"A": (1, 2, 3, 4), "B": (2, 4, 6, 8), "C": (1, 2, 3, 4)}, "divide their sentences alike"),
    ],
)
def test_why_there_is_no_map(table: dict[str, tuple[int, ...]], reason: str) -> None:
    found = mapped(table)
    assert reason in found.why_not
    assert found.places == ()


def test_silent_sources_have_no_place_and_are_counted() -> None:
    found = mapped({**SMOKING, "silent": (0, 0, 0, 0)})
    assert found.silent == 1
    assert found.places == mapped(SMOKING).places


def test_beyond_the_most_places_the_largest_are_shown_where_all_put_them() -> None:
    random = Random(1)
    table = {f"{n:03}": tuple(random.randint(1, 9) for _ in range(4)) for n in range(230)}
    found = mapped(table)
    shown = [place for place in found.places if place.kind == "source"]
    assert (len(shown), found.not_shown) == (module.MOST_PLACES, 30)
    least = min(place.sentences for place in shown)
    left = set(table) - {place.name for place in shown}
    assert max(sum(table[name]) for name in left) <= least
    rows, _, _ = by_hand(np.array([table[name] for name in sorted(table)], dtype=float))
    first = rows[sorted(table).index(shown[0].name)]
    assert (abs(shown[0].x), abs(shown[0].y)) == pytest.approx(abs(first[:2]), abs=1e-5)


def test_missing_library_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(module, "find_spec", lambda name: None if name == "prince" else known(name))
    with pytest.raises(ConfigError, match=r'pip install "azstance\[report\]"'):
        mapped(SMOKING)
    assert mapped({}).why_not  # and nothing is missed where there is no map


def test_a_place_is_a_plain_value() -> None:
    place = mapped(SMOKING).places[0]
    assert isinstance(place, Place)
    assert (type(place.x), type(place.sentences)) == (float, int)
