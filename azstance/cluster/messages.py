"""What the Daft process and azstance tell each other: one JSON object per line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Order:
    """One round of work, sent to the Daft process: which units, by what class, and where."""

    job: str
    units: Sequence[str]
    address: str | None
    processes: int  # at most so many; 0: one per CPU that is there
    worker: str  # the class that does a unit, as "package.module:Class"
    cpus: float  # the share of a CPU that a process reserves on Ray
    ready_seconds: int  # how long Ray may take to start the processes

    def line(self) -> str:
        """The order as one line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def parse(cls, line: str) -> Order:
        """The order in a line that `line` made."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Message:
    """One line from the Daft process.

    kind: "connected" (Daft and the cluster answer), "unit" (one came back: `index` into the
    order, and either `text`, the worker's answer, or `problem`), "lost" (machines of the cluster
    died: `count`), "failed" (the round is over before its time) or "done".
    `final` marks a problem that another try cannot cure.
    """

    kind: str
    index: int = -1
    text: str | None = None
    problem: str | None = None
    where: str | None = None
    remedy: str | None = None
    final: bool = False
    count: int = field(default=0)

    def line(self) -> str:
        """The message as one line of JSON, without what it does not use."""
        used = {"kind": self.kind, "index": self.index, "final": self.final, "count": self.count}
        texts = ("text", "problem", "where", "remedy")
        said = {name: value for name in texts if (value := getattr(self, name)) is not None}
        return json.dumps(used | said)

    @classmethod
    def parse(cls, line: str) -> Message:
        """The message in a line that `line` made."""
        fields: dict[str, Any] = json.loads(line)
        return cls(**fields)
