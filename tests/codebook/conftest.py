from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

CODEBOOK = """\
name = "small"
version = "1.0"
title = "A small codebook"
language = "english"
pair = ["Azerbaijan", "Russia"]
region = ["Armenia"]
frames = ["alliance", "rift"]
attributed_weight = 0.5
minimum_sentences = 5

[alignment]
alliance = { affirm = 1.0, deny = -1.0 }
rift = { affirm = -1.0, deny = 1.0 }
"""
ACTORS = """\
[actors.Azerbaijan]
kind = "state"
names = ["Azerbaijan", "Azerbaijani*", "Baku"]
not = ["Baku-Tbilisi-Ceyhan"]

[actors.Russia]
names = ["Russia", "Moscow"]

[actors.Armenia]
names = ["Armenia"]
"""
WORDS = """\
[words]
grow = ["grow", "deepen"]
"""
NAMING = """\
[[names]]
concept = "Kyiv"
variants = ["Kyiv", "Kiev"]
note = "Two forms of one name."
"""
ALLIANCE = """\
name = "alliance"
label = "Alliance"
definition = "The two are close."
affirm = "They are."
deny = "They are not."
about = "pair"

[[cues]]
id = "alliance-plain"
phrases = [
    "strategic partnership",
    "<grow> ties",
]

[[cues]]
id = "alliance-empty"
polarity = "deny"
about = "first"
weight = 0.9
note = "a shell"
phrases = ["empty alliance"]

[[examples]]
text = "Their strategic partnership holds."
match = "affirm"
voice = "author"
before = "Baku and Moscow met."

[[examples]]
text = "The weather held."
match = "none"
"""
RIFT = """\
name = "rift"
label = "Rift"
definition = "They quarrel."
affirm = "They do."
deny = "They do not."

[[cues]]
id = "rift-plain"
phrases = ["war of words"]
"""
FILES = {
    "codebook.toml": CODEBOOK,
    "actors.toml": ACTORS,
    "words.toml": WORDS,
    "naming.toml": NAMING,
    "frames/alliance.toml": ALLIANCE,
    "frames/rift.toml": RIFT,
}

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Writes the small codebook, with some files replaced or (None) left out, into ./cb."""
    monkeypatch.chdir(tmp_path)

    def write(changes: dict[str, str | None] | None = None) -> Path:
        folder = Path("cb")
        for name, content in {**FILES, **(changes or {})}.items():
            if content is not None:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(content, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def swap(make: Make) -> Make:
    """Writes the small codebook with one passage of one file replaced."""

    def write(name: str, old: str, new: str) -> Path:
        assert FILES[name].count(old) == 1, "the passage to replace must be there once"
        return make({name: FILES[name].replace(old, new)})

    return write
