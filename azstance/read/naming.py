"""What articles are called: what each would like to be called, and who gets the name.

Only the last step looks at the other articles of a run. So a run that is cut into units can leave
it to the end, and comes to the same names (`settle_ids`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """What an article has to be named by.

    `order` is the place of its file among the files of the run, from 0 up, and `number` that of
    the record in its file: claims sort as a run meets their articles. `source` is the id of the
    file, `record` the record's own id; `several` says whether the file holds more than this one.
    """

    order: int
    number: int
    source: str
    record: str | None = None
    several: bool = False

    @property
    def key(self) -> str:
        """The article's place in the run: no other has the same."""
        return f"{self.order}:{self.number}"

    @property
    def wanted(self) -> str:
        """The id where no other article has it: the record's own, or that of the file."""
        return self.record or (self._numbered if self.several else self.source)

    @property
    def candidates(self) -> tuple[str, ...]:
        """The ids that it may get, the best first; none depends on other articles."""
        own = (f"{self.source}:{self.record}",) if self.record else ()
        return (self.wanted, *own, self._numbered)

    @property
    def _numbered(self) -> str:
        return f"{self.source}:{self.number}"


def settled(claim: Claim, taken: set[str]) -> str:
    """The id for the article: made unique by its file, then by a number. It is added to `taken`."""
    unique = next((name for name in claim.candidates if name not in taken), "")
    again = 1
    while not unique:
        again += 1
        name = f"{claim.candidates[-1]}~{again}"
        unique = "" if name in taken else name
    taken.add(unique)
    return unique


def settle_ids(claims: Iterable[Claim]) -> dict[str, str]:
    """The ids that differ from what their articles wanted, by `Claim.key`.

    `claims` are those of all articles of a run, in any order; articles that were skipped have none.
    The ids are those that one run over all of the input gives. Memory holds the ids.
    """
    taken: set[str] = set()
    changed: dict[str, str] = {}
    for claim in sorted(claims):
        name = settled(claim, taken)
        if name != claim.wanted:
            changed[claim.key] = name
    return changed
