"""Looking for cues in articles, and only where an edit of the lexicon could matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.nlp.again import Looked, look_again, remember
from azstance.running.keys import digest
from azstance.running.possible import Edit, Possible, Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc

    from azstance.codebook import Codebook
    from azstance.nlp.lexicon import Forms
    from azstance.records import Article, Sentence
    from azstance.running.entries import Entries
    from azstance.running.keys import Key, Keys

Words = list[tuple[str, str]]
_FAR = 50
"""Edited phrases from which on what was known under an earlier state is written anew."""


class Lookup:
    """The cues of a codebook in articles, with what the cache knows of earlier states of them."""

    def __init__(self, codebook: Codebook, keys: Keys, forms: Forms, entries: Entries) -> None:
        """Raises nothing; what looks for phrases raises UnknownFormsError without a pipeline.

        It does so where `forms` does not know the lemmas of a phrase.
        """
        self._possible = Possible(codebook, forms)
        self._keys = keys
        self._entries = entries
        self._edits: dict[Key, Edit | None] = {}
        table = self._table(self._possible.state)
        if entries.get(list[Row], table) is None:
            entries.put("lexicon", table, self._possible.rows)

    def prepare(self) -> None:
        """Build what forked processes can share."""
        self._possible.prepare()

    def numbers(self, text: Key, words: Words) -> list[int]:
        """The rows of `Possible` that could be found in an article."""
        key = self._keys.possible(text)
        kept = self._entries.get(tuple[bytes, list[int]], key)
        edit = self._edit(kept[0]) if kept else None
        if kept and edit:
            found = edit.numbers(kept[1], words)
            if edit.size < _FAR:
                return found
        else:
            found = self._possible.numbers(words)
        self._entries.put("possible", key, (self._possible.state, found))
        return found

    def rows(self, numbers: list[int]) -> list[Row]:
        """What there is to say of some rows."""
        return [self._possible.rows[n] for n in numbers]

    def __call__(
        self,
        nlp: Language,
        article: Article,
        text: Key,
        parsed: Callable[[], Doc],
        words: Callable[[], Words | None],
    ) -> tuple[Sentence, ...]:
        """The sentences of an article with what the codebook finds in them.

        `parsed` gives the article's parse, `words` its vocabulary if the cache has it, as it does
        after `parsed`.
        """
        from azstance.nlp import pipeline

        key = self._keys.looked(article, text)
        kept = self._entries.get(tuple[bytes, Looked], key)
        touched = self._touched(kept[0], kept[1], words()) if kept else None
        if kept and touched is not None:
            looked = kept[1]
            if not touched:
                return looked.sentences
            looked = look_again(nlp, parsed(), article, looked, touched)
        else:
            doc = parsed()
            found = pipeline.look_up(nlp, doc, article)
            vocabulary = words()
            try:
                looked = remember(nlp, doc, found, vocabulary or [])
            except KeyError:  # the cache cannot be written, or has words of another parse
                return found
        self._entries.put("looked", key, (self._possible.state, looked))
        return looked.sentences

    def _touched(self, state: Key, looked: Looked, words: Words | None) -> list[int] | None:
        """Numbers of the sentences whose cues may be other ones now; None if all have to be redone.

        `state` is that of the cues when the article was looked up.
        """
        edit = self._edit(state)
        if words is None or edit is None or not edit.in_order or edit.size > _FAR:
            return None
        try:
            touched = edit.touched(words, looked.words)
            found = zip(looked.sentences, touched, strict=True)
            return [sentence.number for sentence, redo in found if redo]
        except ValueError:  # an entry that does not fit is as good as none
            return None

    def _edit(self, state: Key) -> Edit | None:
        """What changed since an earlier state; None where that is not known any more."""
        if state not in self._edits:
            before = self._entries.get(list[Row], self._table(state))
            known = [tuple(row) for row in before] if before is not None else None
            self._edits[state] = None if known is None else Edit(known, self._possible)
        return self._edits[state]

    @staticmethod
    def _table(state: Key) -> Key:
        return digest("rows of", state)
