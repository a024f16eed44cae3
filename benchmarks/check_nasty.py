"""Check 1,000 hostile files: what comes in by mail, by scraper, or on purpose.

    uv run python benchmarks/check_nasty.py [--files N] [--seed N] [--only NAME]

Every special file goes through `azstance check` alone, with 10 seconds for it beyond the start of
the process; then random pieces of them, in folders of 50. Asserts that there is no traceback, no
control character in any output, the right status, and that the JSON names every input. Status 1
if anything of this does not hold.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from checking.nasty import FOLDERS, big_files, random_files, special_files  # noqa: E402
from checking.ordeal import LIMIT, Ordeal, ordeal  # noqa: E402
from cli.command import Warm  # noqa: E402

_PER_FOLDER = 50
_BIG = sum(1 for _ in big_files())


def folders(place: Path, count: int, seed: int) -> Iterator[tuple[str, Path, int]]:
    """Each folder to check, its name and how many files it holds."""
    specials = special_files()
    for name, data in chain(specials.items(), big_files()):
        folder = place / f"special-{name}"
        folder.mkdir()
        (folder / name).write_bytes(data)
        yield name, folder, 1
        (folder / name).unlink()
    for name, make in FOLDERS.items():
        folder = place / f"folder-{name}"
        folder.mkdir()
        make(folder)
        yield f"{name}/", folder, 1
    files = random_files(count - len(specials) - len(FOLDERS) - _BIG, seed)
    while batch := list(islice(files, _PER_FOLDER)):
        folder = place / f"random-{batch[0][0]}"
        folder.mkdir()
        for name, data in batch:
            (folder / name).write_bytes(data)
        yield f"from {batch[0][0]}", folder, len(batch)


def _start(warm: Warm) -> float:
    """Seconds that a run takes before it comes to its first article, with one short article."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "folder")
        folder.mkdir()
        (folder / "a.txt").write_text("Azerbaijan and Russia signed an agreement.", "utf-8")
        return ordeal(warm, folder, Path(place, "outputs")).seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    warm = Warm()
    start = _start(warm)
    statuses: Counter[int] = Counter()
    times: list[tuple[float, str]] = []
    files = wrong = 0
    with tempfile.TemporaryDirectory() as place:
        for name, folder, held in folders(Path(place), asked.files, asked.seed):
            if asked.only and asked.only not in name:
                continue
            signal.alarm(int(LIMIT * held) + 60)  # a hang ends the benchmark
            print("..", name, flush=True) if asked.only else None
            found: Ordeal = ordeal(warm, folder, Path(place, "outputs"))
            statuses[found.done.status] += 1
            times.append(((found.seconds - start) / held, name))
            files += held
            for problem in found.problems(folder, start + LIMIT * held):
                wrong += 1
                print(f"{name}: {problem}")
    signal.alarm(0)
    warm.close()
    slowest = ", ".join(f"{name} {seconds:.1f} s" for seconds, name in sorted(times)[-5:])
    print(f"{files} files, {wrong} problems; statuses {dict(sorted(statuses.items()))}")
    print(f"slowest, without the start of {start:.1f} s: {slowest}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
