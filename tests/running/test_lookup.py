"""After an edit of cues only the sentences are redone that it could concern, and rightly so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from azstance.cache import Cache
from azstance.codebook import Codebook, CueEntry, load_codebook
from azstance.config import Config
from azstance.nlp import again, parsed, pipeline
from azstance.nlp.cues import CueFinder
from azstance.nlp.lexicon import Forms
from azstance.nlp.shared import provide
from azstance.nlp.stream import inflections
from azstance.read import read_paths
from azstance.records import Article, Polarity, Sentence
from azstance.running import lookup
from azstance.running.entries import Entries
from azstance.running.keys import Keys
from azstance.running.lookup import Lookup
from azstance.running.possible import Edit, Possible

TEXT = """\
Azerbaijan and Russia are strategic allies. Their partnership grows, but Baku does not trust
Moscow. "The alliance of the two is over," Rashad Rasulov said.

Russia puts pressure on Azerbaijan. Nobody in Baku denies the close ties with Moscow, however cold
the relations have become. Is Azerbaijan still an ally of Russia? The weather was fine.
"""
PHRASES = (
    "strategic ally",
    "ally",
    "close tie",
    "close ties with <second>",
    "partnership",
    "trust",
    "alliance",
    "pressure on <first>",
    "cold ... relation",
    "relation",
    "fine",
    "said",
    "<bond>",
    "<warm> tie",
    "<warm> with <second>",
    "(grow|trust)",
    "all* of",
    "=close very? tie",
    "blast furnace",
)
CUES = [
    CueEntry(f"c{n}", "alliance" if n % 2 else "rift", Polarity.AFFIRM, about, weight, (), "", 1)
    for n, (about, weight) in enumerate(
        (about, weight) for about in ("pair", "any", "before") for weight in (0.0, 0.5, 0.9)
    )
]
LEXICONS = st.lists(
    st.tuples(st.sampled_from(CUES), st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4)),
    max_size=5,
    unique_by=lambda pair: pair[0].id,
)


LISTS = {"warm": ("close tie", "<warmer>"), "warmer": ("the <bond>",), "bond": ("alliance", "tie")}


class Bench:
    """A parsed article, and what the cache knows of it."""

    def __init__(self, folder: Path) -> None:
        (folder / "one.txt").write_text(TEXT, encoding="utf-8")
        [article] = read_paths([folder / "one.txt"])
        assert isinstance(article, Article)
        self.article = article
        book = load_codebook(None)
        self.book = replace(book, words={**book.words, **LISTS})
        self.nlp = pipeline.load(None, self.book)
        self.forms: Forms = lambda words: inflections(self.nlp, words)
        self.packed = parsed.pack(pipeline.parse(self.nlp, article))
        self.words = parsed.vocabulary(self.doc())
        self.text = Keys(self.book, Config(), pipeline.DEFAULT).text(article)
        self._folder = folder
        self._names = 0

    def doc(self) -> Doc:
        """The article's parse, as the cache gives it."""
        return parsed.unpack(self.nlp, self.packed, self.article)

    def entries(self) -> Entries:
        """A cache that knows nothing."""
        self._names += 1
        return Entries(Cache(self._folder / f"cache {self._names}", 10**8))

    def use(self, book: Codebook) -> None:
        """Let the components look for the cues of `book`."""
        self._names += 1
        name = f"book {self._names}"
        provide(self.nlp, name, book, self.forms)
        for component in pipeline._COMPONENTS:
            if component in self.nlp.pipe_names:
                self.nlp.remove_pipe(component)
            self.nlp.add_pipe(component, config={"codebook": name})

    def again(self, book: Codebook, entries: Entries) -> tuple[Sentence, ...]:
        """The sentences, with the help of what the cache knows."""
        look = Lookup(book, Keys(book, Config(), pipeline.DEFAULT), self.forms, entries)
        return look(
            self.nlp,
            self.article,
            self.text,
            self.doc,
            lambda: self.words,
        )

    def agrees(self, cues: list[tuple[CueEntry, list[str]]], entries: Entries) -> bool:
        """Whether both ways find the same of these cues."""
        book = lexicon(self.book, cues)
        self.use(book)
        return self.again(book, entries) == self.anew()

    def anew(self) -> tuple[Sentence, ...]:
        """The sentences, looked up without any help."""
        return pipeline.look_up(self.nlp, self.doc(), self.article)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("lookup"))


def lexicon(book: Codebook, cues: list[tuple[CueEntry, list[str]]]) -> Codebook:
    """A codebook with these cues in their order."""
    frames = tuple(
        replace(
            frame,
            cues=tuple(
                replace(cue, phrases=tuple(phrases))
                for cue, phrases in cues
                if cue.frame == frame.name
            ),
        )
        for frame in book.frames
    )
    return replace(book, frames=frames, digest=repr(cues))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(states=st.lists(LEXICONS, min_size=2, max_size=4))
def test_edits_one_after_the_other(bench: Bench, states: Any) -> None:
    """Phrases added, removed, moved, said twice, of other weights or about others."""
    entries = bench.entries()
    assert all(bench.agrees(state, entries) for state in states)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(states=st.lists(LEXICONS, min_size=3, max_size=4))
