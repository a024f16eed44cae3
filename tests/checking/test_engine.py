"""From articles to findings: which rules run, in what order, and what a finding goes by."""

from __future__ import annotations

import pytest

from azstance.check_settings import CheckSettings
from azstance.checking.baseline import entry_of
from azstance.checking.engine import check_unread
from azstance.checking.records import Checked, CheckReport, Finding, Outcome
from azstance.checking.subject import article_key, fingerprint, place_of, subjects_of
from azstance.records import ArticleResult, Fact, Sentence, Skipped, SourceCard
from azstance.rulebook import Level

from .build import (
    ROOT,
    block,
    card,
    check,
    finding,
    ids,
    known,
    plain,
    record,
    reference,
    result,
    rules,
    sentence,
)  # fmt: skip

CLAIM = "Moscow betrayed Baku."


def claims(*texts: str, lines: tuple[int, ...] = (), **given: object) -> list[Finding]:
    rows: list[Sentence] = [
        sentence(text, "rift affirm", line=line)
        for text, line in zip(texts, lines or range(1, len(texts) + 1), strict=True)
    ]
    return check(result(*rows, count=9), **given).findings


def test_lines_case_and_blanks_do_not_change_a_fingerprint() -> None:
    (first,) = claims(CLAIM)
    (later,) = claims(f"  {CLAIM.upper()}".replace(" ", "   "), lines=(40,))
    assert later.fingerprint == first.fingerprint
    assert (first.line, later.line) == (1, 40)
    assert len(first.fingerprint) == 64


def test_a_second_equal_sentence_has_a_fingerprint_of_its_own() -> None:
    first, second = claims(CLAIM, CLAIM)
    assert first.fingerprint == claims(CLAIM)[0].fingerprint
    assert second.fingerprint != first.fingerprint
    again = claims(CLAIM, CLAIM, CLAIM, lines=(5, 9, 30))
    assert [f.fingerprint for f in again[:2]] == [first.fingerprint, second.fingerprint]
    assert len({f.fingerprint for f in again}) == 3


def test_what_a_fingerprint_is_made_of() -> None:
    whole = fingerprint("AZ301", "key", "Some words", 0)
    assert whole == fingerprint("AZ301", "key", " some\n WORDS ", 0)
    others = [
        fingerprint("AZ302", "key", "some words", 0),
        fingerprint("AZ301", "other", "some words", 0),
        fingerprint("AZ301", "key", "some word", 0), fingerprint("AZ301", "key", "some words", 1),
    ]  # fmt: skip
    assert len({whole, *others}) == 5


@pytest.mark.parametrize(
    ("about", "key"),
    [
        (card(url=" https://x.org/1 "), "url:https://x.org/1"),
        (card(), "daily|2024-03-31|a title"),
        (card(outlet=" The  Daily"), "the daily|2024-03-31|a title"),
        (card(outlet=None), "path:a.md"),
        (card(published=None), "path:a.md"),
        (SourceCard(title=Fact("x", "y")), "path:a.md"),
    ],
)
def test_what_an_article_goes_by(about: SourceCard, key: str) -> None:
    assert article_key(result(sentence("x"), about=about), "a.md") == key


def test_a_renamed_article_keeps_its_fingerprints() -> None:
    def prints(path: str, renamed: dict[str, str]) -> list[str]:
        from azstance.checking.engine import check_subjects

        own = result(sentence(CLAIM, "rift affirm"), about=SourceCard(), path=f"/project/{path}")
        found = check_subjects(subjects_of([own], ROOT, renamed), rules())
        assert {f.path for f in found.findings} == {path}
        return [f.fingerprint for f in found.findings]

    before = prints("old.md", {})
    assert prints("new.md", {"new.md": "old.md"}) == before
    assert prints("new.md", {}) != before


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/project/news/a.md", "news/a.md"),
        ("/project/./news//a.md", "news/a.md"),
        ("/elsewhere/a.md", "/elsewhere/a.md"),
        ("-", "-"),
        ("nul\0", "nul\0"),
    ],
)
def test_paths_are_told_from_the_root(path: str, place: str) -> None:
    assert place_of(path, ROOT) == place


def places(*articles: tuple[str, str]) -> list[str]:
    made = [result(sentence("x"), path=f"/project/{path}", id=id) for path, id in articles]
    return [subject.place for subject in subjects_of(made, ROOT, {})]


@pytest.mark.parametrize(
    ("path", "ids", "expected"),
    [
        ("n/a.md", ["a"], ["n/a.md"]),
        ("n/a.jsonl", ["a"], ["n/a.jsonl#1"]),
        ("n/a.jsonl", ["a:1", "a:3"], ["n/a.jsonl#1", "n/a.jsonl#3"]),
        ("n/a.jsonl", ["n/a:1", "n/a:3"], ["n/a.jsonl#1", "n/a.jsonl#3"]),
        ("n/a.csv", ["project/n/a.csv:2"], ["n/a.csv#2"]),
        ("n/002_abcdef01.csv", ["002:7"], ["n/002_abcdef01.csv#7"]),
        ("n/a.jsonl", ["visit", "a:visit"], ["n/a.jsonl#visit", "n/a.jsonl#visit~2"]),
        ("n/a.json", ["a"], ["n/a.json"]),
        ("n/a.json", ["a:1", "a:2"], ["n/a.json#1", "n/a.json#2"]),
    ],
)
def test_the_place_of_a_record_is_its_own(path: str, ids: list[str], expected: list[str]) -> None:
    """The ids of a run have as many folders as it takes to tell the files of the run apart."""
    assert places(*((path, id) for id in ids)) == expected


