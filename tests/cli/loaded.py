"""The process of warm.py with the default pipeline and codebook loaded and used once as well.

Each request is answered by a fork, which has them for itself. Other pipelines and codebooks are
loaded as ever.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any


def _serve() -> None:
    import pkgutil
    from importlib import import_module

    import warm  # type: ignore[import-not-found, unused-ignore]

    from azstance.nlp import pipeline

    pipeline.one_thread()
    import azstance.checking
    import azstance.read
    import azstance.render.checks
    from azstance.codebook import Codebook, load_codebook

    for package in (azstance.checking, azstance.read, azstance.render.checks):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    codebook = load_codebook(None)
    load = pipeline.load
    nlp = load(None, codebook)
    nlp("Azerbaijan and Russia are strategic allies, he said.")

    def loaded(name: str | None, wanted: Codebook, forms: Any = None) -> object:
        same = name is None and wanted.digest == codebook.digest
        return nlp if same else load(name, wanted, forms)

    pipeline.load = loaded  # type: ignore[assignment]
    warm._serve()


if __name__ == "__main__":
    _serve()
else:
    from .command import ROOT, Warm, environment

    class Loaded(Warm):
        """Runs `azstance` like `run`, but forked from a process that has a pipeline loaded."""

        def __init__(self) -> None:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__))],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment(),
                text=True,
            )
