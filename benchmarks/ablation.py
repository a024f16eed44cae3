"""What each kind of evidence adds, on articles that were not used in training.

    python benchmarks/ablation.py GOLD.jsonl

Trains the classifier of the default codebook with parts of its evidence left out, and measures each
on the coded sentences of GOLD.jsonl. Seconds per 1,000 sentences are of the whole way from text to
codes on one processor; spaCy and the cues have their part in all but the n-grams alone, for which
they could be left out.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from azstance.nlp.pipeline import one_thread

one_thread()

import numpy as np  # noqa: E402

from azstance.classify.context import spans  # noqa: E402
from azstance.classify.estimator import FrameClassifier  # noqa: E402
from azstance.classify.rows import Row  # noqa: E402
from azstance.codebook import load_codebook  # noqa: E402
from azstance.config import Config  # noqa: E402
from azstance.evaluating import formulas  # noqa: E402
from azstance.training import prepare  # noqa: E402

WAYS = {
    "cues alone, as a classifier": {"cues": True},
    "n-grams alone": {"words": True},
    "cues and n-grams": {"cues": True, "words": True},
    "cues, n-grams, context (lexical)": {"cues": True, "words": True, "context": True},
    "embeddings alone": {"meaning": True},
    "cues, n-grams, embeddings": {"cues": True, "words": True, "meaning": True},
    "all, with context (minilm)": {"cues": True, "words": True, "meaning": True, "context": True},
}
PARTS = ("cues", "words", "meaning", "context")


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def by_cues(rows: list[Row], frames: tuple[str, ...]) -> Any:
    """The codes of the lexicon's own rule, without any training."""
    names = [f"code {frame} {polarity}" for frame in frames for polarity in ("affirm", "deny")]
    return np.array([[row.cues.get(name, 0.0) for name in names] for row in rows])


def figures(wanted: Any, got: Any) -> tuple[float, float]:
    """Mean F1 of presence, and micro F1 of frame and polarity."""
    tables = np.zeros((wanted.shape[1] // 2, 3, 3))
    for f, table in enumerate(tables):
        gold, coded = (
            (each[:, 2 * f : 2 * f + 2] @ np.array([1, 2])).astype(int) for each in (wanted, got)
        )
        np.add.at(table, (gold, coded), 1)
    return float(formulas.macro_f1(tables)), float(formulas.micro_f1(tables))


def main() -> None:
    """Print the table."""
    codebook = load_codebook()
    config = Config(jobs=1)
    train, y = prepare(
        codebook, codebook.folder / "training.jsonl", Config(), meaning=True, tick=silent
    )
    gold = Path(sys.argv[1])
    start = time.perf_counter()
    plain, _ = prepare(codebook, gold, config, meaning=False, tick=silent)
    read = time.perf_counter() - start
    start = time.perf_counter()
    rows, wanted = prepare(codebook, gold, config, meaning=True, tick=silent)
    encode = time.perf_counter() - start - read
    thousand = 1000 / len(rows)
    print(f"{'evidence':36} presence F1  micro F1  s per 1,000 sentences")
    macro, micro = figures(wanted, by_cues(plain, codebook.frame_names))
    print(f"{'cues by their own rule':36} {macro:11.3f} {micro:9.3f} {read * thousand:10.2f}")
    for name, on in WAYS.items():
        flags = {part: on.get(part, False) for part in PARTS}
        model = FrameClassifier(codebook.frame_names, jobs=2, **flags).fit(train, y)
        seen = rows if flags["meaning"] else [replace(row, meaning=None) for row in rows]
        start = time.perf_counter()
        got = np.concatenate([model.predict(seen[s]) for s in spans([r.doc for r in seen])])
        took = time.perf_counter() - start
        took += read * (flags["cues"] or flags["meaning"]) + encode * flags["meaning"]
        macro, micro = figures(wanted, got)
        print(f"{name:36} {macro:11.3f} {micro:9.3f} {took * thousand:10.2f}", flush=True)


if __name__ == "__main__":
    main()
