"""Hostile files: no traceback, no hang, no control character out, the right status.

One run over all special files, each special folder, and arbitrary bytes at the level of the
library. The thousand files, each special one alone and timed, are benchmarks/check_nasty.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from azstance.check import Asked, check_paths
from azstance.checking.records import Outcome
from azstance.config import Config
from azstance.errors import AzstanceError
from azstance.nlp import pipeline

from .nasty import FOLDERS, TEXT, random_files, special_files
from .ordeal import Ordeal, ordeal

SLOW = ("manyrecords.jsonl", "manyparas.md", "manylines.txt", "toolong.txt", "long.txt")
"""Only in the benchmark: they take a second each, and test nothing else than time."""
KINDS = (".txt", ".md", ".json", ".jsonl", ".csv", ".html")
_SPECIAL = [data[:4000] for data in special_files().values()]


@pytest.fixture(scope="module")
def specials(warm: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ordeal]:
    folder = tmp_path_factory.mktemp("specials")
    files = {**special_files(), **dict(random_files(60, seed=11))}
    for name in files.keys() - set(SLOW):
        (folder / name).write_bytes(files[name])
    return folder, ordeal(warm, folder, tmp_path_factory.mktemp("outputs"))


def test_nothing_of_it_goes_wrong(specials: tuple[Path, Ordeal]) -> None:
    folder, found = specials
    assert not found.problems(folder, allowed=120)
    assert found.done.status == 2


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("escapes.txt", "checked"),
        ("laughs.md", "checked"),
        ("tags.md", "checked"),
        ("markup.txt", "checked"),
        ("utf16.txt", "checked"),
        ("utf32.txt", "checked"),
        ("word.txt", "too_short"),
        ("cyrillic.txt", "failed"),
        ("russian.txt", "withheld"),
        ("deep.html", "checked"),
        ("duplicate.json", "checked"),
        ("formula.csv", "checked"),
        ("zip.txt", "failed"),
        ("gzip.json", "failed"),
        ("nuls.txt", "failed"),
        ("empty.md", "failed"),
        ("emoji.txt", "failed"),
        ("deep.json", "failed"),
        ("integer.json", "failed"),
        ("nan.json", "failed"),
        ("quote.csv", "failed"),
    ],
)
def test_what_becomes_of_some(specials: tuple[Path, Ordeal], name: str, outcome: str) -> None:
    items = json.loads(specials[1].done.raw)["inputs"]
    assert {item["outcome"] for item in items if item["path"] == name} == {outcome}


def test_nothing_is_run_that_a_file_asks_for(specials: tuple[Path, Ordeal]) -> None:
    assert not (specials[0] / "owned").exists()


@pytest.mark.parametrize("name", FOLDERS)
def test_folders(warm: Any, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    FOLDERS[name](folder)
    assert not ordeal(warm, folder, tmp_path / "outputs").problems(folder, allowed=60)


@pytest.fixture
def outcomes(
    tmp_path_factory: pytest.TempPathFactory, nlp: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, bytes], set[Outcome]]:
    """Check bytes as a file of a kind: the outcomes of its articles, none where nothing can run.

    The pipeline is the one of the suite: loading it takes longer than all the rest.
    """
    folder = tmp_path_factory.mktemp("bytes")
    monkeypatch.setattr(pipeline, "load", lambda wanted, book, forms: nlp)
    config = Config(model="cues", jobs=1)

    def check(kind: str, data: bytes) -> set[Outcome]:
        path = folder / f"a{kind}"
        path.write_bytes(data)
        try:
            report = check_paths(Asked([str(path)], batch=True), config)
        except AzstanceError:
            return set()
        assert report.failed == (report.status == 2)
        return {item.outcome for item in report.inputs}

    return check


def _pieces() -> st.SearchStrategy[bytes]:
    special = st.sampled_from([*_SPECIAL, TEXT.encode()])
    cut = st.builds(lambda data, a, b: data[a % 997 : b], special, st.integers(0), st.integers(0))
    return st.lists(st.one_of(st.binary(max_size=200), cut), max_size=3).map(b"".join)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(kind=st.sampled_from(KINDS), data=_pieces())
@example(kind=".csv", data=b"title\rtext,text\nx,Baku\n")
@example(kind=".txt", data=b"\xff\xfe\x00\xd8")
@example(kind=".html", data=b"<![x")
def test_any_bytes_are_an_article_or_a_reason(
    outcomes: Callable[[str, bytes], set[Outcome]], kind: str, data: bytes
) -> None:
    assert outcomes(kind, data)
