"""What a reporting verb reports: which words of a sentence are in the mouth of its subject.

The complements of the verb are, by the parse. Small pipelines often misparse what follows a
reporting verb, so two plain rules stand beside: after the verb of the main clause everything up to
the end of the sentence is reported, and around a short insertion between commas (", the minister
said,") everything else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.nlp import tree

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_CONTENT = frozenset(
    {"ccomp", "xcomp", "dobj", "obj", "prep", "attr", "oprd", "acomp", "parataxis", "dative", "prt"}
)
_COMMAS = frozenset({",", "–", "—", "-"})
_INSERTION = 9
_TAIL = 5


def content(verb: Token, subject: Token | None, sentence: Span) -> set[int]:
    """Numbers of the tokens of `sentence` that `verb` reports."""
    inserted = _around_insertion(verb, subject, sentence)
    if inserted:
        return inserted
    inside = _complements(verb)
    if _is_main(verb) and inside:
        inside |= set(range(verb.i + 1, _end_of_claim(verb, sentence)))
    if subject is not None and not subject.dep_.endswith("pass"):
        inside -= {t.i for t in subject.subtree if t.i < verb.i}
    for child in verb.children:
        if child.dep_ == "agent":
            inside -= {t.i for t in child.subtree}
    return inside


def _end_of_claim(verb: Token, sentence: Span) -> int:
    """Where a ", but" takes the word from the speaker, or the end of the sentence."""
    doc = verb.doc
    for i in range(verb.i + 1, sentence.end - 1):
        if doc[i].text == "," and doc[i + 1].lower_ in ("but", "yet"):
            return i
    return sentence.end


def _complements(verb: Token) -> set[int]:
    inside: set[int] = set()
    for child in verb.children:
        if child.dep_ in _CONTENT or child.dep_ == "nsubjpass":
            inside |= {t.i for t in child.subtree}
    if verb.dep_ == "parataxis" or (verb.dep_ == "ccomp" and not inside):
        inside |= {t.i for t in verb.head.subtree} - {t.i for t in verb.subtree}
    return inside


def _is_main(verb: Token) -> bool:
    """Whether `verb` is the verb of the main clause, or joined to it."""
    return all(step.dep_ in ("conj", "xcomp", "ROOT") for step in tree.path_up(verb))


def _around_insertion(verb: Token, subject: Token | None, sentence: Span) -> set[int]:
    """All but a short stretch between marks that holds the verb and its subject."""
    if subject is None:
        return set()
    doc = verb.doc
    left = next((i for i in range(verb.i - 1, sentence.start, -1) if doc[i].text in _COMMAS), None)
    right = next(
        (i for i in range(verb.i + 1, sentence.end) if doc[i].text in (*_COMMAS, ".", ";")),
        sentence.end,
    )
    if left is None or right - left > _INSERTION or right - verb.i > _TAIL:
        return set()
    if not left < subject.i < right or any(t.dep_ == "ccomp" for t in doc[verb.i + 1 : right]):
        return set()
    if left - sentence.start < 2:
        return set()
    return set(range(sentence.start, left)) | set(range(right, sentence.end))
