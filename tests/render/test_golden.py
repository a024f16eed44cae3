"""Every format against a file that somebody has looked at.

To write the files anew after a wanted change: `AZSTANCE_GOLDEN=write uv run pytest tests/render`,
then read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.cells import cell_len

from azstance.render import FORMATS, render
from azstance.render.console import plain_console
from azstance.render.explain import explain

from .sample import make_comparison, make_grouped_report, make_report

GOLDEN = Path(__file__).parent / "golden"
RECORDS = {
    "report": make_report,
    "grouped": make_grouped_report,
    "comparison": make_comparison,
}
WIDTHS = (40, 80, 120)
DATA = [name for name, each in FORMATS.items() if each.text and not each.drawn]


def check(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("AZSTANCE_GOLDEN") == "write":
        path.write_bytes(text.encode("utf-8"))
    assert text == path.read_bytes().decode("utf-8"), f"differs from {path}"


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize(
    "format", [n for n, each in FORMATS.items() if each.text and not each.drawn]
)
def test_data(record: str, format: str) -> None:
    check(f"{record}.{format}", render(RECORDS[record](), format))


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("width", WIDTHS)
def test_table(record: str, width: int) -> None:
    text = render(RECORDS[record](), "table", width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    check(f"{record}.{width}.txt", text)


def test_more_evidence() -> None:
    once, twice = (render(make_report(), "table", evidence=n) for n in (1, 2))
    assert "lorries at the border" not in once
    assert "lorries at the border" in twice
    assert "for alliance" not in render(make_report(), "table", evidence=0)


@pytest.mark.parametrize("width", WIDTHS)
def test_explain(width: int) -> None:
    ledger, _, hostile = make_report().articles
    chunks = [*explain(ledger, None, plain_console(width))]
    chunks += explain(hostile, [1], plain_console(width))
    text = "".join(chunks)
    assert max(map(cell_len, text.splitlines())) <= width
    check(f"explain.{width}.txt", text)
