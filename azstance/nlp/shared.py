"""One lexicon per pipeline and codebook, shared by the components."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from azstance.codebook import load_codebook
from azstance.nlp.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from azstance.codebook import Codebook
    from azstance.nlp.lexicon import Forms

Component = Callable[["Doc"], "Doc"]
OWN = "azstance_"
_PARTS: WeakKeyDictionary[Language, list[Component]] = WeakKeyDictionary()
_LEXICONS: WeakKeyDictionary[Language, dict[str | None, Lexicon]] = WeakKeyDictionary()


def provide(
    nlp: Language, name: str | None, codebook: Codebook, forms: Forms | None = None
) -> None:
    """Let the components that ask for `name` use a codebook that is loaded already."""
    _LEXICONS.setdefault(nlp, {})[name] = Lexicon(codebook, nlp, forms)


def lexicon_for(nlp: Language, codebook: str | None) -> Lexicon:
    """The lexicon of `codebook` for `nlp`; loaded once, with the errors of `load_codebook`."""
    known = _LEXICONS.setdefault(nlp, {})
    if codebook not in known:
        known[codebook] = Lexicon(load_codebook(codebook), nlp)
    return known[codebook]


def parts_of(nlp: Language) -> list[Component]:
    """The components of a pipeline that parse, in their order."""
    if nlp not in _PARTS:
        from azstance.nlp.attributes import faster

        own = [name for name in nlp.pipe_names if not name.startswith(OWN)]
        _PARTS[nlp] = [faster(nlp, name) for name in own]
    return _PARTS[nlp]


def prepare_all(nlp: Language) -> None:
    """Build every index that the components of `nlp` will ask for."""
    parts_of(nlp)
    for lexicon in _LEXICONS.get(nlp, {}).values():
        lexicon.prepare()
