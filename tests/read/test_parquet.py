"""Parquet: the same records as in JSON Lines, and files that are broken."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from azstance.read import ReadSettings, read_paths
from azstance.records import Article, Skipped

from .archives import P1, P2


def run(path: Path, **chosen: object) -> tuple[list[Article], list[Skipped]]:
    found = list(read_paths([path], ReadSettings(**chosen)))  # type: ignore[arg-type]
    return [a for a in found if isinstance(a, Article)], [
        s for s in found if isinstance(s, Skipped)
    ]


ROWS = [
    {"id": "x1", "text": f"{P1}\n\n{P2}", "title": "T", "date": "2021-05-03", "author": ["A", "B"]},
    {"id": "x2", "text": "", "title": None, "date": None, "author": None},
    {"id": None, "text": P2, "title": "U", "date": "13 June 2022", "author": []},
    {"id": "x1", "text": P1, "title": None, "date": "soon", "author": ["C"]},
]


def test_a_table_gives_what_json_lines_give(tmp_path: Path) -> None:
    (tmp_path / "j").mkdir()
    (tmp_path / "p").mkdir()
    lines = tmp_path / "j" / "a.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    table = tmp_path / "p" / "a.parquet"
    parquet.write_table(pa.Table.from_pylist(ROWS), table, row_group_size=3)
    expected, found = run(lines), run(table)
    assert [(a.id, a.card, a.blocks, a.notes) for a in found[0]] == [
        (a.id, a.card, a.blocks, a.notes) for a in expected[0]
    ]
    assert [(s.reason, s.line) for s in found[1]] == [(s.reason, s.line) for s in expected[1]]


@pytest.mark.parametrize(
    ("column", "iso"),
    [
        (pa.array([date(2024, 5, 6)]), "2024-05-06"),
        (pa.array([datetime(2024, 5, 6, 23, 30)], pa.timestamp("ns")), "2024-05-06"),
        (pa.array([datetime(2024, 5, 6, 23, 30, tzinfo=UTC)], pa.timestamp("us", "UTC")),
         "2024-05-06"),
        (pa.array([datetime(2024, 5, 6, 23, 30, tzinfo=UTC)], pa.timestamp("us", "Asia/Baku")),
         "2024-05-07"),
        (pa.array([2024]), "2024"),
        (pa.array(["2024-05-06"]).dictionary_encode(), "2024-05-06"),
    ],
)  # fmt: skip
def test_dates(tmp_path: Path, column: pa.Array, iso: str) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"text": [P1], "date": column}), path)
    (found,) = run(path)[0]
    assert found.card.published is not None
    assert found.card.published.value == iso


def test_other_names_nested_values_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table(
        {
            "Body": pa.array([P1.encode(), P2.encode()], pa.binary()),
            "title": [{"main": "T"}, {"main": "U"}],
            "newspaper": ["N", "M"],
            "genre": [float("nan"), 1.5],
            "pages": [[1], [2]],
        }
    )
    parquet.write_table(table, path)
    articles, skipped = run(path, text_field="body")
    assert skipped == []
    assert [a.id for a in articles] == ["a:1", "a:2"]
    assert [a.card.title for a in articles] == [None, None]
    assert [a.source for a in articles] == ["N", "M"]
    assert [a.card.genre and a.card.genre.value for a in articles] == [None, "1.5"]


def test_text_that_is_not_utf8(tmp_path: Path) -> None:
    raw = f"Café owners – and {P1}".encode("cp1252")
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"text": pa.array([raw], pa.binary())}), path)
    (found,) = run(path)[0]
    assert "Café owners – and" in found.blocks[0].text
    assert found.notes == ("read as windows-1252",)


def _table(rows: int = 300) -> bytes:
    buffer = io.BytesIO()
    texts = [f"{P1} It is number {n}." for n in range(rows)]
    parquet.write_table(
        pa.table({"text": texts}), buffer, row_group_size=100, use_dictionary=False,
        compression="none",
    )  # fmt: skip
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PAR1 nonsense PAR1", "not valid Parquet"),
        (_table()[:-50], "not valid Parquet"),
        (_table(0), "no articles"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    articles, skipped = run(path)
    assert (articles, len(skipped)) == ([], 1)
    assert words in skipped[0].reason
    assert skipped[0].failed


def test_a_damaged_row_group_costs_no_other(tmp_path: Path) -> None:
    data = _table()
    at = parquet.ParquetFile(io.BytesIO(data)).metadata.row_group(1).column(0).data_page_offset
    path = tmp_path / "a.parquet"
    path.write_bytes(data[:at] + b"\xff" * 60 + data[at + 60 :])
    articles, skipped = run(path)
    assert len(articles) == 200
    assert [s.line for s in skipped] == [101]
    assert "records 101 to 200" in skipped[0].reason


def test_a_wrong_field_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"texts": [P1]}), path)
    assert 'Did you mean "texts"' in run(path)[1][0].reason


def test_through_a_pipe() -> None:
    code = (
        "from azstance.read import ReadSettings, read_paths\n"
        "print(len(list(read_paths(['-'], ReadSettings(stdin_filename='a.parquet')))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=_table(5), capture_output=True, check=True
    )
    assert done.stdout.strip() == b"5"


def test_without_pyarrow_the_remedy_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(_table(1))
    code = (
        "import sys; sys.modules['pyarrow'] = None\nfrom azstance.read import read_paths\n"
        f"print(*read_paths([{str(tmp_path)!r}, 's3://bucket/a']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.count('pip install "azstance[store]"') == 2
