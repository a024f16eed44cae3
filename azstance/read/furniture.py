"""What page furniture looks like: lexicons/english/furniture.toml, validated and ready to match.

Phrases are matched without regular expressions: compiling hundreds of them would cost more than
reading the articles does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azstance.errors import ConfigError
from azstance.read.lists import data_file
from azstance.read.shape import is_prose, words_of
from azstance.tomlfile import TomlFile, read_toml, shown_value, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = re.compile(r"\d[\d.,:/]*")
_TOKEN = re.compile(r"[^\W\d_]+")
_EDGES = " \t\"'“”‘’«»‹›<>|·•*–—-→←↑↓▶►▼…=~_.,:;!"
_QUOTES = str.maketrans("‘’“”‚„", "''\"\"''")
_CURLY = str.maketrans("'", "’")
_TEXTS = ("phrases", "words", "regex", "stub", "tail", "cuts", "keeps")
# No furniture is longer, and no expression may be kept busy by a hostile line.
_LONGEST_LINE = 1500
_LONGEST_STUB = 200
_THEN = ("line", "next", "prose", "end")
_WHERE = ("anywhere", "edge")


@dataclass(frozen=True)
class Group:
    """A group of patterns with one reason; the head of furniture.toml explains each field."""

    id: str
    reason: str
    phrases: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    regex: tuple[str, ...] = ()
    stub: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    numbers: bool = False
    sentences: bool = False
    max_words: int = 12
    then: str = "line"
    where: str = "anywhere"
    cuts: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()

    @cached_property
    def _globs(self) -> _Globs:
        return _Globs(self.phrases)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.regex)

    @cached_property
    def stubs(self) -> tuple[re.Pattern[str], ...]:
        """What is cut off the start of a paragraph."""
        return tuple(re.compile(pattern) for pattern in self.stub)

    @cached_property
    def tails(self) -> tuple[re.Pattern[str], ...]:
        """What is cut off the end of a paragraph."""
        return tuple(re.compile(pattern) for pattern in self.tail)

    def matches(self, seen: Seen) -> bool:
        """Whether the group takes this line for furniture."""
        if len(seen.words) > self.max_words or (seen.prose and not self.sentences):
            return False
        if self._globs.match(seen.key):
            return True
        if self.words and (seen.words or self.numbers) and self.words.issuperset(seen.words):
            return not self.numbers or seen.number
        return any(pattern.search(seen.curly) for pattern in self._patterns)


@dataclass(frozen=True)
class Seen:
    """A line prepared once for all groups: its words, and its key for the phrases."""

    text: str

    @cached_property
    def key(self) -> str:
        """The line in lower case, numbers as #, straight quotes, without the signs at its ends."""
        text = _NUMBER.sub("#", self.text.casefold().translate(_QUOTES))
        return " ".join(text.split()).strip(_EDGES)

    @cached_property
    def words(self) -> list[str]:
        """The words in lower case."""
        return _TOKEN.findall(self.text.casefold())

    @cached_property
    def number(self) -> bool:
        """Whether there is a digit in it."""
        return any(c.isdigit() for c in self.text)

    @cached_property
    def prose(self) -> bool:
        """Whether it reads as a sentence."""
        return is_prose(self.text)

    @cached_property
    def curly(self) -> str:
        """The line with curly apostrophes, for the regular expressions."""
        return self.text.strip().translate(_CURLY)


