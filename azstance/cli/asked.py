"""What several commands do alike: settings from options, and the end of a run without a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import typer

from azstance.cli import INCOMPLETE, closing
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.config import Config
    from azstance.records import Skipped


def config(**overrides: Any) -> Config:
    """The settings that hold here, with these options."""
    from azstance.config import load_config

    return load_config(overrides)


def fields(pairs: list[str] | None) -> dict[str, str] | None:
    """`--field text=body --field date=day` as a mapping."""
    split = [pair.partition("=") for pair in pairs or ()]
    for name, sign, value in split:
        if not (name and sign and value):
            raise ConfigError(
                f'"{name}{sign}{value}" names no field',
                where="--field",
                remedy="Write it as --field text=body.",
            )
    return {name: value for name, _, value in split} or None


def inputs(paths: Sequence[str]) -> tuple[list[str], list[Skipped]]:
    """The files behind paths, and what is none; at once, before anything is loaded."""
    from azstance.read.paths import list_inputs
    from azstance.records import Skipped

    found = list_inputs(paths)
    skipped = [item for item in found if isinstance(item, Skipped)]
    return [item.path for item in found if not isinstance(item, Skipped)], skipped


def nothing(skipped: Sequence[Skipped], output_file: str | None) -> NoReturn:
    """Where nothing at all could be scored there is no result: say why, and write none."""
    closing.not_scored(skipped)
    closing.say(f"nothing was scored; {output_file or 'standard output'} is left as it was.")
    raise typer.Exit(INCOMPLETE)
