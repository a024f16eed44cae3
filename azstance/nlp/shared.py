"""One lexicon per pipeline and codebook, shared by the components."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from azstance.codebook import load_codebook
from azstance.nlp.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.language import Language

    from azstance.codebook import Codebook

_LEXICONS: WeakKeyDictionary[Language, dict[str | None, Lexicon]] = WeakKeyDictionary()


def provide(nlp: Language, name: str | None, codebook: Codebook) -> None:
    """Let the components that ask for `name` use a codebook that is loaded already."""
    _LEXICONS.setdefault(nlp, {})[name] = Lexicon(codebook, nlp)


def lexicon_for(nlp: Language, codebook: str | None) -> Lexicon:
    """The lexicon of `codebook` for `nlp`; loaded once, with the errors of `load_codebook`."""
    known = _LEXICONS.setdefault(nlp, {})
    if codebook not in known:
        known[codebook] = Lexicon(load_codebook(codebook), nlp)
    return known[codebook]


def prepare_all(nlp: Language) -> None:
    """Build every index that the components of `nlp` will ask for."""
    for lexicon in _LEXICONS.get(nlp, {}).values():
        lexicon.prepare()
