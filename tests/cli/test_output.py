"""Where the result goes, and what of an article's text never gets there."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import stat
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from .command import ALLIES, COMMAND, Done, environment, run

HOSTILE = (
    "Azerbaijan and Russia are strategic allies [sic], and [/b] their [bold]partnership[/bold] "
    "grows :smile: every year\x1b[31m red\x1b]0;title\x07 \x9b31m \u202eback\u202c. "
    "Moscow and Baku trust\x08 each other.\n"
)
FORMULA = '=HYPERLINK("http://example.org")'
NAME = "=cmd|calc.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli")
    (path / "in").mkdir()
    (path / "in" / NAME).write_text(HOSTILE, encoding="utf-8")
    row = {"text": ALLIES, "title": FORMULA, "outlet": "@out", "author": "+A \x1b[31mB\x1b[0m"}
    (path / "in" / "rows.jsonl").write_text(json.dumps(row) + "\n")
    return path


@pytest.fixture(scope="module")
def table(folder: Path) -> Done:
    return run(
        "score", "in", "--resamples", "100", "--evidence", "3", cwd=folder, GITHUB_ACTIONS="true"
    )


def controls(text: str) -> set[str]:
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\r\n"}


def test_no_control_character_comes_through(table: Done) -> None:
    assert (table.status, table.errors) == (0, "")
    assert not controls(table.text)


def test_brackets_come_out_as_they_went_in(table: Done) -> None:
    together = " ".join(table.text.split())
    assert "allies [sic], and [/b] their [bold]partnership[/bold] grows :smile: every" in together


def test_a_file_holds_what_would_be_shown_and_no_colour(table: Done, folder: Path) -> None:
    link = folder / "link.txt"
    (folder / "real.txt").write_text("old")
    (folder / "real.txt").chmod(0o640)
    link.symlink_to("real.txt")
    done = run(
        "score", "in", "--resamples", "100", "--evidence", "3", "-o", "link.txt", cwd=folder,
        FORCE_COLOR="1",
    )  # fmt: skip
    assert (done.status, done.raw, done.errors) == (0, b"", "")
    assert (folder / "real.txt").read_bytes() == table.raw
    assert link.is_symlink()
    assert stat.S_IMODE((folder / "real.txt").stat().st_mode) == 0o640
    assert {path.name for path in folder.iterdir()} == {"in", "link.txt", "real.txt"}


def test_no_formula_reaches_a_spreadsheet(folder: Path) -> None:
    done = run("score", NAME, "rows.jsonl", "--resamples", "100", "-f", "csv", cwd=folder / "in")
    assert (done.status, done.errors) == (0, "")
    assert not controls(done.text)
    header, *rows = csv.reader(io.StringIO(done.text, newline=""))
    numbers = {"margin", "alignment", "share", "stance"}
    cells = [
        (name, cell)
        for row in rows
        for name, cell in zip(header, row, strict=True)
        if name.split("_")[0] not in numbers
    ]
    assert {cell for name, cell in cells if name == "title"} == {"", f"'{FORMULA}"}
    assert {cell for name, cell in cells if name == "path"} == {f"'{NAME}", "rows.jsonl"}
    assert {cell for name, cell in cells if name == "author"} == {"", "'+A B"}
    assert not [cell for _, cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("nosuch/out.json", "there is no folder nosuch"),
        ("in", "it is a folder"),
        ("", "it is a folder"),
        ("x" * 300, "name too long"),
        (f"in/{NAME}", "is one of the files to be read"),
        ("in/../in/rows.jsonl", "is one of the files to be read"),
    ],
)
def test_an_output_that_cannot_be_is_told_before_any_work(
    folder: Path, target: str, told: str
) -> None:
    # The pipeline does not exist either; that it is not what is told shows that nothing was loaded.
    done = run("score", "in", "-o", target, "--pipeline", "nonexistent_model", cwd=folder)
    assert (done.status, done.raw) == (2, b"")
    assert told in done.errors.lower()
    assert "nonexistent" not in done.errors
    assert (folder / "in" / NAME).read_text(encoding="utf-8") == HOSTILE


@pytest.mark.parametrize("arguments", [("frames",), ("lexicon", "check", "nosuch")])
def test_a_device_is_written_to_and_not_replaced(arguments: tuple[str, ...]) -> None:
    """`> /dev/full`: the disk is full. And closed streams are no reason for a traceback."""
    for redirection in (">/dev/full", ">&-", "2>&-", ">&- 2>&-", "<&- >/dev/full 2>&-"):
        done = subprocess.run(
            ["sh", "-c", f'exec "$@" {redirection}', "sh", *COMMAND, *arguments],
            capture_output=True, env=environment(), check=False,
        )  # fmt: skip
        expected = 0 if redirection == "2>&-" and arguments == ("frames",) else 2
        assert done.returncode == expected, (redirection, done)
        lines = done.stderr.decode().splitlines()
        assert len(lines) == (0 if "2>" in redirection else 1)
        assert not any("Traceback" in line or "internal" in line for line in lines)


def test_output_to_a_device(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ALLIES)
    done = run("score", "a.txt", "-f", "json", "-o", "/dev/stdout", cwd=tmp_path)
    assert (done.status, done.errors) == (0, "")
    assert json.loads(done.text)["articles"][0]["id"] == "a"
    assert not Path("/dev/stdout").resolve().is_file()


@pytest.mark.parametrize("name", ["a.txt", "missing.txt"])
def test_a_reader_who_has_seen_enough(tmp_path: Path, name: str) -> None:
    """A broken pipe is quiet, and the status is what it would have been."""
    (tmp_path / "a.txt").write_text(ALLIES)
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen(
        [*COMMAND, "score", "a.txt", name, "-f", "json"],
        cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.PIPE,
        env=environment(),
    )  # fmt: skip
    os.close(writing)
    _, errors = process.communicate(timeout=120)
    if name == "a.txt":
        assert (process.returncode, errors) == (0, b"")
    else:
        assert process.returncode == 2
        assert errors.startswith(b"azstance: not scored: missing.txt ")
        assert len(errors.splitlines()) == 1


class Terminal:
    """A command with its standard error, and if asked for its other streams, on a terminal."""

    def __init__(self, arguments: Sequence[str], cwd: Path, *streams: str, **extra: str) -> None:
        self._own, theirs = os.openpty()
        ends = {name: theirs if name in streams else None for name in ("stdin", "stdout", "stderr")}
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=cwd,
            env=environment(**extra),
            stdin=ends["stdin"] or subprocess.PIPE,
            stdout=ends["stdout"] or subprocess.PIPE,
            stderr=ends["stderr"] or subprocess.PIPE,
        )
        os.close(theirs)
        self.shown = b""

    def until(self, text: bytes) -> None:
        """Read until the terminal shows `text`."""
        while text not in self.shown:
            assert self._read(), self.shown

    def rest(self) -> int:
        """Read on to the end: the exit status."""
        while self._read():
            pass
        os.close(self._own)
        return self.process.wait(timeout=60)

    def _read(self) -> bytes:
        try:
            piece = os.read(self._own, 65536)
        except OSError:  # Linux has no end of file on a terminal that everybody has left
            piece = b""
        self.shown += piece
        return piece


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C: one line, status 130, and neither a result nor a part of one."""
    command = Terminal(("score", "-", "-o", "out.json", "-f", "json"), tmp_path, "stderr")
    command.until(b"scoring")  # and now it waits for a text that never comes
    command.process.send_signal(signal.SIGINT)
    assert command.rest() == 130
    lines = command.shown.decode().replace("\r", "\n").splitlines()
    assert [line for line in lines if "azstance" in line] == ["azstance: interrupted."] or [
        line for line in lines if line.endswith("azstance: interrupted.")
    ]
    assert command.shown.count(b"interrupted") == 1
    assert b"Traceback" not in command.shown
    assert not list(tmp_path.iterdir())


