"""What an article's look-up leaves behind, so that after an edit of cues few sentences are redone.

The cues of a sentence depend on its own words and grammar and on the actors in it and before it,
and on no cue of another sentence. An edited cue concerns the sentences that it could stand in;
actors and who speaks are as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from azstance.nlp import extract
from azstance.nlp.actors import GROUP as ACTORS
from azstance.nlp.voice import GROUP as VOICES
from azstance.records import Sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from azstance.nlp.cues import CueFinder
    from azstance.nlp.resolve import CueResolver
    from azstance.records import Article


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in an article, with what it takes to look for cues anew.

    `words` has for each sentence the numbers of its words in the article's vocabulary, see
    `azstance.nlp.parsed.vocabulary`. `actors` are (first token, end, actor), `voices` (first
    token, end, kind, speaker).
    """

    sentences: tuple[Sentence, ...]
    words: tuple[tuple[int, ...], ...]
    actors: tuple[tuple[int, int, str], ...]
    voices: tuple[tuple[int, int, str, str], ...]


def remember(
    nlp: Language,
    doc: Doc,
    sentences: tuple[Sentence, ...],
    vocabulary: Sequence[tuple[str, str]],
) -> Looked:
    """What `look_again` needs of a document in which everything was looked up just now.

    Raises KeyError where a word is not in the vocabulary.
    """
    stream = cast("CueFinder", nlp.get_pipe("azstance_cues")).lexicon.stream
    places = {pair: number for number, pair in enumerate(vocabulary)}
    words = tuple(
        tuple(sorted({places[word.lower, word.lemma] for word in stream(span)[0]}))
        for span, *_ in extract.numbered(doc).values()
    )
    actors = tuple((m.start, m.end, m.label_) for m in doc.spans[ACTORS])
    voices = doc.spans[VOICES]
    said = zip(voices, voices.attrs["speakers"], strict=True)
    return Looked(
        sentences, words, actors, tuple((s.start, s.end, s.label_, who) for s, who in said)
    )


def look_again(
    nlp: Language, doc: Doc, article: Article, looked: Looked, numbers: Collection[int]
) -> Looked:
    """As `looked`, with the cues of the sentences of some `numbers` looked for anew."""
    from spacy.tokens import Span

    doc.spans[ACTORS] = [Span(doc, start, end, label=name) for start, end, name in looked.actors]
    doc.spans[VOICES] = [Span(doc, start, end, label=kind) for start, end, kind, _ in looked.voices]
    doc.spans[VOICES].attrs["speakers"] = [speaker for *_, speaker in looked.voices]
    places = {n: placed for n, placed in extract.numbered(doc).items() if n in numbers}
    finder = cast("CueFinder", nlp.get_pipe("azstance_cues"))
    finder.within(doc, [placed.span for placed in places.values()])
    cast("CueResolver", nlp.get_pipe("azstance_scope"))(doc)
    found = extract.some(doc, article, places)
    sentences = tuple(found.get(sentence.number, sentence) for sentence in looked.sentences)
    return replace(looked, sentences=sentences)
