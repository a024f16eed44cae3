from __future__ import annotations

import unicodedata

import pytest

from azstance.comparing.naming import naming_ledger

from .build import result, sentence, unit

VARIANTS = {
    "Turkey": ("Turkey", "Türkiye", "Turkiye"),
    "Shusha": ("Shusha", "Shusha city"),
    "Karabakh": ("Karabakh", "Nagorno-Karabakh", "Nagorno Karabakh", "Artsakh"),
}


def used(*texts, variants=VARIANTS, said=False):
    body = [sentence(number=n, text=text, said=said) for n, text in enumerate(texts, start=1)]
    ledger = naming_ledger([unit("u", result("001", body))], variants)
    return {
        use.variant: use.attributed if said else use.author
        for concept in ledger
        for use in concept.uses
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey and Türkiye", {"Turkey": 1, "Türkiye": 1}),
        ("Turkiye's Turkey-based firms, Turkey.", {"Turkey": 2, "Turkiye": 1}),
        ("turkey TURKEY Turkeys Turkish xTurkey Turkey2", {}),
        ("Nagorno-Karabakh, then Karabakh", {"Karabakh": 1, "Nagorno-Karabakh": 1}),
        ("Shusha city, Shusha citylife", {"Shusha": 1, "Shusha city": 1}),
        ("Nagorno\n  Karabakh", {"Nagorno Karabakh": 1}),
        (unicodedata.normalize("NFD", "Türkiye"), {"Türkiye": 1}),
        ("", {}),
    ],
)
def test_names_are_whole_words_with_their_case_and_accents_longest_first(text, expected):
    assert used(text) == expected


def test_each_voice_is_counted_for_itself_and_every_unit_is_shown():
    ours = [sentence(number=1, text="Turkey"), sentence(number=2, text="Turkey", said=True)]
    theirs = [sentence(number=1, text="Türkiye Türkiye", said=True)]
    units = [unit("a", result("001", ours)), unit("b", result("002", theirs))]
    (ledger,) = naming_ledger(units, VARIANTS)
    assert ledger.concept == "Turkey"
    assert [(u.variant, u.unit, u.author, u.attributed) for u in ledger.uses] == [
        ("Turkey", "a", 1, 1),
        ("Turkey", "b", 0, 0),
        ("Türkiye", "a", 0, 0),
        ("Türkiye", "b", 0, 2),
    ]


def test_names_with_signs_of_patterns_are_taken_as_they_are():
    variants = {"firm": ("A.B", "A*", "(C)"), "nothing": (), "blank": (" ",)}
    assert used("AXB A* (C) A.B", variants=variants) == {"A.B": 1, "A*": 1, "(C)": 1}


def test_a_name_listed_twice_is_counted_once():
    assert used("Turkey", variants={"Turkey": ("Turkey", "Turkey ", "Turkey")}) == {"Turkey": 1}


def test_no_concepts_no_ledger():
    assert naming_ledger([unit("u", result("001", ()))], {}) == ()
