"""Timeline -> plain dicts and lists, as in schema/timeline.schema.json; as JSON and JSON lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from azstance.render.clean import plain
from azstance.render.document import (
    SCHEMA_VERSION,
    codebook,
    estimate,
    number,
    pipeline,
    skipped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.render.document import Document
    from azstance.render.options import Options
    from azstance.timeline.records import Change, Event, Point, Series, Timeline


def as_json(timeline: Timeline, options: Options) -> Iterator[str]:
    """One object with two spaces of indentation."""
    del options
    found = {
        **header(timeline),
        "series": [_series(each) for each in timeline.series],
        "events": [_event(each) for each in timeline.events],
        **_footer(timeline),
    }
    yield json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_jsonl(timeline: Timeline, options: Options) -> Iterator[str]:
    """A point, a change point or an event a line, and at the end what was run."""
    del options
    for series in timeline.series:
        name = {"source": _source(series)}
        yield from (_line({"point": {**name, **_point(point)}}) for point in series.points)
        yield from (_line({"change": {**name, **_change(each)}}) for each in series.changes)
    yield from (_line({"event": _event(each)}) for each in timeline.events)
    yield _line({"timeline": {**header(timeline), **_footer(timeline)}})


def _line(value: Document) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text + "\n"


def header(timeline: Timeline) -> Document:
    """What was run and how the periods are made."""
    return {
        "schema": SCHEMA_VERSION,
        "codebook": codebook(timeline.codebook),
        "pipeline": pipeline(timeline.pipeline),
        "level": number(timeline.level),
        "per": timeline.unit.value,
        "by": timeline.by,
        "articles": timeline.articles,
        "undated": timeline.undated,
        "year_only": timeline.year_only,
    }


def _footer(timeline: Timeline) -> Document:
    return {"skipped": [skipped(skip) for skip in timeline.skipped]}


def _source(series: Series) -> str | None:
    return plain(series.source) or None


def _series(series: Series) -> Document:
    return {
        "source": _source(series),
        "points": [_point(point) for point in series.points],
        "changes": [_change(change) for change in series.changes],
    }


def _point(point: Point) -> Document:
    stances = dict(point.stances)
    return {
        "period": point.period,
        "articles": point.articles,
        "sentences": point.sentences,
        "alignment": estimate(point.alignment),
        "frames": {
            plain(frame): {"share": estimate(share), "stance": estimate(stances[frame])}
            for frame, share in point.shares
        },
    }


def _change(change: Change) -> Document:
    return {
        "period": change.period,
        "measure": change.measure.value,
        "frame": None if change.frame is None else plain(change.frame),
        "before": number(change.before),
        "after": number(change.after),
    }


def _event(event: Event) -> Document:
    return {
        "date": plain(event.date),
        "name": plain(event.name),
        "note": plain(event.note),
        "source": plain(event.source),
    }
