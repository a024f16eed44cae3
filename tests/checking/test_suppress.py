"""Comments in the file: what they reach, and what is said of those that do nothing."""

from __future__ import annotations

import io
import json

import pytest

from azstance.check_settings import CheckSettings
from azstance.checking.draft import Draft
from azstance.checking.suppress import Suppression, suppressed_by, suppressions, unused
from azstance.read.formats import reader_for
from azstance.read.remarks import remarks_in, without_remarks
from azstance.read.settings import ReadSettings
from azstance.records import Remark, Sentence

from .build import card, check, result, sentence

BODY = [3, 4, 8, 9]


@pytest.mark.parametrize(
    ("rule", "comment", "line", "reached"),
    [
        ("AZ301", 4, 4, True),
        ("AZ301", 2, 3, True),
        ("AZ301", 1, 3, True),
        ("AZ301", 6, 8, True),
        ("AZ301", 7, 8, True),
        ("AZ301", 7, 9, False),
        ("AZ301", 3, 4, False),
        ("AZ301", 9, 8, False),
        ("AZ302", 1, 9, True),
        ("AZ302", 9, 3, True),
        ("AZ103", 2, 9, True),
    ],
)
def test_what_a_comment_reaches(rule: str, comment: int, line: int, reached: bool) -> None:
    """A line rule: the line itself, or the next line of text. A rule on the article: anywhere."""
    own = Suppression(comment, rule, "why")
    assert suppressed_by(Draft(rule, line, "m", "b"), BODY, [own]) is (own if reached else None)


def test_a_comment_reaches_no_other_rule() -> None:
    own = Suppression(3, "AZ302", "why")
    assert suppressed_by(Draft("AZ301", 3, "m", "b"), BODY, [own]) is None


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("ignore[AZ301] why", [("AZ301", "why")]),
        ("ignore [ AZ301 ]   why  so ", [("AZ301", "why so")]),
        ("ignore[AZ301, AZ302] why", [("AZ301", "why"), ("AZ302", "why")]),
        ("ignore[az301,Single-Speaker] why", [("AZ301", "why"), ("AZ302", "why")]),
        ("ignore[AZ301]: why", [("AZ301", "why")]),
        ("ignore[AZ301] -- why", [("AZ301", "why")]),
    ],
)
def test_forms_that_are_understood(text: str, good: list[tuple[str, str]]) -> None:
    found, bad = suppressions([Remark(7, text)])
    assert [(s.rule, s.reason) for s in found] == good
    assert all(s.line == 7 for s in found)
    assert bad == []


@pytest.mark.parametrize(
    ("text", "rule", "told"),
    [
        ("ignore[AZ301]", "AZ904", "no reason"),
        ("ignore[AZ301]  -- ", "AZ904", "no reason"),
        ("ignore why", "AZ904", "no rule"),
        ("ignore[] why", "AZ904", "no rule"),
        ("ignore", "AZ904", "no rule"),
        ("disable AZ301", "AZ904", "not understood"),
        ("", "AZ904", "not understood"),
        ("ignore[AZ31] why", "AZ902", 'There is no rule "AZ31". Did you mean "AZ301"?'),
        ("ignore[AZ3] why", "AZ902", 'There is no rule "AZ3"'),
        ("ignore[one-sidet] why", "AZ902", 'Did you mean "one-sided"?'),
    ],
)
def test_forms_that_have_no_effect(text: str, rule: str, told: str) -> None:
    good, (bad,) = suppressions([Remark(7, text)])
    assert good == []
    assert (bad.rule, bad.line) == (rule, 7)
    assert told in bad.message


def test_of_several_rules_the_known_ones_hold() -> None:
    good, bad = suppressions([Remark(1, "ignore[AZ301,AZ999] why")])
    assert ([s.rule for s in good], [d.rule for d in bad]) == (["AZ301"], ["AZ902"])


def test_unused_are_those_of_rules_that_were_looked_for() -> None:
    comments = [Suppression(n, rule, "why") for n, rule in enumerate(("AZ301", "AZ302", "AZ401"))]
    found = list(unused(comments, comments[:1], frozenset({"AZ301", "AZ302"})))
    assert [(d.rule, d.line, d.basis) for d in found] == [("AZ901", 1, "AZ302 why")]


CLAIM = "Moscow betrayed Baku."


