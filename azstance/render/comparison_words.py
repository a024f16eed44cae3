"""Contrasts, contradictions and the rest in words: what table and markdown say in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.comparison_records import Measure
from azstance.render.clean import plain
from azstance.render.words import MISSING, counted, joined, points, signed, signed_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from azstance.comparison_records import (
        ArticlesNeeded,
        Comparison,
        Contrast,
        Naming,
        Term,
        VariantUse,
    )
    from azstance.records import Estimate
    from azstance.render.draw import Glyphs

DIFFERENCE = "the left one less the right one; shares in percentage points"
HOLM = "the same after Holm, for having made all these comparisons at once"
KEYNESS = "Uses here to uses there, most telling first."
STARRED = "* stands up to the correction for having looked at every term."
NO_CONTRADICTION = "No frame is affirmed on balance by one and denied by the other."


def bar(marks: Glyphs, alignment: int) -> str:
    """What the parts of a diverging bar stand for; those of alignments end at ±`alignment`."""
    return (
        f"{marks.bar} from 0 to the difference {marks.value}, {marks.interval} its interval, "
        f"{marks.shaded} both; shares from -100 to +100 points, stances from -2 to +2, "
        f"alignments from -{alignment} to +{alignment}"
    )


def p_value(p: float | None) -> str:
    """ "0.012", "<0.001"."""
    if p is None:
        return MISSING
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def p_meaning(comparison: Comparison) -> str:
    """How p was found."""
    contrasts = (*comparison.contrasts, *comparison.alignment)
    units = sorted({plain(contrast.permuted) for contrast in contrasts})
    return f"two-sided permutation of {' or '.join(units) or 'sentences'}"


def pairs(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """The pairs that were contrasted, in order."""
    contrasts = (*comparison.contrasts, *comparison.alignment)
    found = [(each.left, each.right) for each in contrasts]
    return tuple(dict.fromkeys(found))


def contrasts_of(comparison: Comparison, pair: tuple[str, str]) -> tuple[Contrast, ...]:
    """The contrasts of one pair: frame by frame, then the alignment."""
    contrasts = (*comparison.contrasts, *comparison.alignment)
    return tuple(each for each in contrasts if (each.left, each.right) == pair)


def difference(contrast: Contrast) -> str:
    """A difference with its interval: "-37 [-60, -12]", "-1.20 [-1.90, -0.50]"."""
    figure = contrast.difference
    if contrast.measure is not Measure.SHARE:
        return joined(f"{signed(figure.value):>5}", signed_interval(figure))
    if figure.value is None:
        return f"{MISSING:>5}"
    return joined(f"{signed_points(figure.value):>5}", _points_interval(figure))


def signed_points(value: float) -> str:
    """A difference of shares in whole percentage points with its sign; zero has none."""
    text = points(value)
    return f"+{text}" if value > 0 and text != "0" else text


def _points_interval(figure: Estimate) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"[{signed_points(figure.low)}, {signed_points(figure.high)}]"


def side(unit: str, stance: float) -> str:
    """ "002 denies it on balance (stance -0.80)"."""
    verb = "affirms it on balance" if stance > 0 else "denies it on balance"
    return f"{plain(unit)} {verb} (stance {signed(stance)})"


def terms(found: Sequence[Term], *, left: bool) -> str:
    """Terms with their counts on this side and on the other."""
    shown = []
    for term in found:
        here, there = (term.left, term.right) if left else (term.right, term.left)
        shown.append(f"{plain(term.term)}{'*' if term.survives else ''} {here}:{there}")
    return ", ".join(shown) or "none"


def variants(naming: Naming, unit: str) -> str:
    """The names that one unit uses for a concept."""
    used = [_variant(use) for use in naming.uses if use.unit == unit and _total(use)]
    return ", ".join(used) or "-"


def _variant(use: VariantUse) -> str:
    quoted = f" ({use.attributed} attributed)" if use.attributed else ""
    return f"{plain(use.variant)} {_total(use)}{quoted}"


def _total(use: VariantUse) -> int:
    return use.author + use.attributed


def needed(rows: Iterable[ArticlesNeeded]) -> str:
    """What the articles needed are needed for; empty where there are none."""
    for row in rows:
        return (
            f"Articles per source that it takes to see a difference of {points(row.difference)} "
            f"points in a frame's share (alpha {row.alpha:g}, power {row.power:g}, "
            f"{row.sentences_per_article:.0f} sentences an article). Sentences of one article are "
            "alike, which counts against their number: icc, the intraclass correlation."
        )
    return ""


def needed_row(row: ArticlesNeeded) -> str:
    """How many articles one frame takes, and how alike sentences were taken to be."""
    origin = "measured" if row.icc_measured else "assumed"
    articles = counted(row.articles, "article")
    return f"{articles}, about {counted(row.sentences, 'sentence')}; icc {row.icc:.2f}, {origin}"
