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
from pathlib import Path

import pytest

from .command import ALLIES, COMMAND, Done, Warm, environment

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
def table(warm: Warm, folder: Path) -> Done:
    return warm.run(
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


def test_a_file_holds_what_would_be_shown_and_no_colour(
    warm: Warm, table: Done, folder: Path
) -> None:
    link = folder / "link.txt"
    (folder / "real.txt").write_text("old")
    (folder / "real.txt").chmod(0o640)
    link.symlink_to("real.txt")
    done = warm.run(
        "score", "in", "--resamples", "100", "--evidence", "3", "-o", "link.txt", cwd=folder,
        FORCE_COLOR="1",
    )  # fmt: skip
    assert (done.status, done.raw, done.errors) == (0, b"", "")
    assert (folder / "real.txt").read_bytes() == table.raw
    assert link.is_symlink()
    assert stat.S_IMODE((folder / "real.txt").stat().st_mode) == 0o640
    assert {path.name for path in folder.iterdir()} == {"in", "link.txt", "real.txt"}


def test_no_formula_reaches_a_spreadsheet(warm: Warm, folder: Path) -> None:
    done = warm.run(
        "score", NAME, "rows.jsonl", "--resamples", "100", "-f", "csv", cwd=folder / "in"
    )
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
        ("in", "in: is in, and would be read as articles the next time"),
        ("", "it is a folder"),
        ("x" * 300, "name too long"),
        (f"in/{NAME}", "is one of the files to be read"),
        ("in/../in/rows.jsonl", "is one of the files to be read"),
    ],
)
def test_an_output_that_cannot_be_is_told_before_any_work(
    warm: Warm, folder: Path, target: str, told: str
) -> None:
    # The pipeline does not exist either; that it is not what is told shows that nothing was loaded.
    done = warm.run("score", "in", "-o", target, "--pipeline", "nonexistent_model", cwd=folder)
    assert (done.status, done.raw) == (2, b"")
    assert told in done.errors.lower()
    assert "nonexistent" not in done.errors
    assert (folder / "in" / NAME).read_text(encoding="utf-8") == HOSTILE


@pytest.mark.parametrize(
    ("redirection", "arguments", "status", "told"),
    [
        (">/dev/full", ("frames",), 2, "standard output: cannot be written: no space left"),
        (">/dev/full", ("--help",), 2, "the output cannot be written (no space left"),
        (">&-", ("frames",), 2, "standard output: is closed. Name a file with --output."),
        ("2>&-", ("score", "missing.txt"), 2, ""),
        ("2>/dev/full", ("score", "missing.txt"), 2, ""),
        ("<&- >&- 2>&-", ("frames",), 2, ""),
    ],
)
def test_streams_that_are_closed_or_full(
    tmp_path: Path, redirection: str, arguments: tuple[str, ...], status: int, told: str
) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirection}', "sh", *COMMAND, *arguments],
        cwd=tmp_path, capture_output=True, env=environment(), check=False, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (status, "")
    assert len(done.stderr.splitlines()) == (1 if told else 0)
    assert told in done.stderr


def test_output_to_a_device(warm: Warm, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ALLIES)
    done = warm.run("score", "a.txt", "-f", "json", "-o", "/dev/stdout", cwd=tmp_path)
    assert (done.status, done.errors) == (0, "")
    assert json.loads(done.text)["articles"][0]["id"] == "a"
    assert Path("/dev/stdout").is_symlink()
    done = warm.run("score", "a.txt", "-o", "/dev/null", cwd=tmp_path)
    assert (done.status, done.raw, done.errors) == (0, b"", "")
    assert Path("/dev/null").is_char_device()


