"""Keyness: the terms that tell two units apart."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from azstance.comparing.significance import benjamini_hochberg, rounded_p
from azstance.comparison_records import Keyness, Term
from azstance.scoring.intervals import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from azstance.records import Sentence
    from azstance.scoring.tally import Floats

PRIOR_WORDS = 500.0
"""Weight of the prior, in words: about as much as one news article has."""

MINIMUM_SENTENCES = 2
"""A term must occur in this many sentences of the two units together."""


@dataclass(frozen=True)
class Prior:
    """How often each term occurs in the whole corpus, and how many words that is to weigh."""

    counts: Counter[str]
    words: float = PRIOR_WORDS


def count_terms(sentences: Iterable[Sentence]) -> Counter[str]:
    """How often each term occurs; whatever holds a digit or no letter is no term."""
    return Counter(word for sentence in sentences for word in sentence.words if _is_term(word))


def keyness(
    left: tuple[str, Sequence[Sentence]],
    right: tuple[str, Sequence[Sentence]],
    prior: Prior,
    *,
    terms: int,
    level: float,
) -> Keyness:
    """The `terms` strongest terms of each of two (unit id, sentences).

    Weighted log-odds with an informative Dirichlet prior: the counts of the pooled corpus, scaled
    to `prior.words`, are added to each side before their log-odds are compared, so that a word
    that is merely common, or merely rare, tells little. The corpus must hold both units. A term
    survives where Benjamini and Hochberg's procedure keeps it at the rate 1 - `level` among all
    terms looked at. The z-scores take words for independent, which words of one text are not.
    Source: Monroe, Colaresi and Quinn (2008), Political Analysis 16(4), equations 15, 16 and 22.
    """
    counts = count_terms(left[1]), count_terms(right[1])
    spread = Counter(
        word for sentence in (*left[1], *right[1]) for word in sorted(set(sentence.words))
    )
    vocabulary = sorted(word for word in counts[0] | counts[1] if spread[word] >= MINIMUM_SENTENCES)
    if not vocabulary or len(prior.counts) < 2:
        return Keyness(left[0], right[0], (), (), 0, prior.words)
    scaled = prior.words / prior.counts.total()
    priors = np.array([scaled * prior.counts[word] for word in vocabulary])
    sides = [np.array([float(side[word]) for word in vocabulary]) for side in counts]
    totals = [float(side.total()) for side in counts]
    log_odds, z = _weighted_log_odds(sides, totals, priors, prior.words)
    found = _terms(vocabulary, sides, log_odds, z, level)
    return Keyness(
        left=left[0],
        right=right[0],
        left_terms=_strongest((term for term in found if term.z > 0), terms),
        right_terms=_strongest((term for term in found if term.z < 0), terms),
        tested=len(vocabulary),
        prior=prior.words,
    )


def _weighted_log_odds(
    sides: list[Floats], totals: list[float], priors: Floats, prior: float
) -> tuple[Floats, Floats]:
    """Difference of the sides' log-odds of each term, and the same over its standard error."""
    odds = []
    for counts, total in zip(sides, totals, strict=True):
        uses = counts + priors
        odds.append(np.log(uses / (total + prior - uses)))
    variance = 1 / (sides[0] + priors) + 1 / (sides[1] + priors)
    difference = odds[0] - odds[1]
    return difference, difference / np.sqrt(variance)


def _terms(
    vocabulary: list[str], sides: list[Floats], log_odds: Floats, z: Floats, level: float
) -> list[Term]:
    p_values = [math.erfc(abs(float(score)) / math.sqrt(2)) for score in z]
    survives = benjamini_hochberg(p_values, 1 - level)
    return [
        Term(
            term=word,
            left=int(sides[0][index]),
            right=int(sides[1][index]),
            log_odds=rounded(float(log_odds[index])),
            z=rounded(float(z[index])),
            p=rounded_p(p_values[index]),
            survives=survives[index],
        )
        for index, word in enumerate(vocabulary)
    ]


def _strongest(terms: Iterable[Term], limit: int) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: (-abs(term.z), term.term))[:limit])


def _is_term(word: str) -> bool:
    return any(map(str.isalpha, word)) and not any(map(str.isdigit, word))
