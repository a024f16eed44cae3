"""Files of codes: what is read, and what is said of one that is not as it should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from azstance.errors import ArticleError
from azstance.evaluating.gold import read_labels, read_rows

FRAMES = ("alliance", "rift")
GOOD = {"doc": "a", "n": 1, "text": "One.", "frames": {}, "voice": None}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "gold.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_rows(tmp_path: Path) -> None:
    coded = {**GOOD, "n": 2, "frames": {"rift": "deny"}, "voice": "attributed", "furniture": False}
    path = write(tmp_path, GOOD, "", {**coded, "disputed": True}, {**coded, "n": 7})
    one, two, three = read_rows(path, FRAMES)
    assert (one.line, one.doc, one.n, one.frames, one.voice, one.counted) == (
        1,
        "a",
        1,
        {},
        None,
        True,
    )
    assert (two.line, two.frames, two.voice) == (3, {"rift": "deny"}, "attributed")
    assert (two.counted, three.counted, three.place) == (False, True, "a:7")


def test_rows_without_doc_or_number(tmp_path: Path) -> None:
    bare = {"text": "One.", "frames": {}}
    numbered = {**bare, "doc": "a"}
    rows = read_rows(write(tmp_path, bare, numbered, bare, numbered), FRAMES)
    assert [(row.doc, row.n) for row in rows] == [(None, 1), ("a", 1), (None, 3), ("a", 2)]
    assert len({row.article for row in rows}) == 3


def test_line_ends_of_unicode_are_text(tmp_path: Path) -> None:
    text = "One\u2028two\u0085three."
    path = tmp_path / "gold.jsonl"
    line = json.dumps({**GOOD, "text": text}, ensure_ascii=False)
    path.write_bytes(f"\ufeff{line}\r\n".encode())
    (row,) = read_rows(path, FRAMES)
    assert row.text == text


def test_predictions_are_codes(tmp_path: Path) -> None:
    codings = [{"frame": "rift", "polarity": "affirm", "probability": 0.7}]
    path = write(tmp_path, {"doc": "a", "n": 1, "codings": codings, "voice": "author"})
    (row,) = read_rows(path, FRAMES, text=False)
    assert (row.frames, row.voice, row.text) == ({"rift": "affirm"}, "author", None)


def test_marked_rows_need_no_frames(tmp_path: Path) -> None:
    marked = {"doc": "a", "n": 1, "text": "Menu", "furniture": True}
    (row,) = read_rows(write(tmp_path, marked), FRAMES)
    assert not row.counted


WRONG = [
    ('{"doc": "a",', "is not valid JSON", "A line is one JSON object."),
    ("[" * 100_000, "nested too deeply", "A line is one JSON object."),
    ("[1]", "is no JSON object", "A line is one JSON object."),
    ({**GOOD, "n": 9, "text": None}, 'there is no "text"', "Every line needs its sentence."),
    ({**GOOD, "n": 9, "text": ""}, 'there is no "text"', ""),
    ({**GOOD, "n": 9, "text": 3}, '"text" is 3', ""),
    ({**GOOD, "n": 9, "frames": {"allianc": "affirm"}}, "unknown frame", '"alliance"'),
    ({**GOOD, "n": 9, "frames": {"rift": "yes"}}, "the polarity of rift", '"affirm" or "deny"'),
    ({**GOOD, "n": 9, "frames": {"rift": ["deny"]}}, "the polarity of rift", ""),
    ({**GOOD, "n": 9, "frames": ["rift"]}, '"frames" is', "or {} where there is none"),
    ({"n": 9, "text": "One."}, 'no "frames"', "or {} where there is none"),
    ({**GOOD, "n": 9, "voice": "author"}, "without a frame", 'make "voice" null'),
    ({**GOOD, "n": 9, "voice": "narrator"}, '"voice" is', "author or attributed"),
    ({**GOOD, "n": 9, "voice": ["author"]}, '"voice" is', ""),
    ({**GOOD, "n": 9, "disputed": "no"}, '"disputed" is', "true or false"),
    ({**GOOD, "n": "one"}, '"n" is', "a whole number"),
    ({**GOOD, "doc": ["a"]}, '"doc" is', "an article's id"),
    (GOOD, "was in line 1 already", '("n")'),
    ({**GOOD, "n": 9, "frames": None, "codings": [3]}, '"codings"', ""),
]


@pytest.mark.parametrize(("line", "problem", "remedy"), WRONG)
def test_wrong_rows(tmp_path: Path, line: object, problem: str, remedy: str) -> None:
    with pytest.raises(ArticleError) as raised:
        read_rows(write(tmp_path, GOOD, line), FRAMES)
    told = str(raised.value)
    assert told.startswith(str(tmp_path / "gold.jsonl") + ":2: ") or "gold.jsonl:2: " in told
    assert problem in told
    assert remedy in told
    assert "\n" not in told


def test_wrong_bytes(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(json.dumps(GOOD).encode() + b'\n{"text": "\xff"}')
    with pytest.raises(ArticleError, match=r"gold.jsonl:2: is not valid UTF-8: byte 0xff"):
        read_rows(path, FRAMES)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_empty_files(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ArticleError, match="holds no sentences"):
        read_rows(path, FRAMES)
    with pytest.raises(ArticleError, match="holds no articles"):
        read_labels(path, FRAMES)


@pytest.mark.parametrize("name", ["missing.jsonl", ".", "nul\0byte"])
def test_files_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArticleError, match="cannot be read"):
        read_rows(tmp_path / name, FRAMES)


def test_labels(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"doc": "a", "dominant": "rift", "alignment": -1, "title": "Frost"},
        {"doc": "b", "dominant": "none", "alignment": None},
        {"doc": "c", "dominant": None},
        {"doc": "d", "alignment": 0.5},
    )
    found = [(label.doc, label.dominant, label.alignment) for label in read_labels(path, FRAMES)]
    assert found == [
        ("a", "rift", -1.0),
        ("b", "none", None),
        ("c", None, None),
        ("d", None, 0.5),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"dominant": "rift"}, 'there is no "doc"'),
        ({"doc": "a"}, "was there already"),
        ({"doc": "b", "dominant": "rft"}, 'Did you mean "rift"'),
        ({"doc": "b", "alignment": "high"}, '"alignment" is'),
        ('{"doc": "b", "alignment": NaN}', '"alignment" is'),
        ({"doc": "b", "alignment": True}, '"alignment" is'),
    ],
)
def test_wrong_labels(tmp_path: Path, line: object, problem: str) -> None:
    with pytest.raises(ArticleError) as raised:
        read_labels(write(tmp_path, {"doc": "a"}, line), FRAMES)
    assert "gold.jsonl:2: " in str(raised.value)
    assert problem in str(raised.value)
