"""SARIF 2.1.0 (OASIS, with errata 01): one run, one result for each rule and line.

Findings of one rule on one line are merged, but never one that counts with one that does not: that
would hide the first or revive the second. No times, no host names, no absolute paths of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.checking.records import Outcome
from azstance.render.checks import document, selection, summary
from azstance.render.checks.sarif_parts import location, message
from azstance.render.clean import path_text, plain
from azstance.render.document import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.checking.records import Checked, CheckReport, Finding, Rule
    from azstance.render.document import Document

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "azstance/v1"


def render(report: CheckReport) -> Iterator[str]:
    """One log with one run."""
    run = {
        "tool": {"driver": _driver(report)},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {
            "%SRCROOT%": {"description": {"text": "The root of the repository that was checked."}}
        },
        "results": _results(report),
        "columnKind": "unicodeCodePoints",
        "properties": _properties(report),
    }
    yield document.dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _driver(report: CheckReport) -> Document:
    return {
        "name": "azstance",
        "version": plain(report.version),
        "rules": [_rule(each) for each in selection.rules(report)],
    }


def _rule(rule: Rule) -> Document:
    return {
        "id": plain(rule.id),
        "name": plain(rule.name),
        "shortDescription": message(rule.summary),
        "fullDescription": message(rule.why),
        "help": message(rule.remedy),
        "defaultConfiguration": {"level": str(rule.level)},
        "properties": {"measured": rule.measured},
    }


def _invocation(report: CheckReport) -> Document:
    failed = selection.with_outcome(report, Outcome.FAILED)
    skipped = selection.with_outcome(report, Outcome.SKIPPED)
    told = [_notice(each, "error") for each in failed]
    told += [_notice(each, "note") for each in skipped]
    told += [{"level": "note", "message": message(note)} for note in report.notes]
    return {
        "executionSuccessful": not report.failed,
        "exitCode": report.status,
        "toolExecutionNotifications": told,
    }


def _notice(item: Checked, level: str) -> Document:
    about = {"associatedRule": {"id": selection.UNREADABLE}} if level == "error" else {}
    return {
        **about,
        "level": level,
        "message": message(f"{item.outcome}: {summary.reason(item)}"),
        "locations": [location(item.path, item.line or 1)],
    }


def _properties(report: CheckReport) -> Document:
    return {
        "ruleset": plain(report.ruleset),
        "codebook": plain(report.codebook),
        "model": plain(report.model),
        "reference": path_text(report.reference) if report.reference is not None else None,
        "tests": report.tests,
        "expectedFalseAlarms": number(report.expected),
    }


def _results(report: CheckReport) -> list[Document]:
    known = {rule.id: index for index, rule in enumerate(selection.rules(report))}
    groups: dict[tuple[str, str, int, bool], list[Finding]] = {}
    for each in selection.findings(report):
        groups.setdefault((each.path, each.rule, each.line, each.counts), []).append(each)
    return [_result(group, known) for group in groups.values()]


def _result(group: list[Finding], known: dict[str, int]) -> Document:
    first = group[0]
    index = {"ruleIndex": known[first.rule]} if first.rule in known else {}
    worst = min((each.level for each in group), key=lambda level: level.rank)
    own = {"suppressions": _suppressions(group)} if not first.counts else {}
    evidence = list(dict.fromkeys(line for each in group for line in each.evidence))
    here = next((each for each in evidence if each.line == first.line), None)
    others = [each for each in evidence if each is not here]
    related: list[Document] = []
    for place in (location(first.path, each.line, each.text) for each in others):
        related += [place] if place not in related else []
    return {
        "ruleId": plain(first.rule),
        **index,
        "level": str(worst),
        "message": message(" ".join(dict.fromkeys(each.message for each in group))),
        "locations": [location(first.path, first.line, here.text if here else None)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {FINGERPRINT: plain(first.fingerprint)},
        **own,
        "properties": {
            "article": plain(first.article),
            "fingerprints": [plain(each.fingerprint) for each in group],
            "measures": [document.measure(each.measure) for each in group if each.measure],
        },
    }


def _suppressions(group: list[Finding]) -> list[Document]:
    kinds = [("inSource", plain(each.suppressed)) for each in group if each.suppressed is not None]
    kinds += [("external", plain(each.accepted)) for each in group if each.accepted is not None]
    return [{"kind": kind, "justification": why} for kind, why in dict.fromkeys(kinds)]
