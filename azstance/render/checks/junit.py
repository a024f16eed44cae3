"""JUnit XML: one test case for each file and rule that was run on it.

A rule that was not run has no case; an article with too little text, or in another language, and an
input that was skipped have one that is marked as skipped, so that none of them looks like a pass.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from azstance.checking.records import Outcome
from azstance.render.checks import document, selection, summary
from azstance.render.checks.safe import quoted, shown
from azstance.render.clean import path_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from azstance.checking.records import Checked, CheckReport, Finding, Rule

# Rules on frames, speakers and the outlet's record: they need text that the codebook can code.
_ON_FRAMES = re.compile(r"AZ[345]")
# Saying that there was too little to judge is not a pass of the rule that says so.
_OWN_RULE = {Outcome.TOO_SHORT: "AZ002", Outcome.WITHHELD: "AZ003"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: CheckReport) -> Iterator[str]:
    """One test suite named "azstance", without times and host names."""
    suite = ET.Element("testsuite", name="azstance")
    ET.SubElement(_properties(suite), "property", name="version", value=_text(report.version))
    listed, others = selection.by_input(report)
    for item, found in listed:
        _input(suite, report, item, found)
    for (path, rule), found in _by_rule(others).items():
        _case(suite, report, (path, f"{rule} {found[0].name}"), found)
    _count(suite)
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield ET.tostring(root, encoding="unicode") + "\n"


def _input(suite: ET.Element, report: CheckReport, item: Checked, found: list[Finding]) -> None:
    several = f" (line {item.line})" if item.line else ""
    if item.outcome is Outcome.FAILED:
        name = f"{selection.UNREADABLE} {selection.UNREADABLE_NAME}{several}"
        _mark(_element(suite, item.path, name), "error", summary.reason(item), kind="unreadable")
        return
    own = _OWN_RULE.get(item.outcome)
    if item.outcome is not Outcome.CHECKED and own not in {each.rule for each in found}:
        case = _element(suite, item.path, f"{item.outcome}{several}")
        _mark(case, "skipped", summary.reason(item))
    named = {rule.id: rule.name for rule in report.rules if _was_run(rule, item)}
    grouped: dict[str, list[Finding]] = {}
    for each in found:
        grouped.setdefault(each.rule, []).append(each)
        named.setdefault(each.rule, each.name)
    for rule, name in sorted(named.items()):
        names = (item.path, f"{rule} {name}{several}")
        skip = summary.reason(item) if rule == own else ""
        _case(suite, report, names, grouped.get(rule, []), skip)


def _was_run(rule: Rule, item: Checked) -> bool:
    if item.outcome is Outcome.SKIPPED:
        return False
    if item.outcome is Outcome.WITHHELD and _ON_FRAMES.match(rule.id):
        return False
    return not rule.measured or item.tests > 0


def _case(
    suite: ET.Element,
    report: CheckReport,
    names: tuple[str, str],
    found: Sequence[Finding],
    skip: str = "",
) -> None:
    """A test case. With a reason to `skip`, it is marked as skipped where it would have passed."""
    case = _element(suite, *names)
    _measures(case, found)
    limit = report.fail_on
    fails = [f for f in found if f.counts and limit is not None and f.level.rank <= limit.rank]
    aside = [f for f in found if not f.counts]
    if fails:
        more = f" (and {len(fails) - 1} more)" if len(fails) > 1 else ""
        kind = min((f.level for f in fails), key=lambda level: level.rank)
        failure = _mark(case, "failure", fails[0].message + more, kind=kind)
        failure.text = "\n".join(_text(line) for each in fails for line in _lines(each))
    elif aside and len(aside) == len(found):
        _mark(case, "skipped", "; ".join(_aside(each) for each in aside))
    elif skip:
        _mark(case, "skipped", skip)
    rest = [f for f in found if f not in fails]
    if rest:
        lines = [_text(line) for each in rest for line in _lines(each)]
        ET.SubElement(case, "system-out").text = "\n".join(lines)


def _element(suite: ET.Element, path: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_text(path_text(path)), name=_text(name))


def _mark(case: ET.Element, tag: str, message: str, *, kind: str | None = None) -> ET.Element:
    mark = ET.SubElement(case, tag, message=_text(message))
    if kind:
        mark.set("type", kind)
    return mark


def _measures(case: ET.Element, found: Sequence[Finding]) -> None:
    for each in found:
        for key, value in document.measure(each.measure).items() if each.measure else ():
            properties = case.find("properties")
            parent = _properties(case) if properties is None else properties
            text = "n/a" if value is None else str(value)
            ET.SubElement(parent, "property", name=f"measure.{key}", value=_text(text))


def _properties(parent: ET.Element) -> ET.Element:
    return ET.SubElement(parent, "properties")


def _lines(found: Finding) -> Iterator[str]:
    state = "" if found.counts else f" ({_aside(found)})"
    yield f"{found.level} in line {found.line}{state}: {found.message}"
    for each in found.evidence:
        yield f"line {each.line}: {quoted(each.text)}"
    if found.remedy:
        yield f"What to do: {found.remedy}"


def _aside(found: Finding) -> str:
    if found.suppressed is not None:
        return f"suppressed: {found.suppressed or 'no reason given'}"
    return f"accepted: {found.accepted or 'no reason given'}"


def _by_rule(found: list[Finding]) -> dict[tuple[str, str], list[Finding]]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for each in sorted(found, key=lambda each: (each.path, each.rule)):
        groups.setdefault((each.path, each.rule), []).append(each)
    return groups


def _count(suite: ET.Element) -> None:
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in cases)))


def _text(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", shown(text))
