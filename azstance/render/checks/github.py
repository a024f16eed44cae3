"""Workflow commands of GitHub Actions: annotations in the pull request, then plain lines.

The runner shows ten annotations of a level in a step and drops the others without a word, so the
others are counted here. The markdown format is the place for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.checking.records import Level, Outcome
from azstance.render.checks import concise, selection, summary
from azstance.render.checks.safe import quoted, shown
from azstance.render.clean import path_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.checking.records import Checked, CheckReport, Finding

MOST = 10
MOST_EVIDENCE = 3
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: CheckReport) -> Iterator[str]:
    """At most ten commands a level, the worst level first."""
    found = selection.counting(report)
    more = 0
    for level in Level:
        commands = [_finding(each) for each in found if each.level is level]
        if level is Level.ERROR:
            failed = selection.with_outcome(report, Outcome.FAILED)
            commands = [*map(_failed, failed), *commands]
        yield from commands[:MOST]
        more += max(0, len(commands) - MOST)
    if more:
        yield f"{more} more {'is' if more == 1 else 'are'} in the summary\n"
    yield f"{concise.last_line(report)}\n"


def _failed(item: Checked) -> str:
    title = f"{selection.UNREADABLE} {selection.UNREADABLE_NAME}"
    return _command(Level.ERROR, item.path, item.line, title, [summary.reason(item)])


def _finding(found: Finding) -> str:
    lines = [found.message]
    lines += [f"line {each.line}: {quoted(each.text)}" for each in found.evidence[:MOST_EVIDENCE]]
    more = len(found.evidence) - MOST_EVIDENCE
    lines += [f"and {more} more"] if more > 0 else []
    lines += [f"What to do: {found.remedy}"] if found.remedy else []
    title = f"{found.rule} {found.name}"
    return _command(found.level, found.path, found.line, title, lines)


def _command(level: Level, path: str, line: int | None, title: str, text: list[str]) -> str:
    properties = {
        "file": path_text(path).removeprefix("./"),
        "line": str(line) if line else "",
        "title": title,
    }
    given = ",".join(
        f"{key}={shown(value).translate(_PROPERTY)}" for key, value in properties.items() if value
    )
    data = "\n".join(shown(each) for each in text).translate(_DATA)
    return f"::{_COMMANDS[level]} {given}::{data}\n"
