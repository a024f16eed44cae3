"""The environment of the Daft process: one thread per process, no chatter, nothing phoned home."""

from __future__ import annotations

from collections.abc import Mapping

ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""One process per CPU does the work, so a second thread in any of them only takes turns."""

NO_REPORTS = {
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "1",
    "DAFT_ANALYTICS_ENABLED": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""Daft reports its import and its runner, Ray its use, to their makers, unless told not to."""

NO_CHATTER = {
    "DAFT_PROGRESS_BAR": "0",
    "RAY_TQDM": "0",
    "RAY_DEDUP_LOGS": "0",
    "RAY_DISABLE_DASHBOARD": "1",
    "PYTHONWARNINGS": "ignore",
    "GLOG_minloglevel": "3",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
}

SETTLED = {
    # A folder of the user that happens to hold ray/ or daft.py must not be imported as theirs.
    "PYTHONSAFEPATH": "1",
    # Below `uv run`, Ray would send the whole current folder to every machine.
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
}

_NOT_OURS = ("DAFT_RUNNER", "DAFT_RAY_ADDRESS", "RAY_ADDRESS", "DAFT_DASHBOARD_URL")
"""Left over in a shell, these would send the work somewhere other than where the user said."""


def environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment for the Daft process, made from the one that azstance was started in."""
    kept = {name: value for name, value in inherited.items() if name not in _NOT_OURS}
    return kept | ONE_THREAD | NO_REPORTS | NO_CHATTER | SETTLED


def remote_environment() -> dict[str, str]:
    """What the worker processes on other machines are given on top of their own environment."""
    return ONE_THREAD | NO_REPORTS | {"DAFT_PROGRESS_BAR": "0"}