class _Globs:
    """Phrases with * for any text, matched by string methods."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._exact: set[str] = set()
        starts: list[str] = []
        ends: list[str] = []
        self._inside: list[str] = []
        self._parts: list[list[str]] = []
        for phrase in phrases:
            first, *rest = phrase.casefold().split("*")
            if not rest:
                self._exact.add(first.strip(_EDGES) or first)
            elif rest == [""]:
                starts.append(first)
                self._exact.add(first.strip(_EDGES))
            elif not first and len(rest) == 1:
                ends.append(rest[0])
            elif not first and len(rest) == 2 and not rest[1]:
                self._inside.append(rest[0])
            else:
                self._parts.append([first, *rest])
        self._starts, self._ends = tuple(starts), tuple(ends)

    def match(self, key: str) -> bool:
        if key in self._exact or key.startswith(self._starts) or key.endswith(self._ends):
            return True
        return any(part in key for part in self._inside) or any(_fits(key, p) for p in self._parts)


def _fits(key: str, parts: list[str]) -> bool:
    first, *middle, last = parts
    if not key.startswith(first) or not key.endswith(last):
        return False
    at, end = len(first), len(key) - len(last)
    for part in middle:
        found = key.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return at <= end


@dataclass(frozen=True)
class Furniture:
    """All groups, and the points of words that ask something of the reader."""

    groups: tuple[Group, ...]
    points: dict[str, int] = field(default_factory=dict)
    threshold: int = 4
    score_words: int = 45
    score_reason: str = "request to the reader"

    @cached_property
    def _longest(self) -> int:
        """More blanks than any furniture has; far above the limit in words, for signs count too."""
        return 2 * max((group.max_words for group in self.groups), default=0)

    def match(self, text: str, *, edge: bool) -> Group | None:
        """The first group that takes the line for furniture. `edge`: it is not amid the text."""
        if len(text) > _LONGEST_LINE or text.count(" ") > self._longest:
            return None
        seen = Seen(text)
        for group in self.groups:
            if (edge or group.where == "anywhere") and group.matches(seen):
                return group
        return None

    def asks_reader(self, text: str) -> bool:
        """Whether a short paragraph asks the reader to subscribe, to log in, to comment."""
        words = set(_TOKEN.findall(text.casefold()))
        if len(words_of(text)) > self.score_words:
            return False
        return sum(self.points.get(word, 0) for word in words) >= self.threshold

    def stubs(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, reason) of what is cut off either end of a paragraph."""
        for group in self.groups:
            for pattern in group.stubs:
                found = pattern.match(text, 0, _LONGEST_STUB)
                if found and 0 < found.end() < len(text):
                    yield 0, found.end(), group.reason
            for pattern in group.tails:
                found = pattern.search(text, max(0, len(text) - _LONGEST_STUB))
                if found and found.start() > 0:
                    yield found.start(), found.end(), group.reason


@cache
def load_furniture(path: Path | None = None) -> Furniture:
    """The furniture of a file, by default the packaged one. Raises ConfigError with its line."""
    file = read_toml(path or data_file("furniture.toml"), ConfigError)
    rows = file.data.get("group", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigError("groups are written [[group]]", where=file.where("group"))
    groups = tuple(_group(file, row, number) for number, row in enumerate(rows))
    score = file.data.get("score", {})
    return Furniture(
        groups,
        dict(score.get("points", {})),
        int(score.get("threshold", 4)),
        int(score.get("max_words", 45)),
        str(score.get("reason", "request to the reader")),
    )


def _group(file: TomlFile, row: dict[str, Any], number: int) -> Group:
    fields: dict[str, Any] = {}
    for name, value in row.items():
        if name not in Group.__dataclass_fields__:
            raise ConfigError(
                f"a group has no setting {shown_value(name)}",
                where=file.where("group", number, name),
                remedy=suggestion(name, Group.__dataclass_fields__, "Settings"),
            )
        fields[name] = _value(file, number, name, value)
    for name in ("id", "reason"):
        if name not in fields:
            raise ConfigError(f"the group has no {name}", where=file.where("group", number))
    return Group(**fields)


def _value(file: TomlFile, number: int, name: str, value: Any) -> Any:
    where = file.where("group", number, name)
    if name in _TEXTS:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f"{name} must be a list of texts", where=where)
        if name in ("regex", "stub", "tail") and file.path != data_file("furniture.toml"):
            _check_patterns(file, number, name, value)
        return frozenset(value) if name == "words" else tuple(value)
    kinds: dict[str, type] = {"numbers": bool, "sentences": bool, "max_words": int}
    if not isinstance(value, kinds.get(name, str)):
        raise ConfigError(f"{name} cannot be {shown_value(value)}", where=where)
    allowed = {"then": _THEN, "where": _WHERE}.get(name)
    if allowed and isinstance(value, str) and value not in allowed:
        raise ConfigError(
            f"{name} cannot be {shown_value(value)}",
            where=where,
            remedy=suggestion(value, allowed, "It can be"),
        )
    return value


def _check_patterns(file: TomlFile, number: int, name: str, patterns: list[str]) -> None:
    for place, pattern in enumerate(patterns):
        try:
            re.compile(pattern)
        except re.error as problem:
            raise ConfigError(
                f"not a regular expression: {problem}",
                where=file.where("group", number, name, place),
            ) from None
