"""Phrases of the lexicons: their language (`syntax`), and finding them in text (`index`)."""

from __future__ import annotations

from azstance.phrases.index import Match, PhraseIndex, Word
from azstance.phrases.syntax import Atom, Element, Phrase, PhraseError, parse

__all__ = ["Atom", "Element", "Match", "Phrase", "PhraseError", "PhraseIndex", "Word", "parse"]
