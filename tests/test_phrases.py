"""The phrase language: every mark, what is refused, and what finding promises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.phrases import Match, Phrase, PhraseError, PhraseIndex, Word, parse

LISTS = {
    "grow": ["grow", "gain momentum", "reach .. high|level", "upward"],
    "warm": ["close", "mutually beneficial"],
}
# As a tagger would say; everything else is its own lemma.
LEMMAS = {
    "ties": "tie", "tied": "tie", "grew": "grow", "grown": "grow", "growing": "grow", "is": "be",
    "allies": "ally", "went": "go", "goes": "go", "closer": "close", "gained": "gain",
    "reached": "reach", "ca": "can", "wo": "will", "n't": "not", "countries": "country",
}  # fmt: skip


def words(text: str) -> list[Word]:
    """A text as the matcher sees it: no hyphens, quotation marks or possessive 's."""
    text = re.sub(r"(?<=\w)['’]s\b", "", text)
    text = re.sub(r"\bcannot\b", "can not", text)
    text = re.sub(r"(\w)n['’]t\b", r"\1 n't", text)
    pieces = re.findall(r"n't|\w+|[,;:.?!]", re.sub(r"[-‐“”\"]", " ", text))
    return [
        Word(p.lower(), LEMMAS.get(p.lower(), p.lower()), stop=p in set(",;:.?!")) for p in pieces
    ]


def found(
    phrase: str, text: str, spans: Iterable[tuple[int, int, str]] = ()
) -> list[tuple[int, int]]:
    matches = PhraseIndex([parse(phrase)], LISTS).find(words(text), spans)
    return [(m.start, m.end) for m in matches]


@pytest.mark.parametrize(
    ("phrase", "text", "places"),
    [
        # a word: all its forms
        ("tie", "the ties hold", [(1, 2)]),
        ("ally", "Allies are allies", [(0, 1), (2, 3)]),
        ("ties", "their ties", [(1, 2)]),
        ("ally", "an alley", []),
        ("Grow", "trade grew", [(1, 2)]),
        # * : any word that begins so, ends so, holds it
        ("strateg*", "a strategic strategy", [(1, 2), (2, 3)]),
        ("*vector", "a multivector course", [(1, 2)]),
        ("neigh*ly", "neighbourly and neighborly", [(0, 1), (2, 3)]),
        ("strateg*", "a tragic stratagem", []),
        ("un*", "un", [(0, 1)]),
        ("a*b*c", "aXbYc abc acb", [(0, 1), (1, 2)]),
        # = : this form only, in any case
        ("=united", "United they stood", [(0, 1)]),
        ("=grow", "trade grew", []),
        ("=ties", "ties and tie", [(0, 1)]),
        # | : one of these
        ("close|warm ties", "warm ties", [(0, 2)]),
        ("close|warm ties", "cool ties", []),
        ("close|warm|strateg* ties", "strategic ties", [(0, 2)]),
        ("=grew|=grow", "it grew, they grow, it is grown", [(1, 2), (4, 5)]),
        # ( | ) : one of these, of several words
        ("(no one|nobody) objects", "no one objects", [(0, 3)]),
        ("(no one|nobody) objects", "nobody objects", [(0, 2)]),
        ("(no one|nobody) objects", "one objects", []),
        ("tie (to each other|with them)", "ties with them", [(0, 3)]),
        ("tie (very close)? now", "ties now", [(0, 2)]),
        ("tie (very close)? now", "ties very close now", [(0, 4)]),
        ("(go .. far|stop)", "went much too far", [(0, 4)]),
        ("(<grow>|fall) fast", "gained momentum fast", [(0, 3)]),
        ("(<grow>|fall) fast", "grew fast", [(0, 2)]),
        ("(tie <grow>|fall) fast", "ties gained momentum fast", [(0, 4)]),
        # ? : may be there
        ("a very? close tie", "a close tie", [(0, 3)]),
        ("a very? close tie", "a very close tie", [(0, 4)]),
        ("a very? close tie", "a rather close tie", []),
        ("a very|most? close tie", "a most close tie", [(0, 4)]),
        # .. and ... : up to three, up to eight
        ("tie .. grow", "ties grew", [(0, 2)]),
        ("tie .. grow", "ties of a kind grew", [(0, 5)]),
        ("tie .. grow", "ties of a rare kind grew", []),
        ("tie ... grow", "ties a b c d e f g h grew", [(0, 10)]),
        ("tie ... grow", "ties a b c d e f g h i grew", []),
        # gaps stop at marks, words that follow each other do too
        ("tie .. grow", "ties : grew", []),
        ("tie .. grow", "ties ; grew", []),
        ("tie .. grow", "ties . grew", []),
        ("tie .. grow", "ties , grew", []),
        ("tie .. grow", "the ties hold, trade grew", []),
        ("tie grow", "ties, grew", []),
        # a mark may be asked for
        ("second ,", "Second, trade grew", [(0, 2)]),
        # the nearest continuation of a gap counts
        ("tie .. grow", "ties grew and grew", [(0, 2)]),
        # < > : a word list, its entries of several words, with gaps and alternatives
        ("<grow> tie", "growing ties", [(0, 2)]),
        ("tie <grow>", "ties gained momentum", [(0, 3)]),
        ("tie <grow>", "ties reached a new high", [(0, 5)]),
        ("tie <grow>", "ties reached a new low", []),
        ("<warm> tie", "mutually beneficial ties", [(0, 3)]),
        ("<warm> and <warm> tie", "close and mutually beneficial ties", [(0, 5)]),
        ("<grow>|fall", "it grew: fall", [(1, 2), (3, 4)]),
        ("<grow>", "the upward trend", [(1, 2)]),
        # hyphens and possessives are no words
        ("multi-vector", "a multi-vector course", [(1, 3)]),
        ("multi-vector", "a multi vector course", [(1, 3)]),
        ("multi vector", "a multi‐vector course", [(1, 3)]),
        ("give/take", "give and take; give take", [(4, 6)]),
        ("Russia's grip", "Russia's grip", [(0, 2)]),
        ("Russia grip", "Russia’s grip", [(0, 2)]),
        ("Russia's grip", "Russia grip", [(0, 2)]),
        # contractions
        ("cannot hold", "it cannot hold", [(1, 4)]),
        ("can not hold", "it can't hold", [(1, 4)]),
        ("can't hold", "it cannot hold", [(1, 4)]),
        ("won't hold", "it will not hold", [(1, 4)]),
        ("isn't close", "it is not close", [(1, 4)]),
        ("don’t go", "they do not go", [(1, 4)]),
        # quotation marks are no words
        ("close tie", "their “close” ties", [(1, 3)]),
    ],
)
def test_marks(phrase: str, text: str, places: list[tuple[int, int]]) -> None:
    assert found(phrase, text) == places


