"""Unwrapping: joins wrapped lines, leaves a paragraph a line alone."""

from __future__ import annotations

from time import perf_counter

import pytest

from azstance.read.page import Line
from azstance.read.wrap import paragraphs


def joined(text: str) -> list[str]:
    rows = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    return [para.text for para in paragraphs(rows)]


@pytest.mark.parametrize(
    "text",
    [
        "The visit was short.\nThe declaration was long.\nNobody read it.",
        "A first paragraph ends here.\nSubhead without a stop\nA second paragraph follows here.",
        "It has two parts:\nrail freight;\nroad tolls.",
        "- one thing\n- another thing\n- a third",
        "1. first of them\n2. second of them",
    ],
)
def test_lines_that_are_paragraphs(text: str) -> None:
    assert joined(text) == text.split("\n")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They spoke of a multi-\nvector policy.", "multi-vector"),
        ("They spoke of coop-\neration again.", "cooperation"),
        ("A long-\nterm plan, they said.", "long-term"),
        ("The peacekeepers left; the peace-\nkeepers had come in 2020.", "peacekeepers had"),
        ("The divide-and-rule game, the divide-\nand-rule game.", "divide-and-rule game."),
        ("The Azerbaijani-\nRussian plan.", "Azerbaijani-Russian"),
    ],
)
def test_hyphen_at_the_end_of_a_line(text: str, word: str) -> None:
    (found,) = joined(text)
    assert word in found


def test_short_lines_beside_wrapped_text_stay_apart() -> None:
    text = (
        "By Leyla Example\nBaku\n\n"
        "Few meetings are as carefully choreographed as those between the\n"
        "presidents of Russia and Azerbaijan, and few leave behind so little\n"
        "paper. The one in April was no exception, as everybody at\n"
        "once understood.\nNext paragraph begins here without any blank line before it, and\n"
        "goes on."
    )
    found = joined(text)
    assert found[:2] == ["By Leyla Example", "Baku"]
    assert found[2].endswith("once understood.")
    assert found[3].endswith("goes on.")


def test_very_many_short_lines_take_no_time() -> None:
    lines = [Line(n, "a") for n in range(1, 200_001)]
    start = perf_counter()
    [para] = paragraphs(lines)
    assert perf_counter() - start < 10
    assert len(para.text) == 2 * len(lines) - 1
    assert para.lines[-1] == (len(para.text) - 1, len(lines))
