"""Annotating many articles, in this process or in several, one window of articles at a time.

Workers are forked after the pipeline is loaded, so that they share it and start at once. Where a
process cannot be forked safely (Windows, macOS) everything runs in this one. Which process an
article goes to changes nothing: each is annotated by itself, and they come back in their order.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from azstance.errors import ArticleError
from azstance.nlp.pipeline import annotate
from azstance.records import Article, Sentence, Skipped

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from spacy.language import Language

T = TypeVar("T")
Finish = Callable[[Article, "tuple[Sentence, ...]"], T]
_FEW = 3
_WINDOW = 16
_SHARED: dict[str, Any] = {}


def annotate_all(
    nlp: Language, articles: Iterable[Article], jobs: int, finish: Finish[T]
) -> Iterator[tuple[Article, T | Skipped]]:
    """Annotate articles in their order, and give what `finish` makes of each and its sentences.

    `finish` runs where the article was annotated, and an article that cannot be is `Skipped`.
    `jobs` is the number of processes; 0 chooses by the number of processors, and one process for
    three articles or fewer. Memory holds a window of some articles per process.
    """
    waiting = iter(articles)
    first = list(islice(waiting, _FEW + 1))
    count = jobs or (processors() if len(first) > _FEW else 1)
    everything = chain(first, waiting)
    if count < 2 or sys.platform in ("win32", "darwin") or not hasattr(os, "fork"):
        for article in everything:
            yield article, _annotate(nlp, article, finish)
        return
    yield from _in_processes(nlp, everything, count, finish)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _annotate(nlp: Language, article: Article, finish: Finish[T]) -> T | Skipped:
    try:
        return finish(article, annotate(nlp, article))
    except ArticleError as error:
        return Skipped(article.path, str(error))


def _in_processes(
    nlp: Language, articles: Iterator[Article], count: int, finish: Finish[T]
) -> Iterator[tuple[Article, T | Skipped]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    import azstance.nlp.extract  # noqa: F401 (loaded once, before the fork)
    from azstance.nlp.shared import prepare_all

    prepare_all(nlp)
    _SHARED.update(nlp=nlp, finish=finish)
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_ignore_interrupt)
    try:
        while window := list(islice(articles, _WINDOW * count)):
            yield from zip(window, _spread(pool, window), strict=True)
    finally:
        pool.shutdown(cancel_futures=True)
        _SHARED.clear()


def _spread(pool: ProcessPoolExecutor, window: Sequence[Article]) -> Iterator[Any]:
    """Hand out the longest articles first, so that the processes end together."""
    by_length = sorted(range(len(window)), key=lambda i: (-_length(window[i]), i))
    tasks = {i: pool.submit(_work, window[i]) for i in by_length}
    return (tasks[i].result() for i in range(len(window)))


def _length(article: Article) -> int:
    return sum(len(block.text) for block in article.blocks)


def _work(article: Article) -> Any:
    return _annotate(_SHARED["nlp"], article, _SHARED["finish"])


def _ignore_interrupt() -> None:
    """Ctrl-C is answered by the first process alone."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
