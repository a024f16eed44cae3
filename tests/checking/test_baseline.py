"""Findings that were accepted: at their value, for as long as they are there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from azstance.check import baseline_after, baseline_pruned
from azstance.checking.baseline import (
    WORSE,
    Entry,
    baseline_text,
    distance_of,
    entry_of,
    load_baseline,
    stale,
)
from azstance.checking.records import Checked, CheckReport, Finding, Outcome
from azstance.errors import ConfigError

from .build import finding, measured


def report(*found: Finding, looked: tuple[str, ...] = ("AZ301", "AZ401")) -> CheckReport:
    item = Checked("a.md", Outcome.CHECKED, article="key", looked=frozenset(looked))
    return CheckReport((item,), found, (), "r", "b", "m", "v")


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        (2.0, True),
        (1.2, True),
        (2.0 + WORSE, True),
        (2.0 + WORSE + 0.001, False),
        (-2.0, True),
        (-2.06, False),
        (5.0, False),
    ],
)
def test_a_measured_finding_fires_again_when_the_article_gets_worse(
    value: float, accepted: bool
) -> None:
    entry = entry_of(measured(2.0), "seen")
    assert entry.distance == 2.0
    assert entry.accepts(measured(value)) is accepted


def test_distance_is_from_the_median() -> None:
    assert distance_of(measured(-1.5, 0.5)) == 2.0
    assert distance_of(finding()) == 0
    assert entry_of(finding(), "x").distance is None
    assert entry_of(finding(), "x").accepts(finding())


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    entries = [
        Entry("f3", "AZ401", "k", "b.md", "m", "said “so”\nhere", 1.5),
        Entry("f2", "AZ301", "k", "a.md", "m", ""),
        Entry("f1", "AZ301", "k", "a.md", "m\u2028x", "r"),
    ]
    path = tmp_path / "baseline.jsonl"
    path.write_text(baseline_text(entries), "utf-8")
    assert load_baseline(path) == {entry.fingerprint: entry for entry in entries}
    lines = path.read_bytes().split(b"\n")
    assert [json.loads(line)["fingerprint"] for line in lines if line] == ["f1", "f2", "f3"]
    assert baseline_text(load_baseline(path).values()).encode() == path.read_bytes()
    assert baseline_text(reversed(entries)) == baseline_text(entries)


GOOD = {
    "path": "a.md", "rule": "AZ301", "message": "m", "reason": "r", "article": "k",
    "fingerprint": "f",
}  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", "3", "null", '"text"', "{}", "<<<<<<< HEAD", "[" * 100_000,
        json.dumps({k: v for k, v in GOOD.items() if k != "reason"}),
        json.dumps({**GOOD, "path": 3}), json.dumps({**GOOD, "distance": "far"}),
        json.dumps({**GOOD, "distance": [1]}),
    ],
)  # fmt: skip
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n\n{line}\n", "utf-8")
    with pytest.raises(ConfigError, match=r"b\.jsonl:3: .* Mend or delete the line"):
        load_baseline(path)


@pytest.mark.parametrize("raw", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read(tmp_path: Path, raw: bytes | None) -> None:
    if raw is not None:
        (tmp_path / "b.jsonl").write_bytes(raw)
    with pytest.raises(ConfigError, match=r"b\.jsonl: the baseline cannot be read"):
        load_baseline(tmp_path / "b.jsonl")


def test_update_adds_and_leaves_alone() -> None:
    old = entry_of(finding(print="old"), "first reason")
    gone = entry_of(finding(print="gone"), "why")
    entries = {"old": old, "gone": gone}
    after = baseline_after(report(finding(print="old"), finding(print="new")), entries, "again")
    assert after == {**entries, "new": entry_of(finding(print="new"), "again")}


def test_update_takes_no_errors_of_reading_and_nothing_that_does_not_count() -> None:
    found = [
        finding("AZ001", "a"), finding("AZ901", "b"), finding("AZ903", "c"),
        finding("AZ010", "d", suppressed="why"), finding("AZ010", "e"),
    ]  # fmt: skip
    assert set(baseline_after(report(*found), {}, "")) == {"e"}


def test_update_accepts_a_worse_value_anew_and_no_better_one() -> None:
    entries = {"f": entry_of(measured(2.0), "first")}
    assert baseline_after(report(measured(1.0)), entries, "again") == entries
    after = baseline_after(report(measured(3.0)), entries, "again")
    assert (after["f"].distance, after["f"].reason) == (3.0, "again")


@pytest.mark.parametrize(
    ("entry", "gone"),
    [
        ({}, True),
        ({"article": "other"}, False),
        ({"rule": "AZ302"}, False),
        ({"fingerprint": "there"}, False),
    ],
)
def test_only_what_was_looked_for_and_not_found_is_stale(entry: dict[str, str], gone: bool) -> None:
    own = replace(Entry("f", "AZ301", "key", "a.md", "m", "r"), **entry)  # type: ignore[arg-type]
    entries = {own.fingerprint: own}
    found = [finding(print="there", accepted="yes")]
    assert stale(entries, {("key", "AZ301")}, found) == ([own] if gone else [])
    pruned = baseline_pruned(report(*found, looked=("AZ301",)), entries)
    assert pruned == ({} if gone else entries)


def test_prune_adds_nothing() -> None:
    assert baseline_pruned(report(finding(print="new")), {}) == {}
