"""The results that are tables for other programs: rows of frames or of sentences, CSV, Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.cli import output
from azstance.errors import ConfigError
from azstance.tomlfile import suggestion

if TYPE_CHECKING:
    from azstance.records import Report

PARQUET = "parquet"


def rows(given: str | None, format: str, output_file: str | None) -> str:
    """What the rows are of. Raises ConfigError, before any work, where that cannot be written."""
    from azstance.render.options import FRAMES, SENTENCES

    known = (FRAMES, SENTENCES)
    if given is not None and given not in known:
        remedy = suggestion(given, known, "It takes")
        raise ConfigError(f'there are no rows of "{given}"', where="--rows", remedy=remedy)
    if format == PARQUET:
        _check_parquet(given or SENTENCES, output_file)
        return SENTENCES
    if given is not None and format != "csv":
        problem = f"is for --format csv and parquet, not for {format}"
        raise ConfigError(problem, where="--rows", remedy="Add --format csv, or leave it out.")
    return given or FRAMES


def _check_parquet(wanted: str, output_file: str | None) -> None:
    from azstance.render.as_parquet import check_installed
    from azstance.render.options import SENTENCES

    if wanted != SENTENCES:
        raise ConfigError(
            f"Parquet has a row for each sentence, not rows of {wanted}",
            where="--rows",
            remedy=f"Use --format csv for rows of {wanted}.",
        )
    if output_file is None:
        problem = "Parquet is not for the screen"
        remedy = "Name a file with --output, such as sentences.parquet."
        raise ConfigError(problem, where="--format", remedy=remedy)
    check_installed()


def refuse_parquet(format: str, result: str) -> None:
    """Say that this kind of result is not written as Parquet."""
    if format == PARQUET:
        problem = f"{result} is not written as Parquet"
        remedy = "Use --format csv or json; azstance score writes Parquet."
        raise ConfigError(problem, where="--format", remedy=remedy)


def write(report: Report, format: str, output_file: str | None, evidence: int, rows: str) -> None:
    """Write a report: Parquet as bytes, every other format as `output.write` does."""
    if format != PARQUET or output_file is None:
        output.write(report, format, output_file, evidence, rows)
        return
    from azstance.render import write_parquet

    with output.binary_file(output_file) as file:
        write_parquet(report, file)
