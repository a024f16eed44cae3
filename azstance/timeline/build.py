"""A timeline out of scored articles: of each source and period one score, as everywhere else."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from azstance.errors import CodebookError
from azstance.records import Estimate
from azstance.timeline.changes import change_points
from azstance.timeline.periods import best_unit, period, published, span
from azstance.timeline.records import Change, Measure, Point, Series, Timeline, Unit, Wanted
from azstance.tomlfile import shown_value, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from azstance.codebook.events import Event
    from azstance.records import ArticleResult, Report, Score
    from azstance.scoring.scale import Scale, Settings

Places = dict[str, list[int]]
"""The articles of each period, by their places in the results."""


def timeline(
    report: Report,
    scale: Scale,
    settings: Settings,
    wanted: Wanted | None = None,
    events: Sequence[Event] = (),
) -> Timeline:
    """The articles of a report over time.

    Every point is a `score_group` of the articles of one source and period, so that it is the same
    figure with the same interval as in a score of these articles. Results are asked for one by one,
    and those of one point are held at a time. Raises CodebookError for a frame that the codebook
    does not have.
    """
    wanted = wanted or Wanted()
    frames = frames_of(wanted, scale)
    found = _dated(report.articles, wanted.by)
    unit = Unit(wanted.unit or best_unit(_counted(found)))
    series, undated, year_only = [], 0, 0
    for source, dates in sorted(found.items()):
        places: Places = {}
        for date, members in sorted(dates.items()):
            if name := period(date, unit):
                places.setdefault(name, []).extend(members)
            else:
                undated += len(members)
                year_only += len(members) if date else 0
        if places:
            series.append(_series(source, places, report.articles, (scale, settings, frames)))
    return Timeline(
        unit=unit,
        series=tuple(series),
        events=tuple(sorted(events)),
        undated=undated,
        level=settings.level,
        codebook=report.codebook,
        pipeline=report.pipeline,
        skipped=report.skipped,
        by=wanted.by,
        frames=frames,
        measure=wanted.measure,
        year_only=year_only,
    )


def frames_of(wanted: Wanted, scale: Scale) -> tuple[str, ...]:
    """The frames that are wanted. Raises CodebookError for one that the codebook does not have."""
    if wanted.frame is None:
        return scale.frames
    if wanted.frame not in scale.frames:
        remedy = suggestion(wanted.frame, scale.frames, "Frames")
        problem = f"there is no frame {shown_value(wanted.frame)}"
        raise CodebookError(problem, where="--frame", remedy=remedy)
    return (wanted.frame,)


def _dated(results: Sequence[ArticleResult], by: str) -> dict[str, Places]:
    """Places of the articles by source and date; only names and numbers are held."""
    from azstance.scoring.score import group_key

    found: defaultdict[str, Places] = defaultdict(dict)
    for place, result in enumerate(results):
        source = "" if by == "all" else group_key(result.article, by)
        found[source].setdefault(published(result.article), []).append(place)
    return dict(found)


def _counted(found: Mapping[str, Places]) -> Counter[str]:
    total: Counter[str] = Counter()
    for dates in found.values():
        total.update({date: len(places) for date, places in dates.items()})
    return total


def _series(
    source: str,
    places: Places,
    results: Sequence[ArticleResult],
    how: tuple[Scale, Settings, tuple[str, ...]],
) -> Series:
    from azstance.scoring.score import score_group

    scale, settings, frames = how
    points = []
    for name in span(min(places), max(places)):
        if name not in places:
            points.append(_gap(name, frames))
            continue
        members = (results[place] for place in places[name])
        texts = [(each.article.id, each.sentences) for each in members]
        # The name seeds the draws: all articles of a year are scored as by `score --by year`.
        unit = f"{source} {name}" if source else name
        points.append(_point(name, score_group(unit, texts, scale, settings), frames))
    series = Series(source, tuple(points), ())
    return Series(source, series.points, _changes(series, frames, settings.level))


def _point(name: str, score: Score, frames: Sequence[str]) -> Point:
    wanted = [each for each in score.frames if each.frame in frames]
    return Point(
        period=name,
        articles=len(score.articles),
        sentences=score.sentences,
        alignment=score.alignment,
        shares=tuple((each.frame, each.share) for each in wanted),
        stances=tuple((each.frame, each.stance) for each in wanted),
    )


def _gap(name: str, frames: Sequence[str]) -> Point:
    nothing = Estimate(None, None, None, 0)
    figures = tuple((frame, nothing) for frame in frames)
    return Point(name, 0, 0, nothing, figures, figures)


def _changes(series: Series, frames: Sequence[str], level: float) -> tuple[Change, ...]:
    figures: list[tuple[Measure, str | None]] = [
        (measure, frame) for measure in (Measure.SHARE, Measure.STANCE) for frame in frames
    ]
    found = [
        Change(each.period, measure, frame, each.before, each.after)
        for measure, frame in (*figures, (Measure.ALIGNMENT, None))
        for each in change_points(series.known(measure, frame), level)
    ]
    return tuple(sorted(found, key=lambda change: change.period))
