"""The line finder against a writer that knows on which line it put everything."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.errors import CodebookError
from azstance.tomlfile import TomlFile, nearest, parse_toml, read_toml, shown_value

HERE = Path("x.toml")
PATH = tuple[str | int, ...]


def parsed(text: str) -> TomlFile:
    return parse_toml(text.encode(), HERE, CodebookError)


DOCUMENT = '''\
# [table] = "not one"
title = "a # b"   # [[cues]]
"quoted key".inner = 'C:\\dir'

long = """
[[cues]]
id = "no"
"""""
list = [
    "one", "]",   # ]
    # nothing here
    'two',
    ["deep",
     {a = 1, b = [2,
       3]}],
]
[table] # comment
when = 1979-05-27 07:32:00
[ table . "sub table" ]
x = {y.z = 1, w = "}"}

[[cues]]
id = "first"
[[cues.notes]]
n = 1
[[cues.notes]]
n = 2
[cues.more]
m = true
[[cues]]
id = """\\
   second \\
   """
  [[cues.notes]]
  n = 3
'''
LINES = [
    (("title",), 2),
    (("quoted key",), 3),
    (("quoted key", "inner"), 3),
    (("long",), 5),
    (("list",), 9),
    (("list", 0), 10),
    (("list", 1), 10),
    (("list", 2), 12),
    (("list", 3), 13),
    (("list", 3, 1), 14),
    (("list", 3, 1, "b"), 14),
    (("list", 3, 1, "b", 1), 15),
    (("table",), 17),
    (("table", "when"), 18),
    (("table", "sub table"), 19),
    (("table", "sub table", "x", "y", "z"), 20),
    (("table", "sub table", "x", "w"), 20),
    (("cues",), 22),
    (("cues", 0), 22),
    (("cues", 0, "id"), 23),
    (("cues", 0, "notes", 0), 24),
    (("cues", 0, "notes", 1, "n"), 27),
    (("cues", 0, "more", "m"), 29),
    (("cues", 1), 30),
    (("cues", 1, "id"), 31),
    (("cues", 1, "notes", 0, "n"), 35),
]


def at(data: Any, path: PATH) -> Any:
    for key in path:
        data = data[key]
    return data


@pytest.mark.parametrize(("path", "line"), LINES, ids=str)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_a_hand_made_document(path: PATH, line: int, end: str) -> None:
    file = parsed(DOCUMENT.replace("\n", end))
    at(file.data, path)  # the path is one of the document
    assert file.line(*path) == line


def test_the_order_of_questions_does_not_matter() -> None:
    forward, backward = parsed(DOCUMENT), parsed(DOCUMENT)
    asked = [forward.line(*path) for path, _ in LINES]
    assert [backward.line(*path) for path, _ in reversed(LINES)] == asked[::-1]


def test_what_is_not_there_has_the_line_of_what_is_around_it() -> None:
    file = parsed(DOCUMENT)
    assert file.line("cues", 1, "phrases", 4) == 30
    assert file.line("list", 99) == 9
    assert file.line("nothing") == 1
    assert file.line() == 1


# ---- a writer that knows its lines ----

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\"'[]{}#=,\\"),
    max_size=12,
)
KEYS = st.from_regex(r"[A-Za-z0-9_-]{1,5}", fullmatch=True) | TEXT
SCALARS = (
    st.tuples(st.sampled_from(["basic", "literal", "multi", "multi-literal"]), TEXT)
    | st.integers(-99, 99)
    | st.booleans()
    | st.sampled_from([1.5, -2e9])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=4)
FILLER = st.sampled_from(["", "\n", "# [[x]]\n", '  \n# a = "\n', "\t"])


class Writer:
    """Writes TOML and notes the line on which each path begins."""

    def __init__(self, draw: Any, crlf: bool) -> None:
        self.draw = draw
        self.end = "\r\n" if crlf else "\n"
        self.text = ""
        self.lines: dict[PATH, int] = {}

    def put(self, text: str) -> None:
        self.text += text.replace("\n", self.end)

    def note(self, path: PATH) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def filler(self) -> None:
        self.put(self.draw(FILLER))

    def pair(self, key: str, value: Any, path: PATH) -> None:
        self.note((*path, key))
        self.put(written(key) + self.draw(st.sampled_from([" = ", "=", "\t=  "])))
        self.value(value, (*path, key))

    def value(self, value: Any, path: PATH) -> None:
        if isinstance(value, list):
            self.put("[")
            for number, item in enumerate(value):
                self.filler()
                self.note((*path, number))
                self.value(item, (*path, number))
                self.filler()
                last = number == len(value) - 1
                self.put("" if last and self.draw(st.booleans()) else ",")
            self.filler()
            self.put("]")
        elif isinstance(value, dict):
            self.put("{")
            for number, (key, item) in enumerate(value.items()):
                self.put(", " if number else "")
                self.pair(key, item, path)
            self.put("}")
        elif isinstance(value, tuple):
            self.string(*value)
        else:
            self.put(str(value).lower())

    def string(self, kind: str, text: str) -> None:
        if kind == "basic":
            self.put(json.dumps(text, ensure_ascii=False))
        elif kind == "literal":
            self.put("'" + text.replace("'", "") + "'")
        elif kind == "multi":
            escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
            self.put('"""\n[no]\nb = [\n' + escaped + '"""')
        else:
            self.put("'''\n# " + text.replace("'", "") + "\n]''''")

    def table(self, header: str, path: PATH, data: dict[str, Any]) -> None:
        self.filler()
        if self.text and not self.text.endswith("\n"):
            self.put("\n")
        if header:
            for length in range(1, len(path) + 1):
                self.note(path[:length])
            self.put(f"{header}{self.draw(st.sampled_from(['', ' ', ' # ]']))}\n")
        for key, value in data.items():
            self.pair(key, value, path)
            self.put(self.draw(st.sampled_from(["", " ", " # x = ["])) + "\n")


def written(key: str) -> str:
    bare = key and all(c.isascii() and (c.isalnum() or c in "_-") for c in key)
    return key if bare else json.dumps(key, ensure_ascii=False)


@given(st.data(), TABLES, st.lists(st.tuples(st.booleans(), TABLES), max_size=4), st.booleans())
def test_lines_of_generated_documents(
    data: st.DataObject, top: dict[str, Any], tables: list[tuple[bool, dict[str, Any]]], crlf: bool
) -> None:
    writer = Writer(data.draw, crlf)
    writer.table("", (), {f"t{key}": value for key, value in top.items()})
    cues = -1
    for number, (many, table) in enumerate(tables):
        if many:
            cues += 1
            writer.table("[[ cues ]]", ("cues", cues), table)
            nested = {"n": [1, ["2"]]}
            writer.table('[cues."sub one"]', ("cues", cues, "sub one"), nested)
        else:
            writer.table(f"[tables . n{number}]", ("tables", f"n{number}"), table)
    file = parsed(writer.text)
    asked = data.draw(st.permutations(sorted(writer.lines.items(), key=repr)))
    for path, line in asked:
        at(file.data, path)
        assert file.line(*path) == line, path


# ---- what is wrong with a file ----


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ('a = 1\nphrases = [\n  "a"\n  "b",\n]\n', "x.toml:4", "ends with a comma"),
        ('a = 1\nb = "open\nc = 2\n', "x.toml:2", "close it on its line"),
        ("a = 1\n\nb = “curly”\n", "x.toml:3", "straight quotation marks"),
        ("a = yes\n", "x.toml:1", "straight quotation marks"),
        ('a = "say "no" now"\n', "x.toml:1", "one setting a line"),
        ("a = 1\na = 2\n", "x.toml:2", "remove one"),
        ("a = 1\n[t]\n[t]\n", "x.toml:3", "put their contents together"),
        ('a = "C:\\dir"\n', "x.toml:1", "twice"),
        ('a = 1\nb = """x\n\n', "x.toml:2", ""),
        ("a 1\n", "x.toml:1", "as in: weight = 0.7"),
        ("a = [1,\n2\n\n\n", "x.toml:2", ""),
        ("b = " + "1" * 5000, "x.toml", ""),
        ("a = " + "[" * 5000 + "]" * 5000, "x.toml", "nested"),
    ],
)
def test_bad_syntax_is_told_with_line_and_remedy(text: str, where: str, says: str) -> None:
    with pytest.raises(CodebookError) as caught:
        parsed(text)
    assert (caught.value.where or "").startswith(where)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_content_is_parsed_or_answered(content: str | bytes) -> None:
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    try:
        file = parse_toml(raw, HERE, CodebookError)
    except CodebookError as problem:
        assert str(problem).startswith("x.toml")
        assert str(problem).isprintable()
        return
    assert file.data == tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    for key in file.data:
        assert file.line(key) >= 1


