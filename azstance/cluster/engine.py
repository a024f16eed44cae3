"""Units of work on many processes or many machines, come what may: rounds of Daft.

A round gives all units that are still to be done to Daft. Daft itself replaces a process that
died, as long as there is room for it; what it cannot cure ends the round, and the next one goes
on with the units that have not come back. It does no harm to do a unit twice.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec

from azstance.cluster.messages import Message, Order
from azstance.cluster.problems import DIED, ClusterError, describe, unit_name
from azstance.cluster.process import ENDING, DaftProcess

WORKER = "azstance.store.worker:Worker"

_AGAIN = "What is done is kept. Mend the cause and run the same command with --resume."


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait and how often to try again; times in seconds.

    cpus: the part of a CPU that each process reserves on Ray. With a half, the processes of a
        machine that died find room on the others; with 1 they would have to wait for a new one.
    """

    connect: float = 60.0  # until Daft and the cluster answer
    connect_tries: int = 2  # Ray's client server does not always come up at the first request
    ready: float = 300.0  # until Ray has started the worker processes
    silence: float = 3600.0  # between two units that come back
    after_loss: float = 60.0  # the same, once a machine of the cluster has died
    idle_rounds: int = 3  # rounds in a row in which nothing was done
    rounds: int = 25  # rounds in all
    failed_units: int = 20  # units that may fail before the run stops
    cpus: float = 0.5


@dataclass(slots=True)
class _Run:
    """Where a run stands."""

    job: str
    units: Sequence[str]
    address: str | None
    jobs: int
    worker: str
    limits: Limits
    say: Callable[[str], None]
    pending: dict[int, None] = field(default_factory=dict)  # in the order of the units
    failed: list[tuple[int, str]] = field(default_factory=list)
    processes: int = 1  # in the round before
    reached: bool = False  # Daft and the cluster have answered once


@dataclass(slots=True)
class _Round:
    """What a round has seen so far. `problem` says why it ended before its time."""

    chosen: list[int]
    careful: bool  # one process, so that a unit that kills its process can be told
    connected: bool = False
    lost: int = 0
    moved: bool = False  # a unit came back, or was found to be the one that kills
    problem: str | None = None


def run_units(  # noqa: PLR0913
    job: str,
    units: Sequence[str],
    *,
    address: str | None,
    jobs: int,
    worker: str = WORKER,
    say: Callable[[str], None] | None = None,
    limits: Limits | None = None,
) -> Iterator[str]:
    """Do every unit, and yield the worker's answer for each as it comes back, in no fixed order.

    `job` and each of `units` are JSON texts that the worker understands; `worker` names its
    class as "package.module:Class", made with the job in each process and called with a unit.
    `address` is None for processes on this machine, or that of a Ray cluster: "ray://HOST:10001",
    "HOST:6379" from a machine of the cluster, or "auto". `jobs` is the largest number of
    processes; 0 means one per CPU, of this machine or of the cluster. `say` is given a line of
    plain words when something went wrong and the run goes on.

    A unit whose work fails does not stop the others: when they are done, ClusterError names it.
    Raises ClusterError too if Daft or the cluster is missing, cannot be reached or keeps failing.
    """
    check_address(address)
    check_installed(address)
    check_answers(address)
    run = _Run(job, units, address, jobs, worker, limits or Limits(), say or _silent)
    run.pending = dict.fromkeys(range(len(units)))
    return _rounds(run)


def check_address(address: str | None) -> None:
    """Raise ClusterError for an address that Ray would misunderstand."""
    if address is None or address == "auto":
        return
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if not (host and colon and port.isdecimal() and "/" not in host):
        raise ClusterError(
            f"{address!r} is not the address of a Ray cluster",
            where="--cluster",
            remedy='Give ray://HOST:10001, or "auto" on a machine of the cluster.',
        )


def check_installed(address: str | None) -> None:
    """Raise ClusterError if Daft, or Ray where there is an address, is not installed."""
    for package, needed in (("daft", True), ("ray", address is not None)):
        if needed and find_spec(package) is None:
            raise ClusterError(
                f"{package} is not installed",
                where="--engine daft",
                remedy="Install it with: pip install 'azstance[cluster]'",
            )


def check_answers(address: str | None, within: float = 10.0) -> None:
    """Raise ClusterError if nothing answers at `address` within so many seconds.

    Ray itself takes a minute or more to say so.
    """
    if address is None or address == "auto":
        return
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), within).close()
    except (OSError, OverflowError, UnicodeError) as error:
        said = getattr(error, "strerror", None) or describe(error)
        raise _unreachable(address, f"nothing answers there ({said})") from None


def _silent(_line: str) -> None:
    """Say nothing."""


def _rounds(run: _Run) -> Iterator[str]:
    idle = rounds = 0
    while run.pending:
        this = _choose(run, careful=idle > 0 and run.reached)
        yield from _one_round(run, this)
        if this.problem is None:
            idle = 0
            continue
        rounds += 1
        _blame(run, this)
        idle = 0 if this.moved else idle + 1
        _go_on(run, this, idle, rounds)
    if run.failed:
        raise _units_failed(run)


