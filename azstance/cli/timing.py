"""The command that shows figures over time."""

# ruff: noqa: PLR0913, PLR0917 (an option of a command is a parameter of its function)

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from azstance.cli import INCOMPLETE, asked, closing, output, tables
from azstance.cli import options as opt
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.timeline.records import Unit, Wanted

_PER = ("month", "year")
_BY = ("outlet", "all")
_MEASURES = ("share", "stance", "alignment")

Per = Annotated[
    str | None,
    typer.Option(
        "--per",
        metavar="PERIOD",
        help="How long a period is: month or year. [default: the one that suits the dates]",
        show_default=False,
        autocompletion=opt.among(_PER),
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="UNIT",
        help="A series of each outlet, or of all articles together: outlet or all. "
        "[default: outlet]",
        show_default=False,
        autocompletion=opt.among(_BY),
    ),
]
Frame = Annotated[
    str | None,
    typer.Option("--frame", metavar="NAME", help="Only this frame. [default: all]"),
]
Measured = Annotated[
    str,
    typer.Option(
        "--measure",
        metavar="NAME",
        help="What is drawn: share, stance or alignment; json, jsonl and csv hold all three. "
        "[default: share]",
        show_default=False,
        autocompletion=opt.among(_MEASURES),
    ),
]
Events = Annotated[
    str | None,
    typer.Option(
        "--events",
        metavar="FILE",
        help="Events to mark, in TOML. [default: events.toml of the codebook, if it is there]",
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the result to this file instead of showing it.",
    ),
]


def timeline(
    paths: opt.Paths,
    per: Per = None,
    by: By = "outlet",
    frame: Frame = None,
    measure: Measured = "share",
    events: Events = None,
    format: opt.Format = "table",
    output_file: Output = None,
    encoding: opt.Encoding = None,
    field: opt.Fields = None,
    codebook: opt.Codebook = None,
    pipeline: opt.Pipeline = None,
    model: opt.Model = None,
    level: opt.Level = None,
    resamples: opt.Resamples = None,
    seed: opt.Seed = None,
    jobs: opt.Jobs = None,
    cache: opt.Cache = True,
    quiet: opt.Quiet = False,
) -> None:
    """Show frames over time: shares, stance or alignment per month or year, with intervals.

    PATH is a file or a folder of articles, an address, or - for standard input, as for azstance
    score. Change points of the level and dated events are marked.
    """
    config = asked.config(
        codebook=codebook, pipeline=pipeline, model=model, level=level, seed=seed,
        resamples=resamples, encoding=encoding, fields=asked.fields(field), jobs=jobs,
        cache=opt.cache(cache),
    )  # fmt: skip
    wanted = _wanted(per, by, frame, measure)
    tables.refuse_parquet(format, "a timeline")
    files, skipped = asked.inputs(paths)
    output.check(format, output_file, [*files, *([events] if events else [])], parquet=False)
    if not files:  # told at once, before anything is loaded
        asked.nothing(skipped, output_file)
    from azstance.analyze import timeline_of
    from azstance.render.timeline_words import undated

    with output.progress(quiet, files) as tick:
        found = timeline_of(paths, config, wanted, events, tick)
    if found.failed and not found.articles:
        asked.nothing(found.skipped, output_file)
    output.write(found, format, output_file, config.evidence)
    if left_out := undated(found):
        closing.say(left_out)
    if closing.not_scored(found.skipped):
        raise typer.Exit(INCOMPLETE)


def unit(per: str | None) -> Unit | None:
    """How long a period is, None where it was not said. Raises ConfigError for another word."""
    from azstance.timeline.records import Unit

    if per is None:
        return None
    _among(per, _PER, "--per", "Periods")
    return Unit(per)


def _wanted(per: str | None, by: str, frame: str | None, measure: str) -> Wanted:
    """What is asked for. Raises ConfigError for a word that stands for nothing."""
    from azstance.timeline.records import Measure, Wanted

    period = unit(per)
    _among(by, _BY, "--by", "It takes")
    _among(measure, _MEASURES, "--measure", "Measures")
    return Wanted(period, by, frame, Measure(measure))


def _among(value: str, known: Sequence[str], option: str, these: str) -> None:
    if value not in known:
        from azstance.tomlfile import suggestion

        remedy = suggestion(value, known, these)
        raise ConfigError(f'there is no "{value}"', where=option, remedy=remedy)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        short_help="Show frames over time.",
        epilog="Examples: azstance timeline seeds/ --per year\n\n"
        "azstance timeline seeds/ --by all --frame rift --format csv -o rift.csv",
    )(timeline)
