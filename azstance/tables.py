"""Checked access to the tables of a TOML file: every wrong value becomes an error with its line.

A `Table` never raises. It puts each problem on a shared list and answers with a harmless value, so
that one pass over a file finds all that is wrong with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from azstance.tomlfile import TomlFile, TomlPath, shown_value, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from azstance.errors import AzstanceError

_KINDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text between quotation marks",
    list: "a list",
    dict: "a table",
}


def kind_of(value: object) -> str:
    """What a TOML value is, in words."""
    return _KINDS.get(type(value), "a date or time")


@dataclass(frozen=True)
class Problems:
    """Where problems are collected, and the kind of error that they become."""

    error: type[AzstanceError]
    found: list[AzstanceError]

    def add(self, problem: str, where: str, remedy: str | None = None) -> None:
        """Add one problem."""
        self.found.append(self.error(problem, where=where, remedy=remedy))


@dataclass(frozen=True)
class Table:
    """One table of a file: its path in the file and its values."""

    file: TomlFile
    path: TomlPath
    data: dict[str, Any]
    problems: Problems

    @classmethod
    def top(cls, file: TomlFile, problems: Problems) -> Table:
        """The whole file as a table."""
        return cls(file, (), file.data, problems)

    def line(self, *keys: str | int) -> int:
        """Line of a value of this table."""
        return self.file.line(*self.path, *keys)

    def wrong(self, problem: str, *keys: str | int, remedy: str | None = None) -> None:
        """Report a problem at a value of this table."""
        self.problems.add(problem, self.file.where(*self.path, *keys), remedy)

    def only(self, names: Sequence[str]) -> None:
        """Report every key that is not one of `names`."""
        for key in self.data:
            if key not in names:
                remedy = suggestion(key, names, "Keys that can stand here")
                self.wrong(f"unknown key {shown_value(key)}", key, remedy=remedy)

    def _get(self, key: str, kind: type, what: str, required: bool) -> Any:
        value = self.data.get(key)
        if value is None:
            if required:
                self.wrong(f'the key "{key}" is missing', remedy=f"Add it: {key} = {what}.")
            return None
        fits = isinstance(value, (int, float) if kind is float else kind)
        if not fits or (isinstance(value, bool) and kind is not bool):
            message = f'"{key}" is {kind_of(value)} ({shown_value(value)})'
            self.wrong(message, key, remedy=f"Write {_KINDS[kind]}: {key} = {what}.")
            return None
        return value

    def text(self, key: str, default: str | None = None, what: str = '"..."') -> str:
        """A text that is not empty; required where there is no default."""
        value = self._get(key, str, what, default is None)
        if value is None:
            return default or ""
        if not value.strip():
            self.wrong(f'"{key}" is empty', key, remedy="Write a text, or remove the line.")
            return default or ""
        return str(value)

    def choice(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        """One of a closed set of texts; "" or the default where it is not."""
        known = tuple(choices)
        value = self.text(key, default, what=" or ".join(f'"{name}"' for name in known))
        if value and value not in known and value != default:
            remedy = suggestion(value, known, "It can be")
            self.wrong(f'"{key}" is {shown_value(value)}', key, remedy=remedy)
            return default or ""
        return value

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._get(key, bool, str(default).lower(), False)
        return default if value is None else bool(value)

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        value = self._get(key, float, f"{default:g}", False)
        if value is None:
            return default
        if not low <= value <= high:  # nan is neither
            remedy = f"It must be from {low:g} to {high:g}."
            self.wrong(f'"{key}" is {shown_value(value)}', key, remedy=remedy)
            return default
        return float(value)

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._get(key, int, str(default), False)
        if value is None:
            return default
        if not low <= value <= high:
            remedy = f"It must be from {low} to {high}."
            self.wrong(f'"{key}" is {shown_value(value)}', key, remedy=remedy)
            return default
        return int(value)

    def texts(self, key: str, *, required: bool = True, empty: bool = False) -> tuple[str, ...]:
        """A list of texts, none of them empty; the list itself may be empty only where `empty`."""
        values = self._get(key, list, '["...", "..."]', required)
        if values is None:
            return ()
        if not values and not empty:
            self.wrong(f'the list "{key}" is empty', key, remedy="Write at least one entry in it.")
        good = []
        for number, value in enumerate(values):
            if not isinstance(value, str):
                message = f'an entry of "{key}" is {kind_of(value)} ({shown_value(value)})'
                self.wrong(message, key, number, remedy="Put it between quotation marks.")
            elif not value.strip():
                remedy = "Write a text, or remove it."
                self.wrong(f'an entry of "{key}" is empty', key, number, remedy=remedy)
            else:
                good.append(value)
        return tuple(good)

    def table(self, key: str) -> Table:
        """A table inside this one; empty where it is not there."""
        value = self._get(key, dict, "{ ... }", False)
        return Table(self.file, (*self.path, key), value or {}, self.problems)

    def tables(self, key: str) -> list[Table]:
        """The tables of an array of tables, written [[key]]; none where it is not there."""
        values = self.data.get(key, [])
        if not isinstance(values, list):
            self.wrong(f'"{key}" is {kind_of(values)}', key, remedy=f"Write each as [[{key}]].")
            return []
        good = []
        for number, value in enumerate(values):
            if isinstance(value, dict):
                good.append(Table(self.file, (*self.path, key, number), value, self.problems))
            else:
                message = f'an entry of "{key}" is {kind_of(value)} ({shown_value(value)})'
                self.wrong(message, key, number, remedy=f"Write each as [[{key}]].")
        return good

    def subtables(self) -> list[tuple[str, Table]]:
        """All values of this table that are tables, by key; others are reported."""
        found = []
        for key, value in self.data.items():
            if isinstance(value, dict):
                found.append((key, Table(self.file, (*self.path, key), value, self.problems)))
            else:
                self.wrong(
                    f'"{key}" is {kind_of(value)} ({shown_value(value)})',
                    key,
                    remedy=f"Write it as a table: [{'.'.join(map(str, self.path))}.{key}].",
                )
        return found