def test_edits_of_many_phrases(bench: Bench, monkeypatch: pytest.MonkeyPatch, states: Any) -> None:
    """From so many on everything is gone through again, and written down for the new state."""
    monkeypatch.setattr(lookup, "_FAR", 2)
    entries = bench.entries()
    assert all(bench.agrees(state, entries) for state in states)


def test_lists_in_lists(bench: Bench) -> None:
    """What a phrase finds does not depend on the lists that other phrases refer to."""
    entries = bench.entries()
    found = {}
    for name, phrases in {
        "one": ["<warm> is over"],
        "both": ["<warm> is over", "<warmer>"],
        "one again": ["<warm> is over"],
    }.items():
        book = lexicon(bench.book, [(CUES[4], phrases)])
        bench.use(book)
        found[name] = [len(s.cues) for s in bench.again(book, entries)]
        assert found[name] == [len(s.cues) for s in bench.anew()]
    assert found["one"] == found["one again"]


@settings(max_examples=60, deadline=None)
@given(states=st.lists(LEXICONS, min_size=2, max_size=3))
def test_which_rows_could_be_found_after_edits(bench: Bench, states: Any) -> None:
    entries = bench.entries()
    for state in states:
        book = lexicon(bench.book, state)
        look = Lookup(book, Keys(book, Config(), pipeline.DEFAULT), bench.forms, entries)
        fresh = Possible(book, bench.forms)
        assert look.numbers(bench.text, bench.words) == fresh.numbers(bench.words)


@pytest.fixture
def redone(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The sentences in which cues are looked for."""
    found: list[str] = []
    whole = CueFinder.within

    def within(self: CueFinder, doc: Any, sentences: Any) -> Any:
        sentences = list(sentences)
        found.extend(sentence.text.strip()[:20] for sentence in sentences)
        return whole(self, doc, sentences)

    monkeypatch.setattr(CueFinder, "within", within)
    yield found


def test_other_sentences_are_not_gone_through_again(bench: Bench, redone: list[str]) -> None:
    entries = bench.entries()
    states: dict[str, tuple[list[tuple[CueEntry, list[str]]], list[str]]] = {
        "no cues at all": ([], [s.text[:20] for s in bench.anew()]),
        "a phrase": ([(CUES[4], ["ally"])], ["Azerbaijan and Russi", "Is Azerbaijan still "]),
        "one that is not there": ([(CUES[4], ["ally", "blast furnace"])], []),
        "a second one": ([(CUES[4], ["ally"]), (CUES[5], ["fine"])], ["The weather was fine"]),
        "another weight": ([(CUES[4], ["ally"]), (CUES[8], ["fine"])], ["The weather was fine"]),
        "one less": ([(CUES[8], ["fine"])], ["Azerbaijan and Russi", "Is Azerbaijan still "]),
    }
    for name, (cues, sentences) in states.items():
        book = lexicon(bench.book, cues)
        bench.use(book)
        redone.clear()
        bench.again(book, entries)
        assert redone == sentences, name


def test_a_damaged_entry_is_made_anew(bench: Bench) -> None:
    entries = bench.entries()
    before = lexicon(bench.book, [(CUES[4], ["ally"])])
    bench.use(before)
    bench.again(before, entries)
    key = Keys(before, Config(), pipeline.DEFAULT).looked(bench.article, bench.text)
    kept = entries.get(tuple[bytes, again.Looked], key)
    assert kept is not None
    for words in (kept[1].words[1:], (*kept[1].words[:-1], (10**6,))):
        entries.put("looked", key, (kept[0], replace(kept[1], words=words)))
        after = lexicon(bench.book, [(CUES[4], ["ally", "fine"])])
        bench.use(after)
        assert bench.again(after, entries) == bench.anew()


ROWS: list[tuple[object, ...]] = [
    ("c1", "rift", "affirm", "any", 0.5, "ally"),
    ("c2", "rift", "affirm", "any", 0.5, "close tie"),
    ("c3", "rift", "affirm", "any", 0.5, "fine"),
]


@pytest.mark.parametrize(
    ("before", "size", "in_order"),
    [
        (ROWS, 0, True),
        (ROWS[:2], 1, True),
        ([], 3, True),
        ([*ROWS, ROWS[0]], 1, True),  # said twice
        (ROWS[::-1], 0, False),
        ([ROWS[1], ("c1", "rift", "affirm", "any", 0.6, "ally"), ROWS[2]], 2, True),
    ],
)
def test_what_an_edit_is(
    bench: Bench, before: list[tuple[object, ...]], size: int, in_order: bool
) -> None:
    cues = [
        (replace(CUES[0], id=str(id_), weight=0.5, about="any"), [str(phrase)])
        for id_, *_, phrase in ROWS
    ]
    now = Possible(lexicon(bench.book, cues), bench.forms)
    assert now.rows == ROWS
    edit = Edit(before, now)
    assert (edit.size, edit.in_order) == (size, in_order)
