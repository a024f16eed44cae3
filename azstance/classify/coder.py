"""Codes the sentences of an article: by the cues alone, or by cues and classifier as one layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from azstance.classify.rows import rows_of
from azstance.classify.thresholds import CERTAIN
from azstance.coding import code_article
from azstance.records import Article, Chance, Coding, Modality, Polarity, Sentence

if TYPE_CHECKING:
    from azstance.classify.embed import Encoder
    from azstance.classify.model import FrameModel
    from azstance.classify.rows import Floats, Row
    from azstance.codebook import Codebook

    Kept = Callable[[int, Callable[[], Floats]], Floats]

_CONTEXT = 3
"""Texts of fewer sentences have no context to read, and what their cues code counts: on held-out
sentences that stand alone this raises F1 of presence from .63 to .71, in articles it lowers it."""
_POLARITIES = (Polarity.AFFIRM, Polarity.DENY)
_FIRM = (Modality.ASSERTED, Modality.PREDICTED, Modality.HEDGED)


@dataclass(frozen=True)
class Coder:
    """Codes articles by a codebook; without a `model` by its cues alone.

    `encoder` is needed by a model that reads meanings. It can be called in a forked process.
    """

    codebook: Codebook
    model: FrameModel | None = None
    encoder: Encoder | None = None

    @property
    def name(self) -> str:
        """What codes: "cues", or the classifier's name and the beginning of its digest."""
        if self.model is None:
            return "cues"
        return f"{self.model.name} {str(self.model.about.get('weights_sha256', ''))[:8]}".strip()

    def begin(self) -> None:
        """Start to load what takes time, while the caller loads the pipeline."""
        if self.encoder is not None:
            self.encoder.begin()

    def settle(self) -> None:
        """Wait for what `begin` began, before processes are forked."""
        if self.encoder is not None:
            self.encoder.settle()

    def __call__(
        self, article: Article, sentences: Sequence[Sentence], kept: Kept | None = None
    ) -> tuple[Sentence, ...]:
        """The sentences of the article with their codings.

        `kept` gives again, or works out, what depends on the text alone; its shape is that of
        `FrameModel.read`.
        """
        by_cues = code_article(sentences, self.codebook.frame_names, self.codebook.carried)
        if self.model is None or not by_cues:
            return by_cues
        model = self.model
        rows = rows_of(article.id, by_cues, self.codebook.pair)
        work = partial(self._read, model, by_cues)
        judged = model.judge(rows, kept(len(by_cues), work) if kept else work())
        pair = frozenset(self.codebook.pair)
        coded = [
            code(sentence, self.model, pair, judged.probabilities[n], judged.parts[n])
            for n, sentence in enumerate(by_cues)
        ]
        if len(coded) < _CONTEXT:
            coded = [cues_first(own, cued) for own, cued in zip(coded, by_cues, strict=True)]
        return tuple(coded)

    def _read(self, model: FrameModel, sentences: Sequence[Sentence]) -> Floats:
        texts = [sentence.text for sentence in sentences]
        return model.linear.read(texts, self.encoder.meanings(texts) if self.encoder else None)

    def rows(self, article: Article, by_cues: Sequence[Sentence]) -> list[Row]:
        """What the classifier sees of the sentences, which are coded by their cues already."""
        meanings = None
        if self.encoder is not None:
            meanings = self.encoder.meanings([sentence.text for sentence in by_cues])
        return rows_of(article.id, by_cues, self.codebook.pair, meanings)


def cues_first(coded: Sentence, by_cues: Sentence) -> Sentence:
    """The classifier's codings, and for frames that the cues code the cues' own."""
    own = {coding.frame: coding for coding in coded.codings}
    own |= {coding.frame: coding for coding in by_cues.codings}
    order = [chance.frame for chance in coded.chances]
    codings = tuple(own[frame] for frame in order if frame in own)
    return replace(
        coded, codings=codings, unsure=tuple(frame for frame in coded.unsure if frame not in own)
    )


def code(
    sentence: Sentence,
    model: FrameModel,
    pair: frozenset[str],
    chances: Floats,
    parts: Floats,
) -> Sentence:
    """One sentence with the codings of the classifier.

    `chances` has shape (frames, 3), `parts` (frames, 2, 4). A frame is coded where affirming and
    denying it together reach the threshold and the likelier of the two CERTAIN; not in a
    sentence without both of the `pair` in which the lexicon found cues of the frame, all of them
    about other actors ("partnership with the EU").
    """
    codings = []
    unsure = []
    known = []
    for number, frame in enumerate(model.frames):
        affirm, deny = (round(float(chances[number, k]), 4) for k in (1, 2))
        known.append(Chance(frame, affirm, deny))
        present = affirm + deny
        likely = present >= model.thresholds[frame] and max(affirm, deny) >= CERTAIN
        if likely and not _of_others(sentence, frame, pair):
            side = int(deny > affirm)
            codings.append(_coding(sentence, frame, side, (affirm, deny)[side], parts[number]))
        elif present >= model.unsure[frame]:
            unsure.append(frame)
    return replace(sentence, codings=tuple(codings), unsure=tuple(unsure), chances=tuple(known))


def _of_others(sentence: Sentence, frame: str, pair: frozenset[str]) -> bool:
    own = [cue for cue in sentence.cues if cue.frame == frame]
    if not own or pair <= {mention.actor for mention in sentence.actors}:
        return False
    return all(
        not cue.counted and any(effect.kind == "pair" for effect in cue.effects) for cue in own
    )


def _coding(sentence: Sentence, frame: str, side: int, probability: float, parts: Floats) -> Coding:
    from azstance.classify.model import PARTS

    polarity = _POLARITIES[side]
    own = [c for c in sentence.cues if c.frame == frame and c.counted and c.polarity is polarity]
    return Coding(
        frame=frame,
        polarity=polarity,
        probability=probability,
        modality=min((c.modality for c in own), key=_FIRM.index, default=Modality.ASSERTED),
        cues=tuple(dict.fromkeys(c.id for c in own)),
        parts=tuple(
            (name, round(float(value), 2)) for name, value in zip(PARTS, parts[side], strict=True)
        ),
    )
