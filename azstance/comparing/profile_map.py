"""A map of sources: those whose authors say alike of the frames lie close to each other.

Correspondence analysis of the table of sources by what their authors affirm and deny (Greenacre
2017, Correspondence Analysis in Practice, 3rd edition, chapters 4 to 10). Exact, by a singular
value decomposition: nothing is drawn at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from azstance.errors import ConfigError
from azstance.records import Polarity
from azstance.scoring.intervals import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from azstance.records import Score

    Floats = NDArray[np.float64]

LEAST = 3
"""Fewer sources, or fewer kinds of claims, lie on a line or in a point: there is nothing to map."""

MOST_PLACES = 200
"""More sources than this are not drawn: the map is computed from all, and shows those with most
sentences."""

_SAME = 1e-9  # inertia below this is rounding: every source says the same


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source, or a frame that is affirmed or denied, lies on the map.

    `name` is that of the source or of the frame; `polarity` is None for a source. `x` and `y` are
    principal coordinates, the same unit on both axes. `sentences` counts those in the author's
    voice behind the place.
    """

    kind: Literal["source", "frame"]
    name: str
    x: float
    y: float
    sentences: int
    polarity: Polarity | None = None


@dataclass(frozen=True, slots=True)
class ProfileMap:
    """The map, or why there is none.

    `places`: sources by name, then what is said of the frames in the order of the codebook.
    `explained`: the shares of the total inertia (from 0 to 1) that the horizontal and the vertical
    axis show; where the second shows none, all places lie on one line. `why_not`: a plain sentence
    where there is no map, else "". `silent` counts sources without a framed sentence in the
    author's voice, which have no place; `not_shown` those left out beyond `MOST_PLACES`.
    """

    places: tuple[Place, ...] = ()
    explained: tuple[float, float] = (0.0, 0.0)
    why_not: str = ""
    silent: int = 0
    not_shown: int = 0


def need_extra() -> None:
    """Raise ConfigError, with what to install, where the library behind the map is missing."""
    if find_spec("prince") is None:
        raise ConfigError(
            "a map of sources needs more libraries",
            remedy='Install them: pip install "azstance[report]"',
        )


def profile_map(scores: Sequence[Score], frames: Sequence[str]) -> ProfileMap:
    """The map of the sources that `scores` are of.

    The table has a row a source and two columns a frame, affirmed and denied, and counts sentences
    in the author's voice; rows and columns without any are left out. Sources and frames are both in
    principal coordinates (a symmetric map): distances between sources, and between frames, can be
    read; of a source and a frame only whether they lie in the same direction.

    An axis could as well be turned round. It is turned so that of the frame points the one that
    lies farthest from 0 on it is on the positive side; of equals, the first in the order of the
    codebook, affirmed before denied. The order of `scores` makes no difference.
    """
    table = _table(scores, frames)
    why_not = _why_not(table)
    silent = len(scores) - len(table.sources)
    if why_not:
        return ProfileMap(why_not=why_not, silent=silent)
    need_extra()
    fitted = _fit(table)
    if fitted is None:
        return ProfileMap(why_not="All sources divide their sentences alike.", silent=silent)
    rows, columns, explained = fitted
    sources = _sources(table, rows)
    shown = sorted(sources, key=lambda place: (-place.sentences, place.name))[:MOST_PLACES]
    return ProfileMap(
        places=(*sorted(shown, key=lambda place: place.name), *_claims(table, columns)),
        explained=explained,
        silent=silent,
        not_shown=len(sources) - len(shown),
    )


@dataclass(frozen=True)
class _Table:
    """Counts by source and claim, without empty rows and columns."""

    sources: tuple[str, ...]
    claims: tuple[tuple[str, Polarity], ...]
    counts: tuple[tuple[int, ...], ...]


def _table(scores: Sequence[Score], frames: Sequence[str]) -> _Table:
    claims = [(frame, polarity) for frame in frames for polarity in Polarity]
    rows = {score.id: _counts(score, claims) for score in sorted(scores, key=lambda s: s.id)}
    rows = {source: row for source, row in rows.items() if any(row)}
    used = [place for place in range(len(claims)) if any(row[place] for row in rows.values())]
    return _Table(
        tuple(rows),
        tuple(claims[place] for place in used),
        tuple(tuple(row[place] for place in used) for row in rows.values()),
    )


def _counts(score: Score, claims: Sequence[tuple[str, Polarity]]) -> tuple[int, ...]:
    known = {(each.frame, Polarity.AFFIRM): each.affirm for each in score.frames}
    known |= {(each.frame, Polarity.DENY): each.deny for each in score.frames}
    return tuple(known.get(claim, 0) for claim in claims)


def _why_not(table: _Table) -> str:
    sources, claims = len(table.sources), len(table.claims)
    if sources < LEAST:
        return (
            f"A map takes {LEAST} sources or more whose authors affirm or deny a frame; "
            f"there {'is 1' if sources == 1 else f'are {sources}'}."
        )
    if claims < LEAST:
        return (
            f"A map takes {LEAST} or more different claims (a frame affirmed, a frame denied) in "
            f"the authors' own voice; there {'is 1' if claims == 1 else f'are {claims}'}."
        )
    return ""


def _fit(table: _Table) -> tuple[Floats, Floats, tuple[float, float]] | None:
    """Coordinates of rows and of columns, and the shares of inertia; None without any inertia."""
    import numpy as np
    import pandas as pd
    import prince

    frame = pd.DataFrame(np.array(table.counts, dtype=np.float64))
    fitted = prince.CA(n_components=2, engine="scipy").fit(frame)
    if float(fitted.total_inertia_) < _SAME:
        return None
    shares = np.asarray(fitted.eigenvalues_, dtype=np.float64) / float(fitted.total_inertia_)
    rows = np.asarray(fitted.row_coordinates(frame), dtype=np.float64)
    columns = np.asarray(fitted.column_coordinates(frame), dtype=np.float64)
    turned = [_turned(columns[:, axis].tolist(), float(shares[axis])) for axis in range(2)]
    explained = rounded(float(shares[0])), rounded(float(shares[1]))
    return rows * np.array(turned), columns * np.array(turned), explained


def _turned(coordinates: Sequence[float], share: float) -> float:
    """1, or -1 for an axis to be turned round; 0 for one that shows nothing and is only noise."""
    if share < _SAME:
        return 0.0
    # Rounded, because equal distances may differ in the last bit.
    farthest = max(coordinates, key=lambda value: round(abs(value), 9))
    return -1.0 if farthest < 0 else 1.0


def _sources(table: _Table, rows: Floats) -> list[Place]:
    return [
        Place("source", source, rounded(float(x)), rounded(float(y)), sum(counts))
        for source, (x, y), counts in zip(table.sources, rows, table.counts, strict=True)
    ]


def _claims(table: _Table, columns: Floats) -> list[Place]:
    totals = [sum(column) for column in zip(*table.counts, strict=True)]
    return [
        Place("frame", frame, rounded(float(x)), rounded(float(y)), total, polarity)
        for (frame, polarity), (x, y), total in zip(table.claims, columns, totals, strict=True)
    ]
