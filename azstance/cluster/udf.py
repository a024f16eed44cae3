"""The column of a Daft DataFrame that does the units: a class of Daft's, one instance per process.

Imported only by the Daft process and by the workers.
"""

from __future__ import annotations

import daft

from azstance.cluster.doer import Doer


class UnitColumn:
    """Holds a `Doer`, and with it the loaded pipeline, for as long as its process lives."""

    def __init__(self, job: str, worker: str, version: str) -> None:
        self.doer = Doer(job, worker, version)

    # One unit per batch: work spreads over the processes, and each result is there when it is made.
    @daft.method.batch(return_dtype=daft.DataType.string(), batch_size=1)
    def do(self, index: daft.Series, unit: daft.Series) -> list[str]:
        """The messages of some units, as lines."""
        pairs = zip(index.to_pylist(), unit.to_pylist(), strict=True)
        return [self.doer.do(number, text).line() for number, text in pairs]
