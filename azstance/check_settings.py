"""Settings of `azstance check`: the table [check] of azstance.toml, and what stands for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azstance.errors import ConfigError
from azstance.rulebook import Level, all_rules, rules_named, ruleset

if TYPE_CHECKING:
    from azstance.tables import Table

REFERENCE = "azstance-reference.json"
BASELINE = "azstance-baseline.jsonl"
FAIL_ON = (*(str(level) for level in Level), "never")


@dataclass(frozen=True)
class Thresholds:
    """From where on a rule fires. The defaults are those of the ruleset; docs/check.md has how
    often each gave a false alarm.

    `alpha` is the probability that one measured test gives an alarm by chance, `alignment_effect`
    and `share_effect` the smallest distances from the outlet's median that count. `near` is a
    Jaccard similarity of five-word runs, `contained` the share of the smaller text's runs that
    stands in the other. `speaker_share` is of the attributed framed sentences, of which there
    must be `speaker_sentences`. `max_age` is in days; `window` in articles, `windows` in a row.
    """

    alpha: float = 0.02
    alignment_effect: float = 1.0
    share_effect: float = 0.2
    near: float = 0.8
    contained: float = 0.8
    speaker_share: float = 0.8
    speaker_sentences: int = 5
    max_age: int = 730
    window: int = 20
    windows: int = 2


_LIMITS = {
    "alpha": (0.0001, 0.5),
    "alignment_effect": (0.0, 20.0),
    "share_effect": (0.0, 1.0),
    "near": (0.3, 1.0),
    "contained": (0.3, 1.0),
    "speaker_share": (0.5, 1.0),
    "speaker_sentences": (2, 1000),
    "max_age": (1, 100_000),
    "window": (5, 1000),
    "windows": (1, 100),
}


@dataclass(frozen=True)
class CheckSettings:
    """What is checked and how strictly.

    `ruleset` is the version of rules and thresholds that the settings were written for. `select`
    are ids of the rules that are run, `ignore` of those that are not, `levels` other levels by id.
    `fail_on` is a level or "never". `reference` and `baseline` are files; "" stands for REFERENCE
    and BASELINE at the root of the project, if they are there. `suppressions` says whether comments
    in the articles are obeyed; it is to be off where the text comes from others.
    """

    ruleset: str = ""
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    levels: Mapping[str, Level] = field(default_factory=dict)
    fail_on: str = "error"
    reference: str = ""
    baseline: str = ""
    suppressions: bool = True
    thresholds: Thresholds = Thresholds()

    @property
    def reference_file(self) -> str:
        """Where the reference is, or would be."""
        return self.reference or _at_root(REFERENCE)

    @property
    def baseline_file(self) -> str:
        """Where the baseline is, or would be."""
        return self.baseline or _at_root(BASELINE)

    def runs(self, rule: str) -> bool:
        """Whether a rule is run. Selecting some leaves out all others; ignoring comes last."""
        return (not self.select or rule in self.select) and rule not in self.ignore

    def level(self, rule: str) -> Level:
        """The level of a rule's findings."""
        return self.levels.get(rule, all_rules()[rule].level)


def project_root() -> Path:
    """The folder that paths in findings are given from: that of the settings file or of the
    repository around the current folder, else the current folder."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / ".git").exists() or (folder / "azstance.toml").is_file():
            return folder
    return here


def _at_root(name: str) -> str:
    """A file that stands at the root of the project, wherever in it the command is run."""
    try:
        return os.path.relpath(project_root() / name)
    except ValueError:  # another drive
        return str(project_root() / name)


_KEYS = tuple(each.name for each in fields(CheckSettings))


def read_check(table: Table) -> CheckSettings:
    """The settings of the table [check]; problems go where the table puts them."""
    table.only(_KEYS)
    found: dict[str, Any] = {}
    for key in ("reference", "baseline"):
        if key in table.data:
            found[key] = table.text(key)
    if "fail_on" in table.data:
        found["fail_on"] = table.choice("fail_on", FAIL_ON)
    if "ruleset" in table.data:
        found["ruleset"] = _ruleset(table)
    if "suppressions" in table.data:
        found["suppressions"] = table.flag("suppressions", True)
    for key in ("select", "ignore"):
        if key in table.data:
            found[key] = _rules(table, key)
    found["levels"] = _levels(table.table("levels"))
    found["thresholds"] = _thresholds(table.table("thresholds"))
    return replace(CheckSettings(), **found)


def _ruleset(table: Table) -> str:
    name = table.text("ruleset")
    if name and name != ruleset():
        remedy = f'This version of azstance has "{ruleset()}". Install the version you want.'
        table.wrong(f'"ruleset" is "{name}"', "ruleset", remedy=remedy)
    return name


def _rules(table: Table, key: str) -> frozenset[str]:
    found: set[str] = set()
    for number, name in enumerate(table.texts(key, empty=True)):
        try:
            found |= rules_named([name], key)
        except ConfigError as problem:
            table.wrong(problem.problem, key, number, remedy=problem.remedy)
    return frozenset(found)


def _levels(table: Table) -> dict[str, Level]:
    named: list[tuple[frozenset[str], Level]] = []
    for name in table.data:
        try:
            ids = rules_named([name], name)
        except ConfigError as problem:
            table.wrong(problem.problem, name, remedy=problem.remedy)
            continue
        value = table.choice(name, [str(level) for level in Level])
        if value:
            named.append((ids, Level(value)))
    found: dict[str, Level] = {}
    for ids, level in sorted(named, key=lambda each: -len(each[0])):  # one rule beats a group
        found |= dict.fromkeys(ids, level)
    return found


def _thresholds(table: Table) -> Thresholds:
    table.only(tuple(_LIMITS))
    found: dict[str, Any] = {}
    for key in table.data:
        if key not in _LIMITS:
            continue
        default = getattr(Thresholds, key)
        if isinstance(default, int):
            found[key] = table.whole(key, default, *map(int, _LIMITS[key]))
        else:
            found[key] = table.number(key, default, *_LIMITS[key])
    return replace(Thresholds(), **found)
