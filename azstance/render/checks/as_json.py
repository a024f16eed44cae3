"""One JSON object with everything in it, as in schema/check.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render.checks import document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.checking.records import CheckReport


def render(report: CheckReport) -> Iterator[str]:
    """One object with two spaces of indentation."""
    whole = {
        **document.header(report),
        "inputs": document.inputs(report),
        "findings": document.findings(report),
        **document.summary(report),
    }
    yield document.dumped(whole) + "\n"
