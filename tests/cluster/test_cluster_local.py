"""Daft on this machine, without a server: complete, equal, quiet, each unit by itself."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from azstance.cluster import ClusterError, Limits, run_units

Make = Callable[..., "Corpus"]  # noqa: F821

pytestmark = pytest.mark.usefixtures("nothing_left")

SHORT = Limits(silence=3.0, ready=1.0)


def test_every_unit_is_done_whatever_the_jobs(
    corpus: Make, capfd: pytest.CaptureFixture[str]
) -> None:
    for jobs in (1, 2):
        run = corpus(9)
        run.run(jobs=jobs)
        run.assert_whole()
        assert run.said == []
        # A process keeps its worker: with jobs of them, not one per unit.
        assert len({answer["pid"] for answer in run.answers}) <= jobs
        assert max(int(str(answer["done"])) for answer in run.answers) >= 9 // jobs
        assert {answer["threads"] for answer in run.answers} == {"1"}
        for part in run.out.iterdir():
            part.unlink()
    assert capfd.readouterr() == ("", "")


def test_no_units_is_no_work() -> None:
    assert list(run_units("{}", [], address=None, jobs=2)) == []


def test_a_unit_that_fails_is_named_and_the_others_are_done(corpus: Make) -> None:
    run = corpus(8, trouble={2: "bug", 4: "article", 6: "exit"})
    with pytest.raises(ClusterError) as caught:
        run.run()
    run.assert_whole()
    told = str(caught.value)
    assert "3 of 8 units failed" in told
    assert "u2: ValueError: a bug" in told
    assert "u4: a.txt: it is gone" in told
    assert "u6: SystemExit: 3" in told
    assert "--resume" in told
    assert "Traceback" not in told
    assert "\n" not in told


def test_an_error_of_the_whole_run_keeps_its_place_and_remedy(corpus: Make) -> None:
    run = corpus(6, trouble={1: "config"}, seconds=0.05)
    with pytest.raises(ClusterError) as caught:
        run.run()
    assert caught.value.where == "--codebook"
    assert str(caught.value) == "--codebook: no such codebook. Give another."


def test_a_worker_that_cannot_be_made_ends_the_run_soon(corpus: Make) -> None:
    run = corpus(50)
    with pytest.raises(ClusterError, match=r"5 of 50 units failed and the run stopped there"):
        run.run(worker="cluster_standin:Broken", limits=Limits(failed_units=5))
    assert run.answers == []


def test_a_worker_that_is_not_there(corpus: Make) -> None:
    run = corpus(2)
    with pytest.raises(ClusterError, match=r"No module named 'no_such_module'"):
        run.run(worker="no_such_module:Worker")


def test_a_process_that_was_killed_costs_nothing(corpus: Make) -> None:
    run = corpus(8, trouble={3: "killed once"})
    run.run()
    run.assert_whole()
    assert len(run.said) == 1
    assert run.said[0].startswith("a worker process was killed (out of memory?); going on with ")


def test_a_unit_that_kills_every_process_is_found_out(corpus: Make) -> None:
    run = corpus(8, trouble={3: "killed"})
    with pytest.raises(ClusterError, match=r"1 of 8 units failed: u3: .* was killed"):
        run.run()
    run.assert_whole()


def test_a_unit_that_never_ends_is_found_out(corpus: Make) -> None:
    run = corpus(5, trouble={1: "sleep"})
    with pytest.raises(ClusterError, match=r"1 of 5 units failed: u1: .* nothing came back"):
        run.run(limits=SHORT)
    run.assert_whole()


def test_a_run_that_is_left_leaves_no_process(corpus: Make) -> None:
    run = corpus(40, seconds=0.2)

    class EnoughError(Exception):
        pass

    def enough(_count: int) -> None:
        raise EnoughError

    began = time.monotonic()
    with pytest.raises(EnoughError):
        run.run(after=enough)
    assert len(run.answers) == 1
    assert time.monotonic() - began < 30
