"""Whether a text is English: cheap, offline and cautious, for the lexicons only know English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from azstance.read.lists import read_words, word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
_SAMPLE = 8_000
_MIN_LETTERS = 8


def not_english(texts: Sequence[str]) -> str | None:
    """Why a text is not taken for English, with the figure measured, or None if it may be English.

    Two measures: the share of letters of other scripts, and the share of very frequent English
    words. The second needs some words to go by (`min_words`), so short texts pass.
    """
    sample = " ".join(texts)[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < _MIN_LETTERS:
        return None
    other = 1 - len(_LATIN.findall(sample)) / letters
    if other > 0.5:
        return f"{other:.0%} of its letters are not Latin"
    words = [word.casefold() for word in _WORD.findall(sample)]
    limits = read_words()["english"]
    if len(words) < int(limits["min_words"]):
        return None
    known = word_list("english")
    share = sum(word in known for word in words) / len(words)
    if share >= float(limits["share"]):
        return None
    return f"only {share:.0%} of its words are among the frequent English ones"
