"""The option --chart: a picture of the result beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.cli import output
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from azstance.comparison_records import Comparison
    from azstance.config import Config
    from azstance.records import Report
    from azstance.render.charts.look import Spec

MOST_SOURCES = 40
"""So many sources at most are drawn in one chart: those with most sentences."""


def check(chart: str | None, output_file: str | None, inputs: Sequence[str]) -> None:
    """Say before any work that a picture cannot be drawn, or where it would overwrite something."""
    if chart is None:
        return
    from azstance.render.charts import check_picture

    check_picture(chart)
    output.check_file(chart, inputs)
    if output_file is not None and os.path.realpath(chart) == os.path.realpath(output_file):
        raise ConfigError(
            "is the file of the result as well", where=chart, remedy="Give the chart another name."
        )


def refuse(chart: str | None) -> None:
    """Say that a folder of results comes without a picture."""
    if chart is not None:
        problem = "goes with a result that is shown or written to one file"
        raise ConfigError(problem, where="--chart", remedy="Leave it out.")


def compared(chart: str | None, comparison: Comparison) -> None:
    """Draw a comparison into the file, where one was asked for."""

    def spec() -> Spec:
        from azstance.render.charts import FILE_WIDTH, Look, contrast_chart, contrast_rows

        frames = dict.fromkeys(each.frame for each in comparison.contrasts if each.frame)
        look = Look(tuple(frames), comparison.level, FILE_WIDTH)
        return contrast_chart(contrast_rows(comparison), look)

    _write(chart, spec)


def scored(chart: str | None, report: Report, config: Config) -> None:
    """Draw the frames of the sources of a report into the file, where one was asked for."""

    def spec() -> Spec:
        from azstance.codebook import load_codebook
        from azstance.comparing.cells import cells_by
        from azstance.render.charts import FILE_WIDTH, Look, cell_rows, frame_chart, most_sentences
        from azstance.running.settings import scale, settings

        measure = scale(load_codebook(config.codebook))
        found = cells_by(report.articles, report.by, measure, settings(config))
        rows, left = most_sentences(cell_rows(found), MOST_SOURCES)
        note = f"The {MOST_SOURCES} with most sentences; {left} more are not drawn" if left else ""
        return frame_chart(rows, Look(measure.frames, report.level, FILE_WIDTH), note)

    _write(chart, spec)


def _write(chart: str | None, spec: Callable[[], Spec]) -> None:
    if chart is None:
        return
    from azstance.render.charts import picture

    drawn = picture(spec(), Path(chart).suffix)
    with output.binary_file(chart) as file:
        file.write(drawn)
