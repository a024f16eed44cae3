"""What stands around a sentence, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.classify.context import BLOCKS, POSITION, around, spans


@pytest.mark.parametrize(
    ("docs", "expected"),
    [
        ([], []),
        (["a"], [slice(0, 1)]),
        (["a", "a", "b"], [slice(0, 2), slice(2, 3)]),
        # Articles follow one another: what comes back later is another one.
        (["a", "b", "a"], [slice(0, 1), slice(1, 2), slice(2, 3)]),
    ],
)
def test_spans(docs: list[str], expected: list[slice]) -> None:
    assert spans(docs) == expected


def test_three_sentences() -> None:
    own = np.array([[0.1], [0.9], [0.3]])
    # two before, one before, one after, two after, mean, most, first of article, place
    assert around(own, ["a"] * 3) == pytest.approx(
        np.array(
            [
                [0, 0, 0.9, 0.3, 0.6, 0.9, 0.1, 1, 0, 0],
                [0, 0.1, 0.3, 0, 0.2, 0.3, 0.1, 0, 0, 1 / 3],
                [0.1, 0.9, 0, 0, 0.5, 0.9, 0.1, 0, 1, 2 / 3],
            ]
        )
    )


def test_one_sentence_has_nothing_around_it() -> None:
    found = around(np.array([[0.4, 0.7]]), ["a"])
    assert found.tolist() == [[0] * 12 + [0.4, 0.7, 1, 1, 0]]


def test_columns_go_block_by_block() -> None:
    own = np.array([[0.1, 0.2], [0.3, 0.4]])
    first = around(own, ["a", "a"])[0]
    assert first[4:6].tolist() == [0.3, 0.4]
    assert first[8:10] == pytest.approx([0.3, 0.4])


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5), st.integers(1, 4), st.integers(0, 99))
def test_an_article_is_seen_alone(sizes: list[int], width: int, seed: int) -> None:
    docs = [f"d{n}" for n, size in enumerate(sizes) for _ in range(size)]
    own = np.random.default_rng(seed).random((len(docs), width))
    found = around(own, docs)
    assert found.shape == (len(docs), BLOCKS * width + POSITION)
    for span in spans(docs):
        assert np.array_equal(found[span], around(own[span], docs[span]))


@given(st.integers(2, 7), st.integers(0, 99))
def test_the_most_of_the_others(n: int, seed: int) -> None:
    own = np.random.default_rng(seed).integers(0, 3, (n, 1)) / 2  # with ties
    most = around(own, ["a"] * n)[:, 5]
    assert most.tolist() == [np.delete(own, i).max() for i in range(n)]