def test_short_text_is_neither_measured_nor_a_pass() -> None:
    ref = reference(*record(120))
    short = check(plain(4, 4, alignment=9.0), reference=ref)
    assert ids(short) == ["AZ002"]
    assert (short.inputs[0].outcome, short.inputs[0].tests, short.tests) == (
        Outcome.TOO_SHORT,
        0,
        0,
    )
    assert "has 4 sentences; measured rules need 5" in short.findings[0].message
    assert "has 1 sentence;" in check(plain(1)).findings[0].message
    enough = check(plain(5, 5, alignment=9.0), reference=ref)
    assert ids(enough) == ["AZ401", "AZ402"]
    assert (enough.inputs[0].outcome, enough.tests) == (Outcome.CHECKED, 5)


def test_without_a_reference_nothing_is_measured() -> None:
    found = check(plain(9, 9, alignment=9.0))
    assert (ids(found), found.tests) == ([], 0)


def test_a_weak_reference_gives_a_note_and_never_an_alert() -> None:
    found = check(plain(9, 9, alignment=9.0), reference=reference(*record(98)))
    assert ids(found) == ["AZ503"]
    assert (found.findings[0].level, found.tests) == (Level.NOTE, 0)
    assert "has 98 other articles of Daily; an alarm at a probability of 0.02 takes 99" in (
        found.findings[0].message
    )


def test_neither_the_article_nor_its_twins_stand_in_its_own_record() -> None:
    own = plain(9, 9, alignment=9.0)
    body = " ".join(s.text for s in own.sentences)
    near = body.replace("one.", "1.").rsplit(" ", 1)[0]
    here, copy = known("a.md", 9.0, rift=1.0), known("copy.md", 9.0, text=body, rift=1.0)
    like = known("like.md", 9.0, text=near, rift=1.0)
    # With any of the three in it there would be a value as far out, and p would be 4/121.
    for others in ((here,), (here, copy), (here, copy, like)):
        found = check(own, reference=reference(*record(119), *others))
        assert [i for i in ids(found) if i.startswith("AZ4")] == ["AZ401", "AZ402"]
        assert {f.measure.n for f in found.findings if f.measure} == {119}
    weak = check(own, reference=reference(*record(98), here, copy, like))
    assert sorted(ids(weak)) == ["AZ201", "AZ202", "AZ503"]
    far = known("far.md", 9.0, rift=1.0)
    assert ids(check(own, reference=reference(*record(119), far))) == []


@pytest.mark.parametrize("batch", [False, True])
def test_only_with_batch_articles_of_the_run_are_held_against_each_other(batch: bool) -> None:
    one, two = plain(name="a"), plain(name="b")
    body = one.article.blocks
    twin = result(
        *two.sentences, blocks=body, about=card(title="b"), path="/project/b.md", id="b", count=10
    )
    found = check(twin, one, batch=batch)
    assert [(f.rule, f.path) for f in found.findings] == ([("AZ201", "b.md")] if batch else [])
    if batch:
        assert "same words as a.md (among the articles of this run)" in found.findings[0].message
        ref = reference(known("a.md", text=" ".join(b.text for b in body)))
        (own,) = (
            f for f in check(twin, one, batch=True, reference=ref).findings if f.rule == "AZ201"
        )
        assert "(in the reference)" in own.message


def test_verdicts_do_not_depend_on_the_other_files() -> None:
    articles = [plain(9, n, name=f"n{n}", alignment=float(n)) for n in range(4)]
    ref = reference(*record(120))
    together = check(*reversed(articles), reference=ref).findings
    alone = [f for article in articles for f in check(article, reference=ref).findings]
    assert together == alone
    assert alone


def test_levels_and_selection_of_the_settings() -> None:
    settings = CheckSettings(levels={"AZ301": Level.ERROR}, ignore=frozenset({"AZ010"}))
    made = result(sentence(CLAIM, "rift affirm"), about=SourceCard(), count=9)
    assert [(f.rule, f.level) for f in check(made, settings=settings).findings] == [
        ("AZ301", Level.ERROR)
    ]
    only = CheckSettings(select=frozenset({"AZ010"}))
    assert ids(check(made, settings=only)) == ["AZ010"]
    none = CheckSettings(select=frozenset({"AZ302"}))
    found = check(plain(9, 9, alignment=9.0), settings=none, reference=reference(*record(120)))
    assert (ids(found), found.tests) == ([], 0)


