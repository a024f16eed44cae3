"""The rules of `azstance check` by id, as rules.toml states them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from azstance.errors import ConfigError
from azstance.tomlfile import read_toml, shown_value, suggestion

_FILE = Path(__file__).with_name("rules.toml")


class Level(StrEnum):
    """How much a finding matters. Only checkable facts are errors."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as `azstance rule` shows it.

    `summary` is a sentence, `why` says what the finding means for whoever reads it, `remedy` what
    to do. `whole` rules are about the article and not about a line of it; `measured` rules hold it
    against the record of its outlet.
    """

    id: str
    name: str
    level: Level
    summary: str
    why: str
    remedy: str
    whole: bool = True
    measured: bool = False


@cache
def ruleset() -> str:
    """The version of the rules and of their thresholds."""
    return str(read_toml(_FILE, ConfigError).data["ruleset"])


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its id, in order."""
    data = read_toml(_FILE, ConfigError).data
    rows = {id: row for id, row in data.items() if isinstance(row, dict)}
    return MappingProxyType(
        {id: Rule(id, **{**row, "level": Level(row["level"])}) for id, row in rows.items()}
    )


def rules_named(names: Iterable[str], where: str) -> frozenset[str]:
    """Ids of the rules that `names` stand for: ids, beginnings of ids ("AZ2"), or names.

    Raises ConfigError, naming `where` and the nearest rule, for one that stands for none.
    """
    found: set[str] = set()
    for name in names:
        wanted = name.strip()
        fits = {
            rule.id
            for rule in all_rules().values()
            if rule.name == wanted.lower()
            or (wanted.upper().startswith("AZ") and rule.id.startswith(wanted.upper()))
        }
        if not fits:
            raise unknown_rule(wanted, where)
        found |= fits
    return frozenset(found)


def unknown_rule(name: str, where: str) -> ConfigError:
    """The error for a rule that does not exist, with the nearest that does."""
    known = [text for rule in all_rules().values() for text in (rule.id, rule.name)]
    remedy = suggestion(name.upper() if name[:2].upper() == "AZ" else name, known, "Rules")
    return ConfigError(f"there is no rule {shown_value(name)}", where=where, remedy=remedy)
