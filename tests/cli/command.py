"""The real command, run as a user runs it, in a folder and an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


class Warm:
    """Runs `azstance` like `run`, but forked from a process that has spaCy loaded (see warm.py)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("warm.py"))],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            text=True,
        )

    def run(
        self, *arguments: str | Path, cwd: Path | str = "/", input: bytes = b"", **extra: str
    ) -> Done:
        """Run `azstance` with these arguments; `extra` are variables of its environment."""
        with tempfile.TemporaryDirectory() as folder:
            given, out, err = Path(folder, "in"), Path(folder, "out"), Path(folder, "err")
            given.write_bytes(input)
            out.touch()
            err.touch()
            with self.started(arguments, cwd, (str(given), str(out), str(err)), **extra):
                pass
            errors = err.read_text(encoding="utf-8")
            assert "Traceback" not in errors, errors
            return Done(self.status, out.read_bytes(), errors)

    @contextmanager
    def started(
        self,
        arguments: tuple[str | Path, ...],
        cwd: Path | str,
        streams: tuple[str, str, str],
        **extra: str,
    ) -> Iterator[None]:
        """Start the command on streams with these paths; at the end wait for its `status`."""
        request = {
            "arguments": [str(argument) for argument in arguments],
            "cwd": str(cwd),
            "environment": environment(**extra),
            "streams": streams,
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        yield
        self.status = int(self._process.stdout.readline())
        assert self.status != 99, "the command could not be started"

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
