"""What a report has a section for: each article, or each group of articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from azstance.render.document import groups

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    results: tuple[ArticleResult, ...]
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
        for article, number in places:
            for result in self.results:
                if result.article.id == article:
                    found = (each for each in result.sentences if each.number == number)
                    yield from (Evidence(article, sentence) for sentence in found)


def units(report: Report) -> Iterator[Unit]:
    """The units of a report in its own order."""
    results = {result.article.id: result for result in report.articles}
    if report.by == "article":
        for result in report.articles:
            yield _article(result)
        return
    for score in groups(report):
        members = (results[name] for name in score.articles if name in results)
        yield _group(score, tuple(members))


def _article(result: ArticleResult) -> Unit:
    article = result.article
    return Unit(
        score=result.score,
        source=article.source,
        results=(result,),
        path=article.path,
        card=article.card,
        cut=len(article.cut),
        notes=article.notes,
    )


def _group(score: Score, members: tuple[ArticleResult, ...]) -> Unit:
    cut = sum(len(member.article.cut) for member in members)
    return Unit(score=score, source=score.id, results=members, cut=cut)
