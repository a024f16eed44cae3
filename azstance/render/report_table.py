"""The report for people: per article or group its leading frame, its figures, its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from azstance.render import words
from azstance.render.clean import plain
from azstance.render.console import plain_console
from azstance.render.draw import bound, glyphs, scale
from azstance.render.figures import figures, frame_table
from azstance.render.layout import Sheet, columns_of, grid, heading, hung, indented, marked
from azstance.render.units import units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from azstance.records import Estimate, FrameScore, Report
    from azstance.render.figures import Figures
    from azstance.render.options import Options
    from azstance.render.units import Evidence, Unit

_LEAST_SCALE = 4
_LABEL = 9


def report(report: Report, options: Options) -> Iterator[str]:
    """Chunks of the report, about one a unit, each ending with a line break."""
    console = options.console or plain_console(options.width)
    sheet = Sheet(console, glyphs(console))
    listed = list(units(report))
    shown = _Shown(report, listed, sheet, options.evidence)
    yield sheet.draw(shown.opening())
    for unit in listed:
        yield sheet.draw(shown.unit(unit))
    yield sheet.draw(shown.closing())


class _Shown:
    """The sections of one report. All its units share one scale for bars and alignment."""

    def __init__(self, report: Report, units: list[Unit], sheet: Sheet, evidence: int) -> None:
        self._report = report
        self._units = units
        self._sheet = sheet
        self._evidence = evidence
        frames = [frame for unit in units for frame in unit.score.frames]
        self._figures: Figures = figures(sheet, frames, report.level)
        self._bound = bound((unit.score.alignment for unit in units), _LEAST_SCALE)

    def opening(self) -> Iterator[RenderableType]:
        """What was run, and what the marks and figures mean."""
        yield Text(words.run(self._report))
        if not self._units:
            return
        yield Text()
        yield from self._legend()

    def _legend(self) -> Iterator[RenderableType]:
        marks, per = self._figures.sheet.marks, self._figures.per
        corrected = any(frame.expected for u in self._units for frame in u.score.frames)
        yield grid(
            (Text(name, "bold"), Text(meaning))
            for name, meaning in (
                ("sentences", words.bar_legend(marks.affirm, marks.deny, marks.attributed, per)),
                ("share", words.SHARE),
                *((("corrected", words.CORRECTED),) if corrected else ()),
                ("stance", words.STANCE),
                ("alignment", words.measured(self._report.codebook)),
                (f"[{self._figures.level}]", words.INTERVAL),
            )
        )

    def unit(self, unit: Unit) -> Iterator[RenderableType]:
        """An article or group."""
        yield Text()
        name, source = plain(unit.score.id), plain(unit.source)
        yield heading(self._sheet, name, source if source != name else "")
        if title := words.title(unit):
            yield Text(title, "italic")
        yield Text(words.about(unit))
        yield Text()
        yield from self._verdict(unit)
        yield Text()
        yield from frame_table(unit.score.frames, self._figures)
        if corrected := words.corrected(unit.score.frames):
            yield hung("corrected", corrected, _LABEL)
        yield from self._sentences(unit)
        yield from (Text(f"Note: {plain(note)}") for note in unit.notes)
        if unit.cut:
            yield Text(words.cut(unit.cut))

    def _verdict(self, unit: Unit) -> Iterator[RenderableType]:
        score = unit.score
        leading = Text().append(words.leading(score), "bold")
        lead = words.lead(score.dominance)
        yield hung("leading", leading.append(f"; {lead}" if lead else ""), _LABEL)
        yield hung("alignment", self._alignment(score.alignment), _LABEL)
        flip = words.flip(unit)
        if flip:
            yield hung("", flip, _LABEL)

    def _alignment(self, alignment: Estimate) -> Text:
        if alignment.value is None:
            return Text("nothing in the article's own voice to compute it from")
        value = words.joined(words.signed(alignment.value), words.signed_interval(alignment))
        drawn = self._scale(alignment, 17 if self._sheet.narrow else 33)
        room = self._sheet.width - _LABEL - 2 - drawn.cell_len
        if room < len(value) + 2:
            return Text(f"{value}\n").append_text(drawn)
        return Text(value.ljust(22 if room >= 24 else len(value) + 2)).append_text(drawn)

    def _scale(self, alignment: Estimate, cells: int) -> Text:
        ends = (f"-{self._bound} ", f" +{self._bound}")
        line = scale(alignment, self._bound, cells, self._sheet.marks)
        return Text(ends[0]).append_text(line).append(ends[1])

    def _sentences(self, unit: Unit) -> Iterator[RenderableType]:
        """Per frame the best sentences for it and against it."""
        rows = [row for frame in unit.score.frames for row in self._rows(unit, frame)]
        if not rows:
            return
        yield Text()
        if self._sheet.narrow:
            for label, place, text in rows:
                yield label.append(", ").append_text(place)
                yield indented(text, 2)
        else:
            yield grid(_once(rows))
        yield Text()

    def _rows(self, unit: Unit, frame: FrameScore) -> Iterator[tuple[Text, ...]]:
        for side, places in (("for", frame.evidence_for), ("against", frame.evidence_against)):
            for evidence in unit.evidence(places[: self._evidence]):
                yield self._sentence(f"{side} {plain(frame.frame)}", evidence, unit, frame)

    def _sentence(
        self, label: str, evidence: Evidence, unit: Unit, frame: FrameScore
    ) -> tuple[Text, ...]:
        sentence = evidence.sentence
        place = f"{plain(evidence.article)} " if unit.is_group else ""
        text = marked(sentence, frame.frame)
        remark = words.remark(sentence, frame.frame)
        text.append(f" ({remark})" if remark else "", "italic")
        return Text(label), Text(f"{place}l. {sentence.line}"), text

    def closing(self) -> Iterator[RenderableType]:
        """The units beside each other, then what was not scored, and the notes of the run."""
        if len(self._units) > 1:
            yield Text()
            yield heading(self._sheet, "Summary")
            yield from self._summary()
        for title, rows in words.not_scored(self._report.skipped):
            yield Text()
            yield heading(self._sheet, title)
            yield from (Text(f"{place}: {reason}") for place, reason in rows)
        if self._report.notes:
            yield Text()
            yield from (Text(f"Note: {plain(note)}") for note in self._report.notes)

    def _summed_up(self, unit: Unit) -> tuple[Text, Text, Text, Text]:
        """The id always, as several articles may be of one outlet; then the outlet."""
        name, source, alignment = plain(unit.score.id), plain(unit.source), unit.score.alignment
        return (
            Text(name, "bold").append(f" {source}" if source != name else "", "not bold"),
            Text(words.leading(unit.score)),
            Text(f"{words.signed(alignment.value):>5}"),
            Text() if alignment.value is None else self._scale(alignment, 17),
        )

    def _summary(self) -> Iterator[RenderableType]:
        rows = [self._summed_up(unit) for unit in self._units]
        if self._sheet.narrow:
            for name, leading, value, drawn in rows:
                yield Text().append_text(name).append(": ").append_text(leading)
                yield Text("  ").append_text(value).append(" ").append_text(drawn)
        else:
            yield _summary_table(rows, self._sheet.width)


def _summary_table(rows: Sequence[tuple[Text, ...]], width: int) -> Table:
    names, _, values, scales = zip(*rows, strict=True)
    fixed = [max(cell.cell_len for cell in column) for column in (names, values, scales)]
    name = min(fixed[0], max(24, width // 3))
    return columns_of(rows, [name, width - name - sum(fixed[1:]) - 6, *fixed[1:]])


def _once(rows: Sequence[tuple[Text, ...]]) -> Iterator[tuple[Text, ...]]:
    """Rows with a label only where it differs from the one above."""
    before = None
    for label, *rest in rows:
        yield (Text() if label == before else label, *rest)
        before = label
