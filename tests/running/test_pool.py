"""The same results in the same order, whatever the number of processes."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azstance.records import (
    Article,
    ArticleResult,
    Block,
    Dominance,
    Estimate,
    Score,
    Skipped,
    SourceCard,
    Verdict,
)
from azstance.running.codec import pack_outcome, unpack_outcome
from azstance.running.pool import in_order
from azstance.running.spool import Results


@pytest.mark.parametrize("jobs", [0, 1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 3, 4, 40, 200])
def test_results_come_in_the_order_of_the_things(jobs: int, count: int) -> None:
    def work(n: int) -> tuple[int, int]:
        time.sleep(0.001 * (n % 3))
        return n * n, os.getpid()

    found = list(in_order(range(count), work, jobs, size=lambda n: -n))
    assert [(thing, square) for thing, (square, _) in found] == [(n, n * n) for n in range(count)]
    if jobs > 1 and count > 10:
        assert os.getpid() not in {process for _, (_, process) in found}


def test_work_that_fails_is_told() -> None:
    def work(n: int) -> int:
        return 10 // (n - 5)

    with pytest.raises(ZeroDivisionError):
        list(in_order(range(10), work, 2))


def test_things_are_taken_as_they_are_needed() -> None:
    taken = []

    def things() -> object:
        for n in range(1000):
            taken.append(n)
            yield n

    results = in_order(things(), str, 2)
    next(results)
    assert len(taken) < 200
    results.close()  # type: ignore[attr-defined]


def result(id: str) -> ArticleResult:
    none = Estimate(None, None, None, 0)
    dominance = Dominance("none", Verdict.NONE, None, none)
    score = Score(id, (id,), 0, 0, (), none, dominance)
    article = Article(id, f"{id}.txt", SourceCard(), (Block("Text.", ((0, 1),)),))
    return ArticleResult(article, (), score)


names = st.text(st.characters(), max_size=5)


@settings(max_examples=50)
@given(st.lists(names, unique=True))
def test_results_stand_in_the_order_of_their_ids(ids: list[str]) -> None:
    results = Results()
    for id in ids:
        results.add(id, pack_outcome(result(id)))
    assert list(results) == [result(id) for id in sorted(ids)]
    assert list(results) == list(results), "they can be read again"
    assert results[:2] == [result(id) for id in sorted(ids)[:2]]
    assert results == tuple(result(id) for id in sorted(ids))
    assert results != [*results, result("one more")]


@given(names, names)
def test_outcomes_survive_packing(path: str, reason: str) -> None:
    skipped = Skipped(path, reason, line=3, failed=False, cause="date")
    assert unpack_outcome(pack_outcome(skipped)) == skipped
    article = replace(result("a").article, path=path, notes=(reason,))
    assert unpack_outcome(pack_outcome(replace(result("a"), article=article))).article == article  # type: ignore[union-attr]


def test_bytes_in_the_name_of_a_file_survive_packing() -> None:
    skipped = Skipped(os.fsdecode(b"caf\xe9.txt"), "is empty.")
    assert unpack_outcome(pack_outcome(skipped)) == skipped
