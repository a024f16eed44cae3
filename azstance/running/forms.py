"""Lemmas of the lexicon's words: what the pipeline said of them once need not be asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from azstance.nlp.stream import inflections, looks_inflected
from azstance.running.codec import pack, unpack

if TYPE_CHECKING:
    from spacy.language import Language

    from azstance.cache import Cache


class UnknownFormsError(LookupError):
    """Some words were never looked up, and no pipeline is loaded to be asked."""


class Forms:
    """Gives the lemmas of words, as `azstance.nlp.stream.inflections` does, and keeps them."""

    def __init__(self, cache: Cache | None, key: bytes) -> None:
        """`key` is that of the entry in the cache."""
        self._cache = cache
        self._key = key
        self._known: dict[str, list[str]] | None = None
        self.nlp: Language | None = None

    def __call__(self, words: Iterable[str]) -> Callable[[str], Sequence[str]]:
        """What gives the lemmas of each of `words`. Raises UnknownFormsError without a pipeline."""
        known = self._load()
        missing = [word for word in words if looks_inflected(word) and word not in known]
        if missing:
            known = self._ask(missing, known)
        return lambda word: known.get(word, ())

    def _load(self) -> Mapping[str, list[str]]:
        if self._known is None:
            kept = self._cache.get(self._key) if self._cache else None
            self._known = unpack(dict[str, list[str]], kept) if kept else {}
        return self._known

    def _ask(
        self, missing: Sequence[str], known: Mapping[str, list[str]]
    ) -> Mapping[str, list[str]]:
        if self.nlp is None:
            raise UnknownFormsError
        lemmas = inflections(self.nlp, missing)
        self._known = {**known, **{word: list(lemmas(word)) for word in missing}}
        if self._cache:
            self._cache.put("lexicon", self._key, pack(self._known))
        return self._known
