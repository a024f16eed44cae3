"""What a good codebook becomes, and what its digest depends on."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from azstance.codebook import Codebook, check_codebook, codebook_info, load_codebook
from azstance.records import CodebookInfo, Polarity, Voice

Make = Callable[..., Path]


def test_a_codebook_is_read_as_written(make: Make) -> None:
    book = load_codebook(make())
    assert (book.name, book.version, book.title) == ("small", "1.0", "A small codebook")
    assert book.pair == ("Azerbaijan", "Russia")
    assert book.region == ("Armenia",)
    assert book.frame_names == ("alliance", "rift")
    assert book.alignment == {"alliance": (1.0, -1.0), "rift": (-1.0, 1.0)}
    assert book.naming == {"Kyiv": ("Kyiv", "Kiev")}
    assert book.naming_notes == {"Kyiv": "Two forms of one name."}
    assert book.words["grow"] == ("grow", "deepen")
    assert [(a.name, a.kind, a.names, a.excluded) for a in book.actors][:2] == [
        ("Azerbaijan", "state", ("Azerbaijan", "Azerbaijani*", "Baku"), ("Baku-Tbilisi-Ceyhan",)),
        ("Russia", "state", ("Russia", "Moscow"), ()),
    ]


def test_cues_and_examples_have_defaults_and_places(make: Make) -> None:
    frame = load_codebook(make()).frames[0]
    plain, empty = frame.cues
    assert (plain.polarity, plain.about, plain.weight) == (Polarity.AFFIRM, "pair", 0.7)
    assert (empty.polarity, empty.about, empty.weight) == (Polarity.DENY, "first", 0.9)
    assert plain.phrases == ("strategic partnership", "<grow> ties")
    assert [(c.file, c.line) for c in frame.cues] == [
        ("frames/alliance.toml", 8),
        ("frames/alliance.toml", 15),
    ]
    yes, no = frame.examples
    assert (yes.match, yes.voice, yes.before) == (
        Polarity.AFFIRM,
        Voice.AUTHOR,
        ("Baku and Moscow met.",),
    )
    assert (no.match, no.voice, no.before) == (None, None, ())
    assert (yes.line, no.line) == (23, 29)


def test_the_frame_says_what_its_cues_are_about(swap: Make) -> None:
    folder = swap("frames/alliance.toml", 'about = "pair"', 'about = "region"')
    assert [cue.about for cue in load_codebook(folder).cues] == ["region", "first", "pair"]


def test_small_files_may_be_left_out(make: Make) -> None:
    folder = make({"naming.toml": None})
    book = load_codebook(folder)
    assert book.naming == {}
    assert book.digest != load_codebook(make()).digest


def test_word_lists_of_the_codebook_come_before_those_of_the_language(make: Make) -> None:
    folder = make()
    book = load_codebook(folder)
    assert book.words["grow"] == ("grow", "deepen")
    (folder / "own").mkdir()
    (folder / "own" / "words.toml").write_text('[words]\ngrow = ["x"]\nlean = ["lean"]\n')
    (folder / "own" / "scope.toml").write_text('[negation]\nphrases = ["not"]\n')
    main = folder / "codebook.toml"
    main.write_text(main.read_text().replace('"english"', '"own"'))
    book = load_codebook(folder)
    assert (book.words["grow"], book.words["lean"]) == (("grow", "deepen"), ("lean",))
    assert book.language_lists["scope"] == {"negation": {"phrases": ["not"]}}


def test_the_language_lists_are_those_of_the_package(make: Make) -> None:
    lists = load_codebook(make()).language_lists
    assert "not" in lists["scope"]["negation"]["phrases"]


def digest(folder: Path) -> str:
    return load_codebook(folder).digest


def test_the_digest_sees_every_change_but_not_how_the_file_was_saved(make: Make) -> None:
    folder = make()
    before = digest(folder)
    assert len(before) == 64
    assert int(before, 16) >= 0
    for path in sorted(folder.rglob("*.toml")):
        raw = path.read_bytes()
        path.write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
        assert digest(folder) == before, path
        path.write_bytes(raw + b"# a comment\n")
        assert digest(folder) != before, path
        path.write_bytes(raw)
    assert digest(folder) == before


def test_the_digest_does_not_depend_on_place_or_hash_seed(make: Make, tmp_path: Path) -> None:
    before = digest(make())
    moved = (tmp_path / "cb").rename(tmp_path / "elsewhere")
    assert digest(moved) == before
    code = "import sys; from azstance.codebook import load_codebook as load\n"
    code += "print(load(sys.argv[1]).digest)"
    for seed in ("0", "7"):
        run = subprocess.run(
            [sys.executable, "-c", code, str(moved)],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == before


def test_info_says_which_codebook_it_was(make: Make) -> None:
    book = load_codebook(make())
    assert codebook_info(book) == CodebookInfo(
        "small", "1.0", book.digest, ("alliance", "rift"), ("Azerbaijan", "Russia")
    )


def test_a_codebook_survives_the_way_to_another_process(make: Make) -> None:
    book = load_codebook(make())
    again: Codebook = pickle.loads(pickle.dumps(book))
    assert again == book
    assert hash(again) == hash(book)


@pytest.mark.parametrize("name", ["azstance.codebook", "azstance.config", "azstance.resources"])
def test_importing_is_cheap(name: str) -> None:
    code = (
        f"import sys, {name}; "
        "print([m for m in ('numpy', 'spacy', 'rich', 'typer', 'difflib') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_good_codebook_has_no_problems(make: Make) -> None:
    assert check_codebook(make()) == []
