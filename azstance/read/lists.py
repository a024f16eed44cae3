"""Word lists of the reading layer, from lexicons/english/read_words.toml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from azstance.errors import ConfigError
from azstance.resources import lexicons_folder
from azstance.tomlfile import read_toml

LANGUAGE = "english"


def data_file(name: str) -> Path:
    """Path of a data file of the language."""
    return lexicons_folder() / LANGUAGE / name


def data_files() -> list[Path]:
    """All data files of the language."""
    return sorted((lexicons_folder() / LANGUAGE).glob("*.toml"))


@cache
def read_words() -> dict[str, Any]:
    """The tables of read_words.toml. Raises ConfigError with file and line where it is broken."""
    return read_toml(data_file("read_words.toml"), ConfigError).data


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of one table of read_words.toml."""
    return frozenset(read_words().get(name, {}).get("words", ()))
