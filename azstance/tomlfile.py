"""TOML files that know their lines, so that an error can say where in the file it is.

`tomllib` parses and rejects; a small scanner then walks the same text a second time, only when a
line is asked for, and notes where every table, key and array item begins. Plain arrays are stepped
over and only looked into when the line of an item is asked for: a lexicon has thousands of phrases
and few errors. The scanner relies on the text being valid TOML: it never judges, it only finds.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azstance.errors import AzstanceError

if TYPE_CHECKING:
    from collections.abc import Iterable

TomlPath = tuple[str | int, ...]

MANY = 12
"""So many names at most are listed in a message."""

_BASIC = r'"(?:\\.|[^"\\\n])*"'
_LITERAL = r"'[^'\n]*'"
_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(rf"[ \t]*([A-Za-z0-9_-]+|{_BASIC}|{_LITERAL})[ \t]*(\.?)")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?""""{0,2}' rf"|'''.*?''''{{0,2}}|{_BASIC}|{_LITERAL}", re.DOTALL
)
_SCALAR = re.compile(r"[^,\]}#\n]+")
_FLAT_ARRAY = re.compile(rf"\[(?:[^\[\]{{}}\"'#]++|#[^\n]*|{_STRING.pattern})*+\]", re.DOTALL)
# The commonest line of all, `key = value`, in one step: the key, and where its value begins. What
# matched as a value stays so (?>), or a text would be read on past its end where a comment follows.
_SIMPLE_PAIR = re.compile(
    rf"([A-Za-z0-9_-]+)[ \t]*=[ \t]*()(?>{_FLAT_ARRAY.pattern}|{_STRING.pattern}|[\w.+-]++)"
    r"[ \t]*(?:\n\s*|\Z)",
    re.DOTALL,
)
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")

# What an analyst most likely did, for what tomllib says of it.
_REMEDIES = (
    ("Unclosed array", 'Each item of a list ends with a comma, and the list with "]".'),
    ("Illegal character '\\n'", "A quotation mark that opens a text must close it on its line."),
    ("Unterminated string", "Close the text with the quotation mark that opened it."),
    ("Expected '\"'", "Close the text with the quotation mark that opened it."),
    ("Invalid value", 'Put text between straight quotation marks ("), not curly ones.'),
    ("Expected '=' after a key", "Write one setting a line, as in: weight = 0.7"),
    ("Expected newline", 'Write one setting a line; a quotation mark in a text is \\".'),
    ("Unescaped '\\'", "Write a backslash in a text twice, or put the text between apostrophes."),
    ("Cannot overwrite a value", "The same key stands twice in one table: remove one."),
    ("Cannot declare", "The same table stands twice: put their contents together."),
    ("Invalid statement", "A line is a [table], a key = value, or a # comment."),
)


@dataclass(frozen=True)
class TomlFile:
    """A parsed TOML file: `data` as `tomllib` gives it, and the line of everything in it.

    `data` is shared between files of the same text: read it, do not change it.
    """

    path: Path
    text: str
    data: dict[str, Any]

    @cached_property
    def _scanner(self) -> _Scanner:
        scanner = _Scanner(self.text)
        try:
            scanner.scan()
        except (RecursionError, LookupError, ValueError):
            # Nested nearly too deep for tomllib as well, or a later TOML that this does not know:
            # a message with a coarse line is better than none.
            scanner.lines.clear()
        return scanner

    def line(self, *keys: str | int) -> int:
        """1-based line on which the table, key or array item at `keys` begins.

        Where there is none, the line of the nearest table around it.
        """
        scanner = self._scanner
        for length in range(len(keys), 0, -1):
            scanner.look_into(keys[: length - 1])
            if keys[:length] in scanner.lines:
                return scanner.lines[keys[:length]]
        return 1

    def where(self, *keys: str | int) -> str:
        """ "file:line" of the value at `keys`, for an error."""
        return f"{shown_path(self.path)}:{self.line(*keys)}"


def shown_path(path: Path) -> str:
    """A path as a reader would type it: from here if it lies below here, else in full."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def read_toml(path: Path, error: type[AzstanceError]) -> TomlFile:
    """Read a TOML file (UTF-8, with or without a byte-order mark, any line ends).

    Raises `error` with file and line where it cannot be opened, is not UTF-8 or is not valid TOML.
    """
    try:
        raw = path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise error(
            f"the file cannot be read ({reason})",
            where=shown_path(path),
            remedy="Check that it is there and that you may read it.",
        ) from None
    return parse_toml(raw, path, error)


def parse_toml(raw: bytes, path: Path, error: type[AzstanceError]) -> TomlFile:
    """Parse the bytes of the TOML file `path`. Raises `error` as `read_toml` does."""
    name = shown_path(path)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        value = f"byte 0x{raw[problem.start]:02x}"
        raise error(
            f"the file is not UTF-8 text ({value})",
            where=f"{name}:{line}",
            remedy="Save it in the encoding UTF-8.",
        ) from None
    try:
        return TomlFile(path, text, _loads(text))
    except RecursionError:
        raise error("lists or tables are nested too deeply", where=name) from None
    except ValueError as problem:
        raise _syntax_error(str(problem), text, name, error) from None


@lru_cache(maxsize=64)
def _loads(text: str) -> dict[str, Any]:
    """Parsed text; several layers read the same lists, and parsing is what takes the time."""
    return tomllib.loads(text)


def _syntax_error(message: str, text: str, name: str, error: type[AzstanceError]) -> AzstanceError:
    place = _PLACE.search(message)
    number = text.rstrip().count("\n") + 1
    if place and place.group(1):
        number = int(place.group(1))
    rows = text.split("\n")
    row = rows[number - 1].strip() if number <= len(rows) else ""
    problem = message[: place.start()] if place else message
    remedy = next((help_ for start, help_ in _REMEDIES if problem.startswith(start)), None)
    return error(
        f"not valid TOML: {problem[:1].lower()}{problem[1:]}, at {shown_value(row)}",
        where=f"{name}:{number}",
        remedy=remedy,
    )


def shown_value(value: object, limit: int = 60) -> str:
    """A value as it can be printed in a message: in one line, quoted if text, and not too long."""
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, str):
        text = f'"{value}"'
    else:
        text = str(value)
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return text if len(text) <= limit else text[: limit - 3] + "..."


def nearest(value: str, names: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The name that `value` was most likely meant to be, or None if none is close (`cutoff`)."""
    import difflib  # only needed once something went wrong

    known = {name.casefold(): name for name in sorted(names, reverse=True)}
    close = difflib.get_close_matches(value.casefold(), sorted(known), n=1, cutoff=cutoff)
    return known[close[0]] if close else None


