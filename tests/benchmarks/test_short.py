"""Every benchmark runs from end to end over a few articles. What it measures there means nothing:

the figures are taken by hand, over many articles, with nothing else on the machine.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def rows(script: str, *arguments: str) -> list[str]:
    """The lines that a script prints below the machine, which it names first."""
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    first, *others = done.stdout.splitlines()
    assert f"Python {platform.python_version()}, spaCy 3." in first
    return others


def figures(row: str, name: str) -> list[float]:
    """The numbers of a row that begins with this name, none of them 0 or less."""
    assert row.startswith(name), row
    found = [float(text) for text in row.removeprefix(name).split()]
    assert min(found) > 0
    return found


def test_throughput() -> None:
    _, title, _, own, bare, two, half = rows("throughput.py", "5", "2000", "cues", "--short")
    assert title.startswith("5 articles, 1 run")
    assert len(figures(own, "azstance, cues")) == 3
    seconds, rate, ratio = figures(bare, "bare spaCy")
    assert rate == pytest.approx(5 / seconds, rel=0.05)
    assert ratio == 1
    assert len(figures(two, "bare spaCy, n_process=2")) == 3
    assert len(figures(half, "bare spaCy, half each")) == 3


def test_incremental() -> None:
    """The script itself asserts that an edit shows in the result, and that the cache does not."""
    _, _, cold, same, rare, common, weight, seeds = rows("incremental.py", "--short")
    assert figures(cold, "cold")[1] == 1
    for row, name in (
        (same, "nothing changed"),
        (rare, "a rare phrase added"),
        (common, "a common phrase added"),
        (weight, "a weight changed"),
    ):
        assert len(figures(row, name)) == 2
    assert len(figures(seeds, "seeds, nothing changed")) == 1


def test_growth() -> None:
    _, _, row = rows("growth.py", "--brief", "--short")
    # What an article costs is a difference of two times, and can be anything over so few.
    count, seconds, _, cost, largest, memory, *each = map(float, row.split())
    assert (count, cost, memory) == (5, 1, 1)
    assert seconds > 0.1
    assert largest == max(each) > 50
