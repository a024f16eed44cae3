"""An article as its template takes it: paragraphs of sentences with their marks, facts, figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from azstance.records import Polarity, Voice
from azstance.render import words as said
from azstance.render.clean import aligned, path_text, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from azstance.overview_records import Member
    from azstance.records import ArticleResult, Coding, Score, Sentence

FULL, FRAMED, ROW = "full", "framed", "row"
"""How much of an article a page shows: all of it, its framed sentences, or a line about it."""

_POLARITY = {Polarity.AFFIRM: "a", Polarity.DENY: "d"}
_VOICE = {Voice.AUTHOR: "w", Voice.ATTRIBUTED: "q"}
_FACTS = ("title", "outlet", "author", "published", "genre", "url", "language")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; a framed sentence has its `number` and the classes of its `marks`."""

    text: str
    number: int = 0
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading, with its line in the file."""

    line: int
    heading: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FrameRow:
    """What an article says of a frame, in words."""

    position: int
    frame: str
    affirm: int
    deny: int
    attributed: int
    share: str
    stance: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article for its template."""

    place: int
    id: str
    level: str
    title: str
    source: str
    about: str
    leading: str
    alignment: str
    sentences: int
    framed: int
    paragraphs: tuple[Paragraph, ...]
    frames: tuple[FrameRow, ...]
    facts: tuple[tuple[str, str, str], ...]
    cut: tuple[tuple[int, str, str], ...]
    notes: tuple[str, ...]


def article_view(
    result: ArticleResult, member: Member, frames: Sequence[str], level: str
) -> ArticleView:
    """The article at a level; at FRAMED its paragraphs hold nothing but framed sentences."""
    article, score = result.article, result.score
    card = article.card
    about = (card.published, card.genre, card.author)
    return ArticleView(
        place=member.place,
        id=article.id,
        level=level,
        title=plain(card.title.value).strip() if card.title else "",
        source=member.source,
        about=", ".join(plain(fact.value) for fact in about if fact),
        leading=said.leading(score),
        alignment=said.joined(
            said.signed(score.alignment.value), said.signed_interval(score.alignment)
        ),
        sentences=score.sentences,
        framed=score.framed,
        paragraphs=tuple(_body(result, frames, level)),
        frames=tuple(_frame_rows(score)) if level != ROW else (),
        facts=tuple(_facts(result)),
        cut=tuple((each.line, each.text, each.reason) for each in article.cut),
        notes=article.notes,
    )


def codings(sentence: Sentence, frames: Sequence[str]) -> Iterator[tuple[int, Coding]]:
    """The codes of a sentence as they are counted, one a frame."""
    from azstance.scoring.tally import frame_coding

    for position, frame in enumerate(frames):
        if coding := frame_coding(sentence, frame):
            yield position, coding


def mark(position: int, polarity: Polarity, voice: Voice) -> str:
    """The classes of a mark: frame, polarity and voice."""
    return f"f{position} {_POLARITY[polarity]} {_VOICE[voice]}"


def _piece(sentence: Sentence, frames: Sequence[str]) -> Piece:
    marks = tuple(
        mark(position, coding.polarity, sentence.voice)
        for position, coding in codings(sentence, frames)
    )
    return Piece(aligned(sentence.text), sentence.number if marks else 0, marks)


def _body(result: ArticleResult, frames: Sequence[str], level: str) -> Iterator[Paragraph]:
    if level == FULL:
        yield from _paragraphs(result, frames)
    elif level == FRAMED:
        yield from _only_framed(result, frames)


def _paragraphs(result: ArticleResult, frames: Sequence[str]) -> Iterator[Paragraph]:
    """The blocks of the article with their sentences in them.

    Sentences follow each other as in the text; each is looked for behind the one before.
    """
    waiting = list(reversed(result.sentences))
    for block in result.article.blocks:
        pieces, at = [], 0
        while waiting:
            start = block.text.find(waiting[-1].text, at)
            if start < 0:
                break
            if start > at:
                pieces.append(Piece(aligned(block.text[at:start])))
            pieces.append(_piece(waiting[-1], frames))
            at = start + len(waiting.pop().text)
        if at < len(block.text):
            pieces.append(Piece(aligned(block.text[at:])))
        yield Paragraph(block.line_at(0), block.heading, tuple(pieces))
    for sentence in reversed(waiting):  # never so far, and none may be lost
        yield Paragraph(sentence.line, sentence.heading, (_piece(sentence, frames),))


def _only_framed(result: ArticleResult, frames: Sequence[str]) -> Iterator[Paragraph]:
    for sentence in result.sentences:
        piece = _piece(sentence, frames)
        if piece.number:
            yield Paragraph(sentence.line, sentence.heading, (piece,))


def _frame_rows(score: Score) -> Iterator[FrameRow]:
    for position, each in enumerate(score.frames):
        yield FrameRow(
            position=position,
            frame=each.frame,
            affirm=each.affirm,
            deny=each.deny,
            attributed=each.attributed,
            share=said.joined(said.percent(each.share.value), said.share_interval(each.share)),
            stance=said.joined(said.signed(each.stance.value), said.signed_interval(each.stance)),
        )


def _facts(result: ArticleResult) -> Iterator[tuple[str, str, str]]:
    """(name, value, where it was found) of what is known of the source."""
    article = result.article
    yield "file", path_text(article.path), ""
    for name in _FACTS:
        if fact := getattr(article.card, name):
            yield name, fact.value, fact.origin
