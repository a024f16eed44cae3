"""The commands that measure codes: of the program against gold, and of two coders."""

# ruff: noqa: PLR0913, PLR0917 (an option of a command is a parameter of its function)

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from azstance.cli import options as opt
from azstance.cli import output
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import Console

_FORMATS = ("table", "json")
_ERRORS = 5

Gold = Annotated[str, typer.Argument(metavar="GOLD.jsonl", hidden=True)]
First = Annotated[str, typer.Argument(metavar="A.jsonl", hidden=True)]
Second = Annotated[str, typer.Argument(metavar="B.jsonl", hidden=True)]
Articles = Annotated[
    str | None,
    typer.Option(
        "--articles",
        metavar="FILE",
        help="Labels of whole articles, an object a line: doc, dominant, alignment.",
    ),
]
Coders = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--coders",
        metavar="A.jsonl B.jsonl",
        help="The codes of two coders, whose alpha is shown beside that of azstance.",
    ),
]
Predictions = Annotated[
    str | None,
    typer.Option(
        "--predictions",
        metavar="FILE",
        help="Write the codes of every sentence to this file, a line each.",
    ),
]
Errors = Annotated[
    int,
    typer.Option(
        "--errors",
        metavar="N",
        min=0,
        help=f"How many mistakes of each kind to show. [default: {_ERRORS}]",
        show_default=False,
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="table or json. [default: table]",
        show_default=False,
        autocompletion=opt.among(_FORMATS),
    ),
]


def evaluate(
    gold: Gold,
    articles: Articles = None,
    coders: Coders = None,
    predictions: Predictions = None,
    errors: Errors = _ERRORS,
    format: Format = "table",
    codebook: opt.Codebook = None,
    pipeline: opt.Pipeline = None,
    model: opt.Model = None,
    level: opt.Level = None,
    resamples: opt.Resamples = None,
    seed: opt.Seed = None,
    jobs: opt.Jobs = None,
    quiet: opt.Quiet = False,
) -> None:
    """Measure the codes of azstance against gold codes.

    GOLD.jsonl holds a sentence a line, with the codes that it should have. The sentences of a
    doc are read in their order as one article, without being split or cleaned.
    """
    from azstance.config import load_config

    config = load_config(
        {"codebook": codebook, "pipeline": pipeline, "model": model, "level": level,
         "resamples": resamples, "seed": seed, "jobs": jobs}
    )  # fmt: skip
    _known(format)
    if predictions is not None:
        output.check_file(predictions, [gold, *([articles] if articles else []), *(coders or ())])
    from azstance.analyze import evaluate_codes
    from azstance.evaluating.records import Request

    asked = Request(gold, articles, coders, errors)
    with output.progress(quiet, None) as tick:
        evaluation = evaluate_codes(asked, config, tick)
    from azstance.render.evaluation_document import evaluation_json, prediction_lines

    if predictions is not None:
        output.write_lines(predictions, prediction_lines(evaluation.predictions))

    def draw(console: Console) -> None:
        from azstance.render.evaluation_table import render_evaluation

        render_evaluation(evaluation, console)

    _print(format, lambda: evaluation_json(evaluation), draw)


def agree(
    first: First,
    second: Second,
    format: Format = "table",
    codebook: opt.Codebook = None,
    level: opt.Level = None,
    resamples: opt.Resamples = None,
    seed: opt.Seed = None,
) -> None:
    """Compare two coders of the same sentences.

    A.jsonl and B.jsonl hold a sentence a line, as for azstance evaluate, or predictions of that
    command. Sentences are matched by doc and n.
    """
    from azstance.config import load_config

    config = load_config(
        {"codebook": codebook, "level": level, "resamples": resamples, "seed": seed}
    )
    _known(format)
    from azstance.analyze import agree_codes
    from azstance.render.evaluation_document import agreement_json

    agreement = agree_codes(first, second, config)

    def draw(console: Console) -> None:
        from azstance.render.evaluation_agreement import render_agreement

        render_agreement(agreement, console)

    _print(format, lambda: agreement_json(agreement), draw)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(
        short_help="Measure the codes of azstance against gold codes.",
        epilog="Example: azstance evaluate gold.jsonl --articles gold_articles.jsonl",
    )(evaluate)
    app.command(
        short_help="Compare two coders of the same sentences.",
        epilog="Example: azstance agree first.jsonl second.jsonl",
    )(agree)


def _known(format: str) -> None:
    """Say before any work that a format is unknown."""
    if format not in _FORMATS:
        from azstance.tomlfile import suggestion

        remedy = suggestion(format, _FORMATS, "Formats")
        raise ConfigError(f'there is no format "{format}"', where="--format", remedy=remedy)


def _print(format: str, as_json: Callable[[], str], draw: Callable[[Console], None]) -> None:
    """Print a result on standard output: JSON as the same bytes everywhere, or a table."""
    import io

    with output.printing() as stdout:
        if format == "json":
            if isinstance(stdout, io.TextIOWrapper):
                stdout.reconfigure(encoding="utf-8", newline="")
            stdout.write(as_json())
            return
        from azstance.render.console import make_console

        draw(make_console(stdout))
