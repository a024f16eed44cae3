"""Questions to a dependency parse that the components share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_CLAUSES = frozenset({"advcl", "relcl", "acl", "ccomp", "csubj", "parataxis"})
_OWN_CLAUSES = frozenset({"relcl", "advcl", "parataxis", "ccomp"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


def path_up(token: Token) -> Iterator[Token]:
    """`token` and its heads up to the root of the sentence."""
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def governs(head: Token, token: Token) -> bool:
    """Whether `head` reaches `token` without leaving the clause.

    A relative or adverbial clause ends the reach; so does a second verb joined by "and" or "but",
    while "or" and "nor" carry it on ("has not taken steps towards an alliance or joined").
    """
    for step in path_up(token):
        if step.i == head.i:
            return True
        if step.dep_ in ("relcl", "advcl", "parataxis"):
            return False
        if step.dep_ == "conj" and step.pos_ in ("VERB", "AUX") and not _or_joined(step):
            return False
    return False


def _or_joined(token: Token) -> bool:
    return any(
        c.dep_ in ("cc", "preconj") and c.lower_ in ("or", "nor") for c in token.head.children
    )


def clause_root(token: Token) -> Token:
    """The verb, or root, of the clause that `token` stands in."""
    last = token
    for step in path_up(token):
        last = step
        if step.pos_ in ("VERB", "AUX") and step.dep_ not in ("aux", "auxpass", "amod", "compound"):
            break
    return last


def depth(token: Token) -> int:
    """How many clause boundaries lie between `token` and the main clause."""
    return sum(step.dep_ in _CLAUSES for step in path_up(token))


def subject_of(verb: Token) -> Token | None:
    """The subject of `verb`, taken from the verb it is joined to or depends on if it has none."""
    for step in path_up(verb):
        for child in step.children:
            if child.dep_ in _SUBJECTS:
                return child
        if step.dep_ not in ("conj", "xcomp", "advcl", "aux", "auxpass", "prep", "pcomp", "ccomp"):
            break
        if step.dep_ == "ccomp" and step.i != verb.i:
            break
    return None


def is_subject(token: Token) -> bool:
    """Whether `token` is a grammatical subject."""
    return token.dep_ in _SUBJECTS


def near_subtree(token: Token) -> list[Token]:
    """`token` and what depends on it within its own clause, level by level."""
    found = [token]
    for step in found:  # it grows on the way
        for child in step.children:
            relation = child.dep_
            if relation in _OWN_CLAUSES:
                continue
            if relation == "conj" and child.pos_ in ("VERB", "AUX"):
                continue
            found.append(child)
    return found


def root_of(span: Span) -> Token:
    """Syntactic root of a span; of a phrase with a gap, its highest word."""
    return span.root
