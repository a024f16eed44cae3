"""What goes wrong on a cluster, in words for the user."""

from __future__ import annotations

import json
import re

from azstance.errors import AzstanceError

LONGEST_NAME = 80
LONGEST_PROBLEM = 300

_ERROR_LINE = re.compile(r"^[\w.]*(?:Error|Exception|Died|Exit)\b.*")

_DIED_HERE = "a worker process was killed (out of memory?)"
_DIED_THERE = "a worker process of the cluster was killed (out of memory?)"

DIED = frozenset({_DIED_HERE, _DIED_THERE})
"""The problems that the work on a unit can have caused."""

_MEANINGS = {
    "UDF process closed the connection": _DIED_HERE,
    "UDF process has terminated": _DIED_HERE,
    "The actor is dead": _DIED_THERE,
    "The actor died": _DIED_THERE,
    "UDF actors failed to start": "the cluster had no CPU free for the work",
}
"""What Daft and Ray say when a process is gone or does not come, and what it means."""


class ClusterError(AzstanceError):
    """The cluster cannot be reached, keeps failing, or could not do some of the units."""


def unit_name(unit: str) -> str:
    """The name of a unit for a message: its `name` or `key`, or else the start of its JSON text.

    They may stand in the text's `unit`, beside what else there is to do with it.
    """
    try:
        fields = json.loads(unit)
    except ValueError:
        fields = None
    if isinstance(fields, dict) and isinstance(fields.get("unit"), dict):
        fields = fields["unit"]
    if isinstance(fields, dict):
        for key in ("name", "key"):
            if isinstance(fields.get(key), str):
                return shorten(str(fields[key]), LONGEST_NAME)
    return shorten(unit, LONGEST_NAME)


def describe(error: BaseException) -> str:
    """One plain line for any exception: its kind and what it says, without a traceback.

    Exceptions that crossed processes hold the text of a traceback in their message; then the
    line that names the innermost error is what is told.
    """
    text = str(error).strip()
    for sign, meaning in _MEANINGS.items():
        if sign in text:
            return meaning
    if "\n" not in text:
        return shorten(f"{type(error).__name__}: {text}" if text else type(error).__name__)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = [line for line in lines if _ERROR_LINE.match(line)]
    return shorten(named[-1] if named else f"{type(error).__name__}: {lines[0]}")


def shorten(text: str, longest: int = LONGEST_PROBLEM) -> str:
    """`text` on one line of printable characters, cut to `longest` with an ellipsis."""
    line = " ".join(text.split())
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
    return line if len(line) <= longest else line[: longest - 1] + "…"
