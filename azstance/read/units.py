"""A run cut into units: pieces of work that can be done apart, on any machine, and done again.

A unit is some files, or some records of one large file. How the input is cut depends on the input
alone. All units together give what one run over the whole input gives, except for two things that
one unit cannot know: which ids other units use (`settle_ids`), and what they told of a
`sources.toml` that lies beside the files of several (`without_repeats`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.read.build import Kept, Setup
from azstance.read.formats import RECORDS, cutter_for
from azstance.read.furniture import load_furniture
from azstance.read.ids import with_ids
from azstance.read.page import Source, UnreadableError
from azstance.read.paths import STDIN, list_inputs
from azstance.read.pieces import Piece
from azstance.read.places import is_address, name_of, opened
from azstance.read.settings import ReadSettings
from azstance.read.sidecar import NAME, Sidecar
from azstance.read.source import Found, Run, read_source
from azstance.records import Skipped

if TYPE_CHECKING:
    from azstance.read.formats import Cutter

FEWEST = 32
MOST = 4096
_UNITS = 1024  # about as many as there should be, at most: each makes files of its own
_ARTICLE = 4000  # bytes that a record has, more or less
_RECORD = 50  # bytes that it has at least


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a unit, with the id that it has in the whole run, or a piece of it."""

    source: Source
    piece: Piece | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of work: the articles of some files, or of a piece of one.

    `name` can be the name of a file. Names sort as the articles do, and hold a digest of what the
    unit covers: files, sizes and times of change, and the piece. It is the same whenever and
    wherever the same input is cut, and another one when a file was changed.
    """

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The units of a run, in the order of the articles, and what of the input cannot be read."""

    units: tuple[Unit, ...]
    skipped: tuple[Skipped, ...]


def plan_units(
    paths: Sequence[str | Path],
    settings: ReadSettings | None = None,
    *,
    articles_per_unit: int | None = None,
) -> Plan:
    """Cut an input into units. Files of records are gone through once to find where to cut.

    There are `articles_per_unit` articles in a unit, or fewer; more where a file cannot be cut
    (.json, .warc, or in another encoding than UTF-8) or where a row group of Parquet is large. By
    default it is a power of two from 32 to 4,096: the first with which there are about 1,000 units
    or fewer, by the number and size of the files.
    """
    settings = settings or ReadSettings()
    found = list_inputs(paths, settings.stdin_filename)
    skipped = [item for item in found if isinstance(item, Skipped)]
    listed = [item for item in found if isinstance(item, Source)]
    sources = [_measured(s) for s in with_ids(listed, settings.stdin_filename) if s.path != STDIN]
    if len(sources) < len(listed):
        reason = "standard input cannot be cut into units. Save it to a file, and name that."
        skipped.append(Skipped(STDIN, reason))
    size = articles_per_unit or _per_unit(sum(map(_weight, sources)))
    units = list(_units(sources, settings, max(size, 1)))
    width = max(5, len(str(len(units))))
    named = (Unit(_name(n, width, parts), parts) for n, parts in enumerate(units))
    return Plan(tuple(named), tuple(sorted(skipped, key=lambda item: item.path)))


def read_unit(
    unit: Unit,
    settings: ReadSettings | None = None,
    sidecars: dict[str, Sidecar] | None = None,
    kept: Kept | None = None,
) -> Iterator[Found | Skipped]:
    """The articles of a unit, one at a time, as the whole run gives them.

    Each comes with its claim, and under the id that it wants: hand all claims to `settle_ids` to
    know which of them get another one. Settings must be those of `plan_units`. Who reads many units
    may hand in one dict of `sidecars` for all, so that each sources.toml is only read once. `kept`
    is that of `read_paths`.
    """
    run = Run(Setup(settings or ReadSettings(), load_furniture(), kept))
    if sidecars is not None:
        run.sidecars = sidecars
    for part in unit.parts:
        yield from read_source(part.source, run, part.piece)


def without_repeats(skipped: Iterable[Skipped]) -> Iterator[Skipped]:
    """What units told, in their order, with what several told of one sources.toml only once."""
    told: set[Skipped] = set()
    for item in skipped:
        if item in told:
            continue
        if name_of(item.path) == NAME:
            told.add(item)
        yield item


def _units(
    sources: Iterable[Source], settings: ReadSettings, size: int
) -> Iterator[tuple[Part, ...]]:
    held: list[Part] = []
    weight = 0
    for source in sources:
        pieces = _pieces(source, settings, size)
        more = min(_weight(source), size)
        if held and (len(pieces) > 1 or weight + more > size):
            yield tuple(held)
            held, weight = [], 0
        if len(pieces) > 1:
            yield from ((Part(source, piece),) for piece in pieces)
            continue
        held.append(Part(source))
        weight += more
    if held:
        yield tuple(held)


def _pieces(source: Source, settings: ReadSettings, size: int) -> list[Piece]:
    """The pieces of a file; none where it stays whole, as one does that cannot be read."""
    cutter: Cutter | None = cutter_for(source.suffix) if source.suffix in RECORDS else None
    if cutter is None or (source.size or 0) <= size * _RECORD:
        return []
    try:
        with opened(source.path) as file:
            return cutter(file, settings, size)
    except (UnreadableError, OSError):
        return []


def _measured(source: Source) -> Source:
    """The source with its size and the time of its last change."""
    if is_address(source.path):
        return source
    try:
        found = Path(source.path).stat()
    except OSError:
        return source
    return replace(source, size=found.st_size, changed=str(found.st_mtime_ns))


def _weight(source: Source) -> int:
    """About how many articles a file holds."""
    return 1 + (source.size or 0) // _ARTICLE if source.suffix in RECORDS else 1


def _per_unit(articles: int) -> int:
    size = FEWEST
    while size < MOST and articles > size * _UNITS:
        size *= 2
    return size


def _name(number: int, width: int, parts: Sequence[Part]) -> str:
    covers = repr(parts).encode("utf-8", "surrogatepass")
    return f"{number:0{width}}-{hashlib.sha256(covers).hexdigest()[:12]}"
