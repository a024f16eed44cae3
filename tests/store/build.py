"""A store out of rows written by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from azstance.errors import ConfigError
from azstance.store.query import Store, ask
from azstance.store.schema import COLUMNS, FORMAT, MANIFEST, TABLES, arrow_schema

Row = dict[str, Any]
FRAMES = ("alliance", "balance", "rift")


def row(table: str, **values: Any) -> Row:
    """A row of a table: empty lists and nulls but for `values`."""
    empty = {c.name: [] if isinstance(c.type, list) else None for c in COLUMNS[table]}
    assert not values.keys() - empty.keys(), values.keys() - empty.keys()
    return {**empty, **values}


def coding(frame: str, polarity: str = "affirm", probability: float = 0.5, **more: Any) -> Row:
    """A coding of a sentence."""
    values = {"frame": frame, "polarity": polarity, "probability": probability}
    return {**values, "modality": "asserted", "cues": [], **more}


def article(id: str, *, frames: Sequence[str] = FRAMES, **values: Any) -> Row:
    """A row of an article, whose codebook has `frames`."""
    fields = next(c.type for c in COLUMNS["articles"] if c.name == "frames")[0]
    scores = [dict.fromkeys(fields) | {"frame": frame} for frame in frames]
    return row("articles", article=id, path=f"{id}.txt", frames=scores, **values)


def sentence(id: str, number: int, *codings: Row, **values: Any) -> Row:
    """A row of a sentence of the article `id`, in the author's voice."""
    said: Row = {"text": f"Sentence {number} of {id}.", "voice": "author", "heading": False}
    place: Row = {"article": id, "path": f"{id}.txt", "number": number, "line": number}
    return row("sentences", **{**place, **said, "codings": list(codings), **values})


def write_part(store: Path, table: str, name: str, rows: Sequence[Row]) -> Path:
    """A part of a table."""
    path = store / table / f"{name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(list(rows), schema=arrow_schema(table)), path)
    return path


def write_store(
    store: Path, units: Mapping[str, Mapping[str, Sequence[Row]]], *, finished: bool = True
) -> Path:
    """A store with the parts of each unit: {unit: {table: rows}}."""
    store.mkdir(parents=True, exist_ok=True)
    for unit, tables in units.items():
        for table in TABLES:
            if table in tables:
                write_part(store, table, unit, tables[table])
    if finished:
        (store / MANIFEST).write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    return store


def rows(store: Store, sql: str) -> list[Row]:
    with ask(store, sql) as answer:
        return [dict(zip(answer.names, each, strict=True)) for b in answer.batches for each in b]


def refused(store: Store, sql: str) -> str:
    with pytest.raises(ConfigError) as caught:
        rows(store, sql)
    return str(caught.value)


ATTRIBUTED = {"voice": "attributed"}
A = {"outlet": "A Times", "month": "2024-01"}
B = {"outlet": "B Post", "month": "2024-02"}
ARTICLES = [
    article("1", **A),
    article("2", **A),
    article("3", outlet="B Post"),
    article("4", month="2024-02"),
    article("5", **B),  # without a sentence
]
SENTENCES = [
    sentence("1", 1, coding("rift", "affirm", 0.9), actors=["Azerbaijan", "Russia"], **A),
    sentence("1", 2, coding("rift", "deny", 0.7), coding("alliance"), actors=["Russia"], **A),
    sentence("1", 3, coding("rift", "affirm", 0.8), actors=["Russia"], **A, **ATTRIBUTED),
    sentence("1", 4, actors=["Azerbaijan"], **A),
    sentence("2", 1, coding("rift", "deny", 0.6), **A, **ATTRIBUTED),
    sentence("2", 2, **A, heading=True),
    sentence("3", 1, coding("alliance", "affirm", 0.4), actors=["Armenia"], outlet="B Post"),
    sentence("4", 1, coding("rift", "affirm", 0.5), actors=["Russia"], month="2024-02"),
    sentence("4", 2, month="2024-02"),
]
SKIPPED = [row("skipped", path="bad.txt", reason="cannot be read", failed=True)]
