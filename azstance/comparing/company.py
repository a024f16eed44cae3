"""Company: which actors are named, and which frames the sentences that name them carry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from azstance.scoring.intervals import estimate, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.records import Estimate
    from azstance.scoring.tally import Text


@dataclass(frozen=True, slots=True)
class Company:
    """How often sentences that name `actor` carry `frame`, in any voice and with any polarity.

    `sentences` of the `of_actor` body sentences that name the actor carry the frame; `share` is the
    one over the other (from 0 to 1), with Wilson's interval, which takes sentences as independent.
    """

    actor: str
    frame: str
    sentences: int
    of_actor: int
    share: Estimate


def company(texts: Sequence[Text], frames: Sequence[str], level: float) -> tuple[Company, ...]:
    """Every actor that is named with every frame, zeros too.

    The actor that is named in most sentences comes first, of equals the first by the alphabet; of
    one actor the frames stand in the order given. A sentence counts once for an actor, however
    often it names it, and frames that are not in `frames` are left out.
    """
    named: Counter[str] = Counter()
    framed: Counter[tuple[str, str]] = Counter()
    for _, sentences in texts:
        for sentence in sentences:
            actors = {mention.actor for mention in sentence.actors}
            carried = {coding.frame for coding in sentence.codings}
            named.update(actors)
            framed.update((actor, frame) for actor in actors for frame in carried)
    ordered = sorted(named, key=lambda actor: (-named[actor], actor))
    return tuple(
        _company(actor, frame, framed[actor, frame], named[actor], level)
        for actor in ordered
        for frame in frames
    )


def _company(actor: str, frame: str, count: int, of_actor: int, level: float) -> Company:
    share = count / of_actor
    figure = estimate(share, wilson(share, of_actor, level), of_actor)
    return Company(actor, frame, count, of_actor, figure)
