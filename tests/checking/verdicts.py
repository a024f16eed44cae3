"""What a run made of planted faults: which it missed, and what it said that nobody planted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .planted import Corpus, Fault, Where


@dataclass(frozen=True)
class Verdict:
    """`others` counts findings that nobody planted by rule and level, on articles without a planted
    fault and on those with one; `clean` is the number of the former. `errors` are those findings
    whose level is error."""

    missed: list[Fault]
    others: Mapping[tuple[str, str], list[int]]
    errors: list[dict[str, Any]]
    clean: int


def verdict(corpus: Corpus, output: Mapping[str, Any]) -> Verdict:
    """Hold the JSON output of a run against what was planted."""
    ids = {(item["path"], item["article"]): item["id"] for item in output["inputs"]}
    planted = {(fault.rule, fault.where) for fault in corpus.faults}
    bad = {where for _, where in planted}
    found = set()
    others: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    errors = []
    for each in output["findings"]:
        path = each["path"]
        name = ids.get((path, each["article"])) or corpus.lines.get((path, each["line"]), "")
        where = Where(path, name if path.startswith("records/") or path.endswith(".toml") else "")
        key = (each["rule"], where)
        found.add(key)
        if key not in planted:
            others[each["rule"], each["level"]][where in bad] += 1
            errors += [each] if each["level"] == "error" else []
    missed = [fault for fault in corpus.faults if (fault.rule, fault.where) not in found]
    clean = corpus.articles - len(bad)
    return Verdict(missed, dict(others), errors, clean)
