"""The pattern groups of furniture.toml and read_card.toml: their own examples, and broken files."""

from __future__ import annotations

from pathlib import Path

import pytest

from azstance.errors import ConfigError
from azstance.read.furniture import Group, Seen, load_furniture
from azstance.read.textfacts import CardPattern, card_lists

FURNITURE = load_furniture()
CUTS = [(g.id, text) for g in FURNITURE.groups for text in g.cuts]
KEEPS = [(g.id, text) for g in FURNITURE.groups for text in g.keeps]
PATTERNS = card_lists().patterns


@pytest.mark.parametrize(("group", "text"), CUTS)
def test_example_is_cut(group: str, text: str) -> None:
    assert FURNITURE.match(text, edge=True) is not None


@pytest.mark.parametrize(("group", "text"), KEEPS)
def test_example_is_kept(group: str, text: str) -> None:
    found = FURNITURE.match(text, edge=True)
    assert found is None, found.id if found else ""
    assert not FURNITURE.asks_reader(text)


@pytest.mark.parametrize("group", FURNITURE.groups, ids=lambda g: g.id)
def test_every_group_has_a_reason_and_examples(group: Group) -> None:
    assert group.reason
    if not (group.stub or group.tail):
        assert group.cuts
        assert any(group.matches(Seen(text)) for text in group.cuts)


def test_group_ids_are_unique() -> None:
    ids = [group.id for group in FURNITURE.groups]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "(WIRE- Some Agency) Of the 245 documents none matters more.",
            "Of the 245 documents none",
        ),
        ("BAKU, August 19. /EXAMPLE/. Talks have started.", "Talks have"),
        ("BAKU (Reuters) - Azerbaijan said on Monday that it would.", "Azerbaijan said"),
        ("MOSCOW -- The Kremlin said so.", "The Kremlin"),
        ("Baku, October 3, AZERTAC The president received him.", "The president"),
        ("12 Punto 14 Punto 16 Punto The president received him.", "The president"),
    ],
)
def test_stub_is_cut_off(text: str, rest: str) -> None:
    start, end, _ = next(iter(FURNITURE.stubs(text)))
    assert start == 0
    assert text[end:].startswith(rest)


@pytest.mark.parametrize(
    "text",
    [
        "(It should be said that nobody asked.) The talks went on.",
        "BAKU has never accepted that.",
        "EU and Russia - two powers that Baku courts - differ.",
        "[He] never said so.",
    ],
)
def test_no_stub_where_there_is_none(text: str) -> None:
    assert list(FURNITURE.stubs(text)) == []


@pytest.mark.parametrize(
    ("toml", "line", "words"),
    [
        ('[[group]]\nid = "a"\nreason = "b"\nphrase = ["x"]\n', 4, 'Did you mean "phrases"'),
        ('[[group]]\nid = "a"\nreason = "b"\nphrases = "x"\n', 4, "must be a list of texts"),
        ('[[group]]\nid = "a"\nreason = "b"\nthen = "stop"\n', 4, "cannot be"),
        ('[[group]]\nid = "a"\nreason = "b"\nregex = ["(x"]\n', 4, "not a regular expression"),
        ('[[group]]\nid = "a"\n', 1, "has no reason"),
        ('[[group]]\nid = "a"\nreason = "b"\nmax_words = "x"\n', 4, "max_words cannot be"),
        ("[[group]\n", 1, "not valid TOML"),
    ],
)
def test_broken_file_is_named_with_its_line(
    tmp_path: Path, toml: str, line: int, words: str
) -> None:
    path = tmp_path / "f.toml"
    path.write_text(toml)
    with pytest.raises(ConfigError) as caught:
        load_furniture(path)
    assert words in str(caught.value)
    assert f"f.toml:{line}" in str(caught.value)


@pytest.mark.parametrize("pattern", PATTERNS, ids=range(len(PATTERNS)))
def test_card_pattern_examples(pattern: CardPattern) -> None:
    assert pattern.finds
    assert pattern.misses
    for text in pattern.finds:
        assert any(pattern.find(text).values()), text
    for text in pattern.misses:
        assert not pattern.find(text), text
