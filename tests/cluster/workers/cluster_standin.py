"""Stand-ins for the worker that scores: each writes one file per unit, as the real one does."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

from azstance.errors import ArticleError, ConfigError


class Worker:
    """Writes `<name>.txt` with what the unit alone says, and counts how often it was made."""

    def __init__(self, job: str) -> None:
        fields = json.loads(job)
        self.out = Path(fields["out"])
        self.seconds = float(fields.get("seconds", 0))
        self.done = 0

    def __call__(self, unit: str) -> str:
        fields = json.loads(unit)
        time.sleep(self.seconds)
        self.trouble(fields)
        self.done += 1
        part = self.out / f"{fields['name']}.txt"
        waiting = part.with_suffix(f".{os.getpid()}")
        waiting.write_text(f"{fields['name']} {fields['number'] ** 2}\n", encoding="utf-8")
        waiting.replace(part)
        threads = os.environ.get("OMP_NUM_THREADS")
        answer = {"name": fields["name"], "pid": os.getpid(), "done": self.done, "threads": threads}
        return json.dumps(answer)

    def trouble(self, fields: dict[str, object]) -> None:
        kind = fields.get("trouble")
        mark = self.out / f"{fields['name']}.tried"
        print("chatter from the worker", flush=True)
        if kind == "bug":
            raise ValueError("a bug\nover two lines")
        if kind == "article":
            raise ArticleError("it is gone", where="a.txt")
        if kind == "config":
            raise ConfigError("no such codebook", where="--codebook", remedy="Give another.")
        if kind == "exit":
            raise SystemExit(3)
        if kind == "killed" or (kind == "killed once" and not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "sleep":
            time.sleep(600)


class Broken:
    """A worker that cannot be made."""

    def __init__(self, job: str) -> None:
        raise RuntimeError(f"cannot be made from {len(job)} characters")
