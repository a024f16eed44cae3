"""Object stores and other file systems by address, through pyarrow: s3://, gs://, abfs://, hdfs://.

What stands after the scheme is taken as it is, without %20 and the like. Access keys are never
read from an address, or they would stand in every output: they belong into the environment.
"""

from __future__ import annotations

import io
import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import urlsplit

from azstance.read.formats import SUFFIXES, suffix_of
from azstance.read.page import Source, UnreadableError
from azstance.read.places import split_options
from azstance.records import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMES = ("s3", "gs", "gcs", "abfs", "abfss", "hdfs", "viewfs", "file")
# Each read of an object store is a request: as few as a large article file needs.
_BUFFER = 1 << 20
_SECRET = re.compile(r"(?<=://)[^/@]*:[^/@]*@|(?<=[?&])[a-z_]*(?:key|secret|token)=[^&]*")
# Marks in the messages of pyarrow, and what they mean, in plain words. The first that fits counts.
_MEANINGS = (
    (
        r"NO_SUCH_BUCKET|NoSuchBucket|Bucket '.*' not found|Bucket does not exist|Container.*not",
        "is in a bucket that is not there. Check the name of the bucket.",
    ),
    (
        r"ACCESS_DENIED|AccessDenied|INVALID_ACCESS_KEY|SIGNATURE_DOES_NOT|HTTP status 40[13]|"
        r"[Pp]ermission|PERMISSION_DENIED|UNAUTHENTICATED|[Cc]redential|Forbidden",
        "may not be read: access was denied. Check the credentials in the environment, such as "
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    ),
    (
        r"NETWORK_CONNECTION|resolve host|Could not connect|UNAVAILABLE|[Tt]imed? ?out|"
        r"TIMEOUT|[Cc]onnection|curl",
        "cannot be reached. Check the network, and the region or endpoint of the address.",
    ),
    (
        r"libjvm|libhdfs|CLASSPATH",
        "needs Hadoop's own libraries (libjvm and libhdfs), which were not found. "
        "Set JAVA_HOME, HADOOP_HOME and CLASSPATH.",
    ),
)


def list_address(address: str) -> list[Source | Skipped]:
    """The files behind an address, one file or a folder with all folders in it, by name.

    Names that begin with a dot and files of other kinds are passed over in a folder. `Skipped`
    says what is wrong: no such thing, no access, no network, pyarrow missing.
    """
    shown = _SECRET.sub("***", address)
    if shown != address:
        reason = "holds an access key. Give keys in the environment: addresses are printed."
        return [Skipped(shown, reason)]
    try:
        return list(_listed(address))
    except UnreadableError as problem:
        return [Skipped(address, " ".join(filter(None, (problem.problem, problem.remedy))))]
    except _problems() as problem:
        return [Skipped(address, plain_reason(problem))]


def _listed(address: str) -> Iterator[Source | Skipped]:
    system, path = file_system(address)
    from pyarrow.fs import FileType

    info = system.get_file_info(path)
    kinds = ", ".join(sorted(SUFFIXES))
    suffix = suffix_of(address)
    if info.type == FileType.NotFound:
        hint = " Write it plainly, without %20 and the like." if "%" in address else ""
        yield Skipped(address, f"is not there. Check the name.{hint}")
    elif info.type == FileType.Directory:
        found = list(_folder(address, system, path))
        yield from found
        if not found:
            yield Skipped(address, f"holds nothing that can be read. Articles end in {kinds}.")
    elif suffix and suffix not in SUFFIXES:
        yield Skipped(address, f"ends in {suffix}, which is not read. Articles end in {kinds}.")
    elif info.type == FileType.File:
        yield _source(address, info, named=True)
    else:
        yield Skipped(address, "is not a regular file.")


def _folder(address: str, system: Any, path: str) -> Iterator[Source]:
    """The readable files of a folder and the folders in it."""
    bare, options = split_options(address)
    for name, info in sorted(_below(system, path, deep=True), key=lambda item: item[0]):
        hidden = any(part.startswith(".") for part in name.split("/"))
        if not hidden and suffix_of(name) in SUFFIXES:
            yield _source(f"{bare.rstrip('/')}/{name}{options}", info, named=False)


