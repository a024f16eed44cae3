"""What the stages of a run need of the codebook and the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from azstance.cache import OFF, Cache, default_folder
from azstance.read.settings import ReadSettings
from azstance.scoring.scale import Scale, Settings

if TYPE_CHECKING:
    from azstance.codebook import Codebook
    from azstance.config import Config


def scale(codebook: Codebook) -> Scale:
    """What scoring needs of a codebook."""
    return Scale(
        frames=codebook.frame_names,
        alignment=codebook.alignment,
        attributed_weight=codebook.attributed_weight,
        minimum_sentences=codebook.minimum_sentences,
    )


def settings(config: Config) -> Settings:
    """What scoring needs of the configuration."""
    return Settings(config.resamples, config.level, config.seed, config.evidence)


def read_settings(config: Config) -> ReadSettings:
    """What reading needs of the configuration."""
    fields = {f"{name}_field": value for name, value in config.fields.items()}
    return ReadSettings(max_bytes=config.max_bytes, encoding=config.encoding, **fields)  # type: ignore[arg-type]


def open_cache(config: Config) -> Cache | None:
    """The cache of the settings, or the usual one of this system; None where it is switched off."""
    if config.cache == OFF:
        return None
    folder = Path(config.cache) if config.cache else default_folder()
    return Cache(folder, config.cache_mb * 10**6)
