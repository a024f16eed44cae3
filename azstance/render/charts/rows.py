"""Rows of the charts from what was computed: plain values, names cleaned for showing.

Every figure is as it was computed: shares from 0 to 1, intervals None where there are none.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from azstance.render.clean import plain
from azstance.render.words import signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from azstance.comparing.cells import Cell
    from azstance.comparing.company import Company
    from azstance.comparing.profile_map import ProfileMap
    from azstance.comparison_records import Comparison
    from azstance.records import Estimate
    from azstance.render.charts.look import Row
    from azstance.timeline.records import Timeline

MOST_ACTORS = 12
"""So many actors at most are drawn; those named most often come first."""


def _figure(estimate: Estimate, name: str) -> Row:
    return {name: estimate.value, "low": estimate.low, "high": estimate.high, "n": estimate.n}


def cell_rows(cells: Iterable[Cell]) -> list[Row]:
    """Rows of `frame_chart`: one a cell, in the order given."""
    return [
        {
            "source": plain(cell.unit),
            "frame": plain(cell.frame),
            "voice": cell.voice.value,
            "polarity": cell.polarity.value,
            "count": cell.count,
            **_figure(cell.share, "share"),
        }
        for cell in cells
    ]


def most_sentences(rows: Sequence[Row], most: int) -> tuple[list[Row], int]:
    """The rows of the `most` sources with most body sentences, and how many sources are left out.

    Of equals the first by name is kept; the rows stay in their order.
    """
    sizes = {row["source"]: row["n"] for row in rows}
    kept = set(sorted(sizes, key=lambda source: (-sizes[source], source))[:most])
    return [row for row in rows if row["source"] in kept], len(sizes) - len(kept)


def point_rows(timeline: Timeline) -> list[Row]:
    """Rows of `alignment_chart`: one a source and period; the source "" is all of them together.

    `change` says what changed where a new level of the alignment begins, and is "" elsewhere.
    """
    rows = []
    for series in timeline.series:
        changes = {
            change.period: f"from {signed(change.before)} to {signed(change.after)}"
            for change in series.changes
            if change.frame is None
        }
        rows += [
            {
                "source": plain(series.source) or "all sources",
                "period": point.period,
                **_figure(point.alignment, "alignment"),
                "articles": point.articles,
                "sentences": point.sentences,
                "change": changes.get(point.period, ""),
            }
            for point in series.points
        ]
    return rows


def place_rows(found: ProfileMap) -> list[Row]:
    """Rows of `map_chart`: one a place."""
    return [
        {
            "kind": place.kind,
            "name": plain(place.name),
            "polarity": place.polarity.value if place.polarity else "",
            "x": place.x,
            "y": place.y,
            "sentences": place.sentences,
        }
        for place in found.places
    ]


def actor_rows(found: Sequence[Company], most: int = MOST_ACTORS) -> list[Row]:
    """Rows of `actor_chart`: one an actor and frame, of the first `most` actors."""
    rows = []
    for number, (_, of_one) in enumerate(groupby(found, key=lambda each: each.actor)):
        if number == most:
            break
        rows += [
            {
                "actor": plain(each.actor),
                "frame": plain(each.frame),
                "sentences": each.sentences,
                "of_actor": each.of_actor,
                **_figure(each.share, "share"),
            }
            for each in of_one
        ]
    return rows


def contrast_rows(comparison: Comparison) -> list[Row]:
    """Rows of `contrast_chart`: one a contrast; the frame of the alignment is ""."""
    return [
        {
            "pair": f"{plain(each.left)} less {plain(each.right)}",
            "frame": plain(each.frame or ""),
            "measure": each.measure.value,
            **_figure(each.difference, "difference"),
            "p": each.p,
            "p_adjusted": each.p_adjusted,
        }
        for each in (*comparison.contrasts, *comparison.alignment)
    ]
