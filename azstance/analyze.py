"""The whole run as one readable function: articles in, a report or a comparison out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.codebook import Codebook, codebook_info, load_codebook
from azstance.config import Config
from azstance.read import check_ids, find_article, read_paths, resolve_id
from azstance.read.settings import ReadSettings
from azstance.records import Article, ArticleResult, PipelineInfo, Report, Score, Skipped
from azstance.scale import Scale, Settings

if TYPE_CHECKING:
    from azstance.comparison_records import Comparison

Progress = Callable[[int], None]
_EVIDENCE = 5


@dataclass
class _Inputs:
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
    number of finished articles. Raises CodebookError and PipelineError where nothing can run at all.
    """
    codebook = load_codebook(config.codebook)
    inputs = _Inputs(read_paths(paths, read_settings(config)))
    results, pipeline = _analyze(inputs, codebook, config, progress)
    return Report(
        codebook=codebook_info(codebook),
        pipeline=pipeline,
        articles=tuple(sorted(results, key=lambda result: result.article.id)),
        groups=_groups(results, codebook, config),
        by=config.by,
        skipped=tuple(sorted(inputs.skipped, key=lambda s: (s.path, s.line or 0, s.reason))),
        level=config.level,
    )


def compare_units(
    names: Sequence[str], config: Config, progress: Progress = lambda done: None
) -> tuple[Comparison, tuple[Skipped, ...]]:
    """Compare articles of the corpus by id, or with `config.by` outlets, authors or years by name.

    The whole corpus is scored: the prior of the terms and the planning come from it. Returns the
    comparison and what could not be scored. Raises ArticleError for a name that is unknown or not
    unique, with the candidates.
    """
    from azstance.compare import Context, compare, units_by

    codebook = load_codebook(config.codebook)
    if config.by == "article":
        check_ids(names, config.corpus, read_settings(config))
    report = score_paths([config.corpus], config, progress)
    units = {u.id: u for u in units_by(report.articles, config.by, scale(codebook), settings(config))}
    chosen = [units[resolve_id(name, list(units), config.corpus)] for name in names]
    context = Context(corpus=report.articles, variants=codebook.naming)
    return compare(chosen, scale(codebook), settings(config), context), report.skipped


def explain_id(name: str, config: Config) -> ArticleResult:
    """Analyse one article of the corpus. Raises ArticleError where it cannot be found."""
    codebook = load_codebook(config.codebook)
    article = find_article(name, config.corpus, read_settings(config))
    results, _ = _analyze(_Inputs([article]), codebook, config, lambda done: None)
    return results[0]


def scale(codebook: Codebook) -> Scale:
    """What scoring needs of a codebook."""
    return Scale(
        frames=codebook.frame_names,
        alignment=codebook.alignment,
        attributed_weight=codebook.attributed_weight,
        minimum_sentences=codebook.minimum_sentences,
    )


def settings(config: Config) -> Settings:
    """What scoring needs of the configuration."""
    evidence = max(config.evidence, _EVIDENCE)
    return Settings(config.resamples, config.level, config.seed, evidence)


def read_settings(config: Config) -> ReadSettings:
    """What reading needs of the configuration."""
    fields = {f"{name}_field": value for name, value in config.fields.items()}
    return ReadSettings(max_bytes=config.max_bytes, encoding=config.encoding, **fields)  # type: ignore[arg-type]


def _analyze(
    inputs: _Inputs, codebook: Codebook, config: Config, progress: Progress
) -> tuple[list[ArticleResult], PipelineInfo]:
    """Annotate, code and score the articles, one batch at a time."""
    from azstance.coding import code_article
    from azstance.nlp import pipeline

    nlp = pipeline.load(config.pipeline, config.codebook)
    from azstance.score import score_article

    carried = frozenset(cue.id for cue in codebook.cues if cue.about == "before")
    rules, how = scale(codebook), settings(config)
    results: list[ArticleResult] = []
    for article, found in pipeline.annotate(nlp, inputs):
        sentences = code_article(found, codebook.frame_names, carried)
        score = score_article(article, sentences, rules, how)
        results.append(ArticleResult(article, sentences, score))
        progress(len(results))
    return results, pipeline.info(nlp)


def _groups(
    results: Sequence[ArticleResult], codebook: Codebook, config: Config
) -> tuple[Score, ...]:
    """Scores of outlets, authors or years; none where articles are scored one by one."""
    from azstance.score import group_key, score_group

    if config.by == "article":
        return ()
    grouped: defaultdict[str, list[ArticleResult]] = defaultdict(list)
    for result in results:
        grouped[group_key(result.article, config.by)].append(result)
    return tuple(
        score_group(
            key, [(r.article.id, r.sentences) for r in members], scale(codebook), settings(config)
        )
        for key, members in sorted(grouped.items())
    )
