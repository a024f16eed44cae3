"""sources.toml: what a person knows of the articles of a folder, next to them.

["002"]                      # an article's id or file name; * stands for any text
outlet = "commonspace.eu"
author = "Vasif Huseynov"
published = 2023-03-06       # or "2023-03", "2023"
genre = "op-ed"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azstance.errors import ArticleError
from azstance.read.dates import is_about_a_date, published_date
from azstance.read.places import content_of, inside
from azstance.read.repair import visible
from azstance.records import Fact, Skipped
from azstance.tomlfile import TomlFile, parse_toml, shown_value, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "sources.toml"
FIELDS = ("outlet", "author", "published", "genre", "title", "url", "language")


@dataclass(slots=True)
class Sidecar:
    """The entries of one sources.toml: facts by key, and what was wrong with the file.

    `dates` are those that could not be read, by key: they concern no article but their own.
    """

    entries: dict[str, dict[str, Fact]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Skipped] = field(default_factory=list)
    dates: dict[str, Skipped] = field(default_factory=dict)

    def wrong_dates(self, names: Iterable[str]) -> list[Skipped]:
        """The dates that could not be read of an article that goes by these names."""
        names = [name for name in names if name]
        fitting = [key for key in self.dates if any(fnmatchcase(name, key) for name in names)]
        return [self.dates[key] for key in fitting]

    def facts(self, names: Iterable[str]) -> dict[str, Fact]:
        """Facts for an article that goes by these names; an exact key comes before one with *."""
        names = [name for name in names if name]
        facts: dict[str, Fact] = {}
        for key, entry in self.entries.items():
            if key not in names and any(fnmatchcase(name, key) for name in names):
                facts |= entry
        for key, entry in self.entries.items():
            if key in names:
                facts |= entry
        return facts

    def unused(self, path: str, names: Iterable[str]) -> list[Skipped]:
        """Entries that fit none of the articles of the folder: likely a mistyped id."""
        known = sorted(set(names))
        return [
            Skipped(
                path,
                f"the entry {shown_value(key)} fits no article of this folder. "
                f"{suggestion(key, known[:20], 'Articles')}",
                line=self.lines[key],
                failed=False,
            )
            for key in self.entries
            if not any(fnmatchcase(name, key) for name in known)
        ]


def load_sidecar(folder: str | Path, shown: str = "") -> Sidecar:
    """The sources.toml of a folder, if there is one. Never raises: what is wrong is in `problems`.

    `folder` is a path or an address, `shown` the path of the file to name in messages.
    """
    path = inside(str(folder), NAME)
    shown = shown or path
    sidecar = Sidecar()
    try:
        raw = content_of(path)
        if raw is None:
            return sidecar
        file = parse_toml(raw, Path(shown), ArticleError)
    except (ArticleError, OSError) as problem:
        line = _line(problem)
        text = getattr(problem, "problem", "") or _os_reason(problem)
        remedy = getattr(problem, "remedy", None) or "Mend the file."
        reason = f"{text}. {remedy} The articles were read without it."
        sidecar.problems.append(Skipped(shown, reason, line=line))
        return sidecar
    for key, entry in file.data.items():
        sidecar.lines[key] = file.line(key)
        if not isinstance(entry, dict):
            reason = (
                f'{shown_value(key)} stands alone. Put it below an article\'s id, as in ["002"].'
            )
            sidecar.problems.append(Skipped(shown, reason, line=file.line(key)))
            continue
        problems: list[Skipped] = []
        sidecar.entries[key] = _entry(file, key, entry, problems, shown)
        for each in problems:
            if each.cause == "date":
                sidecar.dates[key] = each
        sidecar.problems += [each for each in problems if each.cause != "date"]
    return sidecar


def _os_reason(problem: Exception) -> str:
    reason = (getattr(problem, "strerror", None) or str(problem)).lower()
    return f"the file cannot be read ({reason})"


def _line(problem: Exception) -> int | None:
    where = getattr(problem, "where", None) or ""
    number = where.rpartition(":")[2]
    return int(number) if number.isdigit() else None


def _entry(
    file: TomlFile, key: str, entry: dict[str, Any], problems: list[Skipped], shown: str
) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for name, value in entry.items():
        line = file.line(key, name)
        if name not in FIELDS:
            reason = f"there is no field {shown_value(name)}. {suggestion(name, FIELDS, 'Fields')}"
            problems.append(Skipped(shown, reason, line=line))
            continue
        text, wrong = _text(name, value)
        if wrong:
            cause = "date" if is_about_a_date(wrong) else "unreadable"
            problems.append(Skipped(shown, f"{name}: {wrong}.", line=line, cause=cause))
        elif text:
            facts[name] = Fact(text, f"{NAME}:{line}")
    return facts


def _text(name: str, value: Any) -> tuple[str, str]:
    """The value as text, and what is wrong with it."""
    if isinstance(value, date):
        value = value.isoformat()[:10]
    if isinstance(value, int) and not isinstance(value, bool) and name == "published":
        value = str(value)
    if not isinstance(value, str):
        return "", f"{shown_value(value)} is not a text; put it between quotation marks"
    value = visible(value).strip()
    if name == "published" and value:
        iso, wrong = published_date(value)
        return iso or "", wrong
    return value, ""
