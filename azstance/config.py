"""Settings: defaults < azstance.toml or [tool.azstance] < environment < options of the command."""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azstance.check_settings import CheckSettings, read_check
from azstance.errors import ConfigError
from azstance.tables import Problems, Table
from azstance.tomlfile import (
    TomlFile,
    nearest,
    parse_toml,
    read_toml,
    shown_value,
    suggestion,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PREFIX = "AZSTANCE_"
BY = ("article", "outlet", "author", "year")
FIELDS = ("text", "id", "title", "outlet", "author", "date", "genre", "url")


@dataclass(frozen=True)
class Config:
    """All settings of a run.

    `corpus` is where ids such as 002 are looked up. `codebook` is a name or a folder, None the
    packaged one. `pipeline` is a spaCy pipeline, None the one that azstance was tested with.
    `model` is a classifier's name or a folder of weights, None the best that the codebook has.
    `seed` and `resamples` are of the bootstrap and the permutation tests, `level` is that of
    intervals. `jobs` is the number of processes, 0 to choose by the size of the work. `max_bytes`
    is the largest article file that is read. `encoding` is that of the articles, None to detect it.
    `fields` maps the names of FIELDS to those in the user's data, for those that the user named.
    `cache` is the folder of the cache, None the usual one of this system, "off" none; `cache_mb` is
    the size in megabytes that it may grow to.
    `by` is the unit of scores, `evidence` the number of sentences shown per frame and side.
    `check` are the settings of `azstance check`.
    `origins` says for each setting where it was made: "azstance.toml:3", "AZSTANCE_SEED", "--seed".
    """

    corpus: str = "seeds"
    codebook: str | None = None
    pipeline: str | None = None
    model: str | None = None
    seed: int = 20260101
    resamples: int = 1000
    level: float = 0.95
    jobs: int = 0
    max_bytes: int = 10_000_000
    encoding: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    by: str = "article"
    evidence: int = 1
    cache: str | None = None
    cache_mb: int = 2000
    check: CheckSettings = field(default_factory=CheckSettings)
    origins: Mapping[str, str] = field(default_factory=dict)


KEYS = tuple(name for name in Config.__dataclass_fields__ if name != "origins")
_VARIABLES = tuple(name for name in KEYS if name != "check")
_WHOLE = {
    "seed": (0, 2**32 - 1),
    "resamples": (100, 1_000_000),
    "jobs": (0, 256),
    "max_bytes": (1, 2**40),
    "evidence": (0, 1000),
    "cache_mb": (1, 10_000_000),
}
_PATHS = ("corpus", "codebook", "model", "cache")
_NAMED = ("codebook", "model", "cache")


def load_config(
    overrides: Mapping[str, object] | None = None,
    start: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Config:
    """The settings that hold in folder `start` (default: the current one).

    `overrides` are options by name of setting; None stands for an option that was not given.
    `environment` is that of the process unless given. Raises ConfigError for the first unknown key
    or wrong value, with its place and a remedy.
    """
    settings: dict[str, object] = {}
    origins: dict[str, str] = {}
    file = _find_file(start or Path.cwd())
    layers = [
        _from_file(*file) if file else ({}, {}),
        _from_environment(os.environ if environment is None else environment),
        _from_options(overrides or {}),
    ]
    for values, places in layers:
        both = {**_texts(settings.get("fields")), **_texts(values.get("fields"))}
        settings |= values
        if both:
            settings["fields"] = both
        origins |= places
    return replace(Config(), **settings, origins=origins)  # type: ignore[arg-type]


def _texts(value: object) -> dict[str, str]:
    """A value that is a table of texts, or an empty one."""
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


Layer = tuple[dict[str, object], dict[str, str]]
"""Settings by name, and where each was made."""


def _find_file(start: Path) -> tuple[TomlFile, tuple[str, ...]] | None:
    """The first settings file from `start` upward, and the path of the settings' table in it.

    The search ends at the root of a repository (a folder with .git) or of the file system.
    """
    for folder in _upward(start):
        own = folder / "azstance.toml"
        if own.is_file():
            return read_toml(own, ConfigError), ()
        project = _project_file(folder / "pyproject.toml")
        if project:
            return project, ("tool", "azstance")
    return None


def _upward(start: Path) -> Iterator[Path]:
    start = start.resolve()
    for folder in (start, *start.parents):
        yield folder
        if (folder / ".git").exists():
            return


def _project_file(path: Path) -> TomlFile | None:
    """A pyproject.toml that has settings of azstance. One that does not name it is not even parsed:
    whatever is wrong with it is another tool's business."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    if b"azstance" not in raw:
        return None
    file = parse_toml(raw, path, ConfigError)
    tool = file.data.get("tool")
    return file if isinstance(tool, dict) and "azstance" in tool else None


def _from_file(file: TomlFile, path: tuple[str, ...]) -> Layer:
    problems = Problems(ConfigError, [])
    table = Table.top(file, problems)
    for key in path:
        table = table.table(key)
    values = _read(table)
    if problems.found:
        raise min(problems.found, key=lambda problem: int((problem.where or ":0").split(":")[-1]))
    for key in _PATHS:
        if key in values:
            values[key] = _from_here(str(values[key]), file.path.parent, name=key in _NAMED)
    if isinstance(check := values.get("check"), CheckSettings):
        folder = file.path.parent
        values["check"] = replace(
            check,
            reference=check.reference and _from_here(check.reference, folder, name=False),
            baseline=check.baseline and _from_here(check.baseline, folder, name=False),
        )
    return values, {key: file.where(*path, key) for key in values}


def _from_here(value: str, folder: Path, *, name: bool) -> str:
    """A path written in a file of `folder`, as seen from the current folder.

    Where it may be the `name` of something packaged, a single word that is no folder stays one.
    """
    path = Path(value).expanduser()
    if path.is_absolute():
        return str(path)
    if name and not {"/", os.sep} & set(value) and not (folder / path).is_dir():
        return value
    try:
        return os.path.relpath(folder / path)
    except ValueError:  # another drive
        return str(folder / path)


def _read(table: Table) -> dict[str, object]:
    """Checked settings of a table; problems go where the table puts them."""
    table.only(KEYS)
    values: dict[str, object] = {}
    for key in table.data:
        if key in ("corpus", "codebook", "pipeline", "model", "cache"):
            values[key] = table.text(key)
        elif key in _WHOLE:
            values[key] = table.whole(key, getattr(Config, key), *_WHOLE[key])
        elif key == "level":
            values[key] = table.number(key, Config.level, 0.5, 0.9999)
        elif key == "by":
            values[key] = table.choice(key, BY)
        elif key == "encoding":
            values[key] = _encoding(table)
        elif key == "fields":
            values[key] = _fields(table.table(key))
        elif key == "check":
            values[key] = read_check(table.table(key))
    return values


def _encoding(table: Table) -> str:
    name = table.text("encoding")
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        if name:
            remedy = 'Write a known one, as in "utf-8" or "windows-1251", or leave it out.'
            table.wrong(f'"encoding" is {shown_value(name)}', "encoding", remedy=remedy)
    return name


def _fields(table: Table) -> dict[str, str]:
    table.only(FIELDS)
    return {key: table.text(key) for key in table.data if key in FIELDS}


def _from_environment(environment: Mapping[str, str]) -> Layer:
    """Settings of variables AZSTANCE_KEY; AZSTANCE_FIELDS is "text=body,date=day".

    An empty variable counts as not set. Of other variables with the prefix only a near miss of a
    setting is an error: the rest may belong to somebody else.
    """
    values: dict[str, object] = {}
    places: dict[str, str] = {}
    for variable in sorted(v for v in environment if v.startswith(PREFIX)):
        raw = environment[variable].strip()
        key = variable.removeprefix(PREFIX).lower()
        if key in _VARIABLES and raw:
            values |= _single(key, _typed(key, raw, variable), variable)
            places[key] = variable
        elif key in KEYS and raw:
            raise ConfigError(
                "the settings of a check have no variable",
                where=variable,
                remedy="Write them into the table [check] of azstance.toml.",
            )
        elif key not in KEYS and nearest(key, _VARIABLES, 0.8):
            raise ConfigError(
                "the environment variable is no setting",
                where=variable,
                remedy=f"Did you mean {PREFIX}{(nearest(key, _VARIABLES, 0.8) or '').upper()}?",
            )
    return values, places


def _typed(key: str, raw: str, where: str) -> object:
    """The text of a variable as the type of its setting; left as text where it is none."""
    try:
        if key in _WHOLE:
            return int(raw)
        if key == "level":
            return float(raw)
    except ValueError:
        kind = "whole number" if key in _WHOLE else "number"
        message = f'"{key}" is {shown_value(raw)}'
        raise ConfigError(message, where=where, remedy=f"It must be a {kind}.") from None
    if key != "fields":
        return raw
    pairs = [part.partition("=") for part in raw.split(",") if part.strip()]
    if not all(sign for _, sign, _ in pairs):
        message = f'"fields" is {shown_value(raw)}'
        raise ConfigError(message, where=where, remedy='Write it as "text=body,date=day".')
    return {name.strip(): value.strip() for name, _, value in pairs}


def _from_options(overrides: Mapping[str, object]) -> Layer:
    """Settings of options of the command line, or of arguments in Python."""
    values: dict[str, object] = {}
    places: dict[str, str] = {}
    for key, value in overrides.items():
        option = "--field" if key == "fields" else f"--{key.replace('_', '-')}"
        if key not in KEYS:
            remedy = suggestion(key, KEYS, "Settings")
            raise ConfigError(f"unknown setting {shown_value(key)}", where=option, remedy=remedy)
        if value is not None:
            plain = str(value) if isinstance(value, Path) else value
            values |= _single(key, plain, option)
            places[key] = option
    return values, places


def _single(key: str, value: Any, where: str) -> dict[str, object]:
    """One setting from outside a file, held to the same rules as in a file."""
    problems = Problems(ConfigError, [])
    file = TomlFile(Path(where), "", {key: value})
    values = _read(Table.top(file, problems))
    if problems.found:
        problems.found[0].where = where
        raise problems.found[0]
    return values
