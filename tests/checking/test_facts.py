"""Rules that anybody can verify in the file."""

from __future__ import annotations

import pytest

from azstance.checking import facts
from azstance.read.dates import published_date
from azstance.records import Cut, SourceCard

from .build import block, card, result, sentence, subject

LAST = "The ministers of the two countries met again on Tuesday"


@pytest.mark.parametrize(
    ("about", "message"),
    [
        (card(), None),
        (card(outlet=None), "The article has no outlet."),
        (card(title=None), "The article has no title."),
        (card(published=None), "The article has no date."),
        (card(outlet=None, title=None), "The article has no outlet and title."),
        (SourceCard(), "The article has no outlet, title and date."),
    ],
)
def test_missing_metadata(about: SourceCard, message: str | None) -> None:
    found = list(facts.missing_metadata(subject(result(sentence("x"), about=about))))
    assert [draft.message for draft in found] == ([message] if message else [])
    assert all((draft.rule, draft.line) == ("AZ010", 1) for draft in found)


@pytest.mark.parametrize("written", ["31 Foo 2024", "03/04/2024", "soon"])
def test_a_date_that_cannot_be_read_is_a_bad_date_and_not_a_missing_one(written: str) -> None:
    _, note = published_date(written)
    own = subject(result(sentence("x"), about=card(published=None), notes=[note, "another note"]))
    assert not list(facts.missing_metadata(own))
    (draft,) = facts.bad_date(own, None)
    assert draft.rule == "AZ011"
    assert draft.message.startswith(f'The date "{written}"')
    assert "2024-03-31" in draft.message


@pytest.mark.parametrize(
    ("published", "as_of", "fires"),
    [
        ("2024-03-31", None, False),
        ("2024-03-31", "2024-03-31", False),
        ("2024-03-31", "2024-03-30", True),
        ("2024-03", "2024-03-01", False),
        ("2024-04", "2024-03-31", True),
        ("2024", "2024-01-01", False),
        ("2025", "2024-12-31", True),
    ],
)
def test_a_date_after_the_day_of_the_check(published: str, as_of: str | None, fires: bool) -> None:
    own = subject(result(sentence("x"), about=card(published=published)))
    found = list(facts.bad_date(own, as_of))
    assert bool(found) is fires
    for draft in found:
        assert f"{published} (front matter) lies after {as_of}" in draft.message


def test_furniture_counts_kinds_and_shows_the_first_lines() -> None:
    cut = [Cut(n, f"Share {n}", "share line") for n in range(3, 9)]
    cut.append(Cut(2, "MENU", "menu"))
    cut.append(Cut(1, "By A. B.", "byline"))
    (draft,) = facts.furniture(subject(result(sentence("x"), cut=cut)))
    assert (draft.rule, draft.line) == ("AZ101", 3)
    assert draft.message == (
        "7 lines look like page furniture and counted for nothing: menu (1), share line (6)."
    )
    assert len(draft.evidence) == 5


@pytest.mark.parametrize("reason", ["byline", "picture", "code block", "notes and references"])
def test_what_belongs_to_an_article_is_no_furniture(reason: str) -> None:
    assert not list(facts.furniture(subject(result(sentence("x"), cut=[Cut(1, "x", reason)]))))


@pytest.mark.parametrize(("path", "fires"), [("a.md", True), ("a.HTML", False), ("a.htm", False)])
def test_a_web_page_has_furniture_by_nature(path: str, fires: bool) -> None:
    made = result(sentence("x"), path=f"/project/{path}", cut=[Cut(1, "MENU", "menu")])
    assert bool(list(facts.furniture(subject(made)))) is fires


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (f"{LAST}.", None),
        (f"{LAST}!", None),
        (f'"{LAST}."', None),
        (f"{LAST}.)", None),
        (LAST, "has no full stop"),
        (f"{LAST}...", 'ends in "Tuesday..."'),
        (f"{LAST} […]", 'ends in "[…]"'),
        (f"{LAST},", 'ends in "Tuesday,"'),
        ("Baku, 31 March", None),
        ("one two three four five six seven", None),
        ("one two three four five six seven eight", "has no full stop"),
    ],
)
def test_an_end_that_is_none(last: str, told: str | None) -> None:
    body = [block("A first paragraph.", 1), block(last, 7)]
    found = list(facts.truncated(subject(result(sentence("x"), blocks=body))))
    assert [d.rule for d in found] == (["AZ103"] if told else [])
    for draft in found:
        assert draft.line == 7
        assert told and told in draft.message


@pytest.mark.parametrize(
    ("notice", "fires"),
    [
        ("Subscribe to continue reading.", True),
        ("This article is for subscribers only.", True),
        ("Already a subscriber? Log in.", True),
        ("Read more", True),
        ("They subscribe to the view that ties will hold.", False),
        ("Members of the delegation read more than one statement aloud.", False),
    ],
)
def test_a_notice_in_place_of_the_rest(notice: str, fires: bool) -> None:
    body = [block("A first paragraph.", 1), block("A second one.", 2)]
    cut = subject(result(sentence("x"), blocks=body, cut=[Cut(3, notice, "share line")]))
    kept = subject(result(sentence("x"), blocks=[*body, block(notice, 3)]))
    for own in (cut, kept):
        found = list(facts.truncated(own))
        assert [(d.rule, d.line) for d in found] == ([("AZ103", 3)] if fires else [])


def test_a_long_paragraph_or_an_early_one_is_no_notice() -> None:
    notice = "Subscribe to continue reading."
    long = f"{notice} " + "word " * 40 + "end."
    early = [block(notice, 1), *(block("Text follows.", n) for n in (2, 3, 4))]
    assert not list(facts.truncated(subject(result(sentence("x"), blocks=[block(long)]))))
    assert not list(facts.truncated(subject(result(sentence("x"), blocks=early))))


@pytest.mark.parametrize("blocks", [[], [block("A heading without an end of any kind at all here", heading=True)]])  # fmt: skip  # noqa: E501
def test_without_paragraphs_nothing_ends(blocks: list[object]) -> None:
    assert not list(facts.truncated(subject(result(blocks=blocks))))  # type: ignore[arg-type]
