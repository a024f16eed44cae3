"""The comparison for people: cautions first, then each pair, then names and what more it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from azstance.comparison_records import Measure
from azstance.render import comparison_words, words
from azstance.render.clean import plain
from azstance.render.console import plain_console
from azstance.render.draw import bound, diverging, glyphs
from azstance.render.layout import Sheet, columns_of, grid, heading, indented

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from azstance.comparison_records import Comparison, Contradiction, Contrast, Keyness, Quoted
    from azstance.render.options import Options

_HEADER = ("frame", "", " difference", "p", "Holm")
_WIDTHS = (6, 20, 6, 6)
_GAP = 2
_LEAST_BAR, _MOST_BAR = 17, 41
_LONGEST_NAME = 14
_LEAST_ALIGNMENT = 4


def comparison(comparison: Comparison, options: Options) -> Iterator[str]:
    """Chunks of the comparison, one a section, each ending with a line break."""
    console = options.console or plain_console(options.width)
    shown = _Compared(comparison, Sheet(console, glyphs(console)))
    for section in (shown.opening, shown.contrasts, shown.contradictions, shown.keyness):
        yield shown.sheet.draw(section())
    for section in (shown.naming, shown.needed):
        yield shown.sheet.draw(section())


class _Compared:
    """The sections of one comparison."""

    def __init__(self, comparison: Comparison, sheet: Sheet) -> None:
        self._comparison = comparison
        self.sheet = sheet
        differences = (each.difference for each in comparison.alignment)
        self._alignment_bound = bound(differences, _LEAST_ALIGNMENT)

    def opening(self) -> Iterator[RenderableType]:
        """What is compared, the reasons to read it with care, and what the figures mean."""
        names = (plain(unit) for unit in self._comparison.units)
        yield Text(f"Compared: {', '.join(names)}")
        if self._comparison.cautions:
            yield Text()
            yield Text("Read with care", "bold")
            dash = Text("-")
            cautions = self._comparison.cautions
            yield grid((dash, Text(plain(caution.text))) for caution in cautions)
        yield Text()
        level = words.level(self._comparison.level)
        yield grid(
            (Text(name, "bold"), Text(meaning))
            for name, meaning in (
                ("difference", f"{comparison_words.DIFFERENCE}, with {level} interval"),
                ("p", comparison_words.p_meaning(self._comparison)),
                ("Holm", comparison_words.HOLM),
                ("bar", comparison_words.bar(self.sheet.marks, self._alignment_bound)),
            )
        )

    def contrasts(self) -> Iterator[RenderableType]:
        """Per pair and frame the differences of share and stance, then that of the alignment."""
        for pair in comparison_words.pairs(self._comparison):
            contrasts = comparison_words.contrasts_of(self._comparison, pair)
            if contrasts:
                yield Text()
                yield heading(self.sheet, " less ".join(plain(name) for name in pair))
                yield from self._pair(contrasts)

    def _pair(self, contrasts: Sequence[Contrast]) -> Iterator[RenderableType]:
        names = [_named(contrast)[0] for contrast in contrasts]
        name_cells = min(_LONGEST_NAME, max(Text(name).cell_len for name in (*names, _HEADER[0])))
        fixed = name_cells + sum(_WIDTHS) + (len(_WIDTHS) + 1) * _GAP
        if self.sheet.width - fixed < _LEAST_BAR:
            for contrast in contrasts:
                yield from self._stacked(contrast)
            return
        cells = _odd(self.sheet.width - fixed)
        rows = [[Text(name, "bold") for name in (*_HEADER, _directions(cells))]]
        before = ""
        for contrast in contrasts:
            name, measure = _named(contrast)
            figures = self._row(contrast, measure, cells)
            rows.append([Text(name if name != before else ""), *figures])
            before = name
        yield columns_of(rows, [name_cells, *_WIDTHS, None])

    def _stacked(self, contrast: Contrast) -> Iterator[Text]:
        yield Text(" ".join(_named(contrast)), "bold")
        p, holm = map(comparison_words.p_value, (contrast.p, contrast.p_adjusted))
        yield Text(f"  {comparison_words.difference(contrast).strip()}")
        yield Text(f"  p {p}, Holm {holm}")
        if contrast.difference.value is not None:
            yield Text("  ").append_text(self._bar(contrast, _odd(self.sheet.width - 2)))

    def _row(self, contrast: Contrast, measure: str, cells: int) -> list[Text]:
        return [
            Text(measure),
            Text(comparison_words.difference(contrast)),
            Text(comparison_words.p_value(contrast.p)),
            Text(comparison_words.p_value(contrast.p_adjusted)),
            self._bar(contrast, cells),
        ]

    def _bar(self, contrast: Contrast, cells: int) -> Text:
        limits = {Measure.SHARE: 1, Measure.STANCE: 2, Measure.ALIGNMENT: self._alignment_bound}
        if contrast.difference.value is None:
            return Text()
        limit = limits[contrast.measure]
        return diverging(contrast.difference, limit, cells, self.sheet.marks)

    def contradictions(self) -> Iterator[RenderableType]:
        """Frames that one affirms and the other denies, with both sentences side by side."""
        yield Text()
        yield heading(self.sheet, "Contradictions")
        if not self._comparison.contradictions:
            yield Text(comparison_words.NO_CONTRADICTION)
        for number, found in enumerate(self._comparison.contradictions):
            if number:
                yield Text()
            yield Text(plain(found.frame), "bold")
            sides = _sides(found)
            if self.sheet.narrow:
                for label, sentence in sides:
                    yield label
                    yield indented(sentence)
            else:
                half = (self.sheet.width - 2) // 2
                yield columns_of(zip(*sides, strict=True), [half, half])

    def keyness(self) -> Iterator[RenderableType]:
        """The terms that tell two units apart."""
        if not self._comparison.keyness:
            return
        yield Text()
        yield heading(self.sheet, "Terms that tell them apart")
        yield Text(comparison_words.KEYNESS)
        yield Text(comparison_words.STARRED)
        for keyness in self._comparison.keyness:
            yield from self._terms(keyness)

    def _terms(self, keyness: Keyness) -> Iterator[RenderableType]:
        left, right = plain(keyness.left), plain(keyness.right)
        rows = (
            (left, right, comparison_words.terms(keyness.left_terms, left=True)),
            (right, left, comparison_words.terms(keyness.right_terms, left=False)),
        )
        yield Text()
        for here, there, terms in rows:
            label = Text().append(here, "bold").append(f" rather than {there}")
            yield label
            yield indented(terms)

    def naming(self) -> Iterator[RenderableType]:
        """Which names the units use for one thing."""
        if not self._comparison.naming:
            return
        yield Text()
        yield heading(self.sheet, "Names")
        for naming in self._comparison.naming:
            yield Text(plain(naming.concept), "bold")
            yield grid(
                (Text(f"  {plain(unit)}"), Text(comparison_words.variants(naming, unit)))
                for unit in self._comparison.units
            )

    def needed(self) -> Iterator[RenderableType]:
        """How many articles a difference would need to be seen."""
        if not self._comparison.needed:
            return
        yield Text()
        yield heading(self.sheet, "Articles needed")
        yield Text(comparison_words.needed(self._comparison.needed))
        yield grid(
            (Text(f"  {plain(row.frame)}"), Text(comparison_words.needed_row(row)))
            for row in self._comparison.needed
        )


def _odd(cells: int) -> int:
    """A width of bars that fits: odd, so that zero has a cell of its own in the middle."""
    fitting = max(_LEAST_BAR, min(_MOST_BAR, cells))
    return fitting - (fitting + 1) % 2


def _directions(cells: int) -> str:
    """ "less   0   more" over the bars."""
    half = cells // 2
    return f"{'less':<{half}}0{'more':>{half}}"


def _named(contrast: Contrast) -> tuple[str, str]:
    if contrast.frame is None:
        return contrast.measure.value, ""
    return plain(contrast.frame), contrast.measure.value


def _sides(found: Contradiction) -> list[tuple[Text, Text]]:
    sides = (
        (found.left, found.left_stance, found.left_sentence),
        (found.right, found.right_stance, found.right_sentence),
    )
    return [
        (Text(comparison_words.side(unit, stance)), _quoted(quoted, unit))
        for unit, stance, quoted in sides
    ]


def _quoted(quoted: Quoted, unit: str) -> Text:
    place = "" if quoted.article == unit else f"{plain(quoted.article)} "
    return Text(f"{place}l. {quoted.line}  {plain(quoted.text)}")
