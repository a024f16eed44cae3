"""The command line: parse, call, print, exit. What is computed is computed elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from azstance.errors import AzstanceError, ConfigError

if TYPE_CHECKING:
    from azstance.comparison_records import Comparison
    from azstance.config import Config
    from azstance.records import Report, Skipped

INCOMPLETE = 2
_HELP = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    name="azstance",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
    suggest_commands=True,
    no_args_is_help=True,
    help="How articles frame the relationship of two states: affirmed or denied, and in whose voice.",
    epilog="Example: azstance score seeds/   Exit status: 0 all scored, 2 an input or option was not usable.",
)
lexicon_app = typer.Typer(
    name="lexicon", rich_markup_mode=None, no_args_is_help=True, context_settings=_HELP, help="Work on a codebook's files."
)
app.add_typer(lexicon_app)

Format = Annotated[
    str, typer.Option("--format", "-f", help="table, json, jsonl, csv or markdown.", metavar="FORMAT")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", help="Write to this file.", metavar="FILE")
]
Codebook = Annotated[
    str | None, typer.Option(help="Name or folder of a codebook.", metavar="NAME|FOLDER")
]
Pipeline = Annotated[
    str | None, typer.Option(help="An installed spaCy pipeline.", metavar="NAME")
]
Corpus = Annotated[
    str | None, typer.Option(help="Folder in which ids are looked up.", metavar="FOLDER")
]
By = Annotated[
    str | None, typer.Option("--by", help="article, outlet, author or year.", metavar="UNIT")
]
Evidence = Annotated[
    int | None, typer.Option(help="Sentences shown per frame and side.", metavar="N")
]
Level = Annotated[float | None, typer.Option(help="Level of the intervals.", metavar="0.95")]
Seed = Annotated[int | None, typer.Option(help="Seed of every random draw.", metavar="N")]
Resamples = Annotated[int | None, typer.Option(help="Bootstrap samples.", metavar="N")]
Encoding = Annotated[
    str | None, typer.Option(help="Encoding of the articles; detected if not given.", metavar="NAME")
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field", help="A field of records, as text=body; can be repeated.", metavar="NAME=FIELD"
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"azstance {version('azstance')}")
        raise typer.Exit


@app.callback()
def _global(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Say nothing; options before the command are dealt with by their callbacks."""


@app.command(epilog="Example: azstance score seeds/ --by outlet --format csv -o scores.csv")
def score(
    paths: Annotated[
        list[str], typer.Argument(help="Files or folders of articles; - is standard input.", metavar="PATH...")
    ],
    format: Format = "table",
    output: Output = None,
    by: By = None,
    evidence: Evidence = None,
    codebook: Codebook = None,
    pipeline: Pipeline = None,
    level: Level = None,
    seed: Seed = None,
    resamples: Resamples = None,
    encoding: Encoding = None,
    field: Fields = None,
    quiet: Quiet = False,
) -> None:
    """Score articles: per frame what is affirmed, denied and attributed, with the evidence."""
    config = _config(
        by=by, evidence=evidence, codebook=codebook, pipeline=pipeline, level=level, seed=seed,
        resamples=resamples, encoding=encoding, fields=_fields(field),
    )  # fmt: skip
    _check_output(format, output)
    from azstance.analyze import score_paths

    with _progress(quiet) as tick:
        report = score_paths(paths, config, tick)
    _write(report, format, output, config)
    _finish(report.skipped)


@app.command(epilog="Example: azstance compare 002 003   azstance compare --by outlet Axar.az commonspace.eu")
def compare(
    ids: Annotated[list[str], typer.Argument(help="Ids of articles, or names of units with --by.", metavar="ID ID...")],
    corpus: Corpus = None,
    format: Format = "table",
    output: Output = None,
    by: By = None,
    codebook: Codebook = None,
    pipeline: Pipeline = None,
    level: Level = None,
    seed: Seed = None,
    resamples: Resamples = None,
    quiet: Quiet = False,
) -> None:
    """Compare articles, or outlets, authors and years: differences, contradictions, terms, names."""
    config = _config(
        corpus=corpus, by=by, codebook=codebook, pipeline=pipeline, level=level, seed=seed,
        resamples=resamples,
    )  # fmt: skip
    _check_output(format, output)
    from azstance.analyze import compare_units

    with _progress(quiet) as tick:
        comparison, skipped = compare_units(ids, config, tick)
    _write(comparison, format, output, config)
    _finish(skipped)