def _choose(run: _Run, *, careful: bool) -> _Round:
    chosen = list(run.pending)
    return _Round(chosen[: 2 * run.processes] if careful else chosen, careful)


def _one_round(run: _Run, this: _Round) -> Iterator[str]:
    order = Order(
        job=run.job,
        units=[run.units[index] for index in this.chosen],
        address=run.address,
        processes=1 if this.careful else run.jobs,
        worker=run.worker,
        cpus=run.limits.cpus,
        ready_seconds=max(1, int(run.limits.ready)),
    )
    with DaftProcess(order) as process:
        heard = time.monotonic()
        while this.problem is None:
            limit = _patience(run.limits, this)
            message = process.next(heard + limit - time.monotonic())
            if message is None:
                this.problem = _silence(this, limit)
            elif message.kind == "done":
                this.problem = _all_back(run, this)
                process.end(ENDING)
                break
            else:
                yield from _take(run, this, message)
                # Not before: whoever takes the answers may take his time.
                heard = time.monotonic()


def _patience(limits: Limits, this: _Round) -> float:
    if not this.connected:
        return limits.connect
    return limits.after_loss if this.lost else max(limits.silence, limits.ready)


def _silence(this: _Round, limit: float) -> str:
    if not this.connected:
        return f"no answer within {limit:g} s"
    if this.lost:
        machines = "a machine" if this.lost == 1 else f"{this.lost} machines"
        return f"{machines} of the cluster died, and nothing came back within {limit:g} s"
    return f"nothing came back within {limit:g} s"


def _all_back(run: _Run, this: _Round) -> str | None:
    missing = sum(index in run.pending for index in this.chosen)
    return f"Daft ended without {missing} of the units" if missing else None


def _take(run: _Run, this: _Round, message: Message) -> Iterator[str]:
    """Take in one message from Daft; yields the answer of the worker, if it is one."""
    if message.kind == "connected":
        this.connected = run.reached = True
        if not this.careful:
            run.processes = message.count
    elif message.kind == "lost":
        this.lost = message.count
    elif message.kind == "failed":
        this.problem = message.problem or "Daft failed"
        if message.final:
            raise ClusterError(this.problem, where=_where(run), remedy=message.remedy)
    elif message.kind == "unit":
        index = this.chosen[message.index]
        if index not in run.pending:
            return
        this.moved = True
        if message.text is not None:
            del run.pending[index]
            yield message.text
        else:
            _unit_failed(run, index, message)


def _unit_failed(run: _Run, index: int, message: Message) -> None:
    problem = message.problem or "no answer"
    if message.final:
        raise ClusterError(problem, where=message.where, remedy=message.remedy)
    place = f"{message.where}: " if message.where else ""
    _set_aside(run, index, f"{place}{problem}")


def _set_aside(run: _Run, index: int, problem: str) -> None:
    del run.pending[index]
    run.failed.append((index, problem))
    if len(run.failed) >= run.limits.failed_units:
        raise _units_failed(run)


def _blame(run: _Run, this: _Round) -> None:
    """With one process, units are done in their order: the first without answer is at fault."""
    silent = this.problem == _silence(this, _patience(run.limits, this))
    if this.careful and this.connected and not this.lost and (silent or this.problem in DIED):
        first = next((index for index in this.chosen if index in run.pending), None)
        if first is not None:
            this.moved = True
            _set_aside(run, first, f"the work on it does not end well: {this.problem}")


def _go_on(run: _Run, this: _Round, idle: int, rounds: int) -> None:
    if not run.reached and rounds >= run.limits.connect_tries:
        raise _unreachable(run.address, this.problem or "no answer")
    if idle >= run.limits.idle_rounds or rounds >= run.limits.rounds:
        raise ClusterError(
            f"the work was broken off {rounds} times, with {len(run.pending)} of "
            f"{len(run.units)} units still to do; the last time: {this.problem}",
            where=_where(run),
            remedy=_AGAIN,
        )
    if not run.reached:
        run.say(f"{this.problem}; trying to connect once more.")
    elif run.pending:
        count = len(run.pending)
        run.say(f"{this.problem}; going on with {count} unit{'s' * (count != 1)} not yet back.")


def _unreachable(address: str | None, problem: str) -> ClusterError:
    if address is None:
        return ClusterError(
            f"Daft does not start: {problem}",
            where="--engine daft",
            remedy="Install it anew: pip install --force-reinstall 'azstance[cluster]'",
        )
    return ClusterError(
        f"the cluster cannot be reached: {problem}",
        where=f"--cluster {address}",
        remedy="See that it is up, that this machine may connect to it, and that Python, Ray and "
        "Daft have the same versions on both.",
    )


def _where(run: _Run) -> str:
    return "--engine daft" if run.address is None else f"--cluster {run.address}"


def _units_failed(run: _Run) -> ClusterError:
    failed = sorted(run.failed)
    told = "; ".join(f"{unit_name(run.units[index])}: {problem}" for index, problem in failed[:3])
    more = f"; and {len(failed) - 3} more" if len(failed) > 3 else ""
    left = " and the run stopped there" if run.pending else ""
    return ClusterError(
        f"{len(failed)} of {len(run.units)} units failed{left}: {told}{more}",
        where=_where(run),
        remedy=_AGAIN,
    )
