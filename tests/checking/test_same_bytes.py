"""The same bytes whatever surrounds a run: hash seed, processes, order, zone, locale, folder.

Whole processes, for the seed and the locale are settled when Python starts. Several things differ
in a run; where its bytes are others, each is tried alone, so that the failure names the one.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest
from cli.command import run

from .planted import AS_OF, KINDS
from .planting import build

FORMATS = ("sarif", "junit", "gitlab", "json", "jsonl")
PARTS = ("broken", "html", "json", "md", "records", "txt")


@dataclass(frozen=True)
class Surroundings:
    """What differs between runs that have to write the same."""

    name: str
    seed: str = "0"
    jobs: str = "1"
    folder: str = "."
    reverse: bool = False
    zone: str = "UTC"
    locale: str = "C.UTF-8"

    def one_by_one(self) -> list[Surroundings]:
        """The usual surroundings with one of the differences each, which is their name."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        return [
            replace(USUAL, **{"name": f"{name} {value}", name: value})
            for name, value in given.items()
            if name != "name" and value != getattr(USUAL, name)
        ]

    def written(self, root: Path, out: Path) -> dict[str, bytes]:
        """What a check of the whole repository writes, by format; standard output is "stdout"."""
        up = "" if self.folder == "." else "../"
        paths = [f"{up}{part}" for part in PARTS]
        if self.reverse:
            paths = [f"./{path}/" for path in reversed(paths)] + paths[2:4]
        files = [part for name in FORMATS for part in ("--output", f"{name}={out / name}")]
        done = run(
            "check", *paths, "--batch", "--as-of", AS_OF, "--jobs", self.jobs, "--format", "json",
            *files, cwd=root / self.folder, PYTHONHASHSEED=self.seed, TZ=self.zone,
            LC_ALL=self.locale, LANG=self.locale, AZSTANCE_CACHE="off",
        )  # fmt: skip
        assert done.status == 2, done.errors
        return {"stdout": done.raw, **{name: (out / name).read_bytes() for name in FORMATS}}


USUAL = Surroundings("usual")
OTHERS = (
    Surroundings(
        "two processes, paths in another order and spelling",
        seed="271",
        jobs="2",
        reverse=True,
        zone="Asia/Kathmandu",
        locale="tr_TR.UTF-8",
    ),
    Surroundings(
        "from a folder below", seed="random", folder="md", zone="America/St_Johns", locale="C"
    ),
)


@pytest.fixture(scope="module")
def repository(warm: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a fault of every kind, a reference of its Markdown and a baseline."""
    root = tmp_path_factory.mktemp("same") / "repository"
    build(root, articles=len(KINDS) * 5, each=1)
    (root / "azstance.toml").write_text('model = "cues"\n', encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", root], check=True)
    warm.run("reference", "build", "md", cwd=root)  # one is in Russian, and is told
    warm.run("baseline", "update", "records", "json", "--reason", "known", cwd=root)
    assert {path.name for path in root.glob("azstance-*")} == {
        "azstance-reference.json",
        "azstance-baseline.jsonl",
    }
    return root


@pytest.fixture(scope="module")
def usual(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return USUAL.written(repository, tmp_path_factory.mktemp("usual"))


def test_there_is_something_to_differ(usual: dict[str, bytes]) -> None:
    output = json.loads(usual["stdout"])
    assert len({each["rule"] for each in output["findings"]}) >= 12
    assert any(each["accepted"] for each in output["findings"])
    assert output["reference"] == "azstance-reference.json"
    assert usual["stdout"] == usual["json"]


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.name)
def test_the_same_bytes(
    repository: Path, usual: dict[str, bytes], tmp_path: Path, other: Surroundings
) -> None:
    def differing(surroundings: Surroundings) -> list[str]:
        written = surroundings.written(repository, tmp_path)
        return [name for name in usual if written[name] != usual[name]]

    found = differing(other)
    assert found == [], {each.name: differing(each) for each in other.one_by_one()}


def test_each_difference_is_tried_alone() -> None:
    first, second = ([each.name for each in other.one_by_one()] for other in OTHERS)
    assert first == [
        "seed 271", "jobs 2", "reverse True", "zone Asia/Kathmandu", "locale tr_TR.UTF-8"
    ]  # fmt: skip
    assert second == ["seed random", "folder md", "zone America/St_Johns", "locale C"]
