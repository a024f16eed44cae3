"""The commands: each reads its options, calls the run, writes the result, says what is missing."""

# ruff: noqa: PLR0913, PLR0917 (an option of a command is a parameter of its function)

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from azstance.cli import (
    INCOMPLETE,
    asked,
    caching,
    charting,
    closing,
    measuring,
    output,
    querying,
    reporting,
    stores,
    storing,
    tables,
    timing,
    training,
)
from azstance.cli import options as opt
from azstance.errors import ArticleError, ConfigError

if TYPE_CHECKING:
    from azstance.config import Config

_STATUS = "Exit status: 0 if everything was scored, 2 if something was not or an option is wrong."
_SETTINGS: dict[str, Any] = {
    "rich_markup_mode": None,
    "no_args_is_help": True,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}

app = typer.Typer(
    name="azstance",
    pretty_exceptions_enable=False,
    suggest_commands=True,
    help="How articles frame the relationship of two states: what they affirm and deny of it, "
    "and in whose voice.",
    epilog=f"Example: azstance score seeds/\n\n{_STATUS}",
    **_SETTINGS,
)
lexicon_app = typer.Typer(
    name="lexicon",
    help="Work on a codebook: the files that say what counts for which frame.",
    epilog="Example: azstance lexicon check my-codebook/",
    **_SETTINGS,
)
app.add_typer(lexicon_app)


@app.callback()
def _global(version: opt.Version = False) -> None:
    """Say nothing; options before the command are dealt with by their callbacks."""


@app.command(
    short_help="Score articles.",
    epilog="Example: azstance score seeds/ --by outlet --format csv -o scores.csv",
)
def score(
    paths: opt.Paths,
    by: opt.By = None,
    evidence: opt.Evidence = None,
    format: opt.ReportFormat = "table",
    rows: opt.Rows = None,
    output_file: opt.Output = None,
    chart: opt.Chart = None,
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
    engine: opt.Engine = "local",
    cluster: opt.Cluster = None,
    resume: opt.Resume = False,
    quiet: opt.Quiet = False,
) -> None:
    """Score articles: how much of each frame they affirm, deny and report, and where.

    PATH is a file or a folder of articles (.txt, .md, .html, .json, .jsonl, .csv, .parquet,
    .warc), an address such as s3://bucket/folder, or - for standard input.
    """
    config = asked.config(
        by=by, evidence=evidence, codebook=codebook, pipeline=pipeline, model=model,
        level=level, seed=seed, resamples=resamples, encoding=encoding, fields=asked.fields(field),
        jobs=jobs, cache=opt.cache(cache),
    )  # fmt: skip
    how = storing.How(engine, cluster, resume)
    if storing.is_folder(output_file):
        storing.refuse_rows(rows)
        charting.refuse(chart)
        storing.score(paths, str(output_file), format, config, how, quiet=quiet)
        return
    storing.refuse(how)
    files, skipped = asked.inputs(paths)
    output.check(format, output_file, files)
    charting.check(chart, output_file, files)
    chosen = tables.rows(rows, format, output_file)
    if not files:  # told at once, before anything is loaded
        asked.nothing(skipped, output_file)
    from azstance.analyze import score_paths

    with output.progress(quiet, files) as tick:
        report = score_paths(paths, config, tick)
    if report.failed and not report.articles:
        asked.nothing(report.skipped, output_file)
    charting.scored(chart, report, config)
    tables.write(report, format, output_file, config.evidence, chosen)
    if closing.not_scored(report.skipped):
        raise typer.Exit(INCOMPLETE)


