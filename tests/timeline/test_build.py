"""Points, gaps, what is undated: the figures are those of a score of the same articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from score.build import SCALE, SETTINGS, article, repeated, result

from azstance.errors import CodebookError, ConfigError
from azstance.records import ArticleResult, Estimate
from azstance.scoring.score import score_group
from azstance.timeline.build import timeline
from azstance.timeline.periods import MOST_MONTHS, best_unit, period, published, span
from azstance.timeline.records import Measure, Unit, Wanted

from .sample import make, report


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-08-18", "2024-08"), ("2024-08", "2024-08"), ("2024", "2024"), ("20240818", ""),
        ("2024-13", ""), ("next week", ""), ("", ""), (" 2024-08-18T10:00:00Z", "2024-08"),
        ("99999", ""),
    ],
)  # fmt: skip
def test_published(written: str, date: str) -> None:
    assert published(article(published=written)) == (date if written != "2024-13" else "2024")


def test_an_article_without_a_date() -> None:
    assert published(article()) == ""


@pytest.mark.parametrize(
    ("date", "month", "year"),
    [("2024-08", "2024-08", "2024"), ("2024-08-18", "2024-08", "2024"), ("2024", "", "2024")],
)
def test_period(date: str, month: str, year: str) -> None:
    assert (period(date, Unit.MONTH), period(date, Unit.YEAR)) == (month, year)


@pytest.mark.parametrize(
    ("dates", "unit"),
    [
        ([], Unit.MONTH),
        (["", ""], Unit.MONTH),
        (["2024-01", "2024-02"], Unit.MONTH),
        (["2024-01"] * 9 + ["2024"], Unit.MONTH),
        (["2024-01"] * 8 + ["2024"], Unit.YEAR),
        (["2024-01", ""], Unit.MONTH),
        (["2021-01", "2023-12"], Unit.MONTH),
        (["2021-01", "2024-01"], Unit.YEAR),
    ],
)
def test_best_unit(dates: list[str], unit: Unit) -> None:
    assert best_unit(dates) is unit


def test_three_years_of_months_are_the_most() -> None:
    assert MOST_MONTHS == 36


@given(st.integers(0, 9000 * 12), st.integers(0, 300))
def test_span_leaves_out_no_month(first: int, length: int) -> None:
    def name(number: int) -> str:
        return f"{number // 12:04}-{number % 12 + 1:02}"

    found = list(span(name(first), name(first + length)))
    assert found == [name(number) for number in range(first, first + length + 1)]


def test_span_of_years() -> None:
    assert list(span("1999", "2001")) == ["1999", "2000", "2001"]


def test_series_are_sorted_and_go_from_their_first_to_their_last_period() -> None:
    found = make()
    assert [series.source for series in found.series][:2] == ["Daily", "Weekly"]
    daily, weekly, _ = found.series
    assert [point.period for point in daily.points] == list(span("2023-01", "2024-04"))
    assert [(p.period, p.articles) for p in weekly.points] == [
        ("2023-03", 2),
        ("2023-04", 0),
        ("2023-05", 1),
    ]


def test_a_gap_is_neither_zero_nor_made_up() -> None:
    gap = make().series[1].points[1]
    nothing = Estimate(None, None, None, 0)
    assert gap.alignment == nothing
    assert gap.sentences == 0
    assert [frame for frame, _ in gap.shares] == list(SCALE.frames)
    assert {each for _, each in (*gap.shares, *gap.stances)} == {nothing}


def test_undated_articles_are_counted() -> None:
    months, years = make(), make(unit=Unit.YEAR)
    assert (months.undated, months.year_only) == (3, 1)
    assert (years.undated, years.year_only) == (2, 0)
    for each in (months, years):
        assert each.articles == len(report().articles)


def test_figures_are_those_of_a_score() -> None:
    point = make().series[1].points[0]
    members = [r for r in report().articles if r.article.id in ("w1", "w2")]
    texts = [(r.article.id, r.sentences) for r in members]
    score = score_group("Weekly 2023-03", texts, SCALE, SETTINGS)
    assert point.alignment == score.alignment
    assert point.shares == tuple((each.frame, each.share) for each in score.frames)
    assert point.stances == tuple((each.frame, each.stance) for each in score.frames)
    assert (point.articles, point.sentences) == (2, score.sentences)


def test_a_year_of_all_is_what_score_by_year_says() -> None:
    """To the last decimal: the draws are the same too."""
    found = make(unit=Unit.YEAR, by="all").series[0].points[0]
    members = [
        r
        for r in report().articles
        if r.article.card.published and r.article.card.published.value.startswith("2023")
    ]
    texts = [(r.article.id, r.sentences) for r in members]
    score = score_group("2023", texts, SCALE, SETTINGS)
    assert found.articles == len(members) == 17
    assert found.shares == tuple((each.frame, each.share) for each in score.frames)
    assert found.alignment == score.alignment


def test_few_sentences_make_a_wide_interval() -> None:
    def width(each: Estimate) -> float:
        assert each.low is not None
        assert each.high is not None
        return each.high - each.low

    many = result("a", repeated(rift=30, plain=30), outlet="A", published="2023-01")
    few = result("b", repeated(rift=1, plain=1), outlet="A", published="2023-02")
    whole = replace(report(), articles=[many, few])
    points = timeline(whole, SCALE, SETTINGS).series[0].points
    first, second = (dict(point.shares)["rift"] for point in points)
    assert first.value == second.value == 0.5
    assert width(second) > 2 * width(first)


def test_the_order_of_the_articles_changes_nothing() -> None:
    turned = replace(report(), articles=list(reversed(report().articles)))
    assert timeline(turned, SCALE, SETTINGS) == timeline(report(), SCALE, SETTINGS)


class Counted(Sequence[ArticleResult]):
    """Results that are read when asked for, and remember how many are held at a time."""

    def __init__(self, held: Sequence[ArticleResult]) -> None:
        self._held = held
        self.asked: list[int] = []

    def __len__(self) -> int:
        return len(self._held)

    def __getitem__(self, index: Any) -> Any:
        self.asked.append(index)
        return self._held[index]

    def __iter__(self) -> Iterator[ArticleResult]:
        return (self._held[place] for place in range(len(self)))


def test_results_are_asked_for_once_each_after_the_dates() -> None:
    held = Counted(report().articles)
    found = timeline(replace(report(), articles=held), SCALE, SETTINGS)
    assert len(held.asked) == len(set(held.asked)) == sum(s.articles for s in found.series)


def test_unknown_frame() -> None:
    with pytest.raises(CodebookError, match=r'no frame "rfit".*Did you mean "rift"'):
        make(frame="rfit")


def test_a_frame_of_the_alignment_is_no_question() -> None:
    with pytest.raises(ConfigError, match="alignment is of all frames together"):
        Wanted(frame="rift", measure=Measure.ALIGNMENT)


def test_series_are_of_outlets_or_of_all() -> None:
    with pytest.raises(ConfigError, match="It takes: outlet, all"):
        Wanted(by="author")


def test_nothing_dated_makes_no_series() -> None:
    undated = [result("a", repeated(plain=3), outlet="A")]
    found = timeline(replace(report(), articles=undated), SCALE, SETTINGS)
    assert (found.series, found.undated, found.articles) == ((), 1, 1)
