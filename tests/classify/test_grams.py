"""N-grams and their weights, beside those of scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from azstance.classify.grams import ANALYZERS, Grams, characters, vocabulary, words

TEXTS = (
    "Baku and Moscow are allies, and allies trade.",
    "Baku is no ally of Moscow.",
    "Moscow's envoy left Baku; Moscow says little.",
    "",
    "!?",
    "Azərbaycan və Rusiya – и Москва",
    f"a {'x' * 500} b",
)


def dense(grams: Grams, text: str) -> np.ndarray:
    numbers, values = grams.weigh(text, grams.indexes())
    row = np.zeros(len(grams.terms))
    row[numbers] = values
    return row


def reference(kind: str, texts: tuple[str, ...], least: int) -> TfidfVectorizer:
    analyzer = ANALYZERS[kind]
    return TfidfVectorizer(
        analyzer=lambda text: list(analyzer(text)), sublinear_tf=True, min_df=least
    ).fit(texts)


def test_words() -> None:
    assert list(words("The U.S. and Baku's")) == ["the", "and", "baku", "the and", "and baku"]
    assert list(words("")) == []


def test_characters() -> None:
    assert list(characters("Ab")) == [" a", "ab", "b ", " ab", "ab ", " ab "]
    assert list(characters("x")) == [" x", "x ", " x "]
    assert list(characters(" \n")) == []
    assert len(list(characters("y" * 10_000))) < 300


@pytest.mark.parametrize("kind", ANALYZERS)
@pytest.mark.parametrize("least", [1, 2])
def test_weights_are_those_of_scikit_learn(kind: str, least: int) -> None:
    own, other = vocabulary(TEXTS, kind, least, 10_000), reference(kind, TEXTS, least)
    assert list(own.terms) == other.get_feature_names_out().tolist()
    for text in (*TEXTS, "Moscow and Baku and Moscow and Tbilisi"):
        expected = other.transform([text]).toarray()[0]
        assert dense(own, text) == pytest.approx(expected, abs=1e-6)


@given(st.lists(st.text("abc ,.İß", max_size=30), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_weights_are_those_of_scikit_learn_for_any_text(texts: list[str]) -> None:
    own = vocabulary(texts, "characters", 1, 10_000)
    if not own.terms:
        assert not any(text.split() for text in texts)
        return
    other = reference("characters", tuple(texts), 1)
    for text in texts:
        assert dense(own, text) == pytest.approx(other.transform([text]).toarray()[0], abs=1e-6)
        assert np.linalg.norm(dense(own, text)) == pytest.approx(1.0 if text.split() else 0.0)


def test_the_commonest_terms_stay_and_ties_go_by_the_alphabet() -> None:
    texts = ["cc bb", "cc aa", "cc bb aa", "dd"]
    assert vocabulary(texts, "words", 1, 3).terms == ("aa", "bb", "cc")
    assert vocabulary(texts, "words", 1, 2).terms == ("aa", "cc")
    assert vocabulary(texts, "words", 3, 9).terms == ("cc",)
    assert vocabulary(texts, "words", 4, 9).terms == ()


def test_a_term_counts_once_a_text_for_the_vocabulary() -> None:
    assert vocabulary(["cc cc cc cc", "dd"], "words", 2, 9).terms == ()


@pytest.mark.parametrize("text", ["", "?!", "unseen terms"])
def test_nothing_known_weighs_nothing(text: str) -> None:
    grams = vocabulary(["Baku", "Moscow"], "words", 1, 10)
    numbers, values = grams.weigh(text, grams.indexes())
    assert numbers.size == values.size == 0


def test_numbers_ascend() -> None:
    grams = vocabulary(TEXTS, "characters", 1, 10_000)
    numbers, _ = grams.weigh(TEXTS[2], grams.indexes())
    assert (np.diff(numbers) > 0).all()