ACTORS = [(0, 1, "Russia"), (0, 1, "second"), (0, 1, "actor"), (3, 5, "China"), (3, 5, "other")]


@pytest.mark.parametrize(
    ("phrase", "places"),
    [
        ("<Russia> influence", [(0, 2)]),
        ("<second> influence", [(0, 2)]),
        ("<actor> influence", [(0, 2)]),
        ("influence in <China>", [(1, 5)]),
        ("influence in <other>", [(1, 5)]),
        ("influence in <second>", []),
        ("influence .. <other> grow", [(1, 6)]),
        ("(<Russia>|<China>) influence", [(0, 2)]),
        ("(influence in <China>|trade) grow", [(1, 6)]),
        ("<other>|<grow>", [(3, 5), (5, 6)]),
    ],
)
def test_actors(phrase: str, places: list[tuple[int, int]]) -> None:
    assert found(phrase, "Moscow influence in New Beijing grew", ACTORS) == places


def test_a_span_for_a_list_that_no_phrase_names_is_ignored() -> None:
    assert found("grow", "Moscow grew", [(0, 1, "nobody asked")]) == [(1, 2)]


def test_the_longest_match_of_a_phrase_counts() -> None:
    assert found("close very? very? tie", "close very very tie") == [(0, 4)]
    assert found("<grow> far? now", "growing far now") == [(0, 3)]
    index = PhraseIndex([parse("close tie"), parse("tie")], LISTS)
    assert index.find(words("close ties")) == [Match(0, 0, 2), Match(1, 1, 2)]


def test_other_forms_come_from_the_caller() -> None:
    text = [Word("bound", "bind")]
    assert PhraseIndex([parse("binding")]).find(text) == []
    forms = {"binding": ("bind",)}
    index = PhraseIndex([parse("binding")], forms=lambda word: forms.get(word, ()))
    assert index.find(text) == [Match(0, 0, 1)]


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("", "the phrase is empty"),
        ("   ", "the phrase is empty"),
        ("- –", "the phrase is empty"),
        ("<grow tie", "opens a list name with '<' and does not close it"),
        ("<>", "opens a list name with '<' and does not close it"),
        ("(no one", "opens a group with '(' and does not close it"),
        (".. tie", "begins with a gap or an optional word"),
        ("... tie", "begins with a gap or an optional word"),
        ("tie ..", "ends with a gap or an optional word"),
        ("very? tie", "begins with a gap or an optional word"),
        ("tie now?", "ends with a gap or an optional word"),
        ("ve?ry tie", "has a '?' inside"),
        ("* tie", "has a place without letters; a gap is written '..'"),
        ("a ** b", "has a place without letters"),
        ("a| b", "has a place without letters"),
        ("|", "has a place without letters"),
        ("a [b] c", "has '[', which phrases do not use"),
        ("a {2}", "has '{', which phrases do not use"),
        ("tie$", "has '$', which phrases do not use"),
        ("^tie", "has '^', which phrases do not use"),
        ("tie+", "has '+', which phrases do not use"),
        ('the "tie"', "has '\"', which phrases do not use"),
        ("the “tie”", "has '“', which phrases do not use"),
        ("a\\b", "which phrases do not use"),
    ],
)
def test_what_is_refused(phrase: str, message: str) -> None:
    with pytest.raises(PhraseError) as error:
        parse(phrase)
    assert message in str(error.value)


