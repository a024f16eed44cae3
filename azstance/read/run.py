"""The run over all inputs: one article at a time, and a reason for everything that is not one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from azstance.errors import ArticleError
from azstance.read.build import Setup, build_article
from azstance.read.formats import reader_for
from azstance.read.furniture import Furniture, load_furniture
from azstance.read.ids import corpus_sources, resolve_source, short_id, unknown, with_ids
from azstance.read.page import Page, Source, UnreadableError
from azstance.read.paths import STDIN, list_inputs, siblings
from azstance.read.settings import ReadSettings
from azstance.read.sidecar import NAME, Sidecar, load_sidecar
from azstance.records import Article, Skipped

if TYPE_CHECKING:
    from azstance.records import Fact


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


@dataclass(slots=True)
class _Run:
    """What a run keeps between articles: the settings, the sidecars read, and the ids given out."""

    setup: Setup
    sidecars: dict[str, Sidecar] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    told: set[Skipped] = field(default_factory=set)


def read_paths(
    paths: Sequence[str | Path],
    settings: ReadSettings | None = None,
    furniture: Furniture | None = None,
) -> Iterator[Article | Skipped]:
    """Read files, folders and standard input ("-"), one article at a time.

    Articles come in the order of their paths, whatever the order of `paths`; a file that is named
    twice is read once. Whatever cannot be read comes as `Skipped` with its reason; `failed` tells
    whether it should have been. Memory holds one article (one file of .json) at a time. Raises
    ConfigError only where the packaged word lists are broken.
    """
    settings = settings or ReadSettings()
    run = _Run(Setup(settings, furniture or load_furniture()))
    found = list_inputs(paths, settings.stdin_filename)
    sources = with_ids([s for s in found if isinstance(s, Source)], settings.stdin_filename)
    by_path = {source.path: source for source in sources}
    for item in found:
        if isinstance(item, Skipped):
            yield item
        else:
            yield from _read_source(by_path[item.path], run)


def find_articles(
    ids: Sequence[str],
    corpus: str | Path,
    settings: ReadSettings | None = None,
    furniture: Furniture | None = None,
) -> Iterator[Article | Skipped]:
    """Read the articles that the ids mean, in the order of the ids.

    An id is one of the corpus, a unique beginning of one, or a file's path. Raises ArticleError,
    before anything is read, where an id is unknown or ambiguous.
    """
    settings = settings or ReadSettings()
    setup = Setup(settings, furniture or load_furniture())
    told: set[Skipped] = set()
    for locator in [resolve_id(name, corpus, settings) for name in ids]:
        articles = 0
        for item in _read_source(locator.source, _Run(setup)):
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
    if name and Path(name).is_file():
        found = list_inputs([name])
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
    run = _Run(Setup(settings, load_furniture()))
    for source in sources:
        if source.suffix in (".json", ".jsonl", ".csv"):
            articles = (a for a in _read_source(source, run) if isinstance(a, Article))
            found.extend(Locator(source, a.id, place) for place, a in enumerate(articles))
    return found


def _read_source(source: Source, run: _Run) -> Iterator[Article | Skipped]:
    sidecar = _sidecar_of(source, run)
    yield from sidecar.problems
    sidecar.problems.clear()
    try:
        with _opened(source) as file:
            for page in _marked(reader_for(source.suffix)(file, run.setup.settings)):
                yield from _read_page(page, source, sidecar, run)
    except UnreadableError as problem:
        yield _skipped(source.path, problem)
    except OSError as problem:
        yield Skipped(source.path, _os_reason(problem))


def _marked(
    pages: Iterator[Page | UnreadableError],
) -> Iterator[tuple[Page | UnreadableError, bool]]:
    """Each page, and whether it is one of several: only then it needs a number in its id."""
    held: Page | UnreadableError | None = None
    several = False
    end: UnreadableError | OSError | None = None
    try:
        for page in pages:
            if held is not None:
                several = True
                yield held, True
            held = page
    except (UnreadableError, OSError) as problem:  # what came before it is not lost
        end = problem
    if held is not None:
        yield held, several
    if end is not None:
        raise end
    if held is None:
        raise UnreadableError("holds no articles.")


def _read_page(
    marked: tuple[Page | UnreadableError, bool], source: Source, sidecar: Sidecar, run: _Run
) -> Iterator[Article | Skipped]:
    """The article of a page, after what is wrong with its date in the sidecar."""
    page, several = marked
    if isinstance(page, UnreadableError):
        yield _skipped(source.path, page)
        return
    article_id = _article_id(page, source, several, run)
    path = PurePath(source.path)
    names = [article_id, page.record or "", source.id, path.name, path.stem, short_id(path.name)]
    facts: dict[str, Fact] = sidecar.facts(names) if source.path != STDIN else {}
    for wrong in sidecar.wrong_dates(names):
        page = replace(page, notes=(*page.notes, f"{NAME}:{wrong.line}: {wrong.reason}"))
        if wrong not in run.told:
            run.told.add(wrong)
            yield wrong
    try:
        yield build_article(page, run.setup, article_id=article_id, path=source.path, sidecar=facts)
    except UnreadableError as problem:
        if several:
            line = problem.line or (page.paras[0].line if page.paras else None)
            which = f"record {page.number}: {problem.problem}"
            problem = UnreadableError(which, line=line, remedy=problem.remedy, cause=problem.cause)
        yield _skipped(source.path, problem)


def _article_id(page: Page, source: Source, several: bool, run: _Run) -> str:
    """The id of an article or record, made unique by its file, then by a number."""
    wanted = page.record or (f"{source.id}:{page.number}" if several else source.id)
    if wanted in run.ids and page.record:
        wanted = f"{source.id}:{page.record}"
    if wanted in run.ids:
        wanted = f"{source.id}:{page.number}"
    unique, again = wanted, 1
    while unique in run.ids:
        again += 1
        unique = f"{wanted}~{again}"
    run.ids.add(unique)
    return unique


def _skipped(path: str, problem: UnreadableError) -> Skipped:
    stop = "" if problem.problem.endswith((".", "!", "?")) else "."
    remedy = f" {problem.remedy}" if problem.remedy else ""
    reason = f"{problem.problem}{stop}{remedy}"
    return Skipped(path, reason, line=problem.line, cause=problem.cause)


def _os_reason(problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError):
        return "is no longer there: it vanished while the run was under way."
    if isinstance(problem, PermissionError):
        return "may not be read (permission denied). Check its access rights."
    return f"cannot be read ({(problem.strerror or str(problem)).lower()})."


def _sidecar_of(source: Source, run: _Run) -> Sidecar:
    """The sources.toml beside a file, read once; problems come with the first article."""
    if source.path == STDIN:
        return Sidecar()
    folder = Path(source.path).parent
    key = str(folder)
    if key not in run.sidecars:
        shown = os.path.join(folder, NAME)  # noqa: PTH118
        sidecar = load_sidecar(folder, shown)
        names = [
            n for name in siblings(folder) for n in (short_id(name), name, PurePath(name).stem)
        ]
        only_files = not any(n.endswith((".json", ".jsonl", ".csv")) for n in names)
        if only_files:
            sidecar.problems += sidecar.unused(shown, names)
        run.sidecars[key] = sidecar
    return run.sidecars[key]


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if source.path != STDIN:
        with Path(source.path).open("rb", buffering=65536) as file:
            if file.isatty():
                raise UnreadableError("is a terminal, not a file.")
            yield file
        return
    stream = sys.stdin
    if stream is None or stream.closed:
        raise UnreadableError("standard input is closed.")
    if stream.isatty():
        raise UnreadableError(
            "standard input is a terminal, and nothing is piped into it.",
            remedy="Pipe a text in, or name a file.",
        )
    yield cast("BinaryIO", stream.buffer)
