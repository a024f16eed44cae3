"""Does one unit after the other: reads its articles, analyses them, and writes its parts.

A unit writes its parts first and its receipt last: where the receipt is, the parts are whole. To
do a unit twice does no harm, whoever does it.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from azstance.cache import OFF, Cache
from azstance.codebook import load_codebook
from azstance.read.source import Found
from azstance.read.units import Unit, read_unit
from azstance.records import Skipped
from azstance.running.engine import LOG, NO_CACHE, Engine
from azstance.running.settings import cache_folder, read_settings
from azstance.store.folder import Folder
from azstance.store.job import Job
from azstance.store.rows import Row, article_row, sentence_rows, skipped_row
from azstance.store.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.read.sidecar import Sidecar

RECEIPTS = "units"
_AT_A_TIME = 32


class Worker:
    """Does the units of one job. The engine is loaded at the first article that needs it."""

    def __init__(self, job: str) -> None:
        """`job` is from `Job.to_json`. Raises CodebookError and ModelError."""
        self._job = Job.from_json(job)
        config = self._job.config
        self._folder = Folder(self._job.out)
        self._cache = None
        if config.cache != OFF:
            self._cache = Cache(cache_folder(config), config.cache_mb * 10**6)
        self._engine = Engine(load_codebook(config.codebook), config, self._cache)
        self._sidecars: dict[str, Sidecar] = {}

    def __call__(self, task: str) -> str:
        """Do a task of `task_text`; the receipt of its unit comes back."""
        data = json.loads(task)
        unit = Unit.from_json(data["unit"])
        parts = _Parts()
        claims = []
        settings = read_settings(self._job.config)
        for item in read_unit(unit, settings, sidecars=self._sidecars):
            if isinstance(item, Skipped):
                parts.skip(item)
                continue
            claim = item.claim
            claims.append([claim.order, claim.number, claim.source, claim.record, claim.several])
            parts.add(self._analysed(item, data["ids"]))
        if self._cache:
            self._cache.flush()
        for table, content in parts.written():
            self._folder.write(f"{table}/{unit.name}.parquet", content)
        receipt = json.dumps(
            {
                "unit": unit.name,
                "ids": data["ids"],
                **parts.counts,
                "claims": claims,
                "skipped": parts.skipped,
                "pipeline": dataclasses.astuple(self._engine.info) if claims else None,
            }
        )
        self._folder.write(f"{RECEIPTS}/{unit.name}.json", receipt.encode())
        return receipt

    def close(self) -> None:
        """Keep the cache to its limit, and tell of one that could not be used."""
        if self._cache:
            self._cache.close()
            if self._cache.problem:
                LOG.warning(NO_CACHE, self._cache.path, self._cache.problem)

    def _analysed(self, found: Found, ids: dict[str, str]) -> Any:
        key = ":".join(map(str, found.claim.key))
        article = found.article
        return self._engine(replace(article, id=ids.get(key, article.id)))


class _Parts:
    """The rows of a unit as Parquet, table by table; some articles are held as rows at a time."""

    def __init__(self) -> None:
        self.counts = {"articles": 0, "sentences": 0}
        self.skipped: list[Row] = []
        self._rows: dict[str, list[Row]] = {"articles": [], "sentences": []}
        self._writers: dict[str, tuple[Any, Any]] = {}
        self._held = 0

    def add(self, result: Any) -> None:
        if isinstance(result, Skipped):
            self.skip(result)
            return
        self.counts["articles"] += 1
        self.counts["sentences"] += len(result.sentences)
        self._rows["articles"].append(article_row(result))
        self._rows["sentences"] += sentence_rows(result)
        self._held += 1
        if self._held >= _AT_A_TIME:
            self._write()

    def skip(self, skipped: Skipped) -> None:
        self.skipped.append(skipped_row(skipped))

    def written(self) -> Iterator[tuple[str, memoryview]]:
        """The tables that have rows, as the bytes of Parquet files."""
        self._write()
        for table, (writer, sink) in self._writers.items():
            writer.close()
            yield table, memoryview(sink.getvalue())

    def _write(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._held = 0
        for table, rows in self._rows.items():
            if not rows:
                continue
            schema = arrow_schema(table)
            if table not in self._writers:
                sink = pa.BufferOutputStream()
                self._writers[table] = pq.ParquetWriter(sink, schema, compression="zstd"), sink
            self._writers[table][0].write_table(pa.Table.from_pylist(rows, schema=schema))
            rows.clear()


def task_text(unit: Unit, ids: dict[str, str]) -> str:
    """A unit to be done, with the ids of articles that do not get the one they want.

    `ids` are by "order:number" of `azstance.read.naming.Claim.key`.
    """
    return json.dumps({"unit": unit.to_json(), "ids": ids}, sort_keys=True)
