"""A parsed article as bytes and back, and the words that phrases can be found in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.nlp.places import BLOCKS, mark_blocks
from azstance.nlp.stream import stream

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from azstance.records import Article

_KEPT = ("LEMMA", "TAG", "POS", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE")


def pack(doc: Doc) -> bytes:
    """A parsed article without what a codebook found in it, in spaCy's own format."""
    from spacy.tokens import DocBin

    packed = DocBin(attrs=_KEPT, store_user_data=False)
    blocks = list(doc.spans[BLOCKS])
    doc.spans.clear()  # they would take as long to read as all the rest, and the article has them
    packed.add(doc)
    doc.spans[BLOCKS] = blocks
    return packed.to_bytes()


def unpack(nlp: Language, packed: bytes, article: Article) -> Doc:
    """The article that `pack` packed."""
    from spacy.tokens import DocBin

    [doc] = DocBin().from_bytes(packed).get_docs(nlp.vocab)
    mark_blocks(doc, article)
    return doc


def vocabulary(doc: Doc) -> list[tuple[str, str]]:
    """Every pair of form and lemma in an article, as phrases see them, sorted."""
    words, _ = stream(doc)
    return sorted({(word.lower, word.lemma) for word in words})