def test_a_phrase_knows_what_it_refers_to() -> None:
    phrase = parse("<grow> (tie to <Russia>|<warm> bond) .. =now strateg*")
    assert phrase.references == {"grow", "Russia", "warm"}
    assert phrase.lemmas == {"tie", "to", "bond"}


# ---- properties ----

MARKS = st.sampled_from([*"*=|()?.<>-'’ ,;:/", "..", "...", "tie", "grow", "n't", "can"])
VOCABULARY = ["tie", "grow", "close", "ally", "not", "far", "trade", "russia"]
plain = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=5)
streams = st.lists(
    st.sampled_from([*VOCABULARY, "ties", "grew", ",", ";", ".", "momentum", "gain"]), max_size=14
).map(lambda pieces: words(" ".join(pieces)))
PHRASES = [
    "tie", "close tie", "tie .. grow", "tie ... grow", "<grow> far?  tie", "<warm> tie|ally",
    "(not far|close) ally", "=ties", "gr*", "close very? tie", "<Russia> tie", "not .. <grow>",
]  # fmt: skip
spans = st.lists(
    st.tuples(
        st.integers(0, 13), st.integers(1, 2), st.sampled_from(["Russia", "grow", "unknown"])
    ).map(lambda row: (row[0], row[0] + row[1], row[2])),
    max_size=4,
)


@given(st.one_of(st.text(max_size=30), st.lists(MARKS, max_size=8).map("".join)))
def test_parse_raises_nothing_but_phrase_errors(text: str) -> None:
    try:
        phrase = parse(text)
    except PhraseError as error:
        assert str(error)
        return
    assert isinstance(phrase, Phrase)
    assert phrase.elements
    # What parses can be searched for.
    PhraseIndex([phrase], LISTS).find(words("ties grew, not far"))


@given(plain, streams, streams)
def test_a_literal_phrase_is_found_among_its_own_words(
    phrase: list[str], before: list[Word], after: list[Word]
) -> None:
    text = [*before, *words(" ".join(phrase)), *after]
    matches = PhraseIndex([parse(" ".join(phrase))]).find(text)
    assert Match(0, len(before), len(before) + len(phrase)) in matches


@given(streams, spans)
def test_matches_lie_in_the_text_and_are_the_same_each_time(
    text: list[Word], marked: list[tuple[int, int, str]]
) -> None:
    marked = [row for row in marked if row[1] <= len(text)]
    index = PhraseIndex([parse(phrase) for phrase in PHRASES], LISTS)
    first = index.find(text, marked)
    assert all(0 <= m.start < m.end <= len(text) for m in first)
    assert first == sorted(first, key=lambda m: (m.start, m.end, m.key))
    assert len({(m.key, m.start) for m in first}) == len(first)
    assert index.find(text, marked) == first
    again = PhraseIndex([parse(phrase) for phrase in PHRASES], LISTS)
    assert again.find(text, list(reversed(marked))) == first


@given(streams, streams, streams)
def test_words_around_a_text_take_no_match_away(
    before: list[Word], text: list[Word], after: list[Word]
) -> None:
    """What was found in a text is found in it between others, or goes on further there."""
    index = PhraseIndex([parse(phrase) for phrase in PHRASES], LISTS)
    alone = index.find(text)
    more = {(m.key, m.start): m.end for m in index.find([*before, *text, *after])}
    for match in alone:
        assert more[match.key, match.start + len(before)] >= match.end + len(before)


@given(streams)
def test_a_phrase_does_not_depend_on_the_others(text: list[Word]) -> None:
    index = PhraseIndex([parse(phrase) for phrase in PHRASES], LISTS)
    together: dict[int, list[Match]] = {}
    for match in index.find(text):
        together.setdefault(match.key, []).append(match)
    for key, phrase in enumerate(PHRASES):
        alone: Sequence[Match] = PhraseIndex([parse(phrase)], LISTS).find(text)
        assert [(m.start, m.end) for m in alone] == [
            (m.start, m.end) for m in together.get(key, [])
        ]


FORMS = ("ally", "allies", "break", "broken", "tie", "with", "moscow", "close", "closely")


@given(
    st.lists(st.sampled_from(["ally", "<grow> tie", "close|warm .. tie", "brea* with",
                              "with tie? moscow", "ally (break with|close)", "=allies <Russia>",
                              "<first> ... ally"]),
             min_size=1, unique=True),
    st.lists(st.sampled_from(FORMS), max_size=8),
    st.booleans(),
)  # fmt: skip
def test_whatever_is_found_was_possible(phrases: list[str], text: list[str], named: bool) -> None:
    lists = {"grow": ["close", "break <more>"], "more": ["with moscow"]}
    index = PhraseIndex([parse(phrase) for phrase in phrases], lists)
    words = [Word(word, {"allies": "ally", "broken": "break"}.get(word, word)) for word in text]
    spans = [(0, 1, "Russia"), (0, 1, "first")] if named and words else []
    found = {match.key for match in index.find(words, spans)}
    pairs = [(word.lower, word.lemma) for word in reversed(words)]
    possible = index.possible(pairs, {"Russia", "first"} if named else set())
    assert found <= set(possible)
    assert possible == sorted(set(possible))
