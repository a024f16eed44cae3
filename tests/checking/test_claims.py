"""Who says what: accusations without a speaker, and one speaker for everything."""

from __future__ import annotations

import pytest

from azstance.check_settings import Thresholds
from azstance.checking.claims import single_speaker, unattributed
from azstance.records import Sentence, Voice

from .build import FRIENDLY, LIMITS, result, sentence, subject

ACCUSING = "Moscow betrayed Baku."


def lines(*sentences: Sentence) -> list[int]:
    found = list(unattributed(subject(result(*sentences)), FRIENDLY))
    assert all(draft.rule == "AZ301" for draft in found)
    return [draft.line for draft in found]


@pytest.mark.parametrize(
    ("text", "codes", "fires"),
    [
        (ACCUSING, ["rift affirm"], True),
        (ACCUSING, ["alliance deny"], True),
        (ACCUSING, [], False),
        (ACCUSING, ["alliance affirm"], False),
        (ACCUSING, ["rift deny"], False),
        (ACCUSING, ["alliance affirm", "rift affirm"], True),
        ("The crisis deepens.", ["rift affirm"], False),
        ("Relations broke after the downed plane.", ["rift affirm"], True),
        ("Unhostile words.", ["rift affirm"], False),
    ],
)
def test_an_accusation_is_framed_critical_and_in_words(
    text: str, codes: list[str], fires: bool
) -> None:
    assert lines(sentence(text, *codes, line=4)) == ([4] if fires else [])


def test_a_speaker_here_or_in_the_sentence_before() -> None:
    said = sentence("He came.", speaker="Aliyev", line=1)
    neutral = sentence("Time passed.", line=2)
    claim = sentence(ACCUSING, "rift affirm", line=3)
    told = sentence(ACCUSING, "rift affirm", speaker="Aliyev", line=3)
    unnamed = sentence("It was said.", voice=Voice.ATTRIBUTED)
    assert lines(neutral, claim) == [3]
    assert lines(said, claim) == []
    assert lines(unnamed, claim) == []
    assert lines(said, neutral, claim) == [3]
    assert lines(told) == []
    assert lines(said, claim, claim) == [3], "only the sentence right after is covered"
    assert lines(sentence(ACCUSING, "rift affirm", heading=True)) == []


def test_the_finding_quotes_the_word_and_the_sentence() -> None:
    made = subject(result(sentence("They were Covering up the crash.", "rift affirm", line=9)))
    (draft,) = unattributed(made, FRIENDLY)
    assert draft.message.startswith('"Covering up" accuses')
    assert "rift affirm" in draft.message
    assert [(e.line, e.text) for e in draft.evidence] == [(9, "They were Covering up the crash.")]


def spoken(*names: str | None) -> list[Sentence]:
    return [
        sentence(f"s{n}", "rift affirm", speaker=name, voice=Voice.ATTRIBUTED, line=n + 1)
        for n, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("names", "who"),
    [
        (["A"] * 5, "A"),
        (["A"] * 4, None),
        (["A"] * 4 + ["B"], "A"),
        (["A"] * 3 + ["B"] * 2, None),
        (["A"] * 4 + [None], "A"),
        ([None] * 5, None),
        (["A"] * 7 + ["B"] * 2, None),
        (["Vladimir Putin", "Putin", "Putin", "putin", "Putin"], "Vladimir Putin"),
        (["Ilham Aliyev", "Putin", "Aliyev", "Aliyev", "Aliyev"], "Ilham Aliyev"),
    ],
)
def test_one_speaker_holds_most(names: list[str | None], who: str | None) -> None:
    found = list(single_speaker(subject(result(*spoken(*names))), LIMITS))
    assert [(d.rule, d.basis) for d in found] == ([("AZ302", who)] if who else [])


def test_what_the_author_says_and_what_is_not_framed_does_not_count() -> None:
    others = [sentence("x", speaker="B"), sentence("y", "rift affirm"), sentence("z")]
    (draft,) = single_speaker(subject(result(*others, *spoken(*["A"] * 5))), LIMITS)
    assert draft.message.startswith("A speaks 5 of the 5 framed sentences")
    assert len(draft.evidence) == 5


def test_thresholds_of_the_speaker() -> None:
    made = subject(result(*spoken("A", "A", "B")))
    assert not list(single_speaker(made, Thresholds(speaker_sentences=3)))
    assert list(single_speaker(made, Thresholds(speaker_sentences=3, speaker_share=0.6)))
    assert not list(single_speaker(made, Thresholds(speaker_sentences=4, speaker_share=0.6)))
