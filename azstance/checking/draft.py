"""A finding while it is being made: what a rule says, before levels, keys and baselines."""

from __future__ import annotations

from dataclasses import dataclass

from azstance.checking.records import Evidence, Measure


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule says of an article: where, what, and the lines behind it.

    `basis` is what makes the finding this one and no other (fingerprints are made of it): words
    of the article or the names of what is missing, never a figure.
    """

    rule: str
    line: int
    message: str
    basis: str
    evidence: tuple[Evidence, ...] = ()
    measure: Measure | None = None
