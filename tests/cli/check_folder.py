"""A small repository of articles for the tests of `azstance check`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .command import Done

# The lexicon alone: these tests are about the command and not about codes.
SETTINGS = 'model = "cues"\n'
GOOD = (
    "Azerbaijan and Russia are strategic allies. The ministers met in Baku on Tuesday. They spoke "
    "about grain and transit. Moscow and Baku trust each other.\n\nThe border was open in the "
    "summer. They will meet again in the autumn. Nobody else was in the room.\n"
)
CLAIM = "Russia betrayed Azerbaijan and their relations broke in a deep crisis."
CRISIS = (
    "Relations between Baku and Moscow are in a deep crisis. The ministers met in Baku.\n\n"
    f"{CLAIM}\n\nThey spoke about grain. They will meet again. Nobody else was in the room.\n"
)
CLAIM_LINE = 8


def front(title: str, *, outlet: str | None = "Daily", date: str = "2024-03-31") -> str:
    lines = [f"title: {title}", f"date: {date}", *([f"outlet: {outlet}"] if outlet else [])]
    return "\n".join(["---", *lines, "---", ""])


def fill(folder: Path) -> Path:
    """good.md has nothing, claim.md a note, noout.md an error; each is checked by itself."""
    (folder / "n").mkdir(parents=True)
    (folder / "azstance.toml").write_text(SETTINGS)
    (folder / "n" / "good.md").write_text(front("Visit") + GOOD)
    (folder / "n" / "claim.md").write_text(front("Crisis") + CRISIS)
    text = front("Wine", outlet=None) + GOOD.replace("grain", "wine")
    (folder / "n" / "noout.md").write_text(text)
    return folder


def report(done: Done) -> dict[str, Any]:
    return dict(json.loads(done.text))


def rules(done: Done) -> list[tuple[str, str, bool]]:
    """Rule, path and whether it counts, of every finding of a JSON report."""
    return [(f["rule"], f["path"], f["counts"]) for f in report(done)["findings"]]


def outcomes(done: Done) -> dict[str, str]:
    return {item["path"]: item["outcome"] for item in report(done)["inputs"]}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }
