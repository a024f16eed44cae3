"""CSV: a row per article (or group) and frame, per sentence, or per contrast. As in RFC 4180.

Spreadsheets run a cell as a formula when it begins with = + - or @ (or with their full-width
forms, or after white space). Text from articles and file names gets a leading apostrophe there, as
OWASP advises; numbers are written by us and stay numbers. A figure that cannot be computed is an
empty cell.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from azstance.render import document, sentence_rows
from azstance.render.clean import path_text, plain
from azstance.render.options import SENTENCES
from azstance.render.units import units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from azstance.comparison_records import Comparison
    from azstance.records import Estimate, FrameScore, Report
    from azstance.render.options import Options
    from azstance.render.units import Unit
    from azstance.timeline.records import Timeline

Cell = str | int | float | None

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UNIT = (
    *("by", "id", "source", "path", "outlet", "author", "published", "genre", "title"),
    *("articles", "sentences", "framed", "dominant", "verdict", "runner_up"),
    *("margin", "margin_low", "margin_high"),
    *("alignment", "alignment_low", "alignment_high", "alignment_n"),
)
_FRAME = (
    *("frame", "affirm", "deny", "attributed", "attributed_deny"),
    *("share", "share_low", "share_high", "share_n"),
    *("expected", "expected_low", "expected_high"),
    *("stance", "stance_low", "stance_high", "stance_n"),
    *("for_article", "for_line", "for_text", "against_article", "against_line", "against_text"),
)
COLUMNS = _UNIT + _FRAME
CONTRAST_COLUMNS = (
    *("left", "right", "measure", "frame"),
    *("difference", "difference_low", "difference_high", "difference_n"),
    *("p", "p_adjusted", "permuted"),
)


def report(report: Report, options: Options) -> Iterator[str]:
    """A header, then the rows of one unit at a time, or of the sentences of one article."""
    if options.rows == SENTENCES:
        yield from _sentences(report)
        return
    yield lines([COLUMNS])
    for unit in units(report):
        left = _unit_cells(unit, report.by)
        yield lines([left + _frame_cells(unit, frame) for frame in unit.score.frames])


def _sentences(report: Report) -> Iterator[str]:
    frames = report.codebook.frames
    yield lines([[cell(column.name) for column in sentence_rows.columns(frames)]])
    for result in report.articles:
        rows = sentence_rows.rows(result, frames)
        yield lines([[_shown(each) for each in row.values()] for row in rows])


def _shown(value: sentence_rows.Cell) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell(value) if isinstance(value, str) else value


def comparison(comparison: Comparison, options: Options) -> Iterator[str]:
    """A row per contrast, those of the alignment last. What has no figure is only in json."""
    del options
    rows = [
        (
            cell(each.left),
            cell(each.right),
            each.measure.value,
            cell(each.frame),
            *figures(each.difference),
            document.number(each.p),
            document.number(each.p_adjusted),
            cell(each.permuted),
        )
        for each in (*comparison.contrasts, *comparison.alignment)
    ]
    yield lines([CONTRAST_COLUMNS, *rows])


def timeline(timeline: Timeline, options: Options) -> Iterator[str]:
    """A row per source, period and frame."""
    from azstance.render.timeline_csv import as_csv

    return as_csv(timeline, options)


def lines(rows: Sequence[Sequence[Cell]]) -> str:
    """Rows as CSV text."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def cell(text: str | None) -> str:
    """Text of an article, a file name or metadata as a cell that no spreadsheet runs."""
    if text is None:
        return ""
    shown = plain(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown


def figures(estimate: Estimate, *, n: bool = True) -> tuple[Cell, ...]:
    """Value, low, high and, where asked for, n."""
    numbers = [document.number(each) for each in (estimate.value, estimate.low, estimate.high)]
    return (*numbers, estimate.n) if n else tuple(numbers)


def _unit_cells(unit: Unit, by: str) -> tuple[Cell, ...]:
    score = unit.score
    card = unit.card
    facts = (card.outlet, card.author, card.published, card.genre, card.title) if card else ()
    return (
        by,
        cell(score.id),
        cell(unit.source),
        cell(path_text(unit.path)) if unit.path else "",
        *(cell(fact.value) if fact else "" for fact in facts or (None,) * 5),
        len(score.articles),
        score.sentences,
        score.framed,
        cell(document.dominant(score)),
        score.dominance.verdict.value,
        cell(score.dominance.runner_up),
        *figures(score.dominance.margin, n=False),
        *figures(score.alignment),
    )


def _frame_cells(unit: Unit, frame: FrameScore) -> tuple[Cell, ...]:
    return (
        cell(frame.frame),
        frame.affirm,
        frame.deny,
        frame.attributed,
        frame.attributed_deny,
        *figures(frame.share),
        *(figures(frame.expected, n=False) if frame.expected else ("", "", "")),
        *figures(frame.stance),
        *_best(unit, frame.evidence_for),
        *_best(unit, frame.evidence_against),
    )


def _best(unit: Unit, places: tuple[tuple[str, int], ...]) -> tuple[Cell, ...]:
    for evidence in unit.evidence(places[:1]):
        return cell(evidence.article), evidence.sentence.line, cell(evidence.sentence.text)
    return "", None, ""
