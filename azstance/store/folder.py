"""The folder of a store, here or at an address: files are put there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azstance.errors import ConfigError
from azstance.read.places import inside, is_address

if TYPE_CHECKING:
    from collections.abc import Iterable

_REMEDY = "Name a folder that you may write to."


class Folder:
    """A folder to write into. Everything raises ConfigError where it cannot be done."""

    def __init__(self, path: str) -> None:
        self.path = path.rstrip("/") or "/"

    def write(self, name: str, content: bytes | memoryview) -> None:
        """Put a file in place; who reads at the same time sees the whole of the old or the new."""
        try:
            if is_address(self.path):
                system, path = self._system(name)
                with system.open_output_stream(path) as file:  # stored when it is closed
                    file.write(content)
                return
            target = Path(self.path, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{target.name}.{os.getpid()}.part")
            try:
                part.write_bytes(content)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
        except _problems() as error:
            raise self._wrong(name, error) from None

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None where there is none."""
        try:
            if not is_address(self.path):
                return Path(self.path, name).read_bytes()
            system, path = self._system(name)
            with system.open_input_stream(path) as file:
                return bytes(file.read())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except _problems() as error:
            raise self._wrong(name, error) from None

    def names(self, below: str = "") -> list[str]:
        """Names of what stands in the folder, or in one below it, sorted; none if it is not there.

        Names of files that were being written when a run was killed begin with a dot.
        """
        try:
            if not is_address(self.path):
                place = Path(self.path, below)
                return sorted(path.name for path in place.iterdir()) if place.is_dir() else []
            from pyarrow.fs import FileSelector

            system, path = self._system(below)
            found = system.get_file_info(FileSelector(path, allow_not_found=True))
            return sorted(info.base_name for info in found)
        except _problems() as error:
            raise self._wrong(below, error) from None

    def remove(self, names: Iterable[str]) -> None:
        """Remove files that are there."""
        for name in names:
            try:
                if is_address(self.path):
                    system, path = self._system(name)
                    system.delete_file(path)
                else:
                    Path(self.path, name).unlink(missing_ok=True)
            except FileNotFoundError:
                continue
            except _problems() as error:
                raise self._wrong(name, error) from None

    def _system(self, name: str) -> tuple[Any, str]:
        from azstance.read.addresses import file_system
        from azstance.read.page import UnreadableError

        try:
            system, path = file_system(inside(self.path, name) if name else self.path)
        except UnreadableError as error:
            raise ConfigError(error.problem, where=self.path, remedy=error.remedy) from None
        parent = path.rpartition("/")[0]
        if system.type_name == "local" and name:
            system.create_dir(parent, recursive=True)
        return system, path

    def _wrong(self, name: str, error: Exception) -> ConfigError:
        from azstance.read.addresses import plain_reason

        where = inside(self.path, name) if name else self.path
        if is_address(self.path):
            return ConfigError(f"cannot be written: {plain_reason(error)}", where=where)
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        return ConfigError(f"cannot be written: {reason}", where=where, remedy=_REMEDY)


def _problems() -> tuple[type[Exception], ...]:
    """What a file system raises; what pyarrow has of its own comes from OSError and ValueError."""
    return OSError, ValueError
