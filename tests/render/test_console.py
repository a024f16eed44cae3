"""Colour, width and encoding of the one console."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest

from azstance.render import render, write
from azstance.render.console import make_console

from .sample import make_comparison, make_report

if TYPE_CHECKING:
    from collections.abc import Iterator

ESC = "\x1b"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GITHUB_ACTIONS", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def terminal() -> Iterator[io.TextIOWrapper]:
    """The writing end of a real terminal."""
    pty = pytest.importorskip("pty")
    reading, writing = pty.openpty()
    with open(writing, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor
        yield file
        # What was written is not read: a short text fits the terminal's buffer.
    os.close(reading)


@pytest.mark.parametrize(
    ("environ", "coloured"),
    [
        ({}, False),
        ({"GITHUB_ACTIONS": "true"}, False),
        ({"TTY_COMPATIBLE": "1"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_colour_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], coloured: bool
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for record in (make_report(), make_comparison()):
        file = io.StringIO()
        write(record, "table", file)
        assert (ESC in file.getvalue()) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("environ", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
    terminal: io.TextIOWrapper,
    environ: dict[str, str],
    coloured: bool,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    console = make_console(terminal)
    with console.capture() as capture:
        console.print("x", style="bold green")
    assert (ESC in capture.get()) is coloured


@pytest.mark.parametrize(
    ("columns", "width"),
    [("", 80), ("40", 40), ("300", 120), ("5", 20), ("-1", 80), ("wide", 80), ("9" * 5000, 80)],
)
def test_width(monkeypatch: pytest.MonkeyPatch, columns: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert make_console(io.StringIO()).width == width
    assert make_console(io.StringIO(), 57).width == 57


def test_colour_is_only_on_top(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its escapes the coloured text is the plain one: nothing is said by colour alone."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    file = io.StringIO()
    write(make_report(), "table", file, width=80)
    from rich.text import Text

    shown = "\n".join(line.rstrip() for line in Text.from_ansi(file.getvalue()).plain.split("\n"))
    assert shown.strip() == render(make_report(), "table", width=80).strip()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp1251", "latin-1"])
def test_an_old_encoding_loses_characters_and_nothing_else(encoding: str) -> None:
    buffer = io.BytesIO()
    with io.TextIOWrapper(buffer, encoding=encoding, newline="") as file:
        write(make_report(), "table", file, width=80)
        file.flush()
        shown = buffer.getvalue().decode(encoding)
    wanted = render(make_report(), "table", width=80).splitlines()
    assert [len(line) for line in shown.splitlines()] == [len(line) for line in wanted]
    assert "alliance   %%%%%.." in shown


def test_a_report_without_articles_is_said_so() -> None:
    from dataclasses import replace

    shown = render(replace(make_report(), articles=()), "table")
    assert shown.startswith("0 articles scored")
    assert "corpus/empty.txt: it is empty" in shown
