"""The gate for new articles in continuous integration."""

# ruff: noqa: PLR0913, PLR0917 (an option of a command is a parameter of its function)

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from azstance.check_settings import FAIL_ON
from azstance.cli import INCOMPLETE, closing, output
from azstance.cli import check_options as own
from azstance.cli import options as opt
from azstance.errors import ConfigError
from azstance.rulebook import rules_named

if TYPE_CHECKING:
    from azstance.check import Asked
    from azstance.checking.records import CheckReport
    from azstance.config import Config

STATUS = (
    "Exit status: 0 clean, 1 findings at or above --fail-on, 2 an option, a setting or an input "
    "that could not be read, 130 interrupted."
)


def check(
    context: typer.Context,
    paths: own.Paths = None,
    changed_since: own.ChangedSince = None,
    files_from: own.FilesFrom = None,
    reference: own.Reference = None,
    baseline: own.Baseline = None,
    no_baseline: own.NoBaseline = False,
    select: own.Select = None,
    ignore: own.Ignore = None,
    fail_on: own.FailOn = None,
    format: own.Format = "text",
    outputs: own.Outputs = None,
    as_of: own.AsOf = None,
    batch: own.Batch = False,
    stdin_filename: own.StdinFilename = "",
    encoding: opt.Encoding = None,
    codebook: opt.Codebook = None,
    pipeline: opt.Pipeline = None,
    model: opt.Model = None,
    jobs: opt.Jobs = None,
    cache: opt.Cache = True,
    quiet: opt.Quiet = False,
) -> None:
    """Check new articles: what is wrong with the file, and what stands out against its outlet.

    PATH is a file, a folder, a pattern in quotation marks, or - for standard input. Facts are
    errors; measurements are warnings or notes, and say what was compared.
    """
    config = settings(
        {"encoding": encoding, "codebook": codebook, "pipeline": pipeline, "model": model,
         "jobs": jobs, "cache": opt.cache(cache)},
        select, ignore, fail_on,
    )  # fmt: skip
    if not paths and changed_since is None and files_from is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(INCOMPLETE)
    asked = _asked(paths or [], changed_since, files_from, stdin_filename, config)
    stores = (reference, None if no_baseline else baseline)
    asked = with_files(asked, config, *stores, no_baseline=no_baseline)
    asked = replace(asked, as_of=_day(as_of), batch=batch)
    files = _files_of(outputs, format, asked)
    _something_there(asked.paths)
    report = run(asked, config, quiet)
    for name, file in files:
        output.write_lines(file, _rendered(report, name))
    if sys.stdout is not None:
        _print(report, format)
    for item in report.inputs:
        if item.outcome == "failed":
            line = f":{item.line}" if item.line else ""
            closing.say(f"not checked: {item.path or '(empty name)'}{line} {item.reason}")
    if report.status:
        raise typer.Exit(report.status)


def settings(
    given: dict[str, Any],
    select: list[str] | None = None,
    ignore: list[str] | None = None,
    fail_on: str | None = None,
) -> Config:
    """The settings with the options of the command line over them."""
    from azstance.config import load_config

    config = load_config(given)
    over: dict[str, Any] = {}
    if select:
        over["select"] = rules_named(_split(select), "--select")
    if ignore:
        over["ignore"] = config.check.ignore | rules_named(_split(ignore), "--ignore")
    if fail_on is not None:
        if fail_on not in FAIL_ON:
            from azstance.tomlfile import suggestion

            remedy = suggestion(fail_on, FAIL_ON, "It can be")
            raise ConfigError(f'"{fail_on}" is no level', where="--fail-on", remedy=remedy)
        over["fail_on"] = fail_on
    return replace(config, check=replace(config.check, **over))


def _split(names: Sequence[str]) -> list[str]:
    return [name for text in names for name in text.split(",") if name.strip()]


def _asked(
    paths: list[str],
    changed_since: str | None,
    files_from: str | None,
    stdin_filename: str,
    config: Config,
) -> Asked:
    """The paths to be checked, from whatever names them."""
    from azstance.check import Asked
    from azstance.check_settings import project_root
    from azstance.checking.subject import place_of

    if changed_since is not None and files_from is not None:
        raise ConfigError(
            "stands beside --changed-since", where="--files-from", remedy="Give one of them."
        )
    if changed_since is not None:
        from azstance.checking.changes import changed_since as since

        found = since(changed_since, expanded(paths))
        root = project_root()
        renamed = {place_of(new, root): place_of(old, root) for new, old in found.renamed.items()}
        return Asked(list(found.paths), renamed, notes=found.notes)
    if files_from is not None:
        from azstance.checking.changes import changed_from_list

        paths = [*paths, *changed_from_list(_listed(files_from))]
    return Asked(expanded(paths), stdin_filename=_of_a_kind(stdin_filename))


