"""Arguments to files: folders are walked, links followed once, and what cannot be read is named."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from azstance.read.formats import SUFFIXES, suffix_of
from azstance.read.page import Source
from azstance.read.places import is_address
from azstance.read.sidecar import NAME
from azstance.records import Skipped

STDIN = "-"


@dataclass(slots=True)
class _Walk:
    """One run over all arguments: what was found, and which folders and files were seen."""

    found: list[Source | Skipped] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)


def list_inputs(paths: Sequence[str | Path], stdin_filename: str = "") -> list[Source | Skipped]:
    """All files behind the arguments, in the order of their paths whatever the order of arguments.

    A file that is reached twice is read once. `Skipped` stands for what cannot be read: a missing
    path, a folder without articles or without permission, a link to a folder above itself.
    Addresses such as s3://bucket/folder are listed where they are (`azstance.read.addresses`).
    """
    walk = _Walk()
    for path in sorted({os.fspath(path) for path in paths}):
        if path == STDIN:
            walk.found.append(Source(STDIN, suffix_of(stdin_filename), named=True))
        elif is_address(path):
            _address(walk, path)
        else:
            _argument(walk, path)
    return sorted(walk.found, key=lambda item: item.path)


def _address(walk: _Walk, address: str) -> None:
    from azstance.read.addresses import list_address

    for item in list_address(address):
        if item.path not in walk.files:
            walk.files[item.path] = item.path
            walk.found.append(item)


def _argument(walk: _Walk, path: str) -> None:
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as problem:
        walk.found.append(Skipped(path, _missing(path, problem)))
        return
    if not stat.S_ISDIR(mode):
        _file(walk, path, named=True)
        return
    before = sum(isinstance(item, Source) for item in walk.found)
    known = len(walk.files)
    failed = len(walk.found)
    _folder(walk, path, ())
    after = sum(isinstance(item, Source) for item in walk.found)
    nothing = after == before and known == len(walk.files)
    if nothing and not any(isinstance(i, Skipped) and i.failed for i in walk.found[failed:]):
        if _holds_known(walk, path):
            return
        kinds = ", ".join(sorted(SUFFIXES))
        walk.found.append(
            Skipped(path, f"holds nothing that can be read. Articles end in {kinds}.")
        )


def _holds_known(walk: _Walk, path: str) -> bool:
    """Whether the folder was read already through another argument."""
    real = os.path.realpath(path)
    return any(name.startswith(real + os.sep) for name in walk.files)


def _missing(path: str, problem: Exception) -> str:
    if isinstance(problem, FileNotFoundError):
        if Path(path).is_symlink():
            return "is a link to something that is not there."
        return 'is not there. Check the name; text itself is only read from standard input, by "-".'
    return _reason(problem)


def _reason(problem: Exception) -> str:
    if isinstance(problem, PermissionError):
        return "may not be read (permission denied). Check its access rights."
    text = getattr(problem, "strerror", None) or str(problem)
    return f"cannot be read ({text.lower()})."


def _folder(walk: _Walk, path: str, above: tuple[str, ...]) -> None:
    real = os.path.realpath(path)
    if real in above:
        reason = f"is a link back to {walk.folders[real]}, around it, and was not followed again."
        walk.found.append(Skipped(path, reason, failed=False))
        return
    if real in walk.folders:
        return
    walk.folders[real] = path
    try:
        with os.scandir(path) as entries:
            seen = [(e.is_symlink(), e.name) for e in entries if not e.name.startswith(".")]
    except OSError as problem:
        walk.found.append(Skipped(path, _reason(problem)))
        return
    for _, name in sorted(seen):  # links last: what they lead to goes by its own name
        _member(walk, os.path.join(path, name), (*above, real))  # noqa: PTH118


def _member(walk: _Walk, path: str, above: tuple[str, ...]) -> None:
    """A file or folder inside a folder; files of other kinds are passed over."""
    readable = suffix_of(path) in SUFFIXES
    try:
        mode = Path(path).stat().st_mode
    except OSError as problem:
        if isinstance(problem, FileNotFoundError | PermissionError) and not readable:
            return
        loop = not isinstance(problem, FileNotFoundError | PermissionError)
        reason = "is a link that leads back to itself." if loop else _missing(path, problem)
        walk.found.append(Skipped(path, reason, failed=readable))
        return
    if stat.S_ISDIR(mode):
        _folder(walk, path, above)
    elif readable and stat.S_ISREG(mode):
        _file(walk, path, named=False)
    elif readable:
        walk.found.append(Skipped(path, "is not a regular file."))


def _file(walk: _Walk, path: str, *, named: bool) -> None:
    name = Path(path).name
    if name == NAME:
        if named:
            reason = "describes the articles of its folder and is not one itself. Name the folder."
            walk.found.append(Skipped(path, reason))
        return
    suffix = suffix_of(path)
    if suffix and suffix not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        walk.found.append(
            Skipped(path, f"ends in {suffix}, which is not read. Articles end in {kinds}.")
        )
        return
    real = os.path.realpath(path)
    if real in walk.files:
        first = walk.files[real]
        if os.path.abspath(path) != os.path.abspath(first):  # noqa: PTH100
            walk.found.append(
                Skipped(path, f"is another name of {first}, which is read.", failed=False)
            )
        return
    walk.files[real] = path
    walk.found.append(Source(path, suffix or ".txt", named))
