"""The file that new articles are held against: reviewed as a diff, and never trusted blindly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from azstance.checking.reference import FORMAT, load_reference, reference_of, reference_text
from azstance.checking.subject import subjects_of
from azstance.errors import ConfigError
from azstance.records import Sentence, Voice

from .build import MADE, ROOT, card, plain, result, sentence


def made(tmp_path: Path, *names: str) -> Path:
    articles = [plain(framed=3, name=name, alignment=0.25) for name in names]
    about = card(outlet=None, published=None)
    articles.append(plain(2, name="zz", alignment=None, about=about))
    path = tmp_path / "reference.json"
    text = reference_text(reference_of(subjects_of(articles, ROOT, {}), MADE))
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    path = made(tmp_path, "b", "a", "ğ")
    read = load_reference(path)
    assert read.made == MADE
    assert [known.place for known in read.articles] == ["a.md", "b.md", "zz.md", "ğ.md"]
    first, last = read.articles[0], read.articles[2]
    assert (first.outlet, first.published) == ("Daily", "2024-03-31")
    assert first.profile.alignment == 0.25
    assert first.profile.shares == {"alliance": 0, "balance": 0, "influence": 0, "rift": 0.3}
    assert (last.outlet, last.published, last.profile.alignment) == ("", "", None)
    assert set(read.by_outlet) == {"daily"}
    (own,) = subjects_of([plain(framed=3, name="a")], ROOT, {})
    assert first.digest == own.digest
    assert np.array_equal(first.shingles, own.shingles)
    assert reference_text(read).encode() == path.read_bytes()


def test_a_line_for_each_article_whatever_the_order(tmp_path: Path) -> None:
    before = made(tmp_path, "b", "a", "c").read_text("utf-8")
    assert made(tmp_path, "c", "b", "a").read_text("utf-8") == before
    after = made(tmp_path, "a", "aa", "b", "c").read_text("utf-8")
    rows = set(after.splitlines()) - set(before.splitlines())
    assert len(rows) == 1
    assert '"place": "aa.md"' in rows.pop()
    assert set(before.splitlines()) < set(after.splitlines())


def test_a_reference_without_articles(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.write_text(reference_text(reference_of([], MADE)))
    assert load_reference(path).articles == ()


def altered(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def apply(text: str) -> str:
        data = json.loads(text)
        change(data)
        return json.dumps(data)

    return apply


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text[:-40], "is no JSON"),
        (lambda text: "", "is no JSON"),
        (lambda text: "[" * 100_000, "is no JSON"),
        (lambda text: "[]", f"this is no reference ({FORMAT})"),
        (lambda text: "{}", f"this is no reference ({FORMAT})"),
        (altered(lambda d: d.update(format="azstance-reference/9")), "this is no reference"),
        (altered(lambda d: d.pop("model")), "is damaged"),
        (altered(lambda d: d.update(articles=None)), "is damaged"),
        (altered(lambda d: d["articles"][0].pop("runs")), "is damaged"),
        (altered(lambda d: d["articles"][0].update(runs="%%%")), "is damaged"),
        (altered(lambda d: d["articles"][0].update(runs="AAAAAA")), "is damaged"),
        (altered(lambda d: d["articles"][0].update(place=3)), "is damaged"),
        (altered(lambda d: d["articles"][0].update(alignment="high")), "is damaged"),
        (altered(lambda d: d["articles"][0].update(shares=[1])), "is damaged"),
        (altered(lambda d: d["articles"].append(7)), "is damaged"),
    ],
)
def test_a_damaged_file_is_told_with_the_command_that_mends_it(
    tmp_path: Path, change: Callable[[str], str], told: str
) -> None:
    path = made(tmp_path, "a")
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_reference(path)
    message = str(caught.value)
    assert told in message
    assert str(path) in message
    assert message.endswith("Make it anew: azstance reference build FOLDER.")


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = made(tmp_path, "a", "b")
    lines = path.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if '"b.md"' in line)
    lines[at] = "    <<<<<<< HEAD"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(ConfigError, match=rf"reference\.json:{at + 1}: "):
        load_reference(path)


@pytest.mark.parametrize("raw", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read(tmp_path: Path, raw: bytes | None) -> None:
    path = tmp_path / "x.json"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(ConfigError, match=r"x\.json"):
        load_reference(path)


def test_shares_are_of_the_authors_sentences() -> None:
    from azstance.checking.subject import profile_of

    def one(*codes: str, voice: Voice = Voice.AUTHOR) -> Sentence:
        return sentence("x", *codes, voice=voice)

    found = profile_of(
        result(
            one("rift affirm", "alliance deny"), one(), one("rift affirm", "rift deny"),
            one("rift affirm", voice=Voice.ATTRIBUTED),
        )
    )  # fmt: skip
    assert found.shares == {"alliance": 0.3333, "balance": 0, "influence": 0, "rift": 0.6667}
    only = profile_of(result(one("rift affirm", voice=Voice.ATTRIBUTED)))
    assert set(only.shares.values()) == {0}


def test_where_a_classifier_codes_shares_are_sums_of_its_probabilities() -> None:
    from dataclasses import replace

    from azstance.checking.subject import profile_of
    from azstance.records import Chance

    own = replace(
        sentence("x", "rift affirm"),
        chances=(Chance("rift", 0.5, 0.25), Chance("alliance", 0.1, 0.0)),
    )
    found = profile_of(result(own, sentence("y")))
    assert found.shares == {"alliance": 0.05, "balance": 0, "influence": 0, "rift": 0.375}
