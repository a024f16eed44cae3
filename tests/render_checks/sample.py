"""A report with every outcome and level, built by hand; some of its texts are hostile."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from hashlib import sha256
from typing import Any

from azstance.checking.records import (
    Checked,
    CheckReport,
    Evidence,
    Finding,
    Level,
    Measure,
    Outcome,
    Rule,
)

HOSTILE = (
    "::error::x ##[error]y #\u200d#[group]z \x1b[31mred\x1b[0m \x9b2J \x00 "
    "\u202eesrever\u202c [sic] "
    "[/b] [t](https://a.b) <script>alert(1)</script> ]]> a|b & % {0} `c` *d* @octocat #12 "
    "Türkiye, Ə: 漢字\r\nnew\tline"
)
ODD_PATH = "::notice a,b: 100%\n##[warning]/Bakı & [x]|<y>.txt"
OUTSIDE = "../other/one.txt"

RULES = (
    Rule(
        "AZ401",
        "one-sided",
        Level.WARNING,
        "The author's alignment lies outside what the outlet's own articles show.",
        "It is a measurement of wording, not a judgement of the article.",
        "Read the sentences that were counted.",
        measured=True,
    ),
    Rule("AZ001", "unreadable", Level.ERROR, "Cannot be read.", "Nothing was checked.", "Look."),
    Rule("AZ002", "too-short", Level.NOTE, "Few sentences.", "Shares say nothing.", "Nothing."),
    Rule("AZ003", "wrong-language", Level.WARNING, "Not English.", "Made up.", "Translate it."),
    Rule("AZ010", "missing-metadata", Level.ERROR, "No outlet.", "Not found.", "Give all three."),
    Rule("AZ201", "exact-duplicate", Level.ERROR, "The same words.", "Counts twice.", "Remove it."),
    Rule(
        "AZ301",
        "unattributed-claim",
        Level.NOTE,
        "An accusation stands in the author's own voice.",
        "A reader cannot tell who says so.",
        "See whether a source can be named.",
        whole=False,
    ),
)
_BY_ID = {rule.id: rule for rule in RULES}
MEASURE = Measure("alignment", -1.234567891, 0.2, 120, 0.016528926, 0.02, 0.5)


def digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def finding(rule: str, path: str, line: int, message: str = "", **more: Any) -> Finding:
    known = _BY_ID[rule]
    return Finding(
        rule=rule,
        name=known.name,
        level=known.level,
        path=path,
        article=more.pop("article", f"key of {path}"),
        line=line,
        message=message or f"Something was measured by {rule}.",
        fingerprint=more.pop("fingerprint", digest(rule, path, line, message)),
        remedy=known.remedy,
        **more,
    )


def checked(
    path: str, outcome: Outcome = Outcome.CHECKED, reason: str = "", **more: Any
) -> Checked:
    return Checked(path, outcome, reason, id=path[:3], article=f"key of {path}", **more)


def make_report() -> CheckReport:
    """The whole variety. Nothing is in the order in which it is to be shown."""
    path = "articles/de facto.txt"
    lines = tuple(
        Evidence(12 + number, f"Baku {verb} the corridor, observers were told to believe.")
        for number, verb in enumerate(("annexed", "blocked", "sold", "burned", "bought"))
    )
    twin = "articles/table.csv"
    findings = (
        finding(
            "AZ401",
            path,
            12,
            "The author's alignment is -1.23. The median of 120 others is +0.20; p = 0.017.",
            evidence=lines,
            measure=MEASURE,
        ),
        finding("AZ301", path, 14, "No speaker is named.", evidence=lines[2:3]),
        finding("AZ301", path, 14, "No speaker is named here either.", evidence=lines[3:4]),
        finding("AZ301", path, 14, "A third claim.", suppressed="named in the headline"),
        finding("AZ301", path, 15, "A fourth claim.", suppressed=HOSTILE, accepted="both"),
        finding("AZ201", path, 1, "Another article has the same words.", accepted=HOSTILE),
        finding("AZ010", ODD_PATH, 1, HOSTILE, evidence=(Evidence(3, HOSTILE), Evidence(1, "x"))),
        finding("AZ002", "short.txt", 1, "3 sentences; 8 are needed."),
        finding("AZ003", "russkij.txt", 1, "The text seems to be Russian."),
        finding("AZ201", twin, 3, "The same words as line 2.", article="b"),
        finding("AZ010", OUTSIDE, 1, "The date is not known."),
        finding("AZ010", "azstance-baseline.jsonl", 4, "A stale entry.", article=""),
        finding("AZ001", "broken.txt", 1, "The file is not UTF-8.", article="path:broken.txt"),
        finding("AZ001", HOSTILE, 1, f"The file {HOSTILE}", article="path"),
    )
    inputs = (
        checked("short.txt", Outcome.TOO_SHORT, "3 sentences; 8 are needed", sentences=3),
        checked(path, sentences=40, tests=4),
        checked("articles/clean.txt", sentences=31, tests=4),
        replace(
            checked("russkij.txt", Outcome.WITHHELD, "the text seems to be Russian"), article=""
        ),
        checked("broken.txt", Outcome.FAILED, "not UTF-8: byte 0xff at 17"),
        checked(HOSTILE, Outcome.FAILED, HOSTILE),
        checked("picture.png", Outcome.SKIPPED, "not a kind of file that holds articles"),
        checked(ODD_PATH, sentences=12),
        checked(OUTSIDE, sentences=12),
        replace(checked(twin, line=3), article="b"),
        replace(checked(twin, line=2), article="a"),
    )
    return CheckReport(
        inputs=inputs,
        findings=findings,
        rules=RULES,
        ruleset="2026.1",
        codebook="azerbaijan-russia 1.0",
        model="en_core_web_sm 3.8.0",
        version="0.2.0",
        reference="azstance-reference.json",
        tests=8,
        expected=0.16,
        notes=("No reference for “Ledger”: its articles were not measured.", HOSTILE),
    )


def make_clean_report(count: int = 2) -> CheckReport:
    """`count` articles with nothing to say of them."""
    inputs = tuple(checked(f"a/{number:03}.txt", sentences=20) for number in range(count))
    return replace(make_report(), inputs=inputs, findings=(), notes=(), tests=0, expected=0.0)


def flooded_report(text: str) -> CheckReport:
    """A report in which all but the rules, their names and the fingerprints is `text`."""
    report = make_report()
    findings = tuple(
        replace(flooded(each, text), rule=each.rule, name=each.name, fingerprint=each.fingerprint)
        for each in report.findings
    )
    return replace(flooded(report, text), findings=findings, rules=report.rules)  # type: ignore[no-any-return]


def flooded(value: Any, text: str) -> Any:
    """`value` with `text` in place of every text in it that is not an enumeration."""
    if isinstance(value, tuple):
        return tuple(flooded(each, text) for each in value)
    if isinstance(value, str) and not isinstance(value, Enum):
        return text
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value, **{each.name: flooded(getattr(value, each.name), text) for each in fields(value)}
    )
