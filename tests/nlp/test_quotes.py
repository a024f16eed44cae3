"""Quotation marks of every shape, balanced or not."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.nlp.quotes import find_quotes

PAIRS = [("“", "”"), ('"', '"'), ("„", "“"), ("„", "”"), ("«", "»"), ("‘", "’"), ("'", "'")]


def quoted(text: str, limits: list[int] | None = None) -> list[tuple[str, bool]]:
    found = find_quotes(text, limits if limits is not None else [len(text)])
    return [(text[q.start : q.end], q.closed) for q in found]


@pytest.mark.parametrize(("opening", "closing"), PAIRS)
def test_every_pair_of_marks(opening: str, closing: str) -> None:
    text = f"He said {opening}we agree{closing} and left."
    assert quoted(text) == [(f"{opening}we agree{closing}", True)]
    assert quoted(f"{opening}We agree,{closing} he said.") == [
        (f"{opening}We agree,{closing}", True)
    ]
    two = f"{opening}Yes{closing}, then {opening}no{closing}."
    assert [closed for _, closed in quoted(two)] == [True, True]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("No marks at all.", []),
        ("", []),
        # apostrophes are none
        ("Russia's aims and the leaders' talks.", []),
        ("Russia’s aims and the leaders’ talks.", []),
        ("It wasn't the '90s, 't was.", []),
        ("The leaders' talks weren't Russia's.", []),
        # one inside another
        ("“He said ‘go’ to me.”", [("“He said ‘go’ to me.”", True)]),
        ("“He said “go” to me.”", [("“He said “go” to me.”", True)]),
        ('"He said "go" to me," she said.', [('"He said "go" to me,"', True)]),
        ("‘It is Russia’s aim,’ he said.", [("‘It is Russia’s aim,’", True)]),
        ("'It is Russia's aim,' he said.", [("'It is Russia's aim,'", True)]),
        # one that is not opened, one that is not closed
        ("We agree,” he said.", [("We agree,”", False)]),
        ("“We agree, he said.", [("“We agree, he said.", False)]),
        ("‘We agree, he said.", []),
        ("«We agree", [("«We agree", False)]),
        # a mark for inches or a stray one
        ("“”", [("“”", True)]),
    ],
)
def test_rows(text: str, quotes: list[tuple[str, bool]]) -> None:
    assert quoted(text) == quotes


def test_an_open_quotation_ends_with_its_sentence() -> None:
    text = "“We agree. They do not."
    assert quoted(text, [10, len(text)]) == [("“We agree.", False)]


def test_a_lone_closing_mark_reaches_back_to_its_sentence() -> None:
    text = "They do not. We agree,” he said."
    assert quoted(text, [12, len(text)]) == [(" We agree,”", False)]


hostile = st.text(alphabet=st.sampled_from(list("““”„«»‟‘’\"'ab 9.,\n")), max_size=40)


@given(st.one_of(hostile, st.text(max_size=40)), st.lists(st.integers(0, 40), max_size=4))
def test_any_text_gives_quotes_inside_it(text: str, limits: list[int]) -> None:
    limits = sorted({min(limit, len(text)) for limit in limits} | {len(text)})
    quotes = find_quotes(text, limits)
    assert all(0 <= q.start < q.end <= len(text) for q in quotes)
    assert quotes == find_quotes(text, limits)
    closed = [q for q in quotes if q.closed]
    for one, other in pairwise(closed):
        assert one.end <= other.start


word = st.text(alphabet="abcdef", min_size=1, max_size=6)


@given(st.lists(st.tuples(word, st.sampled_from(PAIRS), st.lists(word, min_size=1)), min_size=1))
def test_balanced_marks_give_closed_quotes(
    parts: list[tuple[str, tuple[str, str], list[str]]],
) -> None:
    expected = [f"{pair[0]}{' '.join(said)}{pair[1]}" for _, pair, said in parts]
    text = " ".join(
        f"{before} {quote}" for (before, *_), quote in zip(parts, expected, strict=True)
    )
    assert quoted(text) == [(quote, True) for quote in expected]


# Each of these once took seconds for a thousand marks and hours for a page of them.
@pytest.mark.parametrize("unit", ["“Russia ", "'a ", ' "a', "“", '" a', "‘a ", "”", '"'])
def test_marks_without_end_take_no_time(unit: str) -> None:
    text = unit * 60_000
    limits = list(range(50, len(text), 50))
    start = perf_counter()
    find_quotes(text, limits)
    assert perf_counter() - start < 5
