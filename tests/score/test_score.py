from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azstance.errors import CodebookError, ConfigError
from azstance.records import Cue, Mention, Modality, Polarity, Verdict
from azstance.scoring.intervals import wilson
from azstance.scoring.score import Scale, Settings, group_key, score_article, score_group

from .build import SCALE, SETTINGS, article, repeated, sentence, sentences


def scored(body, scale=SCALE):
    return score_article(article(), body, scale, SETTINGS)


def frame(score, name):
    return next(entry for entry in score.frames if entry.frame == name)


def test_the_counts_share_and_stance_of_a_frame():
    body = repeated(alliance=3, not_alliance=1, said_alliance=1, said_not_alliance=1, plain=4)
    score = scored(body)
    found = frame(score, "alliance")
    assert (found.affirm, found.deny, found.attributed, found.attributed_deny) == (3, 1, 2, 1)
    assert (found.share.value, found.share.n) == (0.6, 10)
    assert (found.stance.value, found.stance.n) == (0.5, 4)
    assert (score.sentences, score.framed, score.articles) == (10, 6, ("001",))


def test_a_sentence_with_two_frames_counts_once_as_framed_and_once_for_each():
    score = scored(sentences("alliance- balance+", "", "", "", ""))
    assert score.framed == 1
    assert [entry.share.value for entry in score.frames] == [0.2, 0.2, 0.0, 0.0]


def test_a_frame_that_only_others_speak_of_has_a_share_but_no_stance():
    found = frame(scored(repeated(said_rift=4, plain=4)), "rift")
    assert found.share.value == 0.5
    assert (found.stance.value, found.stance.low, found.stance.high) == (None, None, None)


def test_a_frame_coded_twice_in_one_sentence_counts_by_its_likelier_coding():
    twice = sentence("alliance+ alliance-")
    likelier = replace(twice.codings[1], probability=0.95)
    twice = replace(twice, codings=(twice.codings[0], likelier))
    found = frame(scored([twice, *sentences("", "", "", "")]), "alliance")
    assert (found.affirm, found.deny) == (0, 1)


@pytest.mark.parametrize(
    ("body", "value", "n"),
    [
        (repeated(alliance=3, rift=1, plain=6), math.log(3.5 / 1.5), 4),
        (repeated(not_alliance=2, balance=4, plain=1), math.log(0.5 / 4.5), 6),
        (repeated(not_rift=2, not_balance=1), math.log(3.0 / 0.5), 3),
        (repeated(alliance=1, said_rift=20), math.log(1.5 / 0.5), 1),
        (repeated(alliance=2, rift=2, influence=30), 0.0, 4),
        (repeated(influence=3, plain=3), None, 0),
        (repeated(said_alliance=3), None, 0),
        (repeated(plain=9), None, 0),
        ((), None, 0),
    ],
)
def test_alignment_is_the_log_odds_of_weighted_counts_in_the_authors_voice(body, value, n):
    found = scored(body).alignment
    assert found.n == n
    assert found.value == (None if value is None else pytest.approx(value, abs=1e-6))


@pytest.mark.parametrize(
    ("body", "leading", "runner_up", "margin", "verdict"),
    [
        (repeated(alliance=12, plain=8), "alliance", None, 0.6, Verdict.CLEAR),
        (repeated(alliance=12, rift=1, plain=7), "alliance", "rift", 0.55, Verdict.CLEAR),
        (repeated(alliance=4, rift=3, plain=13), "alliance", "rift", 0.05, Verdict.MIXED),
        # Three denials and three affirmations take no position; two affirmations do.
        (repeated(influence=3, not_influence=3, rift=2), "rift", "influence", 0.25, Verdict.MIXED),
        # A denied frame may lead, and others' sentences weigh half.
        (repeated(not_rift=9, said_alliance=9), "rift", "alliance", 0.25, Verdict.MIXED),
        (repeated(said_rift=10, alliance=4), "rift", "alliance", 1 / 14, Verdict.MIXED),
        # Equal emphasis: the frame with more sentences, then codebook order.
        (repeated(balance=2, rift=3, not_rift=1), "rift", "balance", 0.0, Verdict.MIXED),
        (repeated(rift=3, balance=3), "balance", "rift", 0.0, Verdict.MIXED),
        (repeated(rift=2, plain=9), "rift", None, 2 / 11, Verdict.TOO_LITTLE_TEXT),
        (repeated(rift=4), "rift", None, 1.0, Verdict.TOO_LITTLE_TEXT),
        (repeated(plain=5), "none", None, None, Verdict.NONE),
        (repeated(plain=4), "none", None, None, Verdict.TOO_LITTLE_TEXT),
        ((), "none", None, None, Verdict.TOO_LITTLE_TEXT),
    ],
)
def test_the_leading_frame_takes_the_clearest_position(body, leading, runner_up, margin, verdict):
    found = scored(body).dominance
    assert (found.frame, found.runner_up, found.verdict) == (leading, runner_up, verdict)
    assert found.margin.value == (None if margin is None else pytest.approx(margin, abs=1e-6))


