"""The rules by id, and whatever stands for them."""

from __future__ import annotations

import re

import pytest

from azstance.errors import ConfigError
from azstance.rulebook import Level, all_rules, rules_named, ruleset

LEVELS = {
    "AZ001": "error", "AZ002": "note", "AZ003": "warning", "AZ010": "error", "AZ011": "error",
    "AZ101": "warning", "AZ103": "warning", "AZ201": "error", "AZ202": "warning", "AZ203": "note",
    "AZ301": "note", "AZ302": "warning", "AZ401": "warning", "AZ402": "warning",
    "AZ501": "warning", "AZ503": "note", "AZ901": "note", "AZ902": "warning", "AZ903": "note",
    "AZ904": "warning",
}  # fmt: skip


def test_rules_and_their_levels_are_those_of_the_design() -> None:
    assert {id: rule.level for id, rule in all_rules().items()} == LEVELS
    assert list(all_rules()) == sorted(all_rules())
    assert ruleset() == "2026.1"


def test_only_facts_are_errors() -> None:
    for rule in all_rules().values():
        assert not (rule.measured and rule.level is Level.ERROR)
    assert {id for id, rule in all_rules().items() if rule.measured} == {"AZ401", "AZ402", "AZ501"}
    assert {id for id, rule in all_rules().items() if not rule.whole} == {
        "AZ301", "AZ901", "AZ902", "AZ904",
    }  # fmt: skip


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.id)
def test_a_rule_explains_itself_in_sentences(rule: object) -> None:
    for name in ("summary", "why", "remedy"):
        text = getattr(rule, name)
        assert re.match(r"[A-Z]", text)
        assert text.endswith((".", "-->"))
        assert "bias" not in text.lower()


def test_names_are_unique_and_never_look_like_ids() -> None:
    names = [rule.name for rule in all_rules().values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
    assert not [name for name in names if name.startswith("az")]


def test_levels_from_the_worst() -> None:
    assert [level.rank for level in (Level.ERROR, Level.WARNING, Level.NOTE)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["AZ301"], {"AZ301"}),
        (["az301"], {"AZ301"}),
        ([" AZ301 "], {"AZ301"}),
        (["AZ2"], {"AZ201", "AZ202", "AZ203"}),
        (["AZ40"], {"AZ401", "AZ402"}),
        (["AZ"], set(LEVELS)),
        (["one-sided"], {"AZ401"}),
        (["One-Sided", "AZ301"], {"AZ401", "AZ301"}),
        ([], set()),
    ],
)
def test_ids_beginnings_and_names(names: list[str], ids: set[str]) -> None:
    assert rules_named(names, "--select") == ids


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("AZ31", '"AZ301"'), ("one-sidet", '"one-sided"'), ("unatributed-claim", '"unattributed-'),
        ("", None), ("A", None), ("3", None), ("AZ999", '"AZ9'), ("\x1b[31m", None),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_exist(name: str, near: str | None) -> None:
    with pytest.raises(ConfigError) as caught:
        rules_named(["AZ301", name], "--select")
    message = str(caught.value)
    assert message.startswith("--select: there is no rule ")
    assert "\x1b" not in message
    assert "Rules: AZ001, unreadable" in message
    if near:
        assert f"Did you mean {near}" in message
