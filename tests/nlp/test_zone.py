"""Words of texts that were done with are forgotten, and nothing else changes."""

from __future__ import annotations

import pytest

from azstance.codebook import load_codebook
from azstance.nlp import pipeline, zone
from azstance.records import Article, Block, Sentence, SourceCard

TEXTS = 60
ONE = (
    "Azerbaijan and Russia are strategic allies, said {0}zade of {0}grad. "
    '"Moscow does not trust Baku," the analyst {0}ov wrote in {1}.'
)


def article(number: int) -> Article:
    """An article with words that no other has."""
    text = ONE.format(f"Qx{number}y", 3000 + number)
    return Article(str(number), f"{number}.txt", SourceCard(), (Block(text, ((0, 1),)),))


def run(every: int, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Sentence], int]:
    """The sentences of all texts, and how many strings the pipeline then knows."""
    monkeypatch.setattr(zone, "TEXTS", every)
    nlp = pipeline.load(None, load_codebook(None))
    held = zone.Zone(nlp)
    found: list[Sentence] = []
    for number in range(TEXTS):
        held.next_text()
        text = article(number)
        found += pipeline.look_up(nlp, pipeline.parse(nlp, text), text)
    return found, len(nlp.vocab.strings)


def test_words_are_forgotten_and_results_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, many = run(10**6, monkeypatch)
    forgotten, few = run(10, monkeypatch)
    assert forgotten == kept
    assert many - few > 2 * (TEXTS - 10), "each text has more than two words of its own"
    assert {cue.frame for sentence in forgotten for cue in sentence.cues} >= {"alliance"}
