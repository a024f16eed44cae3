"""The corpus of the benchmarks: the same every time, of one kind at every size, read as it is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest
from corpus import OUTLETS, USUAL, Made, articles, bodies, load_pool, make

from azstance.read import read_paths
from azstance.records import Article

MANY = 600


@pytest.fixture(scope="module")
def many() -> list[Made]:
    return list(articles(MANY))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def words(made: Made) -> int:
    return sum(len(paragraph.split()) for paragraph in made.paragraphs)


def test_a_seed_gives_the_same_bytes_and_another_seed_gives_others(tmp_path: Path) -> None:
    for name, seed in (("first", 7), ("again", 7), ("other", 8)):
        make(tmp_path / name, 6, seed)
    first = files(tmp_path / "first")
    assert first == files(tmp_path / "again")
    assert not set(first.values()) & set(files(tmp_path / "other").values())


def test_a_small_corpus_is_the_beginning_of_a_larger_one(tmp_path: Path) -> None:
    make(tmp_path / "small", 5)
    make(tmp_path / "large", 15)
    small, large = files(tmp_path / "small"), files(tmp_path / "large")
    assert sorted(large) == [f"{number:05}.txt" for number in range(1, 16)]
    assert small == {name: large[name] for name in sorted(large)[:5]}


def test_no_article_has_the_text_of_another(many: list[Made]) -> None:
    assert len({frozenset(made.paragraphs) for made in many}) == MANY
    for made in many:
        assert len(set(made.paragraphs)) == len(made.paragraphs)


def test_no_paragraph_is_in_many_articles(many: list[Made]) -> None:
    """Else the articles would be reprints of each other, and parsing one would do for all."""
    seen = Counter(paragraph for made in many for paragraph in made.paragraphs)
    from_seeds = load_pool().paragraphs
    assert max(n for text, n in seen.items() if text not in from_seeds) <= 6
    assert max(seen.values()) < MANY / 20


def test_every_article_brings_words_of_its_own(many: list[Made]) -> None:
    seen = Counter(word for made in many for word in {*" ".join(made.paragraphs).split()})
    for made in many:
        assert any(seen[word] == 1 for text in made.paragraphs for word in text.split())


def test_articles_are_as_long_as_the_seeds_at_every_size(many: list[Made]) -> None:
    lengths = [words(made) for made in many]
    assert USUAL[0] <= min(lengths) < USUAL[0] + 60
    assert USUAL[1] - 60 < max(lengths) < USUAL[1] + 130
    seeds = Path(__file__).parents[2] / "seeds"
    assert mean(lengths) == pytest.approx(mean(len(b.split()) for b in bodies(seeds)), rel=0.1)
    for beginning in (20, 100, 300):
        assert mean(lengths[:beginning]) == pytest.approx(mean(lengths), rel=0.03)


def test_ten_outlets_write_over_36_months(many: list[Made]) -> None:
    outlets = Counter(made.outlet for made in many)
    assert set(outlets) == set(OUTLETS)
    assert len(OUTLETS) == 10
    assert min(outlets.values()) > MANY / 20
    assert len({(made.published.year, made.published.month) for made in many}) == 36


def test_azstance_reads_outlet_date_and_paragraphs(tmp_path: Path, many: list[Made]) -> None:
    """A few training sentences are furniture, such as "Subscribe to our channel": cut, rightly."""
    make(tmp_path, 40)
    kept = 0
    found = list(read_paths([tmp_path]))
    assert len(found) == 40
    for made, article in zip(many, found, strict=False):
        assert isinstance(article, Article), article
        assert article.card.outlet is not None
        assert article.card.published is not None
        assert article.card.outlet.value == made.outlet
        assert article.card.published.value == made.published.isoformat()
        texts = [block.text for block in article.blocks if not block.heading]
        assert set(texts) <= {made.title, *made.paragraphs}  # a title that asks is a sentence
        kept += len(set(texts) - {made.title})
    assert kept >= 0.98 * sum(len(made.paragraphs) for made in many[:40])


def test_lines_of_json_are_the_same_articles(tmp_path: Path, many: list[Made]) -> None:
    make(tmp_path, 10, jsonl=True)
    rows = [json.loads(row) for row in (tmp_path / "corpus.jsonl").read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows] == ["\n\n".join(made.paragraphs) for made in many[:10]]
    cards = [item.card for item in read_paths([tmp_path]) if isinstance(item, Article)]
    assert [card.outlet and card.outlet.value for card in cards] == [m.outlet for m in many[:10]]
    dates = [card.published and card.published.value for card in cards]
    assert dates == [m.published.isoformat() for m in many[:10]]


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    script = Path(__file__).parents[2] / "benchmarks" / "corpus.py"
    command = [sys.executable, str(script), str(tmp_path / "new" / "corpus"), "3"]
    done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60)
    assert done.stdout.startswith("3 articles in ")
    assert len(files(tmp_path / "new" / "corpus")) == 3
