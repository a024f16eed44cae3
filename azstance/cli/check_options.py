"""The options of azstance check and of the commands around it."""

from __future__ import annotations

from typing import Annotated

import typer

from azstance.check_settings import BASELINE, FAIL_ON, REFERENCE
from azstance.cli.options import among

FORMATS = (
    "text", "concise", "json", "jsonl", "github", "sarif", "junit", "gitlab", "markdown",
)  # fmt: skip

Paths = Annotated[list[str] | None, typer.Argument(metavar="PATH", hidden=True)]
ChangedSince = Annotated[
    str | None,
    typer.Option(
        metavar="REF",
        help="Check what was added or changed since this commit or branch of git; with PATH, only "
        "below it.",
    ),
]
FilesFrom = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Read the paths from a file, a line each; - is the input."),
]
Reference = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help=f"The record that articles are held against. [default: {REFERENCE} if it is there]",
    ),
]
Baseline = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help=f"The findings that were accepted. [default: {BASELINE} if it is there]",
    ),
]
NoBaseline = Annotated[
    bool, typer.Option("--no-baseline", help="Show accepted findings like all others.")
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULES",
        help="Run these rules only: ids, beginnings of ids or names, with commas between. Can be "
        "repeated.",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="RULES", help="Leave these rules out. Can be repeated."),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        metavar="LEVEL",
        help=f"From which level on the exit status is 1: {', '.join(FAIL_ON)}. [default: error]",
        autocompletion=among(FAIL_ON),
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}. [default: text]",
        show_default=False,
        autocompletion=among(FORMATS),
    ),
]
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FORMAT=FILE",
        help="Write the result in another format to a file as well. Can be repeated.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="The day of the check, as 2024-03-31: later dates are wrong."
    ),
]
Batch = Annotated[
    bool,
    typer.Option(
        "--batch", help="Hold the articles of this run against each other: duplicates, drift."
    ),
]
StdinFilename = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="What standard input is called, and of what kind it is (by suffix)."
    ),
]
Reason = Annotated[
    str, typer.Option(metavar="TEXT", help="Why the findings are accepted.", show_default=False)
]
To = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=f"Where the reference goes. [default: {REFERENCE}]",
        show_default=False,
    ),
]
Name = Annotated[str | None, typer.Argument(metavar="ID", hidden=True)]
File = Annotated[str | None, typer.Argument(metavar="FILE", hidden=True)]
