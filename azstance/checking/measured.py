"""Rules that hold an article against the record of its outlet: rank tests in the author's voice.

The rank of an article among the outlet's own needs no distribution and cannot overclaim when there
are few: with k of n reference articles at least as extreme on one side, the two-sided probability
is min(1, 2 (1 + k) / (n + 1)) (a permutation p-value: Phipson and Smyth 2010, Statistical
Applications in Genetics and Molecular Biology 9(1), article 39).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from azstance.checking.draft import Draft
from azstance.checking.records import Evidence, Measure
from azstance.checking.subject import counted_sentences

if TYPE_CHECKING:
    from azstance.check_settings import Thresholds
    from azstance.checking.reference import Known, Made, Reference
    from azstance.checking.subject import Subject

_SHOWN = 8
_DECIMALS = 4


@dataclass(frozen=True)
class Ranked:
    """An article's value among those of its outlet. `above` says on which side it lies."""

    value: float
    center: float
    n: int
    p: float
    above: bool


def rank(value: float, others: Sequence[float]) -> Ranked:
    """The two-sided rank probability of a value among `others`; 1 where there are none.

    Values that differ by less than 1e-9 count as equal.
    """
    at_least = sum(other >= value - 1e-9 for other in others)
    at_most = sum(other <= value + 1e-9 for other in others)
    k = min(at_least, at_most)
    p = min(1.0, 2 * (1 + k) / (len(others) + 1))
    center = median(others) if others else 0.0
    return Ranked(value, center, len(others), p, at_least <= at_most)


def articles_needed(alpha: float) -> int:
    """How many reference articles it takes for a probability of `alpha` to be reachable at all."""
    return math.ceil(2 / alpha - 1 - 1e-9)


def comparable(
    subject: Subject, reference: Reference, left_out: frozenset[str]
) -> tuple[Known, ...]:
    """The outlet's reference articles without the article itself and those in `left_out`."""
    known = reference.by_outlet.get(subject.outlet.casefold(), ())
    return tuple(k for k in known if k.place != subject.place and k.place not in left_out)


def weakness(
    subject: Subject, reference: Reference, made: Made, known: Sequence[Known], limits: Thresholds
) -> Draft | None:
    """AZ503: why no measured rule can be run for this article; None where they can."""
    if reference.made.codebook != made.codebook:
        what, basis = "was made with another version of the codebook", "codebook"
    elif reference.made.model != made.model:
        what = f"was made with the model {reference.made.model}, and this run uses {made.model}"
        basis = "model"
    elif not subject.outlet:
        what, basis = "cannot be used, because the outlet of the article is not known", "outlet"
    elif len(known) < articles_needed(limits.alpha):
        what = (
            f"has {len(known)} other articles of {subject.outlet}; an alarm at a probability of "
            f"{limits.alpha:g} takes {articles_needed(limits.alpha)}"
        )
        basis = "small"
    elif age := _age(subject, known, limits.max_age):
        what, basis = f"ends {age} days before this article", "old"
    else:
        return None
    message = f"The reference {what}. No measured rule was run."
    return Draft("AZ503", subject.first_line, message, basis)


def one_sided(
    subject: Subject, known: Sequence[Known], alignment_frames: Sequence[str], limits: Thresholds
) -> tuple[int, Iterator[Draft]]:
    """AZ401: number of tests run (0 or 1), and the finding where there is one.

    An article whose author takes no side has no alignment and is not tested; reference articles
    without one are left out.
    """
    value = subject.profile.alignment
    others = [k.profile.alignment for k in known if k.profile.alignment is not None]
    if value is None or len(others) < articles_needed(limits.alpha):
        return 0, iter(())
    found = rank(value, others)
    if not _stands_out(found, limits.alpha, limits.alignment_effect):
        return 1, iter(())
    side = "closer to" if found.above else "more distant from"
    message = (
        f"The author's alignment is {value:+.2f} (log odds), {side} the relationship than "
        f"{_of(found)} of {subject.outlet}, whose median is {found.center:+.2f} "
        f"({_figures(found, limits.alpha)}, at least {limits.alignment_effect:g} away)."
    )
    measure = _measure("alignment", found, limits.alpha, limits.alignment_effect)
    return 1, iter((_draft("AZ401", subject, message, side, alignment_frames, measure),))


def frame_shift(
    subject: Subject, known: Sequence[Known], limits: Thresholds
) -> tuple[int, Iterator[Draft]]:
    """AZ402: number of tests run (one for each frame), and the findings."""
    drafts = []
    tests = 0
    for frame, value in subject.profile.shares.items():
        others = [k.profile.shares[frame] for k in known if frame in k.profile.shares]
        if len(others) < articles_needed(limits.alpha):
            continue
        tests += 1
        found = rank(value, others)
        if not _stands_out(found, limits.alpha, limits.share_effect):
            continue
        side = "more" if found.above else "less"
        message = (
            f"The frame {frame} takes up {value:.0%} of the author's sentences, {side} than in "
            f"{_of(found)} of {subject.outlet}, whose median is {found.center:.0%} "
            f"({_figures(found, limits.alpha)}, at least {limits.share_effect:.0%} away)."
        )
        measure = _measure(frame, found, limits.alpha, limits.share_effect)
        basis = f"{frame} {side}"
        drafts.append(_draft("AZ402", subject, message, basis, (frame,), measure))
    return tests, iter(drafts)


def _stands_out(found: Ranked, alpha: float, effect: float) -> bool:
    return round(found.p, 9) <= alpha and round(abs(found.value - found.center), 9) >= effect


def _of(found: Ranked) -> str:
    beyond = round(found.p * (found.n + 1) / 2) - 1
    return f"{found.n - beyond} of {found.n} other articles"


def _figures(found: Ranked, alpha: float) -> str:
    return f"p = {found.p:.3f}, n = {found.n}; told from p <= {alpha:g} on"


def _measure(name: str, found: Ranked, alpha: float, effect: float) -> Measure:
    return Measure(
        name,
        round(found.value, _DECIMALS),
        round(found.center, _DECIMALS),
        found.n,
        round(found.p, _DECIMALS),
        alpha,
        effect,
    )


def _draft(  # noqa: PLR0913, PLR0917
    rule: str, subject: Subject, message: str, basis: str, frames: Sequence[str], measure: Measure
) -> Draft:
    counted = counted_sentences(subject.result, frames)
    lines = tuple(Evidence(max(1, line), text) for line, text in counted[:_SHOWN])
    line = lines[0].line if lines else subject.first_line
    return Draft(rule, line, message, basis, lines, measure)


def _age(subject: Subject, known: Sequence[Known], limit: int) -> int:
    """Days between the outlet's newest reference article and this one, where above `limit`."""
    published = subject.result.article.card.published
    newest = max((k.published for k in known if k.published), default="")
    if published is None or not newest:
        return 0
    try:
        days = (_day(published.value) - _day(newest, last=True)).days
    except ValueError:
        return 0
    return days if days > limit else 0


def _day(value: str, *, last: bool = False) -> date:
    """A day of an ISO date; of a month or year its first, or nearly its `last`."""
    missing = {4: "-12-28" if last else "-01-01", 7: "-28" if last else "-01"}
    return date.fromisoformat(value + missing.get(len(value), ""))
