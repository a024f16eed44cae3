"""The whole run of `azstance check`: read, analyse, hold against the rules."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.analyze import Inputs, analyze
from azstance.check_settings import project_root
from azstance.codebook import load_codebook
from azstance.errors import ConfigError
from azstance.read import read_paths
from azstance.rulebook import Level, all_rules, ruleset
from azstance.running.engine import Engine
from azstance.running.settings import read_settings

if TYPE_CHECKING:
    from azstance.checking.baseline import Entry
    from azstance.checking.records import CheckReport
    from azstance.checking.reference import Made, Reference
    from azstance.checking.subject import Subject
    from azstance.codebook import Codebook
    from azstance.config import Config
    from azstance.records import PipelineInfo, Skipped

Progress = Callable[[int], None]
_RESAMPLES = 100  # the rules look at no interval


@dataclass(frozen=True)
class Asked:
    """What a check is asked for besides the settings.

    `renamed` maps new paths, from the root, to those before. `reference` and `baseline` say where
    these are; None stands for none. `as_of` is an ISO day after which no article can be dated.
    """

    paths: Sequence[str]
    renamed: Mapping[str, str] = field(default_factory=dict)
    reference: Path | None = None
    baseline: Path | None = None
    as_of: str | None = None
    batch: bool = False
    stdin_filename: str = ""
    notes: tuple[str, ...] = ()


def check_paths(
    asked: Asked, config: Config, progress: Progress = lambda done: None
) -> CheckReport:
    """Check everything behind the paths.

    Raises ConfigError where reference or baseline are not as they should be, and the errors of
    `score_paths` where nothing can run at all.
    """
    from azstance.checking.baseline import load_baseline
    from azstance.checking.engine import ALWAYS, Rules, check_subjects, check_unread
    from azstance.checking.records import CheckReport
    from azstance.checking.subject import place_of

    codebook = load_codebook(config.codebook)
    reference = _reference(asked.reference)
    entries = load_baseline(asked.baseline) if asked.baseline else {}
    root = project_root()
    subjects, skipped, pipeline = _subjects(asked, codebook, config, progress)
    made = _made(codebook, pipeline)
    rules = Rules(
        settings=config.check,
        made=made,
        closeness=tuple(codebook.alignment),
        friendly=frozenset(
            (frame, polarity)
            for frame, weights in codebook.alignment.items()
            for polarity, weight in zip(("affirm", "deny"), weights, strict=True)
            if weight > 0
        ),
        minimum=codebook.minimum_sentences,
        seed=config.seed,
        reference=reference,
        baseline=entries,
        as_of=asked.as_of,
        batch=asked.batch,
    )
    found = check_subjects(subjects, rules)
    others = check_unread([(place_of(skip.path, root), skip) for skip in skipped], rules)
    inputs = found.inputs + others.inputs
    findings = found.findings + others.findings
    return CheckReport(
        inputs=tuple(sorted(inputs, key=lambda i: (i.path, i.line or 0, i.id, i.reason))),
        findings=tuple(sorted(findings, key=lambda f: (f.path, f.line, f.rule, f.fingerprint))),
        rules=tuple(
            replace(rule, level=config.check.level(rule.id))
            for rule in all_rules().values()
            if rule.id == ALWAYS or config.check.runs(rule.id)
        ),
        ruleset=ruleset(),
        codebook=made.codebook,
        model=made.model,
        version=version("azstance"),
        fail_on=None if config.check.fail_on == "never" else Level(config.check.fail_on),
        reference=None if asked.reference is None else place_of(str(asked.reference), root),
        tests=found.tests,
        expected=round(found.tests * config.check.thresholds.alpha, 2),
        notes=(*asked.notes, *_notes(asked, len(subjects))),
    )


def build_reference(
    asked: Asked, config: Config, progress: Progress = lambda done: None
) -> tuple[Reference, list[Skipped]]:
    """Score articles and keep what the measured rules need of them; and what was not read.

    `asked.reference` is where it will be put.
    """
    from azstance.checking.reference import reference_of

    codebook = load_codebook(config.codebook)
    subjects, skipped, pipeline = _subjects(asked, codebook, config, progress)
    return reference_of(subjects, _made(codebook, pipeline)), skipped


def baseline_after(
    report: CheckReport, entries: Mapping[str, Entry], reason: str
) -> dict[str, Entry]:
    """The entries with one for each finding that counts; those that are there stay as they are.

    Only where an article is worse than its entry says is that entry made anew.
    """
    from azstance.checking.baseline import entry_of
    from azstance.checking.engine import ALWAYS

    new = {
        finding.fingerprint: entry_of(finding, reason)
        for finding in report.findings
        if finding.counts and finding.rule != ALWAYS and not finding.rule.startswith("AZ9")
        if finding.fingerprint not in entries or not entries[finding.fingerprint].accepts(finding)
    }
    return {**entries, **new}


def baseline_pruned(report: CheckReport, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The entries without those of checked articles whose finding is no longer there."""
    from azstance.checking.baseline import stale

    looked = {(item.article, rule) for item in report.inputs for rule in item.looked}
    gone = {entry.fingerprint for entry in stale(entries, looked, report.findings)}
    return {f: entry for f, entry in entries.items() if f not in gone}


