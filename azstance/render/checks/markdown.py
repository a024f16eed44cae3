"""A job summary in Markdown: the result, what could not be checked, then a table for each file.

GitHub refuses a summary above its limit as a whole, so it is cut here, and says how much is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from azstance.checking.records import Outcome
from azstance.render.checks import selection, summary
from azstance.render.checks.safe import clipped, quoted, shown, shown_path
from azstance.render.clean import plain
from azstance.render.document import number
from azstance.render.escape import escaped, table
from azstance.render.words import MISSING, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.checking.records import CheckReport, Finding, Measure

LIMIT = 512 * 1024
MOST_EVIDENCE = 3
_LONGEST = 1000
_RESERVE = 400
_HEADER = ("Line", "Level", "Rule", "What was found")
_MEASURES = ("Line", "Rule", "Measure", "This article", "Median", "n", "p", "alpha", "Least effect")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the page that is left out as a whole, and how many findings or lines it holds."""

    text: str
    findings: int = 0
    lines: int = 0


def render(report: CheckReport) -> Iterator[str]:
    """The page, at most `LIMIT` bytes of UTF-8; what comes last is left out first."""
    pieces = list(_pieces(report))
    fitting = _fitting(pieces)
    yield from (piece.text for piece in pieces[:fitting])
    if fitting < len(pieces):
        rest = pieces[fitting:]
        findings = counted(sum(each.findings for each in rest), "finding")
        lines = counted(sum(each.lines for each in rest), "other line")
        yield (
            f"\n**The page is cut: {findings} and {lines} are left out.** "
            "The json format has all of them.\n"
        )


def _fitting(pieces: list[_Piece]) -> int:
    """How many pieces the page can hold, with room for the line that says that it is cut."""
    sizes = accumulate(len(each.text.encode("utf-8")) for each in pieces)
    return sum(size <= LIMIT - _RESERVE for size in sizes)


def _pieces(report: CheckReport) -> Iterator[_Piece]:
    yield _Piece(f"# azstance check\n\n**{_cell(summary.closing(report))}**\n\n")
    for label, text in (
        ("Inputs", f"{summary.outcomes(report)}."),
        ("Findings", f"{summary.found(report)}."),
        ("Tests", summary.tests(report)),
        ("Made with", f"{summary.made_with(report)}."),
    ):
        yield _Piece(f"- {label}: {_cell(text)}\n", lines=1)
    for note in report.notes:
        yield _Piece(f"- Note: {_cell(note)}\n", lines=1)
    yield from _inputs(report)
    for path, found in selection.by_path(selection.counting(report)).items():
        yield from _file(path, found)


def _inputs(report: CheckReport) -> Iterator[_Piece]:
    """The inputs that were not simply checked, the worst first."""
    listed, _ = selection.by_input(report)
    order = (Outcome.FAILED, Outcome.WITHHELD, Outcome.TOO_SHORT, Outcome.SKIPPED)
    lead = "\n## Not simply checked\n\n"
    for outcome in order:
        for item, found in listed:
            if item.outcome is outcome:
                text = f"{lead}- {_cell(selection.place(item))}: {_cell(summary.fate(item, found))}"
                yield _Piece(f"{text}\n", lines=1)
                lead = ""


def _file(path: str, found: list[Finding]) -> Iterator[_Piece]:
    lead = f"\n## {_cell(shown_path(path))}\n\n{table(_HEADER, [])}"
    for each in found:
        yield _Piece(lead + _row(each), findings=1)
        lead = ""
    measured = [(each, each.measure) for each in found if each.measure]
    if measured:
        rows = [_measure(each, measure) for each, measure in measured]
        text = table(_MEASURES, rows, numbers=6)
        opening = "\n<details><summary>What was measured</summary>\n\n"
        yield _Piece(f"{opening}{text}\n</details>\n", lines=len(rows))


def _row(found: Finding) -> str:
    lines = [_cell(found.message)]
    lines += [f"line {e.line}: {escaped(quoted(e.text))}" for e in found.evidence[:MOST_EVIDENCE]]
    more = len(found.evidence) - MOST_EVIDENCE
    lines += [f"and {more} more"] if more > 0 else []
    lines += [f"*What to do:* {_cell(found.remedy)}"] if found.remedy else []
    rule = f"{_cell(found.rule)} {_cell(found.name)}"
    return f"| {found.line} | {found.level} | {rule} | {'<br>'.join(lines)} |\n"


def _measure(found: Finding, measure: Measure) -> list[str]:
    figures = (measure.value, measure.center, measure.n, measure.p, measure.alpha, measure.effect)
    cells = [_figure(each) for each in figures]
    return [str(found.line), _cell(found.rule), _cell(measure.name), *cells]


def _figure(value: float) -> str:
    rounded = number(value)
    return MISSING if rounded is None else escaped(f"{rounded:.4g}")


def _cell(text: str) -> str:
    return escaped(shown(clipped(plain(text), _LONGEST))).strip() or MISSING
