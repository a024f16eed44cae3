"""What stands on the page besides the scores: who is named next to what, all sources together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from azstance import overview
from azstance.errors import ConfigError
from azstance.overview_records import Overview
from azstance.records import ArticleResult, Fact, Report
from page.pages import page_of, seeds, shown


def dated(cards: Sequence[tuple[str, str]]) -> Report:
    """The seeds under these outlets and dates."""
    results = []
    for number, (outlet, date) in enumerate(cards):
        result, id = seeds().articles[number % 5], f"{number:03}"
        card = replace(
            result.article.card, outlet=Fact(outlet, "made"), published=Fact(date, "made")
        )
        score = replace(result.score, id=id, articles=(id,))
        article = replace(result.article, id=id, card=card)
        results.append(ArticleResult(article, result.sentences, score))
    return replace(seeds(), articles=tuple(results))


def counted(report: Report, year: str) -> dict[tuple[str, str], tuple[int, int]]:
    """By actor and frame: sentences that name the actor, and those that carry the frame too."""
    sentences = [
        sentence
        for result in report.articles
        if year in ("", result.article.card.published.value[:4])
        for sentence in result.sentences
    ]
    actors = {mention.actor for sentence in sentences for mention in sentence.actors}
    found = {}
    for actor in actors:
        naming = [s for s in sentences if any(m.actor == actor for m in s.actors)]
        for frame in report.codebook.frames:
            both = [s for s in naming if any(c.frame == frame for c in s.codings)]
            found[actor, frame] = len(naming), len(both)
    return found


def pooled(overview: Overview, year: str) -> dict[tuple[str, str], tuple[int, int]]:
    [all_choices] = [
        each
        for each in overview.together
        if (each.source, each.year, each.voice, each.polarity) == ("", year, None, None)
    ]
    return {(row.actor, row.frame): (row.of_actor, row.sentences) for row in all_choices.rows}


@pytest.mark.parametrize(
    "cards",
    [
        [("S", "2024"), ("T", "2024"), ("U", "2024")],
        [("S", "2023"), ("S", "2024"), ("T", "2024")],
        [("S", "2022"), ("T", "2023"), ("S", "2024"), ("T", "2023"), ("U", "2022")],
    ],
)
def test_actors_of_all_sources_are_counted_once(cards: list[tuple[str, str]]) -> None:
    report = dated(cards)
    figures = shown(report)
    for year in ("", *sorted({date for _, date in cards})):
        assert pooled(figures, year) == counted(report, year), year


def test_a_page_that_cannot_be_so_small_is_refused() -> None:
    with pytest.raises(ConfigError, match="without any article the page has 2 MB") as caught:
        page_of(seeds(), largest=900_000)
    assert "--max-mb" in str(caught.value)


def test_every_source_has_its_surest_contradictions(monkeypatch: pytest.MonkeyPatch) -> None:
    report = dated([(f"S{number:02}", "2024") for number in range(15)])
    monkeypatch.setattr(overview, "CONTRADICTIONS_EACH", 2)
    monkeypatch.setattr(overview, "MOST_CONTRADICTIONS", 1000)
    every, _ = shown(report).opposed
    assert len(every.found) == every.total > 30
    monkeypatch.setattr(overview, "MOST_CONTRADICTIONS", 5)
    few, _ = shown(report).opposed
    assert 5 < len(few.found) < few.total == every.total
    assert few.found[:5] == every.found[:5]
    for source in {side for each in every.found for side in (each.left, each.right)}:
        own = [each for each in every.found if source in (each.left, each.right)]
        assert [each for each in few.found if source in (each.left, each.right)][:2] == own[:2]
