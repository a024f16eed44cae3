"""From probabilities to codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from short_texts import Reader

import azstance
from azstance.classify.coder import Coder, code
from azstance.classify.model import FrameModel, Linear, Stage
from azstance.classify.names import model_folder
from azstance.classify.rows import cue_features
from azstance.classify.weights import load
from azstance.codebook import Codebook
from azstance.records import (
    Chance,
    Coding,
    Cue,
    Effect,
    Mention,
    Modality,
    Polarity,
    Sentence,
    Voice,
)

PAIR = frozenset({"Azerbaijan", "Russia"})
OTHERS = Effect("pair", "EU", "is about other actors")
MODEL = FrameModel(
    "hand",
    ("alliance", "rift"),
    Linear((), (), np.zeros((0, 4), np.float32), np.zeros(4)),
    False,
    Stage(np.zeros((2, 4, 3)), np.zeros((2, 3))),
    {"alliance": 0.4, "rift": 0.5},
    {"alliance": 0.25, "rift": 0.5},
    {"weights_sha256": "0123456789abcdef"},
)


def cue(
    frame: str = "alliance",
    polarity: Polarity = Polarity.AFFIRM,
    *effects: Effect,
    counted: bool = True,
    weight: float = 0.8,
    modality: Modality = Modality.ASSERTED,
    id: str = "",
) -> Cue:
    name = id or f"{frame} {polarity}"
    return Cue(name, frame, polarity, 0, 4, "text", weight, (), effects, counted, modality)


def coded(
    alliance: tuple[float, float], *cues: Cue, actors: tuple[str, ...] = (), **fields: object
) -> Sentence:
    sentence = Sentence(
        1, 1, "Text.", Voice.AUTHOR, cues=cues, actors=tuple(Mention(a, a, 0, 1) for a in actors),
        **fields,
    )  # fmt: skip
    chances = np.array([[1 - sum(alliance), *alliance], [0.9, 0.1, 0]])
    return code(sentence, MODEL, PAIR, chances, np.arange(16.0).reshape(2, 2, 4))


@pytest.mark.parametrize(
    ("affirm", "deny", "expected"),
    [
        (0.9, 0.0, "affirm"),
        (0.1, 0.7, "deny"),
        (0.4, 0.0, "affirm"),  # just reached
        (0.39, 0.0, "unsure"),
        (0.25, 0.0, "unsure"),
        (0.24, 0.0, ""),
        (0.34, 0.34, "unsure"),  # present, and neither side likely enough
        (0.35, 0.06, "affirm"),
        (0.4, 0.4, "affirm"),
    ],
)
def test_codes_by_probability(affirm: float, deny: float, expected: str) -> None:
    found = coded((affirm, deny))
    assert [c.polarity for c in found.codings] == [expected] * (expected in ("affirm", "deny"))
    assert found.unsure == ("alliance",) * (expected == "unsure")
    assert found.chances == (Chance("alliance", affirm, deny), Chance("rift", 0.1, 0))
    for coding in found.codings:
        assert coding.frame == "alliance"
        assert coding.probability == max(affirm, deny)
        first = 0 if expected == "affirm" else 4
        assert dict(coding.parts) == {
            "cues": first, "words": first + 1, "meaning": first + 2, "context": first + 3,
        }  # fmt: skip


@given(st.floats(0, 1), st.floats(0, 1))
def test_coded_or_unsure_but_not_both(present: float, side: float) -> None:
    found = coded((present * side, present * (1 - side)))
    assert not {c.frame for c in found.codings} & set(found.unsure)
    assert bool(found.codings or found.unsure) == (
        found.chances[0].affirm + found.chances[0].deny >= 0.25
    )


def test_codes_of_the_cues_give_way() -> None:
    before = (Coding("alliance", Polarity.AFFIRM, 0.8),)
    assert coded((0.0, 0.0), cue(), codings=before).codings == ()


@pytest.mark.parametrize(
    ("cues", "actors", "kept"),
    [
        ((cue("alliance", Polarity.AFFIRM, OTHERS, counted=False),), (), False),
        ((cue("alliance", Polarity.AFFIRM, OTHERS, counted=False),), ("Azerbaijan",), False),
        ((cue("alliance", Polarity.AFFIRM, OTHERS, counted=False),), tuple(PAIR), True),
        # Another cue of the frame is about the pair, or nothing was said of actors.
        ((cue("alliance", Polarity.AFFIRM, OTHERS, counted=False), cue()), (), True),
        ((cue(counted=False),), (), True),
        # Cues of other frames do not matter.
        ((cue("rift", Polarity.AFFIRM, OTHERS, counted=False),), (), True),
        ((), (), True),
    ],
)
def test_cues_about_others_veto(cues: tuple[Cue, ...], actors: tuple[str, ...], kept: bool) -> None:
    found = coded((0.9, 0.0), *cues, actors=actors)
    assert bool(found.codings) is kept
    assert found.unsure == (() if kept else ("alliance",))


def test_cues_and_modality_of_the_side_that_is_coded() -> None:
    hedged, predicted = (cue(id=str(m), modality=m) for m in (Modality.HEDGED, Modality.PREDICTED))
    denied = cue(polarity=Polarity.DENY)
    out = cue(id="out", counted=False)
    [coding] = coded((0.8, 0.1), hedged, predicted, hedged, denied, out).codings
    assert coding.cues == ("hedged", "predicted")
    assert coding.modality is Modality.PREDICTED
    [coding] = coded((0.1, 0.8), hedged, denied).codings
    assert coding.cues == ("alliance deny",)
    [coding] = coded((0.8, 0.1), denied).codings
    assert coding.cues == ()
    assert coding.modality is Modality.ASSERTED


def test_features_of_cues() -> None:
    sentence = Sentence(
        1, 1, "Text.", Voice.ATTRIBUTED,
        actors=(Mention("Russia", "Moscow", 0, 6),),
        cues=(cue(weight=0.5), cue(weight=0.5), cue("rift", Polarity.DENY, counted=False)),
        codings=(Coding("alliance", Polarity.AFFIRM, 0.75),),
    )  # fmt: skip
    assert cue_features(sentence, PAIR) == {
        "cue alliance affirm": 0.75,
        "cue rift not counted": 0.8,
        "code alliance affirm": 1,
        "actor Russia": 1,
        "attributed": 1,
    }
    assert cue_features(replace(sentence, cues=(), codings=(), actors=()), PAIR) == {
        "no actor": 1, "attributed": 1,
    }  # fmt: skip


def test_names(codebook: Codebook) -> None:
    assert Coder(codebook).name == "cues"
    assert Coder(codebook, MODEL).name == "hand 01234567"
    assert Coder(codebook, replace(MODEL, about={})).name == "hand"


@pytest.fixture(scope="module")
def shipped(codebook: Codebook) -> Coder:
    return Coder(codebook, load(model_folder(codebook, "lexical"), codebook, "azstance train"))


def test_an_article(reader: Reader, shipped: Coder) -> None:
    texts = (
        "Azerbaijan and Russia are strategic allies, and their partnership grows every year.",
        "It rained all day.",
        "The streets of the old town stood empty.",
    )
    article, by_cues = reader.article(*texts), reader.sentences(*texts)
    first, second, _ = shipped(article, by_cues)
    assert [(c.frame, c.polarity) for c in first.codings] == [("alliance", Polarity.AFFIRM)]
    assert [name for name, _ in first.codings[0].parts] == ["cues", "words", "meaning", "context"]
    assert second.codings == ()
    frames = shipped.codebook.frame_names
    assert tuple(chance.frame for chance in second.chances) == frames
    assert Coder(shipped.codebook)(article, by_cues) == by_cues


def test_an_article_without_sentences(reader: Reader, shipped: Coder) -> None:
    assert shipped(reader.article(), ()) == ()


@pytest.mark.parametrize(
    ("text", "frame", "polarity"),
    [
        ("Azerbaijan and Russia are strategic allies.", "alliance", Polarity.AFFIRM),
        ("Relations between Baku and Moscow are in a deep crisis.", "rift", Polarity.AFFIRM),
    ],
)
def test_in_a_text_without_context_the_cues_are_heard(
    tmp_path: Path, text: str, frame: str, polarity: Polarity
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    [result] = azstance.score(file, model="lexical").articles
    [sentence] = result.sentences
    assert (frame, polarity) in [(c.frame, c.polarity) for c in sentence.codings]
