"""What the documents show of the program is what it prints today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .documents import ROOT, code_blocks, documents, refresher

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
        understood = len(tools._SHOWN.findall(text)) + len(tools._GENERATED.findall(text))
        assert understood == len(_MARK.findall(text)), f"{path.name}: a mark is not understood"


MAIN = {
    "azstance score seeds/": "score.svg",
    "azstance compare 002 003": "compare.svg",
    "azstance explain 002:16": "explain.svg",
}


@pytest.mark.parametrize(("command", "picture"), MAIN.items())
def test_readme_shows_the_main_commands(command: str, picture: str) -> None:
    """As pictures in the README (test_pictures.py), and as text in the tutorial."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tutorial = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    assert f"$ {command}\n" in readme
    assert f"](docs/pictures/{picture})" in readme
    assert f"<!-- shown: {command}" in tutorial
    assert f"$ {command}\n" in tutorial


_FIGURE = re.compile(r"`([^`\n]*\d[^`\n]*)`|\*\*(\d[^*\n]*)\*\*")


def test_figures_in_the_tutorial_are_in_what_it_shows() -> None:
    """A figure that the text quotes as code or in bold stands in an output beside it."""
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    shown = "\n".join(block.text for block in code_blocks("console") if "tutorial" in str(block))
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    quoted = [code or bold for code, bold in _FIGURE.findall(prose)]
    assert len(quoted) >= 5
    for each in quoted:
        assert each.removeprefix(":") in shown, each


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
