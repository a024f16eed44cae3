"""What a report has a section for: each article, or each group of articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from azstance.render.document import groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from azstance.records import ArticleResult, Report, Score, Sentence, SourceCard

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that stands behind a number, and the article that it is from."""

    article: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Unit:
    """An article or a group: its score, and its articles, which its evidence points into.

    `source`, `path` and `card` are those of the article; a group has a name and nothing else.
    """

    score: Score
    source: str
    results: Results
    path: str | None = None
    card: SourceCard | None = None
    cut: int = 0
    notes: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether this is a group of articles."""
        return self.card is None

    def evidence(self, places: tuple[Place, ...]) -> Iterator[Evidence]:
        """The sentences at `places`; a place that the report does not hold is left out."""
        for article, held in groupby(places, key=lambda place: place[0]):
            result = self.results.of(article)
            sentences = result.sentences if result else ()
            for _, number in held:
                yield from (Evidence(article, each) for each in sentences if each.number == number)


class Results:
    """Some of the articles of a report, by id. Each is asked for when it is needed, and not kept.

    There may be too many of them for memory.
    """

    def __init__(self, articles: Sequence[ArticleResult], places: Mapping[str, int]) -> None:
        self._articles = articles
        self._places = places

    def of(self, id: str) -> ArticleResult | None:
        """The article of that id."""
        place = self._places.get(id)
        return None if place is None else self._articles[place]

    def __iter__(self) -> Iterator[ArticleResult]:
        return (self._articles[place] for place in self._places.values())


def units(report: Report) -> Iterator[Unit]:
    """The units of a report in its own order."""
    if report.by == "article":
        for place, result in enumerate(report.articles):
            yield _article(result, Results(report.articles, {result.article.id: place}))
        return
    found = [(r.article.id, len(r.article.cut)) for r in report.articles]
    places = {id: place for place, (id, _) in enumerate(found)}
    for score in groups(report):
        members = {name: places[name] for name in score.articles if name in places}
        cut = sum(found[place][1] for place in members.values())
        yield Unit(score, score.id, Results(report.articles, members), cut=cut)


def _article(result: ArticleResult, results: Results) -> Unit:
    article = result.article
    return Unit(
        score=result.score,
        source=article.source,
        results=results,
        path=article.path,
        card=article.card,
        cut=len(article.cut),
        notes=article.notes,
    )
