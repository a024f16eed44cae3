"""What a codebook holds, once it is read: frozen values without I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from azstance.records import CodebookInfo, Polarity, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ABOUT = ("pair", "first", "second", "region", "any", "before")
"""Which actors a cue must be about: both of the pair, its first, its second, the region, any.

"before" asks for no actor: the cue counts where the sentence before carries its frame.
"""


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A cue of the lexicon: phrases that claim or reject a frame, and where they are written.

    `weight` in [0, 1] says how surely the phrases carry the frame; a cue of weight 0 codes nothing
    and keeps the shorter cues in it from counting. `file` is relative to the codebook's folder,
    `line` is that of the cue's `[[cues]]`.
    """

    id: str
    frame: str
    polarity: Polarity
    about: str
    weight: float
    phrases: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and how it must be coded: `match` is None where the frame must not be found in it.

    `before` are sentences that stand before it. `voice` is None where it is not tested.
    """

    text: str
    match: Polarity | None
    voice: Voice | None
    before: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame: what it means, what affirming and denying it means, its cues and examples."""

    name: str
    label: str
    definition: str
    affirm: str
    deny: str
    about: str
    cues: tuple[CueEntry, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor: the names that stand for it, and phrases in which they do not (`excluded`)."""

    name: str
    kind: str
    names: tuple[str, ...]
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """A whole codebook with the lists of its language.

    `alignment` has (weight of an affirmed, weight of a denied sentence) for each frame that counts
    towards closeness of the pair. `naming` maps a concept to the names between which a text can
    choose, `naming_notes` says why the choice matters. `words` are the word lists of the language
    and the codebook. `language_lists` are the parsed files of the language by stem of file name.
    `digest` is sha256 (hex) over all TOML files of the codebook and its language.
    """

    name: str
    version: str
    title: str
    language: str
    pair: tuple[str, str]
    region: tuple[str, ...]
    frames: tuple[Frame, ...]
    actors: tuple[Actor, ...]
    naming: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    alignment: Mapping[str, tuple[float, float]]
    attributed_weight: float
    minimum_sentences: int
    digest: str
    folder: Path
    language_lists: Mapping[str, Mapping[str, Any]]
    naming_notes: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def frame_names(self) -> tuple[str, ...]:
        """Names of the frames, in the codebook's order."""
        return tuple(frame.name for frame in self.frames)

    @property
    def carried(self) -> frozenset[str]:
        """Ids of the cues that count only where a sentence before carries their frame."""
        return frozenset(cue.id for cue in self.cues if cue.about == "before")

    @property
    def cues(self) -> tuple[CueEntry, ...]:
        """All cues of all frames, in the codebook's order."""
        return tuple(cue for frame in self.frames for cue in frame.cues)


def codebook_info(codebook: Codebook) -> CodebookInfo:
    """What a report says of the codebook that it was made with."""
    return CodebookInfo(
        name=codebook.name,
        version=codebook.version,
        digest=codebook.digest,
        frames=codebook.frame_names,
        pair=codebook.pair,
    )
