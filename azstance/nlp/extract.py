"""A processed document as records: nothing of spaCy leaves this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azstance.nlp.actors import GROUP as ACTORS
from azstance.nlp.cues import GROUP as CUES
from azstance.nlp.voice import BLOCKS
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
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span

_REPORTED_WORDS = 0.4


def sentences(doc: Doc, article: Article) -> tuple[Sentence, ...]:
    """All sentences of `article` from its processed `doc`, numbered from 1.

    Codings are not set: they are the business of `azstance.coding`.
    """
    return tuple(
        _sentence(span, number, block, article)
        for number, (span, block) in enumerate(_walk(doc), start=1)
    )


def _walk(doc: Doc) -> Iterator[tuple[Span, tuple[Span, int]]]:
    """Sentences with letters or figures in them, each with its block and the block's number."""
    for index, block in enumerate(doc.spans[BLOCKS]):
        for span in block.sents if len(block) else ():
            if any(character.isalnum() for character in span.text):
                yield _trim(span), (block, index)


def _trim(span: Span) -> Span:
    start, end = span.start, span.end
    while end > start + 1 and span.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and span.doc[start].is_space:
        start += 1
    return span.doc[start:end]


def _sentence(span: Span, number: int, place: tuple[Span, int], article: Article) -> Sentence:
    block_span, index = place
    block = article.blocks[index]
    voice, speaker = _voice(span, article)
    base = span.start_char
    return Sentence(
        number=number,
        line=block.line_at(span.start_char - block_span.start_char),
        text=span.text,
        voice=voice,
        speaker=speaker,
        heading=block.heading,
        entities=tuple(
            Entity(e.text, e.label_, e.start_char - base, e.end_char - base) for e in span.ents
        ),
        actors=tuple(
            Mention(m.label_, m.text, m.start_char - base, m.end_char - base)
            for m in _inside(span, ACTORS)
        ),
        cues=tuple(_cue(c, row, base) for c, row in _cues(span)),
        words=_words(span),
    )


def _inside(span: Span, group: str) -> list[Span]:
    return [s for s in span.doc.spans.get(group, ()) if span.start <= s.start < span.end]


def _cues(span: Span) -> list[tuple[Span, dict[str, Any]]]:
    group = span.doc.spans.get(CUES)
    if not group:
        return []
    rows = group.attrs["scope"]
    return [(c, r) for c, r in zip(group, rows, strict=True) if span.start <= c.start < span.end]


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


def _voice(span: Span, article: Article) -> tuple[Voice, str | None]:
    """Voice of the sentence: that of its counted cues by weight, else of its words.

    Without a cue a sentence is attributed from 40 % of its words on: naming a speaker takes some.
    """
    stretches = [
        (s, who)
        for s, who in zip(
            span.doc.spans[VOICES], span.doc.spans[VOICES].attrs["speakers"], strict=True
        )
        if s.start < span.end and s.end > span.start
    ]
    stretches = [(s, who) for s, who in stretches if not _is_author(s.label_, who, article)]
    if not stretches:
        return Voice.AUTHOR, None
    inside = {i for s, _ in stretches for i in range(s.start, s.end)}
    weights = [
        (r["weight"], any(t.i in inside for t in c))
        for c, r in _cues(span)
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
