from __future__ import annotations

from datetime import date

import pytest

from azstance.comparing.cautions import cautions, span
from azstance.comparing.reprints import Reprint, reprints

from .build import repeated, result, sentence, unit

FULL = {"outlet": "A", "published": "2023-03-01", "genre": "op-ed"}


def kinds(*units, pairs=()):
    return [caution.kind for caution in cautions(units, pairs)]


def pair(left=None, right=None, sizes=(1, 1)):
    """Two units of two equal articles each, with the given changes to their cards."""
    units = []
    for name, changes, size in zip("ab", (left or {}, right or {}), sizes, strict=True):
        pieces = [result(f"{name}{n}", repeated(plain=size), **FULL | changes) for n in (1, 2)]
        units.append(unit(name, *pieces))
    return units


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({}, {}, []),
        ({}, {"genre": "news"}, ["genre"]),
        ({}, {"genre": " OP-ED"}, []),
        ({}, {"genre": ""}, ["unknown"]),
        ({}, {"outlet": " "}, ["unknown"]),
        ({}, {"published": "2023-08-28"}, []),  # 180 days later
        ({}, {"published": "2023-08-29"}, ["dates"]),
        ({"published": "2023-08-29"}, {}, ["dates"]),
        ({}, {"published": "2023"}, []),
        ({}, {"published": "2023-08"}, []),  # some of its days lie near enough
        ({}, {"published": "2023-09"}, ["dates"]),
        ({}, {"published": "last spring"}, []),
    ],
)
def test_what_makes_two_units_unlike(left, right, expected):
    assert kinds(*pair(left, right)) == expected


@pytest.mark.parametrize(
    ("sizes", "expected"), [((5, 15), []), ((5, 16), ["length"]), ((0, 9), [])]
)
def test_articles_of_much_different_length(sizes, expected):
    assert kinds(*pair(sizes=sizes)) == expected


def test_units_of_one_article_are_named_in_one_sentence():
    units = [unit(name, result(name, repeated(plain=3), **FULL)) for name in ("a", "b", "c")]
    (caution,) = cautions(units, ())
    assert caution.text.startswith("a, b and c are single articles:")


def test_what_is_unknown_is_named_and_the_articles_counted():
    pieces = [result("1", (), outlet="A"), result("2", (), **FULL), result("3", (), **FULL)]
    found = cautions([unit("a", *pieces[:2]), unit("b", pieces[2])], ())
    assert found[1].text.startswith("Not known for 1 of 2 articles of a: date and genre.")


def test_a_text_in_print_twice_is_told_with_its_overlap():
    body = [sentence(number=1, text="one two three four five six seven")]
    units = [unit(name, result(f"{name}1", body, **FULL)) for name in "ab"]
    pairs = reprints([text for entry in units for text in entry.texts])
    (_, caution) = cautions(units, pairs)
    assert "a1 and b1 print the same text (word runs overlap by 100%)" in caution.text


def test_reprints_of_others_are_passed_over_and_many_are_counted():
    units = pair()
    inside = [Reprint("a1", "a2", 1.0), Reprint("a1", "b1", 0.9), Reprint("a1", "b2", 0.9)]
    found = cautions(units, [*inside, Reprint("a2", "b1", 0.8), Reprint("a1", "z", 1.0)])
    assert [caution.kind for caution in found] == ["reprint"] * 4
    assert "a1 and a2, both of a, print" in found[0].text
    assert found[3].text == "1 more pair of articles prints the same text."


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-03T10:00:00Z", date(2024, 2, 3), date(2024, 2, 3)),
    ],
)
def test_a_date_spans_what_it_can_mean(published, first, last):
    assert span(published) == (first, last)


@pytest.mark.parametrize("published", ["", "soon", "2024-13", "2024-02-30", "0000", "20245"])
def test_what_is_no_date_spans_nothing(published):
    assert span(published) is None
