"""The commands around azstance check: reference, baseline, rule, config."""

# ruff: noqa: PLR0913, PLR0917 (an option of a command is a parameter of its function)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from azstance.cli import INCOMPLETE, checking, closing, output
from azstance.cli import check_options as own
from azstance.cli import options as opt
from azstance.rulebook import all_rules, rules_named

if TYPE_CHECKING:
    from azstance.checking.records import CheckReport
    from azstance.config import Config


def reference_build(
    paths: opt.Paths,
    to: own.To = "",
    encoding: opt.Encoding = None,
    codebook: opt.Codebook = None,
    pipeline: opt.Pipeline = None,
    model: opt.Model = None,
    jobs: opt.Jobs = None,
    quiet: opt.Quiet = False,
) -> None:
    """Make the record of each outlet from its articles.

    PATH is a file or a folder of articles whose outlet is known. The file holds a line for each
    article, to be reviewed and kept beside them.
    """
    config = checking.settings(
        {"encoding": encoding, "codebook": codebook, "pipeline": pipeline, "model": model,
         "jobs": jobs}
    )  # fmt: skip
    from azstance.check import Asked, build_reference

    to = to or config.check.reference_file
    asked = Asked(checking.expanded(paths), reference=Path(to))
    output.check_file(to, [] if _is_reference(to) else checking.read_files(asked.paths))
    from azstance.checking.reference import reference_text
    from azstance.render.checks.stores import reference_summary

    with output.progress(quiet, None) as tick:
        made, skipped = build_reference(asked, config, tick)
    failed = closing.not_scored(skipped)
    if not made.articles:
        closing.say(f"nothing was read; {to} is left as it was.")
        raise typer.Exit(INCOMPLETE)
    output.write_lines(to, [reference_text(made)])
    with output.printing() as stdout:
        stdout.writelines(reference_summary(made, config.check.thresholds))
    if failed:
        raise typer.Exit(INCOMPLETE)


def reference_show(file: own.File = None) -> None:
    """Show what the reference has of each outlet, and whether it is enough for an alarm.

    FILE is a reference; without it the one of the settings is shown.
    """
    config = checking.settings({})
    from azstance.check import stored
    from azstance.checking.reference import load_reference
    from azstance.render.checks.stores import reference_summary

    missing = "Make one: azstance reference build FOLDER."
    path = stored(file or config.check.reference_file, given=True, missing=missing)
    made = load_reference(path or Path(config.check.reference_file))
    with output.printing() as stdout:
        stdout.writelines(reference_summary(made, config.check.thresholds))


def baseline_update(
    paths: opt.Paths,
    reason: own.Reason = "",
    baseline: own.Baseline = None,
    reference: own.Reference = None,
    batch: own.Batch = False,
    select: own.Select = None,
    ignore: own.Ignore = None,
    model: opt.Model = None,
    jobs: opt.Jobs = None,
    quiet: opt.Quiet = False,
) -> None:
    """Accept the present findings of articles: azstance check no longer counts them.

    Entries are added and never removed. A measured finding fires again when the article gets worse.
    """
    config = checking.settings({"model": model, "jobs": jobs}, select, ignore)
    file = baseline or config.check.baseline_file
    report, entries = _with_entries(paths, config, file, reference, batch, quiet)
    from azstance.check import baseline_after
    from azstance.checking.baseline import baseline_text

    after = baseline_after(report, entries, reason)
    output.write_lines(file, [baseline_text(after.values())])
    added = len(after) - len(entries)
    again = sum(after[key] != entry for key, entry in entries.items())
    more = f", {again} accepted anew" if again else ""
    _say(f"{file}: {added} added{more}, {len(after)} in all.")
    if report.failed:
        raise typer.Exit(INCOMPLETE)


def baseline_prune(
    paths: opt.Paths,
    baseline: own.Baseline = None,
    reference: own.Reference = None,
    batch: own.Batch = False,
    model: opt.Model = None,
    jobs: opt.Jobs = None,
    quiet: opt.Quiet = False,
) -> None:
    """Remove entries of these articles whose finding is no longer there. Nothing is added."""
    config = checking.settings({"model": model, "jobs": jobs})
    file = baseline or config.check.baseline_file
    report, entries = _with_entries(paths, config, file, reference, batch, quiet)
    from azstance.check import baseline_pruned
    from azstance.checking.baseline import baseline_text

    after = baseline_pruned(report, entries)
    if len(after) < len(entries):
        output.write_lines(file, [baseline_text(after.values())])
    _say(f"{file}: {len(entries) - len(after)} removed, {len(after)} left.")
    if report.failed:
        raise typer.Exit(INCOMPLETE)


