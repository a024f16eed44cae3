"""Every format for programs against its schema: SARIF's own, ours, and those written by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from jsonschema.exceptions import ValidationError
from lxml import etree

from azstance.checking.records import CheckReport, Outcome
from azstance.render import schema_text
from azstance.render.checks import render_check

from .sample import HOSTILE, flooded_report, make_clean_report, make_report

SCHEMAS = Path(__file__).parent / "schemas"
HEX = "0" * 64
REPORTS = {
    "full": make_report(),
    "clean": make_clean_report(),
    "empty": make_clean_report(0),
    "bare": replace(make_clean_report(0), rules=(), reference=None, fail_on=None),
    "flooded": flooded_report(HOSTILE),
    "blank": flooded_report(""),
}


def text_of(report: CheckReport, format: str) -> str:
    return "".join(render_check(report, format))


def loaded(report: CheckReport, format: str) -> Any:
    return json.loads(text_of(report, format))


def own_schema(part: str | None = None) -> Draft202012Validator:
    schema = json.loads(schema_text("check"))
    if part:
        schema = {"$defs": schema["$defs"], "$ref": f"#/$defs/{part}"}
    return Draft202012Validator(schema)


def sarif_schema() -> Draft4Validator:
    text = (SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")
    return Draft4Validator(json.loads(text))


def gitlab_schema() -> Draft202012Validator:
    text = (SCHEMAS / "gitlab.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def junit_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "junit.xsd"))


def test_the_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(own_schema().schema)
    Draft202012Validator.check_schema(gitlab_schema().schema)
    Draft4Validator.check_schema(sarif_schema().schema)


@pytest.mark.parametrize("name", REPORTS)
def test_json(name: str) -> None:
    document = loaded(REPORTS[name], "json")
    own_schema().validate(document)
    assert document["status"] == REPORTS[name].status


@pytest.mark.parametrize("name", REPORTS)
def test_jsonl_has_what_json_has(name: str) -> None:
    lines = [json.loads(line) for line in text_of(REPORTS[name], "jsonl").split("\n") if line]
    for line in lines:
        own_schema("line").validate(line)
    merged = {
        **lines[0]["run"],
        "inputs": [line["input"] for line in lines if "input" in line],
        "findings": [line["finding"] for line in lines if "finding" in line],
        **lines[-1]["summary"],
    }
    assert merged == loaded(REPORTS[name], "json")
    kinds = [next(iter(line)) for line in lines]
    assert kinds == sorted(kinds, key=["run", "input", "finding", "summary"].index)


def objects(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the objects of a document are."""
    if isinstance(value, list):
        return [path for i, each in enumerate(value) for path in objects(each, (*here, i))]
    if isinstance(value, dict):
        below = [path for key, each in value.items() for path in objects(each, (*here, key))]
        return [here, *below]
    return []


def test_our_schema_is_closed_and_complete() -> None:
    """No object may have a key more than the schema names, or one less."""
    text = text_of(make_report(), "json")
    kinds = {
        tuple(step for step in path if isinstance(step, str)): path
        for path in objects(json.loads(text))
    }
    assert len(kinds) == 8
    for path in kinds.values():
        document = json.loads(text)
        target = document
        for step in path:
            target = target[step]
        for key in list(target):
            kept = target.pop(key)
            with pytest.raises(ValidationError):
                own_schema().validate(document)
            target[key] = kept
        target["unheard_of"] = 1
        with pytest.raises(ValidationError):
            own_schema().validate(document)


@pytest.mark.parametrize("name", REPORTS)
def test_sarif(name: str) -> None:
    report = REPORTS[name]
    document = loaded(report, "sarif")
    sarif_schema().validate(document)
    (run,) = document["runs"]
    assert run["invocations"][0]["executionSuccessful"] is not report.failed
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        for location in result["locations"] + result.get("relatedLocations", []):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert uri.isascii() and not urlsplit(uri).scheme and not urlsplit(uri).netloc
            assert location["physicalLocation"]["region"]["startLine"] >= 1


def breakages() -> list[tuple[tuple[Any, ...], Any]]:
    result = ("runs", 0, "results", 0)
    place = (*result, "locations", 0, "physicalLocation")
    return [
        (("version",), "2.0.0"),
        (("runs", 0, "columnKind"), "bytes"),
        ((*result, "level"), "notice"),
        ((*result, "message"), {}),
        ((*place, "region", "startLine"), 0),
        ((*place, "region"), {}),
        ((*result, "suppressions"), [{"kind": "baseline"}]),
        (("runs", 0, "tool", "driver", "name"), None),
        (("runs", 0, "invocations", 0, "executionSuccessful"), "no"),
    ]


@pytest.mark.parametrize(("path", "value"), breakages())
def test_the_schema_of_sarif_can_fail(path: tuple[Any, ...], value: Any) -> None:
    document = loaded(make_report(), "sarif")
    target = document
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(ValidationError):
        sarif_schema().validate(document)


@pytest.mark.parametrize("name", REPORTS)
def test_gitlab(name: str) -> None:
    report = REPORTS[name]
    hashed = replace(
        report, findings=tuple(replace(each, fingerprint=HEX) for each in report.findings)
    )
    issues = loaded(hashed, "gitlab")
    if name != "blank":  # no path
        gitlab_schema().validate(issues)
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)


@pytest.mark.parametrize("name", REPORTS)
def test_junit(name: str) -> None:
    text = text_of(REPORTS[name], "junit")
    root = etree.fromstring(text.encode("utf-8"))
    junit_schema().assertValid(root)
    suite = root.find("testsuite")
    assert suite is not None
    cases = suite.findall("testcase")
    assert suite.get("tests") == str(len(cases))
    for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert suite.get(count) == str(sum(case.find(tag) is not None for case in cases))
    failed = sum(each.outcome is Outcome.FAILED for each in REPORTS[name].inputs)
    assert suite.get("errors") == str(failed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('failures="', 'failures="x'),
        ("<failure message", "<failure text"),
        ("<skipped ", "<ignored "),
        (' classname="broken.txt"', ""),
        ('type="unreadable"', ""),
    ],
)
def test_the_schema_of_junit_can_fail(old: str, new: str) -> None:
    text = text_of(make_report(), "junit")
    assert old in text
    broken = text.replace(old, new)
    assert not junit_schema().validate(etree.fromstring(broken.encode("utf-8")))
