"""Asking a store with SQL: the tables and views of its Parquet files, through DuckDB.

The store may come from somebody else, and its text always does. So a question reads the parts of
the store and nothing else: no other file, no network, no extension, and it changes nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from azstance.errors import ConfigError
from azstance.store import views
from azstance.store.schema import FORMAT, JOB, MANIFEST, TABLES
from azstance.store.sql_errors import EXAMPLE, explained
from azstance.tomlfile import shown_path, shown_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from duckdb import DuckDBPyConnection

BATCH = 1000
"""So many rows of an answer are held at a time."""

Rows = list[tuple[Any, ...]]
T = TypeVar("T")
_LARGEST_MANIFEST = 100_000_000
_GROUP = 50_000  # rows of a row group of an answer in Parquet
_MISSING_EXTRA = 'Install it: pip install "azstance[store]"'
# One thread, so that sums and the order of groups are the same everywhere and every time.
_SETTINGS: dict[str, Any] = {
    "threads": 1,
    "preserve_insertion_order": True,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,  # or a question could read variables of this program
}


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of results: the Parquet files of each table, by name. `finished` has a manifest."""

    folder: Path
    parts: Mapping[str, tuple[Path, ...]]
    finished: bool

    @property
    def files(self) -> tuple[Path, ...]:
        """All files of the store that a question depends on."""
        held = tuple(part for table in TABLES for part in self.parts[table])
        return (*held, self.folder / MANIFEST) if self.finished else held


@dataclass(frozen=True, slots=True)
class Answer:
    """The names of the columns, each once, and the rows, at most `BATCH` at a time."""

    names: tuple[str, ...]
    batches: Iterator[Rows]


@dataclass(frozen=True, slots=True)
class Described:
    """A table or view: what a row is, and (name, type, meaning) of each column.

    `rows` is the number of rows of a table and None for a view.
    """

    name: str
    about: str
    rows: int | None
    columns: tuple[tuple[str, str, str], ...]


def find_store(name: str, *, unfinished: bool = False) -> Store:
    """The store in the folder `name`.

    A run that is not finished has parts and no manifest; only where `unfinished` is it a store as
    well, with the units whose articles and sentences are both there. Raises ConfigError where the
    folder is none, holds no store or one of another format.
    """
    folder = Path(name)
    shown = shown_path(folder) if "://" not in name else name
    if "://" in name:
        remedy = "Copy the store into a folder of this machine and name that."
        raise ConfigError("only a folder can be asked", where=shown, remedy=remedy)
    if not folder.is_dir():
        problem = "is a file" if folder.exists() else "there is no such folder"
        remedy = "Name the folder that azstance score INPUT -o OUT/ wrote."
        raise ConfigError(problem, where=shown, remedy=remedy)
    folder = folder.resolve()
    parts = {table: _parts(folder / table) for table in TABLES}
    finished = _check_manifest(folder / MANIFEST, shown)
    if finished:
        return Store(folder, parts, True)
    count = sum(map(len, parts.values()))
    if not count and not (folder / JOB).is_file():
        remedy = "A store is what azstance score INPUT -o OUT/ writes."
        raise ConfigError(f"holds no store: there is no {MANIFEST}", where=shown, remedy=remedy)
    if not unfinished:
        raise ConfigError(
            f"is not finished: it has {count} parts and no {MANIFEST}",
            where=shown,
            remedy="Finish it: give the same azstance score command again with --resume. "
            "Or ask what is there so far with --unfinished.",
        )
    return Store(folder, _whole_units(parts), False)


def _parts(folder: Path) -> tuple[Path, ...]:
    """The parts of a table by name; a file that is still being written has another ending."""
    try:
        found = [each for each in folder.iterdir() if each.suffix == ".parquet"]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    whole = (each for each in found if not each.name.startswith(".") and each.is_file())
    return tuple(sorted(whole, key=lambda each: each.name))


