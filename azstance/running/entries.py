"""Records in the cache, each under the digest of what it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from azstance.running.codec import squeeze, stretch

if TYPE_CHECKING:
    from azstance.cache import Cache

T = TypeVar("T")


class Entries:
    """The records of a cache; without one nothing is there and nothing is kept."""

    def __init__(self, cache: Cache | None) -> None:
        self._cache = cache

    def get(self, kind: type[T], key: bytes) -> T | None:
        """An entry; None where there is none, and where it cannot be read."""
        kept = self._cache.get(key) if self._cache else None
        try:
            return None if kept is None else stretch(kind, kept)
        except ValueError:
            return None

    def put(self, layer: str, key: bytes, value: object) -> None:
        """Keep a record."""
        if self._cache:
            self._cache.put(layer, key, squeeze(value))
