"""One JSON object, as in schema/: report, comparison and timeline.schema.json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from azstance.render import comparison_document, document
from azstance.render.timeline_document import as_json as timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from azstance.comparison_records import Comparison
    from azstance.records import Report
    from azstance.render.document import Document
    from azstance.render.options import Options

__all__ = ["comparison", "report", "timeline"]

_INDENT = "  "


def report(report: Report, options: Options) -> Iterator[str]:
    """Chunks of one object with two spaces of indentation, one chunk an article."""
    del options
    yield "{\n"
    yield from _members(document.header(report))
    yield f'{_INDENT}"articles": '
    yield from _array(document.article(result) for result in report.articles)
    yield f',\n{_INDENT}"groups": '
    yield from _array(document.group(score) for score in document.groups(report))
    footer = document.footer(report)
    yield ",\n" + "".join(_members(footer)).removesuffix(",\n") + "\n}\n"


def comparison(comparison: Comparison, options: Options) -> Iterator[str]:
    """One object with two spaces of indentation."""
    del options
    found = comparison_document.sections(comparison)
    yield _nested({**comparison_document.header(comparison), **found}, 0) + "\n"


def _members(values: Document) -> Iterator[str]:
    for key, value in values.items():
        yield f"{_INDENT}{json.dumps(key)}: {_nested(value, 1)},\n"


def _array(items: Iterable[Document]) -> Iterator[str]:
    """An array on the first level: as `json.dumps` would write it, one item at a time."""
    opening = "["
    for item in items:
        yield f"{opening}\n{_INDENT * 2}{_nested(item, 2)}"
        opening = ","
    yield "[]" if opening == "[" else f"\n{_INDENT}]"


def _nested(value: object, depth: int) -> str:
    # Every line break in JSON text is layout: those inside of strings are written as \n.
    text = json.dumps(value, indent=len(_INDENT), ensure_ascii=False, allow_nan=False)
    return text.replace("\n", "\n" + _INDENT * depth)