def article(*remarks: tuple[int, str], lines: tuple[int, ...] = (1, 3)) -> list[tuple[str, int, bool]]:  # fmt: skip  # noqa: E501
    """Rule, line and whether it counts, of an article with a claim on each of the lines."""
    own: list[Sentence] = [sentence(f"{CLAIM} {n}", "rift affirm", line=n) for n in lines]
    made = result(*own, count=9, remarks=[Remark(*remark) for remark in remarks])
    return [(f.rule, f.line, f.counts) for f in check(made).findings]


def test_suppressed_findings_stay_and_do_not_count() -> None:
    assert article((1, "ignore[AZ301] why")) == [("AZ301", 1, False), ("AZ301", 3, True)]
    assert article((2, "ignore[AZ301] why")) == [("AZ301", 1, True), ("AZ301", 3, False)]


def test_a_comment_that_is_not_understood_suppresses_nothing_and_is_told() -> None:
    both = [("AZ301", 1, True), ("AZ301", 3, True)]
    assert article((2, "ignore[AZ301]")) == sorted([*both, ("AZ904", 2, True)], key=lambda r: r[1])
    assert ("AZ902", 2, True) in article((2, "ignore[AZ31] why"))
    assert ("AZ901", 2, True) in article((2, "ignore[AZ302] why"))


def test_suppressions_can_be_off_for_text_of_others() -> None:
    made = result(
        sentence(CLAIM, "rift affirm"), count=9,
        remarks=[Remark(1, "ignore[AZ301] why"), Remark(1, "ignore"), Remark(1, "ignore[AZ9] x")],
    )  # fmt: skip
    found = check(made, settings=CheckSettings(suppressions=False))
    assert [(f.rule, f.counts) for f in found.findings] == [("AZ301", True)]


def test_a_rule_that_was_not_run_leaves_no_comment_unused() -> None:
    made = result(sentence("x"), count=9, remarks=[Remark(1, "ignore[AZ301] why")])
    assert [f.rule for f in check(made).findings] == ["AZ901"]
    ignored = CheckSettings(ignore=frozenset({"AZ301"}))
    assert not check(made, settings=ignored).findings
    measured = result(sentence("x"), count=9, remarks=[Remark(1, "ignore[AZ401] an interview")])
    assert not check(measured).findings, "without a reference nothing could be found"


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ("<!-- azstance: ignore[AZ301] why -->", ["ignore[AZ301] why"]),
        ("text <!--azstance:ignore[AZ301] a--> more <!-- azstance : ignore b --> x",
         ["ignore[AZ301] a", "ignore b"]),
        ("<!-- a note of the editor -->", []),
        ("<!-- azstance ignore[AZ301] why -->", []),
        ("<!-- azstance: never closed", []),
    ],
)  # fmt: skip
def test_comments_in_a_line(row: str, texts: list[str]) -> None:
    assert [remark.text for remark in remarks_in(["", row])] == texts
    assert all(remark.line == 2 for remark in remarks_in(["", row]))
    assert without_remarks(row).count("azstance") == (0 if texts else row.count("azstance"))


COMMENT = "<!-- azstance: ignore[AZ301] why -->"


@pytest.mark.parametrize(
    ("suffix", "text", "lines"),
    [
        (".txt", f"One.\n\n{COMMENT}\nTwo. {COMMENT}\n", [3, 4]),
        (".md", f"---\ntitle: x\n---\nOne.\n{COMMENT}\nTwo.\n", [5]),
        (".html", f"<html><body><p>{'One two. ' * 40}</p>{COMMENT}</body></html>", []),
        (".json", json.dumps({"text": COMMENT}), []),
        (".jsonl", json.dumps({"text": COMMENT}) + "\n", []),
        (".csv", f'text\n"One. {COMMENT}"\n', []),
    ],
)
def test_only_files_that_people_edit_have_comments(
    suffix: str, text: str, lines: list[int]
) -> None:
    (page,) = reader_for(suffix)(io.BytesIO(text.encode()), ReadSettings())
    assert not isinstance(page, Exception)
    assert [remark.line for remark in page.remarks] == lines
    if lines:
        assert "azstance" not in " ".join(para.text for para in page.paras)


def test_a_comment_anywhere_reaches_findings_on_metadata() -> None:
    """Comments reach findings on metadata as well: they are about the article as a whole."""
    made = result(
        sentence("x"), count=9, about=card(title=None), remarks=[Remark(9, "ignore[AZ010] a note")]
    )
    assert [(f.rule, f.suppressed) for f in check(made).findings] == [("AZ010", "a note")]
