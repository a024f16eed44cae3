"""A comparison in Markdown: cautions, contrasts, contradictions, terms, names, articles needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render import comparison_words, words
from azstance.render.escape import escaped, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.comparison_records import Comparison, Contrast, Quoted
    from azstance.render.options import Options


def comparison(comparison: Comparison, options: Options) -> Iterator[str]:
    """A section per kind of finding."""
    del options
    yield f"# {' compared with '.join(escaped(unit) for unit in comparison.units)}\n\n"
    if comparison.cautions:
        cautions = "".join(f"- {escaped(each.text)}\n" for each in comparison.cautions)
        yield f"**Read with care**\n\n{cautions}\n"
    yield _legend(comparison)
    for pair in comparison_words.pairs(comparison):
        contrasts = comparison_words.contrasts_of(comparison, pair)
        if contrasts:
            yield _contrasts(pair, contrasts, words.level(comparison.level))
    yield from _contradictions(comparison)
    yield from _keyness(comparison)
    yield from _naming(comparison)
    yield from _needed(comparison)


def _legend(comparison: Comparison) -> str:
    meanings = (
        ("difference", comparison_words.DIFFERENCE),
        ("p", comparison_words.p_meaning(comparison)),
        ("Holm", comparison_words.HOLM),
    )
    listed = "".join(f"- **{name}**: {escaped(meaning)}\n" for name, meaning in meanings)
    return f"**The figures**\n\n{listed}\n"


def _contrasts(pair: tuple[str, str], contrasts: tuple[Contrast, ...], level: str) -> str:
    rows = [
        (
            escaped(each.frame) if each.frame is not None else "",
            each.measure.value,
            comparison_words.difference(each).strip(),
            escaped(comparison_words.p_value(each.p)),
            escaped(comparison_words.p_value(each.p_adjusted)),
        )
        for each in contrasts
    ]
    left, right = map(escaped, pair)
    header = ("frame", "measure", f"difference [{level}]", "p", "Holm")
    return f"## {left} less {right}\n\n{table(header, rows, numbers=3)}\n"


def _contradictions(comparison: Comparison) -> Iterator[str]:
    yield "## Contradictions\n\n"
    if not comparison.contradictions:
        yield f"{comparison_words.NO_CONTRADICTION}\n\n"
    for found in comparison.contradictions:
        sides = ((found.left, found.left_stance), (found.right, found.right_stance))
        header = [escaped(comparison_words.side(unit, stance)) for unit, stance in sides]
        quoted = (_quoted(found.left_sentence), _quoted(found.right_sentence))
        yield f"### {escaped(found.frame)}\n\n{table(header, [quoted])}\n"


def _quoted(quoted: Quoted) -> str:
    return f"{escaped(quoted.article)} l. {quoted.line}: {escaped(quoted.text)}"


def _keyness(comparison: Comparison) -> Iterator[str]:
    if not comparison.keyness:
        return
    yield "## Terms that tell them apart\n\n"
    yield f"{comparison_words.KEYNESS} {escaped(comparison_words.STARRED)}\n\n"
    for found in comparison.keyness:
        left, right = escaped(found.left), escaped(found.right)
        here = escaped(comparison_words.terms(found.left_terms, left=True))
        there = escaped(comparison_words.terms(found.right_terms, left=False))
        yield f"- **{left}** rather than {right}: {here}\n"
        yield f"- **{right}** rather than {left}: {there}\n"
    yield "\n"


def _naming(comparison: Comparison) -> Iterator[str]:
    if not comparison.naming:
        return
    header = ("name of", *(escaped(unit) for unit in comparison.units))
    rows = [
        (
            escaped(naming.concept),
            *(escaped(comparison_words.variants(naming, unit)) for unit in comparison.units),
        )
        for naming in comparison.naming
    ]
    yield f"## Names\n\n{table(header, rows)}\n"


def _needed(comparison: Comparison) -> Iterator[str]:
    if not comparison.needed:
        return
    yield f"## Articles needed\n\n{escaped(comparison_words.needed(comparison.needed))}\n\n"
    for row in comparison.needed:
        yield f"- **{escaped(row.frame)}**: {escaped(comparison_words.needed_row(row))}\n"
