"""What the cache holds, in plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render.clean import path_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from azstance.cache import Layer

_MEANING = {
    "alias": "which codes belong to which lexicon",
    "coded": "sentences with cues and codes",
    "judged": "what the words and their meaning say to the classifier",
    "lexicon": "lemmas of the lexicon's words, and its cues",
    "looked": "sentences with actors, cues and voices, as they were looked up last",
    "page": "articles as they were cleaned",
    "parsed": "words, sentences, grammar and named entities of articles",
    "possible": "which cues could be found in an article",
    "run": "names of pipelines and classifiers",
    "score": "figures of articles",
    "words": "which words occur in an article",
}


def cache_summary(path: Path, layers: Iterable[Layer], limit: int) -> Iterator[str]:
    """Where the cache is, how full, and what is in it: lines with their ends."""
    held = list(layers)
    total = sum(layer.size for layer in held)
    yield f"{path_text(str(path))}\n"
    yield f"{megabytes(total)} in entries, of at most {megabytes(limit)}\n"
    for layer in held:
        what = _MEANING.get(layer.name, "")
        yield f"{layer.name:<8} {layer.entries:>9,}  {megabytes(layer.size):>12}  {what}\n"


def megabytes(size: int) -> str:
    """A size in bytes for people."""
    return f"{size / 10**6:,.1f} MB"
