from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azstance.comparing.reprints import Reprint, reprints, without_reprints

from .build import sentence


def text(id, *rows):
    return id, [sentence(number=n, text=row) for n, row in enumerate(rows, start=1)]


WORDS = [f"w{n}" for n in range(40)]


def overlap(left, right):
    runs = [
        {" ".join(words[n : n + 5]) for n in range(max(1, len(words) - 4)) if words}
        for words in (left, right)
    ]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1]) if runs[0] and runs[1] else 0.0


@st.composite
def families(draw):
    """Texts of which some are others with a word or two changed."""
    texts = []
    for _ in range(draw(st.integers(0, 7))):
        if texts and draw(st.booleans()):
            words = list(draw(st.sampled_from(texts)))
            for _ in range(draw(st.integers(0, 2))):
                if words:
                    words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(WORDS))
        else:
            words = draw(st.lists(st.sampled_from(WORDS), max_size=40))
        texts.append(words)
    return texts


@given(families(), st.sampled_from([0.3, 0.6, 0.8, 1.0]))
@settings(max_examples=150, deadline=None)
def test_every_pair_that_is_alike_enough_is_found_and_no_other(texts, threshold):
    listed = [text(f"{n:02}", " ".join(words)) for n, words in enumerate(texts)]
    expected = {
        (f"{left:02}", f"{right:02}"): round(overlap(texts[left], texts[right]), 6)
        for left, right in combinations(range(len(texts)), 2)
        if overlap(texts[left], texts[right]) >= threshold
    }
    found = reprints(listed[::-1], threshold)
    assert {(pair.left, pair.right): pair.overlap for pair in found} == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["The crisis is over, said Baku."], ["THE CRISIS is over said", "Baku"], True),
        (["Only three words."], ["only three words"], True),
        (["Only three words."], ["only three others"], False),
        (["..."], ["..."], False),
        ([], [], False),
    ],
)
def test_case_punctuation_and_the_split_into_sentences_do_not_matter(one, other, same):
    assert bool(reprints([text("a", *one), text("b", *other)])) is same


@pytest.mark.parametrize(
    ("pairs", "kept"),
    [
        ([], ("a", "b", "c")),
        ([("a", "b")], ("a", "c")),
        ([("a", "b"), ("a", "c"), ("b", "c")], ("a",)),
        # c repeats b, but b goes; as c does not repeat a, it stays.
        ([("a", "b"), ("b", "c")], ("a", "c")),
    ],
)
def test_of_two_prints_the_first_stays(pairs, kept):
    listed = [Reprint(left, right, 0.9) for left, right in pairs]
    assert without_reprints(["c", "b", "a"], listed) == kept
