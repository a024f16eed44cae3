"""For a person who has never seen the tool: what was found, where, on what grounds, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from azstance.render.checks import selection, summary
from azstance.render.checks.safe import quoted, shown, shown_path
from azstance.render.checks.style import painter
from azstance.render.checks.wrap import wrapped
from azstance.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from azstance.checking.records import CheckReport, Finding

    Paint = Callable[[str, str], str]

MOST_EVIDENCE = 3
MOST_INPUTS = 20
_NARROWEST = 40
_BODY = 6
_ITEM = 2


def render(report: CheckReport, *, width: int, colour: bool) -> Iterator[str]:
    """The findings by file, then the summary. At least 40 cells are taken."""
    width = max(_NARROWEST, width)
    paint = painter(colour)
    for path, found in selection.by_path(selection.counting(report)).items():
        yield from _lines(*(paint(line, "strong") for line in wrapped(shown_path(path), width)))
        for each in found:
            yield from _finding(each, width, paint)
        yield "\n"
    yield from _lines(paint("Summary", "strong"))
    yield from _summary(report, width)
    yield from _inputs(report, width)
    for note in report.notes:
        yield from _lines(*wrapped(shown(note), width, label="Note: ", indent=_ITEM))
    yield "\n"
    yield from _lines(*wrapped(summary.closing(report), width, indent=_ITEM))


def _lines(*lines: str) -> Iterator[str]:
    yield "".join(f"{line}\n" for line in lines)


def _finding(found: Finding, width: int, paint: Paint) -> Iterator[str]:
    body = " " * _BODY
    yield from _head(found, width, paint)
    yield from _lines(*wrapped(shown(found.message), width, label=body, indent=_BODY))
    for each in found.evidence[:MOST_EVIDENCE]:
        label = f"{body}line {each.line}: "
        yield from _lines(*wrapped(quoted(each.text), width, label=label, indent=_BODY + _ITEM))
    more = len(found.evidence) - MOST_EVIDENCE
    if more > 0:
        yield from _lines(f"{body}and {more} more")
    if found.remedy:
        label = f"{body}What to do: "
        yield from _lines(*wrapped(shown(found.remedy), width, label=label, indent=_BODY + _ITEM))


def _head(found: Finding, width: int, paint: Paint) -> Iterator[str]:
    named = f"{shown(found.rule)} {shown(found.name)}".strip() or "rule not named"
    lead = f"{' ' * _ITEM}line {found.line}"
    if cell_len(f"{lead}  {found.level}  {named}") <= width:
        yield f"{lead}  {paint(found.level, found.level)}  {paint(named, 'strong')}\n"
    else:
        yield from _lines(*wrapped(f"{found.level} {named}", width, label=f"{lead} ", indent=_ITEM))


def _summary(report: CheckReport, width: int) -> Iterator[str]:
    for label, text in (
        ("Inputs:    ", f"{summary.outcomes(report)}."),
        ("Findings:  ", f"{summary.found(report)}."),
        ("Tests:     ", summary.tests(report)),
        ("Made with: ", f"{summary.made_with(report)}."),
    ):
        lead = " " * _ITEM + label
        yield from _lines(*wrapped(text, width, label=lead, indent=2 * _ITEM))


def _inputs(report: CheckReport, width: int) -> Iterator[str]:
    """Every input, or, where there are many, those that are not simply clean."""
    listed, _ = selection.by_input(report)
    rest = (
        [] if len(listed) <= MOST_INPUTS else [pair for pair in listed if summary.is_clean(*pair)]
    )
    for item, found in listed:
        if rest and summary.is_clean(item, found):
            continue
        text = f"{selection.place(item)} - {summary.fate(item, found)}"
        yield from _lines(*wrapped(text, width, label=" " * _ITEM + "- ", indent=2 * _ITEM))
    if rest:
        yield from _lines(f"  - and {counted(len(rest), 'article')} with nothing to report")
