from __future__ import annotations

from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.comparing.planning import articles_needed, intraclass_correlation, sentences_needed

from .build import SCALE, repeated


@pytest.mark.parametrize(
    ("share", "sentences"),
    [
        (0.50, 392),  # .45 against .55
        (0.25, 294),  # .20 against .30, Fleiss's table without correction
        (0.15, 199),  # .10 against .20
        (0.00, 74),  # 0 against .10: (1.96 sqrt(.095) + .8416 sqrt(.09))^2 / .01
        (0.02, 74),
        (1.00, 74),
    ],
)
def test_sentences_for_ten_points(share, sentences):
    assert ceil(sentences_needed(share)) == sentences


@given(st.floats(0, 1))
def test_ten_points_take_most_sentences_around_one_half(share):
    assert 70 < sentences_needed(share) <= sentences_needed(0.5)
    assert sentences_needed(share) == pytest.approx(sentences_needed(1 - share))


@pytest.mark.parametrize(
    ("hits", "sizes", "expected"),
    [
        ([4, 0, 4, 0, 4], [4] * 5, 1.0),
        ([2, 2, 2, 2, 2], [4] * 5, 0.0),
        # MSB = 4 (1 + 1 + 0 + 1 + 1)/16/4 = .25; MSW = (.75 x 4 + 1)/15; (MSB - MSW)/(MSB + 3 MSW)
        ([1, 3, 2, 1, 3], [4] * 5, 0.0),
        # MSB = 4 (.25 + .25 + .25 + .25)/4 = 1; MSW = 1/15; 14/15 / (18/15)
        ([4, 0, 2, 0, 4], [4] * 5, 14 / 18),
        ([1, 0, 1, 0], [4] * 4, None),
        ([0] * 6, [4] * 6, None),
        ([4] * 6, [4] * 6, None),
        ([1, 0, 1, 0, 1], [1] * 5, None),
    ],
)
def test_how_alike_the_sentences_of_one_article_are(hits, sizes, expected):
    found = intraclass_correlation(np.array(hits, float), np.array(sizes, float))
    assert found == (None if expected is None else pytest.approx(expected))


def needed(texts, frame="alliance"):
    return next(entry for entry in articles_needed(texts, SCALE) if entry.frame == frame)


def test_few_articles_take_the_stated_likeness():
    plan = needed([(str(n), repeated(alliance=10, plain=10)) for n in range(4)])
    assert (plan.icc, plan.icc_measured, plan.share) == (0.05, False, 0.5)
    assert plan.design_effect == 1.95  # 1 + 19 x .05
    assert (plan.sentences, plan.articles) == (763, 39)  # 391.26 x 1.95, over 20


def test_articles_that_are_of_one_piece_count_as_one_sentence_each():
    texts = [(str(n), repeated(alliance=20) if n % 2 else repeated(plain=20)) for n in range(6)]
    plan = needed(texts)
    assert (plan.icc, plan.icc_measured, plan.design_effect) == (1.0, True, 20.0)
    assert plan.articles == 392


def test_every_frame_has_a_plan_and_no_text_has_none():
    texts = [(str(n), repeated(plain=3)) for n in range(2)]
    assert [plan.frame for plan in articles_needed(texts, SCALE)] == list(SCALE.frames)
    assert articles_needed([("a", ()), ("b", ())], SCALE) == ()
