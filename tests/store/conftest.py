"""A finished store of two units."""

from __future__ import annotations

from pathlib import Path

import pytest

from azstance.store.query import Store, find_store

from .build import ARTICLES, SENTENCES, SKIPPED, write_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    units = {
        "a": {"articles": ARTICLES[:2], "sentences": SENTENCES[:6], "skipped": SKIPPED},
        "b": {"articles": ARTICLES[2:], "sentences": SENTENCES[6:]},
    }
    return write_store(tmp_path_factory.mktemp("query") / "out", units)


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    return find_store(str(folder))
