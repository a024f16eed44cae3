"""How well sentences are coded, against sentences coded by hand.

    python -m tests.gold.measure FILE.jsonl

A row of the file is a sentence: `doc`, `n`, `text`, `frames` {frame: polarity}, `voice`, and where
there are any `furniture` and `disputed`. The rows of a doc make one article, a block per sentence,
without its furniture; disputed rows are read for their context and left out of the figures.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azstance.codebook import Codebook, load_codebook
from azstance.coding import code_article
from azstance.records import Article, Block, Sentence, SourceCard

if TYPE_CHECKING:
    from spacy.language import Language

Row = dict[str, Any]
Codes = dict[str, str]


@dataclass(frozen=True)
class Pair:
    """A sentence with the codes that it should have, and those it got; likewise its voice."""

    row: Row
    wanted: Codes
    got: Codes
    voice_wanted: str | None
    voice_got: str | None


def read_rows(path: str | Path) -> list[Row]:
    """The rows of a file of coded sentences."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def articles(rows: Iterable[Row]) -> list[tuple[Article, list[Row]]]:
    """An article per doc with its body rows, in the order of the file."""
    docs: dict[str, list[Row]] = {}
    for row in rows:
        if not row.get("furniture"):
            docs.setdefault(row["doc"], []).append(row)
    return [(_article(doc, body), body) for doc, body in docs.items()]


def _article(doc: str, body: Sequence[Row]) -> Article:
    blocks = tuple(Block(row["text"], ((0, row["n"]),), sentences=(0,)) for row in body)
    return Article(doc, f"{doc}.txt", SourceCard(), blocks)


def code(rows: Iterable[Row], nlp: Language, codebook: Codebook) -> list[Pair]:
    """Run the rows through the pipeline and stand what it says beside what it should say."""
    from azstance.nlp import pipeline

    pairs = []
    for article, body in articles(rows):
        found = pipeline.annotate(nlp, article)
        coded = code_article(found, codebook.frame_names, codebook.carried)
        by_line = {sentence.line: sentence for sentence in coded}
        pairs += [_pair(row, by_line.get(row["n"])) for row in body if not row.get("disputed")]
    return pairs


def _pair(row: Row, sentence: Sentence | None) -> Pair:
    """A row without letters has no sentence, and so neither codes nor voice."""
    codes = {c.frame: str(c.polarity) for c in sentence.codings} if sentence else {}
    voice = str(sentence.voice) if sentence else None
    return Pair(row, row["frames"], codes, row["voice"], voice)


def f1(right: int, wrong: int, missed: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def presence(pairs: Sequence[Pair], frame: str) -> tuple[float, int]:
    """F1 of "the frame is there", whatever its polarity, and how often it is there."""
    right = sum(frame in p.wanted and frame in p.got for p in pairs)
    wanted = sum(frame in p.wanted for p in pairs)
    got = sum(frame in p.got for p in pairs)
    return f1(right, got - right, wanted - right), wanted


def mean_presence(pairs: Sequence[Pair]) -> float:
    """Mean of the presence F1 over the frames that occur in the hand-coded sentences."""
    frames = sorted({frame for p in pairs for frame in p.wanted})
    return sum(presence(pairs, frame)[0] for frame in frames) / len(frames) if frames else 0.0


def micro(pairs: Sequence[Pair]) -> float:
    """F1 of frame and polarity together, over all sentences and frames at once."""
    right = sum(len(p.wanted.items() & p.got.items()) for p in pairs)
    wanted, got = sum(len(p.wanted) for p in pairs), sum(len(p.got) for p in pairs)
    return f1(right, got - right, wanted - right)


def voice_accuracy(pairs: Sequence[Pair]) -> tuple[float, int]:
    """Share of the framed sentences whose voice is right, and their number."""
    framed = [p for p in pairs if p.wanted and p.voice_wanted]
    right = sum(p.voice_wanted == p.voice_got for p in framed)
    return (right / len(framed) if framed else 0.0), len(framed)


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
