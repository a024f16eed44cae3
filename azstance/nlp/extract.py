"""A processed document as records: nothing of spaCy leaves this package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from azstance.nlp.actors import GROUP as ACTORS
from azstance.nlp.cues import GROUP as CUES
from azstance.nlp.places import BLOCKS, by_sentence, sentence_starts
from azstance.nlp.voice import GROUP as VOICES
from azstance.records import (
    Article,
    Cue,
    Effect,
    Entity,
    Mention,
    Modality,
    Polarity,
    Sentence,
    Voice,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Span

_REPORTED_WORDS = 0.4


def sentences(doc: Doc, article: Article) -> tuple[Sentence, ...]:
    """All sentences of `article` from its processed `doc`, numbered from 1.

    Codings are not set: they are the business of `azstance.coding`.
    """
    return tuple(some(doc, article, numbered(doc)).values())


def numbered(doc: Doc) -> dict[int, Placed]:
    """Where the sentences stand that `sentences` numbers."""
    return dict(enumerate(_walk(doc), start=1))


def some(doc: Doc, article: Article, places: Mapping[int, Placed]) -> dict[int, Sentence]:
    """Sentences from some of the places of `numbered`."""
    found = _Found(doc)
    return {
        number: _sentence(_trim(placed.span), number, placed, article, found.of(placed.span))
        for number, placed in places.items()
    }


class Placed(NamedTuple):
    """A sentence with its block and the block's number."""

    span: Span
    block: Span
    block_number: int


@dataclass(frozen=True, slots=True)
class _Layers:
    """What the components found in one sentence."""

    entities: list[Span]
    actors: list[Span]
    cues: list[tuple[Span, dict[str, Any]]]
    voices: list[tuple[Span, str]]


class _Found:
    """The annotations of a document by sentence."""

    def __init__(self, doc: Doc) -> None:
        starts = sentence_starts(doc)
        cues, voices = doc.spans.get(CUES), doc.spans[VOICES]
        self._entities = by_sentence(starts, doc.ents, _start)
        self._actors = by_sentence(starts, doc.spans.get(ACTORS, ()), _start)
        rows = cues.attrs["scope"] if cues else ()
        self._cues = by_sentence(starts, zip(cues or (), rows, strict=True), _first)
        speakers = voices.attrs["speakers"]
        self._voices = by_sentence(starts, zip(voices, speakers, strict=True), _first)

    def of(self, sentence: Span) -> _Layers:
        """What stands in `sentence`, which is one of the document's."""
        at = sentence.start
        return _Layers(
            [e for e in self._entities.get(at, ()) if e.end <= sentence.end],
            self._actors.get(at, []),
            self._cues.get(at, []),
            self._voices.get(at, []),
        )


def _start(span: Span) -> int:
    return span.start


def _first(row: tuple[Span, object]) -> int:
    return row[0].start


def _walk(doc: Doc) -> Iterator[Placed]:
    """Sentences with letters or figures in them."""
    for index, block in enumerate(doc.spans[BLOCKS]):
        for span in block.sents if len(block) else ():
            if any(character.isalnum() for character in span.text):
                yield Placed(span, block, index)


def _trim(span: Span) -> Span:
    start, end = span.start, span.end
    while end > start + 1 and span.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and span.doc[start].is_space:
        start += 1
    return span.doc[start:end]


def _sentence(
    span: Span, number: int, placed: Placed, article: Article, found: _Layers
) -> Sentence:
    block = article.blocks[placed.block_number]
    voice, speaker = _voice(span, article, found)
    base = span.start_char
    return Sentence(
        number=number,
        line=block.line_at(span.start_char - placed.block.start_char),
        text=span.text,
        voice=voice,
        speaker=speaker,
        heading=block.heading,
        entities=tuple(
            Entity(e.text, e.label_, e.start_char - base, e.end_char - base) for e in found.entities
        ),
        actors=tuple(
            Mention(m.label_, m.text, m.start_char - base, m.end_char - base) for m in found.actors
        ),
        cues=tuple(_cue(c, row, base) for c, row in found.cues),
        words=_words(span),
    )


def _cue(cue: Span, row: dict[str, Any], base: int) -> Cue:
    return Cue(
        id=cue.id_,
        frame=cue.label_,
        polarity=Polarity(row["polarity"]),
        start=cue.start_char - base,
        end=cue.end_char - base,
        text=cue.text,
        weight=row["weight"],
        pair=tuple(row["pair"]),
        effects=tuple(Effect(*effect) for effect in row["effects"]),
        counted=row["counted"],
        modality=Modality(row["modality"]),
    )


def _voice(span: Span, article: Article, found: _Layers) -> tuple[Voice, str | None]:
    """Voice of the sentence: that of its counted cues by weight, else of its words.

    Without a cue a sentence is attributed from 40 % of its words on: naming a speaker takes some.
    """
    stretches = [(s, who) for s, who in found.voices if not _is_author(s.label_, who, article)]
    if not stretches:
        return Voice.AUTHOR, None
    inside = {i for s, _ in stretches for i in range(s.start, s.end)}
    weights = [
        (r["weight"], any(t.i in inside for t in c))
        for c, r in found.cues
        if r["counted"] and r["weight"]
    ]
    if not weights:
        weights = [(1.0, t.i in inside) for t in span if t.is_alpha]
        needed = _REPORTED_WORDS
    else:
        needed = 0.5
    said = sum(w for w, attributed in weights if attributed)
    if said <= needed * sum(w for w, _ in weights):
        return Voice.AUTHOR, None
    return Voice.ATTRIBUTED, next((who for _, who in stretches if who), None)


def _is_author(kind: str, speaker: str, article: Article) -> bool:
    """Whether a stretch is the article's own author, quoted in the standfirst."""
    if kind == "byline":
        return True
    author = article.card.author
    return bool(author and speaker and _surname(speaker) == _surname(author.value))


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1]


def _words(span: Span) -> tuple[str, ...]:
    """Lower-case lemmas without stop words, figures and marks, for keyness."""
    return tuple(
        t.lemma_.lower()
        for t in span
        if t.is_alpha and not t.is_stop and len(t.text) > 1 and t.ent_type_ not in ("DATE", "TIME")
    )
