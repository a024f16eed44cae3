"""Scoring on many processes and many machines, with Daft and Ray (the extra `azstance[cluster]`).

This package is the only home of daft and ray. Neither is ever imported in the process of the
user: `engine` starts a process of its own for them, and speaks with it in lines of JSON.
"""

from __future__ import annotations

from azstance.cluster.engine import Limits, run_units
from azstance.cluster.problems import ClusterError

__all__ = ["ClusterError", "Limits", "run_units"]
