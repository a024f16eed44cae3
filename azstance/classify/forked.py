"""Several pieces of work at once in forked processes, which see the data without a copy."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
_WORK: dict[str, Callable[[int], Any]] = {}


def each(work: Callable[[int], T], count: int, jobs: int) -> Iterator[T]:
    """`work(0)`, `work(1)` ... in their order, in `jobs` processes where they can be forked."""
    if jobs < 2 or sys.platform in ("win32", "darwin") or not hasattr(os, "fork"):
        yield from map(work, range(count))
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    _WORK["work"] = work
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork"))
    try:
        yield from pool.map(_call, range(count))
    finally:
        pool.shutdown(cancel_futures=True)
        del _WORK["work"]


def _call(number: int) -> Any:
    return _WORK["work"](number)