def _of_a_kind(stdin_filename: str) -> str:
    """The name of standard input, where its suffix is that of a kind of article."""
    from azstance.read.formats import SUFFIXES, suffix_of

    if stdin_filename and suffix_of(stdin_filename) not in SUFFIXES:
        raise ConfigError(
            f'"{stdin_filename}" does not say of what kind the text is',
            where="--stdin-filename",
            remedy=f"Let it end in {', '.join(sorted(SUFFIXES))}.",
        )
    return stdin_filename


def _listed(name: str) -> bytes:
    if name == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise ConfigError(
                "nothing is piped into standard input",
                where="--files-from",
                remedy="Pipe a list of paths in, or name a file.",
            )
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as problem:
        reason = (getattr(problem, "strerror", None) or str(problem)).lower()
        raise ConfigError(
            f"{name} cannot be read ({reason})",
            where="--files-from",
            remedy="Name a file of paths.",
        ) from problem


def expanded(paths: Sequence[str]) -> list[str]:
    """Paths with patterns resolved; a pattern that fits nothing stays, and is told as missing."""
    found: list[str] = []
    for path in paths:
        if re.search(r"[*?\[]", path) and not Path(path).exists():
            from glob import glob

            found += sorted(glob(path, recursive=True)) or [path]  # noqa: PTH207
        else:
            found.append(path)
    return found


def with_files(
    asked: Asked,
    config: Config,
    reference: str | None,
    baseline: str | None,
    *,
    no_baseline: bool = False,
) -> Asked:
    """With the reference and the baseline: those that were named, or those of the settings."""
    from azstance.check import stored

    kept = config.check
    made = "Make it: azstance reference build FOLDER."
    updated = "azstance baseline update makes it."
    found = stored(
        reference or kept.reference_file, given=bool(reference or kept.reference), missing=made
    )
    if no_baseline:
        return replace(asked, reference=found)
    given = bool(baseline or kept.baseline)
    accepted = stored(baseline or kept.baseline_file, given=given, missing=updated)
    return replace(asked, reference=found, baseline=accepted)


def run(asked: Asked, config: Config, quiet: bool) -> CheckReport:
    """Run a check, with a bar on a terminal."""
    from azstance.check import check_paths

    with output.progress(quiet, None) as tick:
        return check_paths(asked, config, tick)


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    from datetime import date

    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise ConfigError(
            f'"{text}" is no day', where="--as-of", remedy="Write it as 2024-03-31."
        ) from None


def _something_there(paths: Sequence[str]) -> None:
    """Where none of the paths is there nothing is loaded, printed or written: only said."""
    if not paths or any(path == "-" or os.path.lexists(path) for path in paths):
        return
    from azstance.read.paths import list_inputs
    from azstance.records import Skipped

    for item in list_inputs(paths):
        if isinstance(item, Skipped):
            closing.say(f"not checked: {item.path or '(empty name)'} {item.reason}")
    raise typer.Exit(INCOMPLETE)


def read_files(paths: Sequence[str]) -> list[str]:
    """All files behind the paths: nothing is ever written over them."""
    from azstance.read.paths import list_inputs
    from azstance.records import Skipped

    found = [item.path for item in list_inputs(paths) if not isinstance(item, Skipped)]
    return [path for path in found if path != "-"]


def _files_of(outputs: list[str] | None, format: str, asked: Asked) -> list[tuple[str, str]]:
    """Formats and files of --output, all checked before any work."""
    from azstance.tomlfile import suggestion

    found = []
    stores = [str(path) for path in (asked.reference, asked.baseline) if path]
    inputs = [*read_files(asked.paths), *stores] if outputs else []
    for text in outputs or ():
        name, sign, file = text.partition("=")
        if not sign or not file or name not in own.FORMATS:
            remedy = f"{suggestion(name, own.FORMATS, 'Formats')} Write it as sarif=check.sarif."
            problem = f'"{text}" names no format and file'
            raise ConfigError(problem, where="--output", remedy=remedy)
        output.check_file(file, inputs)
        found.append((name, file))
    if format not in own.FORMATS:
        remedy = suggestion(format, own.FORMATS, "Formats")
        raise ConfigError(f'there is no format "{format}"', where="--format", remedy=remedy)
    return found


def _rendered(report: CheckReport, format: str) -> list[str]:
    from azstance.render.checks import render_check

    return ["".join(render_check(report, format))]


def _print(report: CheckReport, format: str) -> None:
    """Show the result; a terminal gets its width and colour."""
    from azstance.render.checks import render_check

    with output.printing() as stdout:
        if format != "text":
            stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[attr-defined]
            stdout.writelines(render_check(report, format))
            return
        from azstance.render.console import make_console, show

        console = make_console(stdout)
        colour = console.color_system is not None
        show(console, render_check(report, format, width=console.width, colour=colour))
