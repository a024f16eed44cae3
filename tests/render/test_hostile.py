"""Article text is hostile: nothing in it acts on a terminal, a spreadsheet or a web page."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sys
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from azstance.render import FORMATS, render
from azstance.render.clean import aligned, plain
from azstance.render.console import plain_console
from azstance.render.escape import escaped
from azstance.render.explain import explain

from .hostile import flooded, flooded_report
from .sample import HOSTILE, make_comparison, make_report

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
FORMULA = ("=", "+", "-", "@")
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
LONG = "w" * 300
EXAMPLES = (
    HOSTILE,
    "https://example.org/" + "a/" * 200,
    "漢字" * 80,
    "e" + "\u0301" * 200,
    "👩‍👩‍👧‍👦" * 40,
    LONG,
    "\udcff\x00\x1b]0;title\x07",
    "| --- |\n| x |",
)
brief = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def moves_nothing(text: str) -> bool:
    """Whether no character but the line breaks of the format controls a terminal."""
    for char in text.replace("\r\n", "\n"):
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
            return False
        if unicodedata.bidirectional(char) in BIDI:
            return False
    return True


@given(ANYTHING)
@example(HOSTILE)
def test_cleaning(text: str) -> None:
    for clean in (plain, aligned):
        assert moves_nothing(clean(text))
        assert "\n" not in clean(text)
        assert clean(clean(text)) == clean(text)
        clean(text).encode("utf-8")
    assert len(aligned(text)) == len(text)


# Format characters that are seen, or that shape the letters beside them, and move nothing.
HARMLESS = (
    *((0x0600, 0x0605), (0x06DD, 0x06DD), (0x070F, 0x070F), (0x0890, 0x0891), (0x08E2, 0x08E2)),
    *((0x200C, 0x200D), (0x110BD, 0x110CD), (0x13430, 0x1345F), (0x1BCA0, 0x1BCA3)),
)


def test_no_control_character_of_unicode_is_left() -> None:
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            shown = plain(chr(code)) in ("", " ", "\ufffd"), aligned(chr(code)) in (" ", "\ufffd")
            harmless = any(first <= code <= last for first, last in HARMLESS)
            assert shown == (not harmless, not harmless), hex(code)


@pytest.mark.parametrize(
    "text",
    [
        "[sic]",
        "[/b]",
        ":smile:",
        "Türkiye’s “course”",
        "Ə ə",
        "می\u200cخواهم",
        "a\u00a0b",
        "👨\u200d👩",
    ],
)
def test_text_comes_out_verbatim(text: str) -> None:
    assert plain(text) == text
    report = make_report()
    shown = render(replace(report, notes=(text,)), "table")
    assert shown.endswith(f"Note: {text}\n")


@pytest.mark.parametrize("format", [name for name, each in FORMATS.items() if each.text])
@pytest.mark.parametrize("text", EXAMPLES)
def test_no_format_lets_it_through(format: str, text: str) -> None:
    for record in (flooded_report(make_report(), text), flooded(make_comparison(), text)):
        shown = render(record, format)
        assert moves_nothing(shown)
        shown.encode("utf-8")


@brief
@given(ANYTHING)
def test_json(text: str) -> None:
    report = flooded_report(make_report(), text)
    document = json.loads(render(report, "json"))
    for article, result in zip(document["articles"], report.articles, strict=True):
        for sentence, record in zip(article["sentences"], result.sentences, strict=True):
            assert len(sentence["text"]) == len(record.text)
    assert len(render(report, "jsonl").splitlines()) == len(report.articles) + 1


@brief
@given(ANYTHING)
@example('"=1\r\n,x')
def test_csv(text: str) -> None:
    for record in (flooded_report(make_report(), text), flooded(make_comparison(), text)):
        header, *rows = csv.reader(io.StringIO(render(record, "csv"), newline=""), strict=True)
        assert {len(row) for row in rows} == {len(header)}
        for row in rows:
            for value in row:
                assert not value.strip().startswith(FORMULA) or re.fullmatch(r"-[\d.e-]+", value)


@brief
@given(st.sampled_from((40, 80, 120)), ANYTHING)
@example(40, HOSTILE)
@example(40, "https://example.org/" + "a/" * 200)
@example(40, "漢字" * 80)
@example(40, "e" + "\u0301" * 200)
@example(40, LONG)
def test_widths(width: int, text: str) -> None:
    report = flooded_report(make_report(), text)
    shown = render(report, "table", width=width)
    shown += render(flooded(make_comparison(), text), "table", width=width)
    shown += "".join(explain(report.articles[0], None, plain_console(width)))
    assert moves_nothing(shown)
    for line in shown.split("\n"):
        assert cell_len(line) <= width, line
        assert line == line.rstrip(" ")


@pytest.mark.parametrize("width", [20, 30, 63, 64, 95, 96, 200])
def test_odd_widths(width: int) -> None:
    for record in (make_report(), make_comparison()):
        for line in render(record, "table", width=width).split("\n"):
            assert cell_len(line) <= width, line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        ("<script>&", "&lt;script&gt;&amp;"),
        ("`x` *y* _z_ ~q~", r"\`x\` \*y\* \_z\_ \~q\~"),
        ("[a](b)", r"\[a\](b)"),
        ("# head", "#&#8203; head"),
        ("see #12 and GH-12", "see #&#8203;12 and GH&#8203;-12"),
        ("@octocat", "@&#8203;octocat"),
        (":smile: 15:39", ":&#8203;smile: 15:39"),
        ("$x$", "&#36;x&#36;"),
        ("https://a.b www.a.b", "https:&#8203;//a.b www&#8203;.a.b"),
        ("1. one", "1&#8203;. one"),
        ("0.012", "0.012"),
        ("- item", r"\- item"),
        ("===", r"\==="),
        ("a\\b", r"a\\b"),
        ("a\n\n# b", "a  #&#8203; b"),
    ],
)
def test_markdown_escapes(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(ANYTHING)
@example(HOSTILE)
def test_markdown_can_be_read_back(text: str) -> None:
    """What a reader sees is the text: undo the escapes as a Markdown renderer does."""
    shown = escaped(text)
    assert not re.search(r"[<>$]", shown)
    assert not re.search(r"(?<!\\)[|`*_\[\]~{}]", shown.replace("\\\\", ""))
    seen = html.unescape(re.sub(r"\\([\\`*_{}\[\]~|=+-])", r"\1", shown)).replace("\u200b", "")
    assert seen == plain(text)


def unescaped_pipes(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line.replace("\\\\", "")))


@brief
@given(ANYTHING)
@example("a | b \\| c \\")
def test_markdown_tables_keep_their_columns(text: str) -> None:
    for record in (flooded_report(make_report(), text), flooded(make_comparison(), text)):
        columns = 0
        for line in render(record, "markdown").split("\n"):
            if not line.startswith("| "):
                columns = 0
                continue
            assert unescaped_pipes(line) == (columns or unescaped_pipes(line))
            columns = unescaped_pipes(line)
