"""Cost and peak memory of `azstance score` as the number of articles grows.

    uv run python benchmarks/growth.py [COUNT ...] [--brief] [--model M] [--runs N] [--json]

Whole processes with an empty cache, two jobs, into a store. COUNTs are 100, 2000 and 20000; 20,000
take a while. Cost is what an article adds: seconds of processors beyond those of a run with four
articles, so that neither loading nor whatever else the machine does counts. Memory is the peak of
each process by its own account, pages that it shares with the others included. What is asked: a
flat cost, and a memory that does not follow the articles. With --brief the articles have 40 to 90
words, as many of them new ones as in a long article: what grows with the number of articles shows
in less time. With --json the result is one report, and its results wait on disk. --short is a few
articles, and shows only that everything runs. Linux only.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from corpus import BRIEF, USUAL, make
from running import ROOT, SHORT, environment, machine, report, score

FEW = 4
EVERY = 0.05  # seconds between two looks at the processes


@dataclass(frozen=True)
class Grown:
    """One run: its seconds, those of its processors, and the peak MiB of each process."""

    seconds: float
    work: float
    peaks: tuple[float, ...]


def watched(command: tuple[str, ...], **extra: str) -> Grown:
    """Run a whole process, and look at what it and its children take."""
    peaks: dict[int, float] = {}
    start, before = time.perf_counter(), _worked()
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
    return Grown(seconds, _worked() - before, tuple(peaks.values()))


def _worked() -> float:
    """Seconds of processors of all children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
        make(corpus, count, length=BRIEF if asked.brief else USUAL)
        options = ("--jobs", "2", "--model", asked.model)
        runs = []
        for number in range(asked.runs):
            out = Path(folder, f"out-{number}")
            command = score(corpus, out, *options)
            if asked.json:
                command = (*report(corpus, out), *options)
            runs.append(watched(command, AZSTANCE_CACHE=str(Path(folder, f"cache-{number}"))))
    highest = max(runs, key=lambda run: max(run.peaks))
    seconds, work = (
        statistics.median(getattr(run, n) for run in runs) for n in ("seconds", "work")
    )
    return Grown(seconds, work, highest.peaks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[100, 2000, 20_000])
    parser.add_argument("--model", default="cues")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--brief", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args()
    print(machine())
    start = grown(FEW, asked)
    print(f"{asked.model}; {FEW} articles take {start.seconds:.2f} s")
    print("articles  seconds  CPU ms/article  to first  largest MiB  to before  MiB of each")
    first = before = None
    for count in [SHORT] if asked.short else asked.counts:
        own = grown(count, asked)
        cost = 1000 * (own.work - start.work) / (count - FEW)
        first, largest = first or cost, max(own.peaks)
        before = before or largest
        each = " ".join(f"{peak:.0f}" for peak in own.peaks)
        print(
            f"{count:8} {own.seconds:8.1f} {cost:15.1f} {cost / first:9.2f} {largest:12.0f} "
            f"{largest / before:10.2f}  {each}",
            flush=True,
        )
        before = largest


if __name__ == "__main__":
    main()
