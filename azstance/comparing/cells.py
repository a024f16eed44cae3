"""Cells: how much of a text affirms or denies a frame, in the author's voice or in another's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from azstance.scoring.intervals import Proportion, estimate, generator, unknown
from azstance.scoring.score import group_key
from azstance.scoring.tally import CELLS, tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.records import ArticleResult, Estimate, Polarity, Voice
    from azstance.scoring.scale import Scale, Settings
    from azstance.scoring.tally import Floats, Tally, Text


@dataclass(frozen=True, slots=True)
class Cell:
    """How often a unit carries `frame` in one voice with one polarity.

    `count` is in body sentences; `share` is that over all body sentences of the unit (from 0 to 1,
    `n` counts them), None in all its parts where there are none.
    """

    unit: str
    frame: str
    voice: Voice
    polarity: Polarity
    count: int
    share: Estimate


def cells(unit: str, texts: Sequence[Text], scale: Scale, settings: Settings) -> tuple[Cell, ...]:
    """The four cells of every frame, in the order of the codebook; those without sentences too.

    The unit's sentences are drawn as `score_group` draws them for the unit with that name, and the
    intervals are made as those of shares are (`intervals.Proportion`). A sentence that carries two
    frames is in the cells of both; of one frame it is in one cell, so the four counts add up to
    the sentences of the frame. Raises CodebookError where a sentence carries an unknown frame.
    """
    counted = tally(texts, scale)
    drawn = counted.resampled(settings.resamples, generator(settings.seed, "unit", unit))
    seen, draws = counted.observed().cells, drawn.cell_shares()
    found = []
    for index, frame in enumerate(scale.frames):
        for row, (voice, polarity) in enumerate(CELLS):
            count = int(seen[row, index])
            share = _share(count, counted, draws[:, row, index], settings.level)
            found.append(Cell(unit, frame, voice, polarity, count, share))
    return tuple(found)


def cells_by(
    results: Sequence[ArticleResult], by: str, scale: Scale, settings: Settings
) -> tuple[Cell, ...]:
    """The cells of every article, outlet, author or year (`by`), in the order of their names.

    Raises ConfigError for another grouping.
    """
    members: defaultdict[str, list[int]] = defaultdict(list)
    for place, result in enumerate(results):
        members[group_key(result.article, by)].append(place)
    found: list[Cell] = []
    for unit, places in sorted(members.items()):
        held = (results[place] for place in places)  # only the sentences of one unit are held
        texts = [(result.article.id, result.sentences) for result in held]
        found += cells(unit, texts, scale, settings)
    return tuple(found)


def _share(count: int, counted: Tally, draws: Floats, level: float) -> Estimate:
    if not counted.body:
        return unknown()
    proportion = Proportion(count, counted.body, draws, counted.clustered)
    return estimate(proportion.value, proportion.interval(level), proportion.n)
