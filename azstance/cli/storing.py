"""`azstance score` into a folder: a store of Parquet, by this machine or by many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from azstance.cli import INCOMPLETE, closing, output
from azstance.errors import ConfigError
from azstance.tomlfile import suggestion

if TYPE_CHECKING:
    from azstance.config import Config
    from azstance.store.run import Spread, Written

ENGINES = ("local", "daft")


@dataclass(frozen=True, slots=True)
class How:
    """The options that only a folder of results has."""

    engine: str
    cluster: str | None
    resume: bool


def is_folder(output_file: str | None) -> bool:
    """Whether an output is a folder: it is one, or is written with a / at the end."""
    if not output_file:
        return False
    return output_file.endswith("/") or "://" in output_file or Path(output_file).is_dir()


def refuse(how: How) -> None:
    """Say that an option asks for a folder as the output."""
    _engine(how.engine)
    for option, given in (
        ("--engine", how.engine != ENGINES[0]),
        ("--cluster", how.cluster is not None),
        ("--resume", how.resume),
    ):
        if given:
            problem = "is for results in a folder"
            remedy = "Name one, with a / at the end: --output results/"
            raise ConfigError(problem, where=option, remedy=remedy)


def refuse_rows(rows: str | None) -> None:
    """Say that a folder of results has rows of its own."""
    if rows is not None:
        problem = "is for a file; a folder of results has a row for each article and each sentence"
        raise ConfigError(problem, where="--rows", remedy="Leave it out.")


def score(  # noqa: PLR0913
    paths: Sequence[str], out: str, format: str, config: Config, how: How, *, quiet: bool
) -> None:
    """Score into a folder, and say what is there."""
    _engine(how.engine)
    if how.cluster is not None and how.engine != "daft":
        raise ConfigError("is for --engine daft", where="--cluster", remedy="Add --engine daft.")
    if format != "table":
        problem = f"a folder of results is written as Parquet, not as {format}"
        raise ConfigError(problem, where="--format", remedy="Leave --format out, or name a file.")
    if config.by != "article":
        problem = "a folder of results has a row for each article and each sentence"
        remedy = 'Leave it out; `azstance query "FROM by_outlet_month" FOLDER` puts them together.'
        raise ConfigError(problem, where="--by", remedy=remedy)
    from azstance.render.clean import path_text
    from azstance.store.run import score_into

    with output.progress(quiet, None) as tick:
        written = score_into(
            paths, out, config, resume=how.resume, spread=_spread(config, how), progress=tick
        )
    failed = closing.not_scored(written.skipped)
    if written.left:
        closing.say(f"nothing was scored; {path_text(out)} was left as it was.")
        raise typer.Exit(INCOMPLETE)
    with output.printing() as stdout:
        stdout.write(_told(written, out))
    if failed:
        raise typer.Exit(INCOMPLETE)


def _engine(name: str) -> None:
    if name not in ENGINES:
        remedy = suggestion(name, ENGINES, "Engines")
        raise ConfigError(f'there is no engine "{name}"', where="--engine", remedy=remedy)


def _spread(config: Config, how: How) -> Spread | None:
    if how.engine == "local":
        return None
    from azstance.cluster import run_units
    from azstance.cluster.engine import check_address, check_installed

    check_address(how.cluster)
    check_installed(how.cluster)

    def spread(job: str, tasks: Sequence[str]) -> Iterable[str]:
        return run_units(job, tasks, address=how.cluster, jobs=config.jobs, say=closing.say)

    return spread


def _told(written: Written, out: str) -> str:
    from azstance.render.clean import path_text

    kept = f", {written.kept} of {written.kept + written.units} parts from before"
    return (
        f"{path_text(out)}: {written.articles:,} articles, {written.sentences:,} sentences"
        f"{kept if written.kept else ''}.\n"
        f'Ask it: azstance query "FROM by_frame" {path_text(out)}\n'
    )
