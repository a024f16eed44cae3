"""CheckReport -> plain dicts and lists: what json and jsonl write, and what the schema describes.

Keys come in the order in which they are read, figures have six decimals, text is free of control
characters.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from azstance.checking.records import Level, Outcome
from azstance.render.checks import selection
from azstance.render.checks.safe import json_safe
from azstance.render.clean import path_text, plain
from azstance.render.document import Document, number

if TYPE_CHECKING:
    from azstance.checking.records import Checked, CheckReport, Finding, Measure, Rule

SCHEMA_VERSION = "1"


def header(report: CheckReport) -> Document:
    """What was run: versions, the rules that were selected, the level that fails."""
    return {
        "schema": SCHEMA_VERSION,
        "version": plain(report.version),
        "ruleset": plain(report.ruleset),
        "codebook": plain(report.codebook),
        "model": plain(report.model),
        "reference": path_text(report.reference) if report.reference is not None else None,
        "fail_on": str(report.fail_on or "never"),
        "rules": [rule(each) for each in selection.rules(report)],
    }


def summary(report: CheckReport) -> Document:
    """What came of it. `counts` is of findings that are neither suppressed nor accepted."""
    found = report.findings
    ends = [each.outcome for each in report.inputs]
    return {
        "outcomes": {word(each): ends.count(each) for each in Outcome},
        "counts": {str(level): report.count(level) for level in Level},
        "suppressed": sum(each.suppressed is not None for each in found),
        "accepted": sum(each.suppressed is None and each.accepted is not None for each in found),
        "tests": report.tests,
        "expected": number(report.expected),
        "notes": [plain(note) for note in report.notes],
        "status": report.status,
    }


def inputs(report: CheckReport) -> list[Document]:
    """Every input and its outcome."""
    return [item(each) for each in selection.inputs(report)]


def findings(report: CheckReport) -> list[Document]:
    """Every finding, also those that do not count."""
    return [finding(each) for each in selection.all_findings(report)]


def rule(value: Rule) -> Document:
    """A rule as it was selected, with its level."""
    return {
        "id": plain(value.id),
        "name": plain(value.name),
        "level": str(value.level),
        "summary": plain(value.summary),
        "why": plain(value.why),
        "remedy": plain(value.remedy),
        "whole": value.whole,
        "measured": value.measured,
    }


def item(value: Checked) -> Document:
    """An input and what became of it."""
    return {
        "path": path_text(value.path),
        "line": value.line,
        "outcome": word(value.outcome),
        "reason": plain(value.reason),
        "id": plain(value.id),
        "article": plain(value.article),
        "sentences": value.sentences,
        "tests": value.tests,
    }


def finding(value: Finding) -> Document:
    """A finding. `counts` is false where it is suppressed or accepted."""
    return {
        "rule": plain(value.rule),
        "name": plain(value.name),
        "level": str(value.level),
        "path": path_text(value.path),
        "line": value.line,
        "article": plain(value.article),
        "message": plain(value.message),
        "remedy": plain(value.remedy),
        "evidence": [{"line": each.line, "text": plain(each.text)} for each in value.evidence],
        "measure": measure(value.measure) if value.measure else None,
        "counts": value.counts,
        "suppressed": _optional(value.suppressed),
        "accepted": _optional(value.accepted),
        "fingerprint": plain(value.fingerprint),
    }


def measure(value: Measure) -> Document:
    """What was compared with what."""
    return {
        "name": plain(value.name),
        "value": number(value.value),
        "center": number(value.center),
        "n": value.n,
        "p": number(value.p),
        "alpha": number(value.alpha),
        "effect": number(value.effect),
    }


def word(outcome: Outcome) -> str:
    """The outcome as one word: "too_short"."""
    return outcome.value.replace(" ", "_")


def dumped(value: object, *, indent: int | None = 2) -> str:
    """JSON text, harmless in the log of a CI job. Without `indent` it is compact and one line."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(
        value, indent=indent, separators=separators, ensure_ascii=False, allow_nan=False
    )
    return json_safe(text)


def _optional(text: str | None) -> str | None:
    return None if text is None else plain(text)
