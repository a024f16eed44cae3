"""Texts that are there twice: the exact sets decide, however the candidates were found."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.check_settings import Thresholds
from azstance.checking import duplicates as dup
from azstance.checking.shingles import (
    RUN,
    overlap,
    packed,
    shingles,
    unpacked,
    word_digest,
    words_of,
)

from .build import LIMITS, result, sentence, subject

WORDS = st.lists(st.sampled_from("abcdef"), max_size=30)


def runs(words: list[str]) -> set[str]:
    """Five-word runs by definition; a shorter text is one run."""
    if len(words) < RUN:
        return {" ".join(words)} if words else set()
    return {" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


@given(WORDS, WORDS)
def test_overlap_is_that_of_sets(left: list[str], right: list[str]) -> None:
    one, two = runs(left), runs(right)
    a, b = shingles(left), shingles(right)
    assert (len(a), len(b)) == (len(one), len(two))
    jaccard, contained = overlap(a, b)
    if not one or not two:
        assert (jaccard, contained) == (0, 0)
        return
    assert jaccard == pytest.approx(len(one & two) / len(one | two))
    assert contained == pytest.approx(len(one & two) / min(len(one), len(two)))
    assert overlap(b, a) == (jaccard, contained)


@given(WORDS)
def test_runs_come_back_from_a_file(words: list[str]) -> None:
    made = shingles(words)
    assert np.array_equal(unpacked(packed(made)), made)
    assert list(made) == sorted(set(made.tolist()))


def test_words_are_without_case_and_punctuation() -> None:
    assert words_of(["Baku, “MOSCOW”:", "and Straße"]) == ("baku", "moscow", "and", "strasse")
    assert word_digest(words_of(["A b."])) == word_digest(words_of(["a", "B"]))
    assert word_digest(words_of(["a b"])) != word_digest(words_of(["b a"]))


@pytest.mark.parametrize("text", ["%%%", "AAA", "AAAAAA=="[:-1]])
def test_damaged_runs(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        unpacked(text)


def text(place: str, words: list[str]) -> dup.Text:
    return dup.Text(place, word_digest(words), shingles(words))


def several(n: int, start: int = 0) -> list[str]:
    return [f"w{i}" for i in range(start, start + n)]


def found(own: list[str], other: list[str], limits: Thresholds = LIMITS) -> list[str]:
    twins = dup.Texts([text("other", other)]).twins(text("own", own), limits)
    drafts = dup.duplicates(subject(), twins, "in the reference", limits)
    return [draft.rule for draft in drafts]


@pytest.mark.parametrize(
    ("own", "other", "rules"),
    [
        (several(40), several(40), ["AZ201"]),
        (["short"], ["short"], ["AZ201"]),
        (several(40), several(40, 100), []),
        # 36 runs each; of 40 in the union 32 are shared: exactly 0.8.
        (several(40), several(40, 4), ["AZ202"]),
        # One word further 31 of 41 are shared: 0.76, but 31 of 36 of each, so one is contained.
        (several(40), several(40, 5), ["AZ203"]),
        # 28 of 36 runs: 0.78.
        (several(40), several(40, 8), []),
        (several(100), several(19), ["AZ203"]),
        (several(19), several(100), ["AZ203"]),
        # 14 runs are too few for a containment to mean something.
        (several(100), several(18), []),
    ],
)
def test_each_kind_at_its_edge(own: list[str], other: list[str], rules: list[str]) -> None:
    assert found(own, other) == rules


def test_thresholds_hold() -> None:
    assert found(several(40), several(40, 4), Thresholds(near=0.81)) == ["AZ203"]
    assert found(several(40), several(40, 8), Thresholds(contained=0.77)) == ["AZ203"]
    assert found(several(40), several(40, 4), Thresholds(near=0.81, contained=0.9)) == []


def test_an_article_is_not_its_own_twin_and_the_nearest_comes_first() -> None:
    own = several(60)
    texts = dup.Texts(
        [text("own", own), text("b", several(60, 2)), text("a", several(60, 1)), text("z", own)]
    )
    twins = texts.twins(text("own", own), LIMITS)
    assert [twin.place for twin in twins] == ["z", "a", "b"]
    assert [twin.same for twin in twins] == [True, False, False]


def test_nothing_is_like_an_empty_text() -> None:
    texts = dup.Texts([text("empty", []), text("other", several(40))])
    assert texts.twins(text("own", several(20, 500)), LIMITS) == []
    assert dup.Texts([]).twins(text("own", several(20)), LIMITS) == []


def test_the_message_says_how_much_and_where() -> None:
    own = subject(result(sentence(" ".join(several(40)), line=3)))
    twins = dup.Texts([text("old.md", several(40, 4))]).twins(dup.text_of(own), LIMITS)
    (draft,) = dup.duplicates(own, twins, "in the reference", LIMITS)
    assert (draft.rule, draft.line, draft.basis) == ("AZ202", 3, "old.md")
    assert draft.message.startswith("It shares 80% of its five-word runs with old.md")
    assert "from 80% on" in draft.message


def corpus(rng: Random, count: int, length: int) -> list[list[str]]:
    names = [f"v{n}" for n in range(3000)]
    return [rng.choices(names, k=length) for _ in range(count)]


def test_many_texts_are_searched_by_minhash_with_the_same_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Copies, edited copies, and short versions that stand in a long known text."""
    rng = Random(7)
    texts = corpus(rng, 60, 300)
    known = [text(f"k{n:02}", words) for n, words in enumerate(texts)]
    planted = []
    for n, words in enumerate(texts[:30]):
        changed = list(words)
        if n % 3 == 1:
            for at in rng.sample(range(300), 4):
                changed[at] = f"new{at}"
        elif n % 3 == 2:
            changed = changed[20:280]
        planted.append(text(f"p{n}", changed))
    planted += [text(f"x{n}", words) for n, words in enumerate(corpus(rng, 10, 300))]
    exact = dup.Texts(known)
    assert exact._forest is None
    monkeypatch.setattr(dup, "MANY", 10)
    many = dup.Texts(known)
    assert many._forest is not None
    results = [exact.twins(own, LIMITS) for own in planted]
    assert [many.twins(own, LIMITS) for own in planted] == results
    assert [len(twins) for twins in results] == [1] * 30 + [0] * 10
    assert many.twins(text("empty", []), LIMITS) == []
    assert sum(twins[0].same for twins in results[:30]) == 10
