"""The baseline: findings that were accepted, one a line, sorted, without dates.

A measured finding is accepted at its value and fires again when the article gets worse.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from azstance.checking.records import Finding
from azstance.errors import ConfigError

WORSE = 0.05
"""How much farther from the reference a measured value may move before its finding fires again."""

_TEXTS = ("article", "fingerprint", "message", "path", "reason", "rule")


@dataclass(frozen=True)
class Entry:
    """An accepted finding. `distance` is how far a measured value was from the median."""

    fingerprint: str
    rule: str
    article: str
    path: str
    message: str
    reason: str
    distance: float | None = None

    def accepts(self, finding: Finding) -> bool:
        """Whether a finding with this fingerprint is still what was accepted."""
        if finding.measure is None or self.distance is None:
            return True
        return distance_of(finding) <= self.distance + WORSE


def distance_of(finding: Finding) -> float:
    """How far a measured value lies from the median; 0 where nothing is measured."""
    measure = finding.measure
    return 0.0 if measure is None else round(abs(measure.value - measure.center), 4)


def load_baseline(path: Path) -> dict[str, Entry]:
    """Entries by fingerprint. Raises ConfigError, with file and line, for a line that is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as problem:
        reason = (getattr(problem, "strerror", None) or str(problem)).lower()
        raise ConfigError(f"the baseline cannot be read ({reason})", where=str(path)) from problem
    entries: dict[str, Entry] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            entry = _entry(line, f"{path}:{number}")
            entries[entry.fingerprint] = entry
    return entries


def _entry(line: str, where: str) -> Entry:
    remedy = "Mend or delete the line; azstance baseline update writes it anew."
    try:
        data: Mapping[str, Any] = json.loads(line)
        texts = {key: data[key] for key in _TEXTS}
        distance = data.get("distance")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ConfigError("this is no entry of a baseline", where=where, remedy=remedy) from problem
    number = distance is None or isinstance(distance, int | float)
    if not number or not all(isinstance(text, str) for text in texts.values()):
        raise ConfigError("a value of this entry is of the wrong kind", where=where, remedy=remedy)
    return Entry(**texts, distance=distance)


def entry_of(finding: Finding, reason: str) -> Entry:
    """The entry that accepts a finding."""
    return Entry(
        finding.fingerprint,
        finding.rule,
        finding.article,
        finding.path,
        finding.message,
        reason,
        None if finding.measure is None else distance_of(finding),
    )


def baseline_text(entries: Iterable[Entry]) -> str:
    """A baseline file: JSON Lines, sorted by path, rule and fingerprint."""
    ordered = sorted(entries, key=lambda e: (e.path, e.rule, e.fingerprint))
    return "".join(f"{json.dumps(_row(entry), ensure_ascii=False)}\n" for entry in ordered)


def _row(entry: Entry) -> dict[str, object]:
    row: dict[str, object] = {
        "path": entry.path,
        "rule": entry.rule,
        "message": entry.message,
        "reason": entry.reason,
        "article": entry.article,
        "fingerprint": entry.fingerprint,
    }
    return row if entry.distance is None else {**row, "distance": entry.distance}


def stale(
    entries: Mapping[str, Entry], looked: Collection[tuple[str, str]], found: Sequence[Finding]
) -> list[Entry]:
    """Entries whose finding is no longer there.

    `looked` are the (article, rule) pairs that the run could have found anything for: of what it
    did not look for, nothing is known.
    """
    there = {finding.fingerprint for finding in found}
    return [
        entry
        for fingerprint, entry in sorted(entries.items())
        if (entry.article, entry.rule) in looked and fingerprint not in there
    ]
