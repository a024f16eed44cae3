"""Rows of any columns: hostile text does nothing, values stay what they are, tables fit."""

from __future__ import annotations

import csv
import datetime
import io
import json
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from azstance.render.console import plain_console
from azstance.render.rows import data, rows_text, shown, write_rows
from azstance.render.rows_table import rows_table

from .sample import HOSTILE

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
FORMULA = ("=", "+", "-", "@")
DATA = ("csv", "json", "jsonl", "markdown")


def rendered(names: list[str], rows: list[list[Any]], format: str, width: int = 80) -> str:
    if format == "table":
        return "".join(rows_table(names, [rows], plain_console(width)))
    return "".join(rows_text(names, [rows], format))


@pytest.mark.parametrize("format", ["table", *DATA])
@given(text=ANYTHING, name=ANYTHING)
@example(text=HOSTILE, name=HOSTILE)
@example(text="\x9b31m\u202e\u2028x", name="\ud800")
def test_no_text_acts(format: str, text: str, name: str) -> None:
    out = rendered([name, "n"], [[text, 1], [{text: [text]}, 2]], format)
    out.encode()
    for character in out:
        assert unicodedata.category(character) not in ("Cc", "Cs") or character in "\r\n"
        assert unicodedata.bidirectional(character) not in ("RLO", "LRO", "RLE", "LRE", "RLI")


@given(text=ANYTHING)
@example(text="=1+1")
@example(text=" @SUM(1)")
@example(text="\t-1")
def test_no_cell_is_a_formula(text: str) -> None:
    read = list(csv.reader(io.StringIO(rendered([text, "n"], [[text, -1.5]], "csv"))))
    assert len(read) == 2
    assert all(not cell.lstrip().startswith(FORMULA) for cell in (*read[0], read[1][0]))
    assert read[1][1] == "-1.5"


@given(text=ANYTHING)
def test_json_keeps_offsets(text: str) -> None:
    for held in (
        json.loads(rendered(["text"], [[text]], "json"))[0],
        json.loads(rendered(["text"], [[text]], "jsonl")),
    ):
        assert len(held["text"]) == len(text)


VALUES = (
    (None, None, "n/a"),
    (True, True, "yes"),
    (7, 7, "7"),
    (2**70, 2**70, str(2**70)),
    (1 / 3, 0.333333, "0.3333"),
    (-0.0, 0.0, "0"),
    (0.000012345678, 1.23457e-05, "1.23e-05"),
    (1234567.891, 1234567.891, "1234567.891"),
    (float("nan"), None, "n/a"),
    (float("inf"), None, "n/a"),
    (Decimal("1.50"), 1.5, "1.5"),
    ("[b]x", "[b]x", "[b]x"),
    (datetime.date(2024, 8, 1), "2024-08-01", "2024-08-01"),
    (b"\x00\xff", "00ff", "00ff"),
    ([1, None, "a"], [1, None, "a"], '[1, null, "a"]'),
    ({"k": float("nan")}, {"k": None}, '{"k": null}'),
    ((1, 2), [1, 2], "[1, 2]"),
)


@pytest.mark.parametrize(("value", "held", "seen"), VALUES)
def test_values(value: Any, held: Any, seen: str) -> None:
    assert data(value) == held
    assert json.loads(rendered(["x"], [[value]], "jsonl")) == {"x": held}
    assert shown(value) == seen
    read = list(csv.reader(io.StringIO(rendered(["x", "y"], [[value, 1]], "csv"))))[1][0]
    if isinstance(held, bool):
        assert read == "true"
    elif held is None:
        assert read == ""
    elif isinstance(held, list | dict):
        assert json.loads(read) == held
    else:
        assert read == str(held)


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("table", "0 rows\n"),
        ("csv", "a,b\r\n"),
        ("json", "[]\n"),
        ("jsonl", ""),
        ("markdown", "| a | b |\n| --- | --- |\n"),
    ],
)
def test_no_rows(format: str, expected: str) -> None:
    console = plain_console(80)
    empty: list[list[list[Any]]] = []
    found = (
        rows_table(["a", "b"], empty, console)
        if format == "table"
        else rows_text(["a", "b"], empty, format)
    )
    assert "".join(found) == expected


def test_a_table() -> None:
    rows = [["A Times", 12, 0.5], [None, 3, None]]
    assert rendered(["outlet", "sentences", "share"], rows, "table") == (
        "outlet   sentences  share\nA Times         12    0.5\nn/a              3  n/a\n2 rows\n"
    )


@given(
    columns=st.integers(1, 12),
    width=st.integers(20, 120),
    text=st.text(st.characters(codec="utf-8"), max_size=150),
)
def test_tables_fit_and_hold_everything(columns: int, width: int, text: str) -> None:
    names = [f"column_{number}" for number in range(columns)]
    rows = [[text, *range(10**6, 10**6 + columns - 1)]] * 2
    out = rendered(names, rows, "table", width)
    assert all(cell_len(line) <= width for line in out.splitlines())
    for number in rows[0][1:]:
        assert out.count(str(number)) == 2, "numbers are never broken"


def test_many_columns_are_stacked() -> None:
    names = [f"name_{number}" for number in range(9)]
    out = rendered(names, [["some longer words here"] * 9], "table", 60)
    assert out.splitlines()[:2] == [f"name_{n}  some longer words here" for n in range(2)]


def test_later_batches_have_the_same_columns() -> None:
    batches = [[["a", 1]], [["b", 2]], [["a word that is longer", 3]]]
    out = "".join(rows_table(["t", "n"], batches, plain_console(80))).splitlines()
    assert out[:3] == ["t  n", "a  1", "b  2"]
    assert out[-1] == "3 rows"


def test_data_is_utf8_with_its_own_line_ends() -> None:
    for format, expected in (("csv", b"a\r\n\xc3\xa9\r\n"), ("jsonl", b'{"a":"\xc3\xa9"}\n')):
        held = io.BytesIO()
        file = io.TextIOWrapper(held, encoding="ascii", newline="\r\n")
        write_rows(["a"], [[["é"]]], format, file)
        file.flush()
        assert held.getvalue() == expected
