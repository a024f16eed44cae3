"""A Ray cluster on loopback, in a process of its own that is driven by lines on standard input.

Started as `python loopback.py FOLDER WORKERS`: a head without CPUs and WORKERS machines of one CPU
each. It answers "ADDRESS CLIENT_ADDRESS" when all are up. "kill" kills the newest machine with
SIGKILL, its raylet and all that runs below it, and answers with the number of processes killed;
"add" starts another. The end of standard input ends everything.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

MEMORY = 78 * 2**20  # the least that Ray takes for its object store


def main(folder: str, workers: int) -> None:
    os.environ.update(SETTINGS, RAY_TMPDIR=folder)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    from ray.cluster_utils import Cluster

    port = _free_port()
    shared: dict[str, Any] = {"node_ip_address": "127.0.0.2", "object_store_memory": MEMORY}
    head = shared | {"num_cpus": 0, "include_dashboard": False, "ray_client_server_port": port}
    cluster = Cluster(initialize_head=True, shutdown_at_exit=True, head_node_args=head)
    nodes = [cluster.add_node(wait=False, num_cpus=1, **shared) for _ in range(workers)]
    cluster.wait_for_nodes(60)
    print(cluster.address, f"ray://127.0.0.2:{port}", file=answers, flush=True)
    for line in sys.stdin:
        if line.strip() == "kill":
            print(_kill(nodes.pop()), file=answers, flush=True)
        elif line.strip() == "add":
            nodes.append(cluster.add_node(num_cpus=1, **shared))
            print("added", file=answers, flush=True)
    cluster.shutdown()


SETTINGS = {
    "DO_NOT_TRACK": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
    # Below `uv run`, the client server would take the current folder along.
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    # Ray's client server forks while its threads speak gRPC, and then does not always come up.
    "GRPC_ENABLE_FORK_SUPPORT": "0",
    # A machine that says nothing counts as dead after some seconds, not half a minute.
    "RAY_health_check_initial_delay_ms": "1000",
    "RAY_health_check_period_ms": "1000",
    "RAY_health_check_timeout_ms": "3000",
    "RAY_health_check_failure_threshold": "3",
}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _kill(node: Any) -> int:
    """SIGKILL for every process of the machine at once: what pulling the plug does."""
    ours = [item.process.pid for group in node.all_processes.values() for item in group]
    below = ours + [pid for root in ours for pid in descendants(root)]
    for pid in below:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(below)


def descendants(root: int) -> list[int]:
    """The processes below one, from the table of processes of the system."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found: list[int] = []
    waiting = [root]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
