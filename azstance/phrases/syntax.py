"""The phrase language of the lexicons, and how it is read.

A phrase is a row of words. A word stands for all its inflected forms; the other marks are:

=====================  ==========================================================================
`ties`                 any form of the word (lemma): tie, ties
`strateg*`             a glob: any word that begins so; `*` may stand anywhere
`=united`              this very form only (upper and lower case are not told apart)
`close|warm|tight`     one of these words
`(no one|nobody)`      one of these, where one has several words
`very?`                may be there or not
`..`  and  `...`       up to three, or up to eight, other words (never across ; : or a full stop)
`<grow>`               any entry of the word list "grow" of words.toml
`<Russia>` `<second>`  a mention of an actor, by name or by its place in the codebook's pair
`<actor>` `<other>`    a mention of any actor, or of any actor outside the pair
=====================  ==========================================================================

Hyphens, quotation marks and the possessive 's are not words: `multi-vector` finds "multi-vector"
and "multi vector" (write `multivector` as well), and `<Russia> grip` finds "Russia's grip".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

SHORT_GAP = 3
LONG_GAP = 8
_WORD_BREAK = re.compile(r"[-\u2010\u2011\u2013/]")
_BAD = re.compile(r"[{}\[\]\\^$+\"“”]")
_PIECES = re.compile(r"\([^()]*\)\??|<[^<>]*>?\S*|\S+")


class PhraseError(ValueError):
    """A phrase is not written as the phrase language asks; the message says what and how."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One alternative of an element: `kind` is lemma, exact, glob, list or group."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Element:
    """A place in a phrase: one of `atoms`, or a gap of up to `gap` words where there are none."""

    atoms: frozenset[Atom] = frozenset()
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A parsed phrase."""

    text: str
    elements: tuple[Element, ...]

    @property
    def references(self) -> frozenset[str]:
        """Names of the word lists and actors that the phrase refers to."""
        found = {a.value for e in self.elements for a in e.atoms if a.kind == "list"}
        for part in self.groups:
            found |= part.references
        return frozenset(found)

    @property
    def groups(self) -> tuple[Phrase, ...]:
        """The alternatives of the phrase's groups, parsed."""
        atoms = [a for e in self.elements for a in e.atoms if a.kind == "group"]
        return tuple(parse(part.strip()) for a in atoms for part in a.value[1:-1].split("|"))

    @property
    def lemmas(self) -> frozenset[str]:
        """The plain words of the phrase and its groups."""
        found = {a.value for e in self.elements for a in e.atoms if a.kind == "lemma"}
        for part in self.groups:
            found |= part.lemmas
        return frozenset(found)


def _atom(text: str, phrase: str) -> Atom:
    if text.startswith("<"):
        if not text.endswith(">") or len(text) < 3:
            raise PhraseError(f"{phrase!r} opens a list name with '<' and does not close it")
        return Atom("list", text[1:-1])
    if text.startswith("="):
        kind, text = "exact", text[1:]
    else:
        kind = "glob" if "*" in text else "lemma"
    if "?" in text:
        raise PhraseError(f"{phrase!r} has a '?' inside; it stands at the end of an optional word")
    if not text.strip("*"):
        raise PhraseError(f"{phrase!r} has a place without letters; a gap is written '..'")
    return Atom(kind, text.casefold())


def _split(word: str) -> list[str]:
    """Cut a written word into the pieces that a tokenizer makes of it."""
    if "<" in word or "|" in word or word.startswith("("):
        return [word]
    word = re.sub(r"['’]s$", "", word)
    if re.fullmatch(r"(?i)cannot|.+n['’]t", word):
        stem = re.sub(r"(?i)n(o|['’])t$", "", word)
        return [{"ca": "can", "wo": "will", "sha": "shall"}.get(stem.casefold(), stem), "not"]
    return [piece for piece in _WORD_BREAK.split(word) if piece]


def _element(piece: str, phrase: str) -> Element:
    if piece in ("..", "..."):
        return Element(gap=SHORT_GAP if piece == ".." else LONG_GAP)
    optional = piece.endswith("?")
    if piece.startswith("("):
        if not piece.removesuffix("?").endswith(")"):
            raise PhraseError(f"{phrase!r} opens a group with '(' and does not close it")
        for part in piece.removesuffix("?")[1:-1].split("|"):
            parse(part.strip())
        return Element(frozenset({Atom("group", piece.removesuffix("?"))}), optional=optional)
    atoms = frozenset(_atom(part, phrase) for part in piece.removesuffix("?").split("|"))
    return Element(atoms, optional=optional)


@cache
def parse(text: str) -> Phrase:
    """Read a phrase as written in a lexicon.

    Raises PhraseError, with what is wrong and how to write it, for an empty phrase, one that begins
    or ends with a gap or an optional word, an unclosed list name, or brackets and quotation marks.
    """
    bad = _BAD.search(text)
    if bad:
        raise PhraseError(f"{text!r} has {bad.group()!r}, which phrases do not use")
    words = _PIECES.findall(text)
    elements = tuple(_element(piece, text) for word in words for piece in _split(word))
    if not elements:
        raise PhraseError("the phrase is empty")
    for end, element in (("begins", elements[0]), ("ends", elements[-1])):
        if element.gap or element.optional:
            raise PhraseError(f"{text!r} {end} with a gap or an optional word, which has no effect")
    return Phrase(text, elements)
