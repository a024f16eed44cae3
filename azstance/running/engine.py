"""Everything that is done with one article, as far as it was not done before.

There are layers of entries, each kept under a digest of all that it was made from:

==========  ======================================================================================
`page`      an article as it was cleaned; depends on its page, its card and the word lists
`parsed`    words, sentences, grammar, entities; depends on the text and the pipeline alone
`words`     the forms and lemmas that occur in the article
`judged`    what the words and their meaning say to the classifier
`possible`  which cues could be found in the article, see `azstance.running.possible`
`looked`    the sentences with actors, cues and voices; after an edit of cues, the sentences that
            it cannot concern are taken from here, see `azstance.running.lookup`
`coded`     the sentences with cues and codes; depends on the cues that could be found in the
            article
`score`     the figures of the article, under the settings of the run
`alias`     from an article and the whole codebook to its entry in `coded`
`lexicon`   the lemmas of the lexicon's words, see `azstance.running.forms`, and its cues
`run`       the names of the pipeline and the classifier
==========  ======================================================================================
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Self

from azstance.errors import ArticleError
from azstance.nlp.pipeline import DEFAULT, one_thread
from azstance.records import Article, ArticleResult, PipelineInfo, Score, Sentence, Skipped
from azstance.running.codec import SENTENCES, pack_outcome
from azstance.running.entries import Entries
from azstance.running.forms import Forms, UnknownFormsError
from azstance.running.keys import Key, Keys, digest
from azstance.running.pool import in_order
from azstance.running.settings import open_cache, scale, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from azstance.classify.coder import Coder
    from azstance.classify.rows import Floats
    from azstance.codebook import Codebook
    from azstance.config import Config
    from azstance.nlp.zone import Zone
    from azstance.running.lookup import Lookup, Words

_FIRST = 32
_NO_CACHE = "the cache %s cannot be used (%s); everything is worked out anew."
LOG = logging.getLogger(__name__)


def _length(article: Article) -> int:
    return sum(len(block.text) for block in article.blocks)


class Engine:
    """Analyses articles one by one. It can be used in forked processes.

    It has the cache of the configuration, and closes it at the end of a `with` statement.
    """

    def __init__(self, codebook: Codebook, config: Config) -> None:
        """Raises ModelError where there is no classifier of the name in `config`."""
        self.codebook = codebook
        self.config = config
        self.keys = Keys(codebook, config, config.pipeline or DEFAULT)
        # Without the pipeline nothing can be told to be of it: loading it says what is wrong.
        self.cache = open_cache(config) if self.keys.pipeline is not None else None
        self._entries = Entries(self.cache)
        _ = self.keys.model
        one_thread()  # before numpy is imported
        self._forms = Forms(self.cache, self.keys.forms())
        self._loaded: tuple[Language, Coder] | None = None
        self._lookup: Lookup | None = None
        self._zone: Zone | None = None
        self._scale, self._settings = scale(codebook), settings(config)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Keep the cache to its limit, and tell of one that could not be used."""
        if self.cache:
            self.cache.close()
            if self.cache.problem:
                LOG.warning(_NO_CACHE, self.cache.path, self.cache.problem)

    def load(self) -> tuple[Language, Coder]:
        """The pipeline and the coder, loaded when they are first needed.

        Raises PipelineError and ModelError where one of them cannot be.
        """
        if self._loaded is None:
            from azstance.classify.choose import make_coder
            from azstance.nlp import pipeline

            coder = make_coder(self.codebook, self.config.model)
            coder.begin()
            nlp = pipeline.load(self.config.pipeline, self.codebook, self._forms)
            self._forms.nlp = nlp
            self._loaded = nlp, coder
        return self._loaded

    def prepare(self) -> None:
        """Load and build all that forked processes can share."""
        from azstance.nlp import extract  # noqa: F401
        from azstance.nlp.shared import prepare_all
        from azstance.scoring import score  # noqa: F401

        nlp, coder = self.load()
        prepare_all(nlp)
        coder.settle()
        if self.cache:
            self._cues().prepare()
            self.cache.flush()

    def each(
        self, articles: Iterable[Article], failed: Callable[[Skipped], None]
    ) -> Iterator[tuple[str, bytes]]:
        """Id and packed result of each article, in their order; `failed` gets the others.

        See `azstance.running.codec.unpack_outcome`.
        """
        waiting = iter(articles)
        first = list(islice(waiting, _FIRST))
        ready = all(self.knows(article) for article in first)
        outcomes = in_order(
            chain(first, waiting),
            self._packed,
            self.config.jobs,
            size=_length,
            before=(lambda: None) if ready else self.prepare,
            after=self.flush,
        )
        for article, packed in outcomes:
            if isinstance(packed, Skipped):
                failed(packed)
            else:
                yield article.id, packed

    def _packed(self, article: Article) -> bytes | Skipped:
        outcome = self(article)
        return outcome if isinstance(outcome, Skipped) else pack_outcome(outcome)

    def flush(self) -> None:
        """Write what is to be kept and still held back."""
        if self.cache:
            self.cache.flush()

    def page(self, of: tuple[object, ...], work: Callable[[], Article]) -> Article:
        """An article as it was cleaned; see `azstance.read.build.Kept`."""
        if self.cache is None:
            return work()
        key = self.keys.page(of)
        kept = self._entries.get(Article, key)
        if kept is None:
            kept = work()
            self._entries.put("page", key, kept)
        return kept

    def knows(self, article: Article) -> bool:
        """Whether the article's codes are kept, so that spaCy is not needed for it."""
        if self.cache is None:
            return False
        try:
            key = self._coded_key(article, self.keys.text(article))
        except UnknownFormsError:
            return False
        return key is not None and self.cache.get(key) is not None

    @property
    def info(self) -> PipelineInfo:
        """Which pipeline and classifier this engine uses."""
        key = digest("info", self.keys.pipeline, self.keys.model, self.config.model)
        kept = self._entries.get(PipelineInfo, key)
        if kept is None:
            from azstance.nlp import pipeline

            nlp, coder = self.load()
            kept = replace(pipeline.info(nlp), model=coder.name)
            self._entries.put("run", key, kept)
        return kept

    def __call__(self, article: Article) -> ArticleResult | Skipped:
        """What the run says of the article, or why it cannot be analysed."""
        try:
            return self._analyse(article)
        except ArticleError as error:
            return Skipped(article.path, str(error))

    def _analyse(self, article: Article) -> ArticleResult:
        text = self.keys.text(article) if self.cache else b""
        key = self._key_or_load(article, text)
        sentences = self._entries.get(SENTENCES, key) if key else None
        if sentences is None:
            sentences = self._code(article, text)
            key = self._coded_key(article, text) if self.cache else None
            if key:  # there is none where the cache cannot be written
                self._entries.put("coded", key, sentences)
        return ArticleResult(article, sentences, self._score(article, sentences, key))

    def _score(self, article: Article, sentences: tuple[Sentence, ...], coded: Key | None) -> Score:
        key = self.keys.score(article, coded) if coded else None
        score = self._entries.get(Score, key) if key else None
        if score is None:
            from azstance.scoring.score import score_article

            score = score_article(article, sentences, self._scale, self._settings)
            if key:
                self._entries.put("score", key, score)
        return score

    def _code(self, article: Article, text: Key) -> tuple[Sentence, ...]:
        from azstance.nlp import pipeline
        from azstance.nlp.zone import Zone

        nlp, coder = self.load()
        if self._zone is None:
            self._zone = Zone(nlp)
        self._zone.next_text()
        if self.cache is None:
            return coder(article, pipeline.annotate(nlp, article))
        parsed = partial(self._parsed, article, text, nlp)
        found = self._cues()(nlp, article, text, parsed, partial(self._words, text))
        return coder(article, found, partial(self._judged, text))

    def _parsed(self, article: Article, text: Key, nlp: Language) -> Doc:
        from azstance.nlp import parsed, pipeline

        kept = self.cache.get(digest("parsed", text)) if self.cache else None
        if kept is not None:
            return parsed.unpack(nlp, kept, article)
        doc = pipeline.parse(nlp, article)
        if self.cache:
            self.cache.put("parsed", digest("parsed", text), parsed.pack(doc))
            self._entries.put("words", digest("words", text), parsed.vocabulary(doc))
        return doc

    def _words(self, text: Key) -> Words | None:
        return self._entries.get(list[tuple[str, str]], digest("words", text))

    def _judged(self, text: Key, count: int, work: Callable[[], Floats]) -> Floats:
        """What depends on the text alone of the classifier's work; shape (count, 2, targets)."""
        import numpy as np

        assert self.cache
        key = self.keys.judged(text)
        kept = self.cache.get(key)
        if kept is not None:
            return np.frombuffer(kept, dtype="<f8").reshape(count, 2, -1)
        made = work()
        self.cache.put("judged", key, np.ascontiguousarray(made, dtype="<f8").tobytes())
        return made

    def _key_or_load(self, article: Article, text: Key) -> Key | None:
        if self.cache is None:
            return None
        try:
            return self._coded_key(article, text)
        except UnknownFormsError:
            self.load()
            return self._coded_key(article, text)

    def _coded_key(self, article: Article, text: Key) -> Key | None:
        """Under which the article's codes are kept; None where its words are not known yet."""
        assert self.cache
        exact = self.keys.exact(article, text)
        kept = self.cache.get(exact)
        if kept is not None:
            return kept
        words = self._words(text)
        if words is None:
            return None
        cues = self._cues()
        key = self.keys.coded(article, text, cues.rows(cues.numbers(text, words)))
        self.cache.put("alias", exact, key)
        return key

    def _cues(self) -> Lookup:
        if self._lookup is None:
            from azstance.running.lookup import Lookup

            self._lookup = Lookup(self.codebook, self.keys, self._forms, self._entries)
        return self._lookup