def test_an_accepted_finding_stays_and_does_not_count() -> None:
    (first,) = claims(CLAIM)
    entries = {first.fingerprint: entry_of(first, "")}
    found = claims(CLAIM, CLAIM, baseline=entries)
    assert [(f.accepted, f.counts) for f in found] == [("accepted", False), (None, True)]
    entries = {first.fingerprint: entry_of(first, "seen")}
    assert claims(CLAIM, baseline=entries)[0].accepted == "seen"


def test_a_stale_entry_is_told_only_where_its_rule_was_looked_for() -> None:
    (own,) = check(plain(9, 0)).inputs
    entry = entry_of(finding("AZ301", article=own.article), "r")
    weighed = entry_of(finding("AZ401", "g", article=own.article), "r")
    entries = {"f": entry, "g": weighed}
    assert ids(check(plain(9, 0), baseline=entries)) == ["AZ903"]
    measured_too = check(plain(9, 0), baseline=entries, reference=reference(*record(120)))
    assert ids(measured_too) == ["AZ903", "AZ903"]
    weak = check(plain(9, 0), baseline=entries, reference=reference(*record(20)))
    assert sorted(ids(weak)) == ["AZ503", "AZ903"]
    ignored = CheckSettings(ignore=frozenset({"AZ301"}))
    assert ids(check(plain(9, 0), baseline=entries, settings=ignored)) == []
    assert ids(check(plain(9, 0, name="other"), baseline=entries)) == []


def unread(*skips: Skipped, **given: object) -> tuple[list[Checked], list[Finding]]:
    found = check_unread([(skip.path, skip) for skip in skips], rules(**given))
    return found.inputs, found.findings


@pytest.mark.parametrize(
    ("skip", "outcome", "rule", "message"),
    [
        (Skipped("a", "is empty."), Outcome.FAILED, "AZ001", "The file is empty."),
        (Skipped("a", "is a link back.", failed=False), Outcome.SKIPPED, None, ""),
        (Skipped("a", "does not look like English.", cause="language"), Outcome.WITHHELD, "AZ003",
         "The file does not look like English."),
        (Skipped("s.toml", "published: the date is odd.", line=3, cause="date"), Outcome.CHECKED,
         "AZ011", "Published: the date is odd."),
    ],
)  # fmt: skip
def test_inputs_that_were_not_analysed(
    skip: Skipped, outcome: Outcome, rule: str | None, message: str
) -> None:
    (item,), found = unread(skip)
    assert item.outcome is outcome
    assert [(f.rule, f.message, f.line) for f in found] == (
        [(rule, message, skip.line or 1)] if rule else []
    )


def test_nothing_can_hide_an_article_that_was_not_read() -> None:
    skip = Skipped("a", "is empty.")
    for settings in (
        CheckSettings(ignore=frozenset({"AZ001"})), CheckSettings(select=frozenset({"AZ301"})),
    ):  # fmt: skip
        (item,), (found,) = unread(skip, settings=settings)
        assert (item.outcome, found.rule) == (Outcome.FAILED, "AZ001")
    language = Skipped("a", "x", cause="language")
    assert unread(language, settings=CheckSettings(ignore=frozenset({"AZ003"})))[1] == []


def test_what_was_not_analysed_can_be_accepted_one_by_one() -> None:
    skips = [Skipped("a.jsonl", "is Russian.", line=n, cause="language") for n in (5, 2)]
    _, found = unread(*skips)
    assert [f.line for f in found] == [2, 5]
    assert len({f.fingerprint for f in found}) == 2
    entries = {found[0].fingerprint: entry_of(found[0], "translated later")}
    assert [f.accepted for f in unread(*skips, baseline=entries)[1]] == ["translated later", None]


def report(*found: Finding, fail_on: Level | None = Level.ERROR, failed: bool = False) -> int:
    item = Checked("a", Outcome.FAILED if failed else Outcome.CHECKED)
    return CheckReport((item,), found, (), "r", "b", "m", "v", fail_on).status


@pytest.mark.parametrize("fail_on", [*Level, None])
@pytest.mark.parametrize("level", Level)
def test_the_status_is_of_findings_from_a_level_up(level: Level, fail_on: Level | None) -> None:
    order = [Level.ERROR, Level.WARNING, Level.NOTE]
    fails = fail_on is not None and order.index(level) <= order.index(fail_on)
    assert report(finding(level=level), fail_on=fail_on) == int(fails)
    assert report(finding(level=level, accepted="r"), fail_on=fail_on) == 0
    assert report(finding(level=level, suppressed="r"), fail_on=fail_on) == 0
    assert report(finding(level=level), fail_on=fail_on, failed=True) == 2


def test_the_finding_stands_at_the_body_where_it_is_about_no_line() -> None:
    made: ArticleResult = result(
        sentence("x", line=7), count=2, blocks=[block("x", 7)], about=card()
    )
    assert [(f.rule, f.line) for f in check(made).findings] == [("AZ002", 7)]
    nothing = check(result(count=0, blocks=[]))
    assert [(f.rule, f.line) for f in nothing.findings] == [("AZ002", 1)]
