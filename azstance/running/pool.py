"""The same work on many things, in this process or in several, one window of them at a time.

Workers are forked, so that they share what is loaded and start at once. Where a process cannot be
forked safely (Windows, macOS) everything runs in this one. Which process a thing goes to changes
nothing: each is worked on by itself, and the results come back in order.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")
_FEW = 3
_WINDOW = 16
_SHARED: dict[str, Any] = {}


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def can_fork() -> bool:
    """Whether processes can be forked safely here."""
    return hasattr(os, "fork") and sys.platform not in ("win32", "darwin")


def in_order(  # noqa: PLR0913
    things: Iterable[T],
    work: Callable[[T], R],
    jobs: int,
    *,
    size: Callable[[T], int] = lambda thing: 0,
    before: Callable[[], None] = lambda: None,
    after: Callable[[], None] = lambda: None,
) -> Iterator[tuple[T, R]]:
    """Each thing with what `work` makes of it.

    `jobs` is the number of processes; 0 chooses by the number of processors, and one process for
    three things or fewer. `before` runs once before processes are forked. `after` runs after each
    thing in the process that did it; in one process alone, at the end. `size` tells how long a
    thing takes: the longest are begun first. Memory holds a window of some things per process.
    """
    waiting = iter(things)
    first = list(islice(waiting, _FEW + 1))
    count = jobs or (processors() if len(first) > _FEW else 1)
    everything = chain(first, waiting)
    if count < 2 or not can_fork():
        for thing in everything:
            yield thing, work(thing)
        after()
        return
    before()
    yield from _in_processes(everything, work, count, size, after)


def _in_processes(
    things: Iterator[T],
    work: Callable[[T], R],
    count: int,
    size: Callable[[T], int],
    after: Callable[[], None],
) -> Iterator[tuple[T, R]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    _SHARED.update(work=work, after=after)
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin)
    try:
        # The next window is handed out while the results of this one are waited for.
        window = list(islice(things, _WINDOW * count))
        results = _spread(pool, window, size)
        while window:
            following = list(islice(things, _WINDOW * count))
            more = _spread(pool, following, size)
            yield from zip(window, results, strict=True)
            window, results = following, more
    finally:
        pool.shutdown(cancel_futures=True)
        _SHARED.clear()


def _spread(
    pool: ProcessPoolExecutor, window: Sequence[T], size: Callable[[T], int]
) -> Iterator[Any]:
    """Hand out the longest things first, so that the processes end together."""
    by_size = sorted(range(len(window)), key=lambda i: (-size(window[i]), i))
    tasks = {i: pool.submit(_work, window[i]) for i in by_size}
    return (tasks[i].result() for i in range(len(window)))


def _work(thing: Any) -> Any:
    try:
        return _SHARED["work"](thing)
    finally:
        _SHARED["after"]()


def _begin() -> None:
    """What a worker does first: Ctrl-C is answered by the first process alone.

    What was loaded before the fork is needed to the end, and an article leaves little behind that
    has to be searched for cycles: looking for them less often saves some hundredths of the time.
    """
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
