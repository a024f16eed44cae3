"""Every character of a block knows the line of the file that it came from."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from azstance.read import read_paths
from azstance.read.decode import lines_of
from azstance.records import Article, Block

from .pages import one

WORD = st.sampled_from(
    [
        "baku",
        "moscow",
        "treaty",
        "trade",
        "quarrel",
        "offers",
        "quietly",
        "of",
        "the",
        "and",
        "with",
        "rail",
    ]
)
SENTENCE = st.lists(WORD, min_size=6, max_size=30).map(
    lambda w: f"The plan of the two is {' '.join(w)}."
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=3).map(" ".join)
ODD = st.sampled_from(["", "\x0c", "\x85", "\u2028", "\u200b", "\x1b[1m", "\t", "\xa0", "\x0b"])
END = st.sampled_from(["\n", "\r\n", "\n\n", "\r\n\r\n", "\n \n"])


def check(block: Block, rows: list[str]) -> None:
    assert block.lines[0][0] == 0
    offsets = [at for at, _ in block.lines]
    assert offsets == sorted(set(offsets))
    at = 0
    for word in block.text.split():
        at = block.text.index(word, at)
        assert word.strip("-…") in rows[block.line_at(at) - 1], (word, block)
        at += len(word)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PARAGRAPH, ODD, END), min_size=1, max_size=6), st.booleans())
def test_words_stand_on_their_line(parts: list[tuple[str, str, str]], mark: bool) -> None:
    text = "".join(body[:4] + odd + " " + body[4:] + end for body, odd, end in parts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes((b"\xef\xbb\xbf" if mark else b"") + text.encode())
        for found in read_paths([path]):
            assert isinstance(found, Article)
            rows = text.replace("\r\n", "\n").split("\n")
            for block in found.blocks:
                check(block, rows)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARAGRAPH, min_size=3, max_size=6, unique=True), st.integers(50, 90))
def test_wrapped_text_is_unwrapped_with_its_lines(paras: list[str], width: int) -> None:
    import textwrap

    # What is said twice may be a teaser.
    assume(not any(one in other for one in paras for other in paras if one != other))
    wrapped = "\n\n".join(textwrap.fill(p, width) for p in paras)
    rows = wrapped.split("\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text(wrapped)
        for found in read_paths([path]):
            assert isinstance(found, Article)
            assert [block.text for block in found.blocks] == paras
            for block in found.blocks:
                check(block, rows)


def test_mojibake_leaves_lines_alone(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        "The treaty was signed in Baku.\n\nRussiaâ€™s offer to TÃ¼rkiye was declined at once.\n"
        "Russiaโ€™s press called it a โ€œmisunderstandingโ€\x9d between friends.\n",
    )
    lines = {block.text: block.lines for block in found.blocks}
    assert lines["Russia’s offer to Türkiye was declined at once."] == ((0, 3),)
    assert lines["Russia’s press called it a “misunderstanding” between friends."] == ((0, 4),)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\nb", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "b", ""]),
        ("a\rb", ["a", "b"]),
        ("a\rb\nc", ["a\rb", "c"]),
        ("a\x0cb\x85c\u2028d", ["a\x0cb\x85c\u2028d"]),
        ("", [""]),
    ],
)
def test_what_ends_a_line(text: str, rows: list[str]) -> None:
    assert lines_of(text) == rows
