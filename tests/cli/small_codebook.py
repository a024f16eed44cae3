"""The packaged codebook with few training sentences, so that a test can train it in seconds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

CODEBOOK = Path(__file__).parents[2] / "lexicons" / "azerbaijan-russia"
DOCS = tuple(f"{writer}-00{n}" for writer in ("w1", "w2", "w3", "v1", "v2") for n in (1, 2))


def small(folder: Path) -> Path:
    """The codebook without weights, with ten of its training articles, by five writers."""
    shutil.copytree(CODEBOOK, folder, ignore=shutil.ignore_patterns("models", "*.jsonl"))
    lines = (CODEBOOK / "training.jsonl").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)["doc"] in DOCS]
    assert 60 <= len(kept) <= 100
    (folder / "training.jsonl").write_text("".join(kept), "utf-8")
    return folder
