"""Which cues could be found in an article, judged by its words alone.

A phrase cannot be found where a word of it does not occur. So the codes of an article depend on
the cues whose words all occur in it and on no other cue: an edit of the lexicon leaves the codes of
all articles alone that could hold neither the old phrase nor the new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.phrases import Word
from azstance.running.keys import row_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from azstance.codebook import Codebook
    from azstance.nlp.lexicon import Forms


class Possible:
    """The cues of a codebook, by the words they need."""

    def __init__(self, codebook: Codebook, forms: Forms) -> None:
        from azstance.nlp.lexicon import actor_lists, phrase_index

        rows = [(cue, phrase) for cue in codebook.cues for phrase in cue.phrases]
        self._rows = [row_of(cue, phrase) for cue, phrase in rows]
        self._index = phrase_index((phrase for _, phrase in rows), codebook.words, forms)
        names = [actor.name for actor in codebook.actors]
        self._lists = sorted({each for name in names for each in actor_lists(name, codebook.pair)})

    def rows(self, vocabulary: Iterable[tuple[str, str]]) -> list[tuple[object, ...]]:
        """What there is to say of each cue that could be found, in the codebook's order.

        `vocabulary` has the pairs of form and lemma that occur in the article.
        """
        words = [Word(lower, lemma) for lower, lemma in vocabulary]
        return [self._rows[key] for key in self._index.possible(words, self._lists)]
