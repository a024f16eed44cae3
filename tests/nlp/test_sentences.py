"""Sentences with their true lines, whatever the text looks like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from short_texts import Reader

from azstance.errors import ArticleError
from azstance.nlp import pipeline
from azstance.records import Article, Block, Sentence, SourceCard


def block(*lines: str, first: int = 1, **more: object) -> Block:
    """A paragraph from its source lines, joined by a blank as reading does."""
    starts, offset = [], 0
    for number, line in enumerate(lines, start=first):
        starts.append((offset, number))
        offset += len(line) + 1
    return Block(" ".join(lines), tuple(starts), **more)  # type: ignore[arg-type]


def split(reader: Reader, *blocks: Block) -> tuple[Sentence, ...]:
    return reader.sentences(*blocks, split=True)


def test_every_sentence_has_the_line_on_which_it_starts(reader: Reader) -> None:
    found = split(
        reader,
        block("It rained in Baku. The sun", "shone in Moscow.", "Nobody met.", first=3),
        block("They left. They came back", "by train.", first=9),
    )
    assert [(s.number, s.line, s.text) for s in found] == [
        (1, 3, "It rained in Baku."),
        (2, 3, "The sun shone in Moscow."),
        (3, 5, "Nobody met."),
        (4, 9, "They left."),
        (5, 9, "They came back by train."),
    ]


def test_sentences_start_where_the_block_says(reader: Reader) -> None:
    text = "Baku met Moscow Rome met Paris. And it rained."
    [free] = [tuple(s.text for s in split(reader, Block(text, ((0, 1),))))]
    forced = split(reader, Block(text, ((0, 1),), sentences=(0, 16)))
    assert [s.text for s in forced] == ["Baku met Moscow", "Rome met Paris. And it rained."]
    assert free != tuple(s.text for s in forced)


def test_headings_are_marked(reader: Reader) -> None:
    heading = Block("Baku and Moscow", ((0, 1),), heading=True)
    found = split(reader, heading, block("It rained.", first=3))
    assert [(s.heading, s.line) for s in found] == [(True, 1), (False, 3)]


@pytest.mark.parametrize(
    "texts",
    [
        ("Relations between Baku", "and Moscow are good."),
        ("The alliance of", "Azerbaijan and Russia holds"),
        ("no full stop", "at the end", "of any line"),
    ],
)
def test_blocks_are_never_joined(reader: Reader, texts: tuple[str, ...]) -> None:
    found = split(reader, *(block(text, first=n) for n, text in enumerate(texts, start=1)))
    assert "\n".join(s.text for s in found if s.line == 1) == texts[0]
    assert {s.line for s in found} == set(range(1, len(texts) + 1))


def test_a_phrase_does_not_reach_into_the_next_block(reader: Reader) -> None:
    found = split(
        reader, block("Azerbaijan and Russia have a strategic"), block("partnership", first=2)
    )
    assert all(cue.text != "strategic partnership" for s in found for cue in s.cues)


ODD = [
    "🤝 Baku and Moscow are allies 🤝🇦🇿🇷🇺.",
    "Баку и Москва: союзники.",
    "巴库和莫斯科是盟友。Baku and Moscow are allies.",
    "Bakú\u0301 and Mo\u0308scow met\u200b\u200d.",
    "Türkiye’s president — Erdoğan — left…",
    "\u202eBaku\u202c and Moscow.",
    "one",
    "9",
    "- [sic] [/b] =HYPERLINK(1)",
    "A.B.C. U.S. e.g. i.e. 3.14 http://example.org/a?b=c&d=e",
    "Baku" + " and Baku" * 400 + ".",
    "x" * 3000,
    "“" * 50 + "Baku" + "”" * 50,
]


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_come_back_whole(reader: Reader, text: str) -> None:
    found = split(reader, block("It rained."), block(text, first=5), block("It stopped.", first=7))
    assert (found[0].text, found[-1].text) == ("It rained.", "It stopped.")
    middle = found[1:-1]
    assert middle
    assert all(s.line == 5 for s in middle)
    # Of marks that stand alone no sentence is made.
    assert letters("".join(s.text for s in middle)) == letters(text)
    assert [s.number for s in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize("text", ["...", "— — —", "“”", "!?", "***", "   ", ""])
def test_a_block_without_words_is_no_sentence(reader: Reader, text: str) -> None:
    blocks = (block("It rained."), Block(text, ((0, 3),)), block("It stopped.", first=5))
    assert [s.line for s in split(reader, *blocks)] == [1, 5]


@pytest.mark.parametrize("texts", [(), ("",), ("", ""), ("\t",), ("“”", "")])
def test_an_article_without_words_has_no_sentences(reader: Reader, texts: tuple[str, ...]) -> None:
    blocks = tuple(Block(text, ((0, 1),)) for text in texts)
    assert pipeline.annotate(reader.nlp, Article("a", "a.txt", SourceCard(), blocks)) == ()


@pytest.mark.parametrize("text", ["U.S.", "3.14", "G-20", "COVID-19", "Baku", "№ 7"])
def test_a_heading_of_one_odd_word_is_a_sentence(reader: Reader, text: str) -> None:
    assert [s.text for s in split(reader, Block(text, ((0, 4),), heading=True))] == [text]


def test_a_text_longer_than_the_pipeline_takes_is_named(reader: Reader) -> None:
    with pytest.raises(ArticleError) as error:
        split(reader, block("x " * (reader.nlp.max_length // 2 + 1)))
    assert str(reader.nlp.max_length) in str(error.value)


def test_offsets_count_from_the_sentence(reader: Reader) -> None:
    [_, second] = split(
        reader, block("It rained all day. Azerbaijan is not an ally of Russia, Putin said.")
    )
    for part in (*second.cues, *second.actors, *second.entities):
        assert second.text[part.start : part.end] == part.text
    assert second.cues
    assert second.actors
    assert second.entities


def test_the_words_for_keyness_are_plain(reader: Reader) -> None:
    [sentence] = split(reader, block("On Monday the ministers quickly signed 3 papers."))
    assert sentence.words == ("minister", "quickly", "sign", "paper")


pieces = st.lists(
    st.sampled_from(
        [
            "Baku",
            "Moscow",
            "ally",
            "“",
            "”",
            '"',
            "'",
            "said",
            ".",
            ",",
            "not",
            "\u00a0",
            "🤝",
            "He",
            "according to",
            "…",
            "the",
            "(",
            "of",
            "Russia's",
            "—",
            "!",
            "\t",
            "’",
        ]
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(pieces.map(" ".join), max_size=3))
def test_any_text_is_read_whole_and_twice_the_same(reader: Reader, texts: list[str]) -> None:
    blocks = tuple(Block(text, ((0, n),)) for n, text in enumerate(texts, start=1))
    found = split(reader, *blocks)
    assert found == split(reader, *blocks)
    for sentence in found:
        assert sentence.text in texts[sentence.line - 1]
        assert sentence.text == sentence.text.strip(" \t")
        for part in (*sentence.cues, *sentence.actors):
            assert sentence.text[part.start : part.end] == part.text
    for n, text in enumerate(texts, start=1):
        if any(c.isascii() and c.isalpha() for c in text):
            assert any(s.line == n for s in found)


@pytest.mark.parametrize(
    "text",
    [
        "Russia is losing its grip on the South Caucasus.",
        "Azerbaijan and Russia have signed a roadmap on cooperation until 2026, a source said.",
        "Statistics show that growing ties of Russia and Azerbaijan are a beacon of opportunity.",
    ],
)
def test_no_sentence_starts_small_in_mid_sentence(reader: Reader, text: str) -> None:
    assert [s.text for s in split(reader, block(text))] == [text]


def test_a_run_of_words_without_end_is_cut(reader: Reader) -> None:
    rows = [f"Baku {n} Moscow" for n in range(700)]
    found = split(reader, block(*rows))
    assert all(len(s.text.split()) <= 400 for s in found)
    assert " ".join(s.text for s in found) == " ".join(rows)


def test_every_sentence_has_what_stands_in_it(reader: Reader) -> None:
    found = split(
        reader, *(block("Baku is an ally of Moscow. Paris rained.", first=n) for n in (1, 2))
    )
    assert [[m.actor for m in s.actors] for s in found] == [
        ["Azerbaijan", "Russia"],
        ["France"],
    ] * 2
    assert [[c.frame for c in s.cues] for s in found] == [["alliance"], []] * 2


def test_a_word_of_absurd_length_is_kept_whole(reader: Reader) -> None:
    text = f"Baku is an ally of Moscow {'[' * 30_000}](" + "](" * 15_000 + " and Moscow of Baku."
    [sentence] = split(reader, block(text))
    assert sentence.text == text
    assert [m.actor for m in sentence.actors] == ["Azerbaijan", "Russia", "Russia", "Azerbaijan"]
