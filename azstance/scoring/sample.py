"""A unit as seen and as resampled: what its score and its contrasts are both computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from azstance.scoring.expected import expect
from azstance.scoring.intervals import Proportion, generator
from azstance.scoring.tally import log_odds, tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.scoring.expected import Expected
    from azstance.scoring.scale import Scale, Settings
    from azstance.scoring.tally import Counts, Floats, Tally, Text


@dataclass(frozen=True)
class Sample:
    """The counts of a unit, its bootstrap draws, and half a sentence a side, drawn anew.

    The log-odds adds half a sentence to each side so that a side without sentences can be
    scaled. `halves`, of shape (2, resamples), holds Poisson(.5) draws of the same halves: they
    keep the interval from taking a side that was not seen for one that cannot occur. `expected`
    has the sums of probabilities, where the sentences have any.
    """

    tally: Tally
    seen: Counts
    drawn: Counts
    halves: Floats
    expected: Expected | None = None

    @property
    def weighed(self) -> Counts:
        """What the position is read from: expected counts where there are any."""
        return self.seen if self.expected is None else self.expected.seen

    @property
    def weighed_drawn(self) -> Counts:
        """The resamples of `weighed`."""
        return self.drawn if self.expected is None else self.expected.drawn

    def share(self, index: int) -> Proportion | None:
        """Body sentences that carry frame `index`, in any voice; None without body sentences."""
        body = self.tally.body
        if not body:
            return None
        hits = int(self.seen.cells[:, index].sum())
        return Proportion(hits, body, self.drawn.share[:, index], self.tally.clustered)

    def affirming(self, index: int) -> Proportion | None:
        """The author's sentences on frame `index` that affirm it; None where there are none."""
        affirm, deny = (int(count) for count in self.seen.cells[:2, index])
        if not affirm + deny:
            return None
        drawn = self.drawn.affirming[:, index]
        return Proportion(affirm, affirm + deny, drawn, self.tally.clustered)

    def aligned(self, scale: Scale) -> int:
        """How many of the author's sentences stand for closeness or distance."""
        weighing = np.zeros((4, len(scale.frames)))
        weighing[:2] = np.array([scale.weights(frame) for frame in scale.frames]).T != 0
        return self.tally.count(weighing)

    def alignment(self, scale: Scale) -> tuple[float, Floats]:
        """The log-odds of closeness against distance, and its resampled values."""
        closeness, distance = self.weighed_drawn.sides(scale)
        drawn = log_odds(closeness + self.halves[0], distance + self.halves[1])
        return float(log_odds(*self.weighed.sides(scale))), drawn


def sample(unit: str, texts: Sequence[Text], scale: Scale, settings: Settings) -> Sample:
    """Count and resample the (article id, sentences) pairs of the unit with that id."""
    counted = tally(texts, scale)
    rng = generator(settings.seed, "unit", unit)
    drawn = counted.resampled(settings.resamples, rng)
    halves = rng.poisson(0.5, size=(2, settings.resamples)).astype(np.float64)
    likely = expect(
        counted, scale.frames, settings.resamples, generator(settings.seed, "expected", unit)
    )
    return Sample(counted, counted.observed(), drawn, halves, likely)
