"""The charts of the page: their specifications, without rows, and which dataset each shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azstance.render.charts import (
    Look,
    actor_chart,
    alignment_chart,
    frame_chart,
    map_chart,
    theme,
)

if TYPE_CHECKING:
    from azstance.overview_records import Overview


def charts(overview: Overview) -> dict[str, Any]:
    """Data for the charts: per dataset a spec, or for the map one a year; the themes."""
    look = Look(tuple(frame.name for frame in overview.frames), overview.report.level)
    events = [
        {"date": event.date, "name": event.name, "note": event.note}
        for event in overview.timeline.events
    ]
    return {
        "specs": {
            "cells": {"": frame_chart([], look)},
            "points": {"": alignment_chart([], events, look)},
            "places": {
                each.year: map_chart([], each.map.explained, look)
                for each in overview.maps
                if not each.map.why_not
            },
            "actors": {"": actor_chart([], look)},
        },
        "light": theme(),
        "dark": theme(dark=True),
    }
