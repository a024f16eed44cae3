"""What every format shows of a report, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.checking.records import Outcome
from azstance.render.checks.safe import shown_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.checking.records import Checked, CheckReport, Finding, Rule

UNREADABLE = "AZ001"
UNREADABLE_NAME = "unreadable"
_ANY = 0  # of any line: lines are counted from 1


def inputs(report: CheckReport) -> list[Checked]:
    """All inputs, by path and line."""
    return sorted(report.inputs, key=lambda i: (i.path, i.line or 0, i.article, i.outcome))


def with_outcome(report: CheckReport, outcome: Outcome) -> list[Checked]:
    """The inputs with this outcome."""
    return [each for each in inputs(report) if each.outcome is outcome]


def all_findings(report: CheckReport) -> list[Finding]:
    """All findings, by path, line, rule and fingerprint."""
    return sorted(report.findings, key=lambda f: (f.path, f.line, f.rule, f.fingerprint, f.message))


def findings(report: CheckReport) -> list[Finding]:
    """All findings but those that only repeat that an input could not be read.

    A format that lists the failed inputs with their reasons says so already.
    """
    failed = {each.path for each in report.inputs if each.outcome is Outcome.FAILED}
    return [f for f in all_findings(report) if f.rule != UNREADABLE or f.path not in failed]


def counting(report: CheckReport) -> list[Finding]:
    """Those findings that are neither suppressed nor accepted."""
    return [each for each in findings(report) if each.counts]


def rules(report: CheckReport) -> list[Rule]:
    """The rules that were selected, by id."""
    return sorted(report.rules, key=lambda rule: rule.id)


def by_path(found: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Findings under their path, in the order of the paths."""
    groups: dict[str, list[Finding]] = {}
    for each in found:
        groups.setdefault(each.path, []).append(each)
    return dict(sorted(groups.items()))


def by_input(report: CheckReport) -> tuple[list[tuple[Checked, list[Finding]]], list[Finding]]:
    """Each input with its findings, then the findings that belong to none of them.

    A file may hold several articles. A finding belongs to the input with its article, else to that
    of its line, else to the first of the file: an input that was not read has no article.
    """
    listed: list[tuple[Checked, list[Finding]]] = [(each, []) for each in inputs(report)]
    homes: dict[tuple[str, str | int | None], list[Finding]] = {}
    for item, found in listed:
        for key in (item.article or None, item.line, _ANY):
            homes.setdefault((item.path, key), found)
    others: list[Finding] = []
    for finding in findings(report):
        keys = ((finding.path, key) for key in (finding.article or None, finding.line, _ANY))
        next((homes[key] for key in keys if key in homes), others).append(finding)
    return listed, others


def place(item: Checked) -> str:
    """Where an input is: its path, and the line of the record if it is one of several."""
    return shown_path(item.path) + (f":{item.line}" if item.line else "")
