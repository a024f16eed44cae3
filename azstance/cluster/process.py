"""The Daft process, seen from azstance: started, listened to, and ended whatever state it is in."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from types import TracebackType
from typing import IO

from azstance.cluster.messages import Message, Order
from azstance.cluster.quiet import environment

ENDING = 10.0
"""Seconds that a process that has said its last word may take to end."""


class DaftProcess:
    """A process of its own for Daft and Ray, as a context manager that leaves nothing running.

    Daft settles on a runner once per process, Ray prints what it likes, and both can wait for
    ever for a machine that is gone. A process can be silenced, and it can be ended.
    """

    def __init__(self, order: Order) -> None:
        self._messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._remote = order.address is not None
        variables = environment(os.environ)
        # For Daft's sockets, which stay behind when it is killed. Ray's own are elsewhere.
        self._folder = tempfile.TemporaryDirectory(prefix="azstance-", ignore_cleanup_errors=True)
        if not self._remote:
            variables["TMPDIR"] = self._folder.name
        self._process = subprocess.Popen(
            [sys.executable, "-m", "azstance.cluster.driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=variables,
            encoding="utf-8",
            # Its own process group: what it starts can be ended with it, and Ctrl-C is ours.
            start_new_session=True,
        )
        self._threads = [
            threading.Thread(target=self._send, args=(order.line() + "\n",), daemon=True),
            threading.Thread(target=self._read, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> DaftProcess:
        return self

    def next(self, seconds: float) -> Message | None:
        """The next message, or None if there is none within `seconds`.

        A process that ends before it has said "done" or "failed" gives a "failed".
        """
        with suppress(queue.Empty):
            return self._messages.get(timeout=max(seconds, 0.001))
        return None

    def end(self, patience: float = 0.0) -> None:
        """End the process and all that it started, at the latest after `patience` seconds.

        On a cluster it is given a moment to sign off: otherwise Ray keeps the CPUs of a client
        that has gone for another half minute, in case it comes back.
        """
        if not patience and self._remote and not self._threads[0].is_alive():
            patience = ENDING
            _close(self._process.stdin)
        if patience:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        _end_group(self._process)
        self._process.wait()
        for thread in self._threads:
            thread.join(ENDING)
        for pipe in (self._process.stdin, self._process.stdout):
            _close(pipe)
        self._folder.cleanup()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def _send(self, line: str) -> None:
        # In a thread: an order longer than the pipe waits for a reader, who may never come.
        if self._process.stdin is not None:
            with suppress(OSError, ValueError):
                self._process.stdin.write(line)
                self._process.stdin.flush()

    def _read(self) -> None:
        over = False
        for line in self._process.stdout or ():
            with suppress(ValueError, TypeError):
                message = Message.parse(line)
                over = message.kind in ("done", "failed")
                self._messages.put(message)
        if not over:
            self._messages.put(Message("failed", problem=_how_it_ended(self._process)))


def _close(pipe: IO[str] | None) -> None:
    if pipe is not None:
        with suppress(OSError):
            pipe.close()


def _end_group(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _how_it_ended(process: subprocess.Popen[str]) -> str:
    try:
        code = process.wait(ENDING)
    except subprocess.TimeoutExpired:
        return "the Daft process stopped answering"
    return f"the Daft process ended unexpectedly (exit code {code})"
