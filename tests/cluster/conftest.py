"""Stand-in workers on the path of the processes that Daft starts, and units for them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from azstance.cluster import Limits, run_units

WORKERS = Path(__file__).parent / "workers"

# The stand-in worker and the processes of the loopback cluster are scripts, not test modules.
sys.path.insert(0, str(WORKERS))


@pytest.fixture(autouse=True)
def worker_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(WORKERS))


@dataclass
class Corpus:
    """Units for the stand-in worker and the folder that their parts go to."""

    out: Path
    count: int
    seconds: float = 0.0
    trouble: dict[int, str] = field(default_factory=dict)
    answers: list[dict[str, object]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def run(
        self,
        address: str | None = None,
        jobs: int = 2,
        limits: Limits | None = None,
        worker: str = "cluster_standin:Worker",
        after: Callable[[int], None] = lambda _count: None,
    ) -> None:
        self.out.mkdir(exist_ok=True)
        job = json.dumps({"out": str(self.out), "seconds": self.seconds})
        for answer in run_units(
            job,
            self.units(),
            address=address,
            jobs=jobs,
            worker=worker,
            say=self.said.append,
            limits=limits,
        ):
            self.answers.append(json.loads(answer))
            after(len(self.answers))

    def units(self) -> Sequence[str]:
        return [
            json.dumps({"name": f"u{n}", "number": n, "trouble": self.trouble.get(n)})
            for n in range(self.count)
        ]

    def parts(self) -> dict[str, str]:
        return {part.stem: part.read_text("utf-8") for part in self.out.glob("*.txt")}

    def expected(self) -> dict[str, str]:
        """What a run has written when it did every unit that can be done."""
        fatal = {"bug", "article", "exit", "killed", "sleep"}
        done = (n for n in range(self.count) if self.trouble.get(n) not in fatal)
        return {f"u{n}": f"u{n} {n**2}\n" for n in done}

    def assert_whole(self) -> None:
        """Every unit that can be done was answered for once, and its part is there."""
        assert self.parts() == self.expected()
        assert sorted(str(answer["name"]) for answer in self.answers) == sorted(self.expected())


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., Corpus]:
    def make(count: int, **fields: object) -> Corpus:
        return Corpus(tmp_path / "out", count, **fields)  # type: ignore[arg-type]

    return make


@pytest.fixture
def nothing_left() -> Iterator[None]:
    """After the test, no process that it started is running."""
    from loopback import descendants

    before = set(descendants(os.getpid()))
    yield
    left = set(descendants(os.getpid())) - before
    assert not {pid for pid in left if _is_running(pid)}


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
