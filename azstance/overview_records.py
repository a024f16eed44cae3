"""What a page shows besides the report: figures of every choice that a reader can make on it.

A choice is a source, a year, a voice and a polarity; "" and None stand for all of them together.
Everything that the page can show is computed beforehand, so that a page only chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azstance.comparing.cells import Cell
    from azstance.comparing.company import Company
    from azstance.comparing.profile_map import ProfileMap
    from azstance.comparison_records import Contradiction
    from azstance.records import Polarity, Report, Score, Voice
    from azstance.timeline.records import Timeline

UNDATED = "undated"
"""The year of articles whose year is not known."""


@dataclass(frozen=True, slots=True)
class FrameText:
    """What the codebook says of a frame."""

    name: str
    label: str
    definition: str
    affirm: str
    deny: str


@dataclass(frozen=True, slots=True)
class Member:
    """An article of the report: `place` in its sequence, source and year, and what is in it.

    `named` is true where its outlet is known; otherwise `source` is a name of its own.
    `codes` counts its sentences by (index of the frame, voice, polarity), where there are any.
    `carrying` counts sentences with any frame for each choice of voice (both, author, attributed)
    and in it of polarity (both, affirm, deny): nine numbers, the first of which is `framed`.
    """

    place: int
    id: str
    source: str
    named: bool
    year: str
    sentences: int
    framed: int
    codes: tuple[tuple[int, Voice, Polarity, int], ...]
    carrying: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a source, in all years (`year` is "") or in one of them."""

    source: str
    year: str
    score: Score
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Who is named next to which frame, for one choice. A `source` of "" is all of them."""

    source: str
    year: str
    voice: Voice | None
    polarity: Polarity | None
    rows: tuple[Company, ...]


@dataclass(frozen=True, slots=True)
class Opposed:
    """Contradictions between sources in a year, or in all years; `total` counts all there are."""

    year: str
    found: tuple[Contradiction, ...]
    total: int


@dataclass(frozen=True, slots=True)
class NameUse:
    """How often a source uses one of the names for a thing, in its own voice and in others'."""

    source: str
    year: str
    concept: str
    variant: str
    author: int
    attributed: int


@dataclass(frozen=True, slots=True)
class YearMap:
    """The map of sources of a year, or of all years."""

    year: str
    map: ProfileMap


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page shows.

    `members` are the articles in the report's order. `sources` are those with figures of their
    own, those with most articles first; `unlisted` counts the others. `years` are in their order,
    articles without one last. `naming_notes` say by concept why a choice of names is worth a look.
    """

    report: Report
    version: str
    title: str
    frames: tuple[FrameText, ...]
    naming_notes: tuple[tuple[str, str], ...]
    members: tuple[Member, ...]
    sources: tuple[str, ...]
    unlisted: int
    years: tuple[str, ...]
    figures: tuple[Figures, ...]
    together: tuple[Together, ...]
    opposed: tuple[Opposed, ...]
    names: tuple[NameUse, ...]
    maps: tuple[YearMap, ...]
    timeline: Timeline
