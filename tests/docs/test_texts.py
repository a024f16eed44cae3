"""Links, examples and fields in the documents are true of the repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from azstance.check_settings import CheckSettings
from azstance.codebook import load_codebook
from azstance.codebook.events import events_of
from azstance.config import load_config
from azstance.read.sidecar import load_sidecar
from azstance.render import schema_text
from azstance.render.as_csv import COLUMNS, CONTRAST_COLUMNS
from azstance.render.sentence_rows import AFTER, BEFORE, OF_A_FRAME

from .documents import ROOT, CodeBlock, code_blocks, documents

_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")
# Written in pieces, so that this file does not hold what it looks for.
_REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "anaconda" + ".org", "npm" + "js.")
_ROOTS = "|".join(("tm" + "p", "wor" + "k", "ho" + "me"))
_MACHINE = re.compile(rf"(?<![\w./*>-])/(?:{_ROOTS})/\w")
_OUTSIDE = ".." + "/shared"
_TEXT = (".py", ".md", ".toml", ".txt", ".json", ".jsonl", ".csv", ".cfg", ".yml", ".yaml", "")


def tracked() -> list[Path]:
    """Files of the repository, or of an unpacked source distribution."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = listed.stdout.decode("utf-8").split("\0")
        return [path for name in names if name and (path := ROOT / name).is_file()]
    hidden = re.compile(r"/(?:\.|__pycache__|dist/)")
    found = (path for path in ROOT.rglob("*") if path.is_file())
    return [p for p in found if not hidden.search(f"/{p.relative_to(ROOT).as_posix()}")]


def anchors(path: Path) -> set[str]:
    """Anchors of the headings of a document, as they are made on the web."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def links() -> Iterator[tuple[Path, str]]:
    for path in documents():
        for target in _LINK.findall(path.read_text(encoding="utf-8")):
            yield path, target


def test_relative_links_resolve() -> None:
    seen = 0
    for path, target in links():
        if re.match(r"[a-z]+:", target):
            assert target.startswith("https://"), f"{path.name}: {target}"
            continue
        seen += 1
        name, _, anchor = target.partition("#")
        linked = (path.parent / name).resolve() if name else path
        assert linked.exists(), f"{path.name}: {target} is not there"
        assert linked.is_relative_to(ROOT), f"{path.name}: {target} leaves the repository"
        assert not anchor or anchor in anchors(linked), f"{path.name}: {target} has no such heading"
    assert seen > 10


def test_every_document_is_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in documents():
        name = path.relative_to(ROOT).as_posix()
        assert name == "README.md" or f"({name})" in readme, f"{name} is not linked"


def test_nothing_of_a_machine_or_a_registry() -> None:
    files = [path for path in tracked() if path.suffix in _TEXT]
    assert len(files) > 50
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        place = path.relative_to(ROOT)
        for host in _REGISTRIES:
            assert host not in text, f"{place} names {host}"
        found = _MACHINE.search(text)
        assert not found, f"{place} names a path of a machine: {found and found.group()}"
        assert _OUTSIDE not in text, f"{place} names {_OUTSIDE}"


@pytest.mark.parametrize("line", ["see /tm" + "p/x", '"/wor' + 'k/main"', "(/ho" + "me/me)"])
def test_paths_of_machines_are_seen(line: str) -> None:
    assert _MACHINE.search(line)


@pytest.mark.parametrize("line", ["azstance/work/x", "tests/home/y", "<p>a</p>/work"])
def test_other_paths_are_not(line: str) -> None:
    assert not _MACHINE.search(line)


@pytest.mark.parametrize("block", code_blocks("python"), ids=str)
def test_python_example_runs(block: CodeBlock, newcomer: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block.text],
        cwd=newcomer,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("block", code_blocks("toml"), ids=str)
def test_toml_example_is_valid(block: CodeBlock, tmp_path: Path) -> None:
    name = block.text.partition("\n")[0].removeprefix("# ")
    if name == "azstance.toml":
        (tmp_path / name).write_text(block.text, encoding="utf-8")
        config = load_config(start=tmp_path, environment={})
        assert len(config.origins) > 5 or config.check != CheckSettings()
    elif name == "sources.toml":
        (tmp_path / name).write_text(block.text, encoding="utf-8")
        sidecar = load_sidecar(tmp_path, name)
        assert sidecar.entries
        assert not sidecar.problems
    elif name == "events.toml":
        (tmp_path / name).write_text(block.text, encoding="utf-8")
        assert len(events_of(load_codebook(), str(tmp_path / name))) > 1
    else:
        assert block.document == "docs/codebooks.md", f"{block}: begin with the name of the file"


def names_in(schema: Any) -> Iterator[str]:
    """Names of all fields that a schema describes."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for value in schema.values():
            yield from names_in(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from names_in(value)


def in_backticks() -> set[str]:
    text = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    return set(re.findall(r"`(\w+)`", text)) | {"run"}


@pytest.mark.parametrize("name", ["report", "comparison"])
def test_every_field_is_explained(name: str) -> None:
    fields = set(names_in(json.loads(schema_text(name))))
    assert len(fields) > 20
    assert fields <= in_backticks(), f"not in docs/output.md: {sorted(fields - in_backticks())}"


def test_every_column_is_explained() -> None:
    columns = {*COLUMNS, *CONTRAST_COLUMNS}
    assert columns <= in_backticks(), f"not in docs/output.md: {sorted(columns - in_backticks())}"


def test_every_column_of_the_sentences_is_explained() -> None:
    text = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    for group, prefix in ((BEFORE, ""), (OF_A_FRAME, "FRAME"), (AFTER, "")):
        for column in group:
            assert f"| `{prefix}{column.name}` |" in text, column.name
            assert f"| {column.meaning} |" in text, column.name


def test_readme_is_short() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 290


def test_changelog_has_its_heads() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## (.+)$", text, re.M)
    assert heads[0] == "[Unreleased]"
    assert any(head.strip("[]").startswith("0.1.0") for head in heads)


def test_layers_are_those_that_are_held() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    shown = "\n".join(layer.replace("azstance.", "") for layer in layers)
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"```text\n{shown}\n```" in text
