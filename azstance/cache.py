"""What was worked out before, kept on disk: one SQLite file that several processes share.

An entry is a row of bytes under a key; the key is a digest of everything that the entry was made
from, so that an entry can be missing but never stale. What was not used for the longest time goes
first when the file outgrows its limit. A cache that cannot be used (no rights, a full disk, a
damaged file) never stops a run: `problem` says what is wrong and everything is worked out anew.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "azstance.sqlite"
OFF = "off"
FORMAT = 1
_WAIT = 60.0
_FRESH = 8
"""Uses within so many runs are not noted again: a run that only reads should write little."""
_HELD = 64
"""So many new entries are held back and written together."""
_KEPT = 0.8
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    key BLOB PRIMARY KEY, layer TEXT NOT NULL, used INTEGER NOT NULL,
    size INTEGER NOT NULL, value BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_used ON entries (used, size, layer);
CREATE TABLE IF NOT EXISTS runs (number INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Layer:
    """How many entries of a kind there are, and their bytes."""

    name: str
    entries: int
    size: int


def default_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where caches are kept on this system, for this user."""
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "azstance"


class Cache:
    """The entries of one folder. Every process opens its own connection when it first needs it."""

    def __init__(self, folder: Path, limit: int) -> None:
        """`limit` is the size in bytes that the entries may grow to."""
        self.path = folder / NAME
        self.limit = limit
        self.problem = ""
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        self._run = 0
        self._new: dict[bytes, tuple[str, bytes]] = {}
        self._touched: set[bytes] = set()

    def get(self, key: bytes) -> bytes | None:
        """The entry of a key, or None."""
        connection = self._open()
        held = self._new.get(key)
        if held is not None:
            return held[1]
        if connection is None:
            return None
        try:
            row = connection.execute(
                "SELECT value, used FROM entries WHERE key = ?", (key,)
            ).fetchone()
            if row is None:
                return None
        except sqlite3.Error as error:
            self._fail(error)
            return None
        if row[1] + _FRESH < self._run:
            self._touched.add(key)
        return bytes(row[0])

    def put(self, layer: str, key: bytes, value: bytes) -> None:
        """Keep an entry. It is written with some others, at the latest by `close`."""
        if self._open() is None:
            return
        self._new[key] = layer, value
        if len(self._new) >= _HELD:
            self.flush()

    def flush(self) -> None:
        """Write what was held back."""
        connection = self._open()
        new, touched = self._new, self._touched
        self._new, self._touched = {}, set()
        if connection is None or not (new or touched):
            return
        rows = [(key, layer, self._run, len(v), v) for key, (layer, v) in new.items()]
        try:
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", rows
                )
                connection.executemany(
                    "UPDATE entries SET used = ? WHERE key = ?", [(self._run, k) for k in touched]
                )
        except sqlite3.Error as error:
            self._fail(error)

    def close(self) -> None:
        """Write what was held back, keep to the limit, and let go of the file."""
        self.flush()
        connection = self._open()
        if connection is None:
            return
        try:
            self._trim(connection)
        except sqlite3.Error as error:
            self._fail(error)
        self._drop()

    def layers(self) -> list[Layer]:
        """What there is, by layer."""
        connection = self._open()
        if connection is None:
            return []
        query = "SELECT layer, count(*), sum(size) FROM entries GROUP BY layer ORDER BY layer"
        try:
            return [Layer(*row) for row in connection.execute(query)]
        except sqlite3.Error as error:
            self._fail(error)
            return []

    def clear(self) -> None:
        """Remove every entry, and the file. Raises OSError where that is not allowed."""
        self._drop()
        for end in ("", "-wal", "-shm", "-journal"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection | None:
        if self._owner != os.getpid():  # a connection must not be used across a fork
            self._connection, self._owner, self._new, self._touched = None, os.getpid(), {}, set()
        if self._connection is None and not self.problem:
            try:
                self._connection = self._connect()
            except (sqlite3.Error, OSError) as error:
                self._fail(error)
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_WAIT)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")  # a lost entry is only made anew
            [version] = connection.execute("PRAGMA user_version").fetchone()
            if version != FORMAT:
                self._make(connection, version)
            row = connection.execute("SELECT max(number) FROM runs").fetchone()
            self._run = self._run or (row[0] or 0) + 1
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    @staticmethod
    def _make(connection: sqlite3.Connection, version: int) -> None:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if version:
                connection.execute("DROP TABLE IF EXISTS entries")
                connection.execute("DROP TABLE IF EXISTS runs")
            for statement in filter(str.strip, _SCHEMA.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {FORMAT}")

    def _trim(self, connection: sqlite3.Connection) -> None:
        """Count this run, and remove the entries unused for longest where they are too many."""
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM runs")
            connection.execute("INSERT INTO runs VALUES (?)", (self._run,))
            [total] = connection.execute("SELECT coalesce(sum(size), 0) FROM entries").fetchone()
            if total <= self.limit:
                return
            # The first rows, by age, whose sizes add up to what is too much.
            connection.execute(
                "DELETE FROM entries WHERE rowid IN (SELECT rowid FROM (SELECT rowid, size, "
                "sum(size) OVER (ORDER BY used, rowid) AS upto FROM entries) "
                "WHERE upto - size < ?)",
                (total - int(self.limit * _KEPT),),
            )
        connection.execute("VACUUM")

    def _fail(self, error: Exception) -> None:
        """Do without from now on; a damaged file is removed, for the next run to make a new one."""
        self.problem = str(error) or type(error).__name__
        self._drop()
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.OperationalError
        )
        if damaged:
            with contextlib.suppress(OSError):
                self.clear()

    def _drop(self) -> None:
        if self._connection is not None and self._owner == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection, self._new = None, {}
