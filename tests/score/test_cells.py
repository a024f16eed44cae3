"""Cells: counts by voice and polarity, with the intervals that shares have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.comparing.cells import cells, cells_by
from azstance.errors import CodebookError
from azstance.records import Polarity, Voice
from azstance.scoring.intervals import wilson
from azstance.scoring.score import score_group

from .build import SCALE, SETTINGS, repeated, result, sentences

CODES = st.lists(
    st.builds(
        lambda said, codes: ">" * said + " ".join(sorted(codes)),
        st.booleans(),
        st.sets(st.sampled_from(["alliance+", "alliance-", "rift+", "rift-", "balance+"])),
    ),
    min_size=1,
    max_size=12,
)


def found(texts, voice: Voice, polarity: Polarity, frame: str = "alliance"):
    made = cells("u", texts, SCALE, SETTINGS)
    return next(c for c in made if (c.frame, c.voice, c.polarity) == (frame, voice, polarity))


@given(st.lists(CODES, min_size=1, max_size=3))
def test_cells_of_a_frame_add_up_to_its_score(rows: list[list[str]]) -> None:
    texts = [(f"{number:03}", sentences(*row)) for number, row in enumerate(rows)]
    score = score_group("u", texts, SCALE, SETTINGS)
    made = {(c.frame, c.voice, c.polarity): c for c in cells("u", texts, SCALE, SETTINGS)}
    assert len(made) == 4 * len(SCALE.frames)
    for each in score.frames:
        counts = [
            made[each.frame, voice, polarity].count for voice in Voice for polarity in Polarity
        ]
        affirm, deny, told_affirm, told_deny = counts
        assert (affirm, deny) == (each.affirm, each.deny)
        assert (told_affirm + told_deny, told_deny) == (each.attributed, each.attributed_deny)
        assert sum(counts) / score.sentences == pytest.approx(each.share.value, abs=1e-5)


@given(CODES)
def test_a_cell_that_holds_all_of_a_frame_has_the_interval_of_its_share(rows: list[str]) -> None:
    texts = [("001", sentences(*rows))]
    score = score_group("u", texts, SCALE, SETTINGS)
    shares = {each.frame: each.share for each in score.frames}
    for cell in cells("u", texts, SCALE, SETTINGS):
        if cell.count and cell.share.value == shares[cell.frame].value:
            assert cell.share == shares[cell.frame]


def test_few_sentences_get_wilsons_interval() -> None:
    cell = found([("001", repeated(alliance=2, plain=18))], Voice.AUTHOR, Polarity.AFFIRM)
    assert (cell.count, cell.share.value, cell.share.n) == (2, 0.1, 20)
    assert (cell.share.low, cell.share.high) == pytest.approx(wilson(0.1, 20, 0.95), abs=1e-6)


def test_voice_and_polarity_are_kept_apart() -> None:
    texts = [("001", sentences("alliance+", ">alliance-", ">alliance-", "rift-", ""))]
    assert found(texts, Voice.AUTHOR, Polarity.AFFIRM).count == 1
    assert found(texts, Voice.AUTHOR, Polarity.DENY).count == 0
    assert found(texts, Voice.ATTRIBUTED, Polarity.DENY).count == 2
    assert found(texts, Voice.AUTHOR, Polarity.DENY, "rift").share.value == 0.2


def test_without_sentences_there_is_no_share() -> None:
    assert {cell.share.value for cell in cells("u", [], SCALE, SETTINGS)} == {None}


def test_unknown_frame_is_refused() -> None:
    with pytest.raises(CodebookError, match='unknown frame "war"'):
        cells("u", [("001", sentences("war+"))], SCALE, SETTINGS)


def test_cells_by_outlet_are_those_of_its_articles_together() -> None:
    first = result("001", sentences("alliance+", ""), outlet="Post")
    second = result("002", sentences("rift+"), outlet="Ledger")
    third = result("003", sentences("alliance-"), outlet="Post")
    made = cells_by([first, second, third], "outlet", SCALE, SETTINGS)
    assert [cell.unit for cell in made[:: 4 * len(SCALE.frames)]] == ["Ledger", "Post"]
    both = [("003", third.sentences), ("001", first.sentences)]
    assert made[16:] == cells("Post", both, SCALE, SETTINGS)
