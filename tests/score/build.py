"""Sentences, articles and units by hand: "alliance+ rift-" affirms one frame and denies another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.comparison_records import Unit
from azstance.records import (
    Article,
    ArticleResult,
    Coding,
    Fact,
    Modality,
    Polarity,
    Sentence,
    SourceCard,
    Voice,
)
from azstance.scoring.score import Scale, Settings, score_article, score_group

if TYPE_CHECKING:
    from collections.abc import Sequence

SCALE = Scale(
    frames=("alliance", "balance", "influence", "rift"),
    alignment={"alliance": (1, -1), "balance": (-0.5, 0.5), "rift": (-1, 1)},
)
SETTINGS = Settings(resamples=400)


def sentence(
    codes: str = "",
    number: int = 1,
    *,
    said: bool = False,
    text: str = "Text.",
    words: str = "",
    heading: bool = False,
    probability: float = 0.9,
    modality: Modality = Modality.ASSERTED,
) -> Sentence:
    codings = tuple(
        Coding(
            frame=code[:-1],
            polarity=Polarity.AFFIRM if code.endswith("+") else Polarity.DENY,
            probability=probability,
            modality=modality,
        )
        for code in codes.split()
    )
    return Sentence(
        number=number,
        line=10 + number,
        text=text,
        voice=Voice.ATTRIBUTED if said else Voice.AUTHOR,
        heading=heading,
        codings=codings,
        words=tuple(words.split()),
    )


def sentences(*rows: str) -> tuple[Sentence, ...]:
    """Numbered sentences; a row is codes, with a leading ">" where somebody else says it."""
    return tuple(
        sentence(row.lstrip(">"), number, said=row.startswith(">"))
        for number, row in enumerate(rows, start=1)
    )


def repeated(**counts: int) -> tuple[Sentence, ...]:
    """So many sentences of each kind: repeated(alliance=3, not_rift=2, said_balance=1, plain=4)."""
    rows = []
    for kind, count in counts.items():
        said, frame = kind.startswith("said_"), kind.removeprefix("said_")
        sign = "-" if frame.startswith("not_") else "+"
        code = "" if frame == "plain" else frame.removeprefix("not_") + sign
        rows += [">" * said + code] * count
    return sentences(*rows)


def article(
    id: str = "001",
    *,
    outlet: str | None = None,
    author: str | None = None,
    published: str | None = None,
    genre: str | None = None,
) -> Article:
    def fact(value: str | None) -> Fact | None:
        return None if value is None else Fact(value, "test")

    card = SourceCard(fact(outlet), fact(author), fact(published), fact(genre))
    return Article(id, f"{id}.txt", card, ())


def result(id: str, body: Sequence[Sentence], **card: str) -> ArticleResult:
    piece = article(id, **card)
    return ArticleResult(piece, tuple(body), score_article(piece, body, SCALE, SETTINGS))


def unit(id: str, *results: ArticleResult) -> Unit:
    texts = [(piece.article.id, piece.sentences) for piece in results]
    return Unit(id, results, score_group(id, texts, SCALE, SETTINGS))
