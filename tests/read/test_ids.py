"""Ids: short, unique, the same in any order, and the way back from a part of one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from azstance.errors import ArticleError
from azstance.read import find_articles, read_paths, resolve_id
from azstance.records import Article

from .pages import TESTS

SEEDS = TESTS.parent / "seeds"
TEXT = "Azerbaijan and Russia have agreed on a plan for trade that both call important.\n"


def ids(*paths: Path) -> list[str]:
    return [a.id for a in read_paths(paths) if isinstance(a, Article)]


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["002_a7c59664f7.txt", "003_1bff2a0e8b.txt"], ["002", "003"]),
        (["002_a7c59664f7.txt", "002_1bff2a0e8b.txt"], ["002_1bff2a0e8b", "002_a7c59664f7"]),
        (["visit.txt", "visit.md"], ["visit.md", "visit.txt"]),
        (["2024_visit.txt"], ["2024_visit"]),
        (["a/x.txt", "b/x.txt", "y.txt"], ["a/x", "b/x", "y"]),
        (["p/a/x.txt", "q/a/x.txt"], ["p/a/x", "q/a/x"]),
        (["002.txt", "002_a7c59664f7.txt"], ["002.txt", "002_a7c59664f7"]),
    ],
)
def test_ids(tmp_path: Path, names: list[str], expected: list[str]) -> None:
    fill(tmp_path, *names)
    assert ids(tmp_path) == expected


def test_the_id_of_a_file_does_not_depend_on_the_others_named(tmp_path: Path) -> None:
    fill(tmp_path, "002_a7c59664f7.txt", "002_1bff2a0e8b.txt")
    assert ids(tmp_path / "002_a7c59664f7.txt") == ["002_a7c59664f7"]


def test_ids_of_records_are_unique(tmp_path: Path) -> None:
    rows = [{"id": "x", "text": TEXT}, {"id": "x", "text": TEXT}, {"text": TEXT}]
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text("\n".join(map(json.dumps, rows)))
    assert ids(tmp_path) == ["x", "a:x", "a:3", "b:x", "b:2", "b:3"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("002", "002_a7c59664f76012a2.txt"),
        ("003_1b", "003_1bff2a0e8b13079f.txt"),
        ("004_a2f50c3e51d4306a", "004_a2f50c3e51d4306a.txt"),
        ("001_cba27b4d3ec9d2f2.txt", "001_cba27b4d3ec9d2f2.txt"),
        (str(SEEDS / "000_a915015487ea668a.txt"), "000_a915015487ea668a.txt"),
    ],
)
def test_resolved(name: str, file: str) -> None:
    assert Path(resolve_id(name, SEEDS).path).name == file


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("00", ["fits 5 articles", "000", "004"]),
        ("02", ["no article", "002", "Did you mean"]),
        ("zzz", ["no article", "There are: 000, 001, 002, 003, 004"]),
        ("", ["no article"]),
    ],
)
def test_not_resolved(name: str, words: list[str]) -> None:
    with pytest.raises(ArticleError) as caught:
        resolve_id(name, SEEDS)
    for word in words:
        assert word in str(caught.value)


def test_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="--corpus"):
        resolve_id("002", tmp_path / "nowhere")


def test_articles_come_in_the_order_of_the_ids() -> None:
    found = find_articles(["003", "002"], SEEDS)
    assert [a.id for a in found if isinstance(a, Article)] == ["003", "002"]


def test_a_record_is_found_in_its_file(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt")
    rows = [{"id": "visit-1", "text": TEXT}, {"id": "visit-2", "text": TEXT}]
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (found,) = find_articles(["visit-2"], tmp_path)
    assert isinstance(found, Article)
    assert found.id == "visit-2"
    with pytest.raises(ArticleError, match="fits 2"):
        resolve_id("visit", tmp_path)


def test_records_of_one_name_in_two_files_are_both_found(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(
            "\n".join(json.dumps({"id": n, "text": f"In {name}. {TEXT}"}) for n in ("x", "y"))
        )
    assert ids(tmp_path) == ["x", "y", "b:x", "b:y"]
    (found,) = find_articles(["b:y"], tmp_path)
    assert isinstance(found, Article)
    assert (found.id, found.blocks[0].text[:5]) == ("b:y", "In b.")