def _whole_units(parts: Mapping[str, tuple[Path, ...]]) -> dict[str, tuple[Path, ...]]:
    """Without the unit that was being written: shares of half a unit would be wrong."""
    names = [{part.name for part in parts[table]} for table in ("articles", "sentences")]
    both = names[0] & names[1]
    kept = {table: tuple(p for p in parts[table] if p.name in both) for table in parts}
    return {**kept, "skipped": parts["skipped"]}


def _check_manifest(path: Path, shown: str) -> bool:
    """Whether there is a manifest. Raises ConfigError for one that this version cannot read."""
    where = f"{shown.rstrip('/')}/{MANIFEST}"
    again = "Write the store again with azstance score INPUT -o OUT/."
    if not path.exists():
        return False
    try:
        with path.open("rb") as file:
            held = json.loads(file.read(_LARGEST_MANIFEST))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"cannot be read ({reason})", where=where) from None
    except (ValueError, RecursionError):
        raise ConfigError("is not valid JSON", where=where, remedy=again) from None
    format = held.get("format") if isinstance(held, dict) else None
    if type(format) is not int:
        raise ConfigError("does not say which format the store has", where=where, remedy=again)
    if format != FORMAT:
        newer = "Install a newer azstance." if format > FORMAT else again
        raise ConfigError(
            f"the store has format {shown_value(format)}, and this azstance reads {FORMAT}",
            where=where,
            remedy=newer,
        )
    return True


@contextmanager
def ask(store: Store, sql: str) -> Iterator[Answer]:
    """The answer to one SELECT; it is read while the context lasts.

    Raises ConfigError for any other statement, for SQL that DuckDB does not understand, and where
    DuckDB is not installed or a part of the store cannot be read, also while rows are read.
    """
    with (
        _connection(store) as connection,
        _plain_errors(store, sql),
        ThreadPoolExecutor(1) as pool,
    ):
        question = _question(connection, sql)
        _attended(pool, connection, lambda: connection.execute(question))
        names = tuple(each[0] for each in connection.description or ())
        fetch = partial(connection.fetchmany, BATCH)
        yield Answer(names, _batches(store, sql, partial(_attended, pool, connection, fetch)))


def write_parquet(store: Store, sql: str, path: Path) -> None:
    """The answer to one SELECT as a Parquet file at `path`. Raises ConfigError as `ask` does."""
    with _connection(store) as connection, _plain_errors(store, sql):
        question = _question(connection, sql)
        try:
            import pyarrow.parquet as pq
        except ImportError:
            raise ConfigError("pyarrow is not installed", remedy=_MISSING_EXTRA) from None

        def work() -> None:
            reader = connection.sql(question).to_arrow_reader(_GROUP)
            with pq.ParquetWriter(path, reader.schema, compression="zstd") as file:
                for batch in reader:
                    file.write_batch(batch)

        with ThreadPoolExecutor(1) as pool:
            _attended(pool, connection, work)


def describe(store: Store) -> list[Described]:
    """All tables and views of a store, with their columns."""
    with _connection(store) as connection, _plain_errors(store, ""):
        return [_described(connection, name) for name in views.names()]


def _described(connection: DuckDBPyConnection, name: str) -> Described:
    relation = connection.view(name)
    columns = tuple(
        (column, _type_words(type), views.meaning(name, column))
        for column, type in zip(relation.columns, relation.types, strict=True)
    )
    rows = None
    if name in TABLES:
        found = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
        rows = int(found[0]) if found else 0
    return Described(name, views.about(name), rows, columns)


def _type_words(type: Any) -> str:
    """A type of DuckDB in the words of `schema.Column`."""
    words = {"varchar": "text", "bigint": "whole", "double": "number", "boolean": "yes or no"}
    if type.id == "list":
        return f"list of {_type_words(type.children[0][1])}"
    if type.id == "struct":
        return f"({', '.join(name for name, _ in type.children)})"
    return words.get(type.id, str(type).lower())


def _duckdb() -> ModuleType:
    try:
        import duckdb
    except ImportError:
        raise ConfigError("DuckDB is not installed", remedy=_MISSING_EXTRA) from None
    return duckdb


