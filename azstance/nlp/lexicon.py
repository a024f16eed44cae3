"""A codebook made ready for one spaCy pipeline: phrase indexes and the actors' names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from azstance.codebook import Codebook, CueEntry
from azstance.nlp.stream import find, inflections, stream
from azstance.phrases import Match, Phrase, PhraseIndex, Word, parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Span

SCOPE_KINDS = (
    "pseudo",
    "negation",
    "failure",
    "decline",
    "irony",
    "hedge",
    "prediction",
    "concession",
    "contrast",
    "terminator",
)
PAIR_KINDS = ("pair",)
Stream = tuple[list[Word], list[int]]
Forms = Callable[[Iterable[str]], Callable[[str], Sequence[str]]]
"""From the words of a lexicon to what gives the lemmas of each."""
VOICE_KINDS = ("statement", "opinion", "according", "author", "byline")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a labelled list, at tokens `start` up to `end` of the document."""

    label: str
    start: int
    end: int


class Labelled:
    """Labelled phrase lists of several files in one index.

    Of the phrases of one file, what lies inside a longer one is dropped.
    """

    def __init__(self, lists: Mapping[tuple[str, str], Sequence[str]], lexicon: Lexicon) -> None:
        pairs = [(label, phrase) for label, phrases in lists.items() for phrase in phrases]
        self._labels = [label for label, _ in pairs]
        self._index = lexicon.index(phrase for _, phrase in pairs)

    def find(self, streamed: Stream) -> dict[str, list[Found]]:
        """All phrases in a stream by file, in text order."""
        by_file: dict[str, list[Match]] = {}
        for match in find(self._index, streamed):
            by_file.setdefault(self._labels[match.key][0], []).append(match)
        return {
            file: [Found(self._labels[m.key][1], m.start, m.end) for m in _outer(matches)]
            for file, matches in by_file.items()
        }


def _outer(matches: Sequence[Match]) -> list[Match]:
    """The matches that lie in no longer one, in their order."""
    kept: set[tuple[int, int]] = set()
    reach = -1  # where the matches end that begin no later; those of one start come longest first
    for start, end in sorted({(m.start, m.end) for m in matches}, key=lambda m: (m[0], -m[1])):
        if end > reach:
            kept.add((start, end))
            reach = end
    return [m for m in matches if (m.start, m.end) in kept]


def phrase_index(
    phrases: Iterable[str], words: Mapping[str, Sequence[str]], forms: Forms
) -> PhraseIndex:
    """An index of phrases as written; of the word lists it holds those that they refer to."""
    parsed = [parse(phrase) for phrase in phrases]
    atoms = {word for p in parsed for word in p.lemmas}
    lists = {name: words[name] for name in sorted(_lists_of(parsed, words))}
    atoms |= {word for entries in lists.values() for e in entries for word in parse(e).lemmas}
    return PhraseIndex(parsed, lists, forms(atoms))


def _lists_of(phrases: Iterable[Phrase], words: Mapping[str, Sequence[str]]) -> set[str]:
    """The word lists that phrases refer to, and those that entries of such lists refer to."""
    found: set[str] = set()
    waiting = {name for phrase in phrases for name in phrase.references}
    while waiting:
        found |= waiting
        named = {entry for name in waiting & set(words) for entry in words[name]}
        waiting = {name for entry in named for name in parse(entry).references} - found
    return found & set(words)


def actor_lists(actor: str, pair: tuple[str, str]) -> tuple[str, ...]:
    """Names of the lists that a mention of `actor` stands for in a phrase."""
    if actor not in pair:
        return (actor, "actor", "other")
    return (actor, "actor", ("first", "second")[pair.index(actor)], "pair")


