"""Where files are: a path of this machine, or an address such as s3://bucket/folder.

All that reading does with a path goes through here. An ordinary path is left to the operating
system; an address to `azstance.read.addresses`, which is loaded for addresses alone.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from azstance.read.formats import SUFFIXES, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_OPTIONS = re.compile(r"\?[a-z_]+=[^?/&]*(?:&[a-z_]+=[^?/&]*)*$")


def is_address(path: str) -> bool:
    """Whether it is an address, with a scheme before it, and not a path of this machine."""
    return _ADDRESS.match(path) is not None


def split_options(address: str) -> tuple[str, str]:
    """An address and the options at its end, as in s3://bucket/a.txt?region=eu-west-1."""
    found = _OPTIONS.search(address)
    return (address[: found.start()], found.group()) if found else (address, "")


def name_of(path: str) -> str:
    """Name of the file, without folders and options."""
    if not is_address(path):
        return PurePath(path).name
    return split_options(path)[0].rstrip("/").rpartition("/")[2]


def folder_of(path: str) -> str:
    """The folder of a file. The folder of an address keeps its options."""
    if not is_address(path):
        return str(Path(path).parent)
    bare, options = split_options(path)
    return bare.rpartition("/")[0] + options


def inside(folder: str, name: str) -> str:
    """The file of that name in a folder."""
    if not is_address(folder):
        return os.path.join(folder, name)  # noqa: PTH118
    bare, options = split_options(folder)
    return f"{bare.rstrip('/')}/{name}{options}"


def folders_above(path: str) -> tuple[str, ...]:
    """Names of the folders that a file lies in, the outermost first."""
    if not is_address(path):
        return Path(path).absolute().parent.parts
    return tuple(part for part in split_options(path)[0].split("/")[:-1] if part)


def opened(path: str) -> BinaryIO:
    """The file, open for reading from any place. Raises OSError, UnreadableError for addresses."""
    if not is_address(path):
        return Path(path).open("rb", buffering=65536)
    from azstance.read.addresses import open_address

    return open_address(path)


def content_of(path: str) -> bytes | None:
    """The bytes of a small file, None where there is none. Raises as `opened` does."""
    if not is_address(path):
        return Path(path).read_bytes() if Path(path).is_file() else None
    try:
        with opened(path) as file:
            return file.read()
    except FileNotFoundError:
        return None


def siblings(folder: str) -> Iterator[str]:
    """Names of the readable files of a folder, in no order; none where it cannot be listed."""
    for name in _names(folder):
        if suffix_of(name) in SUFFIXES and not name.startswith("."):
            yield name


def _names(folder: str) -> Iterator[str]:
    if is_address(folder):
        from azstance.read.addresses import names_in

        yield from names_in(folder)
        return
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                yield entry.name
    except OSError:
        return
