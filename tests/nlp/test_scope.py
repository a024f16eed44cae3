"""What the words around a cue do to it. The sentences are about the pair: only scope decides."""

from __future__ import annotations

import pytest
from short_texts import Reader

from azstance.records import Modality

AFFIRM, DENY, NONE = "affirm", "deny", None


@pytest.mark.parametrize(
    ("text", "alliance"),
    [
        # nothing in the way
        ("Azerbaijan is an ally of Russia.", AFFIRM),
        # negation
        ("Azerbaijan has not become an ally of Russia.", DENY),
        ("Azerbaijan hasn't become an ally of Russia.", DENY),
        ("There is no alliance between Baku and Moscow.", DENY),
        ("Azerbaijan was never an ally of Russia.", DENY),
        ("Azerbaijan is no longer an ally of Russia.", DENY),
        ("Azerbaijan is anything but an ally of Russia.", DENY),
        ("Azerbaijan is far from being an ally of Russia.", DENY),
        ("Without trust between Baku and Moscow nothing moves.", DENY),
        ("Instead of an alliance, Baku and Moscow have a contract.", DENY),
        ("It would be wrong to speak of an alliance between Baku and Moscow.", DENY),
        ("It would be naive to expect an alliance between Baku and Moscow.", DENY),
        ("It would be an exaggeration to call Azerbaijan an ally of Russia.", DENY),
        ("To speak of an alliance between Baku and Moscow is wishful thinking.", DENY),
        ("So much for the alliance between Baku and Moscow.", DENY),
        ("It is impossible to overstate the friendship of Baku and Moscow.", AFFIRM),
        ("Neither Baku nor Moscow is an ally.", DENY),
        ("Neither Baku nor Moscow speaks of an alliance.", DENY),
        ("The alliance between Baku and Moscow is not one between equals, and never was.", AFFIRM),
        # a failed or refused action
        ("Azerbaijan failed to become an ally of Russia.", DENY),
        ("Baku rejected an alliance with Moscow.", DENY),
        ("Azerbaijan refused an alliance with Russia.", DENY),
        ("Azerbaijan abandoned its alliance with Russia.", DENY),
        # a decline after it
        ("The alliance between Azerbaijan and Russia is fading.", DENY),
        ("The alliance of Baku and Moscow has evaporated.", DENY),
        ("The alliance between Baku and Moscow is a myth.", DENY),
        # a failure before it and a decline after it say the same
        ("Rumours of an alliance between Baku and Moscow are baseless.", DENY),
        # irony and belittling
        ("There was little to celebrate for Baku and Moscow as allies.", DENY),
        ("The harvest of Azerbaijan is hardly related to its alliance with Russia.", DENY),
        ("The so-called alliance between Azerbaijan and Russia lives.", DENY),
        ("The supposed friendship of Putin and Aliyev made headlines.", DENY),
        ("Azerbaijan and Russia are allies on paper.", DENY),
        # two turns
        ("Nobody denies that Azerbaijan is an ally of Russia.", AFFIRM),
        ("No one in Baku doubts the alliance with Moscow.", AFFIRM),
        ("No politician in Baku denies the alliance with Moscow.", AFFIRM),
        ("The alliance between Baku and Moscow has not collapsed.", AFFIRM),
        ("The alliance between Baku and Moscow is not dead.", AFFIRM),
        ("The alliance between Baku and Moscow will never fade.", AFFIRM),
        # no negation at all
        ("Azerbaijan is not only an ally of Russia but also a customer.", AFFIRM),
        ("The alliance between Azerbaijan and Russia cannot be emphasized enough.", AFFIRM),
        ("The weight of the alliance between Baku and Moscow cannot be overstated.", AFFIRM),
        ("There is no doubt that Azerbaijan is an ally of Russia.", AFFIRM),
        ("No other country is as close an ally of Russia as Azerbaijan.", AFFIRM),
        # conceded
        ("Despite their alliance, Baku and Moscow voted differently.", NONE),
        ("Although Azerbaijan and Russia are allies, they voted differently.", NONE),
        # another verb, another clause
        ("Azerbaijan did not join the sanctions but deepened its alliance with Russia.", AFFIRM),
        ("Azerbaijan has not signed the paper because it is an ally of Russia.", AFFIRM),
        ("Azerbaijan, which has not signed the paper, is an ally of Russia.", AFFIRM),
        ("Azerbaijan does not object, and Russia remains its ally.", AFFIRM),
        ("Azerbaijan has not joined the bloc or become an ally of Russia.", DENY),
    ],
)
def test_alliance(reader: Reader, text: str, alliance: str | None) -> None:
    assert reader.codes(text).get("alliance") == alliance


