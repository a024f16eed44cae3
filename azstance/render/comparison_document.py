"""Comparison -> plain dicts and lists, as in schema/comparison.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render.clean import plain
from azstance.render.document import SCHEMA_VERSION, estimate, number

if TYPE_CHECKING:
    from azstance.comparison_records import (
        ArticlesNeeded,
        Comparison,
        Contradiction,
        Contrast,
        Keyness,
        Naming,
        Quoted,
        Term,
    )
    from azstance.render.document import Document


def header(comparison: Comparison) -> Document:
    """What was compared."""
    return {
        "schema": SCHEMA_VERSION,
        "level": number(comparison.level),
        "units": [plain(unit) for unit in comparison.units],
    }


def sections(comparison: Comparison) -> dict[str, list[Document]]:
    """What was found, by kind, in the order in which it is read."""
    return {
        "cautions": [
            {"kind": plain(each.kind), "text": plain(each.text)} for each in comparison.cautions
        ],
        "contrasts": [_contrast(each) for each in comparison.contrasts],
        "alignment": [_contrast(each) for each in comparison.alignment],
        "contradictions": [_contradiction(each) for each in comparison.contradictions],
        "keyness": [_keyness(each) for each in comparison.keyness],
        "naming": [_naming(each) for each in comparison.naming],
        "needed": [_needed(each) for each in comparison.needed],
    }


def _contrast(contrast: Contrast) -> Document:
    return {
        "left": plain(contrast.left),
        "right": plain(contrast.right),
        "frame": plain(contrast.frame) if contrast.frame is not None else None,
        "measure": contrast.measure.value,
        "difference": estimate(contrast.difference),
        "p": number(contrast.p),
        "p_adjusted": number(contrast.p_adjusted),
        "permuted": plain(contrast.permuted),
    }


def _contradiction(found: Contradiction) -> Document:
    return {
        "frame": plain(found.frame),
        "left": _side(found.left, found.left_stance, found.left_sentence),
        "right": _side(found.right, found.right_stance, found.right_sentence),
    }


def _side(unit: str, stance: float, quoted: Quoted) -> Document:
    return {
        "unit": plain(unit),
        "stance": number(stance),
        "article": plain(quoted.article),
        "number": quoted.number,
        "line": quoted.line,
        "text": plain(quoted.text),
        "polarity": quoted.polarity.value,
    }


def _keyness(keyness: Keyness) -> Document:
    return {
        "left": plain(keyness.left),
        "right": plain(keyness.right),
        "tested": keyness.tested,
        "prior": number(keyness.prior),
        "left_terms": [_term(term) for term in keyness.left_terms],
        "right_terms": [_term(term) for term in keyness.right_terms],
    }


def _term(term: Term) -> Document:
    return {
        "term": plain(term.term),
        "left": term.left,
        "right": term.right,
        "log_odds": number(term.log_odds),
        "z": number(term.z),
        "p": number(term.p),
        "survives": term.survives,
    }


def _naming(naming: Naming) -> Document:
    return {
        "concept": plain(naming.concept),
        "uses": [
            {
                "unit": plain(use.unit),
                "variant": plain(use.variant),
                "author": use.author,
                "attributed": use.attributed,
            }
            for use in naming.uses
        ],
    }


def _needed(needed: ArticlesNeeded) -> Document:
    return {
        "frame": plain(needed.frame),
        "articles": needed.articles,
        "sentences": needed.sentences,
        "share": number(needed.share),
        "difference": number(needed.difference),
        "alpha": number(needed.alpha),
        "power": number(needed.power),
        "sentences_per_article": number(needed.sentences_per_article),
        "icc": number(needed.icc),
        "icc_measured": needed.icc_measured,
        "design_effect": number(needed.design_effect),
    }
