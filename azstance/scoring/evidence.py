"""Evidence: which sentences speak most plainly for or against a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.records import Modality, Voice
from azstance.scoring.tally import frame_coding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.records import Coding, Cue, Polarity, Sentence
    from azstance.scoring.tally import Text

_FIRMNESS = {Modality.ASSERTED: 0, Modality.HEDGED: 1, Modality.PREDICTED: 2}


def best_sentences(
    texts: Sequence[Text], frame: str, polarity: Polarity, limit: int
) -> tuple[tuple[str, Sentence], ...]:
    """The `limit` strongest (article id, sentence) that affirm or deny `frame`, strongest first.

    In this order: the author's voice before anybody else's; asserted before hedged before
    predicted; body text before headings; sentences that name the actors they are about, and so can
    be read by themselves, before those that lean on the text before; the likelier coding; more cues
    of its own; and of equals the earlier one (by article id, then sentence number).
    """
    found = []
    for article, sentences in texts:
        for sentence in sentences:
            coding = frame_coding(sentence, frame)
            if coding is not None and coding.polarity is polarity:
                found.append((_rank(article, sentence, coding), (article, sentence)))
    found.sort(key=lambda entry: entry[0])
    return tuple(entry for _, entry in found[:limit])


def _rank(
    article: str, sentence: Sentence, coding: Coding
) -> tuple[bool, int, bool, bool, float, int, str, int]:
    return (
        sentence.voice is not Voice.AUTHOR,
        _FIRMNESS[coding.modality],
        sentence.heading,
        not _stands_alone(sentence, coding),
        -coding.probability,
        -_own_cues(sentence, coding),
        article,
        sentence.number,
    )


def _own_cues(sentence: Sentence, coding: Coding) -> int:
    """Cues of the sentence itself behind the coding; a frame taken over from before has none."""
    return len(_behind(sentence, coding))


def _stands_alone(sentence: Sentence, coding: Coding) -> bool:
    """Whether the sentence names all actors that one of the cues behind the coding is about."""
    named = {mention.actor for mention in sentence.actors}
    return any(cue.pair and named.issuperset(cue.pair) for cue in _behind(sentence, coding))


def _behind(sentence: Sentence, coding: Coding) -> list[Cue]:
    return [
        cue
        for cue in sentence.cues
        if cue.counted and cue.frame == coding.frame and cue.polarity is coding.polarity
    ]
