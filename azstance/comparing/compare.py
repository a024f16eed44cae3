"""Comparison of two or more units: articles, or all articles of an outlet, author or year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from azstance.comparing.cautions import cautions
from azstance.comparing.contrasts import (
    alignment_contrasts,
    contradictions,
    frame_contrasts,
    sides_of,
)
from azstance.comparing.keyness import PRIOR_WORDS, Prior, count_terms, keyness
from azstance.comparing.naming import naming_ledger
from azstance.comparing.planning import articles_needed
from azstance.comparing.reprints import reprints, without_reprints
from azstance.comparison_records import Comparison, Unit
from azstance.errors import ConfigError
from azstance.records import ArticleResult
from azstance.scoring.score import group_key, score_group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from azstance.comparison_records import Keyness
    from azstance.records import Sentence
    from azstance.scoring.scale import Scale, Settings

__all__ = ["Context", "Unit", "compare", "units_by"]


@dataclass(frozen=True)
class Context:
    """What a comparison draws on besides its units.

    `corpus`: all articles at hand, for the prior of the terms and for planning; the units' own
    articles belong to it whether listed or not. `variants`: names for one thing, per concept.
    `terms`: how many terms per side are kept. `prior_words`: weight of the prior in words.
    """

    corpus: Sequence[ArticleResult] = ()
    variants: Mapping[str, Sequence[str]] = field(default_factory=dict)
    terms: int = 10
    prior_words: float = PRIOR_WORDS


def compare(
    units: Sequence[ArticleResult | Unit],
    scale: Scale,
    settings: Settings,
    context: Context | None = None,
) -> Comparison:
    """Compare two or more units, each with each.

    Differences are those of the first unit less the second, in the order given. Raises ConfigError
    for fewer than two units, for one that is given twice, and for an article that is in two.
    """
    around = context or Context()
    sides = _checked([_unit(given) for given in units])
    corpus = _corpus(sides, around.corpus)
    pairs = reprints(list(corpus.items()))
    once = [(id, corpus[id]) for id in without_reprints(corpus, pairs)]
    sampled = sides_of(sides, scale, settings)
    return Comparison(
        units=tuple(unit.id for unit in sides),
        contrasts=frame_contrasts(sampled, scale, settings),
        alignment=alignment_contrasts(sampled, scale, settings),
        contradictions=contradictions(sides, scale),
        keyness=_keyness(sides, corpus, around, settings.level),
        naming=naming_ledger(sides, around.variants),
        cautions=cautions(sides, pairs),
        needed=articles_needed(once, scale),
        level=settings.level,
    )


def units_by(
    results: Sequence[ArticleResult], by: str, scale: Scale, settings: Settings
) -> tuple[Unit, ...]:
    """The articles grouped by article, outlet, author or year, with their scores, in order of id.

    Raises ConfigError for another grouping.
    """
    grouped: defaultdict[str, list[ArticleResult]] = defaultdict(list)
    for result in sorted(results, key=lambda result: result.article.id):
        grouped[group_key(result.article, by)].append(result)
    return tuple(
        Unit(
            id=key,
            results=tuple(members),
            score=score_group(
                key, [(member.article.id, member.sentences) for member in members], scale, settings
            ),
        )
        for key, members in sorted(grouped.items())
    )


def _unit(given: ArticleResult | Unit) -> Unit:
    if isinstance(given, ArticleResult):
        return Unit(given.article.id, (given,), given.score)
    return given


def _checked(units: list[Unit]) -> list[Unit]:
    if len(units) < 2:
        raise ConfigError("a comparison needs two or more units", remedy="Name another one.")
    for one, other in combinations(units, 2):
        if one.id == other.id:
            raise ConfigError(f"{one.id} is to be compared with itself", remedy="Name another one.")
        shared = sorted(set(one.score.articles) & set(other.score.articles))
        if shared:
            raise ConfigError(
                f"{shared[0]} belongs to both {one.id} and {other.id}",
                remedy="Compare units that share no article.",
            )
    return units


def _corpus(
    units: Sequence[Unit], corpus: Sequence[ArticleResult]
) -> dict[str, tuple[Sentence, ...]]:
    """Sentences of every article at hand, in order of id."""
    given = {result.article.id: result.sentences for result in corpus}
    given |= {id: sentences for unit in units for id, sentences in unit.texts}
    return {id: given[id] for id in sorted(given)}


def _keyness(
    units: Sequence[Unit],
    corpus: Mapping[str, tuple[Sentence, ...]],
    around: Context,
    level: float,
) -> tuple[Keyness, ...]:
    """Terms of each pair, with the prior from the whole corpus."""
    counts = count_terms(sentence for sentences in corpus.values() for sentence in sentences)
    prior = Prior(counts, around.prior_words)
    spoken = {
        unit.id: [sentence for _, sentences in unit.texts for sentence in sentences]
        for unit in units
    }
    return tuple(
        keyness(
            (left.id, spoken[left.id]),
            (right.id, spoken[right.id]),
            prior,
            terms=around.terms,
            level=level,
        )
        for left, right in combinations(units, 2)
    )
