"""What runs in each worker process: the class that does units, and what becomes of its errors."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from azstance.cluster.messages import Message
from azstance.cluster.problems import describe
from azstance.errors import ArticleError, AzstanceError


class Doer:
    """Does units one after the other with one worker, which is made at the first of them.

    `worker` names the worker's class as "package.module:Class"; `version` is the azstance of
    the machine that gave the order. Nothing is raised: each unit becomes a `Message`.
    """

    def __init__(self, job: str, worker: str, version: str) -> None:
        self._job = job
        self._path = worker
        self._version = version
        self._worker: Callable[[str], str] | None = None

    def do(self, index: int, unit: str) -> Message:
        """Do one unit. An error that has to do with this unit alone does not stop the others."""
        try:
            if self._worker is None:
                self._worker = self._load()
            return Message("unit", index, text=self._worker(unit))
        except AzstanceError as error:
            return Message(
                "unit",
                index,
                problem=error.problem,
                where=error.where,
                remedy=error.remedy,
                final=not isinstance(error, ArticleError),
            )
        except (Exception, SystemExit) as error:
            return Message("unit", index, problem=describe(error))

    def _load(self) -> Callable[[str], str]:
        here = installed_version()
        if here != self._version:
            raise AzstanceError(
                f"a machine of the cluster has azstance {here}, this one has {self._version}",
                remedy="Install the same version everywhere.",
            )
        module, _, name = self._path.partition(":")
        made: Callable[[str], str] = getattr(importlib.import_module(module), name)(self._job)
        return made


def installed_version() -> str:
    """The version of azstance that is installed where this runs."""
    from importlib import metadata

    try:
        return metadata.version("azstance")
    except metadata.PackageNotFoundError:
        return "of no known version"
