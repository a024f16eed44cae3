"""Expected counts: sums of probabilities, by hand and in scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.records import Chance, Sentence, Verdict
from azstance.scoring.expected import LEAD_FROM, Expected, ExpectedCounts, _picked, expect
from azstance.scoring.intervals import generator
from azstance.scoring.score import Settings, _leading, _ranking, score_group
from azstance.scoring.tally import MANY_ARTICLES, Counts, tally

from .build import SCALE, SETTINGS, sentence

FRAMES = SCALE.frames


def likely(number: int = 1, *, said: bool = False, **chances: tuple[float, float]) -> Sentence:
    """A sentence with these probabilities of affirm and deny; of the other frames they are 0."""
    found = tuple(Chance(frame, *chances.get(frame, (0.0, 0.0))) for frame in FRAMES)
    return replace(sentence("", number, said=said), chances=found)


def expected(*texts: list[Sentence], resamples: int = 200, seed: int = 1) -> Expected:
    named = [(f"{n:03}", text) for n, text in enumerate(texts)]
    found = expect(tally(named, SCALE), FRAMES, resamples, generator(seed, "x"))
    assert found is not None
    return found


TEXT = [
    likely(1, alliance=(0.8, 0.1)),
    likely(2, said=True, alliance=(0.5, 0.25), rift=(0.1, 0.0)),
    likely(3, rift=(0.2, 0.3)),
    likely(4),
]


def test_cells_by_hand() -> None:
    found = expected(TEXT)
    assert found.seen.body == 4
    alliance, rift = FRAMES.index("alliance"), FRAMES.index("rift")
    assert found.seen.cells[:, alliance] == pytest.approx([0.8, 0.1, 0.5, 0.25])
    assert found.seen.cells[:, rift] == pytest.approx([0.2, 0.3, 0.1, 0.0])
    assert found.seen.cells.sum() == pytest.approx(1.65 + 0.6)
    assert sum(each.sum() for each in found.cells) == pytest.approx(found.seen.cells.sum())
    assert [each.shape for each in found.cells] == [(4, 4, 4)]


def test_share_and_emphasis_by_hand() -> None:
    found = expected(TEXT).seen
    alliance, rift = FRAMES.index("alliance"), FRAMES.index("rift")
    assert found.share[[alliance, rift]] == pytest.approx([1.65 / 4, 0.6 / 4])
    # Attributed sentences count half; affirm and deny do not cancel.
    emphasis = found.emphasis(SCALE)
    assert emphasis[[alliance, rift]] == pytest.approx([(0.9 + 0.375) / 4, (0.5 + 0.05) / 4])
    whole = found.emphasis(replace(SCALE, attributed_weight=1.0))
    assert whole == pytest.approx(found.share)


def test_emphasis_of_resamples_and_of_nothing() -> None:
    cells = np.zeros((3, 4, 4))
    cells[1, :, 0] = (1, 2, 4, 8)
    counts = ExpectedCounts(cells, np.array([5.0, 10.0, 0.0]))
    assert counts.emphasis(SCALE)[:, 0] == pytest.approx([0, 0.9, 0])


def test_without_chances_there_is_nothing_to_expect() -> None:
    rng = generator(1, "x")
    assert expect(tally([], SCALE), FRAMES, 100, rng) is None
    assert expect(tally([("a", [])], SCALE), FRAMES, 100, rng) is None
    mixed = [("a", TEXT), ("b", [sentence("alliance+")])]
    assert expect(tally(mixed, SCALE), FRAMES, 100, rng) is None
    score = score_group("x", mixed, SCALE, SETTINGS)
    assert [frame.expected for frame in score.frames] == [None] * 4


def test_equal_seeds_draw_equally() -> None:
    texts = (TEXT, TEXT[:1] * 7)
    one, same, other = (expected(*texts, seed=seed).drawn for seed in (1, 1, 2))
    assert one.cells.tobytes() == same.cells.tobytes()
    assert one.body.tobytes() == same.body.tobytes()
    assert one.cells.tobytes() != other.cells.tobytes()


@pytest.mark.parametrize("articles", [1, 3, MANY_ARTICLES])
def test_draws_scatter_around_what_was_seen(articles: int) -> None:
    found = expected(*[TEXT] * articles, resamples=4000)
    drawn = found.drawn.share
    assert drawn.shape == (4000, 4)
    assert drawn.mean(axis=0) == pytest.approx(found.seen.share, abs=0.01)
    assert (found.drawn.body == 4 * articles).all()
    # Many articles are drawn whole: those that are all alike make no difference then.
    assert bool(drawn.std(axis=0)[0] < 1e-9) is (articles >= MANY_ARTICLES)


def test_draws_of_one_article_have_the_spread_of_its_sentences() -> None:
    own = np.array([0.9, 0.75, 0.0, 0.0])
    drawn = expected(TEXT, resamples=8000).drawn.share[:, FRAMES.index("alliance")]
    assert drawn.std() == pytest.approx(own.std() / 2, rel=0.05)


PAIRS = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda p: (p[0] * p[1], p[0] * (1 - p[1])))
TEXTS = st.lists(
    st.lists(st.tuples(PAIRS, PAIRS, st.booleans()), min_size=1, max_size=8), min_size=1, max_size=4
)


@given(TEXTS)
def test_the_expected_share_is_the_mean_probability_and_in_its_interval(
    texts: list[list[tuple[tuple[float, float], tuple[float, float], bool]]],
) -> None:
    built = [
        (f"{n}", [likely(k, said=s, alliance=a, rift=r) for k, (a, r, s) in enumerate(text, 1)])
        for n, text in enumerate(texts)
    ]
    score = score_group("x", built, SCALE, Settings(resamples=100))
    for frame in score.frames:
        mean = np.mean(
            [c.affirm + c.deny for _, text in built for s in text for c in s.chances
             if c.frame == frame.frame]
        )  # fmt: skip
        assert frame.expected is not None
        assert frame.expected.value == pytest.approx(mean, abs=1e-6)
        assert 0 <= frame.expected.low <= frame.expected.value <= frame.expected.high <= 1 + 1e-6
        assert frame.expected.n == score.sentences
        assert frame.share.value == 0  # nothing is coded


@pytest.mark.parametrize(("each", "leads"), [(LEAD_FROM / 5 + 0.001, True), (0.24, False)])
def test_a_frame_leads_from_so_many_expected_sentences(each: float, leads: bool) -> None:
    """Emphasis is a share, and compared with the sentences that a lead takes."""
    text = [likely(number, alliance=(each, 0.0)) for number in range(1, 6)]
    dominance = score_group("x", [("a", text)], SCALE, SETTINGS).dominance
    assert (dominance.frame == "alliance") is leads
    assert dominance.verdict in (Verdict.NONE, Verdict.TOO_LITTLE_TEXT)


CELL = st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.25])


@given(st.lists(st.lists(CELL, min_size=4 * len(FRAMES), max_size=4 * len(FRAMES)), min_size=1))
@pytest.mark.parametrize("kind", [Counts, ExpectedCounts])
def test_who_leads_is_the_first_of_the_ranking(kind: type[Counts], rows: list[list[float]]) -> None:
    cells = np.array(rows).reshape(len(rows), 4, len(FRAMES))
    found = _leading(kind(cells, np.array(7.0)), SCALE)
    one_by_one = [(_ranking(kind(each, np.array(7.0)), SCALE) or [-1])[0] for each in cells]
    assert found.tolist() == one_by_one


def test_sentences_are_picked_as_often_as_they_are_drawn() -> None:
    picked = _picked(np.array([3, 0, 5]), 1, generator(1, "x"))
    assert picked.tolist() == [[3], [0], [5]]
    many = _picked(np.full(20_000, 4), 4, generator(1, "x"))
    assert (many.sum(axis=1) == 4).all()
    assert many.mean(axis=0) == pytest.approx(1, abs=0.03)
    assert many.var(axis=0) == pytest.approx(0.75, abs=0.03)  # of a multinomial: n p (1 - p)
