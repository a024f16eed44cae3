"""Every command line in the documents runs, and every command and option is documented."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from azstance.check_settings import CheckSettings, Thresholds
from azstance.cli import main
from azstance.config import Config
from azstance.rulebook import all_rules

from .documents import ROOT, CodeBlock, code_blocks, documents

# Command lines that set up or check the repository itself: known, and not run in its own tests.
NOT_RUN = (
    "pip install uv",
    "uv run pytest",
    "uv run ruff ",
    "uv run mypy",
    "uv run lint-imports",
    "uv run python tools/refresh_",
    "uv run mkdocs build",
    "AZSTANCE_GOLDEN=write uv run pytest",
    ".ci/run",
    "azstance score s3://",
    'azstance score "s3://',  # needs a network
    "azstance check --changed-since",  # needs a repository: tests/checking/test_repository.py
)
COMMANDS = (
    "score", "compare", "explain", "frames", "timeline", "report", "evaluate", "agree", "train",
    "lexicon", "lexicon check", "check", "rule", "reference", "reference build", "reference show",
    "baseline", "baseline update", "baseline prune", "baseline show", "config", "config show",
    "query", "cache", "cache info", "cache clear",
)  # fmt: skip
GROUPS = ("lexicon", "reference", "baseline", "config", "cache")


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


def lines_to_run() -> dict[str, str]:
    """Command lines, without those whose output test_shown.py compares."""
    shown = re.findall(
        r"^<!-- shown: (.+?)(?: :: .+)? -->$",
        "\n".join(path.read_text(encoding="utf-8") for path in documents()),
        re.M,
    )
    return {line: place for line, place in all_lines().items() if line not in shown}


@pytest.mark.parametrize(("line", "place"), lines_to_run().items())
def test_command_line_runs(
    line: str, place: str, newcomer: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    if line.startswith(NOT_RUN):
        return
    before, _, command = line.rpartition(" | ")
    words = shlex.split(command)
    assert words[0] == "azstance", f"{line!r}: neither azstance nor known to be left out"
    monkeypatch.chdir(newcomer)
    monkeypatch.setenv("AZSTANCE_JOBS", "1")  # one process, so that no test forks
    if words[1] != "train":  # the default model is run where the documents show what it prints
        monkeypatch.setenv("AZSTANCE_MODEL", "cues")
    monkeypatch.setattr(sys, "argv", words)
    if before:
        name = before.removeprefix("cat ")
        piped = io.TextIOWrapper(io.BytesIO((newcomer / name).read_bytes()))
        monkeypatch.setattr(sys, "stdin", piped)
    try:
        main()
        status = 0
    except SystemExit as end:
        status = end.code
    out, err = capfd.readouterr()
    # A check that finds something has done what it is for.
    good = (None, 0, 1) if words[1] == "check" else (None, 0)
    assert status in good, f"{place}: {line}\n{out[-500:]}{err}"


def test_command_lines_are_found() -> None:
    lines = all_lines()
    assert sum(line.startswith("azstance ") for line in lines) >= 12
    for command in COMMANDS:
        if command not in GROUPS:
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
    options = set(re.findall(r"^  (?:(-[a-z]), )?(--[a-z-]+)", shown, re.M))
    options = {name for pair in options for name in pair if name}
    documented = section(f"azstance {command}".strip())
    assert "--help" in options
    for option in options:
        assert re.search(rf"(?<![\w-]){option}\b", documented), f"{command}: {option}"


def test_every_command_is_documented() -> None:
    for parent in ("", *GROUPS):
        commands = help_of(*parent.split()).partition("Commands:\n")[2].partition("\n\n")[0]
        listed = re.findall(r"^  ([a-z]+) ", commands, re.M)
        assert listed
        for name in listed:
            assert f"{parent} {name}".strip() in COMMANDS, "add it to the tests of the documents"


@pytest.mark.parametrize("key", [k for k in Config.__dataclass_fields__ if k != "origins"])
def test_every_setting_is_documented(key: str) -> None:
    assert f"| `{key}` |" in section("Settings")
    assert key == "check" or f"`AZSTANCE_{key.upper()}`" in section("Settings")


@pytest.mark.parametrize("owner", [CheckSettings, Thresholds])
def test_every_setting_of_a_check_is_documented(owner: type) -> None:
    text = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
    for each in fields(owner):
        assert f"`{each.name}" in text, each.name


def test_every_rule_is_listed() -> None:
    text = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
    for rule in all_rules().values():
        assert f"{rule.id}  " in text, rule.id
