"""The agreement of two coders for people: figures first, then what they differ on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from azstance.render import evaluation_words as say
from azstance.render import words
from azstance.render.clean import path_text, plain
from azstance.render.console import show
from azstance.render.draw import glyphs
from azstance.render.evaluation_table import section, table_of
from azstance.render.layout import Sheet, heading, indented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, RenderableType

    from azstance.evaluating.records import Agreement, CodeAgreement

_NAMED = 12
"""So many sentences that one file alone has are named."""


def render_agreement(agreement: Agreement, console: Console) -> None:
    """Show an agreement."""
    show(console, agreement_table(agreement, console))


def agreement_table(agreement: Agreement, console: Console) -> Iterator[str]:
    """The text of `render_agreement`, a chunk a section."""
    sheet = Sheet(console, glyphs(console))
    yield sheet.draw(_opening(agreement, sheet))
    yield sheet.draw(_differences(agreement, sheet))


def _opening(agreement: Agreement, sheet: Sheet) -> Iterator[RenderableType]:
    yield heading(sheet, *(path_text(file) for file in agreement.files))
    yield Text(f"Both code {say.size(agreement.counts)}.")
    for file, places in zip(agreement.files, agreement.only, strict=True):
        if places:
            names = ", ".join(plain(place) for place in places[:_NAMED])
            more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
            yield Text(f"Only in {path_text(file)}: {names}{more}.")
    yield Text(say.intervals(agreement.counts, agreement.sampling))
    yield Text()
    rows = [
        *(_row(each, plain(each.name)) for each in agreement.frames),
        _row(agreement.voice, say.VOICE),
        ("all frames", str(agreement.whole.n), say.share(agreement.whole), ""),
    ]
    yield from table_of(sheet, ("", "sentences", "equal", "alpha"), rows)
    yield Text()
    given = [
        (plain(each.name), *(f"{a} / {d}" for a, d in _given(each))) for each in agreement.frames
    ]
    yield from table_of(sheet, ("affirm / deny", "first", "second"), given)


def _row(each: CodeAgreement, name: str) -> tuple[str, str, str, str]:
    return name, str(each.equal.n), say.share(each.equal), say.figure(each.alpha)


def _given(each: CodeAgreement) -> list[tuple[int, int]]:
    """How often the first and the second coder affirm and deny the frame."""
    columns = list(zip(*each.table, strict=True))
    return [(sum(codes[1]), sum(codes[2])) for codes in (each.table, columns)]


def _differences(agreement: Agreement, sheet: Sheet) -> Iterator[RenderableType]:
    found = agreement.differences
    yield from section(sheet, f"Coded differently: {words.counted(len(found), 'sentence')}")
    for each in found:
        codes = "; ".join(f"{plain(name)} {first} | {second}" for name, first, second in each.codes)
        yield Text.assemble((plain(each.row.place), "bold"), "  ", codes)
        yield indented(say.text(each.row))
