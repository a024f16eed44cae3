"""One line a finding: `path:line: level AZ301 unattributed-claim: message`, then a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.checking.records import Level, Outcome
from azstance.render.checks import selection, summary
from azstance.render.checks.safe import shown, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.checking.records import CheckReport


def render(report: CheckReport) -> Iterator[str]:
    """Failed inputs and findings that count, by path; one line each."""
    lines = []
    for each in selection.with_outcome(report, Outcome.FAILED):
        named = f"{selection.UNREADABLE} {selection.UNREADABLE_NAME}"
        text = f"{selection.place(each)}: {Level.ERROR} {named}: {shown(summary.reason(each))}"
        lines.append(((each.path, each.line or 0), text))
    for found in selection.counting(report):
        where = f"{shown_path(found.path)}:{found.line}"
        named = f"{shown(found.rule)} {shown(found.name)}"
        text = f"{where}: {found.level} {named}: {shown(found.message)}"
        lines.append(((found.path, found.line), text))
    for _, text in sorted(lines, key=lambda line: line[0]):
        yield f"{text}\n"
    yield f"{last_line(report)}\n"


def last_line(report: CheckReport) -> str:
    """The summary of a run on one line."""
    return f"{summary.outcomes(report)}: {summary.found(report)}. {summary.closing(report)}"
