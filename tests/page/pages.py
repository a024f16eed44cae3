"""Pages for the tests: of the seeds, of as many articles as wanted, and of a payload."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from render.hostile import flooded

from azstance import overview
from azstance.analyze import score_paths
from azstance.codebook.events import Event
from azstance.config import Config
from azstance.overview_records import Overview
from azstance.records import ArticleResult, Fact, Report, Skipped
from azstance.render.page import LARGEST, page_text

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"
CONFIG = Config(resamples=100)
OUTLETS = 10


@cache
def seeds() -> Report:
    return score_paths([SEEDS], CONFIG)


def page_of(report: Report, largest: int = LARGEST, events: str | None = None) -> str:
    return "".join(page_text(shown(report, events), largest))


def shown(report: Report, events: str | None = None) -> Overview:
    return overview.build(report, overview.prepare(CONFIG, events))


def many(count: int) -> Report:
    """The seeds again and again, of ten outlets and three years."""
    report = seeds()
    results = tuple(sorted(_copies(report, count), key=lambda result: result.article.id))
    return replace(report, articles=results)


def _copies(report: Report, count: int) -> Iterator[ArticleResult]:
    given = list(report.articles)
    for number in range(count):
        result, id = given[number % len(given)], f"{number:05}"
        card = replace(
            result.article.card,
            outlet=Fact(f"Outlet {number % OUTLETS}", "made"),
            published=Fact(f"{2022 + number % 3}-{number % 12 + 1:02}-15", "made"),
        )
        article = replace(result.article, id=id, card=card)
        score = replace(result.score, id=id, articles=(id,))
        yield replace(result, article=article, score=score)


def hostile(payload: str) -> Overview:
    """The overview of three sources in which every text that comes from outside is the payload."""
    report = seeds()
    results = []
    for number, result in enumerate(list(report.articles)[:4]):
        name = f"{payload}{number}"
        article = flooded(result.article, payload)
        card = replace(article.card, outlet=Fact(name, payload), published=Fact("2024-05", payload))
        article = replace(article, id=name, card=card, remarks=())
        sentences = tuple(
            replace(flooded(sentence, payload), text=f"{sentence.text} {payload}")
            for sentence in result.sentences
        )
        score = replace(result.score, id=name, articles=(name,))
        results.append(ArticleResult(article, sentences, score))
    skipped = (Skipped(f"folder/{payload}.txt", payload, line=3),)
    book = replace(report.codebook, name=payload, version=payload, pair=(payload, payload))
    pipeline = replace(report.pipeline, name=payload, version=payload, model=payload)
    report = replace(
        report, articles=tuple(results), skipped=skipped, notes=(payload,), codebook=book,
        pipeline=pipeline,
    )  # fmt: skip
    return renamed(shown(report), payload)


def renamed(found: Overview, payload: str) -> Overview:
    """The codebook's own texts and the events are a payload too; frames keep names apart."""
    names = {frame.name: f"{frame.name} {payload}" for frame in found.frames}
    changed: Any = with_texts(found, names)
    frames = tuple(
        replace(f, label=payload, definition=payload, affirm=payload, deny=payload)
        for f in changed.frames
    )
    timeline = replace(changed.timeline, events=(Event("2024-05-01", payload, payload, payload),))
    notes = tuple((payload, payload) for _ in changed.naming_notes)
    names_used = tuple(replace(n, concept=payload, variant=payload) for n in changed.names)
    return replace(
        changed, title=payload, frames=frames, naming_notes=notes, timeline=timeline,
        names=names_used,
    )  # fmt: skip


def with_texts(value: Any, names: dict[str, str]) -> Any:
    """`value` with other texts in place of these, wherever one stands alone."""
    from dataclasses import fields, is_dataclass
    from enum import Enum

    if isinstance(value, str) and not isinstance(value, Enum):
        return names.get(value, value)
    if isinstance(value, tuple | list):
        return type(value)(with_texts(each, names) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value, **{f.name: with_texts(getattr(value, f.name), names) for f in fields(value)}
    )
