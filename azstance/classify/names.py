"""Which classifiers a codebook has, and their files; nothing here imports numpy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from azstance.errors import ModelError
from azstance.resources import codebook_folder

if TYPE_CHECKING:
    from azstance.codebook import Codebook

JSON, ARRAYS = "model.json", "weights.npz"
CUES = "cues"
NAMES = ("minilm", "lexical")
"""The classifiers there are, the best first."""


def model_folder(codebook: Codebook, name: str) -> Path:
    """Where the weights of a codebook's classifier are kept."""
    return codebook.folder / "models" / name


def available(codebook: Codebook) -> list[str]:
    """Names of the classifiers that the codebook has weights for, the best first."""
    return [name for name in NAMES if (model_folder(codebook, name) / JSON).is_file()]


def chosen(codebook: Codebook, wanted: str | None) -> tuple[str, Path] | None:
    """Name and folder of the classifier `wanted`; None where cues alone code.

    Raises ModelError where there is none of that name.
    """
    have = available(codebook)
    if wanted == CUES or (wanted is None and not have):
        return None
    name = have[0] if wanted is None else wanted
    if name in NAMES:
        if name not in have:
            problem = f"the codebook {codebook.name} has no weights for the model {name}"
            raise ModelError(problem, where="--model", remedy=_remedy(codebook, name, have))
        return name, model_folder(codebook, name)
    folder = Path(name)
    if not (folder / JSON).is_file():
        known = ", ".join((*NAMES, CUES))
        problem = f'"{name}" is no model and no folder with a {JSON}'
        raise ModelError(problem, where="--model", remedy=f"There are: {known}.")
    return name, folder


def model_files(codebook: Codebook, wanted: str | None) -> list[Path]:
    """The files of the classifier `wanted`; none where cues alone code."""
    found = chosen(codebook, wanted)
    return (
        [path for path in (found[1] / JSON, found[1] / ARRAYS) if path.is_file()] if found else []
    )


def _remedy(codebook: Codebook, name: str, have: list[str]) -> str:
    command = rebuild_command(codebook, name, None)
    return f"Train it: {command}, or choose {', '.join((*have, CUES))}."


def rebuild_command(codebook: Codebook, name: str | None, folder: Path | None) -> str:
    """The command that trains the weights anew."""
    import shlex

    parts = ["azstance", "train"]
    if codebook.folder != codebook_folder():  # a copy of it may bear its name
        parts += ["--codebook", str(codebook.folder)]
    if name:
        parts += ["--model", name]
    elif folder:
        parts += ["--model", "NAME", "--output", str(folder)]
    return shlex.join(parts)
