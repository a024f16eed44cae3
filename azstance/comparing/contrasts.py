"""Contrasts of two units: differences with intervals and p-values, and contradictions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from azstance.comparing.significance import holm, rounded_p, two_sided_drawn, two_sided_exact
from azstance.comparison_records import Contradiction, Contrast, Measure, Quoted
from azstance.records import Polarity
from azstance.scoring.evidence import best_sentences
from azstance.scoring.intervals import (
    estimate,
    generator,
    percentile,
    proportion_difference,
    unknown,
)
from azstance.scoring.sample import sample
from azstance.scoring.tally import Counts, log_odds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from azstance.comparison_records import Unit
    from azstance.scoring.intervals import Proportion
    from azstance.scoring.sample import Sample
    from azstance.scoring.scale import Scale, Settings
    from azstance.scoring.tally import Floats

ENOUGH_ARTICLES = 6
"""From this many articles on either side, whole articles are permuted: six and six can be dealt
in 924 ways, which leaves room below .05; with fewer on a side, sentences are permuted."""

MOST_PERMUTATIONS = 20_000
"""Never more random permutations than this, however many contrasts are made."""


@dataclass(frozen=True)
class Side:
    """A unit with its sample, counted and drawn once for all its contrasts."""

    unit: Unit
    sample: Sample

    @property
    def articles(self) -> int:
        """Articles with body sentences."""
        return len(self.sample.tally.parts)

    def proportion(self, measure: Measure, index: int) -> Proportion | None:
        """The proportion that the share or the stance of frame `index` is made of."""
        if measure is Measure.SHARE:
            return self.sample.share(index)
        return self.sample.affirming(index)


@dataclass(frozen=True)
class Pair:
    """Two sides; `dealt` are the same with their articles permuted, None where sentences are."""

    left: Side
    right: Side
    dealt: tuple[Counts, Counts] | None


def sides_of(units: Sequence[Unit], scale: Scale, settings: Settings) -> list[Side]:
    """The units with the same draws as the intervals of their scores."""
    return [Side(unit, sample(unit.id, unit.texts, scale, settings)) for unit in units]


def frame_contrasts(
    sides: Sequence[Side], scale: Scale, settings: Settings
) -> tuple[Contrast, ...]:
    """Share (all voices) and stance (the author's) of each frame, for each pair of sides.

    The p-values are adjusted by Holm's procedure over all of them together, but for those where
    every permutation gives the same figure, as where neither side has the frame: they can
    raise no false alarm.
    """
    tests = len(scale.frames) * len(sides) * (len(sides) - 1)
    found: list[Contrast] = []
    for left, right in combinations(sides, 2):
        pair = Pair(left, right, _dealt_articles(left, right, settings, tests))
        for index, frame in enumerate(scale.frames):
            for measure in (Measure.SHARE, Measure.STANCE):
                contrast = _frame_contrast(pair, measure, index, settings.level)
                found.append(replace(contrast, frame=frame))
    return _adjusted(found)


def alignment_contrasts(
    sides: Sequence[Side], scale: Scale, settings: Settings
) -> tuple[Contrast, ...]:
    """Difference of the alignments of each pair of sides, adjusted among themselves."""
    tests = len(sides) * (len(sides) - 1) // 2
    return _adjusted(
        _alignment_contrast(left, right, scale, settings, tests)
        for left, right in combinations(sides, 2)
    )


def contradictions(units: Sequence[Unit], scale: Scale) -> tuple[Contradiction, ...]:
    """Frames that the author of one unit affirms on balance and that of another denies.

    Each comes with the strongest sentence of either side, in the author's voice.
    """
    found = []
    for left, right in combinations(units, 2):
        for index, frame in enumerate(scale.frames):
            here = left.score.frames[index].stance.value or 0.0
            there = right.score.frames[index].stance.value or 0.0
            if here * there < 0:
                found.append(
                    Contradiction(
                        frame=frame,
                        left=left.id,
                        right=right.id,
                        left_stance=here,
                        right_stance=there,
                        left_sentence=_plainest(left, frame, here),
                        right_sentence=_plainest(right, frame, there),
                    )
                )
    return tuple(found)


def _plainest(unit: Unit, frame: str, stance: float) -> Quoted:
    polarity = Polarity.AFFIRM if stance > 0 else Polarity.DENY
    article, sentence = best_sentences(unit.texts, frame, polarity, 1)[0]
    return Quoted(article, sentence.number, sentence.line, sentence.text, polarity)


def _frame_contrast(pair: Pair, measure: Measure, index: int, level: float) -> Contrast:
    blank = _blank(pair, measure)
    ours, theirs = (side.proportion(measure, index) for side in (pair.left, pair.right))
    if ours is None or theirs is None:
        return blank
    # A stance runs from -1 to 1 where its proportion runs from 0 to 1.
    unit = 1.0 if measure is Measure.SHARE else 2.0
    value = ours.value - theirs.value
    low, high = proportion_difference(ours, theirs, level)
    difference = estimate(unit * value, (unit * low, unit * high), ours.n + theirs.n)
    if ours.hits + theirs.hits in (0, ours.n + theirs.n):
        return replace(blank, difference=difference, p=1.0, p_adjusted=1.0)
    if pair.dealt is None:
        p = two_sided_exact(ours.hits, ours.n, theirs.hits, theirs.n)
    else:
        drawn = [_proportions(counts, measure)[:, index] for counts in pair.dealt]
        p = two_sided_drawn(value, drawn[0] - drawn[1])
    return replace(blank, difference=difference, p=p)


def _alignment_contrast(
    left: Side, right: Side, scale: Scale, settings: Settings, tests: int
) -> Contrast:
    pair = Pair(left, right, _dealt_articles(left, right, settings, tests))
    blank = _blank(pair, Measure.ALIGNMENT)
    contributing = left.sample.aligned(scale), right.sample.aligned(scale)
    if not all(contributing):
        return blank
    ours, theirs = left.sample.alignment(scale), right.sample.alignment(scale)
    value = ours[0] - theirs[0]
    interval = percentile(ours[1] - theirs[1], settings.level)
    dealt = pair.dealt or _dealt_sentences(left, right, settings, tests)
    drawn = [log_odds(*counts.sides(scale)) for counts in dealt]
    p = two_sided_drawn(value, drawn[0] - drawn[1])
    return replace(blank, difference=estimate(value, interval, sum(contributing)), p=p)


def _blank(pair: Pair, measure: Measure) -> Contrast:
    return Contrast(
        left=pair.left.unit.id,
        right=pair.right.unit.id,
        frame=None,
        measure=measure,
        difference=unknown(),
        p=None,
        p_adjusted=None,
        permuted="articles" if pair.dealt else "sentences",
    )


def _proportions(counts: Counts, measure: Measure) -> Floats:
    return counts.share if measure is Measure.SHARE else counts.affirming


def _permutations(settings: Settings, tests: int) -> int:
    """Enough random permutations for the smallest p to survive Holm's factor of `tests`."""
    return min(MOST_PERMUTATIONS, max(settings.resamples, int(2 * tests / (1 - settings.level))))


def _permutation_rng(left: Side, right: Side, settings: Settings) -> np.random.Generator:
    # The two names in a fixed order, so that swapping the sides does not change the p.
    return generator(settings.seed, "permutation", *sorted((left.unit.id, right.unit.id)))


def _dealt_articles(
    left: Side, right: Side, settings: Settings, tests: int
) -> tuple[Counts, Counts] | None:
    """Two sides with all articles dealt to them at random; None where there are too few.

    Which of the two is which does not matter to a two-sided p.
    """
    if min(left.articles, right.articles) < ENOUGH_ARTICLES:
        return None
    first, second = sorted((left, right), key=lambda side: side.unit.id)
    each = [side.sample.tally.per_article() for side in (first, second)]
    cells = np.concatenate([counts.cells for counts in each])
    body = np.concatenate([counts.body for counts in each])
    member = np.arange(len(body)) < first.articles
    rng = _permutation_rng(left, right, settings)
    drawn = _deal(member, cells, body, _permutations(settings, tests), rng)
    rest = Counts(cells.sum(axis=0) - drawn.cells, body.sum() - drawn.body)
    return drawn, rest


def _deal(
    member: NDArray[np.bool_], cells: Floats, body: Floats, times: int, rng: np.random.Generator
) -> Counts:
    """The counts of a side that is dealt as many articles as `member` marks, `times` over."""
    block = max(1, 1_000_000 // len(member))  # bounds the memory, whatever the number of articles
    dealt_cells, dealt_body = [], []
    for start in range(0, times, block):
        rows = np.tile(member, (min(block, times - start), 1))
        dealt = rng.permuted(rows, axis=1).astype(np.float64)
        dealt_cells.append(np.tensordot(dealt, cells, axes=1))
        dealt_body.append(dealt @ body)
    return Counts(np.concatenate(dealt_cells), np.concatenate(dealt_body))


def _dealt_sentences(
    left: Side, right: Side, settings: Settings, tests: int
) -> tuple[Counts, Counts]:
    """Two sides with all sentences dealt to them at random, by their patterns."""
    first, second = sorted((left, right), key=lambda side: side.unit.id)
    parts = (*first.sample.tally.parts, *second.sample.tally.parts)
    patterns = np.concatenate([part.patterns for part in parts])
    counts = np.concatenate([part.counts for part in parts])
    rng = _permutation_rng(left, right, settings)
    size = first.sample.tally.body
    dealt = rng.multivariate_hypergeometric(
        counts, size, size=_permutations(settings, tests), method="marginals"
    )
    times = len(dealt)
    drawn = Counts(np.tensordot(dealt, patterns, axes=1), np.full(times, float(size)))
    rest = Counts(
        np.tensordot(counts - dealt, patterns, axes=1), np.full(times, float(counts.sum() - size))
    )
    return drawn, rest


def _adjusted(contrasts: Iterable[Contrast]) -> tuple[Contrast, ...]:
    """Adjust the p-values of all contrasts that are open, and round them."""
    listed = list(contrasts)
    adjusted = iter(holm([p for contrast in listed if (p := _open_p(contrast)) is not None]))
    return tuple(
        contrast
        if (p := _open_p(contrast)) is None
        else replace(contrast, p=rounded_p(p), p_adjusted=rounded_p(next(adjusted)))
        for contrast in listed
    )


def _open_p(contrast: Contrast) -> float | None:
    """The p of a contrast that is still to be adjusted."""
    return contrast.p if contrast.p_adjusted is None else None
