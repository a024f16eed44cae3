"""The run over all inputs: one article at a time, and a reason for everything that is not one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from azstance.errors import ArticleError
from azstance.read.build import Kept, Setup
from azstance.read.formats import RECORDS
from azstance.read.furniture import load_furniture
from azstance.read.ids import corpus_sources, resolve_source, unknown, with_ids
from azstance.read.naming import settled
from azstance.read.page import Source
from azstance.read.paths import list_inputs
from azstance.read.places import is_address
from azstance.read.settings import ReadSettings
from azstance.read.source import Run, read_source
from azstance.records import Article, Skipped


@dataclass(frozen=True, slots=True)
class Locator:
    """Where an article is: its file; for a record also its id and its place among those there."""

    source: Source
    record: str | None = None
    position: int | None = None

    @property
    def path(self) -> str:
        """Path of the file."""
        return self.source.path


def read_paths(
    paths: Sequence[str | Path],
    settings: ReadSettings | None = None,
    kept: Kept | None = None,
) -> Iterator[Article | Skipped]:
    """Read files, folders and standard input ("-"), one article at a time.

    Articles come in the order of their paths, whatever the order of `paths`; a file that is named
    twice is read once. Whatever cannot be read comes as `Skipped` with its reason; `failed` tells
    whether it should have been. Memory holds one article (one file of .json) at a time. Raises
    ConfigError only where the packaged word lists are broken. `kept` gives articles again that were
    made before.
    """
    settings = settings or ReadSettings()
    run = Run(Setup(settings, load_furniture(), kept))
    ids: set[str] = set()
    found = list_inputs(paths, settings.stdin_filename)
    sources = with_ids([s for s in found if isinstance(s, Source)], settings.stdin_filename)
    by_path = {source.path: source for source in sources}
    for item in found:
        if isinstance(item, Skipped):
            yield item
        else:
            yield from _named(by_path[item.path], run, ids)


def _named(source: Source, run: Run, ids: set[str]) -> Iterator[Article | Skipped]:
    """What a file holds, each article under an id that is not among `ids` yet."""
    for item in read_source(source, run):
        if isinstance(item, Skipped):
            yield item
            continue
        name = settled(item.claim, ids)
        yield item.article if name == item.article.id else replace(item.article, id=name)


def find_articles(
    ids: Sequence[str],
    corpus: str | Path,
    settings: ReadSettings | None = None,
    kept: Kept | None = None,
) -> Iterator[Article | Skipped]:
    """Read the articles that the ids mean, in the order of the ids.

    An id is one of the corpus, a unique beginning of one, or a file's path. Raises ArticleError,
    before anything is read, where an id is unknown or ambiguous.
    """
    settings = settings or ReadSettings()
    setup = Setup(settings, load_furniture(), kept)
    told: set[Skipped] = set()
    for locator in [resolve_id(name, corpus, settings) for name in ids]:
        articles = 0
        for item in _named(locator.source, Run(setup), set()):
            if isinstance(item, Skipped):
                other_record = locator.position is not None and item.path == locator.path
                if item not in told and not other_record:
                    told.add(item)
                    yield item
                continue
            if locator.position is None:
                yield item
            elif articles == locator.position:
                yield replace(item, id=locator.record or item.id)
            articles += 1


def resolve_id(name: str, corpus: str | Path, settings: ReadSettings | None = None) -> Locator:
    """Where the article with this id is.

    Raises ArticleError with the candidates if the id is ambiguous, and with the nearest ones if it
    is unknown. Files of records are only opened when no file answers to the id.
    """
    if name and (is_address(name) or Path(name).is_file()):
        found = list_inputs([name])
        if isinstance(found[0], Source) and not found[0].named:
            raise ArticleError("is a folder, not an article", where=name, remedy="Name a file.")
        if isinstance(found[0], Source):
            return Locator(with_ids([found[0]], "")[0])
        raise ArticleError(found[0].reason, where=name)
    sources = corpus_sources(corpus)
    source = resolve_source(name, sources)
    if source is not None:
        return Locator(source)
    records = _records(sources, settings or ReadSettings())
    exact = [locator for locator in records if locator.record == name]
    fits = exact or [r for r in records if name and (r.record or "").startswith(name)]
    if len(fits) > 1:
        shown = ", ".join(str(r.record) for r in fits[:12])
        raise ArticleError(
            f'the id "{name}" fits {len(fits)} articles', remedy=f"Give one: {shown}."
        )
    if not fits:
        known = [s.id for s in sources] + [str(r.record) for r in records]
        raise unknown(name, known, corpus)
    return fits[0]


def _records(sources: Sequence[Source], settings: ReadSettings) -> list[Locator]:
    """All articles in files of records, under the ids that a run over these sources gives them."""
    found: list[Locator] = []
    run = Run(Setup(settings, load_furniture()))
    ids: set[str] = set()
    for source in sources:
        if source.suffix in RECORDS:
            articles = (a for a in _named(source, run, ids) if isinstance(a, Article))
            found.extend(Locator(source, a.id, place) for place, a in enumerate(articles))
    return found
