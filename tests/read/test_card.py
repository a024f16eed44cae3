"""The source card: dates, what the text says of itself, sources.toml, and which of them counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from azstance.read import read_paths
from azstance.read.dates import dates_in, published_date
from azstance.records import Article, Skipped

from .pages import TESTS, article, one

SEEDS = TESTS.parent / "seeds"
P1 = "Azerbaijan and Russia have agreed on a plan for trade that both call important."
P2 = "Nobody in Baku expects it to be carried out before the autumn, a diplomat said."


def card(found: Article) -> dict[str, tuple[str, str]]:
    names = ("outlet", "author", "published", "genre", "title", "url")
    facts = {name: getattr(found.card, name) for name in names}
    return {name: (fact.value, fact.origin) for name, fact in facts.items() if fact}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021.05.03 / 15:39", ["2021-05-03"]),
        ("15 October 2025 16:44 (UTC+04:00)", ["2025-10-15"]),
        ("Monday, October 14, 2024", ["2024-10-14"]),
        ("Feb. 3rd, 2023", ["2023-02-03"]),
        ("2025-07-03T14:05:00Z", ["2025-07-03"]),
        ("01.10.2018", ["2018-10-01"]),
        ("25/12/2023", ["2023-12-25"]),
        ("12/25/2023", ["2023-12-25"]),
        ("05/05/2023", ["2023-05-05"]),
        ("31 June 2024", []),
        ("WIRE21112023000045ID000", []),
        ("the 43 points of 2022", []),
    ],
)
def test_dates(text: str, iso: list[str]) -> None:
    assert list(dates_in(text).found) == iso


def test_a_date_that_could_be_two_is_neither() -> None:
    assert dates_in("03/04/2024").found == ()
    assert dates_in("03/04/2024").ambiguous == ("03/04/2024",)
    assert published_date("03/04/2024")[0] is None


@pytest.mark.parametrize(
    ("value", "iso"),
    [("2023", "2023"), ("2023-03", "2023-03"), ("March 2023", "2023-03"), ("soon", None)],
)
def test_published(value: str, iso: str | None) -> None:
    assert published_date(value)[0] == iso


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        (
            "000",
            {
                "outlet": ("Axar.Az", "text, line 1"),
                "author": ("Andrew Korybko", "text, line 6"),
                "published": ("2021-05-03", "text, line 22"),
                "genre": ("opinion", "sources.toml"),
            },
        ),
        ("001", {"genre": ("analysis", "sources.toml")}),
        (
            "002",
            {
                "outlet": ("commonspace.eu", "text, line 1"),
                "author": ("Vasif Huseynov", "text, line 1"),
                "published": ("2023-03", "sources.toml"),
                "genre": ("op-ed", "text, line 1"),
                "url": (
                    "https://www.commonspace.eu/opinion/opinion-bakus-visitor-north-had-little-celebrate",
                    "text, line 18",
                ),
            },
        ),
        (
            "003",
            {
                "outlet": ("@vneshpol", "text, line 17"),
                "genre": ("Telegram post", "text, line 17"),
                "published": ("2024", "sources.toml"),
            },
        ),
        ("004", {"published": ("2024", "sources.toml"), "genre": ("analysis", "sources.toml")}),
    ],
)
def test_seeds(seed: str, expected: dict[str, tuple[str, str]]) -> None:
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    found = card(article(path))
    found.pop("title", None)
    assert {k: (v, o.partition(":")[0]) for k, (v, o) in found.items()} == expected


def test_dates_of_other_articles_are_not_taken() -> None:
    (path,) = SEEDS.glob("001_*.txt")
    found = article(path)
    assert found.card.published is None
    assert any("different dates" in note for note in found.notes)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "By Leyla Example\n15 October 2025",
            {"author": "Leyla Example", "published": "2025-10-15"},
        ),
        (
            "By Our Correspondent in Baku August 20, 2024",
            {"author": "Our Correspondent", "published": "2024-08-20"},
        ),
        (
            "15 October 2025 16:44\nA. Reporter Read more",
            {"author": "A. Reporter", "published": "2025-10-15"},
        ),
        ("Updated: 5 May 2024\nPublished: 3 May 2024", {"published": "2024-05-03"}),
        ("27 April 2024\n\n01.10.2018", {}),
        ("03/04/2024", {}),
        ("Ivan Sample\n3 May 2024", {"author": "Ivan Sample", "published": "2024-05-03"}),
        ("News Desk\n3 May 2024", {"published": "2024-05-03"}),
    ],
)
def test_head_of_a_page(tmp_path: Path, head: str, expected: dict[str, str]) -> None:
    found = card(one(tmp_path, f"{head}\n\n{P1}\n\n{P2}"))
    assert {name: value for name, (value, _) in found.items()} == expected


def test_the_person_counts_before_the_record_and_the_record_before_the_text(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text('["a"]\noutlet = "Sidecar"\n')
    front = "---\noutlet: Front\nauthor: Front Author\n---\n"
    found = card(one(tmp_path, f"{front}\nBy Leyla Example\n3 May 2024\n\n{P1}\n\n{P2}", "a.md"))
    assert found["outlet"] == ("Sidecar", "sources.toml:2")
    assert found["author"] == ("Front Author", "front matter, author")
    assert found["published"] == ("2024-05-03", "text, line 7")


def test_sidecar_keys(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        '["*"]\noutlet = "All"\nauthor = "Everybody"\n["002"]\nauthor = "Id"\n'
        '["b.txt"]\nauthor = "File"\npublished = 2024-05-06\n'
    )
    for name in ("002_a7c59664f7.txt", "b.txt"):
        (tmp_path / name).write_text(f"{P1}\n{P2}\n")
    found = {a.id: card(a) for a in read_paths([tmp_path]) if isinstance(a, Article)}
    assert found["002"]["outlet"][0] == "All"
    assert found["002"]["author"][0] == "Id"
    assert found["b"]["author"][0] == "File"
    assert found["b"]["published"] == ("2024-05-06", "sources.toml:8")


@pytest.mark.parametrize(
    ("toml", "line", "words", "failed"),
    [
        ('["a"]\noutlet = Example\n', 2, "not valid TOML", True),
        ('["a"]\nauthors = "x"\n', 2, 'Did you mean "author"', True),
        ('["a"]\npublished = "03/04/2024"\n', 2, "two ways", True),
        ('["a"]\noutlet = 5\n', 2, "not a text", True),
        ('outlet = "x"\n', 1, "stands alone", True),
        ('["b"]\noutlet = "x"\n', 1, "fits no article", False),
        ("\xff", 1, "UTF-8", True),
    ],
)
def test_broken_sidecar_is_told_and_the_articles_are_read(
    tmp_path: Path, toml: str, line: int, words: str, failed: bool
) -> None:
    (tmp_path / "sources.toml").write_bytes(toml.encode("latin-1"))
    (tmp_path / "a.txt").write_text(f"{P1}\n")
    found = list(read_paths([tmp_path]))
    (skip,) = [s for s in found if isinstance(s, Skipped)]
    assert (skip.line, skip.failed) == (line, failed)
    assert skip.path.endswith("sources.toml")
    assert words in skip.reason
    assert len(found) == 2
