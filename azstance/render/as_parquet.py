"""Parquet: the table of sentences with types, for pandas, R and DuckDB. Written in row groups.

The footer says what coded the sentences, under the key "azstance", as the json format does.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

from azstance.errors import ConfigError
from azstance.render import document
from azstance.render.sentence_rows import columns, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    import pyarrow as pa

    from azstance.records import Report
    from azstance.render.sentence_rows import Cell

ROW_GROUP = 5_000
"""Sentences that are packed at once; fewer take less memory, and make a larger file."""


def check_installed() -> None:
    """Raise ConfigError where the library that writes Parquet is missing."""
    if find_spec("pyarrow") is None:
        raise ConfigError(
            "Parquet is written with pyarrow, which is not installed",
            where="--format parquet",
            remedy='Install it: pip install "azstance[store]"',
        )


def write(report: Report, file: BinaryIO) -> None:
    """Write the sentences of a report. Raises ConfigError where pyarrow is missing."""
    check_installed()
    import pyarrow as pa
    from pyarrow import parquet as pq

    schema = arrow_schema(report)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(report):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))


def arrow_schema(report: Report) -> pa.Schema:
    """Names and types of the columns, and what was run."""
    import pyarrow as pa

    types = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "yes": pa.bool_()}
    fields = [
        pa.field(each.name, types[str(each.type)]) for each in columns(report.codebook.frames)
    ]
    run = {key: value for key, value in document.header(report).items() if key != "by"}
    return pa.schema(fields, metadata={"azstance": json.dumps(run, ensure_ascii=False)})


def _groups(report: Report) -> Iterator[list[dict[str, Cell]]]:
    held: list[dict[str, Cell]] = []
    for result in report.articles:
        held += rows(result, report.codebook.frames)
        if len(held) >= ROW_GROUP:
            yield held
            held = []
    if held:
        yield held
