"""Every planted fault is found where it was planted, and no error is told that nobody planted.

The whole of it, 500 articles with 20 faults of every kind, is benchmarks/check_planted.py.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from .planted import AS_OF, Corpus, Fault
from .planting import PLANTERS, build
from .verdicts import Verdict, verdict

EACH = 3
RULES = (
    "AZ001", "AZ002", "AZ003", "AZ010", "AZ011", "AZ101", "AZ103", "AZ201", "AZ202", "AZ203",
    "AZ301", "AZ302", "AZ901", "AZ902", "AZ904",
)  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return build(tmp_path_factory.mktemp("planted"), articles=70, each=EACH)


@pytest.fixture(scope="module")
def output(warm: Any, corpus: Corpus) -> dict[str, Any]:
    done = warm.run(
        "check", ".", "--batch", "--as-of", AS_OF, "--model", "cues", "--format", "json",
        cwd=corpus.folder,
    )  # fmt: skip
    assert done.status == 2, done.errors
    found: dict[str, Any] = json.loads(done.text)
    return found


@pytest.fixture(scope="module")
def found(corpus: Corpus, output: dict[str, Any]) -> Verdict:
    return verdict(corpus, output)


def test_as_many_faults_are_planted_as_it_says(corpus: Corpus) -> None:
    assert len(PLANTERS) == len(RULES)
    assert Counter(fault.rule for fault in corpus.faults) == dict.fromkeys(RULES, EACH)
    assert len({fault.where for fault in corpus.faults}) == len(corpus.faults)


@pytest.mark.parametrize("rule", RULES)
def test_every_planted_fault_is_found(found: Verdict, rule: str) -> None:
    missed: list[Fault] = [fault for fault in found.missed if fault.rule == rule]
    assert not missed


def test_no_error_is_told_that_nobody_planted(found: Verdict) -> None:
    assert not found.errors


def test_articles_without_a_fault_get_no_warning(found: Verdict) -> None:
    """Notes they may get: the sentences are from a training file, and some accuse."""
    told = {key: numbers[0] for key, numbers in found.others.items() if key[1] != "note"}
    assert not any(told.values())


def test_every_article_is_listed_once(corpus: Corpus, output: dict[str, Any]) -> None:
    listed = Counter((item["path"], item["id"], item["line"]) for item in output["inputs"])
    assert set(listed.values()) == {1}
    assert len(output["inputs"]) == corpus.articles + sum(
        fault.where.path.endswith(".toml") for fault in corpus.faults
    )
