"""Planning: how many articles a claim about two sources needs."""

from __future__ import annotations

from math import ceil, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from azstance.comparison_records import ArticlesNeeded
from azstance.scoring.intervals import rounded
from azstance.scoring.tally import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.scoring.scale import Scale
    from azstance.scoring.tally import Floats, Text

DIFFERENCE = 0.10
ALPHA = 0.05
POWER = 0.80

DEFAULT_ICC = 0.05
"""Stands in for the likeness of one article's sentences where it cannot be measured."""

ENOUGH_TO_MEASURE = 5
"""Articles from which the likeness is measured."""


def articles_needed(texts: Sequence[Text], scale: Scale) -> tuple[ArticlesNeeded, ...]:
    """Per frame, how many articles of each source a difference of ten points in share takes.

    Sentences for two proportions by `sentences_needed`, times the design effect 1 + (m - 1) icc of
    drawing whole articles of m sentences (Kish 1965, Survey Sampling, section 5.4), divided by m.
    Nothing where the (article id, sentences) pairs hold no sentence.
    """
    counts = tally(texts, scale).per_article()
    if not counts.body.size:
        return ()
    mean = float(counts.body.mean())
    needed = []
    for index, frame in enumerate(scale.frames):
        hits = counts.cells[:, :, index].sum(axis=1)
        share = float(hits.sum() / counts.body.sum())
        measured = intraclass_correlation(hits, counts.body)
        icc = DEFAULT_ICC if measured is None else measured
        effect = 1 + max(0.0, mean - 1) * icc
        sentences = sentences_needed(share) * effect
        needed.append(
            ArticlesNeeded(
                frame=frame,
                articles=max(2, ceil(sentences / mean)),
                sentences=ceil(sentences),
                share=rounded(share),
                difference=DIFFERENCE,
                alpha=ALPHA,
                power=POWER,
                sentences_per_article=rounded(mean),
                icc=rounded(icc),
                icc_measured=measured is not None,
                design_effect=rounded(effect),
            )
        )
    return tuple(needed)


def sentences_needed(share: float) -> float:
    """Independent sentences per source that show a difference of ten points around `share`.

    Two-sided at 5 %, with 80 % power; the two shares lie five points on either side of `share`,
    or at 0 or 1 and ten points from there. Source: Fleiss, Levin and Paik (2003), Statistical
    Methods for Rates and Proportions, equation 4.14, without the continuity correction.
    """
    low = min(max(share - DIFFERENCE / 2, 0.0), 1 - DIFFERENCE)
    high = low + DIFFERENCE
    middle = (low + high) / 2
    z_alpha, z_power = NormalDist().inv_cdf(1 - ALPHA / 2), NormalDist().inv_cdf(POWER)
    spread = z_alpha * sqrt(2 * middle * (1 - middle)) + z_power * sqrt(
        low * (1 - low) + high * (1 - high)
    )
    return (spread / DIFFERENCE) ** 2


def intraclass_correlation(hits: Floats, sizes: Floats) -> float | None:
    """How alike the sentences of one article are, from `hits` of `sizes` sentences per article.

    The analysis-of-variance estimate for a yes-or-no quality, no less than 0: 0 where sentences
    of one article are no more alike than any, 1 where each article is all yes or all no. None
    where there are fewer than `ENOUGH_TO_MEASURE` articles, or where all sentences are the same.
    Source: Ridout, Demetrio and Firth (1999), Biometrics 55, 137-148.
    """
    articles, n = len(sizes), float(sizes.sum())
    total = float(hits.sum())
    if articles < ENOUGH_TO_MEASURE or n <= articles or total in (0.0, n):
        return None
    within = float((hits * (1 - hits / sizes)).sum()) / (n - articles)
    between = float((sizes * (hits / sizes - total / n) ** 2).sum()) / (articles - 1)
    size = (n - float((sizes**2).sum()) / n) / (articles - 1)
    return float(np.clip((between - within) / (between + (size - 1) * within), 0.0, 1.0))
