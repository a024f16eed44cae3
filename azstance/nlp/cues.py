"""Finding of cues: the phrases of the frames, with inflection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.nlp.actors import GROUP as ACTORS
from azstance.nlp.actors import ActorLinker
from azstance.nlp.places import by_sentence, sentence_starts
from azstance.nlp.stream import find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span

    from azstance.nlp.lexicon import Lexicon
    from azstance.phrases import Match

GROUP = "azstance_cues"


class CueFinder:
    """Fills the span group `azstance_cues`; the label of a span is its frame, the id its cue.

    A cue that lies inside a longer cue of the same frame is dropped: "little to celebrate" stands
    for itself and not for its "celebrate". Actors are linked first where that was not done.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._link = ActorLinker(lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """Find the cues in `doc`, sentence by sentence where there are sentences."""
        if ACTORS not in doc.spans:
            doc = self._link(doc)
        return self.within(doc, doc.sents if doc.has_annotation("SENT_START") else [doc[:]])

    def within(self, doc: Doc, sentences: Iterable[Span]) -> Doc:
        """Find the cues in some sentences of `doc`, whose actors are linked."""
        from spacy.tokens import Span

        index, cues = self.lexicon.cues
        mentions = self.lexicon.mentions(doc)
        places = by_sentence(sentence_starts(doc), mentions, lambda mention: mention[0])
        doc.spans[GROUP] = [
            Span(doc, m.start, m.end, label=cues[m.key].frame, span_id=cues[m.key].id)
            for sentence in sentences
            for m in self._outermost(
                find(
                    index,
                    self.lexicon.stream(sentence),
                    [x for x in places.get(sentence.start, ()) if x[1] <= sentence.end],
                )
            )
        ]
        return doc

    def _outermost(self, matches: list[Match]) -> list[Match]:
        """Longest matches per frame, one per cue and place."""
        _, cues = self.lexicon.cues
        kept: list[Match] = []
        for match in sorted(matches, key=lambda m: (m.start - m.end, m.start, m.key)):
            cue = cues[match.key]
            if not any(
                cues[k.key].frame == cue.frame
                and k.start <= match.start
                and match.end <= k.end
                and (cue.weight <= cues[k.key].weight or not cues[k.key].weight)
                for k in kept
            ):
                kept.append(match)
        return sorted(kept, key=lambda m: (m.start, m.end, cues[m.key].id))
