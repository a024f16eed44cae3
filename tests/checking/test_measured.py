"""Rank tests against the outlet's own record, at their edges."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.check_settings import Thresholds
from azstance.checking.measured import (
    articles_needed,
    comparable,
    frame_shift,
    one_sided,
    rank,
    weakness,
)
from azstance.checking.reference import Known, Made
from azstance.checking.subject import Subject

from .build import FRAMES, LIMITS, MADE, card, known, plain, record, reference, subject

VALUES = st.lists(st.integers(-20, 20).map(float), max_size=60)


@given(st.integers(-25, 25).map(float), VALUES)
def test_rank_is_the_permutation_probability(value: float, others: list[float]) -> None:
    """The smaller of both sides, doubled, the article itself among those that count."""
    pool = [*others, value]
    above = sum(other >= value for other in pool) / len(pool)
    below = sum(other <= value for other in pool) / len(pool)
    found = rank(value, others)
    assert found.p == pytest.approx(min(1.0, 2 * min(above, below)))
    assert found.above is (above <= below)
    assert found.n == len(others)
    assert found.center == (median(others) if others else 0)


@pytest.mark.parametrize("n", [1, 2, 5, 99, 100, 149])
@pytest.mark.parametrize("alpha", [0.01, 0.02, 0.05, 0.5])
def test_no_more_false_alarms_than_alpha_says(n: int, alpha: float) -> None:
    """Where nothing has changed, each of the n + 1 ranks is equally likely: count the alarms."""
    places = range(n + 1)
    alarms = [
        rank(float(own), [float(o) for o in places if o != own]).p <= alpha + 1e-12
        for own in places
    ]
    assert sum(alarms) / (n + 1) <= alpha + 1e-12
    assert any(alarms) is (n >= articles_needed(alpha)), "and not fewer articles than it takes"


def test_ties_only_make_it_more_careful() -> None:
    assert rank(1.0, [1.0] * 200).p == 1
    assert rank(1.0 + 1e-12, [1.0] * 200).p == 1
    assert rank(2.0, [*[0.0] * 198, 2.0, 2.0]).p == pytest.approx(6 / 201)


@pytest.mark.parametrize(
    ("alpha", "n"), [(0.02, 99), (0.05, 39), (0.01, 199), (0.5, 3), (0.03, 66), (0.001, 1999)]
)
def test_articles_needed(alpha: float, n: int) -> None:
    assert articles_needed(alpha) == n
    assert round(2 / (n + 1), 12) <= alpha < 2 / n


def article(alignment: float | None = 0.0, framed: int = 0, count: int = 10) -> Subject:
    return subject(plain(count, framed, alignment=alignment))


def weak(
    n: int, limits: Thresholds = LIMITS, *, made: Made = MADE, own: Subject | None = None
) -> str | None:
    """The basis of AZ503 with `n` other articles."""
    ref = reference(*record(n), made=made)
    own = own or article()
    draft = weakness(own, ref, MADE, comparable(own, ref, frozenset()), limits)
    assert draft is None or draft.rule == "AZ503"
    return draft.basis if draft else None


@pytest.mark.parametrize(
    ("n", "alpha", "basis"),
    [
        (98, 0.02, "small"),
        (99, 0.02, None),
        (38, 0.05, "small"),
        (39, 0.05, None),
        (0, 0.5, "small"),
    ],
)
def test_one_article_short_of_what_it_takes(n: int, alpha: float, basis: str | None) -> None:
    assert weak(n, Thresholds(alpha=alpha)) == basis


@pytest.mark.parametrize(
    ("made", "basis"),
    [
        (Made("book 2 abc", "cues", "pipe 1", "2026.1"), "codebook"),
        (Made("book 1 abc", "minilm 1", "pipe 1", "2026.1"), "model"),
        (Made("book 1 abc", "cues", "pipe 1", "2025.1"), None),
    ],
)
def test_figures_of_another_codebook_or_model_do_not_compare(made: Made, basis: str | None) -> None:
    assert weak(150, made=made) == basis


def test_an_article_without_outlet_has_no_record() -> None:
    assert weak(150, own=subject(plain(about=card(outlet=None)))) == "outlet"


def dated(published: str | None) -> Subject:
    return subject(plain(about=card(published=published)))


@pytest.mark.parametrize(("days", "basis"), [(0, None), (730, None), (731, "old"), (-400, None)])
def test_how_old_a_record_may_be(days: int, basis: str | None) -> None:
    day = date(2024, 1, 1) + timedelta(days)  # the newest of the record is of 2024-01-01
    assert weak(150, own=dated(day.isoformat())) == basis


@pytest.mark.parametrize(
    ("published", "newest", "basis"),
    [
        ("2026-01", "2024-01", None),
        ("2026-02", "2024-01", "old"),
        ("2026", "2024", None),
        ("2027", "2024", "old"),
        (None, "1990", None),
        ("2024", "", None),
        ("9999", "odd", None),
    ],
)
def test_dates_of_a_month_or_a_year(published: str | None, newest: str, basis: str | None) -> None:
    own = dated(published)
    ref = reference(*(known(f"{n}", published=newest) for n in range(99)))
    draft = weakness(own, ref, MADE, comparable(own, ref, frozenset()), LIMITS)
    assert (draft.basis if draft else None) == basis


def test_the_article_itself_and_its_twins_are_left_out() -> None:
    ref = reference(
        known("a.md"), known("twin.md"), known("b.md"), known("other.md", outlet="Weekly"),
        known("c.md", outlet="DAILY"), known("none.md", outlet=""),
    )  # fmt: skip
    places = [k.place for k in comparable(article(), ref, frozenset({"twin.md"}))]
    assert places == ["b.md", "c.md"]


def test_a_renamed_article_is_still_itself() -> None:
    own = subject(plain(name="new"), renamed={"new.md": "old.md"})
    assert own.path == "new.md"
    assert comparable(own, reference(known("old.md"), known("new.md")), frozenset())[0].place == (
        "new.md"
    )


def alarm(
    value: float | None, others: list[float | None], limits: Thresholds = LIMITS
) -> tuple[int, bool]:
    own = article(value)
    ref = [known(f"{n}", other) for n, other in enumerate(others)]
    tests, found = one_sided(own, ref, FRAMES, limits)
    return tests, bool(list(found))


@pytest.mark.parametrize(
    ("value", "others", "tests", "fires"),
    [
        (1.0, [0.0] * 99, 1, True),
        (-1.0, [0.0] * 99, 1, True),
        (0.9999, [0.0] * 99, 1, False),
        (1.0, [0.0] * 98, 0, False),
        (None, [0.0] * 99, 0, False),
        (1.0, [0.0] * 98 + [None], 0, False),
        (1.0, [0.0] * 99 + [None], 1, True),
        # One other as far out: p = 4/100 and no alarm, until there are 199.
        (2.0, [0.0] * 98 + [2.0], 1, False),
        (2.0, [0.0] * 197 + [2.0], 1, False),
        (2.0, [0.0] * 198 + [2.0], 1, True),
    ],
)
def test_one_sided_at_its_edges(
    value: float | None, others: list[float | None], tests: int, fires: bool
) -> None:
    assert alarm(value, others) == (tests, fires)


def test_effect_and_alpha_can_be_set() -> None:
    assert alarm(0.5, [0.0] * 99, Thresholds(alignment_effect=0.5)) == (1, True)
    assert alarm(3.0, [0.0] * 99, Thresholds(alpha=0.01)) == (0, False)
    assert alarm(3.0, [0.0] * 39, Thresholds(alpha=0.05)) == (1, True)
    # 0.3 - 0.1 is less than 0.2 by a rounding error, and as far as was asked for.
    assert alarm(0.3, [0.1] * 99, Thresholds(alignment_effect=0.2)) == (1, True)


def test_what_a_finding_on_alignment_says() -> None:
    own = subject(plain(10, 3, alignment=-2.5))
    _, found = one_sided(own, record(120, 0.5), ("rift",), LIMITS)
    (draft,) = found
    assert (draft.rule, draft.basis, draft.line) == ("AZ401", "more distant from", 1)
    assert "is -2.50 (log odds), more distant from the relationship" in draft.message
    assert "than 120 of 120 other articles of Daily, whose median is +0.50" in draft.message
    assert "p = 0.017, n = 120; told from p <= 0.02 on" in draft.message
    assert "bias" not in draft.message
    assert [e.line for e in draft.evidence] == [1, 2, 3]
    assert draft.measure is not None
    m = draft.measure
    assert (m.name, m.value, m.center, m.n, m.alpha, m.effect) == (
        "alignment", -2.5, 0.5, 120, 0.02, 1.0,
    )  # fmt: skip
    assert m.p == pytest.approx(2 / 121, abs=1e-4)


def test_how_many_articles_it_is_beyond() -> None:
    others = [*(known(f"{n}", 0.0) for n in range(297)), known("x", 4.0), known("y", 9.0)]
    _, found = one_sided(article(4.0), others, FRAMES, LIMITS)
    (draft,) = found
    assert "closer to the relationship than 297 of 299 other articles" in draft.message


@pytest.mark.parametrize(
    ("framed", "share", "fires"),
    [(2, 0.0, "rift more"), (1, 0.0, None), (8, 1.0, "rift less"), (9, 1.0, None), (5, 0.5, None)],
)
def test_frame_shift_at_its_edges(framed: int, share: float, fires: str | None) -> None:
    tests, found = frame_shift(article(framed=framed), record(99, rift=share), LIMITS)
    assert tests == len(FRAMES)
    drafts = list(found)
    assert [d.basis for d in drafts] == ([fires] if fires else [])
    for draft in drafts:
        assert draft.rule == "AZ402"
        assert f"takes up {framed / 10:.0%} of the author's sentences" in draft.message
        assert f"median is {share:.0%}" in draft.message
        assert len(draft.evidence) == min(8, framed)


def test_a_frame_that_the_record_does_not_know_is_not_tested() -> None:
    few = [*record(98), Known("x", "Daily", "2024", "d", record(1)[0].profile, "")]
    assert frame_shift(article(), few, LIMITS)[0] == len(FRAMES)
    assert frame_shift(article(), few[1:], LIMITS)[0] == 0
