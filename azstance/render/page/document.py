"""The page as text: its parts in their order, and what of it must not exceed a size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from azstance.errors import ConfigError
from azstance.records import Modality, Polarity, Voice
from azstance.render import words as said
from azstance.render.charts import scripts
from azstance.render.clean import plain
from azstance.render.page.charts import charts
from azstance.render.page.dataset import FILTERS, Figures, headings, packed, table
from azstance.render.page.datasets import datasets
from azstance.render.page.fitting import fit
from azstance.render.page.styles import frame_rules
from azstance.render.page.text import digest, environment, own, script_json, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from azstance.overview_records import Overview
    from azstance.render.page.dataset import Dataset

LARGEST = 15_000_000
"""Bytes of a page, at most, unless another number is asked for."""

FEW = 6
"""Up to so many articles are open when the page is opened."""

MOST_ROWS = 100
"""Rows of a table that are shown; beyond them its CSV has all."""

_SCRIPTS = ("choice", "table", "charts", "articles", "panel", "page")
_ROOM = 4096  # for what is said of the articles and the data's own brackets


@dataclass(frozen=True, slots=True)
class TableView:
    """A table for its template."""

    id: str
    caption: str
    headings: list[tuple[str, bool]]
    rows: list[list[Any]]
    total: int
    chart: bool


def page_text(overview: Overview, largest: int = LARGEST) -> Iterator[str]:
    """The page, piece by piece.

    It has at most `largest` bytes in UTF-8, if need be by showing less of the articles; what stands
    on it besides them is never cut short. The same overview gives the same text. Raises ConfigError
    where not even the rest has room.
    """
    sets = datasets(overview)
    head, middle, foot = _outside(overview, sets)
    taken = sum(len(part.encode("utf-8")) for part in (head, middle, foot))
    if taken + _ROOM > largest:
        needed = -(-(taken + _ROOM) // 10**6)
        problem = f"without any article the page has {needed} MB, for its many sources and years"
        remedy = f"Allow more, such as --max-mb {2 * needed}, or report on fewer sources."
        raise ConfigError(problem, where="--max-mb", remedy=remedy)
    fitted = fit(overview, largest - taken - _ROOM, FEW)
    note = environment().get_template("left_out.html.j2")
    total = len(overview.members)
    yield head
    yield note.render(counts=fitted.counts(), largest=largest, total=total)
    yield from fitted.pieces()
    yield middle
    yield script_json(fitted.strings.list())
    yield foot


def _outside(overview: Overview, sets: Sequence[Dataset]) -> list[str]:
    """What stands before the articles, between them and their strings, and after these.

    The marks between the parts are comments, and no text of a stranger can be one: it is escaped.
    """
    ours, vega = _script(), scripts()
    drawn = charts(overview)
    figures = Figures()
    data = {
        "datasets": {each.id: packed(each, figures) for each in sets},
        **_lists(overview),
        "figures": figures.list(),
        "mostRows": MOST_ROWS,
        "words": words()["script"],
    }
    text = environment().get_template("page.html.j2").render(
        overview=overview,
        report=overview.report,
        words=words(),
        said=said,
        tables={each.id: _table(each, drawn) for each in sets},
        notes=dict(overview.naming_notes),
        span=_span(overview),
        style=Markup(own("report.css") + frame_rules([f.name for f in overview.frames])),
        data=script_json(data),
        charts=script_json(drawn),
        vega=Markup(vega),
        script=Markup(ours),
        digests=(digest(vega), digest(ours)),
        polarities=tuple(Polarity),
        voices=tuple(Voice),
    )  # fmt: skip
    head, rest = text.split("<!-- articles -->", 1)
    return [head, *rest.split("<!-- strings -->", 1)]


def _script() -> str:
    """Our script: one function, so that nothing in it is seen from outside."""
    parts = "\n".join(own(f"scripts/{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _table(dataset: Dataset, drawn: dict[str, Any]) -> TableView:
    return TableView(
        id=dataset.id,
        caption=dataset.caption,
        headings=headings(dataset),
        rows=table(dataset, MOST_ROWS),
        total=len(dataset.initial()),
        chart=dataset.id in drawn["specs"],
    )


def _lists(overview: Overview) -> dict[str, Any]:
    """What the choices are of, and the articles with what they hold of each."""
    sources = {s: n for n, s in enumerate(dict.fromkeys(m.source for m in overview.members))}
    years = {year: n for n, year in enumerate(overview.years)}
    voices, polarities = list(Voice), list(Polarity)
    return {
        "filters": FILTERS,
        "frames": [frame.name for frame in overview.frames],
        "voices": voices,
        "polarities": polarities,
        "firmness": list(Modality),
        "sources": [plain(source) for source in sources],
        "years": list(years),
        "articles": [
            [
                *(m.place, m.id, sources[m.source], years[m.year], m.carrying),
                [[f, voices.index(v), polarities.index(p), n] for f, v, p, n in m.codes],
            ]
            for m in overview.members
        ],
    }


def _span(overview: Overview) -> str:
    """The years of the articles: "2021 to 2024"."""
    years = [year for year in overview.years if year.isdigit()]
    if not years:
        return ""
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