@pytest.mark.parametrize(
    ("rows", "flip"),
    [
        (("", "rift+", "alliance+", "alliance+", "rift+"), 3),
        (("alliance+", "alliance+", "rift+"), None),
        # Without its one denial, the other frame takes as clear a position and comes first.
        (("alliance+", "alliance+", "alliance+", "alliance-", "rift+", "rift+", "rift+"), 4),
        (("alliance+", "alliance+", "rift+", "rift+", "rift+", "rift-", ""), 3),
        (("rift+",), None),
        ((), None),
    ],
)
def test_the_flip_is_the_earliest_sentence_without_which_another_frame_leads(rows, flip):
    found = scored(sentences(*rows)).dominance
    assert found.flip == (None if flip is None else ("001", flip))


@given(st.lists(st.sampled_from(["", "alliance+", "rift+", "rift-", ">alliance-"]), max_size=9))
@settings(max_examples=60, deadline=None)
def test_a_flip_is_what_scoring_without_that_sentence_shows(rows):
    body = sentences(*rows)
    found = scored(body).dominance
    leaders = {
        entry.number: scored([other for other in body if other is not entry]).dominance.frame
        for entry in body
    }
    flipping = [number for number, led in leaders.items() if led not in (found.frame, "none")]
    expected = ("001", flipping[0]) if flipping and found.frame != "none" else None
    assert found.flip == expected


def best(*entries, polarity="for"):
    found = frame(scored(entries), "rift")
    chosen = found.evidence_for if polarity == "for" else found.evidence_against
    return [number for _, number in chosen]


CUE = Cue("c", "rift", Polarity.AFFIRM, 0, 4, "Text", 1.0)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, {"said": True}),
        ({"modality": Modality.PREDICTED}, {"said": True}),
        ({}, {"modality": Modality.HEDGED}),
        ({"modality": Modality.HEDGED}, {"modality": Modality.PREDICTED}),
        ({"probability": 0.5}, {"modality": Modality.HEDGED, "probability": 1.0}),
        ({"probability": 0.5}, {"heading": True, "probability": 1.0}),
        ({"probability": 0.8}, {"probability": 0.7}),
    ],
)
def test_evidence_is_ordered_by_strength(better, worse):
    assert best(sentence("rift+", 1, **worse), sentence("rift+", 2, **better)) == [2, 1]
    assert best(sentence("rift+", 1, **better), sentence("rift+", 2, **worse)) == [1, 2]


def test_of_equals_the_one_with_more_counted_cues_then_the_earlier_is_the_better_evidence():
    many = replace(sentence("rift+", 3), cues=(CUE,))
    uncounted = replace(sentence("rift+", 2), cues=(replace(CUE, counted=False),))
    assert best(sentence("rift+", 1), uncounted, many) == [3, 1, 2]


def test_a_sentence_that_names_its_actors_is_better_evidence_than_a_likelier_one_that_does_not():
    about = (replace(CUE, pair=("Azerbaijan", "Russia")),)
    both = (Mention("Azerbaijan", "Baku", 0, 4), Mention("Russia", "Moscow", 5, 11))
    leaning = replace(sentence("rift+", 1, probability=0.9), cues=about, actors=both[:1])
    naming = replace(sentence("rift+", 2, probability=0.6), cues=about, actors=both)
    assert best(leaning, naming) == [2, 1]


def test_evidence_for_and_against_are_kept_apart_and_limited():
    body = repeated(rift=7, not_rift=2)
    assert best(*body) == [1, 2, 3, 4, 5]
    assert best(*body, polarity="against") == [8, 9]
    one = score_article(article(), body, SCALE, Settings(evidence=1))
    assert frame(one, "rift").evidence_for == (("001", 1),)


