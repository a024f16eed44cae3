"""The coder of a run: with the classifier that was asked for, or the best that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.classify.coder import Coder
from azstance.classify.names import NAMES, chosen, rebuild_command

if TYPE_CHECKING:
    from azstance.codebook import Codebook


def make_coder(codebook: Codebook, wanted: str | None) -> Coder:
    """A coder with the classifier `wanted`: minilm, lexical, cues (none), or a folder of weights.

    None takes the best that the codebook has weights for, and its cues alone where it has none.
    Raises ModelError where the weights are missing, damaged or of another codebook.
    """
    found = chosen(codebook, wanted)
    if found is None:
        return Coder(codebook)
    from azstance.classify import weights

    name, folder = found
    rebuild = rebuild_command(codebook, name if name in NAMES else None, folder)
    model = weights.load(folder, codebook, rebuild)
    if not model.reads_meaning:
        return Coder(codebook, model)
    from azstance.classify.embed import Encoder

    return Coder(codebook, model, Encoder())
