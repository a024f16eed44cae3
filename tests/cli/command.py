"""The real command, run as a user runs it, in a folder and an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
COMMAND = (sys.executable, "-m", "azstance")
_FOREIGN = ("AZSTANCE_", "_AZSTANCE", "FORCE_COLOR", "NO_COLOR", "COLUMNS", "GITHUB_ACTIONS")

ALLIES = (
    "Azerbaijan and Russia are strategic allies, and their partnership grows every year. "
    "Moscow and Baku trust each other."
)
RIFT = "Relations between Baku and Moscow are in a deep crisis, and Azerbaijan broke with Russia."


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    raw: bytes
    errors: str

    @property
    def text(self) -> str:
        """Standard output."""
        return self.raw.decode("utf-8")


def environment(**extra: str) -> dict[str, str]:
    """The environment without anything that would steer azstance or a terminal, and `extra`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
    return {**kept, "TERM": "xterm", **extra}


def run(*arguments: str | Path, cwd: Path | str = "/", input: bytes = b"", **extra: str) -> Done:
    """Run `azstance` with these arguments; `extra` are variables of its environment."""
    found = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        input=input,
        capture_output=True,
        env=environment(**extra),
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in found.stderr, found.stderr.decode()
    return Done(found.returncode, found.stdout, found.stderr.decode("utf-8"))
