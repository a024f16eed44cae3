"""What the documents show of the program is what it prints today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .documents import ROOT, documents, refresher

REFRESH = "run: python tools/refresh_docs.py"
_MARK = re.compile(r"^<!-- (?:shown: |generated: )", re.M)


@pytest.mark.parametrize(
    "path",
    [path for path in documents() if _MARK.search(path.read_text(encoding="utf-8"))],
    ids=lambda path: path.name,
)
def test_outputs_are_those_of_today(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == refresher().refreshed(text), f"{path.name} is stale; {REFRESH}"


def test_every_mark_is_understood() -> None:
    for path in documents():
        text = path.read_text(encoding="utf-8")
        tools = refresher()
        understood = len(tools._SHOWN.findall(text)) + len(tools._COMMANDS.findall(text))
        assert understood == len(_MARK.findall(text)), f"{path.name}: a mark is not understood"


def test_readme_shows_the_main_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("azstance score seeds/", "azstance compare 002 003", "azstance explain 002:16"):
        assert f"<!-- shown: {command}" in readme
        assert f"$ {command}\n" in readme


def test_stale_output_is_noticed() -> None:
    stale = "<!-- shown: echo fresh -->\n```console\n$ echo fresh\nold\n```\n"
    assert refresher().refreshed(stale) == stale.replace("old", "fresh")


def test_sections_are_cut() -> None:
    output = "before\n\n── 001 ──\na\n\n── 002 ──\nb\n\n── 003 ──\nc\n"
    cut = refresher().cut_to
    assert cut(output, ["002"]) == "[...]\n\n── 002 ──\nb\n\n[...]\n"
    assert cut(output, ["top", "003"]) == "before\n\n[...]\n\n── 003 ──\nc\n"
    with pytest.raises(SystemExit, match="004"):
        cut(output, ["004"])
