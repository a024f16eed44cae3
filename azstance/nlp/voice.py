"""Who speaks: quotation, reporting verbs, "according to", continued reports.

After the practice of attribution corpora (Pareti 2016, PARC; Newell, Margolin & Ruths 2018,
PolNeAR), a stretch of text is attributed where it is quoted, or where it depends on a cue of
reporting with a source that can speak. What is left is the author's own voice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from azstance.nlp import reports, speakers, tree
from azstance.nlp.places import BLOCKS
from azstance.nlp.quotes import Quote, find_quotes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from azstance.nlp.lexicon import Found, Lexicon

GROUP = "azstance_voice"
_SCARE_WORDS = 5
_LONG_QUOTE = 300  # tokens after the first sentence in which the speaker may come


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `start` up to `end` in the voice of `speaker` ("" if nobody is named)."""

    start: int
    end: int
    speaker: str
    kind: str


class VoiceFinder:
    """Fills the span group `azstance_voice` with the stretches in somebody else's voice.

    The label of a span is how it was found: quote, report, according, continued, byline. The
    attribute "speakers" holds the speaker of each span, in the order of the spans. "byline" marks
    words of the article's own author quoted in a standfirst, which are the author's voice.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._nouns = speakers.SpeakerRules(lexicon.voice_words)

    def __call__(self, doc: Doc) -> Doc:
        """Find the attributed stretches of `doc`."""
        from spacy.tokens import Span

        stretches: list[Stretch] = []
        last = ""
        own: set[str] = set()
        for block in _blocks(doc):
            quotes = self._quotes(doc, block)
            for sentence in _sentences(doc, block):
                near = [q for q in quotes if q.start < sentence.end_char]
                near = [q for q in near if q.end > sentence.start_char]
                found = list(self._sentence(doc, sentence, near, last, stretches))
                own |= {s.speaker for s in found if s.kind == "byline" and s.speaker}
                found = [replace(s, kind="byline") if s.speaker in own else s for s in found]
                stretches += [s for s in found if s.start < s.end]
                last = next((s.speaker for s in reversed(found) if s.speaker), last)
        spans = [Span(doc, s.start, s.end, label=s.kind) for s in stretches]
        doc.spans[GROUP] = spans
        doc.spans[GROUP].attrs["speakers"] = [s.speaker for s in stretches]
        return doc

    @staticmethod
    def _quotes(doc: Doc, block: Span) -> list[Quote]:
        base = block.start_char
        limits = [s.end_char - base for s in _sentences(doc, block)]
        return [
            Quote(q.start + base, q.end + base, q.closed) for q in find_quotes(block.text, limits)
        ]

    def _sentence(
        self, doc: Doc, sentence: Span, quotes: list[Quote], last: str, before: list[Stretch]
    ) -> Iterator[Stretch]:
        said = list(self._reports(doc, sentence, quotes, last))
        quoted = list(self._quoted(doc, sentence, quotes, said, last))
        found = [*said, *quoted]
        yield from found
        if not any(s.start < s.end for s in found):
            yield from self._continued(sentence, last, before)

    def _reports(
        self, doc: Doc, sentence: Span, quotes: list[Quote], last: str
    ) -> Iterator[Stretch]:
        """Reported speech: the content of a reporting verb, or a whole sentence "according to"."""
        found = self._lexicon.found("voice", sentence)
        own = [f for f in found if f.label == "author"]
        byline = [f for f in found if f.label == "byline"]
        for cue in found:
            if cue.label in ("author", "byline") or _inside(doc, cue, quotes):
                continue
            if any(o.start <= cue.start < o.end for o in own):
                continue
            if cue.label == "according":
                yield from self._according(doc, sentence, cue, last)
                continue
            yield from self._verb(doc, sentence, cue, last, "byline" if byline else "report")

    def _according(self, doc: Doc, sentence: Span, cue: Found, last: str) -> Iterator[Stretch]:
        phrase = doc[cue.start : cue.end]
        candidates = [*phrase.subtree] if len(phrase) < 12 else [*phrase]
        speaker = self._nouns.best(candidates, last)
        if speaker is not None:
            yield Stretch(sentence.start, sentence.end, speaker, "according")

    def _verb(
        self, doc: Doc, sentence: Span, cue: Found, last: str, kind: str
    ) -> Iterator[Stretch]:
        verb = doc[cue.start : cue.end].root
        if verb.pos_ not in ("VERB", "AUX") or verb.dep_ in ("amod", "compound"):
            return
        subject = tree.subject_of(verb) or self._nouns.nearest(verb)
        if self._nouns.is_document(subject, verb):
            yield Stretch(sentence.start, sentence.end, f"the {subject.lower_}", kind)
            return
        speaker = self._nouns.speaker(verb, subject, cue.label, last)
        if speaker is None:
            return
        inside = reports.content(verb, subject, sentence)
        if inside:
            yield from _runs(inside, sentence, speaker, kind)
        elif speaker:
            # Nothing is reported here ("her colleague disagrees"), but somebody has the word.
            yield Stretch(sentence.start, sentence.start, speaker, kind)

    def _quoted(
        self, doc: Doc, sentence: Span, quotes: list[Quote], said: list[Stretch], last: str
    ) -> Iterator[Stretch]:
        """Quotations that speak; a few quoted words without a verb only name or distance."""
        for quote in quotes:
            inside = [t for t in sentence if quote.start <= t.idx < quote.end]
            words = [t for t in inside if t.is_alpha]
            if not words:
                continue
            whole = quote.start <= sentence.start_char and sentence.end_char <= quote.end
            if len(words) <= _SCARE_WORDS and not whole and not _has_verb(words):
                continue
            speaker, kind = self._quoted_by(doc, sentence, quote, said, last)
            yield Stretch(inside[0].i, inside[-1].i + 1, speaker, kind)

    def _quoted_by(
        self, doc: Doc, sentence: Span, quote: Quote, said: list[Stretch], last: str
    ) -> tuple[str, str]:
        for report in said:
            if report.speaker:
                return report.speaker, report.kind if report.kind == "byline" else "quote"
        named = self._beside(doc, sentence, quote, last)
        if not named and quote.closed and sentence.start_char <= quote.start:
            closing = _sentence_at(doc, sentence, quote.end)
            named = self._beside(doc, closing, quote, last) if closing is not None else None
        return named or ((last if quote.start <= sentence.start_char else ""), "quote")

    def _beside(self, doc: Doc, sentence: Span, quote: Quote, last: str) -> tuple[str, str] | None:
        """The speaker whom a verb of `sentence` beside the quotation names."""
        for cue in self._lexicon.found("voice", sentence):
            verb = doc[cue.start : cue.end].root
            outside = not quote.start <= verb.idx < quote.end
            if outside and cue.label in ("statement", "opinion", "byline"):
                speaker = self._nouns.speaker(verb, tree.subject_of(verb), "statement", last)
                if speaker:
                    return speaker, "byline" if cue.label == "byline" else "quote"
        return None

    def _continued(self, sentence: Span, last: str, before: list[Stretch]) -> Iterator[Stretch]:
        """A sentence of "he" or "she" right after a report goes on with it."""
        if not last or not before or before[-1].kind == "byline":
            return
        subject = tree.subject_of(sentence.root)
        reached = before[-1].end >= sentence.start - 1
        if reached and subject is not None and subject.lower_ in self._nouns.pronouns:
            yield Stretch(sentence.start, sentence.end, last, "continued")


def _has_verb(words: list[Token]) -> bool:
    return any(t.pos_ in ("VERB", "AUX") and t.dep_ != "amod" for t in words)


def _sentence_at(doc: Doc, first: Span, end: int) -> Span | None:
    """The sentence in which a quotation ends at character `end`, if that is not `first`."""
    if end <= first.end_char:
        return None
    for token in doc[first.end : first.end + _LONG_QUOTE]:
        if token.idx + len(token) >= end:
            return token.sent
    return None


def _inside(doc: Doc, cue: Found, quotes: list[Quote]) -> bool:
    at = doc[cue.start].idx
    return any(q.start <= at < q.end for q in quotes)


def _runs(inside: set[int], sentence: Span, speaker: str, kind: str) -> Iterator[Stretch]:
    """Unbroken runs of tokens, so that a span group can hold them."""
    ordered = sorted(i for i in inside if sentence.start <= i < sentence.end)
    start = previous = None
    for i in ordered:
        if start is None or previous is None:
            start = i
        elif i != previous + 1:
            yield Stretch(start, previous + 1, speaker, kind)
            start = i
        previous = i
    if start is not None and previous is not None:
        yield Stretch(start, previous + 1, speaker, kind)


def _blocks(doc: Doc) -> list[Span]:
    """Paragraphs of the document; the whole document where none are marked."""
    return list(doc.spans.get(BLOCKS, ())) or [doc[:]]


def _sentences(doc: Doc, block: Span) -> list[Span]:
    return list(block.sents) if len(block) else []  # type: ignore[attr-defined]
