"""What a line looks like: words, end marks, capitals. No knowledge of any site or language list."""

from __future__ import annotations

import re
from functools import lru_cache

from azstance.read.lists import word_list

# Cleaning asks the same of a paragraph many times; the paragraphs of one page fit in this.
_RECENT = 512
_WORD = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W\d_]+)*")
# In posts a picture sign ends a sentence as often as a full stop does.
_SIGNS = "\u203c\u2049\u2600-\u27bf\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
_END = re.compile(rf"[.!?…{_SIGNS}][\s\"'”’»)\]*\d]*$")
_QUESTION = re.compile(r"[?!][\s\"'”’»)\]]*$")
_STOPS = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])")


@lru_cache(_RECENT)
def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, without numbers and signs."""
    return tuple(_WORD.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, closing quotes and brackets aside."""
    return _END.search(text) is not None


def ends_question(text: str) -> bool:
    """Whether the text ends with a question mark or an exclamation mark."""
    return _QUESTION.search(text) is not None


def sentences_of(text: str) -> list[str]:
    """A rough split into sentences, good enough to compare paragraphs with each other."""
    return _STOPS.split(text)


@lru_cache(_RECENT)
def is_title_case(text: str) -> bool:
    """Whether (nearly) every word of weight has a capital: "What Happened First".

    At least two such words are needed, and three words in all; small words do not count.
    """
    words = words_of(text)
    small_words = word_list("small_words")
    weighty = [w for w in words if len(w) > 1 and w.casefold() not in small_words]
    if len(words) < 3 or len(weighty) < 2:
        return False
    small = sum(not w[0].isupper() for w in weighty)
    return small <= len(weighty) // 8


@lru_cache(_RECENT)
def is_prose(text: str) -> bool:
    """Whether the text reads as a sentence or more: an end mark, and words in small letters.

    Three words will do before a full stop ("Nobody inquires now."), four before other marks. A text
    all in capitals is prose from twelve words on; a colon ends only a long lead-in to a list.
    """
    words = words_of(text)
    if not ends_sentence(text) and not (len(words) >= 10 and text.rstrip().endswith(":")):
        return False
    if text.isupper():
        return len(words) >= 12
    small = sum(w[0].islower() for w in words)
    if len(words) < 4:
        return len(words) == 3 and small > 0 and not ends_question(text)
    return small >= 2 and not (is_title_case(text) and ends_question(text))


def is_long_sentence(text: str, least: int = 16) -> bool:
    """Whether a text without an end mark is a sentence, not a heading: it has `least` words."""
    words = words_of(text)
    small = sum(w[0].islower() for w in words)
    return len(words) >= least and small >= 0.6 * len(words)


@lru_cache(_RECENT)
def key_of(text: str) -> str:
    """The text without case, signs and blanks: equal for two printings of the same words."""
    return " ".join(re.findall(r"\w+", text.casefold()))
