"""The tables and views of a store as SQL, and what their columns mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.errors import ConfigError
from azstance.store.schema import ARTICLES, COLUMNS, SENTENCES, TABLES
from azstance.tomlfile import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FILE = Path(__file__).with_name("views.toml")
_SQL = {"text": "VARCHAR", "whole": "BIGINT", "number": "DOUBLE", "yes": "BOOLEAN"}
_ABOUT = {
    "articles": "a row for each article",
    "sentences": "a row for each sentence, in the order of the text",
    "skipped": "a row for each input that was not scored",
}
_GLOB = "*?["


@dataclass(frozen=True, slots=True)
class View:
    """A view: its SQL over the tables and earlier views, and what its columns mean."""

    name: str
    about: str
    sql: str
    meanings: Mapping[str, str]


@cache
def views() -> tuple[View, ...]:
    """The views, each after those that it asks itself."""
    held = read_toml(_FILE, ConfigError).data["view"]
    return tuple(View(v["name"], v["about"], v["sql"], v["meanings"]) for v in held)


def names() -> tuple[str, ...]:
    """Names of all tables and views."""
    return (*TABLES, *(view.name for view in views()))


def about(name: str) -> str:
    """What a row of a table or view is."""
    return _ABOUT.get(name) or next(view.about for view in views() if view.name == name)


def meaning(name: str, column: str) -> str:
    """What a column of a table or view means."""
    if name in COLUMNS:
        return next(each.meaning for each in COLUMNS[name] if each.name == column)
    own = next(view.meanings for view in views() if view.name == name)
    known = {each.name: each.meaning for each in (*ARTICLES, *SENTENCES)}
    return own.get(column) or known[column]


def table_sql(table: str, parts: Sequence[Path]) -> str:
    """The rows of a table: those of its parts, in this order; without parts no rows at all."""
    if not parts:
        columns = (f'CAST(NULL AS {_sql_type(c.type)}) AS "{c.name}"' for c in COLUMNS[table])
        return f"SELECT {', '.join(columns)} WHERE false"
    columns = (f'"{each.name}"' for each in COLUMNS[table])
    files = listed(pattern(part) for part in parts)
    # The names of folders are no columns, although DuckDB would read "month=3" as one.
    return f"SELECT {', '.join(columns)} FROM read_parquet({files}, hive_partitioning = false)"


def pattern(path: Path) -> str:
    """A pattern that fits this file and no other: what DuckDB expects of a path."""
    return "".join(f"[{each}]" if each in _GLOB else each for each in str(path))


def listed(texts: Iterable[str]) -> str:
    """Texts as a list in SQL."""
    return f"[{', '.join(map(quoted, texts))}]"


def quoted(text: str) -> str:
    """A text as a literal in SQL."""
    return "'" + text.replace("'", "''") + "'"


def _sql_type(type: object) -> str:
    if isinstance(type, list):
        return f"{_sql_type(type[0])}[]"
    if isinstance(type, dict):
        fields = (f'"{name}" {_sql_type(held)}' for name, held in type.items())
        return f"STRUCT({', '.join(fields)})"
    return _SQL[str(type)]
