"""Results of a run that may be too many for memory: a sequence that is kept in a temporary file."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, overload

from azstance.records import ArticleResult
from azstance.running.codec import unpack_outcome

_IN_MEMORY = 32 * 2**20


class Results(Sequence[ArticleResult]):
    """The results of a run by id of the article; up to 32 MiB of them are held in memory.

    A result is read from the file whenever it is asked for, so that reading all in turn takes the
    memory of one.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._places: list[tuple[str, int, int]] = []
        self._end = 0
        self._sorted = True

    def add(self, id: str, packed: bytes) -> None:
        """Put a packed result of an article at its place."""
        self._file.seek(self._end)
        self._file.write(packed)
        self._places.append((id, self._end, len(packed)))
        self._end += len(packed)
        self._sorted = False

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> ArticleResult: ...

    @overload
    def __getitem__(self, index: slice) -> list[ArticleResult]: ...

    def __getitem__(self, index: int | slice) -> ArticleResult | list[ArticleResult]:
        if not self._sorted:
            self._places.sort()
            self._sorted = True
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        _, start, length = self._places[index]
        self._file.seek(start)
        found = unpack_outcome(self._file.read(length))
        assert isinstance(found, ArticleResult)
        return found

    def __iter__(self) -> Iterator[ArticleResult]:
        return (self[i] for i in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(mine == its for mine, its in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]