@pytest.mark.parametrize(
    ("card", "by", "key"),
    [
        ({"outlet": "Axar.az"}, "article", "001"),
        ({"outlet": " Axar.az\n"}, "outlet", "Axar.az"),
        ({"outlet": "  "}, "outlet", "unknown outlet (001)"),
        ({}, "outlet", "unknown outlet (001)"),
        ({}, "author", "unknown author (001)"),
        ({"author": "Vasif  Huseynov"}, "author", "Vasif Huseynov"),
        ({"published": "2023-03-01"}, "year", "2023"),
        ({"published": "2023"}, "year", "2023"),
        ({"published": "spring"}, "year", "unknown year (001)"),
        ({"published": "20231"}, "year", "unknown year (001)"),
    ],
)
def test_articles_are_grouped_by_what_is_known_of_them(card, by, key):
    assert group_key(article(**card), by) == key


def test_an_unknown_grouping_is_answered_with_the_known_ones():
    with pytest.raises(ConfigError, match=r'"mood".*article, outlet, author, year'):
        group_key(article(), "mood")


def test_a_frame_that_the_codebook_does_not_know_is_refused_with_its_place():
    with pytest.raises(CodebookError, match=r'sentence 2 of 001 .*"trade"'):
        scored(sentences("rift+", "trade+"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"frames": ()}, "no frames"),
        ({"frames": ("a", "a")}, "twice"),
        ({"alignment": {"b": (1, -1)}}, 'unknown frame "b"'),
        ({"alignment": {"a": (1, math.nan)}}, 'weights of "a"'),
        ({"alignment": {"a": (1,)}}, 'weights of "a"'),
        ({"attributed_weight": 1.5}, "attributed_weight is 1.5"),
        ({"minimum_sentences": 0}, "minimum_sentences is 0"),
    ],
)
def test_a_scale_that_cannot_be_is_refused(changes, message):
    with pytest.raises(CodebookError, match=message):
        Scale(**{"frames": ("a",), "alignment": {}} | changes)


@pytest.mark.parametrize(
    "changes", [{"resamples": 99}, {"level": 1.0}, {"level": 0.4}, {"seed": -1}, {"evidence": -1}]
)
def test_settings_that_cannot_be_are_refused(changes):
    with pytest.raises(ConfigError, match=next(iter(changes))):
        Settings(**changes)


FIRST, SECOND, THIRD = (
    repeated(alliance=5, rift=1, plain=6),
    repeated(rift=3, said_rift=1, plain=9),
    repeated(balance=2, not_alliance=2, plain=4),
)


def test_neither_the_order_of_articles_nor_of_sentences_changes_a_figure():
    texts = [("a", FIRST), ("b", SECOND), ("c", THIRD)]
    there = score_group("x", texts, SCALE, SETTINGS)
    back = score_group("x", texts[::-1], SCALE, SETTINGS)
    assert there == back
    shuffled = score_group("x", [(id, body[::-1]) for id, body in texts], SCALE, SETTINGS)
    assert shuffled == there


def test_another_seed_or_another_unit_has_draws_of_its_own():
    first = score_group("x", [("a", SECOND)], SCALE, SETTINGS).alignment
    assert first != score_group("y", [("a", SECOND)], SCALE, SETTINGS).alignment
    other = replace(SETTINGS, seed=2)
    assert first != score_group("x", [("a", SECOND)], SCALE, other).alignment
    assert first == score_group("x", [("a", SECOND)], SCALE, SETTINGS).alignment


def test_an_article_without_sentences_changes_no_figure_of_its_group():
    texts = [("a", FIRST), ("c", THIRD)]
    without = score_group("x", texts, SCALE, SETTINGS)
    assert score_group("x", [*texts, ("b", ())], SCALE, SETTINGS) == replace(
        without, articles=("a", "b", "c")
    )


def test_unlike_articles_make_the_intervals_of_their_source_wider():
    alike = [(f"{n:02}", repeated(alliance=5, plain=5)) for n in range(8)]
    unlike = [(f"{n:02}", repeated(alliance=10) if n % 2 else repeated(plain=10)) for n in range(8)]
    widths = []
    for texts in (alike, unlike):
        share = frame(score_group("x", texts, SCALE, SETTINGS), "alliance").share
        assert share.value == 0.5
        widths.append(share.high - share.low)
    assert widths[1] > 1.5 * widths[0]


