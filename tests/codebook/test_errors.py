"""Every mistake in a codebook is answered with file, line, value and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.codebook import check_codebook, load_codebook
from azstance.codebook.frames import _PLAIN
from azstance.errors import CodebookError
from azstance.phrases import PhraseError, parse

Make = Callable[..., Path]
MAIN, ACTORS, WORDS, NAMING = "codebook.toml", "actors.toml", "words.toml", "naming.toml"
ALLY, RIFT = "frames/alliance.toml", "frames/rift.toml"

# file, passage, replacement, line, what the message says, what the remedy says
MISTAKES = [
    # unknown keys
    (MAIN, "title =", "titel =", 3, 'unknown key "titel"', 'Did you mean "title"?'),
    (ALLY, "weight = 0.9", "wieght = 0.9", 19, 'unknown key "wieght"', 'mean "weight"?'),
    (ALLY, 'voice = "author"', 'voices = "x"', 26, 'unknown key "voices"', 'mean "voice"?'),
    (ACTORS, "not =", "nott =", 4, 'unknown key "nott"', 'Did you mean "not"?'),
    (ACTORS, "[actors.Armenia]", "[actor.Armenia]", 9, 'unknown key "actor"', '"actors"?'),
    (NAMING, "concept =", "koncept =", 2, 'unknown key "koncept"', '"concept"?'),
    (WORDS, "[words]", "[word]", 1, 'unknown key "word"', 'Did you mean "words"?'),
    (MAIN, "affirm = 1.0,", "afirm = 1.0,", 12, 'unknown key "afirm"', '"affirm"?'),
    # types
    (MAIN, 'version = "1.0"', "version = 1.0", 2, "is a number (1.0)", "between quotation"),
    (MAIN, 'name = "small"', "name = true", 1, "is true or false (true)", "between quotation"),
    (MAIN, "sentences = 5", "sentences = 5.5", 9, "is a number (5.5)", "a whole number"),
    (MAIN, "weight = 0.5", "weight = true", 8, "true or false (true)", "a number"),
    (MAIN, 'region = ["Armenia"]', "region = 1979-05-27", 6, "is a date or time", "a list"),
    (MAIN, "{ affirm = 1.0, deny = -1.0 }", "1.0", 12, "is a number (1.0)", "as a table"),
    (
        ALLY,
        '    "<grow> ties",',
        "    7,",
        12,
        'an entry of "phrases" is a whole number (7)',
        "quot",
    ),
    (ALLY, '["empty alliance"]', '"empty alliance"', 21, "is text between", "a list"),
    (ALLY, 'before = "Baku and Moscow met."', "before = 3", 27, "is a whole number (3)", "a list"),
    (NAMING, "[[names]]", "[names]", 1, '"names" is a table', "[[names]]"),
    (
        ACTORS,
        '[actors.Armenia]\nnames = ["Armenia"]',
        '[actors]\nArmenia = "x"',
        10,
        "is text",
        "[actors.Armenia]",
    ),
    # missing and empty
    (MAIN, 'title = "A small codebook"\n', "", 1, 'the key "title" is missing', "Add it"),
    (MAIN, 'frames = ["alliance", "rift"]\n', "", 1, 'key "frames" is missing', "Add it"),
    (ALLY, 'id = "alliance-plain"\n', "", 8, 'the key "id" is missing', "Add it"),
    (ALLY, 'phrases = ["empty alliance"]\n', "", 15, 'the key "phrases" is missing', "Add it"),
    (ALLY, 'match = "none"', "", 29, 'the key "match" is missing', '"affirm" or "deny" or "none"'),
    (ALLY, '["empty alliance"]', "[]", 21, 'the list "phrases" is empty', "at least one"),
    (ALLY, '["empty alliance"]', '["  "]', 21, 'an entry of "phrases" is empty', "remove"),
    (ALLY, 'label = "Alliance"', 'label = " "', 2, '"label" is empty', "Write a text"),
    (ALLY, 'note = "a shell"', 'note = ""', 20, '"note" is empty', "Write a text"),
    (
        RIFT,
        '[[cues]]\nid = "rift-plain"\nphrases = ["war of words"]\n',
        "",
        1,
        "no cues",
        "[[cues]]",
    ),
    (ACTORS, '"Russia", "Moscow"', "", 7, 'the list "names" is empty', "at least one"),
    # closed sets and ranges
    (ALLY, 'polarity = "deny"', 'polarity = "denied"', 17, '"denied"', 'mean "deny"?'),
    (ALLY, 'about = "first"', 'about = "Baku"', 18, '"about" is "Baku"', "pair, first, second"),
    (ALLY, 'about = "pair"', 'about = "pairs"', 6, '"about" is "pairs"', 'mean "pair"?'),
    (ALLY, 'match = "affirm"', 'match = "yes"', 25, '"match" is "yes"', "affirm, deny, none"),
    (ALLY, 'voice = "author"', 'voice = "autor"', 26, '"voice" is "autor"', '"author"?'),
    (ALLY, "weight = 0.9", "weight = -0.1", 19, '"weight" is -0.1', "from 0 to 1"),
    (ALLY, "weight = 0.9", "weight = 1.5", 19, '"weight" is 1.5', "from 0 to 1"),
    (ALLY, "weight = 0.9", "weight = nan", 19, '"weight" is nan', "from 0 to 1"),
    (ALLY, "weight = 0.9", "weight = -inf", 19, '"weight" is -inf', "from 0 to 1"),
    (MAIN, "weight = 0.5", "weight = 2", 8, '"attributed_weight" is 2', "from 0 to 1"),
    (MAIN, "sentences = 5", "sentences = 0", 9, '"minimum_sentences" is 0', "from 1"),
    (MAIN, "affirm = 1.0,", "affirm = 3,", 12, '"affirm" is 3', "from -2 to 2"),
    # what belongs together
    (
        MAIN,
        '"alliance", "rift"]',
        '"aliance", "rift"]',
        7,
        'frame "aliance" has no file',
        '"alliance"?',
    ),
    (MAIN, '["alliance", "rift"]', '["alliance", "rift", "rift"]', 7, "listed twice", "Remove one"),
    (MAIN, "rift = { affirm", "riff = { affirm", 13, 'unknown frame "riff"', 'mean "rift"?'),
    (
        MAIN,
        '"Azerbaijan", "Russia"]',
        '"Azerbaijan", "Rusia"]',
        5,
        '"Rusia" in "pair"',
        '"Russia"?',
    ),
    (MAIN, '"Azerbaijan", "Russia"]', '"Russia", "Russia"]', 5, '"pair" is', "two different"),
    (MAIN, '"Azerbaijan", "Russia"]', '"Russia"]', 5, '"pair" is', "two different"),
    (
        MAIN,
        'region = ["Armenia"]',
        'region = ["Armenya"]',
        6,
        '"Armenya" in "region"',
        '"Armenia"?',
    ),
    (MAIN, '"english"', '"englisch"', 4, 'no language "englisch"', 'mean "english"?'),
    (ALLY, 'name = "alliance"', 'name = "ally"', 1, '"name" is "ally"', "that of its file"),
    (
        ALLY,
        'id = "alliance-empty"',
        'id = "alliance-plain"',
        16,
        f"already at cb/{ALLY}:9",
        "of its own",
    ),
    (
        RIFT,
        'id = "rift-plain"',
        'id = "alliance-plain"',
        8,
        f"already at cb/{ALLY}:9",
        "of its own",
    ),
    (
        ALLY,
        '"empty alliance"',
        '"Strategic  partnership"',
        21,
        f"affirm already at cb/{ALLY}:11",
        "deny",
    ),
    (
        ACTORS,
        '"Russia", "Moscow"',
        '"Russia", "baku"',
        7,
        '"baku" is a name of Azerbaijan',
        "one of",
    ),
    (ACTORS, '"Russia", "Moscow"', '"Russia", "*"', 7, '"*" would fit every word', "letters"),
    (
        ACTORS,
        '"Russia", "Moscow"',
        '"Rus*ia", "Moscow"',
        7,
        '"Rus*ia" has a * inside',
        "at the end",
    ),
    (ACTORS, '"Russia", "Moscow"', '"Mother Rus*"', 7, '"Mother Rus*" has a * and', "each form"),
    (
        ACTORS,
        '["Baku-Tbilisi-Ceyhan"]',
        '["x", "Moscow"]',
        4,
        '"Moscow" is a name of Russia',
        "longest",
    ),
    # phrases
    (ALLY, '"<grow> ties"', '"<grwo> ties"', 12, "uses <grwo>", 'Did you mean "grow"?'),
    (ALLY, '"<grow> ties"', '"<Rusia> ties"', 12, "uses <Rusia>", 'Did you mean "Russia"?'),
    (ALLY, '"<grow> ties"', '"<grow ties"', 12, "bad phrase", "docs/codebooks.md"),
    (ALLY, '"empty alliance"', '"empty <alliance"', 21, "bad phrase", "docs/codebooks.md"),
    (ALLY, '"empty alliance"', '"empty .."', 21, "bad phrase", "docs/codebooks.md"),
    (WORDS, '"deepen"', '"deepen|"', 2, "bad phrase", "docs/codebooks.md"),
    (WORDS, '"deepen"', '"<depth>"', 2, "uses <depth>", "Known"),
    (WORDS, "grow =", "Russia =", 2, "name of an actor", "another name"),
]


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: f"{row[0]}-{row[4]}")
def test_a_mistake_is_told_with_place_value_and_remedy(
    swap: Make, row: tuple[str, str, str, int, str, str]
) -> None:
    file, old, new, line, says, remedy = row
    folder = swap(file, old, new)
    problems = [p for p in check_codebook(folder) if says in p.problem]
    assert [p.where for p in problems] == [f"cb/{file}:{line}"]
    assert remedy in (problems[0].remedy or "")
    assert "\n" not in str(problems[0])
    with pytest.raises(CodebookError):
        load_codebook(folder)


def test_one_mistake_makes_one_problem(swap: Make) -> None:
    alone = [row for row in MISTAKES if row[0] == ALLY and "weight = " in row[1]]
    for file, old, new, *_ in alone:
        assert len(check_codebook(swap(file, old, new))) == 1


def test_all_mistakes_are_collected_in_order(make: Make) -> None:
    ally = '[[cues]]\nid = 1\nphrases = []\n[[cues]]\nid = "a"\npolarity = "x"\nphrases = ["<x"]\n'
    folder = make({ALLY: ally, RIFT: "name = [", NAMING: "[[names]]\nvariants = []\n"})
    found = [(p.where, p.problem.split(": '<x'")[0]) for p in check_codebook(folder)]
    assert found == [
        (f"cb/{ALLY}:1", 'the key "name" is missing'),
        (f"cb/{ALLY}:1", 'the key "label" is missing'),
        (f"cb/{ALLY}:1", 'the key "definition" is missing'),
        (f"cb/{ALLY}:1", 'the key "affirm" is missing'),
        (f"cb/{ALLY}:1", 'the key "deny" is missing'),
        (f"cb/{ALLY}:2", '"id" is a whole number (1)'),
        (f"cb/{ALLY}:3", 'the list "phrases" is empty'),
        (f"cb/{ALLY}:6", '"polarity" is "x"'),
        (f"cb/{ALLY}:7", "bad phrase"),
        (f"cb/{RIFT}:1", 'not valid TOML: invalid value, at "name = ["'),
        (f"cb/{NAMING}:1", 'the key "concept" is missing'),
        (f"cb/{NAMING}:2", 'the list "variants" is empty'),
    ]
    with pytest.raises(CodebookError, match=r"\(11 more: `azstance lexicon check` lists them.\)$"):
        load_codebook(folder)


def test_missing_files(make: Make) -> None:
    problems = check_codebook(make({ACTORS: None}))
    assert [p.where for p in problems] == [f"cb/{ACTORS}"]
    assert "no such file" in problems[0].problem


def test_files_that_nobody_would_read(make: Make) -> None:
    extra = {"frames/balance.toml": 'name = "balance"', "actor.toml": "", "notes.txt": "fine"}
    problems = check_codebook(make(extra))
    assert [(p.where, p.problem) for p in problems] == [
        ("cb/frames/balance.toml", "the frame is not listed in codebook.toml"),
        ("cb/actor.toml", "the file is no part of a codebook"),
    ]
    assert 'Did you mean "actors.toml"?' in str(problems[1])


def test_a_concept_and_its_variants_stand_once(make: Make) -> None:
    table = '[[names]]\nconcept = "{}"\nvariants = ["{}"]\n'
    naming = table.format("Kyiv", "Kyiv") + table.format("Kyiv", "Kiev") + table.format("X", "Kiev")
    problems = check_codebook(make({NAMING: naming}))
    assert [(p.where, p.problem) for p in problems] == [
        (f"cb/{NAMING}:5", 'the concept "Kyiv" stands twice'),
        (f"cb/{NAMING}:9", '"Kiev" is a variant of "Kyiv" already'),
    ]


def test_the_lists_of_a_language_are_checked_too(swap: Make) -> None:
    folder = swap(MAIN, '"english"', '"own"')
    (folder / "own").mkdir()
    (folder / "own/scope.toml").write_text('[negation]\nphrases = [\n"not",\n"no ("]\n')
    problems = check_codebook(folder)
    assert [p.where for p in problems] == ["cb/own/scope.toml:4"]


NOISE = st.recursive(
    st.sampled_from(["", "x", "affirm", "pair", "<grow> x", "a <b"])
    | st.integers()
    | st.booleans(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(value[key])}" for key in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("noise")


@given(
    st.dictionaries(
        st.sampled_from(["name", "pair", "region", "frames", "alignment", "language"]), NOISE
    ),
    st.dictionaries(st.sampled_from(["Azerbaijan", "Russia"]), NOISE),
    st.dictionaries(st.sampled_from(["name", "about", "cues", "examples"]), NOISE),
    st.lists(
        st.dictionaries(st.sampled_from(["id", "phrases", "polarity", "weight", "note"]), NOISE),
        max_size=2,
    ),
)
def test_no_value_whatever_ends_in_a_traceback(
    folder: Path,
    main: dict[str, object],
    actors: dict[str, object],
    frame: dict[str, object],
    cues: list[dict[str, object]],
) -> None:
    (folder / "frames").mkdir(exist_ok=True)
    rows: dict[str, dict[str, Any]] = {
        "codebook.toml": main,
        "actors.toml": {"actors": actors},
        "words.toml": {"words": {"grow": ["grow"]}},
        "frames/x.toml": {"cues": cues, "examples": cues, **frame},
    }
    for name, values in rows.items():
        text = "\n".join(f"{key} = {as_toml(value)}" for key, value in values.items())
        (folder / name).write_text(text, encoding="utf-8")
    problems = check_codebook(folder)
    assert problems
    for problem in problems:
        assert problem.where
        assert problem.remedy or "TOML" in problem.problem


PIECES = st.sampled_from(["a", "be*", "*", "c-d", "|", " ", "..", "...", "?", "'", "<", ">", "="])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_taken_for_well_formed_is(phrase: str) -> None:
    if _PLAIN.fullmatch(phrase):
        try:
            assert parse(phrase).references == frozenset()
        except PhraseError as problem:
            pytest.fail(f"{phrase!r}: {problem}")


@pytest.mark.parametrize(
    ("phrase", "plain"),
    [
        ("strategic partnership", True),
        ("multi-vector* .. close|warm ... ties", True),
        ("<grow> ties", False),
        (".. ties", False),
        ("ties ..", False),
        ("very? close", False),
        ("close|", False),
        ("(a", False),
        ("", False),
    ],
)
def test_what_is_taken_for_well_formed(phrase: str, plain: bool) -> None:
    assert bool(_PLAIN.fullmatch(phrase)) is plain
