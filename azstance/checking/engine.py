"""From articles to findings: every rule in turn, then comments, then the baseline."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from azstance.check_settings import CheckSettings
from azstance.checking import claims, facts
from azstance.checking.baseline import Entry, stale
from azstance.checking.draft import Draft
from azstance.checking.drift import drift
from azstance.checking.duplicates import Texts, Twin, duplicates, known_texts, text_of
from azstance.checking.measured import comparable, frame_shift, one_sided, weakness
from azstance.checking.records import Checked, Finding, Outcome
from azstance.checking.reference import Made, Reference
from azstance.checking.subject import Subject, fingerprint
from azstance.checking.suppress import body_lines, suppressed_by, suppressions, unused
from azstance.records import Skipped
from azstance.rulebook import all_rules

ALWAYS = "AZ001"
"""The rule that cannot be left out: an article that was not read must never pass for a good one."""


@dataclass(frozen=True)
class Rules:
    """What the rules are given: settings, the record, and what the run was asked.

    `batch` allows rules on all articles of the run together. `closeness` are the frames that count
    towards alignment, `friendly` the (frame, polarity) pairs that speak for closeness, `minimum`
    the sentences that an article needs to be measured.
    """

    settings: CheckSettings
    made: Made
    closeness: tuple[str, ...]
    friendly: frozenset[tuple[str, str]]
    minimum: int
    seed: int
    reference: Reference | None = None
    baseline: Mapping[str, Entry] = field(default_factory=dict)
    as_of: str | None = None
    batch: bool = False


@dataclass
class Found:
    """What a run found: inputs, findings, and how many measured tests were run."""

    inputs: list[Checked] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tests: int = 0


def check_subjects(subjects: Sequence[Subject], rules: Rules) -> Found:
    """Findings of all articles. Only with `rules.batch` does one depend on the others."""
    found = Found()
    known = known_texts(rules.reference) if rules.reference else Texts([])
    within = Texts([text_of(s) for s in _in_order(subjects)]) if rules.batch else None
    earlier: set[str] = set()
    drafts: dict[int, list[Draft]] = {}
    tests: Counter[int] = Counter()
    for subject in _in_order(subjects):
        own, count = _article(subject, rules, known, (within, earlier))
        drafts[id(subject)] = own
        tests[id(subject)] = count
        earlier.add(subject.place)
    if rules.batch and rules.reference:
        for subject, draft, count in _drifts(subjects, rules):
            drafts[id(subject)] += draft
            found.tests += count
    for subject in _in_order(subjects):
        item = _checked(subject, rules, drafts[id(subject)], tests[id(subject)])
        found.findings += _finished(subject, drafts[id(subject)], item, rules)
        found.inputs.append(item)
    found.tests += sum(tests.values())
    return found


def check_unread(skipped: Iterable[tuple[str, Skipped]], rules: Rules) -> Found:
    """What is said of inputs that were not analysed, each with its path from the root."""
    found = Found()
    seen: Counter[str] = Counter()
    for path, skip in sorted(skipped, key=lambda pair: (pair[0], pair[1].line or 0)):
        outcome, draft = _unread(skip)
        key = f"path:{path}"
        found.inputs.append(Checked(path, outcome, skip.reason, article=key, line=skip.line))
        if draft is None or (draft.rule != ALWAYS and not rules.settings.runs(draft.rule)):
            continue
        same = fingerprint(draft.rule, key, draft.basis, 0)
        finding = _finding(path, key, draft, seen[same], rules.settings)
        seen[same] += 1
        found.findings.append(_accepted(finding, rules.baseline))
    return found


def _unread(skipped: Skipped) -> tuple[Outcome, Draft | None]:
    line, reason = skipped.line or 1, skipped.reason
    if not skipped.failed:
        return Outcome.SKIPPED, None
    if skipped.cause == "language":
        return Outcome.WITHHELD, Draft("AZ003", line, f"The file {reason}", "AZ003")
    if skipped.cause == "date":
        message = f"{reason[:1].upper()}{reason[1:]}"
        return Outcome.CHECKED, Draft("AZ011", line, message, reason)
    return Outcome.FAILED, Draft(ALWAYS, line, f"The file {reason}", ALWAYS)


def _in_order(subjects: Iterable[Subject]) -> list[Subject]:
    return sorted(subjects, key=lambda s: (s.path, s.result.article.id))


def _article(
    subject: Subject, rules: Rules, known: Texts, within: tuple[Texts | None, set[str]]
) -> tuple[list[Draft], int]:
    """Drafts of the rules on one article, and the number of measured tests."""
    limits = rules.settings.thresholds
    twins = known.twins(text_of(subject), limits)
    others = [] if within[0] is None else within[0].twins(text_of(subject), limits)
    seen = {twin.place for twin in twins}
    others = [twin for twin in others if twin.place in within[1] and twin.place not in seen]
    found = list(
        chain(
            facts.missing_metadata(subject),
            facts.bad_date(subject, rules.as_of),
            facts.furniture(subject),
            facts.truncated(subject),
            duplicates(subject, twins, "in the reference", limits),
            duplicates(subject, others, "among the articles of this run", limits),
            claims.unattributed(subject, rules.friendly),
            claims.single_speaker(subject, limits),
        )
    )
    tests = 0
    if subject.profile.sentences < rules.minimum:
        found.append(_too_short(subject, rules.minimum))
    elif rules.reference is not None:
        measured, tests = _measured(subject, rules, rules.reference, twins)
        found += measured
    return [draft for draft in found if rules.settings.runs(draft.rule)], tests


def _too_short(subject: Subject, minimum: int) -> Draft:
    count = subject.profile.sentences
    sentences = "1 sentence" if count == 1 else f"{count} sentences"
    message = f"The article has {sentences}; measured rules need {minimum}. Nothing was measured."
    return Draft("AZ002", subject.first_line, message, "short")


def _measured(
    subject: Subject, rules: Rules, reference: Reference, twins: Sequence[Twin]
) -> tuple[list[Draft], int]:
    limits = rules.settings.thresholds
    near = frozenset(t.place for t in twins if t.same or t.jaccard >= limits.near)
    known = comparable(subject, reference, near)
    weak = weakness(subject, reference, rules.made, known, limits)
    if weak:
        return [weak], 0
    found: list[Draft] = []
    tests = 0
    if rules.settings.runs("AZ401"):
        count, drafts = one_sided(subject, known, rules.closeness, limits)
        tests += count
        found += drafts
    if rules.settings.runs("AZ402"):
        count, drafts = frame_shift(subject, known, limits)
        tests += count
        found += drafts
    return found, tests


def _drifts(
    subjects: Sequence[Subject], rules: Rules
) -> Iterator[tuple[Subject, list[Draft], int]]:
    """AZ501 for each outlet of the run; the number of tests comes with its first article."""
    reference = rules.reference
    limits = rules.settings.thresholds
    if reference is None or not rules.settings.runs("AZ501"):
        return
    groups: defaultdict[str, list[Subject]] = defaultdict(list)
    for subject in subjects:
        card = subject.result.article.card
        if subject.outlet and card.published and subject.profile.sentences >= rules.minimum:
            groups[subject.outlet.casefold()].append(subject)
    for outlet in sorted(groups):
        own = sorted(groups[outlet], key=lambda s: (_published(s), s.place))
        places = frozenset(s.place for s in own)
        known = comparable(own[0], reference, places)
        if weakness(own[0], reference, rules.made, known, replace(limits, max_age=10**6)):
            continue
        tests, drafts = drift(own, known, rules.seed, limits)
        yield own[0], [], tests
        for subject, draft in drafts:
            yield subject, [replace(draft, line=subject.first_line)], 0


def _published(subject: Subject) -> str:
    fact = subject.result.article.card.published
    return fact.value if fact else ""


def _looked(drafts: Sequence[Draft], rules: Rules, *, short: bool) -> frozenset[str]:
    """The rules that could have found something in an article, as far as it was looked at."""
    known = rules.reference is not None
    weak = short or not known or any(draft.rule == "AZ503" for draft in drafts)
    without = {
        "AZ2": not known and not rules.batch,
        "AZ4": weak,
        "AZ501": not known or not rules.batch,
        "AZ503": short or not known,
    }
    left_out = tuple(start for start, out in without.items() if out)
    return frozenset(
        rule for rule in all_rules() if rules.settings.runs(rule) and not rule.startswith(left_out)
    )


def _checked(subject: Subject, rules: Rules, drafts: Sequence[Draft], tests: int) -> Checked:
    short = subject.profile.sentences < rules.minimum
    return Checked(
        path=subject.path,
        outcome=Outcome.TOO_SHORT if short else Outcome.CHECKED,
        reason="too few sentences to measure" if short else "",
        id=subject.result.article.id,
        article=subject.key,
        sentences=subject.profile.sentences,
        tests=tests,
        looked=_looked(drafts, rules, short=short),
    )


def _finished(subject: Subject, drafts: list[Draft], item: Checked, rules: Rules) -> list[Finding]:
    """Findings with their suppressions and what the baseline says of them."""
    settings = rules.settings
    comments, wrong = suppressions(subject.result.article.remarks)
    if not settings.suppressions:
        comments, wrong = [], []
    lines = body_lines(subject)
    used = [suppressed_by(draft, lines, comments) for draft in drafts]
    extra = [*wrong, *unused(comments, [c for c in used if c], item.looked)]
    pairs = [*zip(drafts, used, strict=True), *((d, None) for d in extra if settings.runs(d.rule))]
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for draft, comment in sorted(pairs, key=lambda pair: (pair[0].line, pair[0].rule)):
        basis = " ".join(draft.basis.casefold().split())
        number = seen[draft.rule, basis]
        seen[draft.rule, basis] += 1
        finding = _finding(subject.path, subject.key, draft, number, settings)
        if comment is not None:
            finding = replace(finding, suppressed=comment.reason)
        found.append(_accepted(finding, rules.baseline))
    if settings.runs("AZ903"):
        looked = {(subject.key, rule) for rule in item.looked}
        for entry in stale(rules.baseline, looked, found):
            message = f"The baseline accepts a finding of {entry.rule} that is no longer there."
            draft = Draft("AZ903", subject.first_line, message, entry.fingerprint)
            found.append(_finding(subject.path, subject.key, draft, 0, settings))
    return found


def _accepted(finding: Finding, baseline: Mapping[str, Entry]) -> Finding:
    entry = baseline.get(finding.fingerprint)
    if entry is None or not entry.accepts(finding):
        return finding
    return replace(finding, accepted=entry.reason or "accepted")


def _finding(path: str, key: str, draft: Draft, number: int, settings: CheckSettings) -> Finding:
    rule = all_rules()[draft.rule]
    return Finding(
        rule=rule.id,
        name=rule.name,
        level=settings.level(rule.id),
        path=path,
        article=key,
        line=max(1, draft.line),
        message=draft.message,
        fingerprint=fingerprint(rule.id, key, draft.basis, number),
        remedy=rule.remedy,
        evidence=draft.evidence,
        measure=draft.measure,
    )
