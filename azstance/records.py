"""The values that pass between the stages: frozen, picklable by value, no I/O.

Offsets are half-open, in characters. In `Sentence`, `Cue`, `Entity` and `Mention` they count from
the start of the sentence's own text, so that a record can be read without its article.
Lines are 1-based lines of the source file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Polarity(StrEnum):
    """Whether a sentence claims that its frame holds."""

    AFFIRM = "affirm"
    DENY = "deny"

    @property
    def opposite(self) -> Polarity:
        """The other polarity."""
        return Polarity.DENY if self is Polarity.AFFIRM else Polarity.AFFIRM


class Voice(StrEnum):
    """Who speaks: the article itself, or somebody it quotes or reports."""

    AUTHOR = "author"
    ATTRIBUTED = "attributed"


class Modality(StrEnum):
    """How firmly a claim is made."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    PREDICTED = "predicted"


class Verdict(StrEnum):
    """How far the leading frame of an article stands apart from the next one."""

    CLEAR = "clear"
    MIXED = "mixed"
    NONE = "none"
    TOO_LITTLE_TEXT = "too little text"


@dataclass(frozen=True, slots=True)
class Fact:
    """A piece of metadata and where it was found: "sources.toml:4", "text, line 22"."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What is known of where an article comes from.

    `published` is ISO 8601 (year, month or day).
    """

    outlet: Fact | None = None
    author: Fact | None = None
    published: Fact | None = None
    genre: Fact | None = None
    title: Fact | None = None
    url: Fact | None = None
    language: Fact | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the page that was left out as furniture, with its line and the reason."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the file that is meant for azstance and not for readers, with its line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading of the body.

    `lines` holds (offset into `text`, source line) in ascending order and starts at offset 0: a
    hard-wrapped paragraph has one entry per source line. `sentences` are offsets at which a
    sentence must start, and is None where the pipeline may split as it sees fit.
    """

    text: str
    lines: tuple[tuple[int, int], ...]
    heading: bool = False
    sentences: tuple[int, ...] | None = None

    def line_at(self, offset: int) -> int:
        """Source line of the character at `offset`."""
        line = self.lines[0][1]
        for start, number in self.lines:
            if start > offset:
                break
            line = number
        return line


@dataclass(frozen=True, slots=True)
class Article:
    """A readable text: its body in blocks, its source card, and what was cut from the page.

    `remarks` are comments in the file that speak to azstance.
    """

    id: str
    path: str
    card: SourceCard
    blocks: tuple[Block, ...]
    cut: tuple[Cut, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def source(self) -> str:
        """Name of the source: the outlet where it is known, else the article's own id."""
        return self.card.outlet.value if self.card.outlet else self.id


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not scored. `failed` inputs make the exit status 2;

    others are only listed. `cause` is the kind of failure: "unreadable", "language" or "date".
    """

    path: str
    reason: str
    line: int | None = None
    failed: bool = True
    cause: str = "unreadable"


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity as the pipeline tagged it."""

    text: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an actor of the codebook: "Baku" is a mention of Azerbaijan."""

    actor: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What the context did to a cue.

    `kind` is one of: negation, failure, decline, irony, hedge, prediction, concession, question,
    pair, focus, carried, guard. `text` are the words that did it, `result` a short plain phrase
    ("turns affirm into deny").
    """

    kind: str
    text: str
    result: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the lexicon found in a sentence, after its scope and pair were resolved.

    `polarity` is the final one. `weight` in [0, 1] is the strength of the cue as written in the
    lexicon. `counted` is False where the context took it out (other actors, a concession).
    """

    id: str
    frame: str
    polarity: Polarity
    start: int
    end: int
    text: str
    weight: float
    pair: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    counted: bool = True
    modality: Modality = Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class Coding:
    """A frame that a sentence carries.

    `probability` in [0, 1] is that of the frame with this polarity; where cues alone code it is
    the strength of their evidence and not calibrated. `cues` are the ids of the cues behind it.
    `parts` say what speaks for the coding, in log odds: cues, words, meaning and context; they are
    empty where cues alone code.
    """

    frame: str
    polarity: Polarity
    probability: float
    modality: Modality = Modality.ASSERTED
    cues: tuple[str, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """Calibrated probabilities that a sentence affirms and that it denies a frame."""

    frame: str
    affirm: float
    deny: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body with everything that was found in it.

    `number` is 1-based in its article. `unsure` are frames that are too likely to be passed over
    and not likely enough to be coded; `chances` has the classifier's probabilities of all frames.
    """

    number: int
    line: int
    text: str
    voice: Voice
    speaker: str | None = None
    heading: bool = False
    entities: tuple[Entity, ...] = ()
    actors: tuple[Mention, ...] = ()
    cues: tuple[Cue, ...] = ()
    codings: tuple[Coding, ...] = ()
    words: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    chances: tuple[Chance, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval. None where it cannot be computed;

    `n` counts the units behind it.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class FrameScore:
    """What one article or source says of one frame.

    `affirm` and `deny` count sentences in the author's voice; `attributed` counts sentences in
    somebody else's, of which `attributed_deny` deny the frame. `best_for` and `best_against` are
    (article id, sentence number) of the strongest evidence. `share` counts coded sentences;
    `expected` is the share in sums of calibrated probabilities, None where cues alone code.
    """

    frame: str
    affirm: int
    deny: int
    attributed: int
    attributed_deny: int
    share: Estimate
    stance: Estimate
    evidence_for: tuple[tuple[str, int], ...] = ()
    evidence_against: tuple[tuple[str, int], ...] = ()
    expected: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Dominance:
    """The leading frame and how safely it leads.

    `margin` is the difference of the emphasis of `frame` and `runner_up`, in shares of body
    sentences. `flip` is (article id, sentence number) of the one sentence without which another
    frame would lead, where there is one.
    """

    frame: str
    verdict: Verdict
    runner_up: str | None
    margin: Estimate
    flip: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Scores of one unit: an article, or all articles of an outlet, author or year."""

    id: str
    articles: tuple[str, ...]
    sentences: int
    framed: int
    frames: tuple[FrameScore, ...]
    alignment: Estimate
    dominance: Dominance


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """An article, its sentences and its score."""

    article: Article
    sentences: tuple[Sentence, ...]
    score: Score


@dataclass(frozen=True, slots=True)
class CodebookInfo:
    """Which codebook coded the sentences. `digest` is sha256 over its files."""

    name: str
    version: str
    digest: str
    frames: tuple[str, ...]
    pair: tuple[str, str]


@dataclass(frozen=True, slots=True)
class PipelineInfo:
    """Which spaCy pipeline split and tagged the text, and what coded it.

    `model` is "cues", or the name of a classifier and the beginning of its weights' sha256.
    """

    name: str
    version: str
    model: str = "cues"


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a whole run. Everything that is rendered comes from here.

    `articles` stand in the order of their ids; they may be too many for memory, so each is looked
    at when its turn comes.
    """

    codebook: CodebookInfo
    pipeline: PipelineInfo
    articles: Sequence[ArticleResult]
    groups: tuple[Score, ...]
    by: str
    skipped: tuple[Skipped, ...] = ()
    level: float = 0.95
    notes: tuple[str, ...] = field(default=())

    @property
    def failed(self) -> bool:
        """Whether an input that should have been scored was not."""
        return any(skip.failed for skip in self.skipped)
