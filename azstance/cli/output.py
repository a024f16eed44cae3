"""Where a result goes, whole or not at all: standard output or a file. And the progress bar."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from azstance.cli.closing import silence
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from io import TextIOWrapper
    from typing import BinaryIO

    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from azstance.comparison_records import Comparison
    from azstance.records import Report
    from azstance.timeline.records import Timeline

_RECORDS = (".csv", ".json", ".jsonl")
Progress = Callable[[int], None]


def check(
    format: str, output: str | None, inputs: Sequence[str] = (), *, parquet: bool = True
) -> None:
    """Say before any work that a format is unknown or the output cannot be written.

    `inputs` are the files that will be read: none of them is ever written over. `parquet` is false
    for a result that is not written so, and then it is not named among the formats.
    """
    from azstance.render import FORMATS
    from azstance.tomlfile import suggestion

    if format not in FORMATS:
        known = tuple(each for each in FORMATS if parquet or each != "parquet")
        remedy = suggestion(format, known, "Formats")
        raise ConfigError(f'there is no format "{format}"', where="--format", remedy=remedy)
    if output is None:
        _standard_output()
        return
    check_file(output, inputs)


def check_file(output: str, inputs: Sequence[str] = ()) -> None:
    """Say before any work that a file cannot be written, or is one of those to be read."""
    problem = _unwritable(Path(output))
    if problem:
        remedy = "Name a file in a folder that you may write to."
        raise ConfigError(
            f"cannot be written: {problem}", where=output or "--output", remedy=remedy
        )
    if os.path.realpath(output) in {os.path.realpath(path) for path in inputs}:
        raise ConfigError(
            "is one of the files to be read",
            where=output,
            remedy="Write the result under another name or into another folder.",
        )


def _unwritable(path: Path) -> str:
    """Why this file cannot be written, as far as can be told without touching it; "" if it can."""
    try:
        if not path.name or path.is_dir():
            return "it is a folder"
        if not path.parent.is_dir():
            return f"there is no folder {path.parent}"
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            return "permission denied"
        if _is_whole(path) and not os.access(path.resolve().parent, os.W_OK):
            return "permission denied in its folder"
    except (OSError, ValueError) as error:
        return (getattr(error, "strerror", None) or str(error)).lower()
    return ""


def _is_whole(path: Path) -> bool:
    """Whether a path is a file to be put in place whole, and no device or pipe to write into."""
    return path.is_file() or not path.exists()


def write(
    record: Report | Comparison | Timeline,
    format: str,
    output: str | None,
    evidence: int,
    rows: str = "frames",
) -> None:
    """Print a result, or write it to a file: a run that is interrupted leaves no half of one."""
    from azstance import render

    if output is None:
        with printing() as stdout:
            render.write(record, format, stdout, evidence=evidence, rows=rows)
        return
    try:
        with _whole_file(Path(output)) as file:
            if render.format_named(format).drawn:
                file.write(_drawn(record, format, file, evidence))
            else:
                render.write(record, format, file, evidence=evidence, rows=rows)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"cannot be written: {reason}.", where=output) from error


def write_lines(output: str, lines: Iterable[str]) -> None:
    """Write lines of data to a file, whole or not at all."""
    try:
        with _whole_file(Path(output)) as file:
            file.writelines(lines)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"cannot be written: {reason}.", where=output) from error


@contextmanager
def binary_file(output: str) -> Iterator[BinaryIO]:
    """A file for bytes, put in place whole or not at all. Raises ConfigError where it cannot be."""
    try:
        with _whole_file(Path(output)) as file:
            yield cast("BinaryIO", cast("TextIOWrapper", file).buffer)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"cannot be written: {reason}.", where=output) from error


def _drawn(record: Report | Comparison | Timeline, format: str, file: TextIO, evidence: int) -> str:
    """A table for a file: as wide as it would be on standard output, never in colour."""
    from azstance.render import render
    from azstance.render.console import make_console

    return render(record, format, evidence=evidence, width=make_console(file).width)


@contextmanager
def _whole_file(path: Path) -> Iterator[TextIO]:
    """A file to write that takes the place of `path` when it is complete, and not before."""
    if not _is_whole(path):
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    target = path.resolve()  # what a link leads to is replaced, not the link
    part = target.with_name(f".azstance-{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as file:
            yield file
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _standard_output() -> TextIO:
    if sys.stdout is None:
        raise ConfigError("is closed", where="standard output", remedy="Name a file with --output.")
    return sys.stdout


@contextmanager
def printing() -> Iterator[TextIO]:
    """Standard output. A reader who has seen enough (`| head`) is no error and changes nothing."""
    stdout = _standard_output()
    try:
        yield stdout
        stdout.flush()
    except BrokenPipeError:
        silence(stdout)
    except OSError as error:
        silence(stdout)
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"cannot be written: {reason}.", where="standard output") from error


@contextmanager
def progress(quiet: bool, files: Sequence[str] | None) -> Iterator[Progress]:
    """A bar on standard error that counts articles; only on a terminal, and not with --quiet.

    Of `files` that hold one article each the number is known beforehand; None stands for others.
    """
    if _no_bar(quiet):
        yield lambda done: None
        return
    single = files is not None and not any(path.lower().endswith(_RECORDS) for path in files)
    total = len(files) if files is not None and single else None
    with _bar("scoring", "articles") as bar:
        task = bar.add_task("", total=total)
        bar.refresh()
        yield lambda done: bar.update(task, completed=done, refresh=True)


@contextmanager
def steps(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error for work in named steps, each with its own count."""
    if _no_bar(quiet):
        yield lambda step, done, total: None
        return
    tasks: dict[str, TaskID] = {}
    with _bar("{task.description}", "") as bar:

        def tick(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, refresh=True)

        yield tick


def _no_bar(quiet: bool) -> bool:
    dumb = os.environ.get("TERM") == "dumb"
    return quiet or sys.stderr is None or not sys.stderr.isatty() or dumb


def _bar(before: str, after: str) -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    columns = (TextColumn(before), BarColumn(), MofNCompleteColumn(), TextColumn(after))
    # Without a thread that redraws: the processes that share the work are forked from this one.
    return Progress(*columns, console=console, transient=True, auto_refresh=False,
                    redirect_stdout=False, redirect_stderr=False)  # fmt: skip