def test_many_articles_are_resampled_whole_with_the_same_figures():
    texts = [(f"{n:02}", repeated(alliance=1 + n % 3, plain=4 - n % 3)) for n in range(30)]
    share = frame(score_group("x", texts, SCALE, SETTINGS), "alliance").share
    assert (share.value, share.n) == (0.4, 150)
    assert 0.3 < share.low < 0.37
    assert 0.43 < share.high < 0.5
    apart = [
        (id, repeated(alliance=5) if n % 5 < 2 else repeated(plain=5))
        for n, (id, _) in enumerate(texts)
    ]
    wide = frame(score_group("x", apart, SCALE, SETTINGS), "alliance").share
    # Thirty articles of one piece each are thirty observations: .4 -+ 1.96 sqrt(.24 / 30).
    assert (wide.value, wide.low, wide.high) == pytest.approx((0.4, 0.225, 0.575), abs=0.05)


def test_even_articles_that_are_all_the_same_leave_their_source_uncertain():
    texts = [(f"{n:02}", repeated(alliance=2, plain=3)) for n in range(30)]
    share = frame(score_group("x", texts, SCALE, SETTINGS), "alliance").share
    assert (share.low, share.high) == pytest.approx(wilson(0.4, 150, 0.95), abs=1e-6)


KINDS = st.sampled_from(
    ["", "alliance+", "alliance-", "rift+", "alliance- balance+", ">rift-", ">alliance+"]
)


@given(st.lists(st.lists(KINDS, max_size=12), min_size=1, max_size=4), st.sampled_from([0.5, 0.9]))
@settings(max_examples=60, deadline=None)
def test_every_interval_has_a_width_and_contains_its_figure(articles, level):
    texts = [(str(n), sentences(*rows)) for n, rows in enumerate(articles)]
    score = score_group("x", texts, SCALE, replace(SETTINGS, level=level))
    bounds = [(entry.share, 0.0, 1.0) for entry in score.frames]
    bounds += [(entry.stance, -1.0, 1.0) for entry in score.frames]
    bounds += [(score.alignment, -math.inf, math.inf)]
    for figure, least, most in bounds:
        if figure.value is None:
            assert figure.low is None and figure.high is None
        else:
            assert least <= figure.low <= figure.value <= figure.high <= most
            assert figure.low < figure.high
    margin = score.dominance.margin
    assert margin.value is None or margin.low <= margin.value <= margin.high


@given(st.lists(KINDS, max_size=15))
@settings(max_examples=40, deadline=None)
def test_denying_all_that_was_affirmed_turns_every_sign(rows):
    turn = str.maketrans("+-", "-+")
    body, turned = sentences(*rows), sentences(*(row.translate(turn) for row in rows))
    score, mirror = scored(body), scored(turned)
    assert mirror.dominance.frame == score.dominance.frame
    for entry, other in zip(score.frames, mirror.frames, strict=True):
        assert entry.share.value == other.share.value
        if entry.stance.value is not None:
            assert other.stance.value == pytest.approx(-entry.stance.value)
    if score.alignment.value is not None:
        assert mirror.alignment.value == pytest.approx(-score.alignment.value, abs=1e-5)


def test_the_intervals_cover_the_truth_about_as_often_as_they_say():
    """300 articles of 30 sentences drawn from one source: shares of .3, .15 and .02 per kind."""
    rng = np.random.default_rng(11)
    kinds = ["alliance+", "alliance-", "rift+", ""]
    chances = [0.30, 0.15, 0.02, 0.53]
    truth = {"share": 0.45, "stance": 1 / 3, "rare": 0.02, "alignment": math.log(0.30 / 0.17)}
    covered = dict.fromkeys(truth, 0)
    for run in range(300):
        rows = rng.choice(kinds, size=30, p=chances)
        score = score_group(f"run {run}", [("a", sentences(*rows))], SCALE, SETTINGS)
        figures = {
            "share": frame(score, "alliance").share,
            "stance": frame(score, "alliance").stance,
            "rare": frame(score, "rift").share,
            "alignment": score.alignment,
        }
        for name, figure in figures.items():
            covered[name] += figure.value is not None and (figure.low <= truth[name] <= figure.high)
    assert all(count / 300 > 0.90 for count in covered.values()), covered


def test_a_source_of_unlike_articles_is_covered_where_sentences_alone_would_not():
    """150 sources of 8 articles, each article of its own share, .4 on average."""
    rng = np.random.default_rng(5)
    covered = 0
    for run in range(150):
        shares = rng.beta(2, 3, size=8)
        texts = [
            (str(n), sentences(*np.where(rng.random(12) < share, "alliance+", "")))
            for n, share in enumerate(shares)
        ]
        figure = frame(score_group(f"run {run}", texts, SCALE, SETTINGS), "alliance").share
        covered += figure.low <= 0.4 <= figure.high
    assert covered / 150 > 0.90