@pytest.mark.parametrize(
    ("frame", "text", "polarity"),
    [
        ("rift", "There is no crisis in relations between Baku and Moscow.", DENY),
        ("rift", "The dispute between Baku and Moscow is over.", DENY),
        ("rift", "The dispute between Baku and Moscow has not ended.", AFFIRM),
        ("rift", "Rumours of a rift between Baku and Moscow are baseless.", DENY),
        ("rift", "Azerbaijan did not quarrel with Russia but waited.", DENY),
        ("rift", "Despite tensions between Baku and Moscow, the ministers met.", NONE),
        ("influence", "Russia's influence in Azerbaijan is waning.", DENY),
        ("influence", "Russia's influence in Azerbaijan is not waning.", AFFIRM),
        ("influence", "Azerbaijan no longer depends on Russia.", DENY),
        ("influence", "Azerbaijan shook off Russia's tutelage.", DENY),
        ("influence", "Moscow lost its hold over Azerbaijan.", DENY),
        ("influence", "Moscow is trying to keep its shrinking influence in Azerbaijan.", AFFIRM),
    ],
)
def test_other_frames(reader: Reader, frame: str, text: str, polarity: str | None) -> None:
    assert reader.codes(text).get(frame) == polarity


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Azerbaijan is an ally of Russia.", Modality.ASSERTED),
        ("Azerbaijan may become an ally of Russia.", Modality.HEDGED),
        ("Perhaps Azerbaijan and Russia are allies.", Modality.HEDGED),
        ("Azerbaijan seems to be an ally of Russia.", Modality.HEDGED),
        ("If Azerbaijan becomes an ally of Russia, the harvest will be late.", Modality.HEDGED),
        ("Azerbaijan will become an ally of Russia.", Modality.PREDICTED),
        ("Azerbaijan is expected to become an ally of Russia.", Modality.PREDICTED),
        ("Azerbaijan will perhaps become an ally of Russia.", Modality.HEDGED),
        ("Azerbaijan is an ally of Russia, and the harvest will be late.", Modality.ASSERTED),
    ],
)
def test_modality(reader: Reader, text: str, modality: Modality) -> None:
    [coding] = [c for c in reader.last(text).codings if c.frame == "alliance"]
    assert coding.polarity == AFFIRM
    assert coding.modality is modality


def test_a_hedge_counts_less_and_a_prediction_as_much(reader: Reader) -> None:
    def weight(text: str) -> float:
        return max(cue.weight for cue in reader.cues(text, frame="alliance"))

    plain = weight("Azerbaijan is an ally of Russia.")
    assert weight("Azerbaijan may be an ally of Russia.") < plain
    assert weight("Azerbaijan will be an ally of Russia.") == plain


def test_what_follows_a_but_is_the_point(reader: Reader) -> None:
    first, *_, last = reader.cues(
        "Baku and Moscow are allies, but Azerbaijan and Russia have lost their mutual trust.",
        frame="alliance",
    )
    assert any(effect.kind == "focus" and effect.text == "but" for effect in first.effects)
    assert first.weight < last.weight


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Azerbaijan has not become an ally of Russia.", "negation", "not"),
        ("Azerbaijan failed to become an ally of Russia.", "failure", "failed to"),
        ("The alliance between Azerbaijan and Russia is fading.", "decline", "fading"),
        ("Azerbaijan may become an ally of Russia.", "hedge", "may"),
        ("Azerbaijan will become an ally of Russia.", "prediction", "will"),
        ("Despite their alliance, Baku and Moscow voted differently.", "concession", "Despite"),
    ],
)
def test_an_effect_names_the_words_that_did_it(
    reader: Reader, text: str, kind: str, words: str
) -> None:
    effects = [e for cue in reader.cues(text, frame="alliance") for e in cue.effects]
    assert (kind, words) in [(e.kind, e.text) for e in effects]
    assert all(e.result for e in effects)


def test_a_conceded_cue_is_shown_and_not_counted(reader: Reader) -> None:
    [cue] = reader.cues("Despite their alliance, Baku and Moscow voted.", frame="alliance")
    assert not cue.counted


@pytest.mark.parametrize(
    ("text", "alliance"),
    [
        ("Azerbaijan has not failed to become an ally of Russia.", AFFIRM),
        ("Russia calls Azerbaijan an ally, but in truth the alliance does not exist.", DENY),
    ],
)
def test_turned_twice_or_after_the_but(reader: Reader, text: str, alliance: str) -> None:
    assert reader.codes(text).get("alliance") == alliance


# Sentences that come out wrong today, each for the reason beside it; xfail is strict.
@pytest.mark.parametrize(
    ("text", "alliance"),
    [
        pytest.param(
            "Nothing can shake the alliance of Baku and Moscow.",
            AFFIRM,
            marks=pytest.mark.xfail(reason="'shake' is no failure that 'nothing' could turn back"),
        ),
    ],
)
def test_known_gaps(reader: Reader, text: str, alliance: str) -> None:
    assert reader.codes(text).get("alliance") == alliance


def test_a_question_claims_nothing(reader: Reader) -> None:
    assert reader.codes("Are Azerbaijan and Russia allies?") == {}
    [cue] = reader.cues("Are Azerbaijan and Russia allies?", frame="alliance")
    assert [effect.kind for effect in cue.effects] == ["question"]


@pytest.mark.parametrize(
    "text",
    [
        "Is it not plain that Azerbaijan and Russia are allies?",
        "Why did Azerbaijan and Russia become allies?",
        "“Are you coming?” asked Putin, whose ally Azerbaijan is.",
    ],
)
def test_what_a_question_takes_for_granted_counts(reader: Reader, text: str) -> None:
    assert reader.codes(text).get("alliance") == AFFIRM
