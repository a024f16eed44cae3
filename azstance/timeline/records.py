"""What a timeline is made of: frozen values, as in azstance.records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from azstance.codebook.events import Event
from azstance.comparison_records import Measure
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from azstance.records import CodebookInfo, Estimate, PipelineInfo, Skipped

__all__ = [
    "BY",
    "LEAST_PERIODS",
    "Change",
    "Event",
    "Measure",
    "Point",
    "Series",
    "Timeline",
    "Unit",
    "Wanted",
]

BY = ("outlet", "all")
"""What a series can be of: each outlet, or all articles together."""

LEAST_PERIODS = 6
"""In a series of fewer periods with a figure no change point is looked for."""


class Unit(StrEnum):
    """How long a period is."""

    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a timeline is asked for.

    `unit` None chooses by the dates; `by` is one of `BY`; `frame` None stands for all frames.
    `measure` is the one that is drawn. Raises ConfigError for another `by`, and for a frame where
    all frames count together.
    """

    unit: Unit | None = None
    by: str = "outlet"
    frame: str | None = None
    measure: Measure = Measure.SHARE

    def __post_init__(self) -> None:
        if self.by not in BY:
            problem = f'a series cannot be of each "{self.by}"'
            raise ConfigError(problem, where="--by", remedy=f"It takes: {', '.join(BY)}.")
        if self.frame is not None and self.measure is Measure.ALIGNMENT:
            problem = "the alignment is of all frames together"
            remedy = "Leave --frame out, or ask for --measure share or stance."
            raise ConfigError(problem, where="--frame", remedy=remedy)


@dataclass(frozen=True, slots=True)
class Point:
    """The figures of one period of a series.

    `period` is "2024" or "2024-08". `sentences` counts body sentences of its `articles`. `shares`
    and `stances` have one estimate per frame, in the order of the codebook; they and `alignment`
    are those of a `Score` of all articles of the period. A period without an article between two
    with one has a point too, with 0 articles and no figures.
    """

    period: str
    articles: int
    sentences: int
    alignment: Estimate
    shares: tuple[tuple[str, Estimate], ...]
    stances: tuple[tuple[str, Estimate], ...]

    def figure(self, measure: Measure, frame: str | None) -> Estimate:
        """One figure; `frame` is None for the alignment. Raises KeyError for an unknown frame."""
        if measure is Measure.ALIGNMENT:
            return self.alignment
        return dict(self.shares if measure is Measure.SHARE else self.stances)[frame or ""]


@dataclass(frozen=True, slots=True)
class Change:
    """A change point: from `period` on the level of a figure is another one.

    `before` and `after` are the levels on either side, up to the next change points: means of the
    periods' figures, weighed as in `azstance.timeline.changes`. `frame` is None for the alignment.
    """

    period: str
    measure: Measure
    frame: str | None
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one source, in their order and without a period left out, and their changes.

    `source` is the name of an outlet, or "" for all articles together.
    """

    source: str
    points: tuple[Point, ...]
    changes: tuple[Change, ...]

    @property
    def articles(self) -> int:
        """Articles of all points."""
        return sum(point.articles for point in self.points)

    def known(self, measure: Measure, frame: str | None) -> tuple[tuple[str, Estimate], ...]:
        """The periods that have this figure, with it."""
        figures = ((point.period, point.figure(measure, frame)) for point in self.points)
        return tuple((period, each) for period, each in figures if each.value is not None)

    def found(self, measure: Measure, frame: str | None) -> tuple[Change, ...]:
        """The change points of one figure."""
        return tuple(c for c in self.changes if (c.measure, c.frame) == (measure, frame))


@dataclass(frozen=True, slots=True)
class Timeline:
    """Figures of sources over time.

    `series` are in the order of their names. `frames` are those that were asked for, `measure` is
    the figure that is drawn; the points hold all measures of these frames. `undated` articles are
    in no series, because no date of theirs names a period; of them `year_only` have a year, which
    is too coarse for months. `events` are by date, wherever they lie.
    """

    unit: Unit
    series: tuple[Series, ...]
    events: tuple[Event, ...]
    undated: int
    level: float
    codebook: CodebookInfo
    pipeline: PipelineInfo
    skipped: tuple[Skipped, ...] = ()
    by: str = "outlet"
    frames: tuple[str, ...] = ()
    measure: Measure = Measure.SHARE
    year_only: int = 0

    @property
    def articles(self) -> int:
        """Articles that were scored, with or without a date."""
        return self.undated + sum(series.articles for series in self.series)

    @property
    def failed(self) -> bool:
        """Whether an input that should have been scored was not."""
        return any(skip.failed for skip in self.skipped)

    @property
    def drawn(self) -> tuple[str | None, ...]:
        """The frames of the measure that is drawn; None is the only one of the alignment."""
        return (None,) if self.measure is Measure.ALIGNMENT else self.frames
