"""The datasets of a page, from its overview: one for each chart and table."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from azstance.records import Polarity, Voice
from azstance.render import words as said
from azstance.render.page.dataset import ANY, Column, Dataset
from azstance.render.page.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.comparison_records import Quoted
    from azstance.overview_records import Overview, Together
    from azstance.records import Estimate
    from azstance.timeline.records import Series

MOST_DRAWN = {"source": 24, "series": 12, "actor": 12}
"""So many are drawn in one chart; the tables have all."""

SOURCE = Column("source", "source")
FRAME = Column("frame", "frame")
YEAR = Column("year", "year", hidden=True)
NARROW_SOURCE = ("outlet", "narrow", ("source",))
NARROW_FRAME = ("frame", "narrow", ("frame",))
POOL_YEAR = ("year", "pool", ("year",))
AUTHOR_ONLY = ("voice", "not", (Voice.ATTRIBUTED.value,))


def datasets(overview: Overview) -> tuple[Dataset, ...]:
    """All of them, in the order of the page."""
    return (
        _sources(overview),
        _cells(overview),
        _scores(overview),
        _points(overview),
        _periods(overview),
        _places(overview),
        _actors(overview),
        _contradictions(overview),
        _names(overview),
    )


def _make(id: str, columns: tuple[Column, ...], rules: Any, rows: Any, **limits: int) -> Dataset:
    return Dataset(id, words()["captions"][id], columns, tuple(rules), list(rows), limits)


def _sources(overview: Overview) -> Dataset:
    columns = (
        SOURCE,
        YEAR,
        Column("articles", "articles", "count"),
        Column("sentences", "sentences", "count"),
        Column("framed", "with a frame", "count"),
        Column("leading", "leading frame"),
        Column("alignment", "alignment", "signed"),
    )
    rows = (
        (
            *(f.source, f.year, len(f.score.articles), f.score.sentences, f.score.framed),
            *(said.leading(f.score), f.score.alignment),
        )
        for f in overview.figures
    )
    return _make("sources", columns, (NARROW_SOURCE, POOL_YEAR), rows)


def _cells(overview: Overview) -> Dataset:
    columns = (
        SOURCE,
        YEAR,
        FRAME,
        Column("voice", "voice"),
        Column("polarity", "claim"),
        Column("count", "sentences", "count"),
        Column("share", "share", "share"),
    )
    rules = (
        *(NARROW_SOURCE, POOL_YEAR, NARROW_FRAME),
        ("voice", "narrow", ("voice",)),
        ("polarity", "narrow", ("polarity",)),
    )
    rows = (
        (f.source, f.year, c.frame, c.voice.value, c.polarity.value, c.count, c.share)
        for f in overview.figures
        for c in f.cells
    )
    return _make("cells", columns, rules, rows, source=MOST_DRAWN["source"])


def _scores(overview: Overview) -> Dataset:
    columns = (
        *(SOURCE, YEAR, FRAME),
        Column("affirm", "affirmed", "count"),
        Column("deny", "denied", "count"),
        Column("attributed", "attributed", "count"),
        Column("attributed_deny", "of these denied", "count"),
        Column("share", "share", "share"),
        Column("stance", "stance", "signed"),
    )
    rows = (
        (
            *(f.source, f.year, s.frame, s.affirm, s.deny, s.attributed, s.attributed_deny),
            *(s.share, s.stance),
        )
        for f in overview.figures
        for s in f.score.frames
    )
    return _make("scores", columns, (NARROW_SOURCE, POOL_YEAR, NARROW_FRAME), rows)


def _series(overview: Overview) -> Iterator[Series]:
    """The series of the sources of the page, those with most articles first."""
    known = {series.source: series for series in overview.timeline.series}
    for source in overview.sources:
        if source in known:
            yield known[source]


def _points(overview: Overview) -> Dataset:
    columns = (
        SOURCE,
        YEAR,
        Column("period", "period"),
        Column("articles", "articles", "count"),
        Column("sentences", "sentences", "count"),
        Column("alignment", "alignment", "signed"),
        Column("change", "change"),
    )
    rows = []
    for series in _series(overview):
        changes = {
            each.period: f"from {said.signed(each.before)} to {said.signed(each.after)}"
            for each in series.changes
            if each.frame is None
        }
        rows += [
            (
                *(series.source, p.period[:4], p.period, p.articles, p.sentences),
                *(p.alignment, changes.get(p.period, "")),
            )
            for p in series.points
        ]
    rules = (NARROW_SOURCE, ("year", "narrow", ("year",)), AUTHOR_ONLY)
    return _make("points", columns, rules, rows, source=MOST_DRAWN["series"])


def _periods(overview: Overview) -> Dataset:
    columns = (
        *(SOURCE, YEAR, Column("period", "period"), FRAME),
        Column("share", "share", "share"),
        Column("stance", "stance", "signed"),
    )
    rows = (
        (series.source, p.period[:4], p.period, frame, share, stance)
        for series in _series(overview)
        for p in series.points
        if p.articles
        for (frame, share), (_, stance) in zip(p.shares, p.stances, strict=True)
    )
    rules = (NARROW_SOURCE, ("year", "narrow", ("year",)), NARROW_FRAME)
    return _make("periods", columns, rules, rows)


def _places(overview: Overview) -> Dataset:
    columns = (
        YEAR,
        Column("kind", "kind"),
        Column("name", "name"),
        Column("polarity", "claim"),
        Column("x", "horizontal", "number"),
        Column("y", "vertical", "number"),
        Column("sentences", "sentences", "count"),
        Column("of_source", "", hidden=True),
        Column("of_frame", "", hidden=True),
        Column("of_polarity", "", hidden=True),
    )
    rows = []
    for each in overview.maps:
        for p in each.map.places:
            claim = p.polarity.value if p.polarity else ""
            keys = (p.name, ANY, ANY) if p.kind == "source" else (ANY, p.name, claim)
            rows.append((each.year, p.kind, p.name, claim, p.x, p.y, p.sentences, *keys))
    rules = (
        POOL_YEAR,
        ("outlet", "narrow", ("of_source",)),
        ("frame", "narrow", ("of_frame",)),
        ("polarity", "narrow", ("of_polarity",)),
        AUTHOR_ONLY,
    )
    return _make("places", columns, rules, rows)


def _actors(overview: Overview) -> Dataset:
    columns = (
        *(Column("source", "source", hidden=True), YEAR),
        Column("actor", "named"),
        FRAME,
        Column("sentences", "sentences", "count"),
        Column("of_actor", "", "count", hidden=True),
        Column("share", "share", "share"),
    )
    choices: dict[tuple[str, str], list[Together]] = {}
    for each in overview.together:
        choices.setdefault((each.source, each.year), []).append(each)
    rows = [
        row
        for (source, year), cube in choices.items()
        for row in _cube((source, year), cube)
        if any(row[4]) or not (source and year)  # or they would be most of the page
    ]
    rules = (("outlet", "pool", ("source",)), POOL_YEAR, NARROW_FRAME)
    return _make("actors", columns, rules, rows, actor=MOST_DRAWN["actor"])


def _cube(key: tuple[str, str], cube: list[Together]) -> Iterator[tuple[Any, ...]]:
    """Rows of one source and year, each with its figures for every voice and polarity."""
    ordered = {(each.voice, each.polarity): each.rows for each in cube}
    choices = [ordered[choice] for choice in product((None, *Voice), (None, *Polarity))]
    for alike in zip(*choices, strict=True):
        counts = [each.sentences for each in alike]
        estimates: list[Estimate] = [each.share for each in alike]
        yield *key, alike[0].actor, alike[0].frame, counts, alike[0].of_actor, estimates


def _contradictions(overview: Overview) -> Dataset:
    columns = (
        *(YEAR, FRAME),
        Column("left", "source"),
        Column("left_stance", "stance", "number"),
        Column("left_sentence", "its plainest sentence", "quote"),
        Column("right", "other source"),
        Column("right_stance", "stance", "number"),
        Column("right_sentence", "its plainest sentence", "quote"),
    )

    def quote(quoted: Quoted) -> tuple[str, int, str]:
        return quoted.article, quoted.number, quoted.text

    rows = (
        (
            *(year.year, c.frame),
            *(c.left, c.left_stance, quote(c.left_sentence)),
            *(c.right, c.right_stance, quote(c.right_sentence)),
        )
        for year in overview.opposed
        for c in year.found
    )
    rules = (POOL_YEAR, ("outlet", "either", ("left", "right")), NARROW_FRAME, AUTHOR_ONLY)
    return _make("contradictions", columns, rules, rows)


def _names(overview: Overview) -> Dataset:
    columns = (
        *(YEAR, Column("concept", "thing"), Column("variant", "name"), SOURCE),
        Column("voice", "voice"),
        Column("count", "times", "count"),
    )
    order = {concept: place for place, (concept, _) in enumerate(overview.naming_notes)}
    rank = {source: place for place, source in enumerate(overview.sources)}
    uses = sorted(
        overview.names,
        key=lambda u: (u.year, order.get(u.concept, 0), u.concept, u.variant, rank[u.source]),
    )
    rows = (
        (use.year, use.concept, use.variant, use.source, voice.value, count)
        for use in uses
        for voice, count in ((Voice.AUTHOR, use.author), (Voice.ATTRIBUTED, use.attributed))
        if count
    )
    rules = (POOL_YEAR, NARROW_SOURCE, ("voice", "narrow", ("voice",)))
    return _make("names", columns, rules, rows)
