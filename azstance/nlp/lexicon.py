"""A codebook made ready for one spaCy pipeline: phrase indexes and the actors' names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from azstance.codebook import Codebook, CueEntry
from azstance.nlp.stream import find, inflections
from azstance.phrases import PhraseIndex, parse

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


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a labelled list, at tokens `start` up to `end` of the document."""

    label: str
    start: int
    end: int


class Labelled:
    """Several labelled phrase lists in one index; what lies inside a longer match is dropped."""

    def __init__(self, lists: Mapping[str, Sequence[str]], lexicon: Lexicon) -> None:
        pairs = [(label, phrase) for label, phrases in lists.items() for phrase in phrases]
        self._labels = [label for label, _ in pairs]
        self._index = lexicon.index(phrase for _, phrase in pairs)

    def find(self, span: Span) -> list[Found]:
        """All phrases in `span`, longest first where they lie in one another, in text order."""
        matches = find(self._index, span)
        return [
            Found(self._labels[m.key], m.start, m.end)
            for m in matches
            if not any(
                o.start <= m.start and m.end <= o.end and o.end - o.start > m.end - m.start
                for o in matches
            )
        ]


class Lexicon:
    """What the components look up. Built once per pipeline; the parts are made when first asked."""

    def __init__(self, codebook: Codebook, nlp: Language) -> None:
        self.codebook = codebook
        self._nlp = nlp
        self.first, self.second = codebook.pair

    def index(self, phrases: Iterable[str]) -> PhraseIndex:
        """An index of phrases as written, with the codebook's word lists."""
        parsed = [parse(phrase) for phrase in phrases]
        atoms = {word for p in parsed for word in p.lemmas}
        used = {name for p in parsed for name in p.references} & set(self.codebook.words)
        lists = {name: self.codebook.words[name] for name in sorted(used)}
        atoms |= {word for entries in lists.values() for e in entries for word in parse(e).lemmas}
        return PhraseIndex(parsed, lists, inflections(self._nlp, atoms))

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
    def scope(self) -> Labelled:
        """Negators, hedges and the like, labelled by kind."""
        lists = self.language("scope")
        return Labelled({k: lists[k]["phrases"] for k in SCOPE_KINDS if k in lists}, self)

    @cached_property
    def pair_words(self) -> Labelled:
        """Expressions that stand for both actors: "the two capitals"."""
        return Labelled({"pair": self.language("discourse")["pair"]["phrases"]}, self)

    @cached_property
    def reporting(self) -> Labelled:
        """Verbs and phrases of reporting, labelled statement, opinion, according, view or author."""
        lists = self.language("voice")
        return Labelled({k: v["phrases"] for k, v in lists.items() if "phrases" in v}, self)

    @cached_property
    def voice_words(self) -> Mapping[str, frozenset[str]]:
        """Plain word lists of the voice file, lower case: "speakers", "documents" and so on."""
        lists = self.language("voice")
        return {k: frozenset(w.lower() for w in v["words"]) for k, v in lists.items() if "words" in v}

    @cached_property
    def names(self) -> tuple[PhraseMatcher, Mapping[str, str]]:
        """A matcher of the actors' names, case-sensitive, labelled by actor; "" marks exceptions."""
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(self._nlp.vocab, attr="ORTH")
        for actor in self.codebook.actors:
            names = [n for n in actor.names if "*" not in n]
            shouted = [n.upper() for n in names if len(n) > 4]
            matcher.add(actor.name, [self._nlp.make_doc(n) for n in (*names, *shouted)])
            if actor.excluded:
                matcher.add(f"-{actor.name}", [self._nlp.make_doc(n) for n in actor.excluded])
        globs = {n.rstrip("*"): a.name for a in self.codebook.actors for n in a.names if "*" in n}
        return matcher, globs

    def list_names(self, actor: str) -> tuple[str, ...]:
        """Names of the lists that a mention of `actor` stands for in a phrase."""
        if actor == self.first:
            return (actor, "actor", "first", "pair")
        if actor == self.second:
            return (actor, "actor", "second", "pair")
        return (actor, "actor", "other")

    def mentions(self, doc: Doc) -> Sequence[tuple[int, int, str]]:
        """(start, end, list name) of the actors that were found in `doc`."""
        return [
            (span.start, span.end, name)
            for span in doc.spans.get("azstance_actors", ())
            for name in self.list_names(span.label_)
        ]