def _subjects(
    asked: Asked, codebook: Codebook, config: Config, progress: Progress
) -> tuple[list[Subject], list[Skipped], PipelineInfo]:
    from azstance.checking.subject import subjects_of

    settings = replace(read_settings(config), only_utf8=True)
    if asked.stdin_filename:
        settings = replace(settings, stdin_filename=asked.stdin_filename)
    with Engine(codebook, replace(config, resamples=_RESAMPLES)) as engine:
        inputs = Inputs(read_paths(asked.paths, settings, engine.page))
        results = analyze(inputs, engine, progress)
        pipeline = engine.info
    root = project_root()
    subjects = subjects_of(results, root, asked.renamed)
    return subjects, _without_own(inputs.skipped, asked, config), pipeline


def _without_own(skipped: Sequence[Skipped], asked: Asked, config: Config) -> list[Skipped]:
    """The reference and the baseline may lie beside articles and are none: that is no failure."""
    from azstance.records import Skipped

    stores = (
        asked.reference,
        asked.baseline,
        config.check.reference_file,
        config.check.baseline_file,
    )
    own = {os.path.realpath(path) for path in stores if path}
    reason = "is the reference or the baseline, and no article."
    marked = (
        Skipped(skip.path, reason, failed=False) if os.path.realpath(skip.path) in own else skip
        for skip in skipped
    )
    return list(dict.fromkeys(marked))


def _reference(path: Path | None) -> Reference | None:
    from azstance.checking.reference import load_reference

    return None if path is None else load_reference(path)


def _made(codebook: Codebook, pipeline: PipelineInfo) -> Made:
    from azstance.checking.reference import Made

    return Made(
        codebook=f"{codebook.name} {codebook.version} {codebook.digest[:12]}",
        model=pipeline.model,
        pipeline=f"{pipeline.name} {pipeline.version}",
        ruleset=ruleset(),
    )


def _notes(asked: Asked, articles: int) -> Iterable[str]:
    if asked.reference is None:
        yield (
            "No reference was given: the measured rules (AZ401, AZ402, AZ501) were not run, and "
            "duplicates of known articles were not looked for. azstance reference build makes one."
        )
    if articles > 1 and not asked.batch:
        yield (
            "Each article was checked by itself. Duplicates among the articles of this run, and "
            "drift, are looked for with --batch."
        )


def stored(name: str, *, given: bool, missing: str) -> Path | None:
    """The path of a file of the settings; None where it was not `given` and is not there.

    Raises ConfigError, with what to do (`missing`), where one that was given is not there.
    """
    path = Path(name)
    if path.is_file():
        return path
    if given:
        raise ConfigError("there is no such file", where=os.fspath(path), remedy=missing)
    return None
