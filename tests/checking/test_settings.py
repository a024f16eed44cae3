"""The table [check] of azstance.toml: what can stand there, and what is said of the rest."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from azstance.check_settings import _LIMITS, CheckSettings, Thresholds
from azstance.config import load_config
from azstance.errors import ConfigError
from azstance.rulebook import Level, all_rules


def settings(folder: Path, text: str, file: str = "azstance.toml") -> CheckSettings:
    (folder / file).write_text(text, "utf-8")
    return load_config(start=folder, environment={}).check


def test_everything_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = settings(
        tmp_path,
        """[check]
ruleset = "2026.1"
select = ["AZ2", "one-sided"]
ignore = ["AZ203"]
fail_on = "never"
reference = "store/ref.json"
baseline = "/elsewhere/base.jsonl"
suppressions = false
[check.levels]
AZ4 = "note"
too-short = "warning"
AZ401 = "error"
[check.thresholds]
alpha = 0.05
window = 10
near = 1
""",
    )
    assert found == CheckSettings(
        ruleset="2026.1",
        select=frozenset({"AZ201", "AZ202", "AZ203", "AZ401"}),
        ignore=frozenset({"AZ203"}),
        levels={"AZ401": Level.ERROR, "AZ402": Level.NOTE, "AZ002": Level.WARNING},
        fail_on="never",
        reference="store/ref.json",
        baseline="/elsewhere/base.jsonl",
        suppressions=False,
        thresholds=Thresholds(alpha=0.05, window=10, near=1.0),
    )
    assert isinstance(found.thresholds.near, float)


def test_pyproject_serves_as_well(tmp_path: Path) -> None:
    found = settings(tmp_path, '[tool.azstance.check]\nfail_on = "note"\n', "pyproject.toml")
    assert found.fail_on == "note"


def test_one_rule_beats_a_group_whatever_comes_first(tmp_path: Path) -> None:
    lines = ['AZ401 = "error"', 'AZ4 = "note"', 'AZ = "warning"']
    for order in (lines, lines[::-1]):
        found = settings(tmp_path, "\n".join(["[check.levels]", *order]))
        assert (found.level("AZ401"), found.level("AZ402"), found.level("AZ001")) == (
            Level.ERROR, Level.NOTE, Level.WARNING,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('[check]\nselct = ["AZ2"]', 2, 'unknown key "selct". Did you mean "select"?'),
        ('[check]\nselect = [\n  "AZ301",\n  "AZ31",\n]', 4,
         'there is no rule "AZ31". Did you mean "AZ301"?'),
        ('[check]\nignore = ["one-sidet"]', 2, 'Did you mean "one-sided"?'),
        ('[check]\nignore = "AZ301"', 2, '"ignore" is text'),
        ('[check]\nfail_on = "warnings"', 2, 'Did you mean "warning"?'),
        ('[check]\nruleset = "2025.1"', 2, '"ruleset" is "2025.1". This version of azstance has'),
        ('[check]\nsuppressions = "no"', 2, '"suppressions" is text'),
        ('[check]\nreference = ""', 2, '"reference" is empty'),
        ('\n[check.levels]\nAZ301 = "note"\nAZ410 = "note"', 4, 'there is no rule "AZ410". Did'),
        ('[check.levels]\ntoo-shrt = "note"', 2, 'Did you mean "too-short"?'),
        ('[check.levels]\nAZ301 = "warn"', 2, 'Did you mean "warning"?'),
        ('[check.levels]\nAZ301 = "never"', 2, 'It can be: error, warning, note.'),
        ('[check.levels]\nAZ301 = 3', 2, '"AZ301" is a whole number'),
        ('[check.thresholds]\nalfa = 0.1', 2, 'unknown key "alfa". Did you mean "alpha"?'),
        ('[check.thresholds]\nalpha = 0.6', 2, "It must be from 0.0001 to 0.5."),
        ('[check.thresholds]\nalpha = nan', 2, "It must be from 0.0001 to 0.5."),
        ('[check.thresholds]\nwindow = 7.5', 2, '"window" is a number'),
        ('[check.thresholds]\nmax_age = 0', 2, "It must be from 1 to 100000."),
        ('check = true', 1, '"check" is true or false'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_the_nearest(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, text)
    message = str(caught.value)
    assert f"azstance.toml:{line}: " in message
    assert told in message


def test_no_variable_of_the_environment_sets_the_table(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no variable.*Write them into the table"):
        load_config(start=tmp_path, environment={"AZSTANCE_CHECK": "x"})


def test_every_threshold_has_limits_around_its_default() -> None:
    assert set(_LIMITS) == {each.name for each in fields(Thresholds)}
    for name, (low, high) in _LIMITS.items():
        assert low < getattr(Thresholds(), name) < high


@pytest.mark.parametrize(
    ("select", "ignore", "runs"),
    [
        ((), (), set(all_rules())),
        (("AZ301", "AZ302"), (), {"AZ301", "AZ302"}),
        ((), ("AZ301",), set(all_rules()) - {"AZ301"}),
        (("AZ301", "AZ302"), ("AZ301",), {"AZ302"}),
    ],
)
def test_selecting_leaves_out_and_ignoring_comes_last(
    select: tuple[str, ...], ignore: tuple[str, ...], runs: set[str]
) -> None:
    made = CheckSettings(select=frozenset(select), ignore=frozenset(ignore))
    assert {id for id in all_rules() if made.runs(id)} == runs
