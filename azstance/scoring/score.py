"""Scores of an article, or of all articles of an outlet, author or year.

Every figure is a count of sentences or follows from counts by a formula in docs/formulas.md.
Intervals say how far a figure would move had as many sentences been drawn anew from the same
text or source. They say nothing about how well the sentences were coded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from azstance.errors import ConfigError
from azstance.records import Dominance, FrameScore, Polarity, Score, Verdict
from azstance.scoring.evidence import best_sentences
from azstance.scoring.intervals import estimate, percentile, unknown
from azstance.scoring.sample import sample
from azstance.scoring.scale import Scale, Settings
from azstance.scoring.tally import Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.records import Article, Estimate, Fact, Sentence
    from azstance.scoring.intervals import Proportion
    from azstance.scoring.sample import Sample
    from azstance.scoring.tally import Floats, Ints, Tally, Text

__all__ = [
    "GROUPINGS",
    "NO_FRAME",
    "Scale",
    "Settings",
    "group_key",
    "score_article",
    "score_group",
]

GROUPINGS = ("article", "outlet", "author", "year")
"""What articles can be grouped by."""

NO_FRAME = "none"
"""Name of the leading frame where no sentence carries any."""

MINIMUM_FRAMED = 3
"""Below this many framed sentences no frame is called leading: two cannot outvote a third, and
with two, one sentence coded otherwise leaves nothing or a tie."""

_EQUAL = 9
"""Decimals of an emphasis: equal ones may differ in the last bit."""


def score_article(
    article: Article, sentences: Sequence[Sentence], scale: Scale, settings: Settings
) -> Score:
    """Score of one article from its sentences."""
    return score_group(article.id, [(article.id, sentences)], scale, settings)


def score_group(id: str, texts: Sequence[Text], scale: Scale, settings: Settings) -> Score:
    """Score of a unit from its (article id, sentences) pairs, in whatever order they come.

    Sentences of all articles count alike, so a long article weighs more than a short one. The
    intervals of several articles allow for sentences of one article being alike.
    """
    ordered = sorted(texts, key=lambda text: text[0])
    sampled = sample(id, ordered, scale, settings)
    return Score(
        id=id,
        articles=tuple(article for article, _ in ordered),
        sentences=sampled.tally.body,
        framed=_framed(sampled.tally),
        frames=tuple(
            _frame_score(ordered, sampled, frame, index, settings)
            for index, frame in enumerate(scale.frames)
        ),
        alignment=_alignment(sampled, scale, settings),
        dominance=_dominance(sampled, scale, settings),
    )


def group_key(article: Article, by: str) -> str:
    """Name of the unit that `article` belongs to under `by`, one of `GROUPINGS`.

    Articles whose outlet, author or year is not known are not put together: each gets a name of
    its own, such as "unknown outlet (001)". Raises ConfigError for another grouping.
    """
    if by == "article":
        return article.id
    facts: dict[str, Fact | None] = {
        "outlet": article.card.outlet,
        "author": article.card.author,
        "year": article.card.published,
    }
    if by not in facts:
        raise ConfigError(
            f'articles cannot be grouped by "{by}"', remedy=f"Choose one of {', '.join(GROUPINGS)}."
        )
    fact = facts[by]
    name = " ".join(fact.value.split()) if fact else ""
    if by == "year":
        year = re.match(r"[0-9]{4}(?![0-9])", name)
        name = year.group() if year else ""
    return name or f"unknown {by} ({article.id})"


def _frame_score(
    texts: Sequence[Text], sampled: Sample, frame: str, index: int, settings: Settings
) -> FrameScore:
    affirm, deny, told_affirm, told_deny = (int(count) for count in sampled.seen.cells[:, index])
    return FrameScore(
        frame=frame,
        affirm=affirm,
        deny=deny,
        attributed=told_affirm + told_deny,
        attributed_deny=told_deny,
        share=_share(sampled.share(index), settings),
        expected=_expected(sampled, index, settings),
        stance=_stance(sampled.affirming(index), settings),
        evidence_for=_references(texts, frame, Polarity.AFFIRM, settings),
        evidence_against=_references(texts, frame, Polarity.DENY, settings),
    )


def _references(
    texts: Sequence[Text], frame: str, polarity: Polarity, settings: Settings
) -> tuple[tuple[str, int], ...]:
    best = best_sentences(texts, frame, polarity, settings.evidence)
    return tuple((article, sentence.number) for article, sentence in best)


def _share(carrying: Proportion | None, settings: Settings) -> Estimate:
    """Share of body sentences with the frame; n counts body sentences."""
    if carrying is None:
        return unknown()
    return estimate(carrying.value, carrying.interval(settings.level), carrying.n)


def _expected(sampled: Sample, index: int, settings: Settings) -> Estimate | None:
    """The share by probabilistic classify and count; None where cues alone code."""
    if sampled.expected is None:
        return None
    value = float(sampled.expected.seen.share[index])
    drawn = sampled.expected.drawn.share[:, index]
    return estimate(value, percentile(drawn, settings.level), sampled.tally.body)


def _stance(affirming: Proportion | None, settings: Settings) -> Estimate:
    """(affirm - deny) / (affirm + deny), in [-1, 1]; unknown where the author says nothing of it.

    It is 2p - 1 with p the affirming share of the author's sentences on the frame, and so is its
    interval; n counts those sentences.
    """
    if affirming is None:
        return unknown()
    low, high = affirming.interval(settings.level)
    return estimate(2 * affirming.value - 1, (2 * low - 1, 2 * high - 1), affirming.n)


def _alignment(sampled: Sample, scale: Scale, settings: Settings) -> Estimate:
    """Log-odds of closeness against distance in the author's voice; n counts its sentences.

    Unknown, not 0, where the author has no sentence that stands for either: silence is no
    neutral line. Percentile bootstrap; see `sample.Sample` for sides that were not seen.
    """
    n = sampled.aligned(scale)
    if not n:
        return unknown()
    value, drawn = sampled.alignment(scale)
    return estimate(value, percentile(drawn, settings.level), n)


def _framed(counted: Tally) -> int:
    return counted.count(np.ones((4, counted.frames)))


def _dominance(sampled: Sample, scale: Scale, settings: Settings) -> Dominance:
    """The leading frame, the next one, and whether the text tells them apart.

    The margin is the difference of their emphasis; its interval draws both from the same
    resamples. |affirm - deny| of a frame that is affirmed as often as denied is 0 as seen but
    above 0 in resamples, so the interval errs towards "mixed".
    """
    seen, n = sampled.weighed, sampled.tally.body
    ranked = _ranking(seen, scale)
    if not ranked:
        enough = n >= scale.minimum_sentences
        verdict = Verdict.NONE if enough else Verdict.TOO_LITTLE_TEXT
        return Dominance(NO_FRAME, verdict, None, unknown(n))
    first, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    margin = _margin(seen, first, second, scale)
    interval = percentile(_margin(sampled.weighed_drawn, first, second, scale), settings.level)
    figure = estimate(float(margin), interval, n)
    return Dominance(
        frame=scale.frames[first],
        verdict=_verdict(sampled.tally, figure, scale),
        runner_up=None if second is None else scale.frames[second],
        margin=figure,
        flip=_flip(sampled, first, scale),
    )


def _ranking(seen: Counts, scale: Scale) -> list[int]:
    """Frames that occur, by emphasis, then number of sentences, then codebook order."""
    emphasis = seen.emphasis(scale).round(_EQUAL)
    sentences = seen.cells.sum(axis=0)
    keys = [(-emphasis[f], -sentences[f], f) for f in range(len(scale.frames))]
    ranked = sorted(keys)
    if not ranked or -ranked[0][1] < seen.least:
        return []
    return [frame for _, count, frame in ranked if count]


def _leading(counts: Counts, scale: Scale) -> Ints:
    """The first of `_ranking`, -1 where it is empty, for counts with a leading dimension."""
    emphasis = counts.emphasis(scale).round(_EQUAL)
    sentences = counts.cells.sum(axis=-2)
    strongest = emphasis == emphasis.max(axis=-1, keepdims=True)
    # Of equal emphasis the frame of more sentences, of these the first.
    among = np.where(strongest, sentences, -np.inf)
    first = np.asarray(among.argmax(axis=-1))
    most = np.take_along_axis(sentences, first[..., None], axis=-1)[..., 0]
    return np.where((most >= counts.least) & (most > 0), first, -1)


def _margin(counts: Counts, first: int, second: int | None, scale: Scale) -> Floats:
    emphasis = counts.emphasis(scale)
    rest = emphasis[..., second] if second is not None else 0.0
    return np.asarray(emphasis[..., first] - rest)


def _verdict(counted: Tally, margin: Estimate, scale: Scale) -> Verdict:
    if counted.body < scale.minimum_sentences or _framed(counted) < MINIMUM_FRAMED:
        return Verdict.TOO_LITTLE_TEXT
    clear = margin.low is not None and margin.low > 0
    return Verdict.CLEAR if clear else Verdict.MIXED


def _flip(sampled: Sample, first: int, scale: Scale) -> tuple[str, int] | None:
    """The earliest sentence without which a frame other than `first` would lead."""
    seen = sampled.weighed
    for number, part in enumerate(sampled.tally.parts):
        each = part.patterns if sampled.expected is None else sampled.expected.cells[number]
        leads = _leading(replace(seen, cells=seen.cells - each), scale)
        flips = (leads >= 0) & (leads != first)
        positions = np.flatnonzero(flips[part.kinds] if sampled.expected is None else flips)
        if positions.size:
            return part.id, part.sentences[int(positions[0])].number
    return None
