"""What a comparison is made of and what it finds: frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azstance.records import ArticleResult, Estimate, Polarity, Score, Sentence


class Measure(StrEnum):
    """Which figure of two units is contrasted."""

    SHARE = "share"
    STANCE = "stance"
    ALIGNMENT = "alignment"


@dataclass(frozen=True, slots=True)
class Unit:
    """One side of a comparison: an article, or all articles of an outlet, author or year."""

    id: str
    results: tuple[ArticleResult, ...]
    score: Score

    @property
    def texts(self) -> tuple[tuple[str, tuple[Sentence, ...]], ...]:
        """(article id, sentences) of each article."""
        return tuple((result.article.id, result.sentences) for result in self.results)


@dataclass(frozen=True, slots=True)
class Contrast:
    """A figure of `left` less that of `right`.

    `frame` is None for the alignment. `p` is the two-sided permutation p, `p_adjusted` the same
    after Holm over all contrasts of its family; both are None where a side has no figure.
    `permuted` says what was permuted: "sentences" or "articles".
    """

    left: str
    right: str
    frame: str | None
    measure: Measure
    difference: Estimate
    p: float | None
    p_adjusted: float | None
    permuted: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence laid beside another."""

    article: str
    number: int
    line: int
    text: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Both authors use `frame`, and on balance one affirms what the other denies."""

    frame: str
    left: str
    right: str
    left_stance: float
    right_stance: float
    left_sentence: Quoted
    right_sentence: Quoted


@dataclass(frozen=True, slots=True)
class Term:
    """How much more one unit uses a term than the other.

    `left` and `right` are its counts, `log_odds` the difference of log-odds (positive: more in
    the left unit), `z` that over its standard error, `p` two-sided. `survives` says whether it
    stands up to the correction for having looked at every term.
    """

    term: str
    left: int
    right: int
    log_odds: float
    z: float
    p: float
    survives: bool


@dataclass(frozen=True, slots=True)
class Keyness:
    """The terms that tell two units apart, strongest first on either side.

    `tested` terms were looked at; `prior` is the weight of the prior, in words.
    """

    left: str
    right: str
    left_terms: tuple[Term, ...]
    right_terms: tuple[Term, ...]
    tested: int
    prior: float


@dataclass(frozen=True, slots=True)
class VariantUse:
    """How often `unit` uses a name, in the author's voice and in somebody else's."""

    unit: str
    variant: str
    author: int
    attributed: int


@dataclass(frozen=True, slots=True)
class Naming:
    """Which names the units use for one thing: every used variant in every unit, zeros included."""

    concept: str
    uses: tuple[VariantUse, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """A reason to read a comparison with care. `text` is one or more plain sentences.

    `kind` is one of: genre, unknown, dates, length, reprint, single.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ArticlesNeeded:
    """How many articles of each of two sources it takes to show a difference of `difference`.

    The difference is one in the share of `frame`, which is `share` over the given articles.
    `sentences` per source are needed, of which `sentences / design_effect` would do if they were
    independent; `icc` is how alike the sentences of one article are, and `icc_measured` is False
    where it is the stated default.
    """

    frame: str
    articles: int
    sentences: int
    share: float
    difference: float
    alpha: float
    power: float
    sentences_per_article: float
    icc: float
    icc_measured: bool
    design_effect: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that comparing two or more units found."""

    units: tuple[str, ...]
    contrasts: tuple[Contrast, ...]
    alignment: tuple[Contrast, ...]
    contradictions: tuple[Contradiction, ...]
    keyness: tuple[Keyness, ...]
    naming: tuple[Naming, ...]
    cautions: tuple[Caution, ...]
    needed: tuple[ArticlesNeeded, ...]
    level: float = 0.95
