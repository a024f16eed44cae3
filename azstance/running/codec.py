"""Records as bytes and back, for the cache, for other processes and for results on disk."""

from __future__ import annotations

import json
import zlib
from functools import cache
from typing import Any, TypeVar

import msgspec

from azstance.records import ArticleResult, Sentence, Skipped

T = TypeVar("T")


def pack(value: object) -> bytes:
    """A record, or plain values, as bytes."""
    try:
        return msgspec.msgpack.encode(value)
    except UnicodeEncodeError:  # the name of a file can hold bytes that are no text
        return json.dumps(plain(value)).encode("ascii")


def unpack(kind: type[T], packed: bytes) -> T:
    """What `pack` packed. Raises ValueError where it is no `kind`."""
    if packed[:1] in (b"[", b"{"):  # in the other format these are numbers
        return from_json(kind, packed)
    decoder: msgspec.msgpack.Decoder[T] = _decoder(kind)  # type: ignore[arg-type]
    try:
        return decoder.decode(packed)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from None


def plain(value: object) -> Any:
    """A record as plain values: mappings, lists, texts and numbers."""
    return msgspec.to_builtins(value)


def to_json(value: object) -> str:
    """A record as JSON; what is no text in the names of files is escaped."""
    return json.dumps(plain(value), sort_keys=True)


def from_json(kind: type[T], text: str | bytes) -> T:
    """What `to_json` wrote. Raises ValueError where it is no `kind`."""
    try:
        return msgspec.convert(json.loads(text), kind)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from None


def squeeze(value: object) -> bytes:
    """As `pack`, smaller."""
    return zlib.compress(pack(value), 1)


def stretch(kind: type[T], squeezed: bytes) -> T:
    """What `squeeze` squeezed. Raises ValueError where it is no `kind`."""
    try:
        return unpack(kind, zlib.decompress(squeezed))
    except zlib.error as error:
        raise ValueError(str(error)) from None


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


SENTENCES = tuple[Sentence, ...]


def pack_outcome(outcome: ArticleResult | Skipped) -> bytes:
    """What became of an article, as bytes."""
    skipped = isinstance(outcome, Skipped)
    return pack((None, outcome) if skipped else (outcome, None))


def unpack_outcome(packed: bytes) -> ArticleResult | Skipped:
    """What `pack_outcome` packed."""
    result, skipped = unpack(tuple[ArticleResult | None, Skipped | None], packed)
    outcome = result or skipped
    if outcome is None:
        raise ValueError("neither a result nor a reason")
    return outcome
