"""The whole run as one readable function: articles in, a report or a comparison out."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.codebook import Codebook, codebook_info, load_codebook
from azstance.config import Config
from azstance.errors import ArticleError
from azstance.read import find_articles, read_paths
from azstance.read.sidecar import NAME as SIDECAR
from azstance.records import Article, ArticleResult, Report, Score, Skipped
from azstance.running.engine import Engine
from azstance.running.settings import read_settings, scale, settings

if TYPE_CHECKING:
    from azstance.comparison_records import Comparison, Unit
    from azstance.evaluating.records import Agreement, Evaluation, Request, Sampling
    from azstance.running.spool import Results
    from azstance.timeline.records import Timeline, Wanted

Progress = Callable[[int], None]
BACKGROUND = 200


@dataclass
class Inputs:
    """Articles as they are read, one by one; what could not be read is put aside in `skipped`."""

    found: Iterable[Article | Skipped]
    skipped: list[Skipped] = field(default_factory=list)

    def __iter__(self) -> Iterator[Article]:
        for item in self.found:
            if isinstance(item, Skipped):
                self.skipped.append(item)
            else:
                yield item


def score_paths(
    paths: Sequence[str | Path], config: Config, progress: Progress = lambda done: None
) -> Report:
    """Read, annotate, code and score everything behind `paths`.

    What cannot be read is listed in `Report.skipped` and the rest is scored. `progress` is told the
    number of finished articles. Raises CodebookError and PipelineError where nothing can run at
    all.
    """
    codebook = load_codebook(config.codebook)
    with Engine(codebook, config) as engine:
        inputs = Inputs(read_paths(paths, read_settings(config), engine.page))
        results = analyze(inputs, engine, progress)
        pipeline = engine.info
    return Report(
        codebook=codebook_info(codebook),
        pipeline=pipeline,
        articles=results,
        groups=_groups(results, codebook, config),
        by=config.by,
        skipped=_sorted(inputs.skipped),
        level=config.level,
    )


def timeline_of(
    paths: Sequence[str | Path],
    config: Config,
    wanted: Wanted,
    events: str | None = None,
    progress: Progress = lambda done: None,
) -> Timeline:
    """Score everything behind `paths` as `score_paths` does, and put it in the order of time.

    `events` is a file of events, None those of the codebook. Raises what `score_paths` raises, and
    ConfigError or CodebookError where the events or the frame that is wanted are not right, before
    any work.
    """
    from azstance.codebook.events import events_of
    from azstance.timeline.build import frames_of, timeline

    codebook = load_codebook(config.codebook)
    happened = events_of(codebook, events)
    frames_of(wanted, scale(codebook))
    report = score_paths(paths, replace(config, by="article"), progress)
    return timeline(report, scale(codebook), settings(config), wanted, happened)


def compare_units(
    names: Sequence[str], config: Config, progress: Progress = lambda done: None
) -> tuple[Comparison, tuple[Skipped, ...]]:
    """Compare articles of the corpus by id, or with `config.by` outlets, authors or years by name.

    With articles, up to BACKGROUND others of the corpus are scored as well: the prior of the terms
    and the planning come from them. Returns the comparison and what could not be scored. Raises
    ArticleError for a name that is unknown or not unique, with the candidates.
    """
    from azstance.comparing.compare import Context, compare, units_by

    codebook = load_codebook(config.codebook)
    single = config.by == "article"
    with Engine(codebook, config) as engine:
        found = _named(names, config, engine) if single else []
        named = [item for item in found if isinstance(item, Article)]
        others = _background(named, config, engine) if single else _corpus(config, engine)
        inputs = Inputs(chain(found, others))
        results = analyze(inputs, engine, progress)
    _all_scored(named, results, inputs.skipped)
    units = units_by(results, config.by, scale(codebook), settings(config))
    chosen = [article.id for article in named] or [_unit_named(n, units, config) for n in names]
    known = {unit.id: unit for unit in units}
    context = Context(corpus=results, variants=codebook.naming)
    compared = compare([known[i] for i in chosen], scale(codebook), settings(config), context)
    # Of the articles in the background nobody asked which could be read.
    asked = [item for item in found if isinstance(item, Skipped)] if single else inputs.skipped
    return compared, _sorted(asked)


def explain_id(name: str, config: Config) -> ArticleResult:
    """Analyse one article of the corpus.

    Raises ArticleError where it cannot be found or read, or where the name stands for several.
    """
    codebook = load_codebook(config.codebook)
    with Engine(codebook, config) as engine:
        found = _named([name], config, engine)
        named = [item for item in found if isinstance(item, Article)]
        if len(named) > 1:
            shown = ", ".join(article.id for article in named[:12])
            problem = f"holds {len(named)} articles"
            remedy = f"Give the id of one: {shown}."
            raise ArticleError(problem, where=named[0].path, remedy=remedy)
        inputs = Inputs(found)
        results = analyze(inputs, engine, lambda done: None)
    _all_scored(named, results, inputs.skipped)
    return results[0]


def evaluate_codes(
    asked: Request, config: Config, progress: Progress = lambda done: None
) -> Evaluation:
    """Code the sentences of a gold file as they are given, and measure the codes against its.

    Raises ArticleError where a file is not as it should be or an article cannot be coded.
    """
    from azstance.evaluating.evaluate import evaluate
    from azstance.evaluating.gold import read_labels, read_rows
    from azstance.evaluating.pairs import articles_of
    from azstance.evaluating.records import Run

    codebook = load_codebook(config.codebook)
    frames = codebook.frame_names
    rows = read_rows(asked.gold, frames)
    labels = None if asked.labels is None else read_labels(asked.labels, frames)
    coders = None if asked.coders is None else agree_codes(*asked.coders, config)
    inputs = Inputs(articles_of(rows, asked.gold))
    # Of the scores only two figures without an interval are looked at.
    with Engine(codebook, replace(config, resamples=100)) as engine:
        results = analyze(inputs, engine, progress)
        pipeline = engine.info
    for skip in inputs.skipped:
        raise ArticleError(skip.reason, where=skip.path)
    info = codebook_info(codebook)
    run = Run(asked.gold, frames, info, pipeline, _sampling(config), asked.errors)
    return replace(evaluate(run, rows, results, labels), coders=coders)


def agree_codes(first: str, second: str, config: Config) -> Agreement:
    """Agreement of the codes of two files. Raises ArticleError where one is not as it should be."""
    from azstance.evaluating.agree import agree
    from azstance.evaluating.gold import read_rows

    frames = load_codebook(config.codebook).frame_names
    coders = (read_rows(first, frames, text=False), read_rows(second, frames, text=False))
    return agree((first, second), coders, frames, _sampling(config))


def _sampling(config: Config) -> Sampling:
    from azstance.evaluating.records import Sampling

    return Sampling(config.level, config.resamples, config.seed)


def _named(names: Sequence[str], config: Config, engine: Engine) -> list[Article | Skipped]:
    """The articles that ids or paths stand for; each of them has to be readable.

    What is wrong in a sources.toml beside them comes as `Skipped`: they are read all the same.
    """
    found = list(find_articles(names, config.corpus, read_settings(config), engine.page))
    for item in found:
        if isinstance(item, Skipped) and item.failed and Path(item.path).name != SIDECAR:
            raise ArticleError(item.reason, where=item.path)
    return list(_apart(found))


def _apart(found: Iterable[Article | Skipped]) -> Iterator[Article | Skipped]:
    """An article of the corpus and a file elsewhere may have one id: the later goes by its path.

    Raises ArticleError for an article that is named twice.
    """
    paths: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for item in found:
        if isinstance(item, Skipped):
            yield item
            continue
        path = os.path.realpath(item.path)
        if (path, item.id) in seen:
            raise ArticleError(f"{item.id} is named twice", remedy="Name another article.")
        seen.add((path, item.id))
        taken = paths.setdefault(item.id, path) != path
        yield replace(item, id=item.path) if taken else item


def _all_scored(
    named: Sequence[Article], results: Sequence[ArticleResult], skipped: Sequence[Skipped]
) -> None:
    """Raise ArticleError for an article that was asked for by name and could not be scored."""
    scored = {result.article.id for result in results}
    for article in named:
        if article.id not in scored:
            reasons = (skip.reason for skip in skipped if skip.path == article.path)
            raise ArticleError(next(reasons, "could not be scored"), where=article.path)


def _corpus(config: Config, engine: Engine) -> Iterator[Article | Skipped]:
    return read_paths([config.corpus], read_settings(config), engine.page)


def _background(
    named: Sequence[Article], config: Config, engine: Engine
) -> Iterator[Article | Skipped]:
    """Articles of the corpus besides the named ones, where there is a corpus."""
    if not Path(config.corpus).exists():
        return iter(())
    paths = {os.path.realpath(article.path) for article in named}
    taken = {article.id for article in named}
    others = (
        item
        for item in _corpus(config, engine)
        if isinstance(item, Article)
        and item.id not in taken
        and os.path.realpath(item.path) not in paths
    )
    return islice(others, BACKGROUND)


def _unit_named(name: str, units: Sequence[Unit], config: Config) -> str:
    """The unit that a name means: exactly, or as the only one that begins so, in small letters."""
    ids = [unit.id for unit in units]
    begins = [i for i in ids if i.casefold().startswith(name.casefold())]
    fits = [i for i in ids if i == name] or begins
    if len(fits) == 1:
        return fits[0]
    problem = f'"{name}" fits {len(fits)}' if fits else f'"{name}" is unknown'
    shown = "; ".join((fits or ids)[:12])
    raise ArticleError(f"{config.by} {problem}", where=config.corpus, remedy=f"There are: {shown}.")


def _sorted(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    return tuple(sorted(skipped, key=lambda s: (s.path, s.line or 0, s.reason)))


def analyze(inputs: Inputs, engine: Engine, progress: Progress) -> Results:
    """Annotate, code and score the articles, a window of them at a time."""
    from azstance.running.spool import Results

    results = Results()
    for id, packed in engine.each(inputs, inputs.skipped.append):
        results.add(id, packed)
        progress(len(results))
    return results


def _groups(
    results: Sequence[ArticleResult], codebook: Codebook, config: Config
) -> tuple[Score, ...]:
    """Scores of outlets, authors or years; none where articles are scored one by one."""
    from azstance.scoring.score import group_key, score_group

    if config.by == "article":
        return ()
    grouped: defaultdict[str, list[int]] = defaultdict(list)
    for place, result in enumerate(results):
        grouped[group_key(result.article, config.by)].append(place)

    def score(key: str, places: Sequence[int]) -> Score:
        members = (results[place] for place in places)  # only the sentences of a group are held
        held = [(each.article.id, each.sentences) for each in members]
        return score_group(key, held, scale(codebook), settings(config))

    return tuple(score(key, places) for key, places in sorted(grouped.items()))
