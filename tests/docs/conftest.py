"""A place to try what the documents say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli.small_codebook import small

from azstance.analyze import score_paths
from azstance.checking.reference import Made, reference_of, reference_text
from azstance.config import Config
from azstance.render import render
from azstance.store.run import score_into

from .documents import ROOT


@pytest.fixture(scope="session")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder such as the documents speak of: seeds, articles of one's own, codebooks to edit."""
    home = tmp_path_factory.mktemp("newcomer")
    (home / ".git").mkdir()  # no settings file above it counts
    shutil.copytree(ROOT / "seeds", home / "seeds")
    for codebook in ("mine", "my-codebook"):
        small(home / codebook)
    (home / "articles").mkdir()
    for number, name in (("000", "plan.txt"), ("003", "visit.txt")):
        shutil.copy(next((ROOT / "seeds").glob(f"{number}_*")), home / "articles" / name)
    shutil.copy(home / "articles" / "visit.txt", home / "article.txt")
    coded = ROOT / "tests" / "gold"
    for name in ("gold.jsonl", "first.jsonl", "second.jsonl"):
        shutil.copy(coded / "seeds.jsonl", home / name)
    shutil.copy(coded / "seeds_articles.jsonl", home / "gold_articles.jsonl")
    (home / "news.csv").write_text(
        "body,newspaper,day\n"
        '"Russia and Azerbaijan are close allies. Their trade grows.",Example Daily,2024-03-31\n',
        encoding="utf-8",
    )
    made = Made("a codebook", "cues", "a pipeline", "2026.1")
    (home / "azstance-reference.json").write_text(reference_text(reference_of([], made)), "utf-8")
    (home / "azstance-baseline.jsonl").touch()
    quick = Config(model="cues", jobs=1)
    score_into([home / "seeds"], str(home / "scored"), quick)
    rows = render(score_paths([str(home / "seeds")], quick), "csv", rows="sentences")
    (home / "sentences.csv").write_text(rows, encoding="utf-8", newline="")
    return home
