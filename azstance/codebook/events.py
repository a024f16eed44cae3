"""Reads events.toml: dated events that a timeline marks. They code nothing and are optional."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.errors import AzstanceError, CodebookError, ConfigError
from azstance.tables import Problems, Table
from azstance.tomlfile import read_toml, shown_value

if TYPE_CHECKING:
    from azstance.codebook.model import Codebook

NAME = "events.toml"
KEYS = ("date", "name", "note", "source")
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that happened: `date` is ISO 8601 (year, month or day), `name` a few words.

    `note` says more, `source` where the date is from; both may be empty.
    """

    date: str
    name: str
    note: str = ""
    source: str = ""


def events_of(codebook: Codebook, file: str | None = None) -> tuple[Event, ...]:
    """The events of `file`, or of the codebook where it has some, by date.

    Raises ConfigError for the first thing that is wrong with `file`, CodebookError for the first in
    the codebook, with its line, and says how many more there are.
    """
    path = Path(file) if file is not None else codebook.folder / NAME
    if file is None and not path.is_file():
        return ()
    problems = Problems(ConfigError if file is not None else CodebookError, [])
    found = read_events(path, problems)
    for first in sorted(problems.found, key=_line):
        if len(problems.found) > 1:
            first.remedy = f"{first.remedy} ({len(problems.found) - 1} more in this file.)"
        raise first
    return found


def _line(problem: AzstanceError) -> int:
    _, _, line = (problem.where or "").rpartition(":")
    return int(line) if line.isdecimal() else 0


def read_events(path: Path, problems: Problems) -> tuple[Event, ...]:
    """The events of a file by date; what is wrong with it is added to `problems`."""
    try:
        file = read_toml(path, problems.error)
    except AzstanceError as problem:
        problems.found.append(problem)
        return ()
    table = Table.top(file, problems)
    table.only(("events",))
    events: list[Event] = []
    for entry in table.tables("events"):
        entry.only(KEYS)
        event = Event(
            date=_date(entry),
            name=entry.text("name"),
            note=entry.text("note", ""),
            source=entry.text("source", ""),
        )
        if any((event.date, event.name) == (other.date, other.name) for other in events):
            message = f"the event {shown_value(event.name)} stands twice"
            entry.wrong(message, "name", remedy="Remove one of the two.")
        events.append(event)
    return tuple(sorted(events))


def _date(entry: Table) -> str:
    """The date of an event; with quotation marks or without, as TOML has dates of its own."""
    value = entry.data.get("date")
    if type(value) is date:
        return value.isoformat()
    text = entry.text("date", what='"2024-08-18"').strip()
    if text and not is_date(text):
        remedy = 'Write a day, month or year that exists, as "2024-08-18", "2024-08" or "2024".'
        entry.wrong(f'"date" is {shown_value(text)}', "date", remedy=remedy)
    return text


def is_date(text: str) -> bool:
    """Whether a text is a day, a month or a year of the calendar in ISO 8601."""
    found = _ISO.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
