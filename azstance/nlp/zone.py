"""Words of texts that were done with are let go of, or memory would grow with every new name."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from azstance.nlp.shared import prepare_all

if TYPE_CHECKING:
    from spacy.language import Language

TEXTS = 256
"""A pipeline forgets words after so many texts: each time it has to learn the common ones anew."""


class Zone:
    """Counts the texts that a pipeline sees, and lets it forget their words now and then.

    What the components look up is built before: it has to stay. Documents of an earlier text must
    not be used any more when the next one is begun.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._texts = 0
        self._open = ExitStack()

    def next_text(self) -> None:
        """Say that a text is begun."""
        if self._texts % TEXTS == 0:
            if not self._texts:
                prepare_all(self._nlp)
            self._open.close()
            self._open.enter_context(self._nlp.memory_zone())
        self._texts += 1
