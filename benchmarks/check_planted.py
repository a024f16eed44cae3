"""Find planted faults: 500 articles, 20 faults of every kind that a file can have.

    uv run python benchmarks/check_planted.py [--model MODEL] [--articles N] [--each N] [--missed]

Prints how many of each kind were found, and the findings that nobody planted, by rule: on articles
without a planted fault, and on the others. Status 1 if a fault was missed, or an error was told
that nobody planted.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from checking.planted import AS_OF, Corpus  # noqa: E402
from checking.planting import build  # noqa: E402
from checking.verdicts import Verdict, verdict  # noqa: E402


def checked(corpus: Corpus, model: str) -> Verdict:
    """What the command says of the folder."""
    command = (sys.executable, "-m", "azstance", "check", ".", "--batch", "--as-of", AS_OF)
    done = subprocess.run(
        [*command, "--format", "json", "--model", model, "--quiet"],
        cwd=corpus.folder,
        capture_output=True,
        check=False,
    )
    assert done.stdout, done.stderr.decode()
    return verdict(corpus, json.loads(done.stdout))


def report(corpus: Corpus, found: Verdict, *, missed: bool) -> None:
    """Tables of what was found, missed and added."""
    planted = Counter(fault.rule for fault in corpus.faults)
    lost = Counter(fault.rule for fault in found.missed)
    print(f"{corpus.articles} articles, {len(corpus.faults)} planted faults")
    for rule, number in sorted(planted.items()):
        print(f"{rule}  {number - lost[rule]:3} of {number:3} found")
    for fault in found.missed if missed else ():
        print(f"  missed {fault.rule} {fault.where.path} {fault.where.id}: {fault.what}")
    print(f"other findings on {found.clean} articles without a planted fault, and on the rest:")
    for (rule, level), (clean, rest) in sorted(found.others.items()):
        print(f"{rule} {level:8} {clean:4} ({500 * clean / found.clean:6.1f} per 500) {rest:5}")
    for each in found.errors:
        print(f"  not planted: {each['rule']} {each['path']} {each['message']}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="cues")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = build(asked.keep or Path(folder), asked.articles, asked.each)
        found = checked(corpus, asked.model)
    report(corpus, found, missed=asked.missed)
    return int(bool(found.missed or found.errors))


if __name__ == "__main__":
    sys.exit(main())
