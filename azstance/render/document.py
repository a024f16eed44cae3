"""Report -> plain dicts and lists: what json and jsonl write, and what the schema describes.

Keys come in the order in which they are read, floats have six decimals, text is free of control
characters. Offsets of cues, entities and actors count code points of the sentence's `text`, which
is why a character that must not be shown is replaced in it and never dropped.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from azstance.records import Verdict
from azstance.render.clean import aligned, path_text, plain

if TYPE_CHECKING:
    from azstance.records import (
        Article,
        ArticleResult,
        CodebookInfo,
        Coding,
        Cue,
        Dominance,
        Estimate,
        Fact,
        FrameScore,
        PipelineInfo,
        Report,
        Score,
        Sentence,
        Skipped,
        SourceCard,
    )

SCHEMA_VERSION = "1"
DECIMALS = 6
_CARD_FIELDS = ("outlet", "author", "published", "genre", "title", "url", "language")

Document = dict[str, Any]


def number(value: float | None) -> float | None:
    """`value` with six decimals; None for what JSON has no number for. Never minus zero."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), DECIMALS) + 0.0


def estimate(value: Estimate) -> Document:
    """A figure with its interval and the number of units behind it."""
    return {
        "value": number(value.value),
        "low": number(value.low),
        "high": number(value.high),
        "n": value.n,
    }


def dominant(score: Score) -> str:
    """The leading frame, or "none"."""
    if score.dominance.verdict is Verdict.NONE:
        return "none"
    return score.dominance.frame or "none"


def groups(report: Report) -> tuple[Score, ...]:
    """The groups of a report: none where each article stands for itself."""
    return () if report.by == "article" else report.groups


def header(report: Report) -> Document:
    """What was run, without articles and groups."""
    return {
        "schema": SCHEMA_VERSION,
        "codebook": codebook(report.codebook),
        "pipeline": pipeline(report.pipeline),
        "level": number(report.level),
        "by": report.by,
    }


def footer(report: Report) -> Document:
    """What was left out of the run, and its notes."""
    return {
        "skipped": [skipped(skip) for skip in report.skipped],
        "notes": [plain(note) for note in report.notes],
    }


def codebook(info: CodebookInfo) -> Document:
    """Which codebook coded the sentences."""
    return {
        "name": plain(info.name),
        "version": plain(info.version),
        "digest": plain(info.digest),
        "frames": [plain(frame) for frame in info.frames],
        "pair": [plain(actor) for actor in info.pair],
    }


def pipeline(info: PipelineInfo) -> Document:
    """Which spaCy pipeline split and tagged the text, and what coded it."""
    return {
        "name": plain(info.name),
        "version": plain(info.version),
        "model": plain(info.model),
    }


def skipped(skip: Skipped) -> Document:
    """An input that was not scored."""
    return {
        "path": path_text(skip.path),
        "line": skip.line,
        "reason": plain(skip.reason),
        "failed": skip.failed,
    }


def article(result: ArticleResult) -> Document:
    """An article with its scores, its sentences and what was cut from the page."""
    record = result.article
    return {
        **_identity(record),
        **_scores(result.score),
        "sentences": [sentence(each) for each in result.sentences],
        "cut": [
            {"line": cut.line, "text": plain(cut.text), "reason": plain(cut.reason)}
            for cut in record.cut
        ],
        "notes": [plain(note) for note in record.notes],
    }


def group(score: Score) -> Document:
    """The scores of all articles of an outlet, author or year."""
    return {
        "id": plain(score.id),
        "articles": [plain(article_id) for article_id in score.articles],
        **_scores(score),
    }


def _identity(record: Article) -> Document:
    card = record.card
    return {
        "id": plain(record.id),
        "source": plain(record.source),
        "path": path_text(record.path),
        "published": plain(card.published.value) if card.published else None,
        "title": plain(card.title.value) if card.title else None,
        "card": _card(card),
    }


def _card(card: SourceCard) -> Document:
    return {name: _fact(getattr(card, name)) for name in _CARD_FIELDS}


def _fact(fact: Fact | None) -> Document | None:
    if fact is None:
        return None
    return {"value": plain(fact.value), "origin": plain(fact.origin)}


def _scores(score: Score) -> Document:
    return {
        "counts": {"sentences": score.sentences, "framed": score.framed},
        "dominant": plain(dominant(score)),
        "dominance": _dominance(score.dominance),
        "alignment": estimate(score.alignment),
        "frames": {plain(each.frame): _frame(each) for each in score.frames},
    }


def _dominance(dominance: Dominance) -> Document:
    return {
        "verdict": dominance.verdict.value,
        "margin": estimate(dominance.margin),
        "runner_up": plain(dominance.runner_up) if dominance.runner_up else None,
        "flip": reference(dominance.flip) if dominance.flip else None,
    }


def _frame(score: FrameScore) -> Document:
    return {
        "affirm": score.affirm,
        "deny": score.deny,
        "attributed": score.attributed,
        "attributed_deny": score.attributed_deny,
        "share": estimate(score.share),
        "expected": estimate(score.expected) if score.expected else None,
        "stance": estimate(score.stance),
        "evidence_for": [reference(each) for each in score.evidence_for],
        "evidence_against": [reference(each) for each in score.evidence_against],
    }


def reference(place: tuple[str, int]) -> Document:
    """A sentence by article id and number."""
    return {"article": plain(place[0]), "number": place[1]}


def sentence(record: Sentence) -> Document:
    """A sentence of the body with everything that was found in it."""
    return {
        "number": record.number,
        "line": record.line,
        "text": aligned(record.text),
        "voice": record.voice.value,
        "speaker": plain(record.speaker) if record.speaker else None,
        "heading": record.heading,
        "entities": [
            {"text": aligned(e.text), "label": plain(e.label), "start": e.start, "end": e.end}
            for e in record.entities
        ],
        "actors": [
            {"actor": plain(m.actor), "text": aligned(m.text), "start": m.start, "end": m.end}
            for m in record.actors
        ],
        "codings": [_coding(coding) for coding in record.codings],
        "unsure": [plain(frame) for frame in record.unsure],
        "cues": [_cue(cue) for cue in record.cues],
    }


def _coding(coding: Coding) -> Document:
    return {
        "frame": plain(coding.frame),
        "polarity": coding.polarity.value,
        "probability": number(coding.probability),
        "modality": coding.modality.value,
        "cues": [plain(cue) for cue in coding.cues],
        "parts": {plain(name): number(value) for name, value in coding.parts},
    }


def _cue(cue: Cue) -> Document:
    return {
        "id": plain(cue.id),
        "frame": plain(cue.frame),
        "polarity": cue.polarity.value,
        "start": cue.start,
        "end": cue.end,
        "text": aligned(cue.text),
        "weight": number(cue.weight),
        "pair": [plain(actor) for actor in cue.pair],
        "counted": cue.counted,
        "effects": [
            {"kind": plain(e.kind), "text": plain(e.text), "result": plain(e.result)}
            for e in cue.effects
        ],
    }