def test_other_encodings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("a.toml")
    path.write_bytes("\ufeffname = 'Баку'\r\n".encode())
    assert read_toml(path, CodebookError).data == {"name": "Баку"}
    path.write_bytes("a = 1\nname = 'Баку'".encode("windows-1251"))
    with pytest.raises(CodebookError, match=r"^a.toml:2: the file is not UTF-8 text \(byte 0xc1\)"):
        read_toml(path, CodebookError)
    with pytest.raises(CodebookError, match=r"^none.toml: .*no such file.*Check that"):
        read_toml(Path("none.toml"), CodebookError)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\x1b[31m\nb", '"a\\x1b[31m\\nb"'),
        (True, "true"),
        (["a", 1], "['a', 1]"),
        ("\u202ex", '"\\u202ex"'),
        ("x" * 100, '"' + "x" * 56 + "..."),
    ],
)
def test_values_are_shown_in_one_harmless_line(value: object, shown: str) -> None:
    assert shown_value(value) == shown


def test_nearest() -> None:
    assert nearest("Phrasess", ["phrases", "polarity"]) == "phrases"
    assert nearest("zzz", ["phrases"]) is None
    assert nearest("x", []) is None


def test_a_comment_after_a_text_of_several_lines_does_not_prolong_it(tmp_path: Path) -> None:
    text = 'a = """\n[no]\n""" # x = [\nb = """\n"""\n'
    assert parse_toml(text.encode(), tmp_path / "x.toml", CodebookError).line("b") == 4
