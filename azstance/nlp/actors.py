"""Linking of names to actors: Baku and Aliyev are Azerbaijan, the Kremlin is Russia."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from azstance.nlp.lexicon import Lexicon

GROUP = "azstance_actors"


class ActorLinker:
    """Fills the span group `azstance_actors`; the label of a span is its actor.

    Names are matched as written, with upper and lower case; of overlapping names the longest
    counts, and a name inside one of its actor's exceptions does not count.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Link the names in `doc`."""
        from spacy.util import filter_spans

        found = filter_spans([*self._exact(doc), *self._globs(doc)])
        doc.spans[GROUP] = [span for span in found if not span.label_.startswith("-")]
        return doc

    def _exact(self, doc: Doc) -> list[Span]:
        matcher, _ = self._lexicon.names
        found: list[Span] = matcher(doc, as_spans=True)
        return found

    def _globs(self, doc: Doc) -> list[Span]:
        from spacy.tokens import Span

        _, globs = self._lexicon.names
        prefixes = tuple(globs)
        return [
            Span(doc, number, number + 1, label=actor)
            for number, text in enumerate(token.text for token in doc)
            if text.startswith(prefixes) and text[:1].isupper()
            for prefix, actor in globs.items()
            if text.startswith(prefix)
        ]
