"""Rules on who says what: accusations without a speaker, and one speaker for everything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from azstance.checking.draft import Draft
from azstance.checking.facts import accusations
from azstance.checking.records import Evidence
from azstance.phrases import PhraseIndex, Word, parse
from azstance.records import Sentence, Voice

if TYPE_CHECKING:
    from azstance.check_settings import Thresholds
    from azstance.checking.subject import Subject

_WORDS = re.compile(r"\w+|[;:.?!]")
_SHOWN = 5


def unattributed(subject: Subject, friendly: Collection[tuple[str, str]]) -> Iterator[Draft]:
    """AZ301: a framed accusation in the author's voice, with no speaker there or just before.

    Sentences that are only coded with `friendly` (frame, polarity) pairs accuse neither side of the
    relationship, whatever words they use.
    """
    before: Sentence | None = None
    for sentence in subject.result.sentences:
        spoken = before is not None and before.voice is Voice.ATTRIBUTED
        codes = [(c.frame, str(c.polarity)) for c in sentence.codings]
        critical = any(code not in friendly for code in codes)
        if sentence.voice is Voice.AUTHOR and critical and not sentence.heading:
            word = _accusing(sentence.text)
            if word and not spoken:
                frames = ", ".join(" ".join(code) for code in codes)
                yield Draft(
                    "AZ301",
                    max(1, sentence.line),
                    f'"{word}" accuses in the author\'s voice, in a sentence coded {frames}; '
                    "no speaker is named in it or in the one before.",
                    sentence.text,
                    (Evidence(max(1, sentence.line), sentence.text),),
                )
        before = sentence


def single_speaker(subject: Subject, limits: Thresholds) -> Iterator[Draft]:
    """AZ302: one speaker holds most of the framed sentences in other people's voices."""
    told = [s for s in subject.result.sentences if s.voice is Voice.ATTRIBUTED and s.codings]
    names = _same_people([s.speaker or "" for s in told])
    counted = Counter(name for name in names if name)
    if len(told) < limits.speaker_sentences or not counted:
        return
    name, count = min(counted.items(), key=lambda item: (-item[1], item[0]))
    if count / len(told) < limits.speaker_share:
        return
    own = [s for s, who in zip(told, names, strict=True) if who == name]
    yield Draft(
        "AZ302",
        max(1, own[0].line),
        f"{name} speaks {count} of the {len(told)} framed sentences in other people's voices "
        f"({count / len(told):.0%}; from {limits.speaker_share:.0%} of at least "
        f"{limits.speaker_sentences} on it is told).",
        name,
        tuple(Evidence(max(1, s.line), s.text) for s in own[:_SHOWN]),
    )


def _same_people(names: Sequence[str]) -> list[str]:
    """Each name as the longest of those whose words it shares: Putin is Vladimir Putin."""
    whole = sorted({name for name in names if name}, key=lambda name: (-len(name.split()), name))
    longest: dict[str, str] = {}
    for name in whole:
        words = set(name.casefold().split())
        known = (other for other in longest if words <= set(other.casefold().split()))
        longest[name] = longest.get(next(known, ""), name)
    return [longest.get(name, "") for name in names]


@cache
def _index() -> PhraseIndex:
    return PhraseIndex([parse(phrase) for phrase in accusations()])


def _accusing(text: str) -> str:
    """The first words of a text that accuse; "" where none do."""
    found = [(match.group(), match.start(), match.end()) for match in _WORDS.finditer(text)]
    words = [Word(w.casefold(), w.casefold(), not w[0].isalnum()) for w, _, _ in found]
    for match in _index().find(words):
        return text[found[match.start][1] : found[match.end - 1][2]]
    return ""
