"""What the outputs say: the right findings, at the right place, with the right status."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from azstance.checking.records import CheckReport, Evidence, Level, Outcome
from azstance.render.checks import markdown, render_check
from azstance.render.checks.sarif_parts import artifact, message

from .sample import HOSTILE, checked, finding, make_clean_report, make_report

PATH = "articles/de facto.txt"


def text_of(report: CheckReport, format: str, **options: Any) -> str:
    return "".join(render_check(report, format, **options))


def with_findings(*found: Any, fail_on: Level | None = Level.ERROR) -> CheckReport:
    paths = dict.fromkeys(each.path for each in found)
    inputs = tuple(checked(path, sentences=30, tests=2) for path in paths)
    return replace(make_clean_report(0), inputs=inputs, findings=found, fail_on=fail_on)


@pytest.mark.parametrize("format", ["text", "concise", "github", "markdown"])
def test_nothing_checked_is_said(format: str) -> None:
    assert "0 articles checked" in text_of(make_clean_report(0), format)


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (make_report(), "2: 2 inputs could not be read; no rule looked at them."),
        (with_findings(finding("AZ010", "a", 1)), "1: 1 finding of level error (--fail-on error)."),
        (
            with_findings(finding("AZ003", "a", 1), finding("AZ010", "a", 1), fail_on=Level.NOTE),
            "1: 2 findings of level note or worse (--fail-on note).",
        ),
        (
            with_findings(finding("AZ003", "a", 1)),
            "0: no finding of level error (--fail-on error).",
        ),
        (
            with_findings(finding("AZ010", "a", 1, suppressed="why")),
            "0: no finding of level error (--fail-on error).",
        ),
        (
            with_findings(finding("AZ010", "a", 1), fail_on=None),
            "0: whatever is found, the status stays 0 (--fail-on never).",
        ),
        (make_clean_report(0), "0: there was nothing to check (--fail-on error)."),
    ],
)
def test_the_last_line_says_the_status_and_why(report: CheckReport, line: str) -> None:
    wide = text_of(report, "text", width=200)
    assert wide.endswith(f"\nExit status {line}\n")
    assert line.startswith(str(report.status))
    for format in ("concise", "github"):
        assert text_of(report, format).endswith(f"Exit status {line}\n")
    assert f"Exit status {line}".split(" (")[0] in text_of(report, "markdown")


@pytest.mark.parametrize("format", ["text", "concise", "github", "gitlab", "markdown"])
def test_what_is_set_aside_is_not_shown_as_a_finding(format: str) -> None:
    shown = text_of(make_report(), format)
    assert "No speaker is named here either." in shown
    assert "A third claim." not in shown
    assert "A fourth claim." not in shown


@pytest.mark.parametrize("format", ["json", "jsonl", "sarif", "junit"])
def test_what_is_set_aside_is_marked_elsewhere(format: str) -> None:
    shown = text_of(make_report(), format)
    assert "A third claim." in shown
    assert "named in the headline" in shown


@pytest.mark.parametrize("count", [3, 4, 7])
def test_at_most_three_lines_of_evidence(count: int) -> None:
    evidence = tuple(Evidence(n, f"Sentence {n}.") for n in range(1, count + 1))
    shown = text_of(with_findings(finding("AZ401", "a", 1, evidence=evidence)), "text")
    assert re.findall(r"^ +line (\d): “Sentence \1\.”$", shown, re.MULTILINE) == ["1", "2", "3"]
    assert (f"      and {count - 3} more\n" in shown) == (count > 3)


@pytest.mark.parametrize(("count", "listed"), [(20, True), (21, False)])
def test_many_inputs_are_not_listed_where_clean(count: int, listed: bool) -> None:
    report = make_clean_report(count)
    shown = text_of(report, "text")
    assert ("a/007.txt - checked: nothing found" in shown) == listed
    assert (f"and {count} articles with nothing to report" in shown) != listed
    odd = (
        checked("f.txt", Outcome.FAILED, "no such file"),
        checked("s.png", Outcome.SKIPPED, "a picture"),
        checked("t.txt", Outcome.TOO_SHORT, "2 sentences"),
        checked("w.txt", Outcome.WITHHELD, "Russian"),
    )
    shown = text_of(replace(report, inputs=(*report.inputs, *odd)), "text", width=120)
    assert "f.txt - failed: no such file\n" in shown
    assert "s.png - skipped: a picture\n" in shown
    assert "t.txt - too short to measure: 2 sentences; nothing found\n" in shown
    assert "w.txt - withheld (not in a language of the codebook): Russian; nothing found\n" in shown
    assert f"{count} articles checked, 1 too short" in shown


def test_concise() -> None:
    lines = text_of(make_report(), "concise").splitlines()
    assert f"{PATH}:14: note AZ301 unattributed-claim: No speaker is named." in lines
    assert "broken.txt: error AZ001 unreadable: not UTF-8: byte 0xff at 17" in lines
    assert sum("broken.txt" in line for line in lines) == 1


def test_github_shows_ten_of_each_level_the_worst_first() -> None:
    rules = ("AZ301", "AZ010", "AZ003")
    found = [finding(rule, "a", n) for rule in rules for n in range(1, 13)]
    report = with_findings(*found)
    report = replace(report, inputs=(*report.inputs, checked("b", Outcome.FAILED, "gone")))
    lines = text_of(report, "github").splitlines()
    levels = [line.split(" ")[0] for line in lines[:-2]]
    assert levels == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert lines[0] == "::error file=b,title=AZ001 unreadable::gone"
    assert lines[-2] == "7 more are in the summary"


def test_github_escapes() -> None:
    report = with_findings(finding("AZ010", "a:b,c%\r\nd", 2, "100%: a, b"))
    line = text_of(report, "github").splitlines()[0]
    assert line.startswith("::error file=a%3Ab%2Cc%25  d,line=2,title=AZ010 missing-metadata::")
    assert line.split("::", 2)[2] == "100%25: a, b%0AWhat to do: Give all three."


def results(report: CheckReport) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text_of(report, "sarif"))["runs"][0]["results"]
    return found


def test_sarif_has_one_result_for_each_rule_and_line() -> None:
    claims = [each for each in results(make_report()) if each["ruleId"] == "AZ301"]
    counting, third, fourth = claims
    assert counting["message"]["text"] == "No speaker is named. No speaker is named here either."
    assert len(counting["properties"]["fingerprints"]) == 2
    assert "suppressions" not in counting
    assert third["suppressions"] == [{"kind": "inSource", "justification": "named in the headline"}]
    assert [each["kind"] for each in fourth["suppressions"]] == ["inSource", "external"]
    measured = next(each for each in results(make_report()) if each["ruleId"] == "AZ401")
    assert measured["properties"]["measures"][0]["n"] == 120
    assert measured["partialFingerprints"] == {
        "azstance/v1": measured["properties"]["fingerprints"][0]
    }


def test_sarif_says_what_could_not_be_read() -> None:
    (invocation,) = json.loads(text_of(make_report(), "sarif"))["runs"][0]["invocations"]
    errors = [n for n in invocation["toolExecutionNotifications"] if n["level"] == "error"]
    assert [n["associatedRule"]["id"] for n in errors] == ["AZ001", "AZ001"]
    assert invocation["exitCode"] == 2
    assert not any(each["ruleId"] == "AZ001" for each in results(make_report()))


@pytest.mark.parametrize(
    ("path", "uri", "based"),
    [
        ("a/b.txt", "a/b.txt", True),
        ("./a b.txt", "a%20b.txt", True),
        ("a:b#c?d%.txt", "a%3Ab%23c%3Fd%25.txt", True),
        ("Bakı/Ə.txt", "Bak%C4%B1/%C6%8F.txt", True),
        ("..a/b..txt", "..a/b..txt", True),
        ("../a.txt", "../a.txt", False),
        ("a/../../b.txt", "a/../../b.txt", False),
        ("/srv/x.txt", "/srv/x.txt", False),
        ("//host/x.txt", "/host/x.txt", False),
        (".//etc", "etc", True),
        ("C:/x.txt", "C%3A/x.txt", False),
    ],
)
def test_sarif_uri(path: str, uri: str, based: bool) -> None:
    expected = {"uri": uri, "uriBaseId": "%SRCROOT%"} if based else {"uri": uri}
    assert artifact(path) == expected


def test_sarif_messages_hold_no_placeholder_and_no_link() -> None:
    assert message("{0} [a](https://b.c)\x00") == {"text": "{{0}} [a] (https://b.c)"}


def cases(report: CheckReport) -> dict[tuple[str, str], ET.Element]:
    root = ET.fromstring(text_of(report, "junit"))
    found = {(e.get("classname", ""), e.get("name", "")): e for e in root.iter("testcase")}
    assert len(found) == len(list(root.iter("testcase")))
    return found


def outcome(case: ET.Element) -> str:
    marks = {"failure", "error", "skipped"}
    return next((each.tag for each in case if each.tag in marks), "passed")


def test_junit_has_a_case_for_each_rule_that_was_run() -> None:
    found = cases(make_report())
    got = {name: outcome(case) for (path, name), case in found.items() if path == PATH}
    assert got == {
        "AZ001 unreadable": "passed",
        "AZ002 too-short": "passed",
        "AZ003 wrong-language": "passed",
        "AZ010 missing-metadata": "passed",
        "AZ201 exact-duplicate": "skipped",
        "AZ301 unattributed-claim": "passed",
        "AZ401 one-sided": "passed",
    }
    assert outcome(found["short.txt", "AZ002 too-short"]) == "skipped"
    assert outcome(found["russkij.txt", "AZ003 wrong-language"]) == "skipped"
    assert ("short.txt", "AZ401 one-sided") not in found
    assert ("russkij.txt", "AZ301 unattributed-claim") not in found
    assert outcome(found["broken.txt", "AZ001 unreadable"]) == "error"
    assert outcome(found["picture.png", "skipped"]) == "skipped"
    assert outcome(found["articles/table.csv", "AZ201 exact-duplicate (line 2)"]) == "passed"
    assert outcome(found["articles/table.csv", "AZ201 exact-duplicate (line 3)"]) == "failure"


@pytest.mark.parametrize(
    ("fail_on", "failing"), [(None, 0), (Level.ERROR, 4), (Level.WARNING, 6), (Level.NOTE, 8)]
)
def test_junit_fails_from_the_level_that_fails(fail_on: Level | None, failing: int) -> None:
    found = cases(replace(make_report(), fail_on=fail_on))
    assert sum(outcome(case) == "failure" for case in found.values()) == failing


@pytest.mark.parametrize("kind", [Outcome.TOO_SHORT, Outcome.WITHHELD, Outcome.SKIPPED])
def test_junit_never_passes_what_was_not_measured(kind: Outcome) -> None:
    report = replace(make_clean_report(0), inputs=(checked("a", kind, "because"),))
    case = cases(report)["a", str(kind)]
    assert outcome(case) == "skipped"
    assert case[0].get("message") == "because"


def test_gitlab() -> None:
    issues = json.loads(text_of(make_report(), "gitlab"))
    assert {issue["severity"] for issue in issues} == {"blocker", "major", "minor", "info"}
    assert text_of(make_clean_report(), "gitlab") == "[]\n"


def test_gitlab_fingerprints_are_unique_and_the_first_stays() -> None:
    equal = [finding("AZ010", "a", n, fingerprint="0" * 64) for n in (1, 2, 3)]
    prints = [i["fingerprint"] for i in json.loads(text_of(with_findings(*equal), "gitlab"))]
    assert prints[0] == "0" * 64
    assert len(set(prints)) == 3


def test_markdown_is_cut_below_its_limit() -> None:
    number = 3000
    evidence = (Evidence(1, HOSTILE * 3),)
    found = [finding("AZ010", f"a{n // 100}", n + 1, evidence=evidence) for n in range(number)]
    shown = text_of(with_findings(*found), "markdown")
    rows = len(re.findall(r"^\| \d+ \| error \|", shown, re.MULTILINE))
    assert 0.9 * markdown.LIMIT < len(shown.encode("utf-8")) <= markdown.LIMIT
    assert f"cut: {number - rows} findings and 0 other lines are left out.**" in shown
    assert 0 < rows < number


def test_markdown_that_fits_is_not_cut() -> None:
    assert "The page is cut" not in text_of(make_report(), "markdown")


def test_markdown_survives_one_finding_that_is_too_long() -> None:
    found = finding("AZ010", "a" * 600_000, 1, "m" * 600_000, evidence=(Evidence(1, "e" * 10**6),))
    assert len(text_of(with_findings(found), "markdown")) < 10_000


def test_json_keeps_everything() -> None:
    document = json.loads(text_of(make_report(), "json"))
    assert document["counts"] == {"error": 6, "warning": 2, "note": 3}
    assert document["outcomes"]["too_short"] == 1
    assert (document["suppressed"], document["accepted"]) == (2, 1)
    assert len(document["findings"]) == len(make_report().findings)
    assert document["findings"][0]["path"] == "../other/one.txt"


def test_an_input_without_an_article_has_its_findings() -> None:
    """Of what was not analysed, the finding knows the path only."""
    found = finding("AZ010", "a", 7, article="path:a")
    inputs = (
        replace(checked("a", line=2), article="x"),
        replace(checked("a", line=7), article=""),
        replace(checked("b"), article=""),
    )
    report = replace(with_findings(found), inputs=inputs)
    shown = text_of(report, "text")
    assert "a:2 - checked: nothing found\n" in shown
    assert "a:7 - checked: 1 error\n" in shown
    assert outcome(cases(report)["a", "AZ010 missing-metadata (line 7)"]) == "failure"
    assert len([case for case in cases(report) if "AZ010" in case[1]]) == 3
