"""The naming ledger: which of several names for one thing each unit uses."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from azstance.comparison_records import Naming, VariantUse
from azstance.records import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from azstance.comparison_records import Unit


def naming_ledger(
    units: Sequence[Unit], variants: Mapping[str, Sequence[str]]
) -> tuple[Naming, ...]:
    """Per concept, how often each unit uses each of its variants.

    Names are matched as whole words, with their case and diacritics ("Türkiye" is not "Turkiye"),
    the longest first: "Nagorno-Karabakh" is not also a "Karabakh" of the same concept. Concepts
    keep the order of `variants`; those of which no unit uses a name are left out, as are unused
    variants.
    """
    ledger = (_concept(units, concept, names) for concept, names in variants.items())
    return tuple(entry for entry in ledger if entry.uses)


def _concept(units: Sequence[Unit], concept: str, names: Sequence[str]) -> Naming:
    composed: dict[str, str] = {}
    for name in names:
        if name.strip():
            composed.setdefault(_composed(name), name)
    if not composed:
        return Naming(concept, ())
    pattern = _pattern(composed)
    counts = {unit.id: _count(unit, pattern) for unit in units}
    used = [
        (form, name)
        for form, name in composed.items()
        if any(counts[unit.id][form, voice] for unit in units for voice in Voice)
    ]
    return Naming(
        concept,
        tuple(
            VariantUse(
                unit=unit.id,
                variant=name,
                author=counts[unit.id][form, Voice.AUTHOR],
                attributed=counts[unit.id][form, Voice.ATTRIBUTED],
            )
            for form, name in used
            for unit in units
        ),
    )


def _count(unit: Unit, pattern: re.Pattern[str]) -> Counter[tuple[str, Voice]]:
    return Counter(
        (_composed(match.group()), sentence.voice)
        for _, sentences in unit.texts
        for sentence in sentences
        for match in pattern.finditer(unicodedata.normalize("NFC", sentence.text))
    )


def _pattern(names: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    choices = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def _composed(name: str) -> str:
    """One form for a name however its accents and blanks are written."""
    return " ".join(unicodedata.normalize("NFC", name).split())
