"""A code quality report for GitLab: an array of the findings that count, `[]` without any."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from azstance.checking.records import Level, Outcome
from azstance.render.checks import document, selection, summary
from azstance.render.clean import path_text, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.checking.records import Checked, CheckReport, Finding
    from azstance.render.document import Document

_SEVERITY = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}
_UNREADABLE = "blocker"


def render(report: CheckReport) -> Iterator[str]:
    """Unreadable inputs first, then findings by path and line. No two fingerprints are equal."""
    issues = [_failed(each) for each in selection.with_outcome(report, Outcome.FAILED)]
    issues += [_finding(each) for each in selection.counting(report)]
    seen: dict[str, int] = {}
    for issue in issues:
        own = issue["fingerprint"]
        seen[own] = seen.get(own, 0) + 1
        if seen[own] > 1:
            issue["fingerprint"] = _hash(own, str(seen[own]))
    yield document.dumped(issues) + "\n"


def _finding(found: Finding) -> Document:
    return _issue(
        f"{found.rule} {found.name}: {found.message}",
        found.rule,
        found.fingerprint,
        _SEVERITY[found.level],
        (found.path, found.line),
    )


def _failed(item: Checked) -> Document:
    rule = selection.UNREADABLE
    return _issue(
        f"{rule} {selection.UNREADABLE_NAME}: {summary.reason(item)}",
        rule,
        _hash(rule, path_text(item.path), str(item.line or 0)),
        _UNREADABLE,
        (item.path, item.line or 1),
    )


def _issue(text: str, rule: str, own: str, severity: str, place: tuple[str, int]) -> Document:
    path, line = place
    return {
        "description": plain(text),
        "check_name": plain(rule),
        "fingerprint": plain(own),
        "severity": severity,
        "location": {
            "path": path_text(path).removeprefix("./"),
            "lines": {"begin": max(1, line)},
        },
    }


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8")).hexdigest()