class Lexicon:
    """What the components look up. Built once per pipeline; the parts are made when first asked."""

    def __init__(self, codebook: Codebook, nlp: Language, forms: Forms | None = None) -> None:
        """`forms` gives the lemmas of the lexicon's words; the pipeline is asked without it."""
        self.codebook = codebook
        self._nlp = nlp
        self._forms = forms or (lambda words: inflections(nlp, words))
        self._doc: Doc | None = None
        self._found: dict[tuple[int, int], dict[str, list[Found]]] = {}
        self._streams: dict[tuple[int, int], Stream] = {}
        self.first, self.second = codebook.pair

    def index(self, phrases: Iterable[str]) -> PhraseIndex:
        """An index of phrases as written, with the codebook's word lists."""
        return phrase_index(phrases, self.codebook.words, self._forms)

    def language(self, file: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """A word file of the codebook's language, such as "scope"."""
        return self.codebook.language_lists.get(file, {})

    @cached_property
    def cues(self) -> tuple[PhraseIndex, Sequence[CueEntry]]:
        """The index of all cue phrases, and the cue that each phrase belongs to."""
        rows = [
            (cue, phrase)
            for frame in self.codebook.frames
            for cue in frame.cues
            for phrase in cue.phrases
        ]
        return self.index(phrase for _, phrase in rows), [cue for cue, _ in rows]

    @cached_property
    def _labelled(self) -> Labelled:
        """The phrases of scope, discourse and voice in one index, by file and kind."""
        files = (("scope", SCOPE_KINDS), ("discourse", PAIR_KINDS), ("voice", VOICE_KINDS))
        lists = {
            (file, kind): self.language(file)[kind]["phrases"]
            for file, kinds in files
            for kind in kinds
            if kind in self.language(file)
        }
        return Labelled(lists, self)

    def prepare(self) -> None:
        """Build every index now, before processes are forked that would each build their own."""
        _ = self.cues, self.names, self._labelled, self.voice_words

    def found(self, file: str, span: Span) -> list[Found]:
        """The phrases of a language file in `span`;

        all are looked up at once and kept for one document.
        """
        streamed = self.stream(span)
        key = (span.start, span.end)
        if key not in self._found:
            self._found[key] = self._labelled.find(streamed)
        return self._found[key].get(file, [])

    def stream(self, span: Span) -> Stream:
        """The words of a sentence as phrases see them; kept for one document."""
        if self._doc is not span.doc:
            self._doc, self._found, self._streams = span.doc, {}, {}
        key = (span.start, span.end)
        if key not in self._streams:
            self._streams[key] = stream(span)
        return self._streams[key]

    @cached_property
    def voice_words(self) -> Mapping[str, frozenset[str]]:
        """Plain word lists of the voice file, lower case: "speakers", "documents" and so on."""
        lists = self.language("voice")
        return {
            k: frozenset(w.lower() for w in v["words"]) for k, v in lists.items() if "words" in v
        }

    @cached_property
    def names(self) -> tuple[PhraseMatcher, Mapping[str, str]]:
        """A matcher of the actors' names, case-sensitive, labelled by actor;

        "" marks exceptions.
        """
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(self._nlp.vocab, attr="ORTH")
        for actor in self.codebook.actors:
            names = [n for n in actor.names if "*" not in n]
            shouted = [n.upper() for n in names if len(n) > 3]
            matcher.add(actor.name, [self._tokens(n) for n in (*names, *shouted)])
            if actor.excluded:
                matcher.add(f"-{actor.name}", [self._tokens(n) for n in actor.excluded])
        globs = {n.rstrip("*"): a.name for a in self.codebook.actors for n in a.names if "*" in n}
        return matcher, globs

    def _tokens(self, name: str) -> Doc:
        """A name as a document; the tokenizer is only asked where it could cut inside words."""
        from spacy.tokens import Doc

        words = name.split()
        if all(word.isalpha() for word in words):
            return Doc(self._nlp.vocab, words=words)
        return self._nlp.make_doc(name)

    def mentions(self, doc: Doc) -> Sequence[tuple[int, int, str]]:
        """(start, end, list name) of the actors that were found in `doc`."""
        return [
            (span.start, span.end, name)
            for span in doc.spans.get("azstance_actors", ())
            for name in actor_lists(span.label_, self.codebook.pair)
        ]
