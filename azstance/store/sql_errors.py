"""What DuckDB says of SQL that it cannot answer, in plain words: what is wrong, near what."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.errors import ConfigError
from azstance.tomlfile import shown_path, shown_value, suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLE = "Ask one SELECT, as in: SELECT * FROM by_frame"
_SQL = "the SQL"
_LIST = "azstance query OUT/ lists all tables and columns."
_KIND = re.compile(r"^[A-Za-z ]+ Error: ")
_PLACE = re.compile(r"^LINE (\d+): (.*)\n( *)(\^+)", re.M)
_QUOTED = re.compile(r'"([^"]+)"')
_COLUMN = re.compile(
    r'(?:Referenced column|(?:Table|list) "[^"]*" does not have a column named) "([^"]+)"'
)
_TABLE = re.compile(r"Table with name (.+?) does not exist")
_FUNCTION = re.compile(r"(?:Function|Macro) with name (.+?) does not exist", re.I)
_WRITES = "must be at the top level"
_LONGEST = 300


def explained(message: str, sql: str, tables: Sequence[str], parts: Sequence[str]) -> ConfigError:
    """The error for a `message` of DuckDB about `sql`.

    `tables` are the names that can be asked, `parts` the files of the store: a message that names
    one of them is about that file.
    """
    broken = [part for part in parts if part in message]
    if broken:
        return _broken(max(broken, key=len), message)
    told, _, hints = message.partition("\n\nLINE")[0].partition("\n")
    problem, remedy = _missing(told, hints, tables) or _other(_KIND.sub("", told), message)
    problem += _near(problem, message)
    return ConfigError(problem, where=_SQL if sql else None, remedy=remedy)


def _broken(part: str, message: str) -> ConfigError:
    """A part that is no Parquet file, is damaged, or has not the columns of a store."""
    told = (
        _KIND.sub("", " ".join(message.partition("\n\nLINE")[0].split()))
        .replace(f"'{part}'", "")
        .replace(part, "")
    )
    return ConfigError(
        f"this part of the store cannot be read: {_short(told)}",
        where=shown_path(Path(part)),
        remedy="Remove it, and give the same azstance score command again with --resume.",
    )


def _missing(told: str, hints: str, tables: Sequence[str]) -> tuple[str, str] | None:
    """A column, table or function that is not there, and what it was most likely meant to be."""
    if column := _COLUMN.search(told):
        close = _QUOTED.findall(hints) if "andidate" in hints else []
        names = [name.rpartition(".")[2] for name in close]
        near = f"{suggestion(column[1], names, 'Columns close to it')} " if names else ""
        return f"there is no column {shown_value(column[1])}", near + _LIST
    if table := _TABLE.search(told):
        remedy = suggestion(table[1], tables, "Tables and views")
        return f"there is no table {shown_value(table[1])}", remedy
    if function := _FUNCTION.search(told):
        close = _QUOTED.findall(hints)
        near = f'Did you mean "{close[0]}"? ' if close else ""
        return f"there is no function {shown_value(function[1])}", f"{near}{_LIST}"
    return None


def _other(told: str, message: str) -> tuple[str, str | None]:
    kind = message.partition(" Error")[0]
    text = _short(told[:1].lower() + told[1:])
    if kind == "Parser":
        return text, EXAMPLE
    if kind == "Permission":
        return "it asks for a file, and only the tables of the store can be asked", _LIST
    if _WRITES in told:
        return "it writes, and a store is only read", EXAMPLE
    if kind == "Out of Memory":
        return text, "Ask for fewer columns, or for fewer rows with WHERE or LIMIT."
    if "extension" in told:
        return "it needs an extension of DuckDB, and none is loaded", _LIST
    return text, _LIST if kind in ("Binder", "Catalog") else None


def _near(problem: str, message: str) -> str:
    """ ", near ..." with the words that DuckDB points at, unless the problem has them already."""
    place = _PLACE.search(message)
    if place is None:
        return ""
    start = len(place[3]) - len(f"LINE {place[1]}: ")
    words = place[2][start : start + len(place[4])].strip() if start >= 0 else ""
    if not words or words in problem:
        return ""
    return f", near {shown_value(words)}"


def _short(text: str) -> str:
    plain = " ".join(text.split()).rstrip("!.")
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 2] + " …"