@contextmanager
def _connection(store: Store) -> Iterator[DuckDBPyConnection]:
    """A database in memory with the tables and views, closed to all but the parts of the store."""
    duckdb = _duckdb()
    # What does not fit into memory goes here, and not into the folder that the user stands in.
    with (
        tempfile.TemporaryDirectory(prefix="azstance-") as spill,
        duckdb.connect(":memory:", config={**_SETTINGS, "temp_directory": spill}) as connection,
    ):
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")  # it would stand in the answer
        for table in TABLES:
            _add_table(connection, store, table)
        for view in views.views():
            connection.execute(f"CREATE VIEW {view.name} AS {view.sql}")
        _lock(connection, store)
        yield connection


def _add_table(connection: DuckDBPyConnection, store: Store, table: str) -> None:
    """Raises ConfigError where the parts are no Parquet files or have not the right columns."""
    try:
        with _plain_errors(store, ""):
            sql = views.table_sql(table, store.parts[table])
            connection.execute(f"CREATE VIEW {table} AS {sql}")
    except ConfigError as error:
        if error.where:
            raise
        raise ConfigError(
            f"the parts are not those of this version of azstance: {error.problem}",
            where=shown_path(store.folder / table),
            remedy="Write the store again with azstance score INPUT -o OUT/.",
        ) from None


def _lock(connection: DuckDBPyConnection, store: Store) -> None:
    """Let nothing be opened any more but the parts; nothing can take this back."""
    parts = [part for table in TABLES for part in store.parts[table]]
    # DuckDB looks both the pattern and the file that it stands for up in the list.
    allowed = {text for part in parts for text in (str(part), views.pattern(part))}
    connection.execute(f"SET allowed_paths = {views.listed(sorted(allowed))}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _question(connection: DuckDBPyConnection, sql: str) -> str:
    """The SQL as it is run. Raises ConfigError unless it is one SELECT or what stands for one.

    It is run in brackets, because DuckDB lets only a statement of its own write: a SELECT may well
    begin with WITH x AS (COPY ... TO ...), and the parts of the store are files that it may open.
    """
    try:
        sql.encode()
    except UnicodeEncodeError:
        raise ConfigError("the SQL is not UTF-8 text", remedy=EXAMPLE) from None
    found = connection.extract_statements(sql)
    if not found:
        raise ConfigError("there is no SQL", remedy=EXAMPLE)
    if len(found) > 1:
        problem = f"there are {len(found)} statements, and one is answered at a time"
        raise ConfigError(problem, remedy=EXAMPLE)
    kind = found[0].type.name
    bracketed = f"SELECT * FROM (\n{sql.rstrip().rstrip(';')}\n)"
    # PIVOT is of the kind MULTI, and so is COPY (PIVOT ...) TO, which does not go into brackets.
    if kind not in ("SELECT", "MULTI") or not _is_one(connection, bracketed):
        what = "a statement of this kind" if kind in ("SELECT", "MULTI") else kind.replace("_", " ")
        problem = f"{what} is not answered: a store is only read"
        raise ConfigError(problem, where="the SQL", remedy=EXAMPLE)
    return bracketed


def _is_one(connection: DuckDBPyConnection, sql: str) -> bool:
    import duckdb

    try:
        return len(connection.extract_statements(sql)) == 1
    except duckdb.ParserException:
        return False


def _batches(store: Store, sql: str, fetch: Callable[[], Rows]) -> Iterator[Rows]:
    with _plain_errors(store, sql):
        while rows := fetch():
            yield rows


def _attended(pool: Executor, connection: DuckDBPyConnection, work: Callable[[], T]) -> T:
    """What `work` gives. DuckDB works in a thread, so that the main one hears Ctrl-C at once."""
    done = pool.submit(work)
    try:
        return done.result()
    except KeyboardInterrupt:
        while not done.done():  # again, in case that it had not begun
            connection.interrupt()
            wait([done], timeout=0.1)
        raise


@contextmanager
def _plain_errors(store: Store, sql: str) -> Iterator[None]:
    """Errors of DuckDB as errors for the user."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        parts = [str(part) for table in TABLES for part in store.parts[table]]
        raise explained(str(error), sql, views.names(), parts) from None
