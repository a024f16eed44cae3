"""The packaged codebook itself: whole, consistent, quick to load."""

from __future__ import annotations

import math
import time

import pytest

from azstance import tomlfile
from azstance.codebook import Codebook, check_codebook, load_codebook
from azstance.phrases import parse
from azstance.records import Polarity


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


def test_nothing_is_wrong_with_it() -> None:
    assert [str(problem) for problem in check_codebook()] == []


def test_it_codes_the_four_frames_of_the_pair(book: Codebook) -> None:
    assert book.frame_names == ("alliance", "balance", "influence", "rift")
    assert book.pair == ("Azerbaijan", "Russia")


def test_every_frame_can_be_affirmed_and_denied_and_shows_how(book: Codebook) -> None:
    for frame in book.frames:
        assert {cue.polarity for cue in frame.cues} == set(Polarity), frame.name
        matches = {example.match for example in frame.examples}
        assert matches == {Polarity.AFFIRM, Polarity.DENY, None}, frame.name


def test_closeness_pulls_one_way_and_strain_the_other(book: Codebook) -> None:
    assert book.alignment["alliance"] == (1.0, -1.0)
    assert book.alignment["rift"] == (-1.0, 1.0)
    for frame in ("balance", "influence"):
        assert all(abs(weight) < 1 and math.isfinite(weight) for weight in book.alignment[frame])


# The longest name that fits a stretch of text decides, and a phrase under `not` takes names out.
@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Baku", "Azerbaijan"),
        ("Ilham Aliyev", "Azerbaijan"),
        ("SOCAR", "Azerbaijan"),
        ("Kremlin", "Russia"),
        ("Overchuk", "Russia"),
        ("Sputnik Azerbaijan", "Russia"),
        ("Yerevan", "Armenia"),
        ("Türkiye", "Turkey"),
        ("Turkey", "Turkey"),
        ("Brussels", "European Union"),
        ("US", "United States"),
        ("Kyiv", "Ukraine"),
        ("South Caucasus", "South Caucasus"),
        ("Minsk Group", "OSCE"),
    ],
)
def test_names_that_the_seeds_use(book: Codebook, name: str, actor: str) -> None:
    assert [a.name for a in book.actors if name in a.names] == [actor]


def test_ambiguous_names_are_guarded(book: Codebook) -> None:
    excluded = {actor.name: actor.excluded for actor in book.actors}
    assert "Baku-Tbilisi-Ceyhan" in excluded["Azerbaijan"]
    assert "Baku-Tbilisi-Ceyhan" in excluded["Georgia"]
    assert "Trans-Siberian" in excluded["Russia"]
    assert "Minsk process" in excluded["Belarus"]
    assert "Trump Route" in excluded["United States"]


def test_the_ledger_is_a_choice_with_a_reason(book: Codebook) -> None:
    for concept, variants in book.naming.items():
        assert len(variants) > 1, concept
        assert len(book.naming_notes[concept]) > 20, concept
    assert book.naming["Türkiye"] == ("Türkiye", "Turkiye", "Turkey")


def test_loading_is_quick() -> None:
    # Loading takes less than twice what tomllib needs for the same text. The limit is far above
    # that, so that only a mistake of another order (quadratic work, say) fails on a busy machine.
    spent = []
    for _ in range(5):
        tomlfile._loads.cache_clear()
        parse.cache_clear()
        start = time.process_time()
        load_codebook()
        spent.append(time.process_time() - start)
    assert min(spent) < 0.25
