"""Which actors a cue is about: the pair of the codebook, or somebody else."""

from __future__ import annotations

import pytest
from short_texts import Reader


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Azerbaijan is an ally of Russia.", True),
        ("Baku and Moscow are allies.", True),
        ("The Kremlin's ally in Baku kept quiet.", True),
        ("The Azerbaijani-Russian alliance lives.", True),
        ("The alliance between Azerbaijan and Russia worries Turkey.", True),
        ("Aliyev, who had been to Ankara, called Russia an ally.", True),
        ("Azerbaijan prioritizes its allied relations with Türkiye.", False),
        ("Azerbaijan and the EU are strategic partners.", False),
        ("Azerbaijan sealed a strategic partnership with China.", False),
        ("Armenia and Russia are allies.", False),
        ("China and Russia proclaimed a strategic partnership.", False),
        ("The alliance between Azerbaijan and Turkey worries Russia.", False),
        ("Italy and France are allies.", False),
        ("An alliance is a fine thing.", False),
    ],
)
def test_alliance_of_the_pair(reader: Reader, text: str, counts: bool) -> None:
    cues = reader.cues(text, frame="alliance")
    assert cues, "the sentence has to have a cue, else it tests nothing"
    assert any(cue.counted for cue in cues) is counts
    assert ("alliance" in reader.codes(text)) is counts
    if counts:
        assert {cue.pair for cue in cues if cue.counted} == {("Azerbaijan", "Russia")}
    else:
        assert all(effect.kind == "pair" for cue in cues for effect in cue.effects)


@pytest.mark.parametrize(
    ("before", "text", "counts"),
    [
        (["Baku and Moscow signed a deed."], "The two countries are allies.", True),
        (["Italy and Malta signed a deed."], "The two countries are allies.", False),
        ([], "The two countries are allies.", False),
        (["Aliyev met Putin."], "Azerbaijan remains an ally.", True),
        (["Putin spoke in Moscow."], "Azerbaijan remains an ally.", True),
        (["It rained."], "Azerbaijan remains an ally.", False),
        (["Aliyev went to Ankara."], "The president praised the alliance.", False),
        (["Baku and Moscow signed a deed."], "Italy remains an ally.", False),
        # what was said long ago is forgotten
        (["Baku met Moscow.", "Rome met Paris.", "Paris met Rome."], "They are allies.", False),
    ],
)
def test_the_text_before(reader: Reader, before: list[str], text: str, counts: bool) -> None:
    cues = reader.cues(*before, text, frame="alliance")
    assert cues
    assert any(cue.counted for cue in cues) is counts


def test_actors_from_the_text_before_count_less(reader: Reader) -> None:
    def weight(*texts: str) -> float:
        return max(cue.weight for cue in reader.cues(*texts, frame="alliance") if cue.counted)

    here = weight("Baku and Moscow are allies.")
    assert weight("Baku and Moscow met.", "Old allies do so.") < here


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Russia's influence in Armenia has grown.", True),
        ("Russia's influence in Azerbaijan has grown.", True),
        ("Russia's influence in the South Caucasus has grown.", True),
        ("Moscow tightened its grip on Georgia.", True),
        ("Moscow keeps its grip.", True),
        ("Russia's influence in Syria has grown.", False),
        ("Russia's influence in Ukraine has grown.", False),
        ("Turkey's influence in Azerbaijan has grown.", False),
        ("Iran seeks to keep its influence in the South Caucasus.", False),
        ("The influence of China in Georgia has grown.", False),
    ],
)
def test_whose_influence_and_where(reader: Reader, text: str, counts: bool) -> None:
    cues = reader.cues(text, frame="influence")
    assert cues
    assert any(cue.counted for cue in cues) is counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Azerbaijan pursues a multi-vector foreign policy.", True),
        ("Baku's multi-vector policy includes China.", True),
        ("Armenia pursues a multi-vector foreign policy.", False),
        ("Kazakhstan pursues a multi-vector foreign policy.", False),
    ],
)
def test_whose_balance(reader: Reader, text: str, counts: bool) -> None:
    cues = reader.cues(text, frame="balance")
    assert cues
    assert any(cue.counted for cue in cues) is counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The quarrel between Baku and Moscow deepened.", True),
        ("The rift between Baku and Yerevan deepened.", False),
        ("The rift between Turkey and Russia deepened.", False),
        ("Putin and Aliyev had a quarrel in Dushanbe.", True),
    ],
)
def test_whose_rift(reader: Reader, text: str, counts: bool) -> None:
    cues = reader.cues(text, frame="rift")
    assert cues
    assert any(cue.counted for cue in cues) is counts


def test_two_clauses_two_pairs(reader: Reader) -> None:
    assert "alliance" not in reader.codes(
        "Russia and Armenia remain allies, and Azerbaijan knows it."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Armenia and France are allies, and Moscow and Baku watch them.",
        "Baku's partnership with Ankara worries Moscow.",
        "Putin and Aliyev saw the alliance between the coach and the captain fall apart.",
    ],
)
def test_others_beside_the_pair(reader: Reader, text: str) -> None:
    assert "alliance" not in reader.codes(text)


def test_who_tells_of_the_pair_is_no_third_party(reader: Reader) -> None:
    text = "Armenian analysts say that the alliance between Baku and Moscow lives."
    assert reader.codes(text)["alliance"] == "affirm"
    assert "alliance" in reader.codes("Turkish officials believe that Russia is an ally of Baku.")


def test_their_alliance_is_that_of_those_just_named(reader: Reader) -> None:
    before = "Azerbaijan met Russia, and Russia met Azerbaijan."
    text = "Turkey and Azerbaijan are neighbours, and their alliance lives."
    assert reader.cues(before, text, frame="alliance")
    assert "alliance" not in reader.codes(before, text)
