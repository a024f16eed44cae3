"""The coded sentences that ship with the codebook: their form, and what the docs say of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "lexicons" / "azerbaijan-russia"
FRAMES = {"alliance", "balance", "influence", "rift"}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def sentences() -> list[dict[str, Any]]:
    return rows("training.jsonl")


def test_codes_have_the_form_of_the_codebook(sentences: list[dict[str, Any]]) -> None:
    for row in sentences + rows("training_second.jsonl"):
        assert set(row["frames"]) <= FRAMES, row
        assert set(row["frames"].values()) <= {"affirm", "deny"}, row
        assert row["voice"] in ({"author", "attributed"} if row["frames"] else {None}), row


def test_sentences_are_plain_and_stand_once(sentences: list[dict[str, Any]]) -> None:
    assert all(row["text"] == " ".join(row["text"].split()) != "" for row in sentences)
    forms = Counter(re.sub(r"\W+", " ", row["text"].casefold()) for row in sentences)
    assert not [form for form, count in forms.items() if count > 1]


def test_places_rise_in_each_article(sentences: list[dict[str, Any]]) -> None:
    places: dict[str, int] = {}
    for row in sentences:
        assert row["n"] > places.get(row["doc"], 0), row
        places[row["doc"]] = row["n"]


def test_second_codes_and_articles_belong_to_sentences(sentences: list[dict[str, Any]]) -> None:
    known = {(row["doc"], row["n"]) for row in sentences}
    second = [(row["doc"], row["n"]) for row in rows("training_second.jsonl")]
    assert set(second) <= known
    assert len(set(second)) == len(second)
    assert {row["doc"] for row in rows("training_articles.jsonl")} <= {doc for doc, _ in known}


def test_the_docs_state_their_size(sentences: list[dict[str, Any]]) -> None:
    text = (ROOT / "docs" / "training.md").read_text("utf-8")
    cells = Counter(f"{f} {p}" for row in sentences for f, p in row["frames"].items())
    assert f"{len(sentences):,} sentences" in text
    assert f"the {len(rows('training_articles.jsonl'))} invented articles" in text
    assert f"{len(rows('training_second.jsonl'))} of the sentences" in text
    denied = [cells[f"{frame} deny"] for frame in ("alliance", "balance", "rift")]
    assert "alliance denied {}, balance denied {}, rift denied {}".format(*denied) in text
