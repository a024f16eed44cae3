"""Which subjects can speak, and what to call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from spacy.tokens import Token

_PEOPLE = frozenset({"PERSON", "ORG", "NORP"})
_STATES = frozenset({"GPE", "LOC"})
_MANY_WORDS = 8


class SpeakerRules:
    """Rules over the word lists of voice.toml."""

    def __init__(self, words: Mapping[str, frozenset[str]]) -> None:
        self._speakers = words.get("speakers", frozenset())
        self._documents = words.get("documents", frozenset())
        self._document_verbs = words.get("document_verbs", frozenset())
        self._anyone = words.get("anyone", frozenset())
        self._nobody = words.get("nobody", frozenset())
        self._speech = words.get("speech", frozenset())
        self._addressing = words.get("addressing", frozenset())
        self.pronouns = words.get("pronouns", frozenset())

    def speaker(self, verb: Token, subject: Token | None, kind: str, last: str) -> str | None:
        """Name of who says what `verb` reports; "" for an unnamed source, None if nobody speaks.

        `kind` is "statement" or "opinion": a state or a thing can make a statement, but its opinion
        is the author's reading. `last` is the speaker before, for "he" and "she".
        """
        if subject is None:
            return None
        if subject.dep_ in ("nsubjpass", "csubjpass"):
            return self._passive(verb, subject, last)
        if subject.lower_ in ("who", "that") and subject.head.dep_ == "relcl":
            subject = subject.head.head
        word = subject.lower_
        if word in self.pronouns or word in self._anyone:
            return last if word in self.pronouns else ""
        speech = verb.lemma_.lower() in self._speech and subject.pos_ in ("NOUN", "PROPN")
        speaks = word not in self._nobody and (speech or self._can_speak(subject, kind))
        return name(subject) if speaks else None

    def is_document(self, subject: Token | None, verb: Token) -> TypeGuard[Token]:
        """Whether a document states something: "the declaration provides for joint drills"."""
        return (
            subject is not None
            and subject.dep_ == "nsubj"
            and subject.lemma_.lower() in self._documents
            and verb.lemma_.lower() in self._document_verbs
        )

    def nearest(self, verb: Token) -> Token | None:
        """A speaker right before `verb`, where the parse gives the verb no subject."""
        for token in reversed(verb.doc[max(verb.sent.start, verb.i - 3) : verb.i]):
            if token.pos_ in ("PROPN", "NOUN") and self._can_speak(token, "statement"):
                return token
            if token.pos_ not in ("ADV", "AUX"):
                return None
        return None

    def best(self, tokens: Iterable[Token], last: str) -> str | None:
        """The first of `tokens` that can speak, by name; `last` where it is "he" or "her"."""
        for token in tokens:
            if token.lower_ in self.pronouns or token.tag_ == "PRP$":
                return last
            if token.pos_ in ("PROPN", "NOUN") and self._can_speak(token, "opinion"):
                return name(token)
        return None

    def _passive(self, verb: Token, subject: Token, last: str) -> str | None:
        """The agent of a passive ("was praised by Putin"); unnamed unless the subject is "it"."""
        for child in verb.children:
            if child.dep_ == "agent":
                return self.best(child.subtree, last)
        lemma = verb.lemma_.lower()
        hearsay = subject.lower_ == "it" and lemma in self._speech  # "it is claimed that"
        silent = subject.lower_ in self._nobody and not hearsay
        return None if silent or lemma in self._addressing else ""

    def _can_speak(self, token: Token, kind: str) -> bool:
        if token.ent_type_ in _PEOPLE or token.lemma_.lower() in self._speakers:
            return True
        if token.ent_type_ in _STATES:
            return kind == "statement"
        return token.pos_ == "PROPN" and kind == "statement"


def name(token: Token) -> str:
    """What to call a speaker: the entity around `token`, else its noun phrase without clauses.

    "Azerbaijan's foreign minister, Jeyhun Bayramov," goes by the name that stands beside.
    """
    doc = token.doc
    if token.ent_type_ != "PERSON":
        token = next(
            (t for t in token.children if t.dep_ == "appos" and t.ent_type_ == "PERSON"), token
        )
    if token.ent_type_:
        return _entity(token).removesuffix("'s").removesuffix("’s")
    kept = [t for t in token.subtree if t.i <= token.i]
    start = kept[0].i if kept else token.i
    text = doc[max(start, token.i - _MANY_WORDS) : token.i + 1].text
    return " ".join(text.split())


def _entity(token: Token) -> str:
    """The text of the entity around `token`, without a look at all those of the document."""
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return str(doc[start:end].text)