def baseline_show(baseline: own.Baseline = None) -> None:
    """Show the findings that were accepted, and why."""
    config = checking.settings({})
    from azstance.check import stored
    from azstance.checking.baseline import load_baseline
    from azstance.render.checks.stores import baseline_lines

    missing = "azstance baseline update makes one."
    path = stored(baseline or config.check.baseline_file, given=True, missing=missing)
    entries = load_baseline(path or Path(config.check.baseline_file))
    with output.printing() as stdout:
        stdout.writelines(baseline_lines(entries.values()))


def rule(name: own.Name = None) -> None:
    """Say what a rule measures, what it means and what to do; without ID list all rules."""
    from azstance.render.checks.stores import rule_lines, rule_text

    config = checking.settings({})
    if name is None:
        lines = list(rule_lines([(r, config.check.level(r.id)) for r in all_rules().values()]))
    else:
        ids = sorted(rules_named([name], "azstance rule"))
        lines = [rule_text(all_rules()[id], config.check.level(id)) for id in ids]
    with output.printing() as stdout:
        stdout.writelines(lines)


def config_show() -> None:
    """Show every setting that holds here, and where it was made."""
    from azstance.render.checks.stores import setting_lines

    config = checking.settings({})
    with output.printing() as stdout:
        stdout.writelines(setting_lines(config))


_ACCEPT = 'azstance baseline update articles/ --reason "checked by hand"'
_GROUPS: dict[str, tuple[str, list[tuple[Callable[..., None], str, str]]]] = {
    "reference": (
        "The record that new articles are held against.",
        [
            (reference_build, "azstance reference build articles/", "Make it."),
            (reference_show, "azstance reference show", "Show it."),
        ],
    ),
    "baseline": (
        "The findings that were accepted.",
        [
            (baseline_update, _ACCEPT, "Accept the present findings."),
            (baseline_prune, "azstance baseline prune articles/", "Remove what matches nothing."),
            (baseline_show, "azstance baseline show", "Show them."),
        ],
    ),
    "config": ("The settings.", [(config_show, "azstance config show", "Show what holds here.")]),
}


def register(app: typer.Typer, settings: dict[str, Any]) -> None:
    """Add the commands to the program."""
    app.command(
        short_help="Check new articles, for continuous integration.",
        epilog="Examples: azstance check articles/\n\n"
        f"azstance check --changed-since origin/main --format github\n\n{checking.STATUS}",
    )(checking.check)
    app.command(short_help="Say what a rule measures.", epilog="Example: azstance rule AZ401")(rule)
    for name, (help, commands) in _GROUPS.items():
        first = commands[0][1]
        group = typer.Typer(name=name, help=help, epilog=f"Example: {first}", **settings)
        for function, example, short in commands:
            group.command(example.split()[2], short_help=short, epilog=f"Example: {example}")(
                function
            )
        app.add_typer(group)


def _with_entries(
    paths: list[str],
    config: Config,
    file: str,
    reference: str | None,
    batch: bool,
    quiet: bool,
) -> tuple[CheckReport, dict[str, Any]]:
    """A check of the paths as if there were no baseline, and the entries of the baseline."""
    from azstance.check import Asked
    from azstance.checking.baseline import load_baseline

    entries = load_baseline(Path(file)) if Path(file).is_file() else {}
    output.check_file(file, [])
    config = replace(config, check=replace(config.check, baseline=file))
    asked = checking.with_files(
        Asked(checking.expanded(paths)), config, reference, None, no_baseline=True
    )
    report = checking.run(replace(asked, batch=batch), config, quiet)
    for item in report.inputs:
        if item.outcome == "failed":
            closing.say(f"not checked: {item.path} {item.reason}")
    return report, entries


def _is_reference(name: str) -> bool:
    from azstance.checking.reference import load_reference
    from azstance.errors import ConfigError

    try:
        load_reference(Path(name))
    except ConfigError:
        return False
    return True


def _say(line: str) -> None:
    from azstance.render.clean import plain

    with output.printing() as stdout:
        stdout.write(f"{plain(line)}\n")
