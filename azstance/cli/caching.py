"""The commands of the cache: what it holds, and emptying it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from azstance.cli import INCOMPLETE, closing, output
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from azstance.cache import Cache


def info() -> None:
    """Show where the cache is and what it holds."""
    from azstance.render.cache import cache_summary

    cache = _cache()
    there = cache.path.is_file()
    layers = cache.layers() if there else []
    if cache.problem:
        closing.say(f"the cache {cache.path} cannot be read: {cache.problem}.")
        raise typer.Exit(INCOMPLETE)
    with output.printing() as stdout:
        stdout.writelines(cache_summary(cache.path, layers, cache.limit))


def clear() -> None:
    """Empty the cache. Nothing is lost but time: the next run works everything out anew."""
    from azstance.render.cache import megabytes
    from azstance.render.clean import path_text

    cache = _cache()
    there = cache.path.is_file()
    size = cache.path.stat().st_size if there else 0
    try:
        cache.clear()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"cannot be removed: {reason}", where=str(cache.path)) from None
    told = f"removed, {megabytes(size)}" if there else "there was nothing to remove"
    with output.printing() as stdout:
        stdout.write(f"{path_text(str(cache.path))}: {told}.\n")


def register(app: typer.Typer, settings: dict[str, Any]) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(
        name="cache",
        help="What was worked out before and is kept, so that the next run is faster.",
        epilog="Example: azstance cache info",
        **settings,
    )
    group.command(short_help="Show what the cache holds.", epilog="Example: azstance cache info")(
        info
    )
    group.command(short_help="Empty the cache.", epilog="Example: azstance cache clear")(clear)
    app.add_typer(group)


def _cache() -> Cache:
    from azstance.config import load_config
    from azstance.running.settings import open_cache

    config = load_config({})
    cache = open_cache(config)
    if cache is None:
        where = config.origins["cache"]
        remedy = "Name a folder, or leave the setting out for the usual one."
        raise ConfigError("the cache is switched off", where=where, remedy=remedy)
    return cache
