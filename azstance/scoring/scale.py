"""What scoring needs of a codebook and of the settings: plain values, no numpy.

The codebook loader builds a `Scale`, the configuration a `Settings`. Both stand below the
modules that compute with them, so that neither the loader nor `--help` imports numpy.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from azstance.errors import CodebookError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Scale:
    """The frames in codebook order and what each stands for on the scale of closeness.

    `alignment` maps a frame to the weights of (an affirming, a denying) sentence: positive for
    closeness between the pair of actors, negative for distance, 0 for neither; a frame that is
    not listed weighs nothing. `attributed_weight` is what a sentence in somebody else's voice
    weighs in the emphasis of a frame, where the author's weighs 1. Below `minimum_sentences`
    body sentences no frame is called leading. Raises CodebookError for values that cannot be.
    """

    frames: tuple[str, ...]
    alignment: Mapping[str, tuple[float, float]]
    attributed_weight: float = 0.5
    minimum_sentences: int = 5

    def __post_init__(self) -> None:
        if not self.frames:
            raise CodebookError("no frames are given", remedy="Name at least one frame.")
        if len(set(self.frames)) != len(self.frames):
            raise CodebookError("a frame is listed twice", remedy="List every frame once.")
        for frame, weights in self.alignment.items():
            self._check_weights(frame, weights)
        if not 0 <= self.attributed_weight <= 1:
            raise CodebookError(
                f"attributed_weight is {self.attributed_weight}", remedy="Give one from 0 to 1."
            )
        if self.minimum_sentences < 1:
            raise CodebookError(
                f"minimum_sentences is {self.minimum_sentences}", remedy="Give 1 or more."
            )

    def _check_weights(self, frame: str, weights: tuple[float, float]) -> None:
        if frame not in self.frames:
            known = ", ".join(self.frames)
            raise CodebookError(
                f'alignment weights are given for the unknown frame "{frame}"',
                remedy=f"The frames are: {known}.",
            )
        if len(weights) != 2 or not all(math.isfinite(weight) for weight in weights):
            raise CodebookError(
                f'the alignment weights of "{frame}" are {weights}',
                remedy="Give two numbers: for an affirming and for a denying sentence.",
            )

    def weights(self, frame: str) -> tuple[float, float]:
        """Alignment weights of `frame`, (0, 0) where the codebook gives none."""
        return self.alignment.get(frame, (0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Settings:
    """How intervals are computed and how much evidence is kept.

    `resamples` bootstrap draws per unit, `level` of every interval, `seed` of every draw, and at
    most `evidence` sentences per frame and side. Raises ConfigError for values that cannot be.
    """

    resamples: int = 1000
    level: float = 0.95
    seed: int = 1
    evidence: int = 5

    def __post_init__(self) -> None:
        if not 100 <= self.resamples <= 1_000_000:
            raise ConfigError(
                f"resamples is {self.resamples}", remedy="Give a number from 100 to 1000000."
            )
        if not 0.5 <= self.level < 1:
            raise ConfigError(
                f"level is {self.level}", remedy="Give one from 0.5 to below 1, such as 0.95."
            )
        if self.seed < 0:
            raise ConfigError(f"seed is {self.seed}", remedy="Give 0 or a positive whole number.")
        if self.evidence < 0:
            raise ConfigError(f"evidence is {self.evidence}", remedy="Give 0 or more.")
