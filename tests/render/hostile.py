"""Records in which every text that comes from outside is the same hostile one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

# Names that the codebook vouches for, and what evidence is found by.
KEPT = {"id", "frame", "frames", "measure", "permuted", "cues", "left", "right", "unit", "units"}


def flooded(value: Any, text: str) -> Any:
    """`value`, a record of ours, with `text` in place of every text in it but the names."""
    if isinstance(value, tuple):
        return tuple(flooded(each, text) for each in value)
    if isinstance(value, str) and not isinstance(value, Enum):
        return text
    if not is_dataclass(value) or isinstance(value, type):
        return value
    values = {field.name: getattr(value, field.name) for field in fields(value)}
    # The ids of cues in a coding stay; the cues of a sentence are records and do not.
    return replace(
        value,
        **{
            name: flooded(each, text)
            for name, each in values.items()
            if name not in KEPT or (isinstance(each, tuple) and each and is_dataclass(each[0]))
        },
    )


def flooded_report(report: Any, text: str) -> Any:
    """A report with hostile articles, skipped inputs and notes; scores and codebook stay."""
    articles = tuple(
        replace(
            result,
            article=flooded(result.article, text),
            sentences=flooded(result.sentences, text),
        )
        for result in report.articles
    )
    skipped, notes = flooded(report.skipped, text), flooded(report.notes, text)
    return replace(report, articles=articles, skipped=skipped, notes=notes)
