"""Words, bars, scales and excerpts."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.errors import ArticleError
from azstance.records import Dominance, Estimate, FrameScore, Polarity, Sentence, Verdict, Voice
from azstance.render import comparison_words, words
from azstance.render.console import plain_console
from azstance.render.draw import Glyphs, bar, bound, diverging, parts, per_mark, scale
from azstance.render.excerpt import LONGEST, pieces
from azstance.render.explain import explain
from azstance.render.frames import explain_frames

from .sample import TRADE, claim, make_report

SHARE = Estimate(0.5, 0.1, 0.9, 10)


def frame(affirm: int, deny: int, attributed: int) -> FrameScore:
    return FrameScore("f", affirm, deny, attributed, 0, SHARE, SHARE)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1.0, "+1.00"), (-0.004, "0.00"), (0.0, "0.00"), (-0.8, "-0.80"), (None, "n/a")],
)
def test_signed(value: float | None, shown: str) -> None:
    assert words.signed(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0.375, "+38"), (-0.375, "-38"), (0.001, "0"), (-0.001, "0"), (0.01, "+1")]
)
def test_points(value: float, shown: str) -> None:
    assert comparison_words.signed_points(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "n/a"), (0.0004, "<0.001"), (0.0123, "0.012"), (1.0, "1.000")]
)
def test_p_values(value: float | None, shown: str) -> None:
    assert comparison_words.p_value(value) == shown


@pytest.mark.parametrize(
    ("verdict", "runner_up", "stance", "leading", "lead"),
    [
        (Verdict.CLEAR, "g", 1.0, "f", "23 points ahead of g [8, 38]"),
        (Verdict.CLEAR, None, 1.0, "f", "23 points ahead [8, 38]"),
        (Verdict.CLEAR, "g", -0.2, "f (mostly denied)", "23 points ahead of g [8, 38]"),
        (Verdict.MIXED, "g", 1.0, "mixed: f, g close behind", "23 points apart [8, 38]"),
        (Verdict.MIXED, None, None, "f, but barely", "23 points ahead [8, 38]"),
        (Verdict.TOO_LITTLE_TEXT, "g", 1.0, "too little text to say", ""),
        (Verdict.NONE, None, None, "none of the frames", ""),
    ],
)
def test_leading(
    verdict: Verdict, runner_up: str | None, stance: float | None, leading: str, lead: str
) -> None:
    dominance = Dominance("f", verdict, runner_up, Estimate(0.23, 0.08, 0.38, 9))
    score = replace(
        make_report().articles[0].score,
        dominance=dominance,
        frames=(replace(frame(1, 0, 0), stance=Estimate(stance, None, None, 1)),),
    )
    assert (words.leading(score), words.lead(dominance)) == (leading, lead)


COUNTS = st.integers(0, 5000)


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), max_size=6), st.integers(4, 40))
def test_bars_fit_and_hide_nothing(rows: list[tuple[int, int, int]], width: int) -> None:
    frames = [frame(*row) for row in rows]
    per, marks = per_mark(frames, width), Glyphs()
    for each in frames:
        drawn = bar(each, per, marks).plain
        assert len(drawn) <= width
        shown = [drawn.count(mark) for mark in (marks.affirm, marks.deny, marks.attributed)]
        assert shown == [ceil(part / per) for part in parts(each)]
    if all(sum(row) <= width for row in rows):
        assert per == 1


@pytest.mark.parametrize(
    ("figure", "drawn"),
    [
        (Estimate(0.0, -2.0, 2.0, 5), "──━━●━━──"),
        (Estimate(4.0, 2.0, 9.0, 5), "────┼─━━●"),
        (Estimate(-4.0, None, None, 5), "●───┼────"),
        (Estimate(None, None, None, 0), "────┼────"),
    ],
)
def test_scale(figure: Estimate, drawn: str) -> None:
    assert scale(figure, 4, 9, Glyphs()).plain == drawn


def test_the_bound_holds_all_ends() -> None:
    assert bound([Estimate(1.0, -5.2, 2.0, 3), Estimate(None, None, None, 0)], 4) == 6
    assert bound([], 4) == 4


def test_cues_are_marked_where_they_are() -> None:
    sentence = claim(1, 1, "They \x1bare close friends, they say.", "alliance", "close friends")
    assert list(pieces(sentence, "alliance")) == [
        ("They are ", False),
        ("close friends", True),
        (", they say.", False),
    ]
    assert [marked for _, marked in pieces(sentence, "rift")] == [False]


def test_a_cue_that_did_not_count_is_not_marked() -> None:
    sentence = claim(1, 1, "They are close friends.", "alliance", "close friends")
    cue = replace(sentence.cues[0], counted=False)
    assert [marked for _, marked in pieces(replace(sentence, cues=(cue,)))] == [False]


def test_a_long_sentence_is_cut_at_words_around_its_cue() -> None:
    sentence = claim(1, 1, TRADE, "alliance", "partnership that needs no further paper")
    shown = "".join(text for text, _ in pieces(sentence))
    assert shown.startswith("… ")
    assert len(shown) <= LONGEST + 4
    assert "partnership that needs no further paper" in shown
    assert set(shown.removeprefix("… ").removesuffix(" …").split()) <= set(TRADE.split())
    assert "".join(text for text, _ in pieces(sentence, whole=True)) == TRADE


@given(st.text(max_size=900), st.data())
def test_a_sentence_that_is_short_enough_is_whole(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    base = claim(1, 1, "a b", "alliance", "b")
    cue = replace(base.cues[0], start=start, end=end)
    sentence = replace(base, text=text, cues=(cue, cue))
    joined = "".join(piece for piece, _ in pieces(sentence, whole=True))
    assert joined == "".join(piece for piece, _ in pieces(replace(sentence, cues=()), whole=True))
    assert len("".join(piece for piece, _ in pieces(sentence))) <= LONGEST + 4


def test_explain_refuses_a_sentence_that_is_not_there() -> None:
    ledger = make_report().articles[0]
    with pytest.raises(ArticleError, match=r"002_ledger has no sentence 99.* 1 to 9\."):
        list(explain(ledger, [1, 99], plain_console(80)))


def test_explain_says_what_did_what() -> None:
    ledger = make_report().articles[0]
    shown = "".join(explain(ledger, [2], plain_console(120)))
    for part in ("002_ledger:2", "line 5", "voice    the article's own", "Azerbaijan (Baku)"):
        assert part in shown
    assert 'negation    "has not taken a single step": turns affirm into deny' in shown
    assert "alliance denied, asserted, strength 0.90, from alliance-alliance" in shown


def test_explain_says_that_nothing_was_found() -> None:
    bare = Sentence(number=1, line=4, text="Rain fell.", voice=Voice.AUTHOR)
    result = replace(make_report().articles[0], sentences=(bare,))
    assert "no cue of the codebook was found" in "".join(explain(result, [1], plain_console(80)))
    everything = "".join(explain(result, None, plain_console(80)))
    assert everything == "1 sentence without a cue of the codebook not shown.\n"


def test_frames() -> None:
    from azstance.codebook import CueEntry, Example, Frame

    deny, affirm = Polarity.DENY, Polarity.AFFIRM
    cues = (
        CueEntry("a-1", "alliance", affirm, "pair", 0.9, ("ally", "allies"), "a.toml", 3),
        CueEntry("a-2", "alliance", deny, "pair", 0.9, ("no ally",), "a.toml", 9),
    )
    examples = (
        Example("They are allies.", affirm, None, (), "a.toml", 20),
        Example("They trade.", None, None, ("So it goes.",), "a.toml", 21),
        Example("They are no allies.", deny, None, (), "a.toml", 22),
        Example("They are no friends.", deny, None, (), "a.toml", 23),
    )
    one = Frame("alliance", "Alliance", "close", "is close", "is not", "pair", cues, examples)
    shown = "".join(explain_frames([one], plain_console(60), examples=1))
    assert shown == (
        "── alliance ────────────────────────────────────────────────\n"
        "close\n"
        "\n"
        "affirm    is close\n"
        "deny      is not\n"
        "cues      2 cues (1 affirm, 1 deny) with 3 phrases\n"
        "affirms   They are allies.\n"
        "denies    They are no allies.\n"
        "neither   So it goes. They trade.\n"
    )


@pytest.mark.parametrize(
    ("value", "low", "high", "drawn"),
    [
        (0.6, 0.4, 0.8, "-----|#%o=-"),
        (-0.6, -0.8, -0.4, "-=o%#|-----"),
        (-0.6, -0.8, 0.4, "-=o%%|==---"),
        (0.6, None, None, "-----|##o--"),
        (0.0, -0.2, 0.2, "----=o=----"),
        (1.0, 1.0, 1.0, "-----|####o"),
        (2.0, 1.5, 3.0, "-----|####o"),
        (None, None, None, "-----|-----"),
    ],
)
def test_diverging_bars(
    value: float | None, low: float | None, high: float | None, drawn: str
) -> None:
    marks = Glyphs(line="-", zero="|", interval="=", value="o", bar="#", shaded="%")
    assert diverging(Estimate(value, low, high, 9), 1, 11, marks).plain == drawn


@given(
    st.floats(-1, 1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(8, 20).map(lambda half: 2 * half + 1),
)
def test_a_bar_is_full_only_where_the_interval_is_not(
    value: float, below: float, above: float, cells: int
) -> None:
    figure = Estimate(value, value - below, value + above, 9)
    marks = Glyphs()
    drawn = diverging(figure, 2, cells, marks).plain
    assert len(drawn) == cells
    if marks.bar in drawn:
        assert figure.low * figure.high > 0
    assert drawn.count(marks.value) == 1
