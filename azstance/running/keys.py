"""Under which keys results are kept: digests of everything that a result depends on.

Nothing here imports spaCy or numpy, so that a run in which nothing changed needs neither. What
cannot be told from the outside is put into the key whole: the source files of the packages that
make a result, the files of the pipeline, those of the weights.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azstance.classify.names import model_files
from azstance.read.lists import data_files

if TYPE_CHECKING:
    from azstance.codebook import Codebook, CueEntry
    from azstance.config import Config
    from azstance.records import Article

Key = bytes
_PACKAGE = Path(__file__).resolve().parent.parent
# Whole packages: which of their files a layer goes through is nothing to be kept track of by hand.
_READING = ("read", "records.py", "tomlfile.py")
_PARSING = ("nlp", "records.py")
_JUDGING = ("classify", "records.py")
_LOOKING = ("nlp", "codebook", "phrases", "records.py", "running")
_CODING = (*_LOOKING, "classify", "coding.py")
_SCORING = ("scoring", "records.py", "running")
_LIBRARIES = ("spacy", "thinc", "blis", "numpy", "onnx", "onnxruntime", "tokenizers")


def digest(*parts: object) -> Key:
    """SHA-256 of plain values: texts, bytes, numbers, None, and tuples or lists of them."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).digest()


@lru_cache(maxsize=8)
def code_digest(names: tuple[str, ...]) -> Key:
    """Of the source files of some modules and packages of azstance."""
    found = hashlib.sha256()
    for name in names:
        path = _PACKAGE / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else (path,):
            found.update(str(file.relative_to(_PACKAGE)).encode())
            found.update(file.read_bytes())
    return found.digest()


def pipeline_digest(name: str) -> Key | None:
    """Of all files of a spaCy pipeline, and of the versions of the libraries that run it.

    None where there is no such pipeline.
    """
    folder = Path(name)
    if not folder.is_dir():
        spec = find_spec(name) if name.isidentifier() else None
        places = list(spec.submodule_search_locations or ()) if spec else []
        if not places:
            return None
        folder = Path(places[0])
    files = (f for f in sorted(folder.rglob("*")) if f.is_file() and "__pycache__" not in f.parts)
    held = [(str(file.relative_to(folder)), files_digest([file])) for file in files]
    return digest(name, held, sys.version_info[:3], [_version(library) for library in _LIBRARIES])


def files_digest(files: Iterable[Path]) -> Key:
    """Of the contents of files, one after the other."""
    found = hashlib.sha256()
    for file in files:
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.digest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


class Keys:
    """The keys of one run: its codebook, pipeline, classifier and settings."""

    def __init__(self, codebook: Codebook, config: Config, pipeline: str) -> None:
        """`pipeline` is the name of the pipeline that will be used."""
        self._codebook = codebook
        self._config = config
        self.pipeline = pipeline_digest(pipeline)

    def page(self, of: tuple[object, ...]) -> Key:
        """Of an article as it was cleaned, by all that it is made of besides word lists."""
        return digest("page", self._reading, of)

    def text(self, article: Article) -> Key:
        """Of what the pipeline reads of an article."""
        return digest(
            "text",
            self._parsing,
            [(block.text, block.sentences) for block in article.blocks],
        )

    def forms(self) -> Key:
        """Of the lemmas of the lexicon's words."""
        return digest("forms", self._parsing)

    def possible(self, text: Key) -> Key:
        """Of the cues that could be found in an article, whatever cues there are."""
        return digest("possible", text, self._looking)

    def looked(self, article: Article, text: Key) -> Key:
        """Of what was found in an article, whatever cues there are."""
        return digest("looked", text, _places(article), self._looking)

    def coded(self, article: Article, text: Key, cues: Sequence[object]) -> Key:
        """Of an article's coded sentences; `cues` is what of the lexicon could be found in it."""
        return digest("coded", text, _places(article), list(cues), self._coding)

    def exact(self, article: Article, text: Key) -> Key:
        """As `coded`, with the whole codebook as it is."""
        return self.coded(article, text, [self._codebook.digest])

    def judged(self, text: Key) -> Key:
        """Of what the classifier reads in an article's words."""
        return digest("judged", text, self.model, code_digest(_JUDGING))

    def score(self, article: Article, coded: Key) -> Key:
        """Of an article's score."""
        return digest("score", coded, article.id, self._scoring)

    @cached_property
    def model(self) -> Key:
        """Of the classifier's files. Raises ModelError where there is none of that name."""
        files = model_files(self._codebook, self._config.model)
        return digest(files_digest(files), len(files))

    @cached_property
    def _reading(self) -> Key:
        return digest(code_digest(_READING), files_digest(data_files()))

    @cached_property
    def _parsing(self) -> Key:
        return digest(self.pipeline, code_digest(_PARSING))

    @cached_property
    def _looking(self) -> Key:
        return digest(code_digest(_LOOKING), _without_cues(self._codebook))

    @cached_property
    def _coding(self) -> Key:
        return digest(self.model, code_digest(_CODING), self._looking)

    @cached_property
    def _scoring(self) -> Key:
        book, config = self._codebook, self._config
        scale = (book.frame_names, sorted(book.alignment.items()), book.attributed_weight)
        how = (book.minimum_sentences, config.seed, config.resamples, config.level, config.evidence)
        return digest(code_digest(_SCORING), scale, how)


def _places(article: Article) -> tuple[object, ...]:
    """What sentences say of where they stand, and whose voice is the article's own."""
    author = article.card.author.value if article.card.author else None
    return [(block.lines, block.heading) for block in article.blocks], author


def _without_cues(book: Codebook) -> Key:
    """Of all that a codebook says about coding besides its cues."""
    return digest(
        book.language,
        book.pair,
        book.region,
        book.frame_names,
        [(actor.name, actor.kind, actor.names, actor.excluded) for actor in book.actors],
        _plain(book.words),
        _plain(book.language_lists),
    )


def _plain(value: Any) -> Any:
    """Mappings as sorted pairs."""
    if hasattr(value, "items"):
        return sorted((str(key), _plain(held)) for key, held in value.items())
    return [_plain(held) for held in value] if isinstance(value, list | tuple) else value


def row_of(cue: CueEntry, phrase: str) -> tuple[object, ...]:
    """All that coding can see of a phrase of a cue."""
    return cue.id, cue.frame, str(cue.polarity), cue.about, cue.weight, phrase
