"""From a report to everything that a page shows: figures of every choice a reader can make there.

The articles are gone through source by source, so that those of one source are held at a time; of
the others what is needed for figures of all sources together is kept without their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import version
from itertools import product
from typing import TYPE_CHECKING

from azstance.codebook import load_codebook
from azstance.codebook.events import events_of
from azstance.overview_records import (
    UNDATED,
    Figures,
    FrameText,
    Member,
    NameUse,
    Opposed,
    Overview,
    Together,
    YearMap,
)
from azstance.records import ArticleResult, Coding, Mention, Polarity, Sentence, Voice
from azstance.running.settings import scale, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from azstance.codebook import Codebook
    from azstance.codebook.events import Event
    from azstance.comparing.profile_map import ProfileMap
    from azstance.comparison_records import Contradiction, Unit
    from azstance.config import Config
    from azstance.records import Article, Report, Score
    from azstance.scoring.scale import Scale, Settings
    from azstance.timeline.records import Unit as Period

    Progress = Callable[[str, int, int], None]
    Text = tuple[str, Sequence[Sentence]]
    Lean = list[tuple[Sentence, ...]]

MOST_SOURCES = 100
"""Figures of their own are worked out for this many sources, those with most articles."""

MOST_CONTRADICTIONS = 40
"""So many contradictions of a year, and of all years, are shown: the surest."""

CONTRADICTIONS_EACH = 5
"""And of each source so many, where the surest of all have fewer of it."""

_MOST_VARIANTS = 2**16  # of sentences without their words: this many are held at a time

ALL = ""
CHOICES = tuple(product((None, *Voice), (None, *Polarity)))
"""All choices of voice and polarity; None is both."""


@dataclass(frozen=True)
class Basis:
    """What the figures are computed with; all of it is read before any article is."""

    codebook: Codebook
    events: tuple[Event, ...]
    scale: Scale
    settings: Settings
    unit: Period | None = None


@dataclass
class _Found:
    """What a report gives on a basis: what has been worked out so far."""

    report: Report
    basis: Basis
    figures: list[Figures] = field(default_factory=list)
    together: list[Together] = field(default_factory=list)
    names: list[NameUse] = field(default_factory=list)
    units: defaultdict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    lean: defaultdict[str, list[Lean]] = field(default_factory=lambda: defaultdict(list))


def prepare(config: Config, events_file: str | None = None, unit: Period | None = None) -> Basis:
    """Read codebook and events, and make sure that the libraries of the pictures are there.

    `unit` is the period of the figures over time, None to choose by the dates.

    Raises ConfigError and CodebookError for what is wrong with them.
    """
    from azstance.comparing.profile_map import need_extra

    need_extra()
    codebook = load_codebook(config.codebook)
    events = events_of(codebook, events_file)
    return Basis(codebook, events, scale(codebook), settings(config), unit)


def build(
    report: Report, basis: Basis, progress: Progress = lambda step, done, total: None
) -> Overview:
    """Everything that a page of this report shows. `progress` hears the step and how far it is."""
    from azstance.timeline.build import timeline
    from azstance.timeline.records import Wanted

    members = tuple(_member(place, result, basis) for place, result in enumerate(report.articles))
    sources = _ranked(members)
    years = tuple(sorted({m.year for m in members} - {UNDATED}))
    years += (UNDATED,) if any(member.year == UNDATED for member in members) else ()
    found = _Found(report, basis)
    own: defaultdict[str, list[Member]] = defaultdict(list)
    for member in members:
        own[member.source].append(member)
    for done, source in enumerate(sources, 1):
        _add_source(source, own[source], found, detailed=done <= MOST_SOURCES)
        progress("figures", done, len(sources))
    for year in (ALL, *years):
        found.together += _together(ALL, year, _pooled(found, year), basis)
    return Overview(
        report=report,
        version=version("azstance"),
        title=basis.codebook.title,
        frames=tuple(
            FrameText(f.name, f.label, f.definition, f.affirm, f.deny)
            for f in basis.codebook.frames
        ),
        naming_notes=tuple(basis.codebook.naming_notes.items()),
        members=members,
        sources=sources[:MOST_SOURCES],
        unlisted=max(0, len(sources) - MOST_SOURCES),
        years=years,
        figures=tuple(found.figures),
        together=tuple(found.together),
        opposed=tuple(_opposed(year, found.units[year], basis) for year in (ALL, *years)),
        names=tuple(found.names),
        maps=tuple(YearMap(year, _map(year, found, basis)) for year in (ALL, *years)),
        timeline=timeline(report, basis.scale, basis.settings, Wanted(basis.unit), basis.events),
    )


def _member(place: int, result: ArticleResult, basis: Basis) -> Member:
    from azstance.scoring.score import group_key

    outlet = result.article.card.outlet
    codes: Counter[tuple[int, Voice, Polarity]] = Counter()
    carrying: Counter[tuple[Voice | None, Polarity | None]] = Counter()
    for sentence in result.sentences:
        held = {i: p for i, frame in enumerate(basis.scale.frames) if (p := _held(sentence, frame))}
        codes.update((i, sentence.voice, polarity) for i, polarity in held.items())
        if held:
            choices = product((None, sentence.voice), {None, *held.values()})
            carrying.update(choices)
    return Member(
        place=place,
        id=result.article.id,
        source=group_key(result.article, "outlet"),
        named=bool(outlet and outlet.value.strip()),
        year=_year(result.article),
        sentences=result.score.sentences,
        framed=result.score.framed,
        codes=tuple((*key, count) for key, count in sorted(codes.items())),
        carrying=tuple(carrying[choice] for choice in CHOICES),
    )


def _held(sentence: Sentence, frame: str) -> Polarity | None:
    from azstance.scoring.tally import frame_coding

    coding = frame_coding(sentence, frame)
    return coding.polarity if coding else None


def _year(article: Article) -> str:
    """The year of an article as `score --by year` has it, or UNDATED."""
    from azstance.scoring.score import group_key

    year = group_key(article, "year")
    return year if year.isdigit() and article.card.published else UNDATED


def _ranked(members: Iterable[Member]) -> tuple[str, ...]:
    """Sources by their number of articles, of equals by name."""
    articles = Counter(member.source for member in members)
    return tuple(sorted(articles, key=lambda source: (-articles[source], source)))


def _add_source(source: str, members: Sequence[Member], found: _Found, *, detailed: bool) -> None:
    """Add the figures of one source, in all years and in each."""
    basis = found.basis
    held = {member.place: found.report.articles[member.place] for member in members}
    years = sorted({member.year for member in members})
    names: list[NameUse] = []
    for year in (ALL, *years):
        chosen = [held[m.place] for m in members if year in (ALL, m.year)]
        texts = [(result.article.id, result.sentences) for result in chosen]
        lean = [_lean(sentences) for _, sentences in texts]
        if year:  # all years together are put together from their parts
            found.lean[year] += lean
        if not detailed:
            continue
        # A source with articles of one year has the same figures for it as for all years.
        name = source if year == ALL or len(years) == 1 else f"{source} {year}"
        figures = _figures((source, year), name, texts, basis)
        found.figures.append(figures)
        found.together += _together(source, year, lean, basis)
        found.units[year].append(_plainest(source, figures.score, chosen, basis))
        if year:
            names += _names((source, year), chosen, figures.score, basis)
    found.names += (*names, *_summed(source, names))


def _figures(key: tuple[str, str], name: str, texts: Sequence[Text], basis: Basis) -> Figures:
    from azstance.comparing.cells import cells
    from azstance.scoring.score import score_group

    score = score_group(name, texts, basis.scale, basis.settings)
    return Figures(*key, score, cells(name, texts, basis.scale, basis.settings))


@lru_cache(_MOST_VARIANTS)
def _variants(
    voice: Voice, actors: tuple[str, ...], codes: tuple[tuple[str, Polarity], ...]
) -> tuple[Sentence, ...]:
    """A sentence without its words, with the codes that are left of it under each choice.

    Few of them differ, so that those of any number of articles take little memory.
    """
    mentions = tuple(Mention(actor, "", 0, 0) for actor in actors)
    found = []
    for spoken, claimed in CHOICES:
        kept = codes if spoken in (None, voice) else ()
        codings = tuple(Coding(f, p, 1.0) for f, p in kept if claimed in (None, p))
        found.append(Sentence(0, 0, "", voice, actors=mentions, codings=codings))
    return tuple(found)


def _lean(sentences: Iterable[Sentence]) -> Lean:
    """The sentences that name an actor, each under every choice."""
    return [
        _variants(
            each.voice,
            tuple(dict.fromkeys(mention.actor for mention in each.actors)),
            tuple((coding.frame, coding.polarity) for coding in each.codings),
        )
        for each in sentences
        if each.actors
    ]


def _pooled(found: _Found, year: str) -> list[Lean]:
    """The texts of all sources of a year, or of all years."""
    if year:
        return found.lean[year]
    return [text for texts in found.lean.values() for text in texts]


def _together(source: str, year: str, texts: Sequence[Lean], basis: Basis) -> list[Together]:
    """Who is named next to which frame, for every choice of voice and polarity."""
    from azstance.comparing.company import company

    rows = []
    for place, (voice, polarity) in enumerate(CHOICES):
        chosen = [("", [variants[place] for variants in text]) for text in texts]
        found = company(chosen, basis.scale.frames, basis.settings.level)
        rows.append(Together(source, year, voice, polarity, found))
    return rows


def _plainest(source: str, score: Score, results: Sequence[ArticleResult], basis: Basis) -> Unit:
    """A source with those of its sentences that a contradiction would quote, and no others."""
    from azstance.comparison_records import Unit
    from azstance.scoring.evidence import best_sentences

    texts = [(result.article.id, result.sentences) for result in results]
    kept: defaultdict[str, set[int]] = defaultdict(set)
    for frame, polarity in product(basis.scale.frames, Polarity):
        for id, sentence in best_sentences(texts, frame, polarity, 1):
            kept[id].add(sentence.number)
    pruned = tuple(
        replace(r, sentences=tuple(s for s in r.sentences if s.number in kept[r.article.id]))
        for r in results
        if r.article.id in kept
    )
    return Unit(source, pruned, replace(score, id=source))


def _opposed(year: str, units: Sequence[Unit], basis: Basis) -> Opposed:
    """The surest contradictions between sources: those whose intervals lie farthest apart.

    They are the surest of all, and the surest of each source.
    """
    from azstance.comparing.contrasts import contradictions

    found = contradictions(units, basis.scale)
    scores = {unit.id: unit.score for unit in units}
    ordered = sorted(
        found, key=lambda each: (-_gap(each, scores), each.left, each.right, each.frame)
    )
    of_source: Counter[str] = Counter()
    kept = []
    for place, each in enumerate(ordered):
        sides = (each.left, each.right)
        if place < MOST_CONTRADICTIONS or min(of_source[s] for s in sides) < CONTRADICTIONS_EACH:
            kept.append(each)
        of_source.update(sides)
    return Opposed(year, tuple(kept), len(found))


def _gap(found: Contradiction, scores: dict[str, Score]) -> float:
    """How far apart the intervals of the two stances are; below 0 where they overlap."""
    ends = []
    for unit in (found.left, found.right):
        stance = next(f.stance for f in scores[unit].frames if f.frame == found.frame)
        ends.append((stance.low or 0.0, stance.high or 0.0))
    (low, high), (other_low, other_high) = ends
    return max(low - other_high, other_low - high)


def _names(
    key: tuple[str, str], results: Sequence[ArticleResult], score: Score, basis: Basis
) -> list[NameUse]:
    from azstance.comparing.naming import naming_ledger
    from azstance.comparison_records import Unit

    ledger = naming_ledger([Unit(key[0], tuple(results), score)], basis.codebook.naming)
    return [
        NameUse(*key, entry.concept, use.variant, use.author, use.attributed)
        for entry in ledger
        for use in entry.uses
    ]


def _summed(source: str, uses: Iterable[NameUse]) -> Iterator[NameUse]:
    """The uses of all years together."""
    author: Counter[tuple[str, str]] = Counter()
    attributed: Counter[tuple[str, str]] = Counter()
    for use in uses:
        author[use.concept, use.variant] += use.author
        attributed[use.concept, use.variant] += use.attributed
    for name, count in author.items():
        yield NameUse(source, ALL, *name, count, attributed[name])


def _map(year: str, found: _Found, basis: Basis) -> ProfileMap:
    from azstance.comparing.profile_map import profile_map

    scores = [replace(f.score, id=f.source) for f in found.figures if f.year == year]
    return profile_map(scores, basis.scale.frames)
