"""JSON lines: {"run": ...}, each {"input": ...}, each {"finding": ...}, {"summary": ...}.

The objects are those of the json format. A file that does not end with the summary was cut short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render.checks import document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.checking.records import CheckReport
    from azstance.render.document import Document


def render(report: CheckReport) -> Iterator[str]:
    """One compact JSON object a line."""
    yield _line("run", document.header(report))
    for each in document.inputs(report):
        yield _line("input", each)
    for each in document.findings(report):
        yield _line("finding", each)
    yield _line("summary", document.summary(report))


def _line(key: str, value: Document) -> str:
    return document.dumped({key: value}, indent=None) + "\n"
