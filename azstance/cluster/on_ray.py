"""The connection to a Ray cluster, and the watch over its machines. In the Daft process only."""

from __future__ import annotations

import importlib
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any


def connect(address: str, environment: Mapping[str, str]) -> int:
    """Connect Daft to the Ray cluster at `address`; the number of CPUs that it has.

    `environment` is set in every worker process. Raises whatever Ray raises.
    """
    import daft

    ray = _ray()
    ray.init(
        address=address,
        runtime_env={"env_vars": dict(environment)},
        log_to_driver=False,
        logging_level=logging.CRITICAL,
    )
    # No address: Daft takes the connection that is there.
    daft.set_runner_ray()
    return int(ray.cluster_resources().get("CPU", 0))


def disconnect() -> None:
    """Tell the cluster that this job is over."""
    with suppress(Exception):
        _ray().shutdown()


def watch_machines(every: float, lost: Callable[[int], None]) -> Callable[[], None]:
    """A function for a thread: tell `lost` how many machines of those at the start have died.

    `every` is the number of seconds between two looks. A look that fails is no news: if the
    whole cluster is gone, the work itself ends with an error.
    """
    known = _alive()

    def watch() -> None:
        told = 0
        while True:
            time.sleep(every)
            try:
                gone = len(known - _alive())
            except Exception:
                continue
            if gone > told:
                told = gone
                lost(gone)

    return watch


def _alive() -> set[str]:
    return {str(node["NodeID"]) for node in _ray().nodes() if node["Alive"]}


def _ray() -> Any:
    """The module, without its types: not all that is called here has any."""
    return importlib.import_module("ray")
