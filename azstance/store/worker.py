"""Does one unit after the other: reads its articles, analyses them, and writes its parts.

A unit writes its parts first and its receipt last: where the receipt is, the parts are whole. To
do a unit twice does no harm, whoever does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from azstance.codebook import load_codebook
from azstance.read.units import read_unit
from azstance.records import ArticleResult, Skipped
from azstance.running.codec import from_json, to_json
from azstance.running.engine import Engine
from azstance.running.settings import read_settings
from azstance.store.folder import Folder
from azstance.store.job import Job
from azstance.store.receipt import Receipt, Task
from azstance.store.rows import Row, Writer, article_row, sentence_rows
from azstance.store.schema import RECEIPTS

if TYPE_CHECKING:
    from azstance.read.naming import Claim
    from azstance.read.sidecar import Sidecar

_AT_A_TIME = 32


class Worker:
    """Does the units of one job. The engine is loaded at the first article that needs it."""

    def __init__(self, job: str) -> None:
        """`job` is from `Job.to_json`. Raises CodebookError and ModelError."""
        self._job = Job.from_json(job)
        config = self._job.config
        self._folder = Folder(self._job.out)
        self._engine = Engine(load_codebook(config.codebook), config)
        self._sidecars: dict[str, Sidecar] = {}

    def __call__(self, text: str) -> str:
        """Do a task, given as text; the receipt of its unit comes back as text."""
        task = from_json(Task, text)
        parts = _Parts()
        claims: list[Claim] = []
        skipped: list[Skipped] = []
        settings = read_settings(self._job.config)
        found = read_unit(task.unit, settings, self._sidecars, self._engine.page)
        for item in found:
            if isinstance(item, Skipped):
                skipped.append(item)
                continue
            claims.append(item.claim)
            id = task.ids.get(item.claim.key, item.article.id)
            outcome = self._engine(replace(item.article, id=id))
            parts.add(outcome) if isinstance(outcome, ArticleResult) else skipped.append(outcome)
        self._engine.flush()
        for table, content in parts.written():
            self._folder.write(f"{table}/{task.unit.name}.parquet", content)
        receipt = Receipt(
            unit=task.unit.name,
            ids=task.ids,
            articles=parts.counts["articles"],
            sentences=parts.counts["sentences"],
            claims=tuple(claims),
            skipped=tuple(skipped),
            pipeline=self._engine.info if claims else None,
        )
        told = to_json(receipt)
        self._folder.write(f"{RECEIPTS}/{receipt.unit}.json", told.encode("ascii"))
        return told

    def close(self) -> None:
        """Let go of the cache, and tell of one that could not be used."""
        self._engine.close()


_ROWS: dict[str, Callable[[ArticleResult], list[Row]]] = {
    "articles": lambda result: [article_row(result)],
    "sentences": sentence_rows,
}


class _Parts:
    """The rows of a unit as Parquet, table by table; some articles are held as rows at a time."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(_ROWS, 0)
        self._rows: dict[str, list[Row]] = {table: [] for table in _ROWS}
        self._writers: dict[str, Writer] = {}

    def add(self, result: ArticleResult) -> None:
        for table, rows_of in _ROWS.items():
            rows = rows_of(result)
            self.counts[table] += len(rows)
            self._rows[table] += rows
        if len(self._rows["articles"]) >= _AT_A_TIME:
            self._write()

    def written(self) -> Iterator[tuple[str, memoryview]]:
        """The tables that have rows, as the bytes of Parquet files."""
        self._write()
        for table, writer in self._writers.items():
            yield table, writer.close()

    def _write(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                if table not in self._writers:
                    self._writers[table] = Writer(table)
                self._writers[table].add(rows)
                rows.clear()
