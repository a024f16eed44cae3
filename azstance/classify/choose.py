"""Which classifier codes: the one that was asked for, or the best that the codebook has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from azstance.classify.coder import Coder
from azstance.errors import ModelError
from azstance.resources import codebook_folder

if TYPE_CHECKING:
    from azstance.codebook import Codebook

CUES = "cues"


def make_coder(codebook: Codebook, wanted: str | None) -> Coder:
    """A coder with the classifier `wanted`: minilm, lexical, cues (none), or a folder of weights.

    None takes the best that the codebook has weights for, and its cues alone where it has none.
    Raises ModelError where the weights are missing, damaged or of another codebook.
    """
    if wanted == CUES:
        return Coder(codebook)
    from azstance.classify import weights

    have = weights.available(codebook)
    if wanted is None and not have:
        return Coder(codebook)
    name = have[0] if wanted is None else wanted
    if name in weights.NAMES:
        if name not in have:
            problem = f"the codebook {codebook.name} has no weights for the model {name}"
            raise ModelError(problem, where="--model", remedy=_remedy(codebook, name, have))
        folder = weights.model_folder(codebook, name)
    else:
        folder = Path(name)
        if not (folder / weights.JSON).is_file():
            known = ", ".join((*weights.NAMES, CUES))
            problem = f'"{name}" is no model and no folder with a {weights.JSON}'
            raise ModelError(problem, where="--model", remedy=f"There are: {known}.")
    rebuild = rebuild_command(codebook, name if name in weights.NAMES else None, folder)
    model = weights.load(folder, codebook, rebuild)
    if not model.reads_meaning:
        return Coder(codebook, model)
    from azstance.classify.embed import Encoder

    return Coder(codebook, model, Encoder())


def _remedy(codebook: Codebook, name: str, have: list[str]) -> str:
    command = rebuild_command(codebook, name, None)
    return f"Train it: {command}, or choose {', '.join((*have, CUES))}."


def rebuild_command(codebook: Codebook, name: str | None, folder: Path | None) -> str:
    """The command that trains the weights anew."""
    parts = ["azstance train"]
    if codebook.folder != codebook_folder():  # a copy of it may bear its name
        parts.append(f"--codebook {codebook.folder}")
    if name:
        parts.append(f"--model {name}")
    elif folder:
        parts.append(f"--model NAME --output {folder}")
    return " ".join(parts)
