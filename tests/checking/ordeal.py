"""What must hold of a run over hostile files, and the run itself."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.read.formats import SUFFIXES, suffix_of
from azstance.render.clean import path_text

if TYPE_CHECKING:
    from cli.command import Done, Warm

LIMIT = 10.0
"""Seconds that one file may take, beyond the start of the process."""

SHOWN = ("text", "concise", "github", "sarif", "junit", "gitlab", "markdown", "jsonl")
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]"
)
_COMMAND = re.compile(r"^\s*::(?!(?:error|warning|notice)(?: |::))|##\[", re.MULTILINE)


@dataclass(frozen=True)
class Ordeal:
    """A run over hostile files: what it left behind, its outputs by format, and its seconds."""

    done: Done
    outputs: dict[str, bytes]
    seconds: float

    def problems(self, folder: Path, allowed: float = LIMIT) -> list[str]:
        """What is not as it has to be, each in a line."""
        return [*self._said(allowed), *self._listed(folder)]

    def _said(self, allowed: float) -> Iterator[str]:
        if self.seconds > allowed:
            yield f"took {self.seconds:.1f} s"
        if "Traceback" in self.done.errors or "internal error" in self.done.errors:
            yield self.done.errors[-300:]
        if self.done.status not in (0, 1, 2):
            yield f"status {self.done.status}"
        streams = {"stdout": self.done.raw, "stderr": self.done.errors.encode(), **self.outputs}
        for name, raw in streams.items():
            text = raw.decode("utf-8")
            found = _CONTROL.search(text)
            if found:
                yield f"{name}: control character {found.group()!r} in {text[: found.end()][-60:]!r}"  # noqa: E501
            command = _COMMAND.search(text)
            if command and name not in ("stdout", "jsonl", "sarif", "gitlab"):
                yield f"{name}: workflow command in {text[command.start() :][:80]!r}"

    def _listed(self, folder: Path) -> Iterator[str]:
        try:
            output = json.loads(self.done.raw)
        except ValueError as problem:
            yield f"no JSON: {problem}: {self.done.errors[-200:]}"
            return
        outcomes = {item["path"]: item["outcome"] for item in output["inputs"]}
        failed = any(item["outcome"] == "failed" for item in output["inputs"])
        if failed != (self.done.status == 2) or output["status"] != self.done.status:
            yield f"status {self.done.status} with failed inputs: {failed}"
        errors = any(f["counts"] and f["level"] == "error" for f in output["findings"])
        if not failed and self.done.status != int(errors):
            yield f"status {self.done.status} with errors: {errors}"
        for name in _readable(folder):
            if name not in outcomes:
                yield f"not listed: {name}"


def _readable(folder: Path) -> Iterator[str]:
    """The files that a walk over the folder has to tell of, as outputs name them."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.relpath(Path(place) / name, folder)
            if suffix_of(name) in SUFFIXES and not name.startswith("."):
                yield path_text(path)


def ordeal(warm: Warm, folder: Path, out: Path, *arguments: str) -> Ordeal:
    """Run `azstance check` over a folder in every format; `out` is where the others go."""
    out.mkdir(exist_ok=True)
    files = [part for name in SHOWN for part in ("--output", f"{name}={out / name}")]
    start = time.perf_counter()
    done = warm.run(
        "check", ".", "--format", "json", "--model", "cues", "--jobs", "1", "--batch", *files,
        *arguments, cwd=folder,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    outputs = {name: (out / name).read_bytes() for name in SHOWN if (out / name).exists()}
    return Ordeal(done, outputs, seconds)
