"""What the benchmarks of whole processes have in common."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHORT = 5
"""Articles of a run that only shows that everything runs."""
_FOREIGN = ("AZSTANCE_", "OPENBLAS_NUM_", "OMP_NUM_", "MKL_NUM_", "BLIS_NUM_")


@dataclass(frozen=True)
class Ran:
    """Wall seconds of a process, and the peak MiB of the largest one of its tree."""

    seconds: float
    peak: float


def run(command: Sequence[str], **extra: str) -> Ran:
    """Run a whole process, with `extra` in its environment; one that fails ends the benchmark."""
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=told, stderr=told, env=environment(**extra)
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            sys.exit(f"{' '.join(command)[:300]}\n{told.read().decode(errors='replace')}")
    return Ran(seconds, used.ru_maxrss / 1024)


def environment(**extra: str) -> dict[str, str]:
    """The environment without settings of azstance or of threads, and `extra`."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(_FOREIGN)}
    return kept | extra


def score(corpus: Path, out: Path, *options: str) -> tuple[str, ...]:
    """The command that scores a corpus into a store."""
    return (sys.executable, "-m", "azstance", "score", str(corpus), "-o", f"{out}/", "-q", *options)


def report(corpus: Path, out: Path) -> tuple[str, ...]:
    """The command that scores a corpus into one JSON report."""
    return (sys.executable, "-m", "azstance", "score", str(corpus), "-f", "json", "-o", str(out))


def machine() -> str:
    """What the figures are of: quote it with them."""
    cores = len(os.sched_getaffinity(0))
    return (
        f"{_processor()}, {cores} cores; {platform.system()}, "
        f"Python {platform.python_version()}, spaCy {version('spacy')}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    rows = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [row.partition(":")[2].strip() for row in rows if row.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def median_ratio(above: Sequence[Ran], below: Sequence[Ran]) -> float:
    """The median of the ratios of seconds, run by run."""
    return statistics.median(a.seconds / b.seconds for a, b in zip(above, below, strict=True))


def median_seconds(runs: Sequence[Ran]) -> float:
    """The median of the seconds."""
    return statistics.median(ran.seconds for ran in runs)
