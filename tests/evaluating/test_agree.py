"""Agreement of two coders, counted on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azstance.errors import ArticleError
from azstance.evaluating.agree import agree
from azstance.evaluating.records import Agreement, Row, Sampling

from .build import FRAMES, row

SAMPLING = Sampling(0.95, 200, 7)
FIRST = (
    row(1, "a", 1, "alliance+", "a"),
    row(2, "a", 2, "alliance+ rift-", "a"),
    row(3, "a", 3),
    row(4, "b", 1, "rift+", "t"),
    row(5, "b", 2, mark="furniture"),
    row(6, "b", 3),
    row(7, "c", 1, "rift+"),
)
SECOND = (
    row(1, "b", 1, "rift+", "a"),
    row(2, "b", 2),
    row(3, "b", 3, mark="disputed"),
    row(4, "a", 1, "alliance+", "a"),
    row(5, "a", 2, "alliance-", "a"),
    row(6, "a", 3, "rift+", "t"),
    row(7, "d", 1),
)


def agreed(first: tuple[Row, ...], second: tuple[Row, ...]) -> Agreement:
    return agree(("a.jsonl", "b.jsonl"), (first, second), FRAMES, SAMPLING)


def test_counts() -> None:
    found = agreed(FIRST, SECOND)
    counts = found.counts
    assert (counts.articles, counts.sentences, counts.framed) == (2, 4, 4)
    assert (counts.furniture, counts.disputed) == (1, 1)
    assert found.only == (("c:1",), ("d:1",))


def test_frames() -> None:
    alliance, rift = agreed(FIRST, SECOND).frames
    assert alliance.table == ((2, 0, 0), (0, 1, 1), (0, 0, 0))
    assert alliance.equal.value == 0.75
    # Of 8 codes 4 none, 3 affirm, 1 deny; one sentence differs: 2 / 8 of all pairs.
    assert alliance.alpha.value == pytest.approx(1 - 2 / ((64 - 16 - 9 - 1) / 7), abs=1e-6)
    assert rift.table == ((1, 1, 0), (0, 1, 0), (1, 0, 0))
    assert rift.equal.value == 0.5


def test_voice_is_asked_where_both_frame() -> None:
    voice = agreed(FIRST, SECOND).voice
    assert voice.table == ((2, 0), (1, 0))
    assert voice.equal.value == pytest.approx(2 / 3, abs=1e-6)


def test_differences() -> None:
    found = agreed(FIRST, SECOND)
    assert [(each.row.place, each.codes) for each in found.differences] == [
        ("a:2", (("alliance", "affirm", "deny"), ("rift", "deny", "none"))),
        ("a:3", (("rift", "none", "affirm"),)),
        ("b:1", (("voice", "attributed", "author"),)),
    ]
    assert found.whole.value == 0.5


@pytest.mark.parametrize("bare", [0, 1, 2])
def test_text_comes_from_whichever_file_has_it(bare: int) -> None:
    sides = [FIRST, SECOND]
    for number in range(2):
        if bare in (number, 2):
            sides[number] = tuple(replace(each, text=None) for each in sides[number])
    found = agreed(*sides)
    assert found.differences[0].row.text == (None if bare == 2 else "Sentence 2 of a.")
    assert found.frames == agreed(FIRST, SECOND).frames


def test_nothing_in_common() -> None:
    with pytest.raises(ArticleError, match=r"a.jsonl and b.jsonl: they have no sentence in common"):
        agreed(FIRST, (row(1, "z", 1),))


def test_a_sentence_twice_is_named_with_its_lines() -> None:
    twice = (row(1, None, 4), row(2, None, 4))
    with pytest.raises(ArticleError, match=r"b.jsonl:2: sentence 4 was in line 1 already"):
        agreed(FIRST, twice)


CODES = st.lists(st.sampled_from(["", "alliance+", "alliance-", "rift+ alliance-"]), min_size=1)


@given(CODES)
@settings(max_examples=30, deadline=None)
def test_a_coder_agrees_with_itself(codes: list[str]) -> None:
    rows = tuple(row(n, f"d{n % 3}", n, each) for n, each in enumerate(codes, 1))
    found = agreed(rows, rows)
    assert found.whole.value == 1.0
    assert not found.differences
    assert all(each.alpha.value in (None, 1.0) for each in found.frames)


@given(st.lists(st.tuples(*[st.sampled_from(["", "rift+", "rift-"])] * 2), min_size=1))
@settings(max_examples=30, deadline=None)
def test_neither_coder_comes_first(codes: list[tuple[str, str]]) -> None:
    sides = [tuple(row(n, "a", n, each[s]) for n, each in enumerate(codes, 1)) for s in (0, 1)]
    one, other = agreed(sides[0], sides[1]), agreed(sides[1], sides[0])
    assert [each.alpha for each in one.frames] == [each.alpha for each in other.frames]
    assert one.whole == other.whole
    assert one.frames[1].table == tuple(zip(*other.frames[1].table, strict=True))
