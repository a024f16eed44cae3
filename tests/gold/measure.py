"""How well sentences are coded, against sentences coded by hand: the figures of the floors.

    python -m tests.gold.measure FILE.jsonl

The short form of `azstance evaluate`; the arithmetic is that of azstance.evaluating. A row of the
file is a sentence, as docs/evaluation.md describes it. The rows of a doc make one article, a block
per sentence, without its furniture; disputed rows are read for their context and left out of the
figures.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from azstance.codebook import Codebook, load_codebook
from azstance.coding import code_article
from azstance.evaluating import formulas, records
from azstance.evaluating.pairs import articles_of, pairs_of, tables, voices
from azstance.evaluating.records import Pair

if TYPE_CHECKING:
    from spacy.language import Language

Row = dict[str, Any]


def read_rows(path: str | Path) -> list[Row]:
    """The rows of a file of coded sentences."""
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def code(rows: Iterable[Row], nlp: Language, codebook: Codebook) -> list[Pair]:
    """Run the rows through the pipeline and stand what it says beside what it should say."""
    from azstance.nlp import pipeline

    by_line = dict(enumerate(rows, 1))
    coded = [_row(line, row) for line, row in by_line.items()]
    sentences = [
        sentence
        for article in articles_of(coded)
        for sentence in code_article(
            pipeline.annotate(nlp, article), codebook.frame_names, codebook.carried
        )
    ]
    return [replace(p, row=by_line[p.row.line]) for p in pairs_of(coded, sentences)]


def _row(line: int, row: Row) -> records.Row:
    marks = bool(row.get("disputed")), bool(row.get("furniture"))
    return records.Row(line, row["doc"], row["n"], row["text"], row["frames"], row["voice"], *marks)


def _frames(pairs: Sequence[Pair]) -> list[str]:
    return sorted({frame for p in pairs for frame in (*p.wanted, *p.got)})


def presence(pairs: Sequence[Pair], frame: str) -> tuple[float, int]:
    """F1 of "the frame is there", whatever its polarity, and how often it is there."""
    right, gold, coded = formulas.presence(tables(pairs, [frame])[0])
    return _known(formulas.f1(right, gold, coded)), int(gold)


def mean_presence(pairs: Sequence[Pair]) -> float:
    """Mean of the presence F1 over the frames that occur in the hand-coded sentences."""
    return _known(formulas.macro_f1(tables(pairs, _frames(pairs))))


def micro(pairs: Sequence[Pair]) -> float:
    """F1 of frame and polarity together, over all sentences and frames at once."""
    return _known(formulas.micro_f1(tables(pairs, _frames(pairs))))


def voice_accuracy(pairs: Sequence[Pair]) -> tuple[float, int]:
    """Share of the framed sentences whose voice is right, and their number."""
    right, asked = voices(pairs)
    return _known(formulas.ratio(right, asked)), int(asked)


def _known(figure: Any) -> float:
    """A figure, 0 where there is nothing to measure."""
    return 0.0 if np.isnan(figure) else float(figure)


def table(pairs: Sequence[Pair], frames: Sequence[str]) -> str:
    """The figures as text."""
    lines = [f"{'frame':<12}{'presence F1':>12}{'sentences':>11}"]
    for frame in frames:
        value, number = presence(pairs, frame)
        shown = f"{value:.3f}" if number else "n/a"
        lines.append(f"{frame:<12}{shown:>12}{number:>11}")
    voice, framed = voice_accuracy(pairs)
    lines += [
        f"{'mean':<12}{mean_presence(pairs):>12.3f}{len(pairs):>11}",
        f"{'micro F1':<12}{micro(pairs):>12.3f}   of frame and polarity",
        f"{'voice':<12}{voice:>12.3f}{framed:>11}",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Print the table for one file."""
    if len(arguments) != 1:
        print("usage: python -m tests.gold.measure FILE.jsonl", file=sys.stderr)
        return 2
    from azstance.nlp import pipeline

    codebook = load_codebook(None)
    pairs = code(read_rows(arguments[0]), pipeline.load(None, codebook), codebook)
    print(table(pairs, codebook.frame_names))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