def test_progress_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ALLIES)
    command = Terminal(("score", "a.txt", "-o", "a.json", "-f", "json"), tmp_path, "stderr")
    assert command.rest() == 0
    assert b"0/1" in command.shown
    assert b"1/1" in command.shown


@pytest.mark.parametrize(("option", "terminal"), [("-q", "xterm"), ("--quiet", "dumb")])
def test_no_progress_when_quiet(tmp_path: Path, option: str, terminal: str) -> None:
    """A terminal as standard input does not hang either: nothing is piped into it."""
    arguments = ("score", "-", option, "-o", "a.json")
    command = Terminal(arguments, tmp_path, "stderr", "stdin", TERM=terminal)
    assert command.rest() == 2
    text = command.shown.decode()
    assert "not scored: - standard input is a terminal" in text
    assert "scoring" not in text
    assert not controls(text)


@pytest.mark.parametrize(
    ("extra", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_is_for_terminals(tmp_path: Path, extra: dict[str, str], coloured: bool) -> None:
    command = Terminal(("frames",), tmp_path, "stdout", **extra)
    assert command.rest() == 0
    assert (b"\x1b" in command.shown) is coloured
    assert "\x1b" not in run("frames", cwd=tmp_path, GITHUB_ACTIONS="true").text


@pytest.mark.parametrize("debug", [False, True])
def test_an_internal_error_is_one_line(tmp_path: Path, debug: bool) -> None:
    """A broken installation: a library that fails while it is loaded."""
    (tmp_path / "rich").mkdir()
    (tmp_path / "rich" / "__init__.py").write_text("raise RuntimeError('one\\n  two')\n")
    extra = {"PYTHONPATH": str(tmp_path), **({"AZSTANCE_DEBUG": "1"} if debug else {})}
    done = subprocess.run(
        [*COMMAND, "frames"], capture_output=True, text=True, env=environment(**extra), check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    *before, last = done.stderr.splitlines()
    assert last == (
        "azstance: internal error: RuntimeError: one two. "
        "Please report it; AZSTANCE_DEBUG=1 shows where it happened."
    )
    assert before[:1] == (["Traceback (most recent call last):"] if debug else [])
