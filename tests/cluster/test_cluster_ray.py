"""A real Ray cluster of two machines on loopback, one of which is killed in mid-run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from store.test_run import tables, texts

from azstance.cluster import ClusterError, Limits, run_units
from azstance.config import Config
from azstance.store.run import score_into

from .conftest import WORKERS

Make = Callable[..., "Corpus"]  # noqa: F821


@dataclass
class Loopback:
    """The cluster, through the process that holds it."""

    process: subprocess.Popen[str]
    address: str = ""
    client: str = ""

    def ask(self, line: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@pytest.fixture
def loopback(worker_path: None, nothing_left: None) -> Iterator[Loopback]:
    # The names of Ray's sockets are long, and the system allows about a hundred characters.
    folder = tempfile.mkdtemp(prefix="azr", dir="/tmp")
    process = subprocess.Popen(
        [sys.executable, str(WORKERS / "loopback.py"), folder, "2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    cluster = Loopback(process)
    try:
        cluster.address, cluster.client = cluster.answer().split()
        yield cluster
    finally:
        process.communicate(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address")


@LINUX
def test_a_machine_dies_and_the_result_is_whole(
    loopback: Loopback, corpus: Make, tmp_path: Path
) -> None:
    """The real work: articles are scored on two machines, one is killed, and no row is missing."""
    records = tmp_path / "records.jsonl"
    records.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts(400)))
    config = Config(model="cues", resamples=100)
    limits = Limits(after_loss=20.0)  # where Daft waits for the dead, the next round comes sooner
    killed: list[int] = []
    said: list[str] = []

    def spread(job: str, tasks: Sequence[str]) -> Iterator[str]:
        for done, receipt in enumerate(
            run_units(job, tasks, address=loopback.address, jobs=0, say=said.append, limits=limits),
            1,
        ):
            if done == 3:
                killed.append(int(loopback.ask("kill")))
            yield receipt

    written = score_into([records], str(tmp_path / "ray"), config, spread=spread)
    # The raylet and a process of Daft's at least, so that work was lost.
    assert killed[0] >= 3
    assert written.units > 8
    score_into([records], str(tmp_path / "here"), replace(config, jobs=1))
    assert tables(tmp_path / "ray") == tables(tmp_path / "here")
    assert len(tables(tmp_path / "ray")["articles"]) == 400
    # What is left of the cluster, from outside of it: in the same test, as a start takes long.
    run = corpus(3, trouble={1: "bug"})
    with pytest.raises(ClusterError, match=r"1 of 3 units failed: u1: ValueError: a bug"):
        run.run(address=loopback.client, jobs=0)
    run.assert_whole()


@LINUX
@pytest.mark.skipif("AZSTANCE_TEST_WITHOUT_ROOM" not in os.environ, reason="takes minutes; by hand")
def test_no_room_for_what_died(loopback: Loopback, corpus: Make) -> None:
    """Daft waits for ever for its processes on the dead machine, and a new round goes on."""

    def kill(count: int) -> None:
        if count == 6:
            loopback.ask("kill")

    run = corpus(36, seconds=0.2)
    run.run(address=loopback.client, jobs=0, limits=Limits(cpus=1.0, after_loss=4.0), after=kill)
    run.assert_whole()
    assert any("a machine of the cluster died" in line for line in run.said)
