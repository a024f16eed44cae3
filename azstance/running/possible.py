"""Which cues could be found in an article, judged by its words alone.

A phrase cannot be found where a word of it does not occur. So the codes of an article depend on
the cues whose words all occur in it and on no other cue: an edit of the lexicon leaves the codes of
all articles alone that could hold neither the old phrase nor the new one. In the same way it leaves
the cues of most sentences alone in those that could.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from azstance.running.keys import digest, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from azstance.codebook import Codebook
    from azstance.nlp.lexicon import Forms
    from azstance.phrases import PhraseIndex

Row = tuple[object, ...]
Pair = tuple[str, str]
"""A word of a text: its form and its lemma."""


class Possible:
    """The cues of a codebook, a row for each of their phrases, by the words they need."""

    def __init__(self, codebook: Codebook, forms: Forms) -> None:
        """Indexes are built when they are needed, with what `forms` says and raises."""
        self.rows = [row_of(cue, phrase) for cue in codebook.cues for phrase in cue.phrases]
        self.state = digest("rows", self.rows)
        self._words = codebook.words
        self._forms = forms

        from azstance.nlp.lexicon import actor_lists

        names = [actor.name for actor in codebook.actors]
        self._lists = {each for name in names for each in actor_lists(name, codebook.pair)}

    def index(self, rows: Iterable[Row]) -> PhraseIndex:
        """An index of the phrases of some rows, numbered in their order."""
        from azstance.nlp.lexicon import phrase_index

        return phrase_index((str(row[-1]) for row in rows), self._words, self._forms)

    def prepare(self) -> None:
        """Build the index now, before processes are forked that would each build their own."""
        _ = self._index

    @cached_property
    def _index(self) -> PhraseIndex:
        return self.index(self.rows)

    def numbers(self, vocabulary: Iterable[Pair]) -> list[int]:
        """The rows that could be found in a text of these words, by number and in their order."""
        return self.within(self._index, vocabulary)

    def within(self, index: PhraseIndex, vocabulary: Iterable[Pair]) -> list[int]:
        """The phrases of an index that could be found in a text of these words."""
        return index.possible(vocabulary, self._lists)


class Edit:
    """What became of the rows of an earlier state of the lexicon.

    Two states differ in their cues alone: where word lists or actors were edited as well, nothing
    of the earlier state counts.
    """

    def __init__(self, before: Sequence[Row], now: Possible) -> None:
        places: dict[Row, list[int]] = defaultdict(list)
        for number in reversed(range(len(now.rows))):
            places[now.rows[number]].append(number)
        self._same = {n: places[row].pop() for n, row in enumerate(before) if places.get(row)}
        kept = list(self._same.values())
        self._come = sorted(set(range(len(now.rows))).difference(kept))
        self.in_order = kept == sorted(kept)
        """Whether the rows that stayed follow one another as before. Where two cues stand in one
        place the order can decide."""
        self.size = len(self._come) + len(before) - len(kept)
        self._now = now
        self._new = now.index(now.rows[n] for n in self._come)
        gone = [row for n, row in enumerate(before) if n not in self._same]
        self._changed = now.index([*gone, *(now.rows[n] for n in self._come)])

    def numbers(self, before: Iterable[int], vocabulary: Iterable[Pair]) -> list[int]:
        """As `Possible.numbers`, from those of the earlier state for the same words."""
        kept = [self._same[n] for n in before if n in self._same]
        named = [pair for pair in vocabulary if self._new.knows(*pair)]
        found = self._now.within(self._new, named) if self._come else []
        return sorted([*kept, *(self._come[n] for n in found)])

    def touched(
        self, vocabulary: Sequence[Pair], sentences: Iterable[Sequence[int]]
    ) -> Iterator[bool]:
        """For each sentence whether a phrase that is gone or new could be found in it.

        A sentence is given by the numbers of its words in the `vocabulary` of its article. Raises
        ValueError for a number that is not there.
        """
        named = {n for n, pair in enumerate(vocabulary) if self._changed.knows(*pair)}
        known = len(vocabulary)
        anywhere = bool(self._now.within(self._changed, []))
        for words in sentences:
            if any(n >= known for n in words):
                raise ValueError("these are not the words of the article")
            own = named.intersection(words)
            yield anywhere or bool(
                own and self._now.within(self._changed, [vocabulary[n] for n in own])
            )
