"""Two coders of the same sentences: every figure of `azstance agree`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from azstance.errors import ArticleError
from azstance.evaluating import formulas
from azstance.evaluating.evaluate import count
from azstance.evaluating.pairs import tables
from azstance.evaluating.records import (
    KINDS,
    VOICES,
    Agreement,
    CodeAgreement,
    Counts,
    Difference,
    Pair,
    Row,
)
from azstance.evaluating.sampling import sample

if TYPE_CHECKING:
    from azstance.evaluating.formulas import Floats
    from azstance.evaluating.records import Sampling
    from azstance.evaluating.sampling import Parts, Sampled

Key = tuple[str | int | None, int]
VOICE = "voice"


def agree(
    files: tuple[str, str],
    coders: tuple[Sequence[Row], Sequence[Row]],
    frames: Sequence[str],
    sampling: Sampling,
) -> Agreement:
    """Agreement of two coders on the sentences that both files have, matched by doc and n.

    What either marks as furniture or as disputed is left out. Raises ArticleError where a file
    has a sentence twice, and where there is no sentence left.
    """
    first, second = (_by_key(rows, file) for rows, file in zip(coders, files, strict=True))
    both = [(row, second[key]) for key, row in first.items() if key in second]
    pairs = [_pair(*each) for each in both if each[0].counted and each[1].counted]
    if not pairs:
        remedy = 'Sentences are matched by their "doc" and "n".'
        where = f"{files[0]} and {files[1]}"
        raise ArticleError("they have no sentence in common", where=where, remedy=remedy)
    sampled = _sampled(pairs, frames, sampling)
    return Agreement(
        files=files,
        sampling=sampling,
        counts=_count(both, pairs),
        frames=tuple(
            _agreement(sampled, "tables", frame, number) for number, frame in enumerate(frames)
        ),
        voice=_agreement(sampled, VOICE, VOICE, 0),
        whole=sampled.estimate(
            lambda p: formulas.ratio(p["whole"][..., 0], p["whole"][..., 1]), len(pairs)
        ),
        differences=tuple(d for each in pairs if (d := _difference(each, frames)).codes),
        only=(_only(first, second), _only(second, first)),
    )


def _by_key(rows: Iterable[Row], file: str) -> dict[Key, Row]:
    found: dict[Key, Row] = {}
    for row in rows:
        before = found.setdefault((row.doc, row.n), row)
        if before is not row:
            raise ArticleError(
                f"sentence {row.n} was in line {before.line} already",
                where=f"{file}:{row.line}",
                remedy='Give the sentences a "doc", or number them differently ("n").',
            )
    return found


def _only(these: dict[Key, Row], others: dict[Key, Row]) -> tuple[str, ...]:
    return tuple(_place(row) for key, row in these.items() if key not in others)


def _place(row: Row) -> str:
    return f"n {row.n}" if row.doc is None else row.place


def _pair(first: Row, second: Row) -> Pair:
    """The codes of the first beside those of the second, and the text of whichever has it."""
    row = first if first.text is not None else replace(first, text=second.text)
    return Pair(row, first.frames, second.frames, first.voice, second.voice)


def _count(both: Sequence[tuple[Row, Row]], pairs: Sequence[Pair]) -> Counts:
    kept = count([each.row for each in pairs])
    furniture = sum(one.furniture or other.furniture for one, other in both)
    framed = sum(bool(each.wanted or each.got) for each in pairs)
    left = len(both) - len(pairs)
    return Counts(kept.articles, kept.sentences, framed, furniture, left - furniture)


def _sampled(pairs: Sequence[Pair], frames: Sequence[str], sampling: Sampling) -> Sampled:
    by_article: dict[object, list[Pair]] = {}
    for each in pairs:
        by_article.setdefault(each.row.article, []).append(each)
    groups = list(by_article.values())
    parts: Parts = {
        "tables": np.array([tables(group, frames) for group in groups]),
        VOICE: np.array([_voice_table(group)[None] for group in groups]),
        "whole": np.array(
            [[float(sum(p.wanted == p.got for p in group)), float(len(group))] for group in groups]
        ),
    }
    return sample(parts, sampling, "agree")


def _voice_table(pairs: Iterable[Pair]) -> Floats:
    """Voices of the sentences that both coders frame and give a voice; shape (2, 2)."""
    counts = np.zeros((len(VOICES), len(VOICES)))
    for each in pairs:
        if each.wanted and each.got and each.voice_wanted and each.voice_got:
            counts[VOICES.index(each.voice_wanted), VOICES.index(each.voice_got)] += 1
    return counts


def _agreement(sampled: Sampled, part: str, name: str, number: int) -> CodeAgreement:
    table = sampled.seen[part][number]
    total = int(table.sum())

    def of(parts: Parts) -> Floats:
        return parts[part][..., number, :, :]

    def equal(parts: Parts) -> Floats:
        cells = of(parts)
        return formulas.ratio(np.trace(cells, axis1=-2, axis2=-1), cells.sum(axis=(-2, -1)))

    alpha = formulas.alpha(table)
    return CodeAgreement(
        name=name,
        alpha=sampled.estimate(lambda p: formulas.nominal_alpha(of(p)), total, alpha),
        equal=sampled.estimate(equal, total),
        table=tuple(tuple(int(cell) for cell in row) for row in table),
    )


def _difference(each: Pair, frames: Sequence[str]) -> Difference:
    codes = [
        (frame, wanted, got)
        for frame in frames
        for wanted, got in [(each.wanted.get(frame, KINDS[0]), each.got.get(frame, KINDS[0]))]
        if wanted != got
    ]
    voices = each.voice_wanted, each.voice_got
    if each.wanted and each.got and all(voices) and voices[0] != voices[1]:
        codes.append((VOICE, str(voices[0]), str(voices[1])))
    return Difference(each.row, tuple(codes))
