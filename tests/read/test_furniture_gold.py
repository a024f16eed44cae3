"""Cleaning measured on marked pages: the figures that tests/floors.toml holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from azstance.read import ReadSettings, read_paths
from azstance.records import Article

from .pages import FLOORS, TESTS, article, f1_of_pages

SEEDS = TESTS.parent / "seeds"
FIXTURES = Path(__file__).parent / "fixtures" / "pages"


def gold_seeds() -> list[dict[str, object]]:
    return [json.loads(row) for row in (TESTS / "gold" / "seeds.jsonl").read_text().splitlines()]


def test_seeds_sentences() -> None:
    seeds = {a.id: a for a in read_paths([SEEDS]) if isinstance(a, Article)}
    body = {name: "\n".join(block.text for block in a.blocks) for name, a in seeds.items()}
    right = lost = kept = 0
    for row in gold_seeds():
        in_body = " ".join(str(row["text"]).split()) in body[str(row["doc"])]
        right += bool(row["furniture"]) and not in_body
        kept += bool(row["furniture"]) and in_body
        lost += not row["furniture"] and not in_body
    assert lost <= FLOORS["seeds_body_lost"]
    assert 2 * right / (2 * right + kept + lost) >= FLOORS["seeds_f1"]


def test_every_line_of_a_seed_is_in_the_body_or_among_the_cuts() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        found = article(path)
        parts = [block.text for block in found.blocks] + [cut.text for cut in found.cut]
        words = sorted(" ".join(parts).split())
        assert words == sorted(path.read_text().split())


@pytest.mark.parametrize(
    ("folder", "prefix", "settings"),
    [
        (TESTS / "gold_pages", "pages", ReadSettings()),
        (TESTS / "gold_pages", "coded_headlines", ReadSettings(title_case_headings=True)),
        (FIXTURES, "fixtures", ReadSettings()),
    ],
)
def test_pages(folder: Path, prefix: str, settings: ReadSettings) -> None:
    body, furniture = f1_of_pages(folder, settings)
    assert body >= FLOORS[f"{prefix}_body_f1"]
    assert furniture >= FLOORS[f"{prefix}_furniture_f1"]


def test_the_measure_can_fail() -> None:
    body, furniture = f1_of_pages(TESTS / "gold_pages", ReadSettings(clean=False))
    assert body < FLOORS["pages_body_f1"]
    assert furniture < 0.1
