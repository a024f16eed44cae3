"""Peak memory of `azstance score` as the number of articles grows.

    uv run python benchmarks/memory.py [COPIES ...]

Scores a folder with that many copies of the five seeds, each with a line of its own so that none is
the same, and prints the peak resident memory of the first process and the size of the JSON. What
grows from one row to the next should be the result, not the work.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def peak(copies: int) -> tuple[float, float]:
    """Peak MiB of the largest process, and MiB of JSON, for `copies` of the seeds."""
    with tempfile.TemporaryDirectory() as folder:
        for seed in sorted((ROOT / "seeds").glob("*.txt")):
            text = seed.read_text(encoding="utf-8")
            for number in range(copies):
                name = f"{seed.stem.split('_')[0]}-{number:04}.txt"
                (Path(folder) / name).write_text(f"{text}\n\nThis is copy {number}.\n", "utf-8")
        out = Path(folder) / "report.json"
        code = (
            "import resource, sys; from azstance.cli import main\n"
            "try: main()\n"
            "except SystemExit: pass\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
        )
        command = [sys.executable, "-c", code, "score", folder, "-q", "-f", "json", "-o", str(out)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        return int(run.stderr.split()[-1]) / 1024, out.stat().st_size / 2**20


def main() -> None:
    counts = [int(a) for a in sys.argv[1:]] or [1, 10, 40]
    print("articles   peak MiB   JSON MiB")
    for copies in counts:
        used, size = peak(copies)
        print(f"{5 * copies:8} {used:10.0f} {size:10.1f}")


if __name__ == "__main__":
    main()
