"""Who speaks: the author, or somebody quoted or reported, and by what name."""

from __future__ import annotations

import pytest
from short_texts import Reader

from azstance.records import Block, Voice

AUTHOR, ATTRIBUTED = Voice.AUTHOR, Voice.ATTRIBUTED


@pytest.mark.parametrize(
    ("text", "voice", "speaker"),
    [
        # quotation marks of every shape
        ("“Azerbaijan is an ally of Russia,” Putin said.", ATTRIBUTED, "Putin"),
        ('"Azerbaijan is an ally of Russia," Putin said.', ATTRIBUTED, "Putin"),
        ("'Azerbaijan is an ally of Russia,' Putin said.", ATTRIBUTED, "Putin"),
        ("‘Azerbaijan is an ally of Russia,’ Putin said.", ATTRIBUTED, "Putin"),
        ("„Azerbaijan is an ally of Russia“, Putin said.", ATTRIBUTED, "Putin"),
        ("«Azerbaijan is an ally of Russia», Putin said.", ATTRIBUTED, "Putin"),
        ("“We are allies of Russia,” Aliyev added in Baku.", ATTRIBUTED, "Aliyev"),
        (
            "The minister said: “He told me ‘Azerbaijan is our ally’ in Moscow.”",
            ATTRIBUTED,
            "The minister",
        ),
        # a verb of saying before, inside, after
        ("Putin said that Azerbaijan is an ally of Russia.", ATTRIBUTED, "Putin"),
        ("Azerbaijan, Putin said, is an ally of Russia.", ATTRIBUTED, "Putin"),
        ("Azerbaijan is an ally of Russia, said Putin.", ATTRIBUTED, "Putin"),
        (
            "The president, who was in Baku, said Azerbaijan is an ally of Russia.",
            ATTRIBUTED,
            "The president",
        ),
        ("Experts say that Azerbaijan is an ally of Russia.", ATTRIBUTED, "Experts"),
        ("Aliyev denied that Azerbaijan is an ally of Russia.", ATTRIBUTED, "Aliyev"),
        # without a verb
        ("Azerbaijan is an ally of Russia, according to Lavrov.", ATTRIBUTED, "Lavrov"),
        ("According to Lavrov, Azerbaijan is an ally of Russia.", ATTRIBUTED, "Lavrov"),
        ("In Putin's view, Azerbaijan is an ally of Russia.", ATTRIBUTED, "Putin"),
        # a passive with its agent, an unnamed source
        ("The alliance of Baku and Moscow was praised by Putin.", ATTRIBUTED, "Putin"),
        ("Some argue that Azerbaijan is an ally of Russia.", ATTRIBUTED, None),
        ("It is claimed that Azerbaijan is an ally of Russia.", ATTRIBUTED, None),
        # the name beside the office, or before a possessive
        (
            "Azerbaijan's foreign minister, Jeyhun Bayramov, said that Baku is an ally of Russia.",
            ATTRIBUTED,
            "Jeyhun Bayramov",
        ),
        # documents speak too
        (
            "The declaration vowed an alliance between Baku and Moscow.",
            ATTRIBUTED,
            "the declaration",
        ),
        (
            "The declaration states that Azerbaijan and Russia are allies.",
            ATTRIBUTED,
            "the declaration",
        ),
        # the author
        ("Azerbaijan is an ally of Russia.", AUTHOR, None),
        ("I say that Azerbaijan is an ally of Russia.", AUTHOR, None),
        ("We believe that Azerbaijan is an ally of Russia.", AUTHOR, None),
        ("It should be noted that Azerbaijan is an ally of Russia.", AUTHOR, None),
        ("Needless to say, Azerbaijan is an ally of Russia.", AUTHOR, None),
        ("History says that Azerbaijan is an ally of Russia.", AUTHOR, None),
        # the author's reading of words and motives
        ("Aliyev's remark reflects a shared vision of Baku and Moscow.", AUTHOR, None),
        ("Baku recognises that it is an ally of Russia.", AUTHOR, None),
        ("Azerbaijan wants to be an ally of Russia.", AUTHOR, None),
        # a few words in marks name or distance, they do not speak
        ("The “alliance” between Baku and Moscow lives.", AUTHOR, None),
        ("Baku and Moscow are “allies and friends” today.", AUTHOR, None),
        # what is said lies beside the claim
        ("Azerbaijan's ally Russia said that the harvest was good.", AUTHOR, None),
    ],
)
def test_voice(reader: Reader, text: str, voice: Voice, speaker: str | None) -> None:
    sentence = reader.last(text)
    assert [c.frame for c in sentence.codings] == ["alliance"]
    assert (sentence.voice, sentence.speaker) == (voice, speaker)