@app.command(epilog="Example: azstance explain 002:16")
def explain(
    target: Annotated[str, typer.Argument(help="An article's id, or ID:N for its sentence N.", metavar="ID[:N]")],
    corpus: Corpus = None,
    codebook: Codebook = None,
    pipeline: Pipeline = None,
) -> None:
    """Show why sentences are coded as they are: cues, scope, actors and voice."""
    config = _config(corpus=corpus, codebook=codebook, pipeline=pipeline)
    from azstance.analyze import explain_id
    from azstance.render.console import make_console
    from azstance.render.explain import render_explain

    name, numbers = _target(target, config)
    result = explain_id(name, config)
    render_explain(result, numbers, make_console(sys.stdout))


@app.command(epilog="Example: azstance frames")
def frames(codebook: Codebook = None) -> None:
    """Say what the frames of the codebook mean, with examples."""
    from azstance.codebook import load_codebook
    from azstance.render.console import make_console
    from azstance.render.frames import render_frames

    loaded = load_codebook(_config(codebook=codebook).codebook)
    render_frames(loaded.frames, make_console(sys.stdout))


@lexicon_app.command("check", epilog="Example: azstance lexicon check my-codebook/")
def lexicon_check(
    folder: Annotated[
        str | None, typer.Argument(help="Name or folder of a codebook; the packaged one if not given.")
    ] = None,
    pipeline: Pipeline = None,
) -> None:
    """Check a codebook: its files, and that every example is coded as it says."""
    from azstance.codebook import check_codebook
    from azstance.resources import codebook_folder

    config = _config(codebook=folder, pipeline=pipeline)
    problems = [str(p) for p in check_codebook(codebook_folder(config.codebook))]
    count = 0
    if not problems:
        from azstance.examples import failed_examples

        count, problems = failed_examples(config)
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"The codebook is in order; {count} examples are coded as they say.")


def main() -> None:
    """Entry point: every error is a line for the user, and the exit status says what happened.

    Usage errors, interruption (130) and broken pipes are dealt with by typer.
    """
    try:
        app(prog_name="azstance")
    except AzstanceError as error:
        _say(f"error: {error}")
        raise SystemExit(INCOMPLETE) from None
    except Exception as error:
        if os.environ.get("AZSTANCE_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        _say(f"internal error: {what}. Please report it; AZSTANCE_DEBUG=1 shows where it happened.")
        raise SystemExit(INCOMPLETE) from None


def _say(message: str) -> None:
    """A line on standard error, without control characters of file names or articles."""
    from azstance.render.clean import plain

    sys.stderr.write(f"azstance: {plain(message)}\n")


def _config(**overrides: Any) -> Config:
    from azstance.config import load_config

    return load_config(overrides)


def _fields(pairs: list[str] | None) -> dict[str, str] | None:
    """`--field text=body --field date=day` as a mapping."""
    split = [pair.partition("=") for pair in pairs or ()]
    for name, sign, value in split:
        if not (name and sign and value):
            raise ConfigError(
                f'"{name}" says no field', where="--field", remedy="Write it as --field text=body."
            )
    return {name: value for name, _, value in split} or None


def _target(target: str, config: Config) -> tuple[str, list[int] | None]:
    """An id and a sentence number from `ID[:N]`; what is a path is no id with a number."""
    name, colon, number = target.rpartition(":")
    if colon and number.isascii() and number.isdigit() and not Path(target).exists():
        return name, [int(number)]
    return target, None


def _check_output(format: str, output: str | None) -> None:
    """Say before any work that a format is unknown or a file cannot be written."""
    from azstance.render import format_named

    format_named(format)
    if output is None:
        return
    folder = Path(output).parent
    if Path(output).is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise ConfigError(
            "cannot be written", where=output, remedy="Name a file in a folder you may write to."
        )


def _write(record: Report | Comparison, format: str, output: str | None, config: Config) -> None:
    """Print, or write a file whole: a run that is interrupted leaves no half of one."""
    from azstance.render import write

    if output is None:
        write(record, format, sys.stdout, evidence=config.evidence)
        sys.stdout.flush()
        return
    part = Path(f"{output}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            write(record, format, file, evidence=config.evidence)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _finish(skipped: Sequence[Skipped]) -> None:
    """Name on standard error what was not scored, and set the exit status."""
    from azstance.render.clean import path_text

    for skip in skipped:
        line = f":{skip.line}" if skip.line else ""
        _say(f"not scored: {path_text(skip.path)}{line} {skip.reason}")
    if any(skip.failed for skip in skipped):
        raise typer.Exit(INCOMPLETE)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int], None]]:
    """A line on standard error that counts articles; only on a terminal, and not with --quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    columns = (SpinnerColumn(), TextColumn("{task.completed} articles"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("articles", total=None)
        yield lambda done: bar.update(task, completed=done)
