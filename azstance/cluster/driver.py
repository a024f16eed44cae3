"""The Daft process: reads one order from standard input, writes messages to standard output.

Run by `process` as `python -m azstance.cluster.driver`. Daft and Ray may write what they like:
the real standard output is put aside before they are imported. The end of standard input means
that azstance is gone, and then so is this process and what it started.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any, TextIO

from azstance.cluster.doer import installed_version
from azstance.cluster.messages import Message, Order
from azstance.cluster.problems import describe
from azstance.cluster.quiet import remote_environment

LOOK_EVERY = 1.0
"""Seconds between two looks at which machines of the cluster are alive."""

LEAVE_WITHIN = 5.0
"""Seconds for signing off from the cluster."""

MOST_PARTITIONS = 2048
"""A partition comes back as a whole, so there are as many as Daft can keep account of cheaply."""


def main() -> None:
    """Do one order."""
    channel = _put_aside_stdout()
    order = Order.parse(sys.stdin.readline())
    leave = threading.Thread(target=_leave_with_azstance, args=(order.address,), daemon=True)
    leave.start()
    try:
        for message in _messages(order, channel):
            _say(channel, message)
    except BaseException as error:
        _say(channel, Message("failed", problem=describe(error)))
    channel.flush()
    if order.address is not None:
        _take_leave()
    # Daft and Ray have threads and exit hooks that can wait for machines that are gone.
    os._exit(0)


def _put_aside_stdout() -> TextIO:
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    return channel


_speaking = threading.Lock()


def _say(channel: TextIO, message: Message) -> None:
    with _speaking:
        channel.write(message.line() + "\n")
        channel.flush()


def _leave_with_azstance(address: str | None) -> None:
    # The descriptor, not sys.stdin: a thread that waits in a buffered read holds a lock that
    # the end of the interpreter needs.
    while os.read(0, 4096):
        pass
    if address is not None:
        _take_leave()
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _take_leave() -> None:
    """Sign off from the cluster, if it answers; it notices in any case that this process ends."""
    from azstance.cluster import on_ray

    polite = threading.Thread(target=on_ray.disconnect, daemon=True)
    polite.start()
    polite.join(LEAVE_WITHIN)


def _messages(order: Order, channel: TextIO) -> Iterator[Message]:
    """The messages of one round, in the order in which units come back."""
    import daft

    processes = order.processes
    if order.address is None:
        daft.set_runner_native()
        processes = processes or os.cpu_count() or 1
    else:
        from azstance.cluster import on_ray

        there = on_ray.connect(order.address, remote_environment())
        if there < 1:
            yield Message("failed", problem="the cluster has no CPU for work", final=True)
            return
        processes = min(processes or there, there)
        watch = on_ray.watch_machines(LOOK_EVERY, lambda n: _say(channel, Message("lost", count=n)))
        threading.Thread(target=watch, daemon=True).start()
    daft.set_execution_config(maintain_order=False, actor_udf_ready_timeout=order.ready_seconds)
    yield Message("connected", count=processes)
    for row in _frame(order, max(1, min(processes, len(order.units)))).iter_rows(None):
        yield Message.parse(row["message"])
    yield Message("done")


def _frame(order: Order, processes: int) -> Any:
    """A row per unit, with the column that does it; nothing runs before the rows are asked for."""
    import daft

    from azstance.cluster.udf import UnitColumn

    remote = order.address is not None
    column = daft.cls(
        UnitColumn,
        max_concurrency=processes,
        # On Ray each instance is an actor, which is a process already.
        use_process=None if remote else True,
        cpus=order.cpus if remote else None,
    )(order.job, order.worker, installed_version())
    numbers = list(range(len(order.units)))
    frame = daft.from_pydict({"index": numbers, "unit": list(order.units)})
    if remote:
        frame = frame.into_partitions(min(len(numbers), MOST_PARTITIONS))
    return frame.select(column.do(daft.col("index"), daft.col("unit")).alias("message"))


if __name__ == "__main__":
    main()
