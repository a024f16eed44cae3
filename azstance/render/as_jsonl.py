"""JSON lines: one article a line, then one line about the run.

An article's line is the object that the json format has in `articles`. The last line is always
`{"run": {...}}`, with what was run, the groups, what was skipped and the notes: a file that does
not end with it was cut short. Both are in schema/report.schema.json ($defs/article, $defs/run).

Of a comparison every finding is a line: `{"caution": {...}}`, `{"contrast": {...}}` and so on, each
object as in the json format, and at the end `{"comparison": {...}}` with what was compared.
Of a timeline there are lines `point`, `change` and `event`, and at the end `timeline`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from azstance.render import comparison_document, document
from azstance.render.timeline_document import as_jsonl as timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.comparison_records import Comparison
    from azstance.records import Report
    from azstance.render.options import Options

__all__ = ["comparison", "report", "timeline"]

_ONE = {"cautions": "caution", "contrasts": "contrast", "contradictions": "contradiction"}


def report(report: Report, options: Options) -> Iterator[str]:
    """One compact JSON object a line."""
    del options
    for result in report.articles:
        yield _line(document.article(result))
    groups = [document.group(score) for score in document.groups(report)]
    run = {**document.header(report), "groups": groups, **document.footer(report)}
    yield _line({"run": run})


def comparison(comparison: Comparison, options: Options) -> Iterator[str]:
    """One compact JSON object a line."""
    del options
    for section, found in comparison_document.sections(comparison).items():
        for value in found:
            yield _line({_ONE.get(section, section): value})
    yield _line({"comparison": comparison_document.header(comparison)})


def _line(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text + "\n"