@app.command(
    short_help="Compare articles, or outlets, authors or years.",
    epilog="Examples: azstance compare 002 003\n\n"
    "azstance compare --by outlet Axar.az commonspace.eu",
)
def compare(
    ids: opt.Ids,
    corpus: opt.Corpus = None,
    by: opt.By = None,
    format: opt.Format = "table",
    output_file: opt.Output = None,
    chart: opt.Chart = None,
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
    """Compare two or more articles: differences, contradictions, words and names.

    ID is the id of an article in the corpus, or as much of it as is unique, or a file. With --by
    it is the name of an outlet, an author or a year.
    """
    config = asked.config(
        corpus=corpus, by=by, codebook=codebook, pipeline=pipeline, model=model,
        level=level, seed=seed, resamples=resamples, encoding=encoding, fields=asked.fields(field),
        jobs=jobs, cache=opt.cache(cache),
    )  # fmt: skip
    named = [path for path in ids if Path(path).is_file()]
    tables.refuse_parquet(format, "a comparison")
    output.check(format, output_file, named, parquet=False)
    charting.check(chart, output_file, named)
    if len(ids) < 2:
        raise ConfigError(
            f'there is nothing to compare "{ids[0]}" with',
            remedy="Name two or more, as in: azstance compare 002 003",
        )
    from azstance.analyze import compare_units

    with output.progress(quiet, asked.inputs([config.corpus])[0]) as tick:
        comparison, skipped = compare_units(ids, config, tick)
    charting.compared(chart, comparison)
    output.write(comparison, format, output_file, config.evidence)
    if closing.not_scored(skipped):
        raise typer.Exit(INCOMPLETE)


@app.command(
    short_help="Show why sentences are coded as they are.",
    epilog="Example: azstance explain 002:16",
)
def explain(
    target: opt.Target,
    corpus: opt.Corpus = None,
    encoding: opt.Encoding = None,
    field: opt.Fields = None,
    codebook: opt.Codebook = None,
    pipeline: opt.Pipeline = None,
    model: opt.Model = None,
    cache: opt.Cache = True,
) -> None:
    """Show why sentences are coded as they are: cues, context, actors and voice.

    ID is the id of an article in the corpus, or as much of it as is unique, or a file; with :N
    only its sentence N is shown.
    """
    config = asked.config(
        corpus=corpus, encoding=encoding, fields=asked.fields(field), codebook=codebook,
        pipeline=pipeline, model=model, cache=opt.cache(cache),
    )  # fmt: skip
    from azstance.analyze import explain_id
    from azstance.render.console import make_console
    from azstance.render.explain import render_explain

    name, numbers = _target(target, config)
    result = explain_id(name, config)
    with output.printing() as stdout:
        render_explain(result, numbers, make_console(stdout))


@app.command(short_help="Say what the frames mean.", epilog="Example: azstance frames")
def frames(codebook: opt.Codebook = None) -> None:
    """Say what the frames of the codebook mean, with examples."""
    from azstance.codebook import load_codebook
    from azstance.render.console import make_console
    from azstance.render.frames import render_frames

    loaded = load_codebook(asked.config(codebook=codebook).codebook)
    with output.printing() as stdout:
        render_frames(loaded.frames, make_console(stdout))


@lexicon_app.command(
    "check",
    short_help="Check a codebook and its examples.",
    epilog="Example: azstance lexicon check my-codebook/\n\n"
    "Exit status: 0 if the codebook is in order, 2 if something is not.",
)
def lexicon_check(folder: opt.Folder = None, pipeline: opt.Pipeline = None) -> None:
    """Check a codebook: its files, and that every example is coded as it says.

    CODEBOOK is a folder, or the name of a codebook that azstance brings along; without it the
    one that would be used is checked.
    """
    config = asked.config(codebook=folder, pipeline=pipeline)
    from azstance.codebook import check_codebook
    from azstance.render.clean import plain
    from azstance.resources import codebook_folder

    problems = [str(p) for p in check_codebook(codebook_folder(config.codebook))]
    count = 0
    if not problems:
        from azstance.examples import failed_examples

        count, problems = failed_examples(config)
    good = f"The codebook is in order; {count} examples are coded as they say."
    with output.printing() as stdout:
        stdout.writelines(f"{plain(line)}\n" for line in problems or [good])
    if problems:
        raise typer.Exit(INCOMPLETE)


timing.register(app)
reporting.register(app)
measuring.register(app)
training.register(app)
stores.register(app, _SETTINGS)
querying.register(app, _SETTINGS)
caching.register(app, _SETTINGS)


def _target(target: str, config: Config) -> tuple[str, list[int] | None]:
    """An id and a sentence number from `ID[:N]`. Ids of records have a colon themselves."""
    name, colon, number = target.rpartition(":")
    if not (name and colon and number.isascii() and number.isdigit()):
        return target, None
    from azstance.read import resolve_id
    from azstance.running.settings import read_settings

    try:
        resolve_id(target, config.corpus, read_settings(config))
    except ArticleError:
        return name, [int(number)]
    return target, None
