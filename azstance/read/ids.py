"""Short names for articles, and the way back from a name to its file."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.errors import ArticleError
from azstance.read.formats import stem_of
from azstance.read.paths import STDIN, list_inputs
from azstance.read.places import folder_of, folders_above, is_address, name_of, siblings
from azstance.read.repair import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from azstance.read.page import Source

_NUMBERED = re.compile(r"^(\d+)_[0-9a-f]{6,}$")
_MANY = 12


def with_ids(sources: Sequence[Source], stdin_filename: str) -> list[Source]:
    """The sources with their ids: unique in the run, whatever the order of naming.

    The id of a file is the number before its hash ("002" of 002_a7c5....txt) or its name without
    suffix; the whole name if another article of its folder would have the same id; with as many
    folders before it as it takes where folders hold articles of one name.
    """
    folders: dict[str, Counter[str]] = {}
    ids: dict[str, str] = {}
    for source in sources:
        if source.path == STDIN:
            ids[source.path] = stem_of(stdin_filename) or "stdin"
            continue
        folder = folder_of(source.path)
        if folder not in folders:
            folders[folder] = Counter(map(short_id, siblings(folder)))
        ids[source.path] = _in_folder(name_of(source.path), folders[folder])
    unique = _with_folders(ids)
    return [replace(s, id=unique[s.path], order=order) for order, s in enumerate(sources)]


def short_id(name: str) -> str:
    """The shortest id of a file name: "002_a7c59664f76012a2.txt" is 002, "visit.md" visit."""
    stem = stem_of(name)
    found = _NUMBERED.match(stem)
    return found.group(1) if found else stem


def _in_folder(name: str, taken: Counter[str]) -> str:
    short, stem = short_id(name), stem_of(name)
    if taken[short] <= 1:
        return visible(short)
    if stem != short and taken[stem] == 0:
        same_stem = sum(n for key, n in taken.items() if key == stem)
        return visible(stem) if same_stem == 0 else visible(name)
    return visible(name)


def _with_folders(ids: dict[str, str]) -> dict[str, str]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path, name in ids.items():
        groups[name].append(path)
    unique: dict[str, str] = {}
    for name, paths in groups.items():
        depth = 0
        full = {path: folders_above(path) for path in paths}
        longest = max(len(parts) for parts in full.values())
        made = dict.fromkeys(paths, name)
        while len(set(made.values())) < len(paths) and depth < longest:
            depth += 1
            made = {path: "/".join((*full[path][-depth:], name)) for path in paths}
        unique |= {path: visible(value) for path, value in made.items()}
    return unique


def corpus_sources(corpus: str | Path) -> list[Source]:
    """The files of a corpus with their ids. Raises ArticleError where there are none."""
    from azstance.read.page import Source

    found = list_inputs([corpus])
    sources = [item for item in found if isinstance(item, Source)]
    if not sources:
        reason = next((item.reason for item in found if not isinstance(item, Source)), "is empty.")
        if not is_address(str(corpus)) and not Path(corpus).exists():
            reason = "is not there."
        raise ArticleError(
            f"the corpus {reason}",
            where=str(corpus),
            remedy="Name the folder of your articles with --corpus.",
        )
    return with_ids(sources, "")


def resolve_source(name: str, sources: Iterable[Source]) -> Source | None:
    """The source that an id means: its id or file name exactly, else the only one that begins so.

    Returns None where there is none. Raises ArticleError, listing them, where there are several.
    """
    sources = list(sources)
    exact = [s for s in sources if name in (s.id, name_of(s.path), stem_of(name_of(s.path)))]
    fits = exact or [
        s for s in sources if name and (s.id.startswith(name) or name_of(s.path).startswith(name))
    ]
    if len(fits) > 1:
        raise ArticleError(
            f'the id "{name}" fits {len(fits)} articles', remedy=f"Give one: {_listed(fits)}."
        )
    return fits[0] if fits else None


def unknown(name: str, known: Sequence[str], corpus: str | Path) -> ArticleError:
    """The error for an id that fits nothing, with the nearest ids of the corpus."""
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    shown = ", ".join(known[:_MANY]) + (
        f" and {len(known) - _MANY} more" if len(known) > _MANY else ""
    )
    return ArticleError(
        f'no article has the id "{name}"', where=str(corpus), remedy=f"{meant}There are: {shown}."
    )


def _listed(sources: Sequence[Source]) -> str:
    shown = ", ".join(f"{s.id} ({name_of(s.path)})" for s in sources[:_MANY])
    return shown + (f" and {len(sources) - _MANY} more" if len(sources) > _MANY else "")
