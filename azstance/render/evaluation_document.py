"""Evaluation and agreement -> plain dicts and lists for JSON, and predictions -> JSON Lines.

Fields are explained in docs/evaluation.md. Text is free of control characters.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from azstance.evaluating.records import KINDS, VOICES
from azstance.render.clean import path_text, plain
from azstance.render.document import Document, codebook, estimate, number, pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from azstance.evaluating.records import (
        Agreement,
        ArticleFigures,
        CodeAgreement,
        Counts,
        Difference,
        Evaluation,
        FrameFigures,
        LabelPair,
        Mistake,
        Mistakes,
        Prediction,
        Row,
        Sampling,
        Table,
    )

SCHEMA_VERSION = "1"


def evaluation_json(evaluation: Evaluation) -> str:
    """The evaluation as one JSON object, indented."""
    return _text(evaluation_document(evaluation))


def agreement_json(agreement: Agreement) -> str:
    """The agreement as one JSON object, indented."""
    return _text(agreement_document(agreement))


def prediction_lines(predictions: Sequence[Prediction]) -> Iterator[str]:
    """A line of JSON per sentence of the gold file, in its order."""
    for each in predictions:
        codings = [
            {"frame": frame, "polarity": polarity, "probability": number(probability)}
            for frame, polarity, probability in each.codings
        ]
        line = {"doc": each.row.doc, "n": each.row.n, "codings": codings, "voice": each.voice}
        yield json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n"


def _text(document: Document) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def evaluation_document(evaluation: Evaluation) -> Document:
    """All figures of an evaluation."""
    run = evaluation.run
    return {
        "schema": SCHEMA_VERSION,
        "gold": path_text(run.gold),
        "codebook": codebook(run.codebook),
        "pipeline": pipeline(run.pipeline),
        **_sampling(run.sampling),
        "counts": _counts(evaluation.counts),
        "macro_f1": estimate(evaluation.macro),
        "micro_f1": estimate(evaluation.micro),
        "voice_accuracy": estimate(evaluation.voice),
        "calibration_error": estimate(evaluation.calibration),
        "calibration": [
            {
                "above": number(each.low),
                "up_to": number(each.high),
                "codings": each.n,
                "probability": number(each.probability),
                "right": number(each.right),
            }
            for each in evaluation.bins
        ],
        "frames": {plain(each.frame): _frame(each) for each in evaluation.frames},
        "shares": {
            plain(each.frame): {
                "counted": number(each.counted),
                "corrected": number(each.corrected),
                "counted_all": number(each.counted_all),
                "corrected_all": number(each.corrected_all),
            }
            for each in evaluation.shares
        },
        "coders": _coders(evaluation.coders) if evaluation.coders else None,
        "articles": _articles(evaluation.by_article) if evaluation.by_article else None,
        "errors": {
            "false_positives": _mistakes(evaluation.invented),
            "misses": _mistakes(evaluation.missed),
            "wrong_polarity": _mistakes(evaluation.turned),
        },
    }


def agreement_document(agreement: Agreement) -> Document:
    """All figures of an agreement, and every sentence on which the coders differ."""
    return {
        "schema": SCHEMA_VERSION,
        "files": [path_text(file) for file in agreement.files],
        **_sampling(agreement.sampling),
        "counts": _counts(agreement.counts),
        "all_frames_equal": estimate(agreement.whole),
        "frames": {plain(each.name): _agreed(each, KINDS) for each in agreement.frames},
        "voice": _agreed(agreement.voice, VOICES),
        "only_in": [[plain(place) for place in places] for places in agreement.only],
        "differences": [_difference(each) for each in agreement.differences],
    }


def _coders(agreement: Agreement) -> Document:
    """The alphas of two coders, to stand beside those of the program."""
    return {
        "files": [path_text(file) for file in agreement.files],
        "sentences": agreement.counts.sentences,
        "alpha": {plain(each.name): estimate(each.alpha) for each in agreement.frames},
        "voice_alpha": estimate(agreement.voice.alpha),
    }


def _sampling(sampling: Sampling) -> Document:
    return {
        "level": number(sampling.level),
        "resamples": sampling.resamples,
        "seed": sampling.seed,
    }


def _counts(counts: Counts) -> Document:
    return {
        "articles": counts.articles,
        "sentences": counts.sentences,
        "framed": counts.framed,
        "furniture": counts.furniture,
        "disputed": counts.disputed,
    }


def _frame(frame: FrameFigures) -> Document:
    return {
        "gold": frame.gold,
        "coded": frame.coded,
        "precision": estimate(frame.precision),
        "recall": estimate(frame.recall),
        "f1": estimate(frame.f1),
        **{
            name: {"gold": each.gold, "coded": each.coded, "f1": estimate(each.f1)}
            for name, each in frame.polarities.items()
        },
        "alpha": estimate(frame.alpha),
        "confusion": _table(frame.confusion, KINDS),
    }


def _table(table: Table, names: Sequence[str]) -> Document:
    """{gold code: {code given: sentences}}."""
    return {
        name: dict(zip(names, row, strict=True)) for name, row in zip(names, table, strict=True)
    }


def _articles(figures: ArticleFigures) -> Document:
    return {
        "dominant_accuracy": estimate(figures.dominant),
        "alignment_spearman": estimate(figures.alignment),
        "alignment_counted_as_zero": figures.as_zero,
        "without_sentences": [plain(doc) for doc in figures.not_found],
        "each": [_article(each) for each in figures.articles],
    }


def _article(each: LabelPair) -> Document:
    return {
        "doc": _doc(each.label.doc),
        "dominant": {"gold": each.label.dominant, "coded": plain(each.dominant)},
        "alignment": {"gold": number(each.label.alignment), "coded": number(each.alignment)},
    }


def _mistakes(mistakes: Mistakes) -> Document:
    return {"total": mistakes.total, "shown": [_mistake(each) for each in mistakes.shown]}


def _mistake(each: Mistake) -> Document:
    return {
        **_place(each.row),
        "frame": plain(each.frame),
        "gold": each.wanted,
        "coded": each.got,
        "probability": number(each.probability),
    }


def _agreed(each: CodeAgreement, names: Sequence[str]) -> Document:
    return {
        "alpha": estimate(each.alpha),
        "equal": estimate(each.equal),
        "table": _table(each.table, names),
    }


def _difference(each: Difference) -> Document:
    codes = {plain(name): [first, second] for name, first, second in each.codes}
    return {**_place(each.row), "codes": codes}


def _place(row: Row) -> Document:
    text = None if row.text is None else plain(row.text)
    return {"doc": _doc(row.doc), "n": row.n, "line": row.line, "text": text}


def _doc(doc: str | int | None) -> str | int | None:
    return plain(doc) if isinstance(doc, str) else doc
