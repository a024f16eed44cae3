"""Text of others does nothing, in any format: not on a terminal, not in CI, not in a parser."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from azstance.checking.records import CheckReport, Level
from azstance.render.checks import FORMATS, render_check
from azstance.render.checks.safe import json_safe, line_start, shown, shown_path
from azstance.render.clean import plain

from .sample import HOSTILE, flooded, flooded_report, make_report

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
COMMANDS = st.text(st.sampled_from("#[]: \u200d\ufe0f\u00a0aé%\\\"'\n"), max_size=14)
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
# What .NET may skip when it compares text by culture, besides blanks at the start of a line.
UNSEEN = "\u034f\u200c\u200d\ufe00-\ufe0f"
ANYWHERE = re.compile(f"#[{UNSEEN}]*#[{UNSEEN}]*\\[")
AT_START = re.compile(rf"^[\s{UNSEEN}]*:[{UNSEEN}]*:", re.MULTILINE)
LONG = "w" * 60 + "::error::" * 30
brief = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def everything(report: CheckReport) -> dict[str, str]:
    texts = {name: "".join(render_check(report, name)) for name in FORMATS}
    texts["narrow"] = "".join(render_check(report, "text", width=40))
    return texts


def moves_nothing(text: str) -> bool:
    """Whether no character but the line break of the format controls a terminal."""
    for char in text:
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
            return False
        if unicodedata.bidirectional(char) in BIDI:
            return False
    return True


def commands(format: str, text: str) -> list[str]:
    """Lines that the runner would obey. The github format has commands of its own."""
    own = re.compile(r"::(error|warning|notice) (file|line|title)=[^:]*::")

    def obeyed(line: str) -> bool:
        ours = format == "github" and own.match(line)
        return bool(ANYWHERE.search(line) or (AT_START.match(line) and not ours))

    return [line for line in text.split("\n") if obeyed(line)]


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.items() for part in each for text in strings(part)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def parsed(texts: dict[str, str]) -> list[str]:
    """All texts that programs read out of the formats for programs."""
    found = strings([json.loads(texts[name]) for name in ("json", "sarif", "gitlab")])
    found += strings([json.loads(line) for line in texts["jsonl"].splitlines()])
    for element in ET.fromstring(texts["junit"]).iter():
        found += [*element.attrib.values(), element.text or ""]
    return found


def held(report: CheckReport) -> None:
    texts = everything(report)
    for format, text in texts.items():
        assert moves_nothing(text), format
        assert commands(format, text) == [], format
        text.encode("utf-8")
    assert all(map(moves_nothing, parsed(texts)))


@brief
@given(ANYTHING | COMMANDS)
@example(HOSTILE)
@example("##[error]x\n::error::y")
@example("\udcff\x00\x1b]0;title\x07")
@example("\ufffe\uffff\U0001fffe\x85\u2028")
@example(LONG)
@example("")
@example(":")
def test_nothing_gets_through(text: str) -> None:
    held(flooded_report(text))
    held(flooded(make_report(), text))  # not even the names of our own rules are trusted


def test_the_sample_itself_is_harmless() -> None:
    held(make_report())


@pytest.mark.parametrize("format", ["text", "concise", "github", "markdown", "junit"])
def test_the_check_of_this_suite_would_see_a_command(format: str) -> None:
    assert commands(format, f"ok\n \u200d::add-path::{HOSTILE}")
    assert commands(format, "a ##[group]b")
    assert commands(format, "#\u200d#\u200d[group]b")
    assert not moves_nothing("\x1b[0m")


@brief
@given(COMMANDS | ANYTHING, st.integers(40, 90))
@example(HOSTILE, 40)
@example(LONG, 40)
@example("漢字" * 80, 40)
def test_width(text: str, width: int) -> None:
    for line in "".join(render_check(flooded_report(text), "text", width=width)).split("\n"):
        assert cell_len(line) <= width, line
        assert line == line.rstrip(" ")


def test_colour_is_all_that_colour_adds() -> None:
    plain_text, coloured = (
        "".join(render_check(make_report(), "text", colour=colour)) for colour in (False, True)
    )
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain_text
    assert coloured.count("\x1b[") > 20
    assert "\x1b" not in plain_text


@pytest.mark.parametrize("text", ["[sic]", "[/b]", ":smile:", "Türkiye’s “course”", "a\u00a0b"])
def test_harmless_text_comes_out_verbatim(text: str) -> None:
    report = replace(make_report(), notes=(text,))
    assert f"Note: {text}\n" in "".join(render_check(report, "text"))


@given(ANYTHING | COMMANDS)
@example("###[[##[")
@example("#é#é#[")
def test_json_keeps_its_data(text: str) -> None:
    text = plain(text)
    safe = json_safe(json.dumps(text, ensure_ascii=False))
    assert json.loads(safe) == text
    assert not ANYWHERE.search(safe)
    assert not ANYWHERE.search(shown(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::error::x", ": :error::x"),
        ("  ::x", "  : :x"),
        ("a ::x", "a ::x"),
        (": :x", ": :x"),
        ("\u200d:\ufe0f:x", "\u200d: \ufe0f:x"),
    ],
)
def test_line_start(text: str, expected: str) -> None:
    assert line_start(text) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("::error::x", "./::error::x"),
        (" ::x", "./ ::x"),
        (":", "./:"),
        ("a::x", "a::x"),
        ("a/##[x]\n", "a/## [x] "),
    ],
)
def test_path(path: str, expected: str) -> None:
    assert shown_path(path) == expected


@brief
@given(ANYTHING | COMMANDS)
@example("a | b \\| c \\")
def test_markdown_tables_keep_their_columns(text: str) -> None:
    columns = 0
    for line in everything(flooded_report(text))["markdown"].split("\n"):
        found = len(re.findall(r"(?<!\\)\|", line.replace("\\\\", "")))
        columns = found if not line.startswith("| ") or not columns else columns
        assert found == columns
        columns = columns if line.startswith("| ") else 0
        assert not re.search("<(?!br>|/?details>|/?summary>)", line)


@brief
@given(ANYTHING | COMMANDS, st.sampled_from([None, *Level]))
def test_github_properties_and_data(text: str, fail_on: Level | None) -> None:
    """What the runner reads back is the text, whatever it holds."""
    report = replace(flooded_report(text), fail_on=fail_on)
    *lines, _ = everything(report)["github"].splitlines()
    for line in lines:
        if not line.startswith("::"):
            assert re.fullmatch(r"\d+ more (is|are) in the summary", line)
            continue
        _, head, data = line.split("::", 2)
        properties = dict(each.split("=", 1) for each in head.split(" ", 1)[1].split(","))
        assert set(properties) <= {"file", "line", "title"}
        decoded = properties.get("file", "")
        for code, char in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
            decoded = decoded.replace(code, char)
        assert decoded == shown(plain(text)).removeprefix("./")
        assert "\r" not in data
