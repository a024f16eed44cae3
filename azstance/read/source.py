"""One file of a run to its articles, and a reason for everything in it that is not one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO, cast

from azstance.read.build import Setup, build_article
from azstance.read.formats import RECORDS, piece_reader_for, reader_for, stem_of, suffix_of
from azstance.read.ids import short_id
from azstance.read.naming import Claim
from azstance.read.page import Page, Source, UnreadableError
from azstance.read.paths import STDIN
from azstance.read.places import folder_of, inside, name_of, opened, siblings
from azstance.read.sidecar import NAME, Sidecar, load_sidecar
from azstance.records import Article, Skipped

if TYPE_CHECKING:
    from azstance.read.pieces import Piece
    from azstance.read.settings import ReadSettings
    from azstance.records import Fact

Pages = Iterator[Page | UnreadableError]


@dataclass(frozen=True, slots=True)
class Found:
    """An article as it was read, and what it can be named by. Its id is the one that it wants."""

    article: Article
    claim: Claim


@dataclass(slots=True)
class Run:
    """What is kept from file to file: the settings, the sidecars, and what was told already.

    Sidecars may be shared by runs over the same files; what was told may not.
    """

    setup: Setup
    sidecars: dict[str, Sidecar] = field(default_factory=dict)
    told: set[Skipped] = field(default_factory=set)

    def once(self, problems: list[Skipped]) -> Iterator[Skipped]:
        """Those that were not told yet."""
        for problem in problems:
            if problem not in self.told:
                self.told.add(problem)
                yield problem


def read_source(source: Source, run: Run, piece: Piece | None = None) -> Iterator[Found | Skipped]:
    """The articles of a file, in its order, one at a time; of a file of many, those of a piece."""
    sidecar = _sidecar_of(source, run)
    yield from run.once(sidecar.problems)
    settings = run.setup.settings
    try:
        with _opened(source) as file:
            if piece is None:
                pages = _marked(reader_for(source.suffix)(file, settings))
            else:
                pages = _of_piece(file, piece, source, settings)
            for page, several in pages:
                yield from _read_page(page, source, sidecar, run, several=several)
    except UnreadableError as problem:
        yield _skipped(source.path, problem)
    except OSError as problem:
        yield Skipped(source.path, _os_reason(problem))


def _of_piece(
    file: BinaryIO, piece: Piece, source: Source, settings: ReadSettings
) -> Iterator[tuple[Page | UnreadableError, bool]]:
    """The pages of a piece, all of which are some of several."""
    if source.size is not None and file.seek(0, 2) != source.size:
        raise UnreadableError(
            "was changed after the run was planned.", remedy="Start the run anew."
        )
    file.seek(0)
    for page in piece_reader_for(source.suffix)(file, settings, piece):
        yield page, True


def _marked(pages: Pages) -> Iterator[tuple[Page | UnreadableError, bool]]:
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
    page: Page | UnreadableError, source: Source, sidecar: Sidecar, run: Run, *, several: bool
) -> Iterator[Found | Skipped]:
    """The article of a page, after what is wrong with its date in the sidecar."""
    if isinstance(page, UnreadableError):
        yield _skipped(source.path, page)
        return
    claim = Claim(source.order, page.number, source.id, page.record, several)
    names = _names(claim, source)
    facts: dict[str, Fact] = sidecar.facts(names) if source.path != STDIN else {}
    wrong = sidecar.wrong_dates(names)
    more = tuple(f"{NAME}:{date.line}: {date.reason}" for date in wrong)
    page = replace(page, notes=page.notes + more)
    yield from run.once(wrong)
    try:
        article = build_article(
            page, run.setup, article_id=claim.wanted, path=source.path, sidecar=facts
        )
    except UnreadableError as problem:
        if several:
            line = problem.line or (page.paras[0].line if page.paras else None)
            which = f"record {page.number}: {problem.problem}"
            problem = UnreadableError(which, line=line, remedy=problem.remedy, cause=problem.cause)
        yield _skipped(source.path, problem)
    else:
        yield Found(article, claim)


def _names(claim: Claim, source: Source) -> list[str]:
    """All that an article goes by in sources.toml.

    Every id that it may get is among them, whichever it does get: that depends on other files.
    """
    name = name_of(source.path)
    ids = claim.candidates if claim.several or claim.record else (claim.wanted,)
    return [*ids, source.id, name, stem_of(name), short_id(name)]


def _skipped(path: str, problem: UnreadableError) -> Skipped:
    stop = "" if problem.problem.endswith((".", "!", "?")) else "."
    remedy = f" {problem.remedy}" if problem.remedy else ""
    reason = f"{problem.problem}{stop}{remedy}"
    return Skipped(path, reason, problem.line, problem.failed, problem.cause)


def _os_reason(problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError):
        return "is no longer there: it vanished while the run was under way."
    if isinstance(problem, PermissionError):
        return "may not be read (permission denied). Check its access rights."
    return f"cannot be read ({(problem.strerror or str(problem)).lower()})."


def _sidecar_of(source: Source, run: Run) -> Sidecar:
    """The sources.toml beside a file, read once."""
    if source.path == STDIN:
        return Sidecar()
    folder = folder_of(source.path)
    if folder not in run.sidecars:
        sidecar = load_sidecar(folder)
        if sidecar.entries:
            beside = list(siblings(folder))
            if not any(suffix_of(name) in RECORDS for name in beside):
                names = [n for name in beside for n in (short_id(name), name, stem_of(name))]
                sidecar.problems += sidecar.unused(inside(folder, NAME), names)
        run.sidecars[folder] = sidecar
    return run.sidecars[folder]


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if source.path != STDIN:
        with opened(source.path) as file:
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
