"""Company: actors next to frames."""

from __future__ import annotations

from dataclasses import replace

import pytest

from azstance.comparing.company import company
from azstance.records import Mention
from azstance.scoring.intervals import wilson

from .build import sentence

FRAMES = ("alliance", "rift")


def named(codes: str, *actors: str, said: bool = False):
    mentions = tuple(Mention(actor, actor, 0, len(actor)) for actor in actors)
    return replace(sentence(codes, said=said), actors=mentions)


TEXTS = [
    ("001", [named("alliance+", "Russia", "Russia"), named("rift-", "Türkiye", "Russia")]),
    ("002", [named("", "Russia"), named("alliance- rift+", "Armenia", said=True), named("rift+")]),
]


def counts(texts) -> list[tuple[str, str, int, int]]:
    found = company(texts, FRAMES, 0.95)
    return [(each.actor, each.frame, each.sentences, each.of_actor) for each in found]


def test_each_actor_with_each_frame_most_named_first() -> None:
    assert counts(TEXTS) == [
        ("Russia", "alliance", 1, 3),
        ("Russia", "rift", 1, 3),
        ("Armenia", "alliance", 1, 1),
        ("Armenia", "rift", 1, 1),
        ("Türkiye", "alliance", 0, 1),
        ("Türkiye", "rift", 1, 1),
    ]


def test_order_of_the_texts_makes_no_difference() -> None:
    assert company(TEXTS, FRAMES, 0.95) == company(TEXTS[::-1], FRAMES, 0.95)


@pytest.mark.parametrize("level", [0.9, 0.95])
def test_interval_is_wilsons(level: float) -> None:
    share = company(TEXTS, FRAMES, level)[0].share
    assert share.value == pytest.approx(1 / 3, abs=1e-6)
    assert (share.low, share.high) == pytest.approx(wilson(1 / 3, 3, level), abs=1e-6)
    assert share.n == 3


def test_a_frame_coded_twice_in_a_sentence_counts_once() -> None:
    assert counts([("001", [named("rift+ rift-", "Russia")])])[1] == ("Russia", "rift", 1, 1)


def test_nobody_named() -> None:
    assert company([("001", [named("rift+")])], FRAMES, 0.95) == ()
