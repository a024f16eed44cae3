"""Gold rows and coded sentences written by hand, small enough to count on paper."""

from __future__ import annotations

from azstance.evaluating.evaluate import evaluate
from azstance.evaluating.pairs import articles_of
from azstance.evaluating.records import Evaluation, Label, Row, Run, Sampling
from azstance.records import (
    ArticleResult,
    CodebookInfo,
    Coding,
    PipelineInfo,
    Polarity,
    Sentence,
    Voice,
)
from azstance.scoring.scale import Scale, Settings
from azstance.scoring.score import score_article

FRAMES = ("alliance", "rift")
SCALE = Scale(FRAMES, {"alliance": (1, -1), "rift": (-1, 1)}, minimum_sentences=1)
SIGNS = {"+": "affirm", "-": "deny"}
VOICES = {"a": "author", "t": "attributed", "": None}


def codes(text: str) -> dict[str, str]:
    """Codes written "alliance+ rift-"."""
    return {code[:-1]: SIGNS[code[-1]] for code in text.split()}


def row(  # noqa: PLR0917
    line: int, doc: str | None, n: int, frames: str = "", voice: str = "", mark: str = ""
) -> Row:
    """A gold row; `mark` is "disputed", "furniture" or nothing."""
    text = f"Sentence {n} of {doc}."
    marks = mark == "disputed", mark == "furniture"
    return Row(line, doc, n, text, codes(frames), VOICES[voice], *marks)


def sentence(line: int, number: int, coded: str = "", voice: str = "a") -> Sentence:
    """A sentence with codings written "alliance+0.9"."""
    codings = tuple(
        Coding(each[:at], Polarity(SIGNS[each[at]]), float(each[at + 1 :]))
        for each in coded.split()
        for at in [max(each.find("+"), each.find("-"))]
    )
    return Sentence(number, line, f"Sentence {number}.", Voice(VOICES[voice]), codings=codings)


ROWS = (
    row(1, "a", 1, "alliance+", "a"),
    row(2, "a", 2, "alliance-", "a"),
    row(3, "a", 3),
    row(5, "b", 1, "rift+ alliance+", "t"),
    row(6, "b", 2),
    row(7, "b", 3, mark="disputed"),
    row(8, "b", 4, mark="furniture"),
)
CODED = {
    "a": (
        sentence(1, 1, "alliance+0.9"),
        sentence(2, 2, "alliance+0.8", "t"),
        sentence(3, 3, "rift+0.7"),
    ),
    "b": (
        sentence(5, 1, "rift+0.9", "t"),
        sentence(6, 2),
        sentence(7, 3, "alliance+0.9"),
    ),
}
LABELS = (Label("a", "alliance", 2.0), Label("b", "alliance", -1.0), Label("c", "rift", 0.0))
RUN = Run(
    "gold.jsonl",
    FRAMES,
    CodebookInfo("made-up", "1", "0" * 64, FRAMES, ("Azerbaijan", "Russia")),
    PipelineInfo("none", "1"),
    Sampling(0.95, 200, 7),
    5,
)


def results(rows: tuple[Row, ...], coded: dict[str, tuple[Sentence, ...]]) -> list[ArticleResult]:
    """Articles of `rows` with the sentences of `coded`, in the order of the articles."""
    settings = Settings(100, 0.95, 1, 1)
    return [
        ArticleResult(article, found, score_article(article, found, SCALE, settings))
        for article, found in zip(articles_of(rows), coded.values(), strict=True)
    ]


def make_evaluation(labels: tuple[Label, ...] | None = LABELS) -> Evaluation:
    return evaluate(RUN, ROWS, results(ROWS, CODED), labels)
