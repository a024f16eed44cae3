"""The program against gold codes: every figure of `azstance evaluate`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from azstance.errors import ArticleError
from azstance.evaluating import formulas
from azstance.evaluating.pairs import bins, pairs_of, tables, voices
from azstance.evaluating.prevalence import share_errors
from azstance.evaluating.records import (
    KINDS,
    ArticleFigures,
    Bin,
    Counts,
    Evaluation,
    FrameFigures,
    LabelPair,
    Mistake,
    Mistakes,
    PolarityFigures,
    Prediction,
)
from azstance.evaluating.sampling import over_articles, sample

if TYPE_CHECKING:
    from azstance.evaluating.formulas import Floats
    from azstance.evaluating.records import Label, Pair, Row, Run, Sampling
    from azstance.evaluating.sampling import Parts, Sampled
    from azstance.records import ArticleResult, Estimate, Sentence


def evaluate(
    run: Run,
    rows: Sequence[Row],
    results: Sequence[ArticleResult],
    labels: Sequence[Label] | None = None,
) -> Evaluation:
    """Figures of coded `rows`; `results` are of the articles that `articles_of` makes of them.

    With `labels` whole articles are judged as well. Raises ArticleError where no row counts.
    """
    sentences = [sentence for result in results for sentence in result.sentences]
    pairs = pairs_of(rows, sentences)
    if not pairs:
        problem = "every sentence is marked as furniture or disputed"
        raise ArticleError(problem, where=run.gold, remedy="There is nothing to measure.")
    sampled = _sampled(pairs, run)
    asked = int(sampled.seen["voice"][1])
    invented, missed, turned = _mistakes(pairs, run)
    return Evaluation(
        run=run,
        counts=count(rows),
        frames=tuple(_frame(sampled, frame, i) for i, frame in enumerate(run.frames)),
        macro=sampled.estimate(lambda p: formulas.macro_f1(p["tables"]), len(pairs)),
        micro=sampled.estimate(lambda p: formulas.micro_f1(p["tables"]), len(pairs)),
        voice=sampled.estimate(
            lambda p: formulas.ratio(p["voice"][..., 0], p["voice"][..., 1]), asked
        ),
        calibration=sampled.estimate(
            lambda p: formulas.calibration_error(p["bins"]), int(sampled.seen["bins"][:, 0].sum())
        ),
        bins=tuple(_bin(i, counts) for i, counts in enumerate(sampled.seen["bins"])),
        invented=invented,
        missed=missed,
        turned=turned,
        by_article=None if labels is None else _by_article(rows, results, labels, run),
        predictions=_predictions(rows, sentences),
        shares=share_errors(pairs, run.frames),
    )


def count(rows: Sequence[Row]) -> Counts:
    """How many articles and sentences have a part in the figures, and how many have none."""
    counted = [row for row in rows if row.counted]
    return Counts(
        articles=len({row.article for row in counted}),
        sentences=len(counted),
        framed=sum(bool(row.frames) for row in counted),
        furniture=sum(row.furniture for row in rows),
        disputed=sum(row.disputed and not row.furniture for row in rows),
    )


def _sampled(pairs: Sequence[Pair], run: Run) -> Sampled:
    """The counts of every article, summed as seen and as resampled."""
    by_article: dict[object, list[Pair]] = {}
    for each in pairs:
        by_article.setdefault(each.row.article, []).append(each)
    groups = list(by_article.values())
    parts: Parts = {
        "tables": np.array([tables(group, run.frames) for group in groups]),
        "voice": np.array([voices(group) for group in groups]),
        "bins": np.array([bins(group) for group in groups]),
    }
    return sample(parts, run.sampling, "evaluate")


def _frame(sampled: Sampled, frame: str, number: int) -> FrameFigures:
    """The figures of one frame, the `number`th of the tables."""
    table = sampled.seen["tables"][number]
    _, gold, coded = (int(each) for each in formulas.presence(table))

    def presence(parts: Parts) -> tuple[Floats, Floats, Floats]:
        return formulas.presence(parts["tables"][..., number, :, :])

    def alpha(parts: Parts) -> Floats:
        return formulas.nominal_alpha(parts["tables"][..., number, :, :])

    total = int(table.sum())
    return FrameFigures(
        frame=frame,
        gold=gold,
        coded=coded,
        precision=sampled.estimate(lambda p: formulas.ratio(*presence(p)[::2]), coded),
        recall=sampled.estimate(lambda p: formulas.ratio(*presence(p)[:2]), gold),
        f1=sampled.estimate(lambda p: formulas.f1(*presence(p)), gold),
        polarities={
            name: _polarity(sampled, number, kind)
            for kind, name in enumerate(KINDS)
            if name != KINDS[0]
        },
        alpha=sampled.estimate(alpha, total, formulas.alpha(table)),
        confusion=tuple(tuple(int(cell) for cell in row) for row in table),
    )


def _polarity(sampled: Sampled, number: int, kind: int) -> PolarityFigures:
    def counts(parts: Parts) -> tuple[Floats, Floats, Floats]:
        return formulas.polarity(parts["tables"][..., number, :, :], kind)

    _, gold, coded = (int(each) for each in counts(sampled.seen))
    return PolarityFigures(gold, coded, sampled.estimate(lambda p: formulas.f1(*counts(p)), gold))


def _bin(number: int, counts: Floats) -> Bin:
    n, probability, right = (float(each) for each in counts)
    ends = number / formulas.BINS, (number + 1) / formulas.BINS
    return Bin(*ends, int(n), probability / n if n else None, right / n if n else None)


def _mistakes(pairs: Iterable[Pair], run: Run) -> list[Mistakes]:
    """Those invented, missed and turned: the most confident first, the missed in file order."""
    kinds: dict[str, list[Mistake]] = {"invented": [], "missed": [], "turned": []}
    for each in pairs:
        for frame in run.frames:
            wanted, got = (codes.get(frame, KINDS[0]) for codes in (each.wanted, each.got))
            if wanted == got:
                continue
            named = {wanted: "invented", got: "missed"}.get(KINDS[0], "turned")
            mistake = Mistake(each.row, frame, wanted, got, each.probability.get(frame))
            kinds[named].append(mistake)
    return [
        Mistakes(
            len(found), tuple(sorted(found, key=lambda m: -(m.probability or 0)))[: run.errors]
        )
        for found in kinds.values()
    ]


def _by_article(
    rows: Sequence[Row], results: Sequence[ArticleResult], labels: Sequence[Label], run: Run
) -> ArticleFigures:
    """Whole articles: is the leading frame that of the label, and is the order of alignment."""
    by_doc = _results_by_doc(rows, results)
    found = [
        LabelPair(label, result.score.dominance.frame, result.score.alignment.value)
        for label in labels
        if (result := by_doc.get(label.doc)) is not None
    ]
    if not found:
        remedy = 'The "doc" of an article is that of its sentences.'
        raise ArticleError("no article has sentences", where=run.gold, remedy=remedy)
    return ArticleFigures(
        articles=tuple(found),
        dominant=_dominant(found, run.sampling),
        alignment=_alignment(found, run.sampling),
        as_zero=sum(each.alignment is None for each in _aligned(found)),
        not_found=tuple(str(label.doc) for label in labels if label.doc not in by_doc),
    )


def _results_by_doc(
    rows: Iterable[Row], results: Sequence[ArticleResult]
) -> dict[str | int, ArticleResult]:
    """Results in the order in which their docs begin, which is that of `articles_of`."""
    keys = dict.fromkeys(row.article for row in rows if not row.furniture)
    named = zip(keys, results, strict=True)
    return {doc: result for (kind, doc), result in named if kind == "doc"}


def _dominant(found: Sequence[LabelPair], sampling: Sampling) -> Estimate:
    labelled = [each for each in found if each.label.dominant is not None]
    right = np.array([float(each.dominant == each.label.dominant) for each in labelled])
    return over_articles(lambda v: float(v.mean()), right, sampling, "dominant")


def _aligned(found: Iterable[LabelPair]) -> list[LabelPair]:
    return [each for each in found if each.label.alignment is not None]


def _alignment(found: Sequence[LabelPair], sampling: Sampling) -> Estimate:
    values = np.array([(e.label.alignment, e.alignment or 0.0) for e in _aligned(found)])
    return over_articles(
        lambda v: formulas.spearman(v[:, 0], v[:, 1]), values, sampling, "alignment"
    )


def _predictions(rows: Iterable[Row], sentences: Iterable[Sentence]) -> tuple[Prediction, ...]:
    by_line = {sentence.line: sentence for sentence in sentences}
    return tuple(_prediction(row, by_line.get(row.line)) for row in rows)


def _prediction(row: Row, sentence: Sentence | None) -> Prediction:
    if sentence is None or not sentence.codings:
        return Prediction(row, (), None)
    codings = tuple((c.frame, c.polarity.value, c.probability) for c in sentence.codings)
    return Prediction(row, codings, sentence.voice.value)
