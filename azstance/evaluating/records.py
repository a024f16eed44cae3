"""What an evaluation and an agreement are made of: frozen values, no I/O, no numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azstance.records import CodebookInfo, Estimate, PipelineInfo

KINDS = ("none", "affirm", "deny")
"""What a sentence can be for a frame, in the order of rows and columns of every table."""

VOICES = ("author", "attributed")

Table = tuple[tuple[int, ...], ...]
"""Counts of sentences: a row per code of the first coder (gold), a column per code of the other."""


@dataclass(frozen=True, slots=True)
class Row:
    """A coded sentence of a file: `line` is where it stands there, `frames` maps to a polarity.

    A row without `doc` is an article of its own. `text` is None only where it may be left out.
    `group` is what its article has in common with others, such as a writer: training keeps a group
    on one side of every split.
    """

    line: int
    doc: str | int | None
    n: int
    text: str | None
    frames: Mapping[str, str]
    voice: str | None
    disputed: bool = False
    furniture: bool = False
    group: str | None = None

    @property
    def counted(self) -> bool:
        """Whether the sentence has a part in the figures."""
        return not (self.disputed or self.furniture)

    @property
    def article(self) -> tuple[str, str | int]:
        """What the rows of one article have in common."""
        return ("line", self.line) if self.doc is None else ("doc", self.doc)

    @property
    def place(self) -> str:
        """ "002:16", or the line of a sentence without a doc."""
        return f"line {self.line}" if self.doc is None else f"{self.doc}:{self.n}"


@dataclass(frozen=True, slots=True)
class Label:
    """What is said of a whole article: its dominant frame or "none", and its alignment.

    Either is None where the file does not say.
    """

    doc: str | int
    dominant: str | None
    alignment: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with the codes that it should have and those it got; likewise its voice.

    `probability` is that of each frame it got; `present` that of every frame, empty where cues
    alone code. The voice is None where there is none.
    """

    row: Row
    wanted: Mapping[str, str]
    got: Mapping[str, str]
    voice_wanted: str | None
    voice_got: str | None
    probability: Mapping[str, float] = field(default_factory=dict)
    present: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShareErrors:
    """How far the shares of sentences with a frame are off.

    `counted` and `corrected` are mean absolute errors of the articles' shares; `counted_all` and
    `corrected_all` the signed errors of the share in all sentences.
    """

    frame: str
    counted: float
    corrected: float
    counted_all: float
    corrected_all: float


@dataclass(frozen=True, slots=True)
class PolarityFigures:
    """One polarity of one frame: how often in the gold codes, how often coded, and its F1."""

    gold: int
    coded: int
    f1: Estimate


@dataclass(frozen=True, slots=True)
class FrameFigures:
    """How one frame is coded. `gold` and `coded` count sentences with it, of either polarity."""

    frame: str
    gold: int
    coded: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    polarities: Mapping[str, PolarityFigures]
    alpha: Estimate
    confusion: Table


@dataclass(frozen=True, slots=True)
class Bin:
    """Codings with a probability above `low` and up to `high`.

    `probability` is their mean, `right` the share that is right; both None where there are none.
    """

    low: float
    high: float
    n: int
    probability: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A frame of a sentence that is not coded as it should be; "none" stands for no code.

    `probability` is None for a frame that was missed.
    """

    row: Row
    frame: str
    wanted: str
    got: str
    probability: float | None


@dataclass(frozen=True, slots=True)
class Mistakes:
    """All mistakes of one kind by number, and the worst of them."""

    total: int
    shown: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class LabelPair:
    """An article as it should be read and as it was; `alignment` is None where it has none."""

    label: Label
    dominant: str
    alignment: float | None


@dataclass(frozen=True, slots=True)
class ArticleFigures:
    """How whole articles are read. `as_zero` had no alignment and count as 0.

    `not_found` are articles of the file of which the gold file has no sentence.
    """

    articles: tuple[LabelPair, ...]
    dominant: Estimate
    alignment: Estimate
    as_zero: int
    not_found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the program says of a row: (frame, polarity, probability), and the voice if any."""

    row: Row
    codings: tuple[tuple[str, str, float], ...]
    voice: str | None


@dataclass(frozen=True, slots=True)
class Sampling:
    """How intervals are drawn."""

    level: float
    resamples: int
    seed: int


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be evaluated: a file of gold codes, and where given one of labelled articles.

    `coders` are files of two coders, whose agreement is to stand beside. At most `errors` mistakes
    of a kind are kept.
    """

    gold: str
    labels: str | None = None
    coders: tuple[str, str] | None = None
    errors: int = 5


@dataclass(frozen=True, slots=True)
class Run:
    """What was evaluated, and with what."""

    gold: str
    frames: tuple[str, ...]
    codebook: CodebookInfo
    pipeline: PipelineInfo
    sampling: Sampling
    errors: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles and sentences there are in the figures, and how many are left out."""

    articles: int
    sentences: int
    framed: int
    furniture: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The program against gold codes. Everything that is rendered comes from here.

    `coders` is how far two coders agree, to stand beside it.
    """

    run: Run
    counts: Counts
    frames: tuple[FrameFigures, ...]
    macro: Estimate
    micro: Estimate
    voice: Estimate
    calibration: Estimate
    bins: tuple[Bin, ...]
    invented: Mistakes
    missed: Mistakes
    turned: Mistakes
    by_article: ArticleFigures | None
    predictions: Sequence[Prediction]
    shares: tuple[ShareErrors, ...] = ()
    coders: Agreement | None = None


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far two coders agree on a frame, or on the voice: alpha, share of equal codes, counts."""

    name: str
    alpha: Estimate
    equal: Estimate
    table: Table


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that two coders code differently: (name, code of the first, of the second)."""

    row: Row
    codes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders of the same sentences.

    `whole` is the share of sentences on which all frames and polarities are equal. `only` are
    the places of sentences that one file alone has, for either file.
    """

    files: tuple[str, str]
    sampling: Sampling
    counts: Counts
    frames: tuple[CodeAgreement, ...]
    voice: CodeAgreement
    whole: Estimate
    differences: tuple[Difference, ...]
    only: tuple[tuple[str, ...], tuple[str, ...]]
