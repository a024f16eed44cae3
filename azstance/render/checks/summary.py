"""The end of every output for people: how much was checked, what was found, what the status is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.checking.records import Level, Outcome
from azstance.render.checks import selection
from azstance.render.checks.safe import shown, shown_path
from azstance.render.clean import plain
from azstance.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from azstance.checking.records import Checked, CheckReport, Finding

_OUTCOMES = {
    Outcome.TOO_SHORT: "too short to measure",
    Outcome.WITHHELD: "withheld (not in a language of the codebook)",
    Outcome.SKIPPED: "skipped",
    Outcome.FAILED: "failed",
}


def outcomes(report: CheckReport) -> str:
    """ "2 articles checked, 1 too short to measure, 1 failed"."""
    parts = [counted(len(selection.with_outcome(report, Outcome.CHECKED)), "article") + " checked"]
    for outcome, words in _OUTCOMES.items():
        number = len(selection.with_outcome(report, outcome))
        parts += [f"{number} {words}"] if number else []
    return ", ".join(parts)


def levels(found: Iterable[Finding], *, zeros: bool = False) -> str:
    """ "1 error, 2 notes" of the findings that count; "" where there are none."""
    listed = [each.level for each in found if each.counts]
    numbers = ((level, listed.count(level)) for level in Level)
    return ", ".join(counted(number, level.value) for level, number in numbers if number or zeros)


def set_aside(found: Sequence[Finding]) -> str:
    """ "1 suppressed in the file, 2 accepted in the baseline"; "" where there are none."""
    suppressed = sum(each.suppressed is not None for each in found)
    accepted = sum(each.suppressed is None and each.accepted is not None for each in found)
    parts = [f"{suppressed} suppressed in the file"] if suppressed else []
    parts += [f"{accepted} accepted in the baseline"] if accepted else []
    return ", ".join(parts)


def found(report: CheckReport) -> str:
    """The counts per level, with zeros, and what does not count. Unreadable inputs are errors."""
    listed = selection.all_findings(report)
    aside = set_aside(listed)
    return levels(listed, zeros=True) + (f"; not counted: {aside}" if aside else "")


def tests(report: CheckReport) -> str:
    """How many tests the measured rules made, and how many false alarms that gives."""
    if not report.tests:
        return "No test against an outlet's own articles was run."
    return (
        f"{counted(report.tests, 'test')} against the outlets' own articles; "
        f"{report.expected:.2f} false alarms are expected by chance alone."
    )


def made_with(report: CheckReport) -> str:
    """What the figures depend on."""
    reference = shown_path(report.reference) if report.reference else "none"
    return (
        f"azstance {shown(report.version)}, ruleset {shown(report.ruleset)}, "
        f"codebook {shown(report.codebook)}, model {shown(report.model)}, reference {reference}"
    )


def fate(item: Checked, found: Sequence[Finding]) -> str:
    """What became of an input, in words."""
    if item.outcome in (Outcome.FAILED, Outcome.SKIPPED):
        return f"{item.outcome}: {shown(reason(item))}"
    parts = [levels(found), set_aside(found)]
    counts = ", ".join(part for part in parts if part) or "nothing found"
    if item.outcome is Outcome.CHECKED:
        return f"checked: {counts}"
    return f"{_OUTCOMES[item.outcome]}: {shown(reason(item))}; {counts}"


def reason(item: Checked) -> str:
    """Why an input was not simply checked. It is article data: a log needs `safe.shown` as well."""
    return plain(item.reason).strip() or "no reason given"


def is_clean(item: Checked, found: Sequence[Finding]) -> bool:
    """Whether there is nothing to say of an input."""
    return item.outcome is Outcome.CHECKED and not any(each.counts for each in found)


def closing(report: CheckReport) -> str:
    """What the exit status is, and why."""
    status = f"Exit status {report.status}"
    if report.failed:
        number = len(selection.with_outcome(report, Outcome.FAILED))
        them = "it" if number == 1 else "them"
        return f"{status}: {counted(number, 'input')} could not be read; no rule looked at {them}."
    limit = report.fail_on
    if limit is None:
        return f"{status}: whatever is found, the status stays 0 (--fail-on never)."
    number = sum(each.counts and each.level.rank <= limit.rank for each in report.findings)
    worse = "" if limit is Level.ERROR else " or worse"
    if number:
        what = f"{counted(number, 'finding')} of level {limit}{worse}"
    elif all(each.outcome is Outcome.SKIPPED for each in report.inputs):
        what = "there was nothing to check"
    else:
        what = f"no finding of level {limit}{worse}"
    return f"{status}: {what} (--fail-on {limit})."
