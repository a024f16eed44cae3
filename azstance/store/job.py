"""What a run into a store is: everything that makes its rows besides the articles themselves."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from azstance.config import Config
from azstance.errors import ConfigError

_LEFT_OUT = ("check", "origins", "fields", "corpus", "jobs")
_SAME = ("cache", "cache_mb")  # they change no result


@dataclass(frozen=True)
class Job:
    """A run: its settings and the folder that it writes to."""

    config: Config
    out: str

    def to_json(self) -> str:
        """The job as text, to be sent to other processes and machines."""
        settings = {
            field.name: getattr(self.config, field.name)
            for field in dataclasses.fields(Config)
            if field.name not in _LEFT_OUT
        }
        settings["fields"] = dict(self.config.fields)
        return json.dumps({"out": self.out, "settings": settings}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Job:
        """The job that `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        return cls(Config(**data["settings"], jobs=1), data["out"])

    def settings(self) -> dict[str, object]:
        """What of the settings makes a difference to the rows."""
        found: dict[str, object] = json.loads(self.to_json())["settings"]
        return {name: value for name, value in found.items() if name not in _SAME}

    def at_home(self) -> Job:
        """The same with paths that do not depend on the current folder."""
        config = self.config
        named = {
            name: str(Path(value).resolve())
            for name in ("codebook", "pipeline", "model", "cache")
            if (value := getattr(config, name)) and Path(value).is_dir()
        }
        return Job(dataclasses.replace(config, **named), self.out)  # type: ignore[arg-type]


def need_extra() -> None:
    """Raise ConfigError, with what to install, where the libraries of a store are missing."""
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        problem = "a folder of results needs more libraries"
        remedy = 'Install them: pip install "azstance[store]"'
        raise ConfigError(problem, where="--output", remedy=remedy)
