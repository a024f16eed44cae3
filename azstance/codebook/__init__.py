"""Codebooks: what the frames mean, the phrases that carry them, the actors and their names.

A codebook is a folder of TOML files; docs/codebooks.md says how to write one.
"""

from azstance.codebook.model import (
    ABOUT,
    Actor,
    Codebook,
    CueEntry,
    Example,
    Frame,
    codebook_info,
)
from azstance.codebook.reading import check_codebook, load_codebook

__all__ = [
    "ABOUT",
    "Actor",
    "Codebook",
    "CueEntry",
    "Example",
    "Frame",
    "check_codebook",
    "codebook_info",
    "load_codebook",
]
