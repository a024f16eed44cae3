"""Rows for charts, by hand, and every chart made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azstance.render import charts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.render.charts.look import Row, Spec

FRAMES = ("alliance", "balance", "influence", "rift")
LOOK = charts.Look(FRAMES, 0.9, 700)


def interval(value: float | None, name: str, half: float = 0.1, n: int = 20) -> Row:
    if value is None:
        return {name: None, "low": None, "high": None, "n": 0}
    return {name: value, "low": value - half, "high": value + half, "n": n}


def cell(source: str, frame: str, voice: str, polarity: str, count: int) -> Row:
    figure = {"share": count / 20, "low": count / 25, "high": (count + 1) / 20, "n": 20}
    key = {"source": source, "frame": frame, "voice": voice, "polarity": polarity}
    return {**key, "count": count, **figure}


def cells(*sources: str) -> list[Row]:
    """Of each source each cell of each frame, with 0 to 5 sentences."""
    keys = [
        (source, frame, voice, polarity)
        for source in sources
        for frame in FRAMES
        for voice in ("author", "attributed")
        for polarity in ("affirm", "deny")
    ]
    return [cell(*key, count=place % 6) for place, key in enumerate(keys)]


def point(source: str, period: str, alignment: float | None, change: str = "") -> Row:
    more = {"articles": 2, "sentences": 40, "change": change}
    return {"source": source, "period": period, **interval(alignment, "alignment", 1), **more}


def points(*sources: str) -> list[Row]:
    return [
        row
        for source in sources
        for row in (
            point(source, "2023-11", 1.2),
            point(source, "2023-12", None),
            point(source, "2024-01", -0.4, "from +1.20 to -0.40"),
        )
    ]


EVENTS: list[Row] = [
    {"date": "2024-01-20", "name": "A later thing", "note": ""},
    {"date": "2023-12", "name": "An earlier thing", "note": "with a note"},
]


def places(*sources: str) -> list[Row]:
    row = {"kind": "source", "polarity": ""}
    found = [
        {**row, "name": name, "x": 0.1 * place, "y": -0.2, "sentences": 5 + place}
        for place, name in enumerate(sources)
    ]
    claim = {"kind": "frame", "x": 0.5, "y": 0.4, "sentences": 9}
    found += [{**claim, "name": "alliance", "polarity": "affirm"}]
    return [*found, {**claim, "name": "rift", "polarity": "deny", "x": -0.6}]


def actors(*names: str) -> list[Row]:
    return [
        {
            **{"actor": name, "frame": frame, "sentences": place, "of_actor": 20 - number},
            **interval(place / 20, "share"),
        }
        for number, name in enumerate(names)
        for place, frame in enumerate(FRAMES)
    ]


def contrasts(*pairs: str) -> list[Row]:
    def row(pair: str, measure: str, frame: str, value: float | None, p: float) -> Row:
        figure = interval(value, "difference", 0.3)
        return {"pair": pair, "frame": frame, "measure": measure, **figure, "p": p, "p_adjusted": p}

    return [
        each
        for pair in pairs
        for each in (
            *(row(pair, "share", frame, 0.1, 0.01) for frame in FRAMES),
            row(pair, "stance", FRAMES[0], None, 0.5),
            *(row(pair, "stance", frame, -0.5, 0.5) for frame in FRAMES[1:]),
            row(pair, "alignment", "", -1.5, 0.2),
        )
    ]


def rows_of(chart: str, names: Sequence[str]) -> list[Row]:
    """Rows of a chart that show these names of outlets, actors or pairs."""
    makers: dict[str, Any] = {
        "frames": cells,
        "alignment": points,
        "map": places,
        "actors": actors,
        "contrasts": contrasts,
    }
    return list(makers[chart](*names))


def spec_of(chart: str, names: Sequence[str], look: charts.Look = LOOK) -> Spec:
    rows = rows_of(chart, names)
    if chart == "alignment":
        return charts.alignment_chart(rows, EVENTS, look)
    if chart == "map":
        return charts.map_chart(rows, (0.61, 0.2), look)
    makers = {
        "frames": charts.frame_chart,
        "actors": charts.actor_chart,
        "contrasts": charts.contrast_chart,
    }
    return makers[chart](rows, look)


CHARTS = ("frames", "alignment", "map", "actors", "contrasts")