def test_a_reader_who_has_seen_enough(tmp_path: Path) -> None:
    """A broken pipe is quiet, and the status is what it would have been."""
    (tmp_path / "a.txt").write_text(ALLIES)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "score", "a.txt", "missing.txt", "-f", "json"],
        cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.PIPE,
        env=environment(), check=False,
    )  # fmt: skip
    os.close(writing)
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("azstance: not scored: missing.txt ")
    assert done.returncode == 2
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "frames"], stdout=writing, stderr=subprocess.PIPE, env=environment(), check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


class Terminal:
    """A terminal for some of the streams of a command, and what was shown on it."""

    def __init__(self) -> None:
        self._own, self.theirs = os.openpty()
        self.path = os.ttyname(self.theirs)
        self.shown = b""

    def until(self, text: bytes) -> None:
        """Read until the terminal shows `text`."""
        while text not in self.shown:
            assert self._read(), self.shown

    def rest(self) -> str:
        """Read on until everybody else has left: all that was shown."""
        while self._read():
            pass
        os.close(self._own)
        return self.shown.decode("utf-8")

    def _read(self) -> bytes:
        try:
            piece = os.read(self._own, 65536)
        except OSError:  # Linux has no end of file on a terminal that everybody has left
            piece = b""
        self.shown += piece
        return piece


def on_terminal(
    warm: Warm, streams: str, *arguments: str, cwd: Path, **extra: str
) -> tuple[int, str]:
    """Status, and what was shown; `streams` are the numbers of those that are a terminal."""
    terminal = Terminal()
    paths = [terminal.path if str(n) in streams else os.devnull for n in range(3)]
    with warm.started(arguments, cwd, (paths[0], paths[1], paths[2]), **extra):
        # The child has opened the terminal when something shows on it, or when it has ended.
        terminal.until(b"\n")
        os.close(terminal.theirs)
        shown = terminal.rest()
    return warm.status, shown


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C: one line, status 130, and neither a result nor a part of one."""
    terminal = Terminal()
    with subprocess.Popen(
        [*COMMAND, "score", "-", "-o", "out.json", "-f", "json"],
        cwd=tmp_path, stdin=subprocess.PIPE, stderr=terminal.theirs, env=environment(),
    ) as process:  # fmt: skip
        os.close(terminal.theirs)
        terminal.until(b"scoring")  # and now it waits for a text that never comes
        process.send_signal(signal.SIGINT)
        shown = terminal.rest()
    assert process.returncode == 130
    assert shown.count("azstance") == 1
    assert shown.endswith("azstance: interrupted.\r\n")
    assert not list(tmp_path.iterdir())


def test_progress_on_a_terminal(warm: Warm, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ALLIES)
    arguments = ("score", "a.txt", "-o", "a.json", "-f", "json")
    status, shown = on_terminal(warm, "2", *arguments, cwd=tmp_path)
    assert status == 0
    assert "0/1" in shown
    assert "1/1" in shown


@pytest.mark.parametrize(("options", "terminal"), [(("-q",), "xterm"), ((), "dumb")])
def test_no_progress(warm: Warm, tmp_path: Path, options: tuple[str, ...], terminal: str) -> None:
    """A terminal as standard input does not hang either: nothing is piped into it."""
    arguments = ("score", "-", *options, "-o", "a.json")
    status, shown = on_terminal(warm, "02", *arguments, cwd=tmp_path, TERM=terminal)
    assert status == 2
    assert "not scored: - standard input is a terminal" in shown
    assert "scoring" not in shown
    assert not controls(shown)


@pytest.mark.parametrize(
    ("extra", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_is_for_terminals(
    warm: Warm, tmp_path: Path, extra: dict[str, str], coloured: bool
) -> None:
    status, shown = on_terminal(warm, "1", "frames", cwd=tmp_path, **extra)
    assert status == 0
    assert ("\x1b" in shown) is coloured


def test_no_colour_in_a_pipe(warm: Warm) -> None:
    for arguments in (("frames",), ("--help",), ("scor",)):
        done = warm.run(*arguments, GITHUB_ACTIONS="true")
        assert not controls(done.text + done.errors)


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
