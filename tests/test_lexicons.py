"""Every codebook in lexicons/ does what its files say: examples, phrases, cues."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from short_texts import Reader

from azstance.codebook import Codebook, CueEntry, Example, check_codebook, load_codebook
from azstance.nlp import pipeline
from azstance.phrases import Phrase, PhraseError, PhraseIndex, Word, parse
from azstance.records import Block

LEXICONS = Path(__file__).parents[1] / "lexicons"
FOLDERS = sorted(path.parent for path in LEXICONS.glob("*/codebook.toml"))
PHRASE_FILES = ("scope", "discourse", "voice")


@cache
def codebook_in(folder: Path) -> Codebook:
    return load_codebook(folder)


@cache
def reader_for(folder: Path) -> Reader:
    codebook = codebook_in(folder)
    return Reader(pipeline.load(None, codebook), codebook)


def place(codebook: Codebook, item: Example | CueEntry) -> str:
    return f"{codebook.folder.name}/{item.file}:{item.line}"


def examples() -> Iterator[object]:
    for folder in FOLDERS:
        codebook = codebook_in(folder)
        for frame in codebook.frames:
            for example in frame.examples:
                yield pytest.param(folder, frame.name, example, id=place(codebook, example))


def cues() -> Iterator[object]:
    for folder in FOLDERS:
        codebook = codebook_in(folder)
        for cue in codebook.cues:
            yield pytest.param(folder, cue, id=f"{place(codebook, cue)}:{cue.id}")


folders = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def test_there_are_codebooks() -> None:
    assert "azerbaijan-russia" in [folder.name for folder in FOLDERS]


@folders
def test_nothing_is_wrong_with_it(folder: Path) -> None:
    assert [str(problem) for problem in check_codebook(folder)] == []


@pytest.mark.parametrize(("folder", "frame", "example"), list(examples()))
def test_example(folder: Path, frame: str, example: Example) -> None:
    blocks = [Block(t, ((0, 1),), sentences=(0,)) for t in (*example.before, example.text)]
    sentence = reader_for(folder).last(*blocks)
    found = {c.frame: c.polarity for c in sentence.codings}
    assert found.get(frame) == example.match, sentence.cues
    if example.voice:
        assert sentence.voice is example.voice


@folders
def test_every_frame_shows_what_it_matches_and_what_not(folder: Path) -> None:
    for frame in codebook_in(folder).frames:
        matches = {example.match for example in frame.examples}
        assert None in matches, f"{frame.name} has no example that must not match"
        assert matches - {None}, f"{frame.name} has no example that must match"


@folders
def test_every_cue_has_phrases(folder: Path) -> None:
    for cue in codebook_in(folder).cues:
        assert cue.phrases, cue.id
        assert len(set(cue.phrases)) == len(cue.phrases), cue.id


def phrase_lists() -> Iterator[object]:
    for path in sorted(LEXICONS.glob("*/*.toml")):
        if path.stem in PHRASE_FILES:
            for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
                for phrase in table.get("phrases", ()):
                    yield path, name, phrase
        if path.stem == "words":
            for name, entries in tomllib.loads(path.read_text(encoding="utf-8"))["words"].items():
                for phrase in entries:
                    yield path, name, phrase


def test_every_phrase_of_the_language_parses() -> None:
    rows = list(phrase_lists())
    assert len(rows) > 500
    for path, name, phrase in rows:  # type: ignore[misc]
        try:
            parse(phrase)
        except PhraseError as error:
            pytest.fail(f"{path.parent.name}/{path.name} [{name}]: {error}")


def spelled(phrase: Phrase, lists: dict[str, tuple[str, ...]], name: str) -> str:
    """A text that the phrase should be found in: first alternatives, no words in the gaps."""
    written = []
    for element in phrase.elements:
        if not element.atoms:
            continue
        atom = sorted(element.atoms, key=lambda a: (a.kind, a.value))[0]
        if atom.kind == "group":
            written.append(spelled(parse(atom.value[1:-1].split("|")[0].strip()), lists, name))
        elif atom.kind == "list" and atom.value in lists:
            written.append(spelled(parse(lists[atom.value][0]), lists, name))
        elif atom.kind == "list":
            written.append(name)
        else:
            written.append(atom.value.replace("*", "x"))
    return " ".join(written)


ACTOR = "qqq"


@pytest.mark.parametrize(("folder", "cue"), list(cues()))
def test_every_phrase_can_be_found(folder: Path, cue: CueEntry) -> None:
    """Each phrase, written out as a text, is found there by the matcher."""
    codebook = codebook_in(folder)
    lists = dict(codebook.words)
    parsed = [parse(phrase) for phrase in cue.phrases]
    index = PhraseIndex(parsed, lists)
    for key, phrase in enumerate(parsed):
        text = spelled(phrase, lists, ACTOR)
        words = [Word(w, w) for w in text.split()]
        names = {*(a.name for a in codebook.actors), "first", "second", "actor", "other", "pair"}
        spans = [(i, i + 1, n) for i, w in enumerate(words) if w.lower == ACTOR for n in names]
        found = [m for m in index.find(words, spans) if m.key == key]
        assert any((m.start, m.end) == (0, len(words)) for m in found), (cue.phrases[key], text)


@folders
def test_every_entry_of_a_word_list_can_be_found(folder: Path) -> None:
    lists = dict(codebook_in(folder).words)
    for name, entries in lists.items():
        index = PhraseIndex([parse(f"<{name}>")], lists)
        for entry in entries:
            words = [Word(w, w) for w in spelled(parse(entry), lists, ACTOR).split()]
            assert (0, len(words)) in [(m.start, m.end) for m in index.find(words)], (name, entry)


def plain(phrase: str) -> bool:
    return bool(re.fullmatch(r"[a-z ]+", phrase))


@pytest.mark.parametrize(("folder", "cue"), list(cues()))
def test_plain_phrases_are_found_by_the_pipeline(folder: Path, cue: CueEntry) -> None:
    """Phrases of nothing but words, put into a sentence, are found with the pipeline's own lemmas.

    A longer cue of the same frame may stand in for it.
    """
    reader = reader_for(folder)
    phrases = [phrase for phrase in cue.phrases if plain(phrase)]
    blocks = [Block(f"We said: {p} !", ((0, n),), sentences=(0,)) for n, p in enumerate(phrases)]
    sentences = reader.sentences(*blocks)
    lost = [
        phrase
        for phrase, sentence in zip(phrases, sentences, strict=True)
        if not any(
            found.frame == cue.frame
            and found.start <= sentence.text.lower().index(phrase)
            and found.end >= len("We said: ") + len(phrase)
            for found in sentence.cues
        )
    ]
    assert lost == []
