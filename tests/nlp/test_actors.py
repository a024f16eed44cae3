"""Which names stand for which actor."""

from __future__ import annotations

import pytest
from short_texts import Reader


# The text, and (actor, words) of every mention in it.
@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Baku thanked the Kremlin.", "Azerbaijan=Baku Russia=Kremlin"),
        ("Vladimir Putin met Ilham Aliyev.", "Russia=Vladimir Putin|Azerbaijan=Ilham Aliyev"),
        ("Aliyev and Lavrov talked.", "Azerbaijan=Aliyev Russia=Lavrov"),
        (
            "Yerevan wrote to Ankara and Brussels.",
            "Armenia=Yerevan Turkey=Ankara European Union=Brussels",
        ),
        ("Türkiye, Turkiye and Turkey are one.", "Turkey=Türkiye Turkey=Turkiye Turkey=Turkey"),
        (
            "Azerbaijani and Russian officials met Armenians.",
            "Azerbaijan=Azerbaijani Russia=Russian Armenia=Armenians",
        ),
        ("Azerbaijan's aims are Moscow’s aims.", "Azerbaijan=Azerbaijan Russia=Moscow"),
        ("The Azerbaijan-Russia border is long.", "Azerbaijan=Azerbaijan Russia=Russia"),
        # a bird, a pronoun, the points of the compass
        ("We ate turkey in the yard.", ""),
        ("They went cold turkey.", ""),
        ("It told us to go west.", ""),
        ("The US told us so.", "United States=US"),
        # names that are part of another name
        ("South Azerbaijan is hilly.", ""),
        ("The Baku-Tbilisi-Ceyhan pipeline leaks.", ""),
        ("She writes for the Moscow Times.", ""),
        ("He reads Russian literature.", ""),
        ("The Minsk Group met in Minsk.", "OSCE=Minsk Group Belarus=Minsk"),
        ("Sputnik Azerbaijan closed.", "Russia=Sputnik Azerbaijan"),
        (
            "The Council of Europe is not Europe.",
            "Council of Europe=Council of Europe European Union=Europe",
        ),
        ("The State Department is no Duma.", "United States=State Department Russia=Duma"),
        ("The war against Russia's invasion of Ukraine goes on.", ""),
        # headlines in capitals
        ("BAKU AND MOSCOW SIGN A DEED", "Azerbaijan=BAKU Russia=MOSCOW"),
        ("AZERBAIJAN MEETS RUSSIA AND IRAN", "Azerbaijan=AZERBAIJAN Russia=RUSSIA Iran=IRAN"),
        # part of a longer word is no name
        ("Bakuvian and Moscowite are no words.", ""),
    ],
)
def test_names(reader: Reader, text: str, mentions: str) -> None:
    found = [f"{m.actor}={m.text}" for m in reader.last(text).actors]
    assert "|".join(found).replace("|", " ") == mentions.replace("|", " ")


def test_mentions_count_from_the_start_of_their_sentence(reader: Reader) -> None:
    first, second = reader.sentences(
        "It rained. In Baku it rained.", "Moscow was dry.", split=True
    )[1:]
    for sentence in (first, second):
        [mention] = sentence.actors
        assert sentence.text[mention.start : mention.end] == mention.text
