"""Short texts run through the real pipeline, for tests that say what should come of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from azstance.codebook import Codebook
from azstance.coding import code_article
from azstance.nlp import pipeline
from azstance.records import Article, Block, Cue, Fact, Sentence, SourceCard

if TYPE_CHECKING:
    from spacy.language import Language

Text = str | Block


@dataclass(frozen=True, repr=False)
class Reader:
    """Runs short texts through the real pipeline."""

    nlp: Language
    codebook: Codebook

    def article(self, *texts: Text, split: bool = False, author: str | None = None) -> Article:
        """One block per text; a text is one sentence unless `split` leaves that to the pipeline."""
        starts = None if split else (0,)
        blocks = tuple(
            text if isinstance(text, Block) else Block(text, ((0, line),), sentences=starts)
            for line, text in enumerate(texts, start=1)
        )
        card = SourceCard(author=Fact(author, "a test") if author else None)
        return Article("test", "test.txt", card, blocks)

    def sentences(
        self, *texts: Text, split: bool = False, author: str | None = None
    ) -> tuple[Sentence, ...]:
        """The coded sentences of an article made of `texts`."""
        found = pipeline.annotate(self.nlp, self.article(*texts, split=split, author=author))
        return code_article(found, self.codebook.frame_names, self.codebook.carried)

    def last(self, *texts: Text, author: str | None = None) -> Sentence:
        """The last sentence, read after the ones before it."""
        return self.sentences(*texts, author=author)[-1]

    def codes(self, *texts: Text) -> dict[str, str]:
        """Frames and polarities of the last sentence."""
        return {c.frame: str(c.polarity) for c in self.last(*texts).codings}

    def cues(self, *texts: Text, frame: str) -> list[Cue]:
        """Cues of one frame in the last sentence, counted or not, those of weight 0 left out."""
        return [c for c in self.last(*texts).cues if c.frame == frame and c.weight]
