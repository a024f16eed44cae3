"""Every format of a timeline against a file that somebody has looked at.

To write the files anew after a wanted change: `AZSTANCE_GOLDEN=write uv run pytest tests/timeline`,
then read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.cells import cell_len

from azstance.render import render
from azstance.timeline.records import Measure, Unit

from .sample import make

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (40, 80, 120)


def check(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("AZSTANCE_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    assert text == path.read_bytes().decode("utf-8"), f"differs from {path}"


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "markdown"])
def test_data(format: str) -> None:
    check(f"timeline.{format}", render(make(), format))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("measure", Measure)
def test_table(width: int, measure: Measure) -> None:
    text = render(make(measure=measure), "table", width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    check(f"{measure.value}.{width}.txt", text)


def test_all_sources_per_year() -> None:
    wanted = {"unit": Unit.YEAR, "by": "all", "frame": "rift", "measure": Measure.STANCE}
    check("year.80.txt", render(make(**wanted), "table", width=80))
    check("year.markdown", render(make(**wanted), "markdown"))
