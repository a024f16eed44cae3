"""What a check finds and says: frozen values that every output format is made from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from azstance.rulebook import Level, Rule

__all__ = ["CheckReport", "Checked", "Evidence", "Finding", "Level", "Measure", "Outcome", "Rule"]


class Outcome(StrEnum):
    """What became of an input."""

    CHECKED = "checked"
    TOO_SHORT = "too short"
    """Facts were checked; there is too little text for the measured rules."""
    WITHHELD = "withheld"
    """Not in a language of the codebook: nothing was measured."""
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of an article that a finding rests on. `line` is 1-based."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measured rule compared: `value` of this article against `n` others of the outlet.

    `center` is their median, `p` the two-sided rank probability, `alpha` what it was held against,
    `effect` the smallest distance from the median that counts.
    """

    name: str
    value: float
    center: float
    n: int
    p: float
    alpha: float
    effect: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `path` is as given, `line` is 1-based and always there.

    `article` is the key of the article, stable when it is renamed; `message` says what was measured
    in one sentence or two, without the article's own text, which is in `evidence`. `fingerprint`
    is sha256 over rule, article key, normalised evidence and number among equals. `suppressed` is
    the reason in the file, `accepted` the reason in the baseline; either is None where it is not.
    """

    rule: str
    name: str
    level: Level
    path: str
    article: str
    line: int
    message: str
    fingerprint: str
    remedy: str = ""
    evidence: tuple[Evidence, ...] = ()
    measure: Measure | None = None
    suppressed: str | None = None
    accepted: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it is neither suppressed nor accepted."""
        return self.suppressed is None and self.accepted is None


@dataclass(frozen=True, slots=True)
class Checked:
    """An input and what became of it. `reason` says why where it was not simply checked.

    `article` is the key of the article, `id` its short name; both are "" where nothing was read.
    `tests` counts the measured tests that were run on it, `looked` are the ids of the rules that
    could have found something in it.
    """

    path: str
    outcome: Outcome
    reason: str = ""
    id: str = ""
    article: str = ""
    line: int | None = None
    sentences: int = 0
    tests: int = 0
    looked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of a run. `findings` are sorted by path, line, rule and fingerprint.

    `fail_on` is the level from which on findings make the status 1; None stands for "never".
    `expected` is the number of false alarms that as many tests give where nothing has changed.
    `notes` are remarks on the run as a whole, such as why no measured rule was run.
    """

    inputs: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    ruleset: str
    codebook: str
    model: str
    version: str
    fail_on: Level | None = Level.ERROR
    reference: str | None = None
    tests: int = 0
    expected: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether an input that was named could not be read."""
        return any(item.outcome is Outcome.FAILED for item in self.inputs)

    @property
    def status(self) -> int:
        """Exit status: 2 for unreadable inputs, else 1 for findings from `fail_on` up, else 0."""
        if self.failed:
            return 2
        counted = (f.level for f in self.findings if f.counts)
        limit = self.fail_on
        return int(limit is not None and any(level.rank <= limit.rank for level in counted))

    def count(self, level: Level) -> int:
        """Number of findings of a level that count."""
        return sum(f.counts and f.level is level for f in self.findings)
