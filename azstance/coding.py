"""From the cues of a sentence to its codings.

Cues for the same frame are taken as independent evidence and combined by noisy-or: cues of weight
w1, w2 ... give 1 - (1 - w1)(1 - w2)... (Pearl 1988, section 4.3.2). The stronger polarity is coded,
lowered by a quarter of the strength of the other; where both are equal the denial is, because a
sentence can name a frame in passing and hardly deny it so. A frame is coded from 0.4 on. The
weights are judgements of the lexicon's writers and the result is a strength of evidence between 0
and 1, not a calibrated probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import prod

from azstance.records import Coding, Cue, Effect, Modality, Polarity, Sentence

THRESHOLD = 0.4
_LOOK_BACK = 2
_ORDER = (Modality.ASSERTED, Modality.PREDICTED, Modality.HEDGED)


def code_article(
    sentences: Iterable[Sentence], frames: Sequence[str], carried: frozenset[str] = frozenset()
) -> tuple[Sentence, ...]:
    """Give every sentence its codings, in the order of `frames`.

    `carried` are ids of cues that count only where one of the two sentences before carries their
    frame ("this testifies to it"): they take the nearest one's polarity.
    """
    coded: list[Sentence] = []
    for sentence in sentences:
        before = [c for s in reversed(coded[-_LOOK_BACK:]) for c in s.codings]
        cues = tuple(_carry(cue, before, carried) for cue in sentence.cues)
        codings = tuple(c for frame in frames if (c := code_frame(frame, cues)) is not None)
        coded.append(replace(sentence, cues=cues, codings=codings))
    return tuple(coded)


def _carry(cue: Cue, before: Sequence[Coding], carried: frozenset[str]) -> Cue:
    if cue.id not in carried or not cue.counted:
        return cue
    for coding in before:
        if coding.frame == cue.frame:
            effect = Effect("carried", coding.polarity, "goes on with the sentence before")
            return replace(cue, polarity=coding.polarity, effects=(*cue.effects, effect))
    effect = Effect("carried", "", "the sentence before does not carry the frame, not counted")
    return replace(cue, counted=False, effects=(*cue.effects, effect))


def code_frame(frame: str, cues: Sequence[Cue]) -> Coding | None:
    """Coding of one frame from the cues of a sentence, or None below the threshold."""
    own = [cue for cue in cues if cue.frame == frame and cue.counted]
    if not own:
        return None
    strength = {p: 1 - prod(1 - c.weight for c in own if c.polarity is p) for p in Polarity}
    polarity = max(reversed(Polarity), key=lambda p: strength[p])
    probability = round(strength[polarity] * (1 - strength[polarity.opposite] / 4), 6)
    if probability < THRESHOLD:
        return None
    chosen = [cue for cue in own if cue.polarity is polarity]
    modality = min((cue.modality for cue in chosen), key=_ORDER.index)
    return Coding(
        frame, polarity, probability, modality, tuple(dict.fromkeys(c.id for c in chosen))
    )
