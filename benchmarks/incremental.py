"""How long the common loop takes: score, edit the lexicon, score again.

    uv run python benchmarks/incremental.py [RUNS] [ARTICLES] [MODEL] [--short]

Whole processes. A run starts with an empty cache: all articles cold, again with nothing changed,
then with a copy of the codebook to which something was done: a new phrase that is rare, one that is
common, another weight of a common cue. At the end the five seeds with nothing changed, shown as a
table. Prints medians, and the median of the ratios to cold run by run. --short is one run over a
few articles and one seed, without a second process, and shows only that everything runs and that
the cache changes no result.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from corpus import CODEBOOK, make
from running import ROOT, SHORT, Ran, machine, median_ratio, median_seconds, run, score

FRAME = Path("frames", "alliance.toml")
SEED = "002_a7c59664f76012a2.txt"
RARE, COMMON = "a rare phrase added", "a common phrase added"
EDITS = {
    RARE: ("phrases = [", 'phrases = ["zurna player", '),
    COMMON: ("phrases = [", 'phrases = ["trade", '),
    "a weight changed": ("weight = 0.75", "weight = 0.3"),  # no longer enough by itself
}


def edited(place: Path, old: str, new: str) -> Path:
    """A copy of the codebook in which the first `old` of a frame is `new`."""
    for folder in (CODEBOOK, CODEBOOK.parent / "english"):
        shutil.copytree(folder, place / folder.name)
    codebook = place / CODEBOOK.name
    text = (codebook / FRAME).read_text(encoding="utf-8")
    assert old in text, f"{FRAME} has no {old}"
    (codebook / FRAME).write_text(text.replace(old, new, 1), encoding="utf-8")
    return codebook


def digest(store: Path) -> str:
    """Of everything that was found, without what the store says of the codebook."""
    found = hashlib.sha256()
    for path in sorted(store.rglob("*.parquet")):
        found.update(path.read_bytes())
    return found.hexdigest()


def once(corpus: Path, model: str, *, short: bool) -> dict[str, Ran]:
    """All steps with one cache; in a `short` run, one of them without it as well."""
    ran: dict[str, Ran] = {}
    jobs, seeds = ("1", ROOT / "seeds" / SEED) if short else ("2", ROOT / "seeds")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        cache = {"AZSTANCE_CACHE": str(place / "cache")}

        def scored(name: str, codebook: Path, *more: str) -> tuple[Ran, str]:
            out = place / f"store of {name}"
            options = ("--jobs", jobs, "--model", model, "--codebook", str(codebook), *more)
            return run(score(corpus, out, *options), **cache), digest(out)

        def step(name: str, codebook: Path) -> str:
            ran[name], found = scored(name, codebook)
            return found

        base = edited(place / "base", "", "")
        first = step("cold", base)
        assert step("nothing changed", base) == first, "the cache changed the result"
        for name, (old, new) in EDITS.items():
            codebook = edited(place / name, old, new)
            found = step(name, codebook)
            assert found != first or name == RARE, f"{name}: the result stayed as it was"
            if short and name == COMMON:
                anew = scored(f"{name}, anew", codebook, "--no-cache")[1]
                assert anew == found, f"{name}: another result than without the cache"
        shown = (sys.executable, "-m", "azstance", "score", str(seeds), "--model", model)
        run(shown, **cache)
        ran["seeds, nothing changed"] = run(shown, **cache)
    return ran


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=int, nargs="?", default=5)
    parser.add_argument("articles", type=int, nargs="?", default=2000)
    parser.add_argument("model", nargs="?", default="cues")
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args()
    runs, count = (1, SHORT) if asked.short else (asked.runs, asked.articles)
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        make(corpus, count)
        rounds = [once(corpus, asked.model, short=asked.short) for _ in range(runs)]
    print(f"{count} articles, {asked.model}, {runs} runs; medians")
    print(f"{'':28}{'seconds':>9}{'cold to it':>12}")
    cold = [ran["cold"] for ran in rounds]
    for name in rounds[0]:
        own = [ran[name] for ran in rounds]
        times = "" if name.startswith("seeds") else f"{median_ratio(cold, own):12.1f}"
        print(f"{name:28}{median_seconds(own):9.2f}{times}")


if __name__ == "__main__":
    main()
