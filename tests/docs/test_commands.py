"""Every command line in the documents runs, and every command and option is documented."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from azstance.config import Config

from .documents import ROOT, CodeBlock, code_blocks

# Command lines that set up or check the repository itself: known, and not run in its own tests.
NOT_RUN = (
    "pip install uv",
    "uv run pytest",
    "uv run ruff check",
    "uv run mypy",
    "uv run lint-imports",
    "uv run python tools/refresh_docs.py",
    "AZSTANCE_GOLDEN=write uv run pytest",
    ".ci/run",
)
COMMANDS = ("score", "compare", "explain", "frames", "lexicon", "lexicon check")


def command_lines(block: CodeBlock) -> Iterator[str]:
    """Commands of a block: after "$ " in a console, in a plain block that begins with azstance."""
    for line in block.text.splitlines():
        if block.language == "console":
            if line.startswith("$ "):
                yield line[2:]
        elif block.language == "sh" or line.startswith("azstance "):
            yield from line.split(" && ")


def all_lines() -> dict[str, str]:
    """Each different command line of the documents, and where it stands first."""
    found: dict[str, str] = {}
    for block in code_blocks("console", "sh", ""):
        for line in command_lines(block):
            found.setdefault(
                line.removeprefix("uv run ") if "azstance" in line else line, str(block)
            )
    return found


def call_of(line: str) -> list[str] | str | None:
    """What to run for a command line; a pipe goes through the shell; None for what is not run."""
    if line.startswith(NOT_RUN):
        return None
    words = shlex.split(line)
    if words[0] == "azstance" and "|" not in words:
        return [sys.executable, "-m", "azstance", *words[1:]]
    if words[0] in ("cat", "grep"):
        return re.sub(r"\bazstance (?=\w)", f"{shlex.quote(sys.executable)} -m azstance ", line)
    raise AssertionError(f"{line!r}: neither azstance nor a command line known to be left out")


@pytest.mark.parametrize(
    ("line", "place"), all_lines().items(), ids=lambda value: re.sub(r"\s+", " ", value)
)
def test_command_line_runs(line: str, place: str, newcomer: Path) -> None:
    call = call_of(line)
    if call is None:
        return
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AZSTANCE_")}
    done = subprocess.run(
        call,
        shell=isinstance(call, str),
        cwd=newcomer,
        env=environment | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{place}: {line}\n{done.stderr}"


def test_command_lines_are_found() -> None:
    lines = all_lines()
    assert sum(line.startswith("azstance ") for line in lines) >= 12
    for command in COMMANDS:
        if command != "lexicon":
            assert any(line.startswith(f"azstance {command}") for line in lines), command


def test_set_up_is_two_lines() -> None:
    lines = [line for block in code_blocks("sh") for line in block.text.splitlines()]
    assert "pip install uv && uv run azstance score seeds/" in lines
    assert "uv run pytest" in lines


def help_of(*command: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "azstance", *command, "--help"],
        env=os.environ | {"COLUMNS": "200", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def section(title: str) -> str:
    """What docs/commands.md says under a title."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"docs/commands.md has no section {title}"
    return found[1]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_option_is_documented(command: str) -> None:
    shown = help_of(*command.split())
    options = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", shown.partition("Example")[0]))
    documented = section(f"azstance {command}".strip())
    assert "--help" in options
    for option in options:
        assert re.search(rf"(?<![\w-]){option}\b", documented), f"{command}: {option}"


def test_every_command_is_documented() -> None:
    for parent in ("", "lexicon"):
        commands = help_of(*parent.split()).partition("Commands:\n")[2].partition("\n\n")[0]
        listed = re.findall(r"^  ([a-z]+) ", commands, re.M)
        assert listed
        for name in listed:
            assert f"{parent} {name}".strip() in COMMANDS, "add it to the tests of the documents"


@pytest.mark.parametrize("key", [k for k in Config.__dataclass_fields__ if k != "origins"])
def test_every_setting_is_documented(key: str) -> None:
    assert f"| `{key}` |" in section("Settings")
    assert f"`AZSTANCE_{key.upper()}`" in section("Settings")
