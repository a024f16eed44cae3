"""From cues to codes: the arithmetic on paper, the threshold, what goes on from before."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.coding import THRESHOLD, code_article, code_frame
from azstance.records import Coding, Cue, Modality, Polarity, Sentence, Voice

A, D = Polarity.AFFIRM, Polarity.DENY
FRAME = "alliance"


def cue(
    polarity: Polarity, weight: float, *, name: str = "c", counted: bool = True,
    frame: str = FRAME, modality: Modality = Modality.ASSERTED,
) -> Cue:  # fmt: skip
    return Cue(name, frame, polarity, 0, 1, "x", weight, counted=counted, modality=modality)


def sentence(number: int, *cues: Cue) -> Sentence:
    return Sentence(number, number, "x", Voice.AUTHOR, cues=cues)


# 1 - (1 - w1)(1 - w2)..., less a quarter of the other side's strength.
@pytest.mark.parametrize(
    ("affirm", "deny", "expected"),
    [
        ([0.7], [], (A, 0.7)),
        ([], [0.7], (D, 0.7)),
        ([0.5, 0.5], [], (A, 0.75)),
        ([0.3, 0.3], [], (A, 0.51)),
        ([0.6, 0.5, 0.5], [], (A, 0.9)),
        ([0.9], [0.4], (A, 0.9 * (1 - 0.4 / 4))),
        ([0.5], [0.8], (D, 0.8 * (1 - 0.5 / 4))),
        ([0.6, 0.5], [0.7], (A, 0.8 * (1 - 0.7 / 4))),
        # a tie goes to the denial
        ([0.6], [0.6], (D, 0.6 * (1 - 0.6 / 4))),
        ([0.5, 0.5], [0.75], (D, 0.75 * (1 - 0.75 / 4))),
        # the threshold itself is enough
        ([0.4], [], (A, 0.4)),
        ([0.39], [], None),
        ([0.41], [0.41], None),
        ([], [], None),
        ([0.0], [], None),
        ([1.0], [], (A, 1.0)),
        ([1.0], [1.0], (D, 0.75)),
    ],
)
def test_noisy_or(
    affirm: list[float], deny: list[float], expected: tuple[Polarity, float] | None
) -> None:
    coding = code_frame(FRAME, [*(cue(A, w) for w in affirm), *(cue(D, w) for w in deny)])
    if expected is None:
        assert coding is None
    else:
        assert coding is not None
        assert coding.polarity is expected[0]
        assert coding.probability == pytest.approx(expected[1])


def test_only_counted_cues_of_the_frame_count() -> None:
    others = [cue(D, 0.9, counted=False), cue(D, 0.9, frame="rift"), cue(A, 0.6, name="own")]
    assert code_frame(FRAME, others) == Coding(FRAME, A, 0.6, Modality.ASSERTED, ("own",))
    assert code_frame("rift", others) == Coding("rift", D, 0.9, Modality.ASSERTED, ("c",))


def test_a_coding_names_the_cues_of_its_side_once() -> None:
    cues = [cue(A, 0.5, name="one"), cue(D, 0.4, name="against"), cue(A, 0.5, name="two"),
            cue(A, 0.5, name="one")]  # fmt: skip
    coding = code_frame(FRAME, cues)
    assert coding is not None
    assert coding.cues == ("one", "two")


@pytest.mark.parametrize(
    ("modalities", "expected"),
    [
        ([Modality.HEDGED], Modality.HEDGED),
        ([Modality.PREDICTED], Modality.PREDICTED),
        ([Modality.HEDGED, Modality.PREDICTED], Modality.PREDICTED),
        ([Modality.HEDGED, Modality.ASSERTED], Modality.ASSERTED),
    ],
)
def test_the_firmest_cue_gives_the_modality(modalities: list[Modality], expected: Modality) -> None:
    coding = code_frame(FRAME, [cue(A, 0.6, modality=m) for m in modalities])
    assert coding is not None
    assert coding.modality is expected


def codes(*sentences: Sentence) -> list[str | None]:
    coded = code_article(sentences, [FRAME], frozenset({"carried"}))
    return [str(s.codings[0].polarity) if s.codings else None for s in coded]


PLAIN = {"affirm": cue(A, 0.7), "deny": cue(D, 0.7), "none": cue(A, 0.1)}
CARRIED = cue(A, 0.6, name="carried")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (["affirm"], "affirm"),
        (["deny"], "deny"),
        (["affirm", "none"], "affirm"),
        (["affirm", "deny"], "deny"),
        (["deny", "affirm"], "affirm"),
        (["affirm", "none", "none"], None),
        (["none"], None),
        ([], None),
    ],
)
def test_a_carried_cue_goes_on_with_what_stands_before(
    before: list[str], expected: str | None
) -> None:
    rows = [sentence(n, PLAIN[name]) for n, name in enumerate(before, start=1)]
    assert codes(*rows, sentence(len(rows) + 1, CARRIED))[-1] == expected


def test_carried_cues_go_on_from_each_other() -> None:
    rows = [sentence(1, cue(D, 0.7)), *(sentence(n, CARRIED) for n in range(2, 6))]
    assert codes(*rows) == ["deny"] * 5


def test_another_frame_before_is_nothing_to_go_on_with() -> None:
    rows = [sentence(1, cue(A, 0.7, frame="rift")), sentence(2, CARRIED)]
    coded = code_article(rows, [FRAME, "rift"], frozenset({"carried"}))
    assert [[c.frame for c in s.codings] for s in coded] == [["rift"], []]


def test_a_carried_cue_says_what_became_of_it() -> None:
    coded = code_article(
        [sentence(1, cue(D, 0.7)), sentence(2, CARRIED)], [FRAME], frozenset({"carried"})
    )
    [effect] = coded[1].cues[0].effects
    assert (effect.kind, effect.text, coded[1].cues[0].polarity) == ("carried", "deny", D)
    alone = code_article([sentence(1, CARRIED)], [FRAME], frozenset({"carried"}))
    assert not alone[0].cues[0].counted
    assert alone[0].cues[0].effects[0].kind == "carried"


def test_a_carried_cue_that_does_not_count_stays_out() -> None:
    out = cue(A, 0.6, name="carried", counted=False)
    assert codes(sentence(1, cue(A, 0.7)), sentence(2, out)) == ["affirm", None]


def test_codings_follow_the_order_of_the_frames() -> None:
    both = sentence(1, cue(A, 0.7, frame="rift"), cue(A, 0.7))
    for frames in itertools.permutations([FRAME, "rift", "unused"]):
        [coded] = code_article([both], frames)
        assert [c.frame for c in coded.codings] == [f for f in frames if f != "unused"]


# ---- properties ----

weights = st.floats(0, 1, allow_nan=False).map(lambda w: round(w, 3))
cue_lists = st.lists(
    st.builds(
        cue,
        st.sampled_from([A, D]),
        weights,
        name=st.sampled_from(["a", "b", "c"]),
        counted=st.booleans(),
        modality=st.sampled_from(list(Modality)),
    ),
    max_size=6,
)


def strength(cues: list[Cue], polarity: Polarity) -> float:
    """Signed strength of a coding: below 0 for the other polarity, 0 where nothing is coded."""
    coding = code_frame(FRAME, cues)
    if coding is None:
        return 0.0
    return coding.probability if coding.polarity is polarity else -coding.probability


@given(cue_lists, weights, st.sampled_from([A, D]))
def test_more_evidence_never_weakens_its_side(
    cues: list[Cue], weight: float, polarity: Polarity
) -> None:
    more = [*cues, cue(polarity, weight)]
    assert strength(more, polarity) >= strength(cues, polarity) - 1e-6


@given(cue_lists, st.randoms())
def test_the_order_of_cues_does_not_matter(cues: list[Cue], random: object) -> None:
    mixed = list(cues)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = code_frame(FRAME, cues), code_frame(FRAME, mixed)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.polarity, one.modality) == (other.polarity, other.modality)
        assert one.probability == pytest.approx(other.probability, abs=1e-6)
        assert sorted(one.cues) == sorted(other.cues)


@given(cue_lists)
def test_a_coding_is_a_strength_from_the_threshold_up(cues: list[Cue]) -> None:
    coding = code_frame(FRAME, cues)
    if coding is not None:
        assert THRESHOLD <= coding.probability <= 1
        assert set(coding.cues) <= {c.id for c in cues if c.counted}
