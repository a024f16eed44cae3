"""The floors of tests/floors.toml, and what keeps them from sinking unseen.

floors.lock.json holds the floors as they were last accepted, and a digest of each set of texts that
they are measured on. A floor that is lower than there, or another text, fails until somebody says
`pytest --lower-floors`, which writes the new state into the lock for all to see in the change.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
LOCK = Path(__file__).with_name("floors.lock.json")
CORPORA = {
    "seeds": ("../seeds", "*.txt"),
    "coded sentences": ("gold", "*.jsonl"),
    "pages": ("gold_pages", "*"),
    "page fixtures": ("read/fixtures/pages", "*"),
}
CEILINGS = ("_lost", "_below")
Floors = Mapping[str, Mapping[str, float]]


def floors() -> dict[str, dict[str, float]]:
    """The tables of tests/floors.toml."""
    return tomllib.loads((TESTS / "floors.toml").read_text(encoding="utf-8"))


def state() -> dict[str, Any]:
    """What the lock should hold today."""
    return {"floors": floors(), "corpora": {name: _digest(*at) for name, at in CORPORA.items()}}


def _digest(folder: str, pattern: str) -> str:
    """sha256 over names and contents of the files; line ends do not count."""
    whole = sha256()
    for path in sorted((TESTS / folder).glob(pattern), key=lambda p: p.name):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def sunk(accepted: Floors, now: Floors) -> list[str]:
    """Floors that ask for less than they did. Names in CEILINGS are limits from above."""
    found = []
    for table, values in accepted.items():
        for name, old in values.items():
            new = now.get(table, {}).get(name)
            if new is None:
                found.append(f"[{table}] {name} is gone (was {old})")
            elif (new > old) if name.endswith(CEILINGS) else (new < old):
                found.append(f"[{table}] {name} went from {old} to {new}")
    return found


def changes(accepted: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What of `now` the lock does not accept."""
    names = sorted(accepted["corpora"].keys() | now["corpora"].keys())
    other = [n for n in names if accepted["corpora"].get(n) != now["corpora"].get(n)]
    return [*sunk(accepted["floors"], now["floors"]), *(f"the {n} are other texts" for n in other)]


def accept() -> None:
    """Write the state of today into the lock."""
    LOCK.write_text(json.dumps(state(), indent=2, sort_keys=True) + "\n", encoding="utf-8")


def accepted() -> dict[str, Any]:
    """The state that was last accepted."""
    found: dict[str, Any] = json.loads(LOCK.read_text(encoding="utf-8"))
    return found
