"""Cost and peak memory of `azstance score` as the number of articles grows.

    uv run python benchmarks/growth.py [COUNT ...] [--model MODEL] [--runs N] [--json] [--short]

Whole processes with an empty cache, two jobs, into a store. COUNTs are 100, 2000 and 20000; 20,000
take a while. Cost is what an article adds: seconds beyond those of a run with four, so that loading
does not count. Memory is the peak of each process by its own account, pages that it shares with
the others included. What is asked: a flat cost, and a memory that does not follow the articles.
With --json the result is one report, which is held in memory until its end: the first process then
grows with it. --short is a few articles, and shows only that everything runs. Linux only.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from corpus import make
from running import ROOT, SHORT, environment, machine, report, score

FEW = 4
EVERY = 0.05  # seconds between two looks at the processes


@dataclass(frozen=True)
class Grown:
    """One run: its seconds, and the peak MiB of each of its processes, the first one first."""

    seconds: float
    peaks: tuple[float, ...]


def watched(command: tuple[str, ...], **extra: str) -> Grown:
    """Run a whole process, and look at what it and its children take."""
    peaks: dict[int, float] = {}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=told, stderr=told, env=environment(**extra)
        )
        while process.poll() is None:
            for pid in _tree(process.pid):
                peaks[pid] = max(peaks.get(pid, 0.0), _peak(pid))
            time.sleep(EVERY)
        seconds = time.perf_counter() - start
        if process.returncode:
            told.seek(0)
            sys.exit(told.read().decode(errors="replace"))
    return Grown(seconds, tuple(peaks.values()))


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    below: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below += map(int, path.read_text(encoding="ascii").split())
        except OSError:  # it has ended
            continue
    return [pid, *(each for child in below for each in _tree(child))]


def _peak(pid: int) -> float:
    """MiB at its peak until now."""
    try:
        rows = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) / 1024 for row in rows if row.startswith("VmHWM")), 0.0)


def grown(count: int, asked: argparse.Namespace) -> Grown:
    """The median seconds over so many articles, and the peaks of the run that took the most."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        make(corpus, count)
        options = ("--jobs", "2", "--model", asked.model)
        runs = []
        for number in range(asked.runs):
            out = Path(folder, f"out-{number}")
            command = score(corpus, out, *options)
            if asked.json:
                command = (*report(corpus, out), *options)
            runs.append(watched(command, AZSTANCE_CACHE=str(Path(folder, f"cache-{number}"))))
    highest = max(runs, key=lambda run: max(run.peaks))
    return Grown(statistics.median(run.seconds for run in runs), highest.peaks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[100, 2000, 20_000])
    parser.add_argument("--model", default="cues")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args()
    print(machine())
    start = grown(FEW, asked)
    print(f"{asked.model}; {FEW} articles take {start.seconds:.2f} s")
    print("articles  seconds  ms/article  to first  largest MiB  to before  MiB of each process")
    first = before = None
    for count in [SHORT] if asked.short else asked.counts:
        own = grown(count, asked)
        cost = 1000 * (own.seconds - start.seconds) / (count - FEW)
        first, largest = first or cost, max(own.peaks)
        before = before or largest
        each = " ".join(f"{peak:.0f}" for peak in own.peaks)
        print(
            f"{count:8} {own.seconds:8.1f} {cost:11.1f} {cost / first:9.2f} {largest:12.0f} "
            f"{largest / before:10.2f}  {each}",
            flush=True,
        )
        before = largest


if __name__ == "__main__":
    main()
