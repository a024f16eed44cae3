"""A spaCy document as the stream of words that the phrase matcher reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from azstance.phrases import Match, PhraseIndex, Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

_STOPS = frozenset(";:.?!—–…,")
_SKIPPED = frozenset("-‐‑\"“”„«»'‘’`") | {"``", "''", "--"}


def stream(span: Span | Doc) -> tuple[list[Word], list[int]]:
    """Words of `span`, and for each the number of its token in the document.

    White space, hyphens, quotation marks and the possessive 's are left out: they join or surround
    words and carry no meaning of their own for a phrase.
    """
    words: list[Word] = []
    places: list[int] = []
    for token in span:
        text = token.text
        if token.is_space or text in _SKIPPED or token.tag_ == "POS":
            continue
        words.append(Word(token.lower_, _lemma(token), text in _STOPS))
        places.append(token.i)
    return words, places


def _lemma(token: Token) -> str:
    """Lemma in lower case; a capitalised plural of a headline ("Ties") loses its s."""
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" and lemma.endswith("s") and not lemma.endswith("ss"):
        return lemma[:-1]
    return lemma or token.lower_


def looks_inflected(word: str) -> bool:
    """Whether a word of a lexicon could have another lemma than itself."""
    return word.endswith(("s", "ed", "ing"))


def inflections(nlp: Language, words: Iterable[str]) -> Callable[[str], Sequence[str]]:
    """Lemmas that the pipeline may give to a word as written in a lexicon ("ties" -> "tie").

    A phrase has no context to tag, so the word is looked up as a noun, a verb and an adjective.
    Only words that look inflected are asked about. Without a lemmatizer nothing is added.
    """
    from spacy.tokens import Doc

    asked = sorted({word for word in words if looks_inflected(word)})
    found: dict[str, set[str]] = {}
    if asked and nlp.has_pipe("lemmatizer"):
        lemmatize = nlp.get_pipe("lemmatizer")
        for pos in ("NOUN", "VERB", "ADJ"):
            doc = lemmatize(Doc(nlp.vocab, words=asked, pos=[pos] * len(asked)))
            for word, token in zip(asked, doc, strict=True):
                found.setdefault(word, set()).add(token.lemma_.lower())
    return lambda word: sorted(found.get(word, ()))


def find(
    index: PhraseIndex,
    streamed: tuple[list[Word], list[int]],
    mentions: Sequence[tuple[int, int, str]] = (),
) -> list[Match]:
    """Find phrases in a stream; matches and `mentions` count tokens of the document.

    `mentions` are (start, end, list name); an end lies after the last token.
    """
    words, places = streamed
    position = {token: at for at, token in enumerate(places)}
    spans = []
    for start, end, name in mentions:
        inside = [position[i] for i in range(start, end) if i in position]
        if inside:
            spans.append((inside[0], inside[-1] + 1, name))
    return [Match(m.key, places[m.start], places[m.end - 1] + 1) for m in index.find(words, spans)]