# The marks do not pair up; the words are still somebody's.
@pytest.mark.parametrize(
    "text",
    [
        "“Azerbaijan is an ally of Russia, Putin said.",
        "Azerbaijan is an ally of Russia,” Putin said.",
        "«Azerbaijan is an ally of Russia, Putin said.",
        "Putin said: “Azerbaijan is an ally of Russia.",
    ],
)
def test_unbalanced_marks(reader: Reader, text: str) -> None:
    assert reader.last(text).voice is ATTRIBUTED


def test_an_open_mark_does_not_take_the_next_sentence(reader: Reader) -> None:
    first, second = reader.sentences(
        "“Azerbaijan is an ally of Russia, Putin said. Baku and Moscow are allies.", split=True
    )
    assert (first.voice, second.voice) == (ATTRIBUTED, AUTHOR)


@pytest.mark.parametrize(
    ("text", "voice", "speaker"),
    [
        ("He called Azerbaijan an ally of Russia.", ATTRIBUTED, "Putin"),
        ("He also said that Azerbaijan is an ally of Russia.", ATTRIBUTED, "Putin"),
        ("He is sure that Azerbaijan is an ally of Russia.", ATTRIBUTED, "Putin"),
        ("Azerbaijan is an ally of Russia.", AUTHOR, None),
    ],
)
def test_a_report_goes_on(reader: Reader, text: str, voice: Voice, speaker: str | None) -> None:
    before = "Putin said that the talks went well."
    both = Block(f"{before} {text}", ((0, 1),), sentences=(0, len(before) + 1))
    sentence = reader.last(both)
    assert sentence.text == text
    assert (sentence.voice, sentence.speaker) == (voice, speaker)


def test_a_quotation_over_two_sentences(reader: Reader) -> None:
    first, second = reader.sentences(
        "“Azerbaijan is an ally of Russia. Baku and Moscow are friends,” Putin said.", split=True
    )
    assert (first.voice, second.voice) == (ATTRIBUTED, ATTRIBUTED)


def test_the_speaker_named_after_a_long_quotation_said_all_of_it(reader: Reader) -> None:
    sentences = reader.sentences(
        "Lavrov said that the talks went well.",
        "“Azerbaijan is an ally of Russia. Baku and Moscow are friends,” Putin said.",
        split=True,
    )
    assert [s.speaker for s in sentences] == ["Lavrov", "Putin", "Putin"]


def test_whose_view_it_is(reader: Reader) -> None:
    before = "Laura Bennett argues that Azerbaijan is an ally of Russia."
    last = reader.last(before, "In her view, Moscow and Baku are friends.")
    assert (last.voice, last.speaker) == (ATTRIBUTED, "Laura Bennett")


def test_somebody_has_the_word_who_only_disagrees(reader: Reader) -> None:
    sentences = reader.sentences(
        "Laura Bennett argues that Azerbaijan is an ally of Russia.",
        "Her colleague Mark Stone disagrees.",
        "“Moscow and Baku are no friends,” he says.",
    )
    assert [(s.voice, s.speaker) for s in sentences[1:]] == [
        (AUTHOR, None),
        (ATTRIBUTED, "Mark Stone"),
    ]


STANDFIRST = "“Azerbaijan is an ally of Russia,” writes Vasif Huseynov in this op-ed."


@pytest.mark.parametrize(
    ("text", "author", "voice"),
    [
        (STANDFIRST, "Vasif Huseynov", AUTHOR),
        (STANDFIRST, None, AUTHOR),
        ("“Azerbaijan is an ally of Russia,” Vasif Huseynov said.", "Vasif Huseynov", AUTHOR),
        ("“Azerbaijan is an ally of Russia,” Vasif Huseynov said.", None, ATTRIBUTED),
        ("“Azerbaijan is an ally of Russia,” Vasif Huseynov said.", "Ann Other", ATTRIBUTED),
    ],
)
def test_the_author_in_the_standfirst(
    reader: Reader, text: str, author: str | None, voice: Voice
) -> None:
    assert reader.last(text, author=author).voice is voice


def test_the_claim_decides_and_not_the_most_words(reader: Reader) -> None:
    said = "Lavrov said over a long lunch by the river that the soup was far too hot for him"
    assert reader.last(f"{said}, but Azerbaijan is an ally of Russia.").voice is AUTHOR


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            "According to the analyst Farid Shafiyev, Azerbaijan is an ally of Russia.",
            "Farid Shafiyev",
            marks=pytest.mark.xfail(reason="the first noun that can speak is taken: 'the analyst'"),
        ),
        pytest.param(
            "Azerbaijan was called an ally of Russia by Lavrov.",
            "Lavrov",
            marks=pytest.mark.xfail(reason="a passive of 'call' is taken for the author's reading"),
        ),
    ],
)
def test_known_gaps(reader: Reader, text: str, speaker: str) -> None:
    assert reader.last(text).speaker == speaker
