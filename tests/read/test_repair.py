"""Repairs: what is mended, and that correct text is left alone."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.read.repair import Repairs, repair


def mended(text: str) -> str:
    return repair(text, 1, Repairs())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Russiaâ€™s offer", "Russia’s offer"),
        ("Russiaโ€™s offer", "Russia’s offer"),
        ("TÃ¼rkiye", "Türkiye"),
        ("â€œyesâ€\x9d", "“yes”"),
        ("Russia\x92s offer", "Russia’s offer"),
        ("partnership &amp;nbsp;and alliance", "partnership  and alliance"),
        ("AT&amp;T &quot;x&quot;", 'AT&T "x"'),
        ("< p>Putin was in Baku.</ p>", "Putin was in Baku."),
        ("one<br/>two", "one two"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("a\u202eb\u2066c\u200bd\ufeffe\xadf", "abcdef"),
        ("tab\there\xa0and\u2009there", "tab here and there"),
        ("page\x0cbreak\u2028line\x85next", "page break line…next"),
        ("lone \ud800 surrogate", "lone  surrogate"),
    ],
)
def test_mended(text: str, meant: str) -> None:
    assert mended(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” ‘quotes’ — and dashes… stay.",
        "Türkiye, Bağla, soyqırımı, Ərdoğan, naïve façade, Łódź",
        "Правда и вместе с ней",
        "x < p and p > y, R&D; AT&T",
        "5 < 6 & 7 > 6",
        "Straight 'quotes' and \"double\"",
        "ÎLE-DE-FRANCE, Âge d’or",
        "50 °C, £5, ½",
    ],
)
def test_correct_text_is_left_alone(text: str) -> None:
    assert mended(text) == text


@given(st.text(max_size=80))
def test_nothing_hidden_survives(text: str) -> None:
    result = mended(text)
    assert "\n" not in result
    assert all(unicodedata.category(c) not in ("Cc", "Cs") for c in result)
    assert not set(result) & set(
        "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\ufeff\u2028"
    )
    assert result.encode("utf-8").decode() == result


def test_notes_say_what_and_where() -> None:
    done = Repairs()
    for number, text in enumerate(["TÃ¼rkiye", "fine", "a&nbsp;b", "x\u202ey"], 1):
        repair(text, number, done)
    assert done.notes() == (
        "wrongly decoded characters were repaired on line 1",
        "HTML entities were decoded on line 3",
        "control or invisible characters were removed on line 4",
    )


def test_everyday_text_needs_no_library() -> None:
    import subprocess

    code = (
        "import sys; from azstance.read.repair import Repairs, repair;"
        "repair('“Türkiye’s” — Bağla', 1, Repairs()); print('ftfy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
