"""An evaluation for people: totals, then each frame, confusion, calibration, articles, errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from azstance.evaluating.records import KINDS
from azstance.render import evaluation_words as say
from azstance.render import words
from azstance.render.clean import path_text, plain
from azstance.render.console import show
from azstance.render.draw import glyphs
from azstance.render.layout import Sheet, grid, heading, indented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console, RenderableType

    from azstance.evaluating.records import (
        ArticleFigures,
        Evaluation,
        FrameFigures,
        Mistakes,
    )

_LABEL = 24


def render_evaluation(evaluation: Evaluation, console: Console) -> None:
    """Show an evaluation."""
    show(console, evaluation_table(evaluation, console))


def evaluation_table(evaluation: Evaluation, console: Console) -> Iterator[str]:
    """The text of `render_evaluation`, a chunk a section."""
    sheet = Sheet(console, glyphs(console))
    yield sheet.draw(_opening(evaluation, sheet))
    yield sheet.draw(_frames(evaluation, sheet))
    yield sheet.draw(_confusion(evaluation.frames, sheet))
    yield sheet.draw(_calibration(evaluation, sheet))
    if evaluation.shares:
        yield sheet.draw(_shares(evaluation, sheet))
    if evaluation.by_article:
        yield sheet.draw(_articles(evaluation.by_article, sheet))
    for title, mistakes in (
        ("Coded, and not in gold", evaluation.invented),
        ("In gold, and not coded", evaluation.missed),
        ("Coded with the other polarity", evaluation.turned),
    ):
        yield sheet.draw(_mistakes(title, mistakes, sheet))


def table_of(
    sheet: Sheet, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> list[RenderableType]:
    """Rows under a header, numbers to the right; stacked below their names where it is narrow."""
    listed = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *listed, strict=True)]
    if sum(widths) + 2 * len(widths) > sheet.width + 2:
        return [line for row in listed for line in _stacked(header, row)]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for position, (name, width) in enumerate(zip(header, widths, strict=True)):
        right = position and not any("[" in row[position] for row in listed)
        table.add_column(Text(name), width=width, justify="right" if right else "left")
    for row in listed:
        table.add_row(*(Text(cell) for cell in row))
    return [table]


def _stacked(header: Sequence[str], row: Sequence[str]) -> Iterator[Text]:
    yield Text(row[0], "bold")
    for name, cell in zip(header[1:], row[1:], strict=True):
        yield Text(f"  {name} {cell}")


def section(sheet: Sheet, title: str, *explained: str) -> Iterator[RenderableType]:
    """A heading with an empty line above it, and what is to be said before the figures."""
    yield Text()
    yield heading(sheet, title)
    for text in explained:
        yield Text(text)


def totals(sheet: Sheet, rows: Iterable[tuple[str, str, str]]) -> list[RenderableType]:
    """Figures by name, each with what it is of."""
    if sheet.narrow:
        return [
            part
            for name, value, of in rows
            for part in (Text(name, "bold"), Text(f"  {value} {of}"))
        ]
    return [grid((Text(name, "bold"), Text(value), Text(of)) for name, value, of in rows)]


def _shares(evaluation: Evaluation, sheet: Sheet) -> Iterator[RenderableType]:
    yield from section(sheet, "Shares of sentences", say.SHARES)
    header = ("", "counted", "corrected", "all: counted", "all: corrected")
    yield from table_of(
        sheet,
        header,
        (
            (
                plain(each.frame),
                say.points(each.counted),
                say.points(each.corrected),
                say.points(each.counted_all, signed=True),
                say.points(each.corrected_all, signed=True),
            )
            for each in evaluation.shares
        ),
    )


def _opening(evaluation: Evaluation, sheet: Sheet) -> Iterator[RenderableType]:
    run = evaluation.run
    yield heading(sheet, path_text(run.gold))
    yield Text(say.size(evaluation.counts))
    book, pipe = run.codebook, run.pipeline
    yield Text(
        f"codebook {plain(book.name)} {plain(book.version)}, "
        f"pipeline {plain(pipe.name)} {plain(pipe.version)}, model {plain(pipe.model)}"
    )
    yield Text(say.intervals(evaluation.counts, run.sampling))
    yield Text()
    yield from totals(
        sheet,
        (
            ("macro F1", say.figure(evaluation.macro), "presence, mean of the frames in gold"),
            ("micro F1", say.figure(evaluation.micro), "frame and polarity"),
            (
                "voice",
                say.figure(evaluation.voice),
                f"right, of {words.counted(evaluation.voice.n, 'sentence')} framed in gold",
            ),
            (
                "calibration error",
                say.figure(evaluation.calibration),
                f"expected, of {words.counted(evaluation.calibration.n, 'coding')}",
            ),
        ),
    )


def _frames(evaluation: Evaluation, sheet: Sheet) -> Iterator[RenderableType]:
    yield from section(sheet, "Presence", say.PRESENCE)
    header = ("frame", "gold", "coded", "precision", "recall", "F1")
    yield from table_of(
        sheet,
        header,
        [
            (
                plain(each.frame),
                str(each.gold),
                str(each.coded),
                *map(say.figure, (each.precision, each.recall, each.f1)),
            )
            for each in evaluation.frames
        ],
    )
    yield from section(sheet, "Polarity and agreement", say.CODES)
    coded = evaluation.coders.frames if evaluation.coders else ()
    alphas = {each.name: each.alpha.value for each in coded}
    yield from table_of(
        sheet,
        ("frame", "F1 affirm", "F1 deny", "alpha", *(["coders"] if evaluation.coders else [])),
        [
            (
                plain(each.frame),
                *(say.figure(each.polarities[kind].f1) for kind in KINDS[1:]),
                say.figure(each.alpha),
                *([say.fixed(alphas[each.frame])] if evaluation.coders else []),
            )
            for each in evaluation.frames
        ],
    )
    if evaluation.coders:
        yield Text(say.coders(evaluation.coders))


def _confusion(frames: Sequence[FrameFigures], sheet: Sheet) -> Iterator[RenderableType]:
    yield from section(sheet, "Confusion", say.CONFUSION)
    rows = [
        (f"{plain(each.frame)} {kind}", *map(str, cells))
        for each in frames
        for kind, cells in zip(KINDS, each.confusion, strict=True)
    ]
    yield from table_of(sheet, ("in gold", *KINDS), rows)


def _calibration(evaluation: Evaluation, sheet: Sheet) -> Iterator[RenderableType]:
    yield from section(sheet, "Calibration", say.CALIBRATION)
    rows = [
        (
            f"{each.low:.1f} to {each.high:.1f}",
            str(each.n),
            f"{each.probability:.2f}",
            f"{each.right:.2f}",
        )
        for each in evaluation.bins
        if each.probability is not None and each.right is not None
    ]
    if rows:
        yield from table_of(sheet, ("probability", "codings", "mean", "right"), rows)
    else:
        yield Text("Nothing was coded.")


def _articles(figures: ArticleFigures, sheet: Sheet) -> Iterator[RenderableType]:
    yield from section(sheet, "Articles")
    zero = f"; {figures.as_zero} without an alignment count as 0" if figures.as_zero else ""
    yield from totals(
        sheet,
        (
            (
                "dominant frame",
                say.figure(figures.dominant),
                f"right, of {words.counted(figures.dominant.n, 'article')}",
            ),
            (
                "alignment",
                say.figure(figures.alignment),
                "Spearman's rank correlation, "
                f"{words.counted(figures.alignment.n, 'article')}{zero}",
            ),
        ),
    )
    wrong = [
        each
        for each in figures.articles
        if each.label.dominant is not None and each.label.dominant != each.dominant
    ]
    if wrong:
        yield Text()
        yield from table_of(
            sheet,
            ("article", "dominant in gold", "coded"),
            [
                (plain(str(each.label.doc)), plain(str(each.label.dominant)), plain(each.dominant))
                for each in wrong
            ],
        )
    if figures.not_found:
        names = ", ".join(plain(doc) for doc in figures.not_found)
        yield Text(f"Without sentences in the gold file, and left out: {names}.")


def _mistakes(title: str, mistakes: Mistakes, sheet: Sheet) -> Iterator[RenderableType]:
    yield from section(sheet, f"{title}: {mistakes.total}")
    rest = mistakes.total - len(mistakes.shown)
    for each in mistakes.shown:
        yield Text.assemble((plain(each.row.place), "bold"), "  ", say.mistake(each))
        yield indented(say.text(each.row))
    if rest:
        yield Text(f"{rest} more (--errors {mistakes.total} shows all).")