def suggestion(value: str, names: Iterable[str], these: str) -> str:
    """A remedy for an unknown name: the nearest one, and all; `these` says what they are.

    Of a long list only the first are named.
    """
    known = [str(name) for name in names]
    near = nearest(value, known)
    meant = f'Did you mean "{near}"? ' if near else ""
    rest = f" and {len(known) - MANY} more" if len(known) > MANY else ""
    return f"{meant}{these}: {', '.join(known[:MANY]) or 'none'}{rest}."


class _Scanner:
    """Walks valid TOML and notes the line of every path. One use."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: dict[TomlPath, int] = {}
        self.counts: dict[TomlPath, int] = {}
        self._closed: dict[TomlPath, int] = {}
        self._at = 0
        self._line = 1

    def scan(self) -> None:
        """Note all tables and keys, and the items of arrays that hold tables or arrays."""
        table: TomlPath = ()
        at = self._skip(0)
        while at < len(self.text):
            simple = _SIMPLE_PAIR.match(self.text, at)
            if simple:
                path = (*table, simple.group(1))
                self._note(path, at)
                if self.text[simple.start(2)] == "[":
                    self._closed[path] = simple.start(2)
                at = simple.end()
            elif self.text[at] == "[":
                table, at = self._header(at)
            else:
                at = self._pair(at, table)
            at = self._skip(at)

    def look_into(self, path: TomlPath) -> None:
        """Note the items of the array at `path`, if it was stepped over."""
        at = self._closed.pop(path, None)
        if at is not None:
            self._at, self._line = 0, 1
            self._items(at, path)

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _note(self, path: TomlPath, at: int) -> None:
        self._line += self.text.count("\n", self._at, at)
        self._at = at
        self.lines.setdefault(path, self._line)

    def _keys(self, at: int) -> tuple[list[str], int]:
        """Parts of a dotted key at `at`, and where it ends."""
        keys: list[str] = []
        while True:
            found = _KEY.match(self.text, at)
            if found is None:  # cannot happen in valid TOML
                raise LookupError(f"no key at character {at}")
            keys.append(_plain(found.group(1)))
            at = found.end()
            if not found.group(2):
                return keys, at

    def _header(self, at: int) -> tuple[TomlPath, int]:
        many = self.text.startswith("[[", at)
        keys, end = self._keys(at + 1 + many)
        path: TomlPath = ()
        for number, key in enumerate(keys, 1):
            path = (*path, key)
            self._note(path, at)
            if many and number == len(keys):
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
                self._note(path, at)
        return path, self.text.index("]", end) + 1 + many

    def _pair(self, at: int, table: TomlPath) -> int:
        keys, end = self._keys(at)
        path = table
        for key in keys:
            path = (*path, key)
            self._note(path, at)
        return self._value(self._skip(end + 1), path)

    def _value(self, at: int, path: TomlPath) -> int:
        """Step over the value at `at` and note what is inside it. Returns where it ends."""
        first = self.text[at]
        if first == "[":
            return self._array(at, path)
        if first == "{":
            return self._inline(at, path)
        found = (_STRING if first in "\"'" else _SCALAR).match(self.text, at)
        return found.end() if found else at + 1

    def _array(self, at: int, path: TomlPath) -> int:
        flat = _FLAT_ARRAY.match(self.text, at)
        if flat:
            self._closed[path] = at
            return flat.end()
        return self._items(at, path)

    def _items(self, at: int, path: TomlPath) -> int:
        at = self._skip(at + 1)
        number = 0
        while self.text[at] != "]":
            item = (*path, number)
            self._note(item, at)
            at = self._skip(self._value(at, item))
            if self.text[at] == ",":
                at = self._skip(at + 1)
            number += 1
        return at + 1

    def _inline(self, at: int, path: TomlPath) -> int:
        at = self._skip(at + 1)
        while self.text[at] != "}":
            at = self._skip(self._pair(at, path))
            if self.text[at] == ",":
                at = self._skip(at + 1)
        return at + 1


def _plain(key: str) -> str:
    """A key without its quotation marks."""
    if key[0] == "'":
        return key[1:-1]
    if key[0] == '"':
        return str(tomllib.loads(f"key = {key}")["key"])
    return key
