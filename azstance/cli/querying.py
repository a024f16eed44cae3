"""The command that asks a store with SQL."""

# ruff: noqa: PLR0913, PLR0917 (an option of a command is a parameter of its function)

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from azstance.cli import INCOMPLETE, closing, output
from azstance.cli import options as opt
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from azstance.store.query import Store

_FORMATS = ("table", "json", "jsonl", "csv", "markdown", "parquet")
_ENDINGS = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".md": "markdown",
            ".parquet": "parquet"}  # fmt: skip
_LISTED = ("table", "column", "type", "meaning")

First = Annotated[str | None, typer.Argument(metavar="SQL", hidden=True)]
Folder = Annotated[str | None, typer.Argument(metavar="OUT/", hidden=True)]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{', '.join(_FORMATS[:-1])} or {_FORMATS[-1]}. [default: by the ending of the file "
        "of --output, otherwise table]",
        show_default=False,
        autocompletion=opt.among(_FORMATS),
    ),
]
Unfinished = Annotated[
    bool, typer.Option("--unfinished", help="Ask a run that is not finished for what it has.")
]


def query(
    context: typer.Context,
    first: First = None,
    folder: Folder = None,
    format: Format = None,
    output_file: opt.Output = None,
    unfinished: Unfinished = False,
) -> None:
    """Ask a folder of results, which azstance score INPUT -o OUT/ wrote, with SQL.

    SQL is one SELECT between quotation marks, and OUT/ is the folder. Without SQL, as in azstance
    query OUT/, its tables and views are listed with what their columns mean.
    """
    if first is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(INCOMPLETE)
    sql, name = (None, first) if folder is None else (first, folder)
    _told_apart(sql, name)
    chosen = _format(format, output_file)
    from azstance.store.query import find_store

    store = find_store(name, unfinished=unfinished)
    _check(store, chosen, output_file)
    if not store.finished:
        closing.say(f"note: {name} is not finished: the answer is of {_there(store)} only.")
    if sql is None:
        _list(store, name, chosen, output_file)
    elif chosen == "parquet":
        _parquet(store, sql, Path(output_file or ""))
    else:
        _answer(store, sql, chosen, output_file)


def register(app: typer.Typer, settings: dict[str, Any]) -> None:
    """Add the command to the command line."""
    del settings
    epilog = (
        'Examples: azstance query "SELECT * FROM by_frame" scored/\n\n'
        'azstance query "SELECT * FROM by_outlet_month" scored/ -o months.csv\n\n'
        "azstance query scored/"
    )
    app.command(short_help="Ask a store of results with SQL.", epilog=epilog)(query)


def _there(store: Store) -> str:
    from azstance.render.words import counted

    return counted(len(store.parts["articles"]), "part")


def _told_apart(sql: str | None, name: str) -> None:
    """Say which of the two is missing or in the place of the other."""
    usage = 'Write the SQL first and then the folder: azstance query "SELECT ..." OUT/'
    if sql is None and not Path(name).exists() and len(name.split()) > 1:
        raise ConfigError("there is no folder to ask", remedy=usage)
    if sql is not None and os.path.isdir(sql) and not os.path.isdir(name):  # noqa: PTH112
        raise ConfigError("the SQL and the folder are the wrong way round", remedy=usage)


def _format(format: str | None, output_file: str | None) -> str:
    """The format that is asked for, or that the name of the file stands for."""
    from azstance.tomlfile import suggestion

    chosen = format or _ENDINGS.get(Path(output_file or "").suffix.lower(), "table")
    if chosen not in _FORMATS:
        remedy = suggestion(chosen, _FORMATS, "Formats")
        raise ConfigError(f'there is no format "{chosen}"', where="--format", remedy=remedy)
    if chosen == "parquet" and output_file is None:
        raise ConfigError(
            "parquet is not written to standard output",
            where="--format",
            remedy="Name a file with --output.",
        )
    return chosen


def _check(store: Store, format: str, output_file: str | None) -> None:
    """Say before any work that the output cannot be written, or would damage the store."""
    if output_file is None:
        output.check(format, None)
        return
    output.check_file(output_file, [str(path) for path in store.files])
    if store.folder in Path(output_file).resolve().parents:
        raise ConfigError(
            "lies in the store that is asked",
            where=output_file,
            remedy="Write the answer into another folder.",
        )


def _answer(store: Store, sql: str, format: str, output_file: str | None) -> None:
    from azstance.store.query import ask

    with ask(store, sql) as answer:
        _write(answer.names, answer.batches, format, output_file)


def _write(names: Any, batches: Any, format: str, output_file: str | None) -> None:
    from azstance.render.rows import rows_text, write_rows

    if output_file is None:
        with output.printing() as stdout:
            write_rows(names, batches, format, stdout)
        return
    if format == "table":
        from azstance.render.rows_table import rows_table

        output.write_lines(output_file, rows_table(names, batches, _console()))
        return
    output.write_lines(output_file, rows_text(names, batches, format))


def _console() -> Any:
    """What a table for a file is drawn on: as wide as on standard output, never in colour."""
    import io

    from azstance.render.console import make_console, plain_console

    return plain_console(make_console(io.StringIO()).width)


def _list(store: Store, name: str, format: str, output_file: str | None) -> None:
    """The tables and views: for people, or a row for each column."""
    from azstance.store.query import describe

    if format == "parquet":
        problem, remedy = "the list of tables is not written as parquet", "Choose csv or json."
        raise ConfigError(problem, where="--format", remedy=remedy)
    described = describe(store)
    if format != "table":
        rows = [(each.name, *column) for each in described for column in each.columns]
        _write(_LISTED, [rows], format, output_file)
        return
    from azstance.render.console import make_console, show
    from azstance.render.rows_table import described_text

    if output_file is not None:
        output.write_lines(output_file, described_text(described, name, _console()))
        return
    with output.printing() as stdout:
        console = make_console(stdout)
        show(console, described_text(described, name, console))


def _parquet(store: Store, sql: str, path: Path) -> None:
    """Write the answer as Parquet, whole or not at all."""
    from azstance.store.query import write_parquet

    target = path.resolve()
    part = target.with_name(f".azstance-{os.getpid()}.part")
    try:
        write_parquet(store, sql, part)
        part.replace(target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"cannot be written: {reason}", where=str(path)) from None
    finally:
        part.unlink(missing_ok=True)