def _source(address: str, info: Any, *, named: bool) -> Source:
    suffix = suffix_of(address) or ".txt"
    return Source(address, suffix, named, size=info.size, changed=str(info.mtime_ns))


def _below(system: Any, path: str, *, deep: bool) -> Iterator[tuple[str, Any]]:
    """The files below a folder, with their paths from there.

    Local folders are gone through one by one, as links could lead back into them; a store has no
    links and lists all at once.
    """
    from pyarrow.fs import FileSelector, FileType

    local = system.type_name == "local"
    folders = [path]
    while folders:
        selector = FileSelector(folders.pop(), recursive=deep and not local)
        for info in system.get_file_info(selector):
            if info.type == FileType.File:
                yield info.path[len(path) :].lstrip("/"), info
            elif local and deep and info.type == FileType.Directory and not _is_link(info.path):
                folders.append(info.path)


def _is_link(path: str) -> bool:
    return os.path.islink(path)  # noqa: PTH114


def names_in(folder: str) -> Iterator[str]:
    """Names of the files of a folder itself; none where it cannot be listed."""
    try:
        yield from (name for name, _ in _below(*file_system(folder), deep=False))
    except _problems():
        return


def open_address(address: str) -> BinaryIO:
    """The file at an address, open for reading and moving about.

    Raises UnreadableError with a plain reason.
    """
    try:
        system, path = file_system(address)
        file = system.open_input_file(path)
    except (FileNotFoundError, UnreadableError):
        raise
    except _problems() as problem:
        raise UnreadableError(plain_reason(problem)) from None
    return cast("BinaryIO", io.BufferedReader(_Raw(file), _BUFFER))


class _Raw(io.RawIOBase):
    """A file of pyarrow as Python's own buffered reader wants it, with errors in plain words."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return int(self._file.tell())

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._file.seek(offset, whence))

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._file.read(len(buffer))
        except _problems() as problem:
            raise UnreadableError(plain_reason(problem)) from None
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def file_system(address: str) -> tuple[Any, str]:
    """The file system of an address and the path in it. Raises UnreadableError for a wrong one."""
    bare, options = split_options(address)
    parts = urlsplit(bare.partition("://")[0] + "://" + bare.partition("://")[2].split("/")[0])
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES:
        known = ", ".join(f"{name}://" for name in SCHEMES)
        raise UnreadableError(
            f"begins with {scheme}://, which is not read.",
            remedy=f"Save it to a file, or give a path or one of {known}.",
        )
    rest = bare.partition("://")[2].partition("/")[2]
    if not parts.netloc and scheme not in ("file", "hdfs", "viewfs"):
        raise UnreadableError("names no bucket.", remedy=f"Write it {scheme}://bucket/folder.")
    system, base = _system(scheme, parts.netloc, options)
    return system, f"{base.rstrip('/')}/{rest}".rstrip("/") or "/"


@cache
def _system(scheme: str, host: str, options: str) -> tuple[Any, str]:
    try:
        from pyarrow.fs import FileSystem
    except ImportError:
        raise UnreadableError(
            "needs pyarrow, which is not installed.",
            remedy='Install it: pip install "azstance[store]".',
        ) from None
    if scheme in ("gs", "gcs") and "retry_limit_seconds" not in options:
        options += ("&" if options else "?") + "retry_limit_seconds=20"  # else 15 minutes
    system, base = FileSystem.from_uri(f"{scheme}://{host}/{options}")
    return system, str(base)


def _problems() -> tuple[type[Exception], ...]:
    """What a file system of pyarrow raises."""
    try:
        from pyarrow import ArrowException
    except ImportError:
        return OSError, ValueError, UnreadableError
    return OSError, ValueError, ArrowException, UnreadableError


def plain_reason(problem: Exception) -> str:
    """What an error of a file system means and what to do, in a line."""
    text = " ".join(str(problem).split())
    if isinstance(problem, FileNotFoundError):
        return "is not there, or no longer."
    for marks, meaning in _MEANINGS:
        if re.search(marks, text):
            return meaning
    short = text if len(text) <= 200 else f"{text[:197]}..."
    return f"cannot be read ({short})."
